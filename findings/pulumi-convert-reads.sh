#!/usr/bin/env bash
# A resource that a program in YAML only reads (`get: {id: cen-abc}`) is one that the program makes once `pulumi convert` has written it in
# another language: `Instance.get("shared", "cen-abc")` would be the same, and what comes out is `new Instance("shared", {})`, in Python
# and Go alike. The id is in none of the files. There is no warning and no note, and the program runs: where a CEN, package or router of
# another team was looked up, a second one is made, and what was attached to the first is attached to that one. (Where a property is required,
# the compiler objects to TypeScript without it; Python and Go ask for it when the program runs.)
# The converter for YAML does not look at `get` at all. Neither the command's documentation nor the reference of the language says so, and no
# issue of it was found.
# Needs go, and minutes for the first build. Seen with github.com/pulumi/pulumi/pkg/v3 and sdk/v3 3.276.0, whose generators they are, and
# github.com/pulumi/pulumi-yaml 1.38.1, whose converter calls what is called here.
# cenguard reads the program in YAML itself and takes such a resource for one that stands (cenguard/readers/program);
# tests/readers/test_yaml_program.py, test_references_depend_on_what_they_name_and_echo_what_it_was_given.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
cat > Pulumi.yaml <<'YAML'
name: net
runtime: yaml
resources:
  shared:
    type: cen:Instance
    get: {id: cen-abc}
  shop:
    type: cen:Attachment
    properties: {cenId: "${shared.id}"}
YAML
cat > main.go <<'GO'
package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/blang/semver"
	"github.com/hashicorp/hcl/v2"
	"github.com/pulumi/pulumi-yaml/pkg/pulumiyaml/codegen"
	golang "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/pcl"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// One package of two resources stands for a provider's.
type packages struct{}

func (p packages) LoadPackage(string, *semver.Version) (*schema.Package, error) {
	text := map[string]schema.PropertySpec{"cenId": {TypeSpec: schema.TypeSpec{Type: "string"}}}
	return schema.ImportSpec(schema.PackageSpec{Name: "cen", Version: "1.0.0", Resources: map[string]schema.ResourceSpec{
		"cen:index:Instance":   {},
		"cen:index:Attachment": {InputProperties: text, ObjectTypeSpec: schema.ObjectTypeSpec{Properties: text}},
	}}, nil, p, schema.ValidationOptions{})
}
func (p packages) LoadPackageV2(context.Context, *schema.PackageDescriptor) (*schema.Package, error) {
	return p.LoadPackage("", nil)
}
func (p packages) LoadPackageReference(string, *semver.Version) (schema.PackageReference, error) {
	loaded, err := p.LoadPackage("", nil)
	if err != nil {
		return nil, err
	}
	return loaded.Reference(), nil
}
func (p packages) LoadPackageReferenceV2(context.Context, *schema.PackageDescriptor) (schema.PackageReference, error) {
	return p.LoadPackageReference("", nil)
}

type generator func(*pcl.Program) (map[string][]byte, hcl.Diagnostics, error)

func main() {
	_, template, said, err := codegen.LoadTemplate(".")
	fmt.Println("read:", said, err)
	_, said, err = codegen.ConvertTemplateIL(template, packages{})
	fmt.Println("converted:", said, err)
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
			fmt.Printf("# %s\n%s\n", name, text)
		}
	}
}
GO
go mod init finding >/dev/null 2>&1
go get github.com/pulumi/pulumi-yaml@v1.38.1 github.com/pulumi/pulumi/pkg/v3@v3.276.0 github.com/pulumi/pulumi/sdk/v3@v3.276.0 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
go run . | tee seen
grep -qxF 'read: no diagnostics <nil>' seen
grep -qxF 'converted: no diagnostics <nil>' seen
grep -qxF 'shared = cen.Instance("shared")' seen
grep -qxF 'const shared = new cen.Instance("shared", {});' seen
grep -qF 'shared, err := cen.NewInstance(ctx, "shared", nil)' seen
if grep -q 'cen-abc\|get(\|GetInstance' seen; then exit 1; fi
echo "as before"
