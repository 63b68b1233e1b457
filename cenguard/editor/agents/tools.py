"""The tools of the model context server: what each takes and gives, and which command answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

SOURCES = {
    "type": "array",
    "items": {"type": "string"},
    "description": "Documents below the root: previews, plans, stack exports, states, plans and states of Terraform or OpenTofu as "
    "`show -json` writes them, or the folder of a backend. NAME=PATH names one of Terraform. All of them are one network.",
}
_PAIR = {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2}
_TEXT_OR_NULL = {"type": ["string", "null"]}
_FINDING = {
    "type": "object",
    "required": ["rule", "name", "verdict", "level", "urn", "message", "because", "fix", "fingerprint"],
    "properties": {
        "rule": {"type": "string", "description": "The code: ask the tool `rules` for its page."},
        "verdict": {"enum": ["violated", "undetermined"]},
        "level": {"enum": ["mandatory", "advisory"]},
        "message": {"type": "string"},
        "because": {"type": "array", "items": {"type": "string"}},
        "fix": {
            "type": ["object", "null"],
            "description": "`applicability` safe: may be applied; review: a person decides, it may buy or replace; manual: no edits.",
        },
        "waived_by": _TEXT_OR_NULL,
        "fingerprint": {"type": "string"},
    },
}
_REPORT = {
    "type": "object",
    "required": ["schema", "summary", "sources", "pairs", "purchases", "cuts", "traffic", "fixed", "findings"],
    "properties": {
        "schema": {"const": "cenguard.report/1"},
        "summary": {
            "type": "object",
            "properties": {
                **{key: {"type": "integer"} for key in ("mandatory", "advisory", "undetermined", "waived")},
                **{key: {"type": ["integer", "null"]} for key in ("new", "fixed")},
            },
        },
        "sources": {"type": "array", "items": {"type": "object"}},
        "pairs": {"type": "array", "items": {"type": "object", "properties": {"regions": _PAIR}}},
        "purchases": {"type": "array", "items": {"type": "object"}, "description": "What the change buys."},
        "findings": {"type": "array", "items": _FINDING},
        "fixed": {"type": "array", "items": _FINDING},
    },
}
_ONE_PROOF = {
    "type": "object",
    "properties": {
        "instance": {"type": "string"},
        "disposition": {"type": "string"},
        "regions": {"anyOf": [_PAIR, {"type": ["object", "null"]}]},
        "steps": {"type": "array", "items": {"type": "string"}},
        "legs": {"type": "array", "items": {"type": "object"}},
        "groups": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "disposition", "forward", "back", "examples"],
                "properties": {
                    **{key: {"type": "string"} for key in ("id", "disposition", "forward", "back")},
                    "examples": {"type": "array", "items": {"type": "string"}},
                },
            },
        },
        "answers": {
            "type": "array",
            "items": {"type": "object"},
            "description": "Where several instances have both ends: one such object for each of them, and nothing beside.",
        },
    },
}
_NEEDS = {
    "type": "object",
    "required": ["catalogue", "regions", "mbps", "packages", "traffic"],
    "properties": {
        "packages": {"type": "array", "items": {"type": "object"}, "description": "Road 1: packages to buy, by area pair."},
        "traffic": {"type": "array", "items": {"type": "object"}, "description": "Road 2: peers paid by traffic, no package."},
    },
}
_RULES = {
    "type": "object",
    "properties": {
        "rules": {"type": "array", "items": {"type": "object"}},
        "code": {"type": "string"},
        "page": {"type": "string", "description": "Markdown: what the rule does, why, wrong and right."},
    },
}


class WrongArguments(Exception):
    """Arguments that a tool does not take; the text is what the command says of wrong usage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """One tool."""

    name: str
    about: str
    takes: Mapping[str, Mapping[str, Any]]
    required: tuple[str, ...]
    gives: Mapping[str, Any]
    command: Callable[[Mapping[str, Any]], list[str]]
    """The arguments of `cenguard` that answer it."""

    @property
    def input_schema(self) -> dict[str, Any]:
        """The JSON schema of what it takes."""
        return {
            "type": "object",
            "properties": dict(self.takes),
            "required": list(self.required),
            "additionalProperties": False,
        }

    def arguments(self, given: Mapping[str, Any]) -> list[str]:
        """The command for some arguments of a call; one that is null counts as not given.

        Raises:
            WrongArguments: an argument is missing, unknown, or of another type.
        """
        said = {name: value for name, value in given.items() if value is not None}
        for name in said:
            if name not in self.takes:
                raise WrongArguments(f"Error: {self.name} takes no argument {name[:80]!r} (it takes {', '.join(self.takes)})")
        for name in self.required:
            if name not in said:
                raise WrongArguments(f"Error: Missing argument {name!r}.")
        for name, value in said.items():
            expected = _wrong(value, self.takes[name])
            if expected:
                raise WrongArguments(f"Error: Invalid value for {name!r}: {expected} was expected.")
        return self.command(said)


