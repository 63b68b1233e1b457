"""A package as `pulumi package add` generates it for Python: `python tests/components/generated.py FOLDER VERSION`.

The generator is part of the engine's executable. What it makes of `components/schema.json` is here made at import, with the same
parts of the SDK: input types that translate names, resources that are `remote`, the version in every registration.
"""

import shutil
import sys
from pathlib import Path

SCHEMA = Path(__file__).resolve().parents[2] / "components" / "schema.json"
MODULE = """
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Optional

import pulumi

HERE = Path(__file__).parent
SCHEMA = json.loads((HERE / "schema.json").read_text())
VERSION = json.loads((HERE / "pulumi-plugin.json").read_text())["version"]
PLAIN = {"string": str, "integer": int, "boolean": bool}
TYPES = {}


def snake(name):
    return re.sub("(?<!^)([A-Z])", lambda found: "_" + found[1].lower(), name).lower()


def of(item):
    if "$ref" in item:
        name = item["$ref"].rpartition("/")[2]
        kind = TYPES.get(name) or input_type(name)
    elif item["type"] == "array":
        kind = Sequence[of(item["items"])]
    elif item["type"] == "object":
        kind = Mapping[str, of(item["additionalProperties"])]
    else:
        kind = PLAIN[item["type"]]
    return kind if item.get("plain") else pulumi.Input[kind]


def input_type(token):
    made = SCHEMA["types"][token]
    members = {"__annotations__": {}}
    for name, item in sorted(made["properties"].items(), key=lambda pair: pair[0] not in made.get("required", ())):
        kind = of(item)
        needed = name in made.get("required", ())
        members["__annotations__"][snake(name)] = kind if needed else Optional[kind]
        members[snake(name)] = pulumi.property(name, **({} if needed else {"default": None}))
    TYPES[token] = pulumi.input_type(type(token.rpartition(":")[2] + "Args", (), members))
    return TYPES[token]


def output(name, item):
    def read(self):
        return pulumi.get(self, snake(name))

    kind = Mapping[str, str] if item["type"] == "object" else str
    read.__annotations__["return"] = pulumi.Output[Optional[kind]]
    return property(pulumi.getter(name=name)(read))


def resource(token, made):
    class Arguments:
        pass

    Arguments.__annotations__ = {}
    members = {"__annotations__": Arguments.__annotations__}
    for name, item in made["inputProperties"].items():
        Arguments.__annotations__[snake(name)] = Optional[of(item)]
        members[snake(name)] = pulumi.property(name)
    arguments = pulumi.input_type(type(token.rpartition(":")[2] + "Args", (), members))

    class Component(pulumi.ComponentResource):
        def __init__(self, resource_name, opts=None, **given):
            opts = pulumi.ResourceOptions.merge(pulumi.ResourceOptions(version=VERSION), opts)
            props = arguments.__new__(arguments)
            for name in made["inputProperties"]:
                if name in made["requiredInputs"] and given.get(snake(name)) is None:
                    raise TypeError(f"Missing required property {snake(name)!r}")
                props.__dict__[snake(name)] = given.pop(snake(name), None)
            if given:
                raise TypeError(f"unexpected keyword argument {next(iter(given))!r}")
            for name in made["properties"]:
                props.__dict__[snake(name)] = None
            super().__init__(token, resource_name, props, opts, remote=True)

    for name, item in made["properties"].items():
        setattr(Component, snake(name), output(name, item))
    return Component


for token, made in SCHEMA["resources"].items():
    globals()[token.rpartition(":")[2]] = resource(token, made)
for token in SCHEMA["types"]:
    globals()[token.rpartition(":")[2] + "Args"] = TYPES.get(token) or input_type(token)
"""


def write(folder: Path, version: str, name: str = "alicloud-cen") -> None:
    """Put the package into a folder that a program imports from."""
    package = folder / f"pulumi_{name.replace('-', '_')}"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(MODULE)
    (package / "pulumi-plugin.json").write_text(f'{{"resource": true, "name": "{name}", "version": "{version}"}}')
    shutil.copy(SCHEMA, package / "schema.json")


if __name__ == "__main__":
    write(Path(sys.argv[1]), sys.argv[2])
