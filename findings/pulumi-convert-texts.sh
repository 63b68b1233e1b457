#!/usr/bin/env bash
# `pulumi convert --language typescript` makes another text of one that has a reference in it. What stands beside the reference is put into
# a template literal as it is, where `${`, a backslash and a backtick have a meaning:
#   program in YAML               the program says      what is made of it in TypeScript
#   "${role}: $${role}"           peer: ${role}         peer: peer
#   "${role}: \d+" (a pattern)    peer: \d+             peer: d+
#   'C:\temp\${role}'             C:\temp\peer          "C:", a tab, "emp${role}": the reference is a text now
# No message says so, and the compiler takes it. A policy document's own variable (`$${acs:SourceIp}`) and a backtick beside a reference are
# errors of syntax. A text without a reference is right, and so are Python and Go of the same program. Escapes of texts without
# a reference were mended in 2022 (pull request 11580 of pulumi); no issue of this was found.
# Needs go, node, npm and python3, and minutes for the first build. Seen with github.com/pulumi/pulumi/pkg/v3 and sdk/v3 3.276.0, whose
# generators they are, github.com/pulumi/pulumi-yaml 1.38.1, which reads the program for them, and @pulumi/pulumi 3.276.0 (npm).
# cenguard's own edits write a text in quotes (cenguard/findings/printers/typescript.py); tests/findings/test_typescript_places.py,
# test_a_text_is_written_as_it_is.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
cat > Pulumi.yaml <<'YAML'
name: net
runtime: yaml
config:
  role: {type: string, default: peer}
outputs:
  alone: 'matches \d+ of $${role}'
  escaped: '${role}: $${role}'
  pattern: '${role}: \d+'
  folder: 'C:\temp\${role}'
YAML
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
)

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
npm install --loglevel=error --no-audit --no-fund --prefix . @pulumi/pulumi@3.276.0 typescript@5.9.3 >/dev/null
node_modules/.bin/tsc --target es2022 --module commonjs --moduleResolution node --skipLibCheck made/index.ts
cat > show.js <<'JS'
for (const [name, text] of Object.entries(require("./made/index.js"))) console.log("typescript:", name, JSON.stringify(text));
JS
cat > show.py <<'PY'
import json, sys, types

class Config:
    def get(self, name):
        return None

stand_in = types.ModuleType("pulumi")  # the program asks for its configuration and exports, no more
stand_in.Config, stand_in.export = Config, lambda name, text: print("python:", name, json.dumps(text))
sys.modules["pulumi"] = stand_in
exec(compile(open("made/__main__.py").read(), "made/__main__.py", "exec"))
PY
{ PULUMI_NODEJS_PROJECT=net node show.js; python3 show.py; grep -o 'pulumi.S.*' made/main.go | sed 's/^/go: /'; } | tee seen
for line in 'alone "matches \\d+ of ${role}"' 'escaped "peer: ${role}"' 'pattern "peer: \\d+"' 'folder "C:\\temp\\peer"'; do
    grep -qxF "python: $line" seen
done
for line in 'alone "matches \\d+ of ${role}"' 'escaped "peer: peer"' 'pattern "peer: d+"' 'folder "C:\temp${role}"'; do
    grep -qxF "typescript: $line" seen
done
for line in 'pulumi.String("matches \\d+ of ${role}"))' 'pulumi.Sprintf("%v: ${role}", role))' 'pulumi.Sprintf("%v: \\d+", role))' \
    'pulumi.Sprintf("C:\\temp\\%v", role))'; do
    grep -qxF "go: $line" seen
done
echo "as before"
