#!/usr/bin/env bash
# Pulumi reads YAML in two ways. A stack's configuration takes aliases (*tags) and merges mappings (<<). A program in YAML, in the
# same syntax and perhaps in the same Pulumi.yaml, is refused for an alias, and `<<` is no merge there: it is a key like any other
# and goes to the provider inside of the value, without a message. Two equal keys of a program pass without a message, too, where
# it stands in Main.yaml; Pulumi.yaml is refused for them, since it is read as a project first.
# Needs go, and minutes for the first build. Seen with github.com/pulumi/pulumi-yaml 1.38.1, and the SDK that it asks for.
# cenguard/readers/program/yaml_lines.py has both ways (of two equal keys it makes one line in either file);
# tests/readers/test_yaml_program.py, test_values and test_what_is_wrong_or_only_the_engine_knows_is_one_line.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
cat > main.go <<'GO'
package main

import (
	"fmt"
	"os"

	"github.com/pulumi/pulumi-yaml/pkg/pulumiyaml"
	"github.com/pulumi/pulumi/sdk/v3/go/common/diag"
	"github.com/pulumi/pulumi/sdk/v3/go/common/diag/colors"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/config"
	"github.com/pulumi/pulumi/sdk/v3/go/common/workspace"
)

func program(name string) {
	text, _ := os.ReadFile(name)
	read, said, err := pulumiyaml.LoadYAMLBytes(name, text)
	for _, item := range said {
		fmt.Println(name, "says:", item.Summary)
	}
	if read == nil || err != nil {
		return
	}
	for _, given := range read.Resources.Entries[0].Value.Properties.PropertyMap.Entries {
		fmt.Println(name, "has:", given.Key.Value, given.Value.Syntax())
	}
}

func main() {
	project, err := workspace.LoadProject("Pulumi.yaml")
	fmt.Println("Pulumi.yaml as a project:", err)
	program("Pulumi.yaml")
	program("merged.yaml")
	program("twice.yaml")
	_, err = workspace.LoadProject("twice.yaml")
	fmt.Println("twice.yaml as a project is refused:", err != nil)
	sink := diag.DefaultSink(os.Stdout, os.Stderr, diag.FormatOptions{Color: colors.Never})
	stack, err := workspace.LoadProjectStack(sink, project, "Pulumi.dev.yaml")
	if err != nil {
		panic(err)
	}
	values, _ := stack.Config.Decrypt(config.NopDecrypter)
	fmt.Println("configuration:", values[config.MustMakeKey("net", "alias")], values[config.MustMakeKey("net", "merged")])
}
GO
top='name: net\nruntime: yaml\n'; core='resources:\n  core:\n    type: alicloud:cen:Instance\n    properties:\n'
printf '%b' "$top"'variables:\n  common: &tags {team: net}\n'"$core"'      tags: *tags\n' > Pulumi.yaml
printf '%b' "$top$core"'      tags: {<<: {team: net}, env: dev}\n' > merged.yaml
printf '%b' "$top$core"'      tags: {env: dev, env: prod}\n      description: a\n      description: b\n' > twice.yaml
printf 'config:\n  net:first: &tags {team: net}\n  net:alias: *tags\n  net:merged: {<<: *tags, env: dev}\n' > Pulumi.dev.yaml
go mod init finding >/dev/null 2>&1
go get github.com/pulumi/pulumi-yaml@v1.38.1 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
go run . | tee seen
grep -qx 'Pulumi.yaml as a project: <nil>' seen
grep -qx 'Pulumi.yaml says: alias nodes are not supported' seen
grep -q '^merged.yaml has: tags .*<<' seen
grep -qx 'twice.yaml has: description b' seen
grep -qx 'twice.yaml as a project is refused: true' seen
grep -qx 'configuration: {"team":"net"} {"env":"dev","team":"net"}' seen
if grep -Eq '^(merged|twice).yaml says' seen; then exit 1; fi
echo "as before"
