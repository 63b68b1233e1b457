#!/usr/bin/env bash
# HashiCorp's library for the documents of `terraform show -json`, terraform-json for Go, reads what is there as nothing.
# - Of an expression its documentation says that no constant value (nil) is an explicit null. What calls functions on constants
#   (`cidr_block = cidrsubnet("10.0.0.0/8", 8, 1)`) is `{}` in the document, and nil as well: a policy that asks whether a region or
#   block is set is told that it is null. Nothing but references makes the value an unknown one.
# - A block that may stand once (nested "single": `timeouts`, and most blocks of newer providers) is an object in the document, where others
#   are lists. Its expressions are not among the nested blocks, nor anywhere: nil again, and written anew the block is `{}`.
# - Actions: a replacement that keeps the old object (`lifecycle { destroy = false }`) is ["create", "forget"] in Terraform, of a tainted
#   object, and ["forget", "create"] in OpenTofu. None of the library's questions (NoOp, Create, Read, Update, Delete, Forget, Replace, …) is
#   answered with yes for either: who counts or gates by them passes over a second package that is bought.
# Needs go. Seen with github.com/hashicorp/terraform-json 0.29.0. The document is written as Terraform and OpenTofu write it.
# cenguard takes the lists of actions as they are, and null for not set only where there is no expression
# (cenguard/readers/terraform); tests/readers/terraform/test_leaving.py,
# test_a_tainted_package_that_is_let_go_stays_beside_the_new_one.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
cat > plan.json <<'JSON'
{"format_version": "1.2", "terraform_version": "1.17.0",
 "resource_changes": [
  {"address": "alicloud_cen_bandwidth_package.terraform", "change": {"actions": ["create", "forget"]}},
  {"address": "alicloud_cen_bandwidth_package.tofu", "change": {"actions": ["forget", "create"]}},
  {"address": "alicloud_cen_bandwidth_package.usual", "change": {"actions": ["delete", "create"]}}],
 "configuration": {"root_module": {"resources": [
  {"address": "alicloud_vpc.shop", "mode": "managed", "type": "alicloud_vpc", "name": "shop", "expressions": {
   "cidr_block": {}, "description": {"constant_value": null}, "vpc_name": {"constant_value": "shop"},
   "tags": {"references": ["local.tags"]}, "timeouts": {"create": {"constant_value": "10m"}}}}]}}}
JSON
cat > main.go <<'GO'
package main

import (
	"encoding/json"
	"fmt"
	"os"

	tfjson "github.com/hashicorp/terraform-json"
)

func main() {
	content, _ := os.ReadFile("plan.json")
	var plan tfjson.Plan
	if err := json.Unmarshal(content, &plan); err != nil {
		panic(err)
	}
	for _, change := range plan.ResourceChanges {
		a := change.Change.Actions
		asked := []bool{a.NoOp(), a.Create(), a.Read(), a.Update(), a.Delete(), a.Forget(), a.DestroyBeforeCreate(), a.CreateBeforeDestroy(), a.Replace()}
		yes := 0
		for _, answer := range asked {
			if answer {
				yes++
			}
		}
		fmt.Printf("%v: yes to %d of %d questions\n", a, yes, len(asked))
	}
	for _, name := range []string{"cidr_block", "description", "timeouts", "tags", "vpc_name"} {
		expression := plan.Config.RootModule.Resources[0].Expressions[name]
		value := fmt.Sprint(expression.ConstantValue)
		if expression.ConstantValue == tfjson.UnknownConstantValue {
			value = "unknown"
		}
		again, _ := json.Marshal(expression)
		fmt.Printf("%s: %s, %d nested blocks, written anew %s\n", name, value, len(expression.NestedBlocks), again)
	}
}
GO
go mod init finding >/dev/null 2>&1
go get github.com/hashicorp/terraform-json@v0.29.0 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
go run . | tee seen
grep -qxF "[create forget]: yes to 0 of 9 questions" seen
grep -qxF "[forget create]: yes to 0 of 9 questions" seen
grep -qxF "[delete create]: yes to 2 of 9 questions" seen
for name in cidr_block description timeouts; do
    grep -qxF "$name: <nil>, 0 nested blocks, written anew {}" seen
done
grep -qxF 'tags: unknown, 0 nested blocks, written anew {"references":["local.tags"]}' seen
grep -qxF 'vpc_name: shop, 0 nested blocks, written anew {"constant_value":"shop"}' seen
echo "as before"
