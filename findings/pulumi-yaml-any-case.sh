#!/usr/bin/env bash
# The words of a Pulumi program in YAML count in any case: `Resources`, `Options: {Protect: true}`, `dependson` and `FN::TOJSON`
# are what they look like, with a warning each. A reader that takes the documented spelling only finds an empty program, or a
# resource without its protection. A word that is spelt wrong is told in a resource; at the top (`resorces`) nobody says anything,
# and what stands below it is not made.
# Needs go, and minutes for the first build. Seen with github.com/pulumi/pulumi-yaml 1.38.1.
# cenguard/readers/program/yaml_words.py takes them alike; tests/readers/test_yaml_program.py,
# test_words_of_the_language_are_taken_in_any_case.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
cat > Main.yaml <<'YAML'
Resources:
  hub:
    Type: alicloud:cen:Instance
  core:
    TYPE: alicloud:cen:Instance
    Properties: {description: {"FN::TOJSON": {a: 1}}}
    Options: {Protect: true, dependson: ["${hub}"], protct: true}
resorces:
  lost: {type: alicloud:cen:Instance}
YAML
cat > main.go <<'GO'
package main

import (
	"fmt"
	"os"

	"github.com/pulumi/pulumi-yaml/pkg/pulumiyaml"
)

func main() {
	text, _ := os.ReadFile("Main.yaml")
	program, said, err := pulumiyaml.LoadYAMLBytes("Main.yaml", text)
	fmt.Println("errors:", said.HasErrors(), err)
	for _, item := range said {
		fmt.Println("warning:", item.Summary)
	}
	for _, made := range program.Resources.Entries {
		fmt.Println("resource:", made.Key.Value, made.Value.Type.Value)
		if options := made.Value.Options; options.Protect != nil {
			fmt.Printf("options: protect %v, waits %v\n", options.Protect.Syntax(), options.DependsOn.Syntax())
		}
		if given := made.Value.Properties.PropertyMap; given != nil {
			fmt.Printf("description: %T\n", given.Entries[0].Value)
		}
	}
}
GO
go mod init finding >/dev/null 2>&1
go get github.com/pulumi/pulumi-yaml@v1.38.1 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
go run . | tee seen
grep -qx 'errors: false <nil>' seen
grep -qx "warning: 'Resources' looks like a miscapitalization of 'resources'" seen
grep -qx "warning: Field 'protct' does not exist on Object 'options'" seen
grep -qx 'resource: core alicloud:cen:Instance' seen
grep -q '^options: protect true, waits ' seen
grep -q '^description: .*ToJSONExpr' seen
test "$(grep -c '^resource: ' seen)" = 2
if grep -qi 'resorces' seen; then exit 1; fi
echo "as before"
