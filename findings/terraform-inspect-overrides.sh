#!/usr/bin/env bash
# A file `…_override.tf` changes single arguments of a block that stands elsewhere; what it does not name stays as it was
# (https://developer.hashicorp.com/terraform/language/files/override, retrieved 2026-11). HashiCorp's library for reading configurations
# without running Terraform, terraform-config-inspect, on which registries and documentation of modules stand, replaces the whole
# block of a variable or output with that of the override, and says that there are no problems:
# - a variable whose description is overridden has neither its default nor its type any more, and is one that has to be given;
# - a variable or output whose value is overridden is sensitive no more, and has no description;
# - of a provider whose version is overridden both constraints count, also where no version fulfils the two.
# Of a module's call only what is named is replaced. That such files are read at all was wanted of it, and done (issue 1 and pull request 2
# of the library, "skip error or duplication checking"); no issue of this was found.
# Needs go. Seen with github.com/hashicorp/terraform-config-inspect of 2026-09-04 (it has no releases).
# cenguard reads a folder's overrides after its other files, argument by argument (cenguard/sources/local_values.py);
# tests/readers/terraform/test_files_beside.py, test_an_override_changes_single_arguments_of_a_block.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
mkdir net
cat > net/main.tf <<'HCL'
terraform {
  required_providers {
    alicloud = {
      source  = "aliyun/alicloud"
      version = "~> 1.280"
    }
  }
}
variable "mbps" {
  type        = number
  default     = 5
  description = "Mbps between Beijing and Virginia"
}
variable "token" {
  type      = string
  sensitive = true
}
output "token" {
  value       = var.token
  description = "what the peer asks for"
  sensitive   = true
}
module "core" {
  source = "./core"
}
HCL
cat > net/test_override.tf <<'HCL'
terraform {
  required_providers {
    alicloud = {
      source  = "aliyun/alicloud"
      version = "1.270.0"
    }
  }
}
variable "mbps" {
  description = "Mbps, in the account for tests"
}
variable "token" {
  default = "none"
}
output "token" {
  value = "test-${var.token}"
}
module "core" {
  count = 2
}
HCL
cat > main.go <<'GO'
package main

import (
	"fmt"
	"os"

	"github.com/hashicorp/terraform-config-inspect/tfconfig"
)

func main() {
	for _, overridden := range []bool{true, false} {
		if !overridden {
			os.Remove("net/test_override.tf")
		}
		net, said := tfconfig.LoadModule("net")
		fmt.Println("with the override:", overridden, "-", said)
		for _, name := range []string{"mbps", "token"} {
			found := net.Variables[name]
			fmt.Printf("variable %s: type %q, default %v, required %v, sensitive %v\n", name, found.Type, found.Default, found.Required, found.Sensitive)
		}
		fmt.Printf("output token: description %q, sensitive %v\n", net.Outputs["token"].Description, net.Outputs["token"].Sensitive)
		fmt.Printf("alicloud: %q; module: %q\n", net.RequiredProviders["alicloud"].VersionConstraints, net.ModuleCalls["core"].Source)
	}
}
GO
go mod init finding >/dev/null 2>&1
go get github.com/hashicorp/terraform-config-inspect@v0.0.0-20260904064934-75d64de68c31 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
go run . | tee seen
cat > expected <<'END'
with the override: true - no problems
variable mbps: type "", default <nil>, required true, sensitive false
variable token: type "", default none, required false, sensitive false
output token: description "", sensitive false
alicloud: ["~> 1.280" "1.270.0"]; module: "./core"
with the override: false - no problems
variable mbps: type "number", default 5, required false, sensitive false
variable token: type "string", default <nil>, required true, sensitive true
output token: description "what the peer asks for", sensitive true
alicloud: ["~> 1.280"]; module: "./core"
END
diff expected seen
echo "as before"
