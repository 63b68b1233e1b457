#!/usr/bin/env bash
# `pulumi config set net:mbps 1_000` stores a text, and each of Pulumi's SDKs has its own idea of which number it is, so that a
# program which is rewritten in another language, or a second one that reads the same stack's file, makes another network:
#   text      Python get_int   Node.js getNumber   Go TryInt   Go TryFloat64
#   1_000     1000             1                   1000        1000
#   20Mbps    an error         20                  an error    an error
#   010       10               10                  8           10
#   0x10      an error         0                   16          an error
#   " 20"     20               20                  an error    an error
# (Programs in YAML ask Go's functions, by the declared type.)
# Needs python3, node, npm and go. Seen with pulumi 3.272.0 (PyPI), @pulumi/pulumi 3.276.0 (npm) and
# github.com/pulumi/pulumi/sdk/v3 3.276.0.
# cenguard runs programs in Python with their SDK and reads those in YAML as Go does (cenguard/readers/program/
# yaml_configuration.py); tests/readers/test_yaml_program.py, test_a_number_of_the_configuration_is_what_go_makes_of_it.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check pulumi==3.272.0
npm install --loglevel=error --no-audit --no-fund --prefix . @pulumi/pulumi@3.276.0 >/dev/null
cat > read.py <<'PY'
import sys

import pulumi

for text in sys.argv[1:]:
    pulumi.runtime.set_config("net:mbps", text)
    try:
        print(f"{text}: python", pulumi.Config("net").get_int("mbps"))
    except pulumi.ConfigTypeError:
        print(f"{text}: python error")
PY
cat > read.js <<'JS'
const pulumi = require("@pulumi/pulumi");
for (const text of process.argv.slice(2)) {
    pulumi.runtime.setConfig("net:mbps", text);
    console.log(`${text}: node ${new pulumi.Config("net").getNumber("mbps")}`);
}
JS
cat > main.go <<'GO'
package main

import (
	"fmt"
	"os"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

type engine struct{}

func (engine) NewResource(pulumi.MockResourceArgs) (string, resource.PropertyMap, error) { return "", nil, nil }
func (engine) Call(pulumi.MockCallArgs) (resource.PropertyMap, error)                     { return nil, nil }

func said(number any, err error) any {
	if err != nil {
		return "error"
	}
	return number
}

func main() {
	for _, text := range os.Args[1:] {
		read := func(ctx *pulumi.Context) error {
			values := config.New(ctx, "net")
			whole, first := values.TryInt("mbps")
			float, second := values.TryFloat64("mbps")
			fmt.Printf("%s: go %v %v\n", text, said(whole, first), said(float, second))
			return nil
		}
		given := func(info *pulumi.RunInfo) { info.Config = map[string]string{"net:mbps": text} }
		if err := pulumi.RunErr(read, pulumi.WithMocks("net", "dev", engine{}), given); err != nil {
			panic(err)
		}
	}
}
GO
go mod init finding >/dev/null 2>&1
go get github.com/pulumi/pulumi/sdk/v3@v3.276.0 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
texts=(1_000 20Mbps 010 0x10 " 20")
{ env/bin/python read.py "${texts[@]}"; node read.js "${texts[@]}"; go run . "${texts[@]}"; } | sort > seen
cat seen
cat > expected <<'TEXT'
 20: go error error
 20: node 20
 20: python 20
010: go 8 10
010: node 10
010: python 10
0x10: go 16 error
0x10: node 0
0x10: python error
1_000: go 1000 1000
1_000: node 1
1_000: python 1000
20Mbps: go error error
20Mbps: node 20
20Mbps: python error
TEXT
sort expected | diff - seen
echo "as before"
