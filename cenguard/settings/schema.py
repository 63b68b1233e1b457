"""The settings file as a JSON Schema, for editors that complete and check TOML: `docs/settings.schema.json`.

`python -m cenguard.settings.schema` prints it; a test keeps the file true.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from cenguard.geography.catalogue import default_catalogue, editions
from cenguard.rules import RULES
from cenguard.rules.options import NAMING, Option
from cenguard.rules.rule import Rule
from cenguard.rules.tool_levels import TOOL_FINDINGS, ToolFinding
from cenguard.settings.model import INVENTORY_DAYS, OUTPUTS, UNDETERMINED
from cenguard.settings.rule_tables import own_options
from cenguard.settings.waivers import CRITERIA, VERDICTS

LEVELS = ("mandatory", "advisory", "disabled")
_TEXT = {"type": "string", "minLength": 1}
_TEXTS: Mapping[str, Any] = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}


def option_schema(option: Option) -> dict[str, Any]:
    """One option of a rule, in words of JSON Schema alone."""
    return {"description": option.about, **_plain(option.schema)}


def _plain(schema: Any) -> Any:
    """A schema without the words that only our own messages use."""
    if isinstance(schema, Mapping):
        ours = {"expected", "propertyNames"} | ({"format"} if schema.get("format") in NAMING else set())
        return {key: _plain(value) for key, value in schema.items() if key not in ours}
    return [_plain(item) for item in schema] if isinstance(schema, (list, tuple)) else schema


def json_like(value: Any) -> Any:
    """A value with lists for tuples, and texts for dates, as JSON has it."""
    if isinstance(value, Mapping):
        return {str(key): json_like(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [json_like(item) for item in value]
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)


def document(rules: Sequence[Rule] = RULES) -> dict[str, Any]:
    """The schema of a settings file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "cenguard settings",
        "description": "What stands in cenguard.toml, or in [tool.cenguard] of pyproject.toml.",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "areas": {**_TEXT, "description": f"An edition of the area catalogue ({', '.join(editions())}), or a file."},
            "extends": {
                **_TEXT,
                "description": "A settings file, or package:file of an installed package, that this one tightens, adds to and never loosens.",
            },
            "help_url": {
                **_TEXT,
                "description": "Where your copy of the documentation stands; without it, findings name the command that explains them.",
            },
            "inventory": {**_TEXTS, "description": "Files that say what lives outside the input."},
            "inventory_days": {
                "type": "integer",
                "minimum": 0,
                "default": INVENTORY_DAYS,
                "description": "Days after which findings that rest on an inventory alone are advisory.",
            },
            "waivers": {**_TEXTS, "description": "Files of [[waiver]] tables."},
            "waiver": {"type": "array", "items": _waiver(), "description": "Waivers that stand right here."},
            "undetermined": {
                "enum": list(UNDETERMINED),
                "default": "advisory",
                "description": "What becomes of findings that hang on a value nobody knows yet.",
            },
            "shared": {
                **_TEXTS,
                "description": "Globs on name, id or URN of instances that other stacks attach to or buy for.",
            },
            "expect": {
                **_TEXTS,
                "description": "Globs on name, id or URN of instances that must be in the input. In the project's own folder only.",
            },
            "placeholders": {
                **_TEXTS,
                "description": "Globs on values that stand for something, such as ids of mocks: unknown, and never joined with each other.",
            },
            "unwaivable": {
                **_TEXTS,
                "description": "Rules that no waiver hides: codes, names or prefixes of codes; and shared, placeholders or inventory, which then no file adds to that extends this one.",
            },
            "plugins": {**_TEXTS, "description": "Python files with rules of your own."},
            "rules": {
                "type": "object",
                "description": "Level and options of rules, by name or code.",
                "properties": {word: _rule(rule) for rule in rules for word in (rule.name, rule.code)}
                | {word: _tool_finding(item) for item in TOOL_FINDINGS.values() for word in (item.name, item.code)},
                "additionalProperties": {
                    "anyOf": [{"enum": list(LEVELS)}, {"type": "object", "properties": {"level": {"enum": list(LEVELS)}}}]
                },
            },
            "sources": {
                "type": "object",
                "description": "Names of Terraform documents: name = file.",
                "propertyNames": {"pattern": '^[^:"\\[\\]\\n]+$'},
                "additionalProperties": dict(_TEXT),
            },
            "prices": {
                "type": "object",
                "description": "Your own prices: for one Mbps and month by area pair; connection_hour for one connection and hour, gb for one GB.",
                "properties": {
                    "currency": {"type": "string", "pattern": "^[A-Z]{3}$", "description": "Three letters, such as USD."},
                    "connection_hour": {"type": "number", "minimum": 0},
                    "gb": {"type": "number", "minimum": 0},
                },
                "required": ["currency"],
                "additionalProperties": {"type": "number", "minimum": 0},
            },
            "output": {
                "type": "object",
                "description": "Reports to write besides the one that is printed: format = file.",
                "properties": {form: dict(_TEXT) for form in OUTPUTS},
                "additionalProperties": False,
            },
        },
    }


def _rule(rule: Rule) -> dict[str, Any]:
    properties: dict[str, Any] = {"level": {"enum": list(LEVELS), "default": rule.level.value}}
    for option in own_options(rule):
        properties[option.name] = option_schema(option)
        if option.default is not None:
            properties[option.name]["default"] = json_like(option.default)
    table = {"type": "object", "properties": properties, "additionalProperties": False}
    return {"description": rule.title, "anyOf": [{"enum": list(LEVELS)}, table]}


def _tool_finding(item: ToolFinding) -> dict[str, Any]:
    level = {"enum": list(LEVELS), "default": item.level.value}
    table = {"type": "object", "properties": {"level": level}, "additionalProperties": False}
    return {"description": "What cenguard says of the check itself.", "anyOf": [{"enum": list(LEVELS)}, table]}


def _waiver() -> dict[str, Any]:
    areas = sorted(default_catalogue().areas)
    return {
        "type": "object",
        "properties": {
            "rule": {**_TEXT, "description": "A code, a name, or a prefix of codes."},
            "resource": {**_TEXT, "description": "A glob on the URN."},
            "instance": {**_TEXT, "description": "A glob on name, id or URN of the CEN instance."},
            "area_pair": {
                "type": "array",
                "items": {"type": "string", "examples": areas},
                "minItems": 2,
                "maxItems": 2,
                "description": "Two areas, as the service spells them.",
            },
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{16}$", "description": "Of one finding."},
            "verdict": {"enum": list(VERDICTS), "description": "Only findings of this verdict; both without it."},
            "reason": dict(_TEXT),
            "owner": {**_TEXT, "description": "Who answers for it."},
            "expires": {"description": "The last day on which it holds, a date without quotes.", "format": "date"},
        },
        "required": ["reason", "owner", "expires"],
        "anyOf": [{"required": [key]} for key in CRITERIA],
        "additionalProperties": False,
    }


def text() -> str:
    """The schema as its file holds it."""
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    print(text(), end="")
