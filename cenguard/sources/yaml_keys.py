"""Keys of YAML and JSON files with their lines, and the key under which a program in YAML makes a resource."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from cenguard.sources.project import Project, text_of

MAINS = ("Main.json", "Main.yaml", "Pulumi.yaml")
"""Files that a program in YAML may lie in, in the order in which its language host looks for them.

Source: `LoadDir` of https://github.com/pulumi/pulumi-yaml/blob/v1.38.1/pkg/pulumiyaml/run.go
"""


class Place(NamedTuple):
    """A line of a file, from 1."""

    file: Path
    line: int


class Key(NamedTuple):
    """A resource of a program in YAML."""

    name: str
    kind: str
    """Its type, in the short form."""
    line: int


def composed(text: str) -> Any:
    """The tree of a YAML or JSON text, whose nodes know their lines; None where it is neither."""
    import yaml

    try:
        return yaml.compose(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, ValueError, RecursionError):
        return None


def pairs(node: Any) -> Iterator[tuple[Any, Any]]:
    """Keys and values of a mapping, or of the mappings in a list."""
    if node is not None and node.id == "mapping":
        yield from ((key, value) for key, value in node.value if key.id == "scalar")
    elif node is not None and node.id == "sequence":
        for item in node.value:
            yield from pairs(item)


def line_of(node: Any) -> int:
    """The line on which a node begins, from 1."""
    return int(node.start_mark.line) + 1


def short_type(token: str) -> str:
    """A type as a program in YAML may write it: without the part that repeats its name.

    >>> short_type("alicloud:cen/instance:Instance"), short_type("alicloud:index/cenInstance:CenInstance")
    ('alicloud:cen:Instance', 'alicloud:CenInstance')
    >>> short_type("pulumi:providers:alicloud")
    'pulumi:providers:alicloud'
    """
    parts = token.split(":")
    if len(parts) == 3:
        module = parts[1].partition("/")[0]
        parts = [parts[0], parts[2]] if module in ("index", "") else [parts[0], module, parts[2]]
    return ":".join(parts)


def key_of(project: Project, kind: str, name: str) -> Place | None:
    """The key that makes a resource of a type and name, where there is exactly one."""
    file = program_of(project)
    if file is None:
        return None
    found = [key for key in _keys(file) if key.name == name and key.kind == short_type(kind)]
    return Place(file, found[0].line) if len(found) == 1 else None


def program_of(project: Project) -> Path | None:
    """The file that a program in YAML lies in; None where another program writes it."""
    runtime = (project.settings or {}).get("runtime")
    options = runtime.get("options") if isinstance(runtime, dict) else None
    if isinstance(options, dict) and options.get("compiler"):
        return None  # the program is what another program writes
    return next((project.program / name for name in MAINS if (project.program / name).is_file()), None)


@cache
def _keys(file: Path) -> tuple[Key, ...]:
    text = text_of(file)
    found: list[Key] = []
    for section, resources in pairs(composed(text) if text is not None else None):
        if section.value.lower() == "resources":  # the language takes its words in any case
            for key, value in pairs(resources):
                said = {word.value.lower(): item.value for word, item in pairs(value) if item.id == "scalar"}
                found.append(Key(said.get("name") or key.value, short_type(said.get("type", "")), line_of(key)))
    return tuple(found)


def forget() -> None:
    """Look at the files anew: they may have changed since the last report."""
    _keys.cache_clear()
