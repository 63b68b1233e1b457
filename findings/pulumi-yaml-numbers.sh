#!/usr/bin/env bash
# In a Pulumi program in YAML a number that stands in a text is written with an exponent from a million on: the account
# 1234567890123456 makes the role "acs:ram::1.234567890123456e+15:role/peer", and no message says so. Alone (`owner: ${owner}`),
# and in fn::toJSON, the same number is whole; so is one in a text whose configuration value is declared `type: integer`.
# Lists and mappings come out as Go prints them ("[a b]", "map[team:net]").
# Needs go, and minutes for the first build. Seen with github.com/pulumi/pulumi-yaml 1.38.1.
# cenguard/readers/program/yaml_values.py (as_text) writes the same; tests/readers/test_yaml_program.py, test_values.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
cat > Main.yaml <<'YAML'
config:
  declared: {type: integer, default: 1234567890123456}
variables: {owner: 1234567890123456, mbps: 1000000, small: 20, teams: [net, ops]}
resources:
  core:
    type: alicloud:cen:Instance
    properties:
      role: "acs:ram::${owner}:role/peer"
      declared: "acs:ram::${declared}:role/peer"
      texts: "${mbps} ${small} ${teams}"
      alone: ${owner}
      json: {"fn::toJSON": "${owner}"}
YAML
cat > main.go <<'GO'
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/pulumi/pulumi-yaml/pkg/pulumiyaml"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

type packages struct{ pulumiyaml.PackageLoader }
type anyPackage struct{ pulumiyaml.Package } // its resources take what they are given
type token = pulumiyaml.ResourceTypeToken

func (packages) LoadPackage(context.Context, *schema.PackageDescriptor) (pulumiyaml.Package, error) {
	return anyPackage{}, nil
}
func (anyPackage) Name() string                                         { return "alicloud" }
func (anyPackage) ResolveResource(name string) (token, error)           { return token(name), nil }
func (anyPackage) IsComponent(token) (bool, error)                      { return false, nil }
func (anyPackage) IsResourcePropertySecret(token, string) (bool, error) { return false, nil }
func (anyPackage) ResourceConstants(token) map[string]interface{}       { return nil }
func (anyPackage) ResourceTypeHint(name token) *schema.ResourceType {
	made := &schema.Resource{Token: string(name)}
	for _, property := range []string{"role", "declared", "texts", "alone", "json"} {
		made.InputProperties = append(made.InputProperties, &schema.Property{Name: property, Type: schema.AnyType})
	}
	return &schema.ResourceType{Token: string(name), Resource: made}
}

type engine struct{}

func (engine) NewResource(made pulumi.MockResourceArgs) (string, resource.PropertyMap, error) {
	for name, value := range made.Inputs {
		if value.IsNumber() {
			fmt.Printf("%s = number %.0f\n", name, value.NumberValue())
		} else {
			fmt.Printf("%s = text %v\n", name, value.V)
		}
	}
	return "cen-1", made.Inputs, nil
}
func (engine) Call(pulumi.MockCallArgs) (resource.PropertyMap, error) { return nil, nil }

func main() {
	text, _ := os.ReadFile("Main.yaml")
	program, said, err := pulumiyaml.LoadYAMLBytes("Main.yaml", text)
	fmt.Println("messages:", len(said), err)
	run := func(ctx *pulumi.Context) error { return pulumiyaml.RunTemplate(ctx, program, nil, packages{}) }
	fmt.Println("error:", pulumi.RunErr(run, pulumi.WithMocks("net", "dev", engine{})))
}
GO
go mod init finding >/dev/null 2>&1
go get github.com/pulumi/pulumi-yaml@v1.38.1 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
go run . | sort | tee seen
grep -qx 'role = text acs:ram::1.234567890123456e+15:role/peer' seen
grep -qx 'declared = text acs:ram::1234567890123456:role/peer' seen
grep -qx 'texts = text 1e+06 20 \[net ops\]' seen
grep -qx 'alone = number 1234567890123456' seen
grep -qx 'json = text 1234567890123456' seen
grep -qx 'messages: 0 <nil>' seen
grep -qx 'error: <nil>' seen
echo "as before"
