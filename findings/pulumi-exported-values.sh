#!/usr/bin/env bash
# What a program in Python exports (`pulumi.export`) may be any value, and the engine is told a plain one. Of these another one is told,
# without a message, though a resource takes them as they are, or refuses them by name:
#   value                                                as an input of a resource   exported
#   a member of an IntEnum, or of an enum of `int`       its number                  {}
#   a member of an Enum                                  an error                    {}
#   a ChainMap or UserDict                               its keys and values         the keys alone, as a list
#   a model of pydantic                                  an error                    a list of lists: [["mbps", 10]]
#   a Struct of msgspec, with `dict=True`                an error                    {}
# So the edition, the networks by region, or the settings that one stack hands to others are gone or have another shape, and what reads
# them (`get_output`, `pulumi stack output --json`) sees a value that looks meant. A member of an enum of `str` and a dataclass come out
# right; a Struct without `dict=True` ends in an error. Enums of `int` are what generated SDKs have for enums of whole numbers.
# The SDK's own comment says that what is like a dictionary is made into one. Of Node.js and its Map there is issue 9787 of pulumi; of
# these no issue was found.
# Needs python3. Seen with pulumi 3.272.0, pydantic 2.14.4 and msgspec 0.23.0 (PyPI). No engine is run: a stand-in notes what it is told.
# cenguard reads the outputs of other stacks as their states have them (cenguard/readers/program/monitor.py);
# tests/readers/test_program_options.py, test_an_exported_resource_has_the_names_that_its_stack_gave_it.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check pulumi==3.272.0 pydantic==2.14.4 msgspec==0.23.0
cat > program.py <<'PY'
import collections
import dataclasses
import enum
import json
import sys

import msgspec
import pulumi
import pydantic
from pulumi.runtime.stack import massage  # what pulumi.export hands to the engine


class Edition(enum.IntEnum):
    ENTERPRISE = 2


class Billing(enum.Enum):
    BY_TRAFFIC = "ByTraffic"


class Number(int, enum.Enum):
    TWO = 2


class Spelt(str, enum.Enum):
    BY_TRAFFIC = "ByTraffic"


class Link(pydantic.BaseModel):
    mbps: int


class Fast(msgspec.Struct, dict=True):
    mbps: int


@dataclasses.dataclass
class Plain:
    mbps: int


VALUES = {
    "IntEnum": Edition.ENTERPRISE,
    "int, Enum": Number.TWO,
    "Enum": Billing.BY_TRAFFIC,
    "str, Enum": Spelt.BY_TRAFFIC,
    "ChainMap": collections.ChainMap({"cn-beijing": "vpc-1"}, {"us-west-1": "vpc-2"}),
    "UserDict": collections.UserDict({"cn-beijing": "vpc-1"}),
    "model": Link(mbps=10),
    "Struct": Fast(mbps=10),
    "dataclass": Plain(mbps=10),
}


class Engine(pulumi.runtime.Mocks):
    def new_resource(self, args):
        taken[args.name] = args.inputs["value"]
        return f"{args.name}-1", args.inputs

    def call(self, args):
        return {}


class Taker(pulumi.CustomResource):
    def __init__(self, name, value):
        super().__init__("net:index:Taker", name, {"value": value})


@pulumi.runtime.test
def make():
    return Taker(name, VALUES[name]).urn


taken = {}
pulumi.runtime.set_mocks(Engine(), preview=False)
for name in sys.argv[1:]:
    try:
        make()
        told = json.dumps(taken[name], sort_keys=True)
    except ValueError as error:
        told = "an error" if "unexpected input of type" in str(error) else repr(error)
    print(f"{name}: to a resource {told}, exported {json.dumps(massage(VALUES[name], []), sort_keys=True)}")
PY
timeout 120 env/bin/python program.py IntEnum "int, Enum" Enum "str, Enum" ChainMap UserDict model Struct dataclass 2>messages | tee seen
cat > expected <<'END'
IntEnum: to a resource 2.0, exported {}
int, Enum: to a resource 2.0, exported {}
Enum: to a resource an error, exported {}
str, Enum: to a resource "ByTraffic", exported "ByTraffic"
ChainMap: to a resource {"cn-beijing": "vpc-1", "us-west-1": "vpc-2"}, exported ["us-west-1", "cn-beijing"]
UserDict: to a resource {"cn-beijing": "vpc-1"}, exported ["cn-beijing"]
model: to a resource an error, exported [["mbps", 10]]
Struct: to a resource an error, exported {}
dataclass: to a resource an error, exported {"mbps": 10}
END
diff expected seen
echo "as before"