def paths_in(given: Mapping[str, Any]) -> list[str]:
    """What arguments name as files and folders."""
    listed = given.get("sources") or ()
    single = (given.get(name) for name in ("base", "settings"))
    return [*listed, *(path for path in single if path is not None)]


def _wrong(value: Any, schema: Mapping[str, Any]) -> str:
    """What was expected of a value instead; empty where it fits."""
    if schema.get("type") == "array":
        return "" if isinstance(value, list) and all(isinstance(item, str) for item in value) else "a list of texts"
    if schema["type"] == ["integer", "null"]:
        whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
        return "" if whole and not isinstance(value, bool) else "a whole number"
    if schema["type"] == ["array", "null"]:
        return _wrong(value, {"type": "array"})
    return "" if isinstance(value, str) else "a text"


def _options(given: Mapping[str, Any], *names: str) -> list[str]:
    """Options as one word each, so that no value is taken for an option."""
    return [f"--{name}={given[name]}" for name in names if name in given]


def _check(given: Mapping[str, Any]) -> list[str]:
    chosen = [f"--select={code}" for code in given.get("select", ())]
    return ["check", "--format=json", *_options(given, "base", "settings"), *chosen, "--", *given["sources"]]


def _explain(given: Mapping[str, Any]) -> list[str]:
    return ["explain", "--format=json", *_options(given, "from", "to", "instance"), "--", *given["sources"]]


def _needs(given: Mapping[str, Any]) -> list[str]:
    mbps = [f"--mbps={int(given['mbps'])}"] if "mbps" in given else []
    return ["needs", "--format=json", *mbps, "--", *given["regions"]]


def _rules(given: Mapping[str, Any]) -> list[str]:
    return ["rules", "--format=json", "--", *([given["code"]] if "code" in given else [])]


def _text(about: str, *, needed: bool = False) -> dict[str, Any]:
    return {"type": "string" if needed else ["string", "null"], "description": about}


TOOLS = (
    Tool(
        name="check",
        about="Check documents of a Cloud Enterprise Network before it is deployed: which attached regions really reach each other, which "
        "bandwidth package is missing or bought for the wrong pair of areas, what a change buys, and what to write instead.",
        takes={
            "sources": SOURCES,
            "base": _text("A document to compare with, such as an export of what stands; a preview is its own base."),
            "settings": _text("A settings file; by default cenguard.toml is found upwards, not above the root."),
            "select": {
                "type": ["array", "null"],
                "items": {"type": "string"},
                "description": "Only these rules: codes, names or prefixes (CEN2).",
            },
        },
        required=("sources",),
        gives=_REPORT,
        command=_check,
    ),
    Tool(
        name="explain",
        about="Prove what connects two regions, or whether two networks reach each other, step by step; without `to`, what a network "
        "reaches. Nothing is paid for or changed.",
        takes={
            "sources": SOURCES,
            "from": _text("One end: a region, or a network (key, name, id, URN, address or block).", needed=True),
            "to": _text("The other end, of the same sort; without it, what the network reaches."),
            "instance": _text("Which CEN instance: its name, id or URN."),
        },
        required=("sources", "from"),
        gives=_ONE_PROOF,
        command=_explain,
    ),
    Tool(
        name="needs",
        about="Say what to buy so that every one of some regions reaches every other: packages by area pair, or pay by traffic. It buys "
        "nothing.",
        takes={
            "regions": {"type": "array", "items": {"type": "string"}, "description": "Region ids such as cn-beijing."},
            "mbps": {"type": ["integer", "null"], "description": "Mbps for each pair of regions; 10 by default."},
        },
        required=("regions",),
        gives=_NEEDS,
        command=_needs,
    ),
    Tool(
        name="rules",
        about="List the rules, or give the page of one: what it looks at, why it matters, a wrong and a right program.",
        takes={"code": _text("A code or a name, such as CEN201.")},
        required=(),
        gives=_RULES,
        command=_rules,
    ),
)
