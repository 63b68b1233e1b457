#!/usr/bin/env bash
# `cdktn convert` (and `cdktf convert`, which it comes from) makes a program in TypeScript of a configuration in HCL. An object that stands by
# itself as the default of a variable, as the value of an output or as an argument of a module is put into a list, and so is null:
#   configuration                       program                        what Terraform is given
#   variable: default = {stage = "x"}   default: [{stage: "x"}]        "default": [{"stage": "x"}]
#   output: value = {mbps = 10}         value: [{mbps: 10}]            "value": [{"mbps": 10}]
#   module: size = {mbps = {a = 10}}    size: [{mbps: [{a: 10}]}]
#   module: package_id = null           packageId: [null]
#   default = null, value = null        [null]                         an error of the library when it writes the files
# The conversion has no message of it. What another stack reads of an output by its name stands in a list from then on, and a
# variable that was an object is a list wherever it is used. Lists, texts and what comes of an expression are right, and so is the same
# object as a local value. For maps of resources it was mended in 2022 (pull request 1838 of terraform-cdk); no issue of this was found.
# Needs node and npm. Seen with @cdktn/hcl2cdk and cdktn 0.24.0; @cdktf/hcl2cdk 0.21.0, the last one, makes the same program.
# cenguard checks the plan of what was made (cenguard/readers/terraform); tests/readers/terraform/test_null_expressions.py,
# test_a_variable_that_is_null_is_not_set.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @cdktn/hcl2cdk@0.24.0 cdktn@0.24.0 constructs@10.7.2 jsii-pacmak@1.112.0 >/dev/null
cat > main.tf <<'TF'
variable "tags" {
  default = { stage = "x" }
}

variable "regions" {
  default = ["cn-beijing"]
}

locals {
  size = { mbps = 10 }
}

output "size" {
  value = { mbps = 10 }
}

output "tags" {
  value = var.tags
}

output "regions" {
  value = var.regions
}

output "local" {
  value = local.size
}

module "net" {
  source     = "./net"
  package_id = null
  size       = { mbps = { a = 10 } }
}
TF
cat > convert.js <<'JS'
const { readFileSync, writeFileSync } = require("fs");
const { convert } = require("@cdktn/hcl2cdk");

const told = { language: "typescript", providerSchema: { format_version: "1.0", provider_schemas: {} } };
convert(readFileSync("main.tf", "utf8"), { ...told, codeContainer: "constructs.Construct", throwOnTranslationError: true }).then(({ code }) => {
    const [program, module] = code.split("new Net.Net(");
    console.log("program:", module.replace(/\s+/g, " ").trim());
    // The same lines as a stack: without the call of the module, whose class would be generated, and without types.
    writeFileSync("stack.js", `const { ${Object.keys(require("cdktn")).filter((name) => /^[A-Za-z]\w*$/.test(name)).join(", ")} } = require("cdktn");
class Stack extends TerraformStack { constructor(app) { super(app, "net"); ${program} } }
const app = Testing.app();
const { variable, output } = JSON.parse(Testing.synth(new Stack(app)));
for (const [name, one] of Object.entries(variable)) console.log("variable", name, JSON.stringify(one.default));
for (const [name, one] of Object.entries(output)) console.log("output", name, JSON.stringify(one.value));
`);
});
JS
# (The converter asks for news of Terraform unless it is told not to, and logs into what it prints.)
export CHECKPOINT_DISABLE=1
node convert.js 2>messages | grep '^program: ' | tee seen
node stack.js 2>>messages | sort | tee sorted
grep '^variable' sorted >> seen; grep '^output' sorted >> seen
cat > expected <<'END'
program: this, "net", { packageId: [null], size: [ { mbps: [ { a: 10, }, ], }, ], });
variable regions ["cn-beijing"]
variable tags [{"stage":"x"}]
output local {"mbps":10}
output regions "${var.regions}"
output size [{"mbps":10}]
output tags "${var.tags}"
END
diff expected seen
echo "as before"
