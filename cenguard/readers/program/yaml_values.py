"""Values of a program in YAML: what they are made of, their parts, and the functions that the language has for them."""

import base64
import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cenguard.readers.program.project import Project
from cenguard.resources.forced import Forced
from cenguard.resources.former_names import with_handed_down
from cenguard.resources.records import STACK, Resource
from cenguard.resources.values import UNKNOWN, is_known


def as_json(value: Any) -> str:
    """Text as Go writes JSON: keys in their order, and no sign that means something in HTML."""
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False, sort_keys=True)
    return text.translate({ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})


FUNCTIONS: Mapping[str, Callable[[Any], Any]] = {
    "fn::toJSON": as_json,
    "fn::toBase64": lambda value: base64.b64encode(value.encode()).decode(),
    "fn::fromBase64": lambda value: base64.b64decode(value).decode(),
    "fn::join": lambda value: value[0].join(value[1]),
    "fn::split": lambda value: value[1].split(value[0]),
    "fn::select": lambda value: value[1][value[0]],
}
"""Functions whose answer hangs on their arguments alone."""
UNKNOWN_HERE = frozenset(
    {"fn::invoke", "fn::stackReference"}
    | {"fn::fileAsset", "fn::stringAsset", "fn::remoteAsset", "fn::fileArchive", "fn::remoteArchive", "fn::assetArchive"}
)
"""Functions that ask a cloud or another stack, and those that make files, which no network is made of."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value, and the resources that it is made of."""

    value: Any
    urns: frozenset[str] = frozenset()


def token(kind: str) -> str:
    """A type as the engine calls it: a program in YAML may leave out the part that repeats its name.

    >>> token("alicloud:cen:Instance"), token("alicloud:CenInstance")
    ('alicloud:cen/instance:Instance', 'alicloud:index/cenInstance:CenInstance')
    >>> token("pulumi:providers:alicloud"), token("alicloud:cen/instance:Instance")
    ('pulumi:providers:alicloud', 'alicloud:cen/instance:Instance')
    """
    parts = kind.split(":")
    if parts[0] == "pulumi" or (len(parts) == 3 and "/" in parts[1]) or len(parts) not in (2, 3):
        return kind
    package, name = parts[0], parts[-1]
    module = parts[1] if len(parts) == 3 else "index"
    return f"{package}:{module}/{name[:1].lower()}{name[1:]}:{name}"


def joined(values: Sequence[Value], make: Callable[[list[Any]], Any]) -> Value:
    """What several values make together."""
    return Value(make([item.value for item in values]), frozenset(urn for item in values for urn in item.urns))


def part_of(value: Any, path: Sequence[str | int]) -> Any:
    """A part of a value; unknown where the value is, or has none of that name."""
    for step in path:
        if not is_known(value):
            return value
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return UNKNOWN
    return value


def without_nulls(value: Any) -> Any:
    """A value as it is registered: a member that is null is not there, in a list it keeps its place.

    >>> without_nulls({"a": None, "b": [None, {"c": None}]})
    {'b': [None, {}]}
    """
    if isinstance(value, dict):
        return {key: without_nulls(item) for key, item in value.items() if item is not None}
    return [without_nulls(item) for item in value] if isinstance(value, list) else value


def hidden_in(value: Any) -> Any:
    """The first part of a value that is not known; None where everything is."""
    if not is_known(value):
        return value
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return next((found for item in inside if (found := hidden_in(item)) is not None), None)


def as_text(value: Any, *, counted: bool = False) -> str:
    """A value in the middle of a text, as Go prints it: `counted` is a whole number that the configuration declares as one.

    >>> as_text(20), as_text(1000000), as_text(1000000, counted=True), as_text(1234567890123456), as_text(2.5)
    ('20', '1e+06', '1000000', '1.234567890123456e+15', '2.5')
    >>> as_text(["a", True, None]), as_text({"b": 1, "a": "x"})
    ('[a true <nil>]', 'map[a:x b:1]')

    Source: run with `RunTemplate` of pulumi-yaml 1.38.1, `findings/pulumi-yaml-numbers.sh`.
    """
    match value:
        case None:
            return "<nil>"
        case bool():
            return "true" if value else "false"
        case int() if counted:
            return str(value)
        case int() | float():
            return _as_number(float(value))
        case list():
            return f"[{' '.join(map(as_text, value))}]"
        case dict():
            return f"map[{' '.join(f'{key}:{as_text(value[key])}' for key in sorted(value))}]"
    return str(value)


