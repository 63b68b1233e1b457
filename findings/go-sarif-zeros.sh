#!/usr/bin/env bash
# A report in SARIF that `go-sarif` 3 reads and writes (scanners in Go merge reports with it, or add to those of others) says things
# that nobody said: what was absent is written with Go's zero, where the standard's default is another value.
# - `enabled: false` (default true): each rule that has a default configuration is one that was switched off.
# - `index: 0` (default -1) beside the `uri` of each place: the first of the run's artifacts, which is another file.
# - `rank: 0` (default -1): each finding is of the lowest priority there is, instead of none that is known.
# - `charOffset: 0` and `byteOffset: 0` (default -1): each place is at the beginning of its file, whatever its line is.
# - `language: ""` and an empty `newlineSequences`, which the standard's schema refuses: a valid report is none any more.
# No call fails. That zeros are written is known, since some were missing before (pull requests 98 and 104 of the library); what they mean
# is not said there, nor in its documentation. Version 2 keeps what was absent absent in all of these.
# Needs go, node and npm. Seen with github.com/owenrumney/go-sarif/v3 3.3.1, /v2 2.3.3, and @microsoft/sarif-multitool 5.7.0.
# cenguard writes its report by itself; tests/reports/test_sarif.py, test_a_reader_made_of_the_standard_s_schema_reads_it.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
cat > report.sarif <<'JSON'
{"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [{
 "tool": {"driver": {"name": "net", "version": "1.0.0", "informationUri": "https://example.com/net", "rules": [
  {"id": "NET1", "shortDescription": {"text": "A pair of regions is cut off."}, "defaultConfiguration": {"level": "error"}}]}},
 "artifacts": [{"location": {"uri": "Pulumi.yaml"}}, {"location": {"uri": "network.py"}}],
 "results": [{"ruleId": "NET1", "ruleIndex": 0, "level": "error", "message": {"text": "Beijing and Virginia are cut off."}, "locations": [
  {"physicalLocation": {"artifactLocation": {"uri": "network.py"}, "region": {"startLine": 7}}}]}]}]}
JSON
cat > main.go <<'GO'
package main

import (
	"encoding/json"
	"fmt"
	"os"

	two "github.com/owenrumney/go-sarif/v2/sarif"
	three "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
)

func write(name string, report any, err error) {
	if err != nil {
		panic(err)
	}
	content, err := json.Marshal(report)
	if err != nil {
		panic(err)
	}
	os.WriteFile(name+".sarif", content, 0o644)
	var said struct {
		Runs []struct {
			Tool    struct{ Driver struct{ Rules []struct{ DefaultConfiguration map[string]any } } }
			Results []struct {
				Rank      any
				Locations []struct {
					PhysicalLocation struct{ ArtifactLocation, Region map[string]any }
				}
			}
		}
	}
	json.Unmarshal(content, &said)
	run := said.Runs[0]
	at := run.Results[0].Locations[0].PhysicalLocation
	fmt.Printf("%s: enabled %v, index %v beside %v, rank %v, charOffset %v in line %v\n", name, run.Tool.Driver.Rules[0].DefaultConfiguration["enabled"],
		at.ArtifactLocation["index"], at.ArtifactLocation["uri"], run.Results[0].Rank, at.Region["charOffset"], at.Region["startLine"])
}

func main() {
	content, _ := os.ReadFile("report.sarif")
	old, err := two.FromBytes(content)
	write("two", old, err)
	now, err := three.FromBytes(content)
	write("three", now, err)
}
GO
go mod init finding >/dev/null 2>&1
go get github.com/owenrumney/go-sarif/v2@v2.3.3 github.com/owenrumney/go-sarif/v3@v3.3.1 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @microsoft/sarif-multitool@5.7.0 >/dev/null
go run . | tee seen
for name in report two three; do
    errors=$(npx --no-install sarif-multitool validate $name.sarif 2>&1 | grep -c "error JSON" || true)
    echo "$name.sarif: $errors errors of the schema" | tee -a seen
done
grep -qxF "two: enabled <nil>, index <nil> beside network.py, rank <nil>, charOffset <nil> in line 7" seen
grep -qxF "three: enabled false, index 0 beside network.py, rank 0, charOffset 0 in line 7" seen
grep -qxF "report.sarif: 0 errors of the schema" seen
grep -qxF "two.sarif: 0 errors of the schema" seen
grep -qxF "three.sarif: 3 errors of the schema" seen
echo "as before"
