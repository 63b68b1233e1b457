#!/usr/bin/env bash
# A program in YAML whose stack has a configuration value of the name of a resource has not got that resource: `pulumi config set limit high`
# beside a resource `limit`, and the next preview deletes what stands, where nothing asks for a property of it. The preview says
# nothing of why, and ends with 0. A variable of the name of such a value has the configuration's value, not its own.
# A configuration value and a resource of one name in `Pulumi.yaml` are refused in the interpreter's code; the engine hands it each value
# that is declared there and has a default as one of the stack, too, and what is a value of the stack is let pass. So a value that is
# declared takes away the resource as well. What asks for a property of the resource (`${core.id}`) ends in an error about a text.
# The documentation has no word of one space of names with the stack's configuration, and no issue of this was found.
# Needs go and python3, and minutes for the first build. Seen with github.com/pulumi/pulumi/pkg/v3 and sdk/v3 3.276.0, whose command is
# built, and github.com/pulumi/pulumi-yaml 1.38.1, which runs the program. The provider is one of these lines, and keeps nothing.
# cenguard refuses a program in YAML that has two such names (cenguard/readers/program/yaml_program.py);
# tests/readers/test_yaml_program.py, test_a_configuration_value_of_the_name_of_a_resource_or_variable_is_refused.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
mkdir command bin net
cd command
cat > main.go <<'GO'
package main

import (
	"context"

	"github.com/pulumi/pulumi/pkg/v3/resource/deploy/deploytest"
	"github.com/pulumi/pulumi/pkg/v3/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/provider"
	rpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

const schema = `{"name": "net", "version": "1.0.0", "resources": {"net:index:Limit": {
"inputProperties": {"mbps": {"type": "string"}}, "properties": {"mbps": {"type": "string"}}}}}`

func main() {
	net := &deploytest.Provider{
		Name: "net",
		GetSchemaF: func(context.Context, plugin.GetSchemaRequest) (plugin.GetSchemaResponse, error) {
			return plugin.GetSchemaResponse{Schema: []byte(schema)}, nil
		},
		CreateF: func(_ context.Context, req plugin.CreateRequest) (plugin.CreateResponse, error) {
			return plugin.CreateResponse{ID: "limit-1", Properties: req.Properties, Status: resource.StatusOK}, nil
		},
	}
	serve := func(*provider.HostClient) (rpc.ResourceProviderServer, error) { return plugin.NewProviderServer(net), nil }
	if err := provider.Main("net", serve); err != nil {
		panic(err)
	}
}
GO
go mod init finding >/dev/null 2>&1
go get github.com/pulumi/pulumi/pkg/v3/cmd/pulumi@v3.276.0 github.com/pulumi/pulumi/sdk/v3@v3.276.0 \
    github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml@v1.38.1 >/dev/null 2>&1
go build -o ../bin/ github.com/pulumi/pulumi/pkg/v3/cmd/pulumi github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml
go build -o ../bin/pulumi-resource-net .
cd ../net
export PATH="$place/bin:$PATH"
export PULUMI_BACKEND_URL="file://$place" PULUMI_HOME="$place/home" PULUMI_CONFIG_PASSPHRASE="" PULUMI_SKIP_UPDATE_CHECK=true
cat > ../told.py <<'PY'
import json
import sys

said = json.load(sys.stdin)
for step in said["steps"]:
    name = step["urn"].rpartition("::")[2]
    if name != "net-dev":
        print(f"  {step['op']} {name} {step.get('newState', {}).get('inputs', {}).get('mbps', '')}".rstrip())
print("  errors:", len([item for item in said.get("diagnostics", []) if item["severity"] == "error"]))
PY
told() { echo "$1"; pulumi preview --json > ../said.json 2>/dev/null; echo "  ended with $?"; python3 ../told.py < ../said.json; }
program() { printf '%s\n' 'name: net' 'runtime: yaml' "$@" > Pulumi.yaml; }
{
    program 'resources: {limit: {type: net:Limit, properties: {mbps: "5"}}, other: {type: net:Limit}}'
    pulumi stack init dev >/dev/null 2>&1
    pulumi up --yes --skip-preview >/dev/null 2>&1
    told "as it stands"
    pulumi config set limit high
    told "with a value of the stack that is called limit"
    pulumi config rm limit
    program 'config: {limit: {default: high}}' 'resources: {limit: {type: net:Limit, properties: {mbps: "5"}}, other: {type: net:Limit}}'
    told "with one that is declared in Pulumi.yaml"
    program 'variables: {size: "5"}' 'resources: {limit: {type: net:Limit, properties: {mbps: "${size}"}}, other: {type: net:Limit}}'
    told "with a variable"
    pulumi config set size 9
    told "with a variable, and a value of the stack that is called the same"
} | tee ../seen
cat > ../expected <<'END'
as it stands
  ended with 0
  errors: 0
with a value of the stack that is called limit
  ended with 0
  delete limit
  errors: 0
with one that is declared in Pulumi.yaml
  ended with 0
  delete limit
  errors: 0
with a variable
  ended with 0
  errors: 0
with a variable, and a value of the stack that is called the same
  ended with 0
  update limit 9
  errors: 0
END
diff ../expected ../seen
echo "as before"
