#!/usr/bin/env bash
# `reviewdog -f=sarif -fail-level=error` is to fail where a report has an error. A result whose level it takes from neither the result nor
# its rule fails it just as an error does, because an unknown severity is numbered below it. In the standard of SARIF such a result is a
# warning (3.27.10 and 3.50.3: absent means "warning"), and "none" is less than a note; reviewdog knows neither word for itself:
#   level of the result   of its rule   the standard   reviewdog   -fail-level=error
#   warning, note         -             the same       the same    passes
#   -                     -             warning        unknown     fails
#   none                  -             none           unknown     fails
#   -                     none          none           unknown     fails
# Its help says of the option that what is less severe than the level passes. Who writes such reports: Microsoft's own tools leave out
# each "warning", of results and rules alike, so that a report of warnings alone stops a merge once `sarif-multitool` has merged it.
# That results which passed (`kind`) are none is newer than 0.21.0; what this is about is the same in both, and no issue of it was found.
# Needs go, node and npm. Seen with github.com/reviewdog/reviewdog 0.21.3 (its reader of SARIF and its decision, as the command calls
# them; errorformat, which it reads other formats with, is pinned) and @microsoft/sarif-multitool 5.7.0.
# In a report of cenguard each result says its level, and none says "none" (cenguard/reports/sarif.py); tests/reports/test_sarif.py,
# test_results.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
cat > main.go <<'GO'
package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/reviewdog/reviewdog"
	"github.com/reviewdog/reviewdog/filter"
	"github.com/reviewdog/reviewdog/parser"
)

type comments struct{}

func (comments) Post(context.Context, *reviewdog.Comment) error { return nil }
func (comments) ShouldPrependGitRelDir() bool                   { return false }

func main() {
	for _, name := range os.Args[1:] {
		report, err := os.Open(name + ".sarif")
		if err != nil {
			panic(err)
		}
		reader, err := parser.New(&parser.Option{FormatName: "sarif"})
		if err != nil {
			panic(err)
		}
		found, err := reader.Parse(report)
		if err != nil {
			panic(err)
		}
		answers := []string{}
		for _, level := range []reviewdog.FailLevel{reviewdog.FailLevelError, reviewdog.FailLevelWarning} {
			failed := reviewdog.RunFromResult(context.Background(), comments{}, found, nil, 0, "net", filter.ModeNoFilter, level)
			answers = append(answers, fmt.Sprintf("at %s fails %v", level.String(), failed != nil))
		}
		fmt.Printf("%s: %v, %s\n", name, found[0].GetSeverity(), strings.Join(answers, ", "))
	}
}
GO
report() {
    cat > "$1.sarif" <<JSON
{
  "\$schema": "https://json.schemastore.org/sarif-2.1.0.json",
  "version": "2.1.0",
  "runs": [
    {
      "tool": {"driver": {"name": "net", "version": "1.0.0", "rules": [{"id": "NET1", "shortDescription": {"text": "A rule."}$3}]}},
      "results": [
        {
          "ruleId": "NET1",
          "ruleIndex": 0$2,
          "message": {"text": "Beijing reaches Virginia."},
          "locations": [{"physicalLocation": {"artifactLocation": {"uri": "main.tf"}, "region": {"startLine": 3}}}]
        }
      ]
    }
  ]
}
JSON
}
report error ', "level": "error"' ''
report warning ', "level": "warning"' ''
report note ', "level": "note"' ''
report none ', "level": "none"' ''
report absent '' ''
report rule-warning '' ', "defaultConfiguration": {"level": "warning"}'
report rule-none '' ', "defaultConfiguration": {"level": "none"}'
report both-warning ', "level": "warning"' ', "defaultConfiguration": {"level": "warning"}'
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @microsoft/sarif-multitool@5.7.0 >/dev/null
npx --no-install sarif-multitool merge both-warning.sarif --output-file merged.sarif >/dev/null
go mod init finding >/dev/null 2>&1
go mod edit -require github.com/reviewdog/reviewdog@v0.21.3
go mod edit -replace github.com/reviewdog/errorformat=github.com/reviewdog/errorformat@v0.0.0-20250320004447-223c26dbe212
go mod tidy >/dev/null 2>&1
go run . error warning note none absent rule-warning rule-none both-warning merged | tee seen
grep -qxF "error: ERROR, at error fails true, at warning fails true" seen
for name in warning rule-warning both-warning; do
    grep -qxF "$name: WARNING, at error fails false, at warning fails true" seen
done
grep -qxF "note: INFO, at error fails false, at warning fails false" seen
for name in none absent rule-none merged; do
    grep -qxF "$name: UNKNOWN_SEVERITY, at error fails true, at warning fails true" seen
done
echo "as before"
