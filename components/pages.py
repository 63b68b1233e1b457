"""Writes what is generated from the components: the schema's snapshot, and the reference part of their pages.

    python -m components.pages

A page under `docs/components/` is written by hand up to the mark; what follows it comes from the schema.
"""

import json
from pathlib import Path
from textwrap import dedent
from typing import Any

from components.host import Host

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = ROOT / "components" / "schema.json"
PAGES = ROOT / "docs" / "components"
MARK = "<!-- From here on generated from the schema: python -m components.pages -->"


def schema() -> dict[str, Any]:
    """The package's schema as the host answers it."""
    found: dict[str, Any] = json.loads(str(Host().schema))
    return found


def schema_text() -> str:
    """The schema as it is committed."""
    return json.dumps(schema(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def page_name(token: str) -> str:
    """The file of a component's page.

    >>> page_name("alicloud-cen:index:CenNetwork")
    'cen-network.md'
    """
    name = token.rsplit(":", 1)[-1]
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("-") + ".md"


def reference(token: str, document: dict[str, Any]) -> str:
    """The generated part of a component's page: arguments, outputs, and the types that the arguments use."""
    resource = document["resources"][token]
    lines = [MARK, "", "## Reference", "", _flat(resource["description"]), "", "### Arguments", ""]
    lines += _table(resource["inputProperties"], resource.get("requiredInputs", []))
    lines += ["", "### Outputs", "", *_table(resource["properties"], None)]
    for name in _used(resource["inputProperties"], document["types"]):
        kind = document["types"][name]
        lines += ["", f"### {name.rsplit(':', 1)[-1]}", "", _flat(kind["description"]), ""]
        lines += _table(kind["properties"], kind.get("required", []))
    return "\n".join(lines) + "\n"


def _table(properties: dict[str, Any], required: list[str] | None) -> list[str]:
    rows = ["| name | type | |", "| --- | --- | --- |"]
    for name, item in sorted(properties.items()):
        needed = " **Required.**" if required is not None and name in required else ""
        rows.append(f"| `{_snake(name)}` | {_type(item)} | {_flat(item['description'])}{needed} |")
    return rows


def _type(item: dict[str, Any]) -> str:
    if "$ref" in item:
        name = item["$ref"].rsplit(":", 1)[-1]
        return f"[{name}](#{name.lower()})"
    if item["type"] == "array":
        return f"list of {_type(item['items'])}"
    if item["type"] == "object":
        return f"map of {_type(item['additionalProperties'])}"
    return {"string": "text", "integer": "whole number", "boolean": "true or false"}[item["type"]]


def _used(properties: dict[str, Any], types: dict[str, Any]) -> list[str]:
    found: list[str] = []
    for item in properties.values():
        for part in (item, item.get("items", {}), item.get("additionalProperties", {})):
            name = part.get("$ref", "").removeprefix("#/types/")
            if name and name not in found:
                found += [name, *(inner for inner in _used(types[name]["properties"], types) if inner not in found)]
    return sorted(dict.fromkeys(found))


def _flat(text: str) -> str:
    return " ".join(dedent(text).split())


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


def main() -> None:
    """Write the snapshot and every page's generated part."""
    document = schema()
    SCHEMA.write_text(schema_text(), "utf-8")
    for token in document["resources"]:
        page = PAGES / page_name(token)
        head = page.read_text("utf-8").partition(MARK)[0]
        page.write_text(head + reference(token, document), "utf-8")


if __name__ == "__main__":
    main()
