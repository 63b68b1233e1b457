"""Configuration as a program in YAML sees it: by its own names, and of its declared types."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from cenguard.readers.program.project import Project
from cenguard.readers.program.yaml_lines import Document
from cenguard.resources.values import SECRET

_WHOLE = re.compile(r"[-+]?(?:0[xX](?:_?[0-9a-fA-F])+|0[bB](?:_?[01])+|0[oO]?(?:_?[0-7])*|[1-9](?:_?[0-9])*)")
_YES, _NO = ("1", "t", "T", "true", "TRUE", "True"), ("0", "f", "F", "false", "FALSE", "False")


def _whole(text: str) -> int:
    """A whole number as Go takes it: a zero in front makes it octal."""
    if _WHOLE.fullmatch(text) is None:
        raise ValueError(text)
    digits = text.lstrip("+-").replace("_", "")
    value = int(digits, 8 if digits.isdecimal() and digits[0] == "0" else 0)
    return -value if text.startswith("-") else value


def _number(text: str) -> float:
    """A number as Go takes it: nothing around it."""
    if text != text.strip() or not text.isascii():
        raise ValueError(text)
    return float(text)


def _flag(text: str) -> bool:
    if text not in (*_YES, *_NO):
        raise ValueError(text)
    return text in _YES


TYPES: Mapping[str, Callable[[str], Any]] = {
    "string": str,
    "integer": _whole,
    "int": _whole,
    "number": _number,
    "boolean": _flag,
    "bool": _flag,
}
"""What the text of a configuration value stands for, by its declared type.

Source: `TryInt`, `TryFloat64` and `TryBool` of pulumi's sdk/go/pulumi/config, run in `findings/pulumi-config-numbers.sh`.
"""


def configured(project: Project, top: Mapping[str, Any], name: str) -> Any:
    """A configuration value; `top` is what the program's file says.

    Raises:
        KeyError: nothing is declared or set under that name.
        ValueError: it is declared and not set, or is none of its type.
    """
    key = name if ":" in name else f"{project.name}:{name}"
    given, declared = project.config.get(key), _declared(project, top, name)
    if given is None and declared is None:
        raise KeyError(name)
    if given is None:
        raise ValueError(f"the configuration value {name} is not set: set it in the stack's file, or with --config")
    said = declared if isinstance(declared, dict) else {}
    if given.secret or said.get("secret") is True:
        return SECRET
    try:
        return typed(given.text, said)
    except (ValueError, KeyError):
        raise ValueError(f"the configuration value {name} is no {said.get('type', 'value of its type')}") from None


def keep_names_apart(document: Document, project: Project, top: Mapping[str, Any]) -> None:
    """Refuses a resource or variable of the program that has the name of a configuration value; `top` is what `document` says.

    The interpreter does otherwise: it makes no such resource, and takes the value for the variable, without a word of
    either (`findings/pulumi-yaml-same-names.sh`).
    """
    then = {"resources": "makes no such resource, and deletes one that stands", "variables": "takes that for the variable"}
    for section, what in then.items():
        for name in top.get(section) or ():
            if f"{project.name}:{name}" in project.config or _declared(project, top, name) is not None:
                end = f"Pulumi {what}; rename one of them"
                raise document.error(section, name, f"a configuration value is called {name}, too: {end}")


def of_itself(project: Project) -> dict[str, str]:
    """What the language says of the program itself, as `${pulumi.stack}`."""
    return {
        "project": project.name,
        "stack": project.stack,
        "organization": project.organization,
        "cwd": str(project.program.resolve()),
        "rootDirectory": str(project.folder.resolve()),
    }


def is_integer(project: Project, top: Mapping[str, Any], name: str) -> bool:
    """Whether a configuration value is declared a whole number: every other number of a program has a point in it.

    `top` is what the program's file says.
    """
    said = _declared(project, top, name)
    return isinstance(said, dict) and str(said.get("type")).lower() in ("integer", "int")


def _declared(project: Project, top: Mapping[str, Any], name: str) -> Any:
    for section in ("config", "configuration"):
        values = top.get(section)
        if isinstance(values, dict):
            for key in (name, f"{project.name}:{name}"):
                if key in values:
                    return values[key]
    return None


def typed(text: str, said: Mapping[str, Any]) -> Any:
    """A configuration value as its declaration says; without a type as its default is.

    >>> typed("5", {"default": 1}), typed("5", {}), typed("[1]", {"type": "array"})
    (5, '5', [1])

    Raises:
        ValueError, KeyError: it is none of that type.
    """
    kind = str(said["type"]).lower() if said.get("type") is not None else None
    if kind is None and "default" in said:
        default = said["default"]
        kind = {bool: "boolean", int: "integer", float: "number"}.get(type(default), "string" if isinstance(default, str) else "")
    if kind is None or kind == "string":
        return text
    return TYPES[kind](text) if kind in TYPES else json.loads(text)
