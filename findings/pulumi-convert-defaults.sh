#!/usr/bin/env bash
# A value of the configuration that has a default in a program in YAML can no longer be set to false, 0 or "" once `pulumi convert` has made
# TypeScript or Go of it: `config.getBoolean("peering") || true`, and in Go `if param := cfg.GetBool("peering"); param`. The stack says
# `net:peering: false`, and the program goes on with true, for ever; of `mbps: 0` with a default of 5 it buys 5. No message says so.
# Python asks for None, as the program in YAML does: there the default is what counts when nothing is set.
#   the stack says      TypeScript, Go   Python
#   peering: false      true             False
#   mbps: 0             5                0
#   suffix: ""          "-old"           ""
# The same was mended for the defaults in schemas of packages, in 2020 (pull request 4841 of pulumi); no issue of this was found.
# Needs go, node, npm and python3, and minutes for the first build. Seen with github.com/pulumi/pulumi/pkg/v3 and sdk/v3 3.276.0, whose
# generators they are, github.com/pulumi/pulumi-yaml 1.38.1, which reads the program for them, @pulumi/pulumi 3.276.0 (npm) and
# pulumi 3.272.0 (PyPI).
# cenguard takes what the stack sets before a default (cenguard/readers/program/yaml_configuration.py); tests/readers/test_yaml_program.py,
# test_what_the_stack_sets_counts_before_a_default.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
cat > Pulumi.yaml <<'YAML'
name: net
runtime: yaml
config:
  peering: {type: boolean, default: true}
  mbps: {type: integer, default: 5}
  suffix: {type: string, default: -old}
outputs:
  isPeered: ${peering}
  bought: ${mbps}
  tail: ${suffix}
YAML
export PULUMI_CONFIG='{"net:peering": "false", "net:mbps": "0", "net:suffix": ""}' PULUMI_NODEJS_PROJECT=net
cat > main.go <<'GO'
package main

import (
	"context"
	"errors"
	"os"

	"github.com/blang/semver"
	"github.com/hashicorp/hcl/v2"
	"github.com/pulumi/pulumi-yaml/pkg/pulumiyaml/codegen"
	golang "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/pcl"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

var _ = pulumi.Run // what the program that is made needs, too

// The program has no resource, so no package is asked for.
type packages struct{}

var none = errors.New("no package")

func (packages) LoadPackage(string, *semver.Version) (*schema.Package, error) { return nil, none }
func (packages) LoadPackageV2(context.Context, *schema.PackageDescriptor) (*schema.Package, error) {
	return nil, none
}
func (packages) LoadPackageReference(string, *semver.Version) (schema.PackageReference, error) {
	return nil, none
}
func (packages) LoadPackageReferenceV2(context.Context, *schema.PackageDescriptor) (schema.PackageReference, error) {
	return nil, none
}

type generator func(*pcl.Program) (map[string][]byte, hcl.Diagnostics, error)

func main() {
	for _, generate := range []generator{python.GenerateProgram, nodejs.GenerateProgram, golang.GenerateProgram} {
		_, program, err := codegen.Eject(".", packages{}) // read anew for each, as a run of the command does
		if err != nil {
			panic(err)
		}
		files, said, err := generate(program)
		if err != nil || len(said) > 0 {
			panic(errors.Join(err, said))
		}
		for name, text := range files {
			if err := os.WriteFile("made/"+name, text, 0o600); err != nil {
				panic(err)
			}
		}
	}
}
GO
mkdir made
go mod init finding >/dev/null 2>&1
go get github.com/pulumi/pulumi-yaml@v1.38.1 github.com/pulumi/pulumi/pkg/v3@v3.276.0 github.com/pulumi/pulumi/sdk/v3@v3.276.0 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
go run .
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check pulumi==3.272.0
npm install --loglevel=error --no-audit --no-fund --prefix . @pulumi/pulumi@3.276.0 typescript@5.9.3 >/dev/null
node_modules/.bin/tsc --target es2022 --module commonjs --moduleResolution node --skipLibCheck made/index.ts
cat > show.js <<'JS'
for (const [name, value] of Object.entries(require("./made/index.js"))) console.log("typescript:", name, JSON.stringify(value));
JS
cat > show.py <<'PY'
import json
import os
import runpy

import pulumi


class Nothing(pulumi.runtime.Mocks):
    def new_resource(self, args):
        return "", {}

    def call(self, args):
        return {}


pulumi.runtime.set_mocks(Nothing(), project="net")
pulumi.runtime.set_all_config(json.loads(os.environ["PULUMI_CONFIG"]))
pulumi.export = lambda name, value: print("python:", name, json.dumps(value))
runpy.run_path("made/__main__.py")
PY
# In Go what it exports is printed, and the stand-in of Pulumi's own tests takes the engine's place.
cat > made/stand_in.go <<'GO'
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

type nothing struct{}

func (nothing) NewResource(pulumi.MockResourceArgs) (string, resource.PropertyMap, error) {
	return "", nil, nil
}
func (nothing) Call(pulumi.MockCallArgs) (resource.PropertyMap, error) { return nil, nil }

func run(program pulumi.RunFunc) {
	configured := func(info *pulumi.RunInfo) {
		if err := json.Unmarshal([]byte(os.Getenv("PULUMI_CONFIG")), &info.Config); err != nil {
			panic(err)
		}
	}
	if err := pulumi.RunErr(program, pulumi.WithMocks("net", "dev", nothing{}), configured); err != nil {
		panic(err)
	}
}

func show(name string, value any) {
	text, _ := json.Marshal(value)
	fmt.Println("go:", name, string(text))
}
GO
sed -i 's/pulumi\.Run(/run(/; s/ctx\.Export(/show(/' made/main.go
{ node show.js; env/bin/python show.py; go run ./made; } | tee seen
for language in typescript go; do
    for line in 'isPeered true' 'bought 5' 'tail "-old"'; do
        grep -qxF "$language: $line" seen
    done
done
for line in 'isPeered false' 'bought 0' 'tail ""'; do
    grep -qxF "python: $line" seen
done
echo "as before"
