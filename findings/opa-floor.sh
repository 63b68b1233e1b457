#!/usr/bin/env bash
# In Open Policy Agent `floor` of a number between -1 and 0 is 0, and `ceil` of it is 1; from -1 downwards, and above 0, both are right.
# The documentation says "rounds down" and "rounds up". A policy that asks whether anything is left, floor(bought - drawn) >= 0,
# finds room for limits of 5.5 Mbps in a package of 5, and none for 6.5; one that rounds a balance up finds 1 where nothing is. No issue of it
# was found.
# Needs go. Seen with github.com/open-policy-agent/opa 1.22.4 (the library that conftest and the opa command are built on).
# No rule of cenguard's is in Rego, and the one that is measured beside them (benchmarks/peers/unattached.rego) rounds nothing.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
cat > main.go <<'GO'
package main

import (
	"context"
	"fmt"

	"github.com/open-policy-agent/opa/v1/rego"
)

const policy = `package network

left := floor(input.bought - input.drawn)

default fits := false

fits if left >= 0`

func evaluate(query string, input any) any {
	found, err := rego.New(rego.Query(query), rego.Module("network.rego", policy), rego.Input(input)).Eval(context.Background())
	if err != nil {
		panic(err)
	}
	return found[0].Expressions[0].Value
}

func main() {
	for _, number := range []string{"-1.5", "-1", "-0.5", "-0.001", "0.5", "1.5"} {
		fmt.Printf("of %s: floor %v, ceil %v\n", number, evaluate("floor("+number+")", nil), evaluate("ceil("+number+")", nil))
	}
	for _, drawn := range []float64{5, 5.5, 6.5} {
		input := map[string]any{"bought": 5, "drawn": drawn}
		fmt.Printf("a package of 5 Mbps and %v drawn: left %v, fits %v\n", drawn, evaluate("data.network.left", input), evaluate("data.network.fits", input))
	}
}
GO
go mod init finding >/dev/null 2>&1
go get github.com/open-policy-agent/opa@v1.22.4 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
go run . | tee seen
grep -qxF "of -1.5: floor -2, ceil -1" seen
grep -qxF "of -0.5: floor 0, ceil 1" seen
grep -qxF "of -0.001: floor 0, ceil 1" seen
grep -qxF "of 0.5: floor 0, ceil 1" seen
grep -qxF "a package of 5 Mbps and 5.5 drawn: left 0, fits true" seen
grep -qxF "a package of 5 Mbps and 6.5 drawn: left -2, fits false" seen
echo "as before"
