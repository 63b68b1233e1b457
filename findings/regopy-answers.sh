#!/usr/bin/env bash
# `regopy`, which brings Rego to Python with Microsoft's rego-cpp, has other answers than Open Policy Agent to the same policies of
# Rego 1.0, and no error:
#   policy                                                OPA                      regopy
#   sprintf of an account of 16 digits with %d            1234567890123456         1015724736 (its last 32 bits)
#   semver.compare("1.10.0", "1.9.0")                     1                        -1 (as texts)
#   semver.compare("2.0.0-beta3", "2.0.0")                -1                       1
#   object.union of tags within tags                      both                     the second
#   concat(",", a set)                                    sorted                   as it is written
#   max([1, "a"])                                         "a"                      1
# So a RAM role gets another account, versions of a provider are in another order, and defaults that are merged under what a stack sets
# are gone. That `sprintf` differs by implementation is documented, of formats; the
# others are not. The same engine wraps integers at 2**63 in `set_input`, which is known.
# Needs python3 and go. Seen with regopy 1.5.2 (PyPI) and github.com/open-policy-agent/opa 1.22.4.
# No rule of cenguard's is in Rego. Its benchmark beside a Rego engine takes regorus, and compares what is found (benchmarks/).
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check regopy==1.5.2
cat > network.rego <<'REGO'
package network

import rego.v1

answers := {
	"account": sprintf("acs:ram::%d:role/peer", [1234567890123456]),
	"newer": semver.compare("1.10.0", "1.9.0"),
	"released": semver.compare("2.0.0-beta3", "2.0.0"),
	"merged": object.union({"tags": {"owner": "net"}}, {"tags": {"cost": "x"}}),
	"listed": concat(",", {"us-west-1", "eu-central-1", "cn-beijing"}),
	"most": max([1, "a"]),
}
REGO
cat > program.py <<'PY'
import json

import regopy

engine = regopy.Interpreter()
with open("network.rego") as file:
    engine.add_module("network.rego", file.read())
answers = json.loads(str(engine.query("x := data.network.answers")))["bindings"]["x"]
for name in sorted(answers):
    print(f"regopy, {name}: {json.dumps(answers[name], sort_keys=True)}")
PY
cat > main.go <<'GO'
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"sort"

	"github.com/open-policy-agent/opa/v1/rego"
)

func main() {
	content, _ := os.ReadFile("network.rego")
	found, err := rego.New(rego.Query("data.network.answers"), rego.Module("network.rego", string(content))).Eval(context.Background())
	if err != nil {
		panic(err)
	}
	answers := found[0].Expressions[0].Value.(map[string]any)
	names := make([]string, 0, len(answers))
	for name := range answers {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		text, _ := json.Marshal(answers[name])
		fmt.Printf("OPA, %s: %s\n", name, text)
	}
}
GO
go mod init finding >/dev/null 2>&1
go get github.com/open-policy-agent/opa@v1.22.4 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
{ go run .; env/bin/python program.py; } | tee seen
grep -qxF 'OPA, account: "acs:ram::1234567890123456:role/peer"' seen
grep -qxF 'regopy, account: "acs:ram::1015724736:role/peer"' seen
grep -qxF 'OPA, newer: 1' seen
grep -qxF 'regopy, newer: -1' seen
grep -qxF 'OPA, released: -1' seen
grep -qxF 'regopy, released: 1' seen
grep -qxF 'OPA, merged: {"tags":{"cost":"x","owner":"net"}}' seen
grep -qxF 'regopy, merged: {"tags": {"cost": "x"}}' seen
grep -qxF 'OPA, listed: "cn-beijing,eu-central-1,us-west-1"' seen
if grep -qxF 'regopy, listed: "cn-beijing,eu-central-1,us-west-1"' seen; then exit 1; fi
grep -qxF 'OPA, most: "a"' seen
grep -qxF 'regopy, most: 1' seen
echo "as before"
