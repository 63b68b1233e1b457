#!/usr/bin/env bash
# `pulumi package gen-sdk --language go` of a package with a hyphen in its name (cen-network) writes the package into the folder
# `cennetwork`, and lets its files import `…/go/cen-network/internal`, a folder that is not there: what it wrote is never built. No
# go.mod is written beside it either. The folder and the imports agree where the schema has `meta: {supportPack: true}`, which
# `pulumi package add` sets by itself; hosts of components, Pulumi's own among them, leave it out of what `get-schema` prints.
# Needs go, and minutes for the first build. Seen with github.com/pulumi/pulumi/pkg/v3 and sdk/v3 3.276.0, whose generator it is.
# The schema of cenguard's components says it (components/cenguard_components/schema.py); tests/components/test_host.py,
# test_an_sdk_that_is_generated_to_be_published_is_whole.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
cat > main.go <<'GO'
package main

import (
	"os"
	"path/filepath"

	gen "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

func spec(pack bool) schema.PackageSpec {
	hub := schema.ResourceSpec{IsComponent: true}
	hub.InputProperties = map[string]schema.PropertySpec{"regions": {TypeSpec: schema.TypeSpec{Type: "array", Items: &schema.TypeSpec{Type: "string"}}}}
	found := schema.PackageSpec{Name: "cen-network", Version: "1.0.0", Resources: map[string]schema.ResourceSpec{"cen-network:index:Hub": hub}}
	if pack {
		found.Meta = &schema.MetadataSpec{SupportPack: true}
	}
	return found
}

func main() {
	for folder, pack := range map[string]bool{"plain": false, "pack": true} {
		bound, err := schema.ImportSpec(spec(pack), nil, schema.NewNullLoader(), schema.ValidationOptions{})
		if err != nil {
			panic(err)
		}
		files, err := gen.GeneratePackage("generator", bound, nil)
		if err != nil {
			panic(err)
		}
		for name, content := range files {
			path := filepath.Join(folder, name)
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				panic(err)
			}
			if err := os.WriteFile(path, content, 0o644); err != nil {
				panic(err)
			}
		}
	}
}
GO
cat > go.mod <<'MOD'
module findings

go 1.24

require (
	github.com/pulumi/pulumi/pkg/v3 v3.276.0
	github.com/pulumi/pulumi/sdk/v3 v3.276.0
)
MOD
go mod tidy 2> says || { cat says; exit 1; }
go run .
for folder in plain pack; do
    echo "$folder: the package $(cd $folder && dirname */hub.go) imports $(grep -rhoE '[^/"]+/internal"' $folder --include=hub.go | tr -d '"'), go.mod: $(test -f $folder/go.mod && echo yes || echo no)"
done | tee seen
grep -qx "plain: the package cennetwork imports cen-network/internal, go.mod: no" seen
grep -qx "pack: the package cennetwork imports cennetwork/internal, go.mod: yes" seen
echo "as before"
