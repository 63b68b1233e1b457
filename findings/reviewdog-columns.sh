#!/usr/bin/env bash
# A report in SARIF says in which unit its columns are (`columnKind`): UTF-16 or code points, bytes are not among them. reviewdog, whose
# own format counts bytes, takes the numbers as they are from either. In a line that has Chinese text (or an accent) before the place, a
# fix is put into the wrong bytes: it offers the reviewer a line to accept in which the new text stands inside of another word, and half
# a character is cut off. The program that comes of it is another one, or none. A fix whose columns are left out, for whole lines, is right.
# Needs go. Seen with github.com/reviewdog/reviewdog 0.21.3 (its reader of SARIF, and what its comments on GitHub make of a fix;
# errorformat, which it reads other formats with, is pinned). No issue of it was found.
# cenguard writes a fix for whole lines where a line has such text (cenguard/reports/sarif.py); tests/reports/test_sarif.py,
# test_an_edit_in_a_line_of_more_than_ascii_is_one_of_whole_lines.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
cat > main.go <<'GO'
package main

import (
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/reviewdog/reviewdog/parser"
	"github.com/reviewdog/reviewdog/service/commentutil"
)

const report = `{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "net"}}, "columnKind": %q, "results": [{
  "ruleId": "NET1", "level": "error", "message": {"text": "Too small."},
  "locations": [{"physicalLocation": {"artifactLocation": {"uri": "network.py"}, "region": {"startLine": 1}}}],
  "fixes": [{"artifactChanges": [{"artifactLocation": {"uri": "network.py"}, "replacements": [
    {"deletedRegion": {"startLine": 1%s}, "insertedContent": {"text": %q}}]}]}]}]}]}`

func offered(line, kind, columns, text string) string {
	reader, err := parser.New(&parser.Option{FormatName: "sarif"})
	if err != nil {
		panic(err)
	}
	found, err := reader.Parse(strings.NewReader(fmt.Sprintf(report, kind, columns, text)))
	if err != nil {
		panic(err)
	}
	fix := found[0].GetSuggestions()[0]
	if fix.GetRange().GetStart().GetColumn() == 0 && fix.GetRange().GetEnd().GetColumn() == 0 {
		return fix.GetText()
	}
	made, err := commentutil.BuildSuggestionText(map[int]string{1: line}, fix)
	if err != nil {
		panic(err)
	}
	return made
}

func main() {
	for _, label := range []string{"Beijing-Virginia", "北京至弗吉尼亚"} {
		line := `limit("` + label + `", mbps=5)`
		before := line[:strings.Index(line, "5)")]
		for kind, column := range map[string]int{
			"utf16CodeUnits":    len(utf16.Encode([]rune(before))) + 1,
			"unicodeCodePoints": utf8.RuneCountInString(before) + 1,
		} {
			columns := fmt.Sprintf(`, "startColumn": %d, "endColumn": %d`, column, column+1)
			fmt.Printf("%s, %s: %q\n", label, kind, offered(line, kind, columns, "9"))
		}
		fmt.Printf("%s, the whole line: %q\n", label, offered(line, "utf16CodeUnits", "", before+"9)"))
	}
}
GO
go mod init finding >/dev/null 2>&1
go mod edit -require github.com/reviewdog/reviewdog@v0.21.3
go mod edit -replace github.com/reviewdog/errorformat=github.com/reviewdog/errorformat@v0.0.0-20250320004447-223c26dbe212
go mod tidy >/dev/null 2>&1
go run . | tee seen
for kind in utf16CodeUnits unicodeCodePoints; do
    grep -qxF "Beijing-Virginia, $kind: \"limit(\\\"Beijing-Virginia\\\", mbps=9)\"" seen
done
grep -qxF 'Beijing-Virginia, the whole line: "limit(\"Beijing-Virginia\", mbps=9)"' seen
for kind in utf16CodeUnits unicodeCodePoints; do
    grep -qxF "北京至弗吉尼亚, $kind: \"limit(\\\"北京至弗吉9\\xb0\\xbc亚\\\", mbps=5)\"" seen
done
grep -qxF '北京至弗吉尼亚, the whole line: "limit(\"北京至弗吉尼亚\", mbps=9)"' seen
echo "as before"
