#!/usr/bin/env bash
# `hcl2json -simplify` works out what needs no variable, and takes the escapes out of texts on the way: `"$${name}"`, a text that HCL
# leaves alone, is written as "${name}", which is the same as the reference to `name`. In HCL's JSON, for which the output is
# meant and which Terraform reads as *.tf.json, it is that reference: a description or a policy document gets another value, or an
# error about a name that nobody declared, and a checker that looks for "${" takes a constant for a value it cannot know. So it
# is of `%%{`, in lists, objects and heredocs, and of what `jsonencode` makes. Without the option the escapes are kept, since the library
# mended that way in 2024 (issue 96, pull request 97); neither page nor issue tells of this one.
# Needs go. Seen with github.com/tmccombs/hcl2json 0.6.9 and github.com/hashicorp/hcl/v2 2.24.0, which reads the output.
# cenguard reads files of Terraform as they are (cenguard/sources/syntax.py), and knows values by the plan.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
cat > main.go <<'GO'
package main

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/json"
	"github.com/tmccombs/hcl2json/convert"
	"github.com/zclconf/go-cty/cty"
)

var scope = &hcl.EvalContext{Variables: map[string]cty.Value{"name": cty.StringVal("core")}}

func value(body hcl.Body, diagnostics hcl.Diagnostics) string {
	attributes, more := body.JustAttributes()
	if diagnostics.HasErrors() || more.HasErrors() {
		return "an error"
	}
	found, failed := attributes["note"].Expr.Value(scope)
	if failed.HasErrors() {
		return "an error"
	}
	return found.AsString()
}

func main() {
	for what, text := range map[string]string{
		"a text":      "note = \"$${name}\"\n",
		"a reference": "note = \"net-${name}\"\n",
		"a heredoc":   "note = <<EOT\n$${name}\nEOT\n",
		"a condition": "note = \"%%{ if name == \\\"core\\\" }x%%{ endif }\"\n",
	} {
		file, diagnostics := hclsyntax.ParseConfig([]byte(text), "main.tf", hcl.InitialPos)
		said := fmt.Sprintf("%s: %q as HCL", what, value(file.Body, diagnostics))
		for _, simplify := range []bool{false, true} {
			converted, err := convert.Bytes([]byte(text), "main.tf", convert.Options{Simplify: simplify})
			if err != nil {
				panic(err)
			}
			again, diagnostics := json.Parse(converted, "main.tf.json")
			said += fmt.Sprintf(", %q (simplified %v)", value(again.Body, diagnostics), simplify)
		}
		fmt.Println(said)
	}
}
GO
go mod init finding >/dev/null 2>&1
go get github.com/tmccombs/hcl2json@v0.6.9 github.com/hashicorp/hcl/v2@v2.24.0 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
go run . | sort | tee seen
grep -qxF 'a text: "${name}" as HCL, "${name}" (simplified false), "core" (simplified true)' seen
grep -qxF 'a reference: "net-core" as HCL, "net-core" (simplified false), "net-core" (simplified true)' seen
grep -qxF 'a heredoc: "${name}\n" as HCL, "${name}\n" (simplified false), "core\n" (simplified true)' seen
grep -qxF 'a condition: "%{ if name == \"core\" }x%{ endif }" as HCL, "%{ if name == \"core\" }x%{ endif }" (simplified false), "x" (simplified true)' seen
echo "as before"