def _as_number(value: float) -> str:
    """A number as Go's `%v` has it: from a million on with an exponent."""
    if not math.isfinite(value):
        return {math.inf: "+Inf", -math.inf: "-Inf"}.get(value, "NaN")
    mantissa, _, exponent = f"{Decimal(repr(value)).normalize():e}".partition("e")
    power = int(exponent)
    if value and not -4 <= power < 6:
        return f"{mantissa}e{power:+03d}"
    return str(int(value)) if value.is_integer() else repr(value)


def stack_urn(project: Project) -> str:
    """The URN of a project's stack."""
    return f"urn:pulumi:{project.stack}::{project.name}::{STACK}::{project.name}-{project.stack}"


def resource_urn(project: Project, kind: str, name: str, parent: str | None) -> str:
    """The URN of a resource under another one, or under the stack."""
    prefix = f"{parent.split('::', 3)[2]}$" if parent is not None else ""
    return f"urn:pulumi:{project.stack}::{project.name}::{prefix}{kind}::{name}"


def former_urns(
    resource: Resource,
    aliases: Any,
    of_parents: Mapping[str, Sequence[str]],
    references: Callable[[Any, tuple[str, ...]], list[str]],
    value: Callable[[Any, tuple[str, ...]], Value],
    where: tuple[str, ...],
) -> tuple[str, ...]:
    """The URNs that a resource may have in the state: each alias is a URN, or says what was different, its parent as a resource or a URN.

    `of_parents` holds those of the resources before it.
    """
    found: list[str] = []
    for index, item in enumerate(aliases if isinstance(aliases, list) else ()):
        there = (*where, str(index))
        parents = references(item["parent"], there) if isinstance(item, dict) and "parent" in item else []
        alias = value({**item, "parent": parents[0]} if len(parents) == 1 else item, there).value
        former = former_urn(resource.urn, alias)
        if former is not None:
            found.append(former)
    older = of_parents.get(resource.parent, ())
    names = with_handed_down(found, older, resource.parent, resource.type, resource.name)
    return tuple(item for item in names if item != resource.urn)


def former_urn(urn: str, alias: Any) -> str | None:
    """The URN that an alias names; None where it is not known.

    >>> former_urn("urn:pulumi:dev::net::a:b:C$x:y:Z::core", {"name": "hub"})
    'urn:pulumi:dev::net::a:b:C$x:y:Z::hub'
    >>> former_urn("urn:pulumi:dev::net::a:b:C$x:y:Z::core", {"noParent": True})
    'urn:pulumi:dev::net::x:y:Z::core'
    >>> former_urn("urn:pulumi:dev::net::x:y:Z::core", {"urn": "urn:pulumi:dev::old::x:y:Z::core"})
    'urn:pulumi:dev::old::x:y:Z::core'
    """
    if isinstance(alias, str):
        return alias
    if not isinstance(alias, dict) or not all(isinstance(item, (str, bool)) for item in alias.values()):
        return None
    if isinstance(alias.get("urn"), str):
        return str(alias["urn"])
    stack, project, types, name = urn.removeprefix("urn:pulumi:").split("::", 3)
    above, _, kind = types.rpartition("$")
    parent = alias.get("parentUrn", alias.get("parent"))
    if isinstance(parent, str):
        above = parent.split("::", 3)[2] if parent.count("::") > 2 else above
    above = "" if alias.get("noParent") is True or above == STACK else above
    kind = token(str(alias["type"])) if "type" in alias else kind
    whole = f"{above}${kind}" if above else kind
    parts = (alias.get("stack", stack), alias.get("project", project), whole, alias.get("name", name))
    return "urn:pulumi:" + "::".join(map(str, parts))


def text_or_none(value: Any) -> str | None:
    """A value that is text; None for any other, and for what is not known."""
    return value if isinstance(value, str) else None


def forced_by(
    urn: str,
    options: Mapping[str, Any],
    references: Callable[[Any, tuple[str, ...]], list[str]],
    value: Callable[[Any, tuple[str, ...]], Value],
    where: tuple[str, ...],
) -> dict[str, Forced]:
    """The options of a resource that force its replacement, by its URN; nothing where it has none."""
    if options.keys().isdisjoint(("replaceOnChanges", "replaceWith", "replacementTrigger")):
        return {}
    trigger = options.get("replacementTrigger")
    return {
        urn: Forced(
            on=tuple(str(path) for path in options.get("replaceOnChanges") or ()),
            beside=tuple(references(options.get("replaceWith"), (*where, "replaceWith"))),
            trigger=None if trigger is None else value(trigger, (*where, "replacementTrigger")).value,
        )
    }
