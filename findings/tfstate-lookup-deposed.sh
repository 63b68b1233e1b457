#!/usr/bin/env bash
# A state of Terraform keeps the old object of a replacement beside the new one until it is deleted (`create_before_destroy`, and a
# deletion that failed): the entry of one resource then has two instances, the one that counts first, and one with a `deposed` key.
# `tfstate-lookup`, which puts values of a state into scripts and files of deployments (ecspresso, lambroll and others are built on it),
# does not know the key. Of a resource with `for_each` or `count` it answers with the old object: the id of what is about to go. Of any
# other there is no value: `null`, and no error, under the name it has always had; the list names it `core[]`, and that one is the old
# object. Once the deletion has gone through, all is right again.
# Terraform's own `show -json` lists the old object apart, with its `deposed_key`. No issue of it was found.
# Needs go. Seen with github.com/fujiwara/tfstate-lookup 1.12.1.
# cenguard never takes such an object for the one its address names (cenguard/readers/terraform);
# tests/readers/terraform/test_leaving.py, test_of_a_state_the_object_that_goes_is_not_the_one_that_its_name_means.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
cat > terraform.tfstate <<'JSON'
{
  "version": 4,
  "terraform_version": "1.11.4",
  "serial": 7,
  "lineage": "3f1c9a52-6f0e-4d0b-9c55-0d4f6a8f1b7e",
  "outputs": {},
  "resources": [
    {
      "mode": "managed",
      "type": "alicloud_cen_bandwidth_package",
      "name": "core",
      "provider": "provider[\"registry.terraform.io/aliyun/alicloud\"]",
      "instances": [
        {"schema_version": 0, "attributes": {"id": "cenbwp-new", "bandwidth": 10}},
        {"schema_version": 0, "deposed": "5ad1f2c3", "attributes": {"id": "cenbwp-old", "bandwidth": 4}}
      ]
    },
    {
      "mode": "managed",
      "type": "alicloud_vpc",
      "name": "shop",
      "provider": "provider[\"registry.terraform.io/aliyun/alicloud\"]",
      "instances": [
        {"index_key": "cn-beijing", "schema_version": 0, "attributes": {"id": "vpc-new"}},
        {"index_key": "cn-beijing", "schema_version": 0, "deposed": "77b0e1d9", "attributes": {"id": "vpc-old"}},
        {"index_key": "us-west-1", "schema_version": 0, "attributes": {"id": "vpc-west"}}
      ]
    }
  ],
  "check_results": null
}
JSON
cat > main.go <<'GO'
package main

import (
	"context"
	"fmt"

	"github.com/fujiwara/tfstate-lookup/tfstate"
)

func main() {
	state, err := tfstate.ReadFile(context.Background(), "terraform.tfstate")
	if err != nil {
		panic(err)
	}
	names, err := state.List()
	fmt.Println("listed:", names, err)
	for _, name := range []string{
		"alicloud_cen_bandwidth_package.core.id",
		"alicloud_cen_bandwidth_package.core[].id",
		`alicloud_vpc.shop["cn-beijing"].id`,
		`alicloud_vpc.shop["us-west-1"].id`,
	} {
		value, err := state.Lookup(name)
		fmt.Printf("%s: %v, error %v\n", name, value, err)
	}
}
GO
go mod init finding >/dev/null 2>&1
go get github.com/fujiwara/tfstate-lookup@v1.12.1 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
go run . | tee seen
grep -qxF 'listed: [alicloud_cen_bandwidth_package.core[] alicloud_vpc.shop["cn-beijing"] alicloud_vpc.shop["us-west-1"]] <nil>' seen
grep -qxF "alicloud_cen_bandwidth_package.core.id: null, error <nil>" seen
grep -qxF 'alicloud_cen_bandwidth_package.core[].id: cenbwp-old, error <nil>' seen
grep -qxF 'alicloud_vpc.shop["cn-beijing"].id: vpc-old, error <nil>' seen
grep -qxF 'alicloud_vpc.shop["us-west-1"].id: vpc-west, error <nil>' seen
echo "as before"
