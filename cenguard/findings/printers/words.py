"""What the printers share: what resources are called in a text, and what a fix changes, resource by resource."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import msgspec
from msgspec import structs

from cenguard.findings.fix import Add, Edit, Import, Options, Ref, Remove, Set
from cenguard.resources.addresses import is_address, module_of
from cenguard.resources.default_providers import is_default_name
from cenguard.resources.tokens import (
    INSTANCE,
    INSTANCE_ATTACHMENT,
    LIMIT,
    PACKAGE,
    PACKAGE_ATTACHMENT,
    PEER,
    ROUTER,
)
from cenguard.resources.type_table import BRIDGED, bridged, snake, spelling
from cenguard.resources.urns import START, kind_in_urn, name_in_urn, type_in_urn
from cenguard.sources.sites import Site
from cenguard.text.printable import printable

NEW = "new:"
"""How a reference to a resource begins that the same fix adds."""
_ODD = "[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
"""Signs that end lines for some readers, or that nobody sees."""
MORE = "…"
_KINDS = {
    INSTANCE: "instance",
    INSTANCE_ATTACHMENT: "attachment",
    PACKAGE: "package",
    PACKAGE_ATTACHMENT: "package attachment",
    LIMIT: "bandwidth limit",
    ROUTER: "transit router",
    PEER: "peer",
}
_PROVIDER = re.compile(r"(?:\A|:)(?:module\..*\.|.*:)?provider\.")


class NotPlaced(Exception):
    """A change has no certain place in the program; the text says why, as the end of a sentence."""


class Unbound(NotPlaced):
    """Something that a text names is not there under that name: it is made only below, or not imported."""


def is_provider(urn: str) -> bool:
    """Whether a URN or address is a provider's.

    >>> is_provider("urn:pulumi:dev::net::alicloud-cen:index:CenNetwork$pulumi:providers:alicloud::core-cn-beijing")
    True
    >>> is_provider("net:provider.alicloud.bj"), is_provider("urn:pulumi:dev::net::x:y:Z::a:provider.b")
    (True, False)
    """
    if urn.startswith(START):
        return type_in_urn(urn).startswith("pulumi:providers:")
    return _PROVIDER.search(urn) is not None


def kind_of(token: str) -> str:
    """What a type is called among people.

    >>> kind_of("alicloud:cen/bandwidthPackage:BandwidthPackage"), kind_of("alicloud:vpc/network:Network")
    ('package', 'network')
    """
    return _KINDS.get(token) or snake(token.rpartition(":")[2]).replace("_", " ") or "resource"


def said_of(urn: str) -> str:
    """A resource in words, where the program has no name for it.

    >>> said_of("urn:pulumi:dev::net::alicloud:cen/bandwidthPackage:BandwidthPackage::china-us")
    'the package china-us'
    >>> said_of('net:module.span["eu"].alicloud_cen_bandwidth_package.main')
    'the package net:module.span["eu"].alicloud_cen_bandwidth_package.main'
    """
    if urn.startswith(NEW):
        return f"the new {urn.removeprefix(NEW)}"
    kind = "provider" if is_provider(urn) else kind_of(kind_in_urn(urn))
    name = urn if is_address(urn) and module_of(urn) else name_in_urn(urn)
    return printable(f"the {kind} {name}")


class Words(msgspec.Struct, frozen=True):
    """What is said for each resource of a text."""

    known: Mapping[str, str]
    """Expressions of the program, and variables of what is new, by URN and `new:NAME`."""
    package: str = ""
    """The package word of the program's tokens, where a bridge runs the provider; empty for the native one."""

    def of(self, urn: str) -> str:
        """The expression for a resource; its name in words where there is none."""
        return self.known.get(urn) or f"<{said_of(urn)}>"

    def token(self, native: str) -> str:
        """A type as the program's road spells it."""
        if not self.package:
            return native
        said = spelling(native)
        return bridged(said.terraform, self.package) if said is not None else native


def within_module(touched: Collection[str], named: Iterable[str]) -> dict[str, str]:
    """What a Terraform module calls its own resources, where all that is changed is in that module, and each is one there.

    >>> within_module(["module.a[0].alicloud_vpc.x"], ["module.a[0].alicloud_vpc.y", "module.b.alicloud_vpc.y", "module.a[0].alicloud_vpc.z[1]"])
    {'module.a[0].alicloud_vpc.y': 'alicloud_vpc.y'}
    """
    modules = {module_of(urn) for urn in touched}
    module = next(iter(modules), "")
    if len(modules) != 1 or not module:
        return {}
    inside = f"{module}."
    rest = {urn: urn[len(inside) :] for urn in named if urn.startswith(inside)}
    return {urn: name for urn, name in rest.items() if name.count(".") == 1 and "[" not in name}


def road_of(urns: Iterable[str]) -> str:
    """The package word of a bridged road among some URNs; empty for the native one."""
    for urn in urns:
        token = urn.split("::", 3)[2].rpartition("$")[2] if urn.startswith("urn:") and urn.count("::") > 2 else ""
        said = spelling(token) if token else None
        if said is not None and said.road == BRIDGED:
            return said.package
    return ""


def quoted(text: str) -> str:
    r"""A string in double quotes that holds a name, whatever the name holds.

    >>> quoted("core"), quoted('a"b')
    ('"core"', '"a\\"b"')
    >>> print(quoted("a\u2028b"))
    "a\u2028b"
    """
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'  # nearly every name
    import json

    return re.sub(_ODD, lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))


def number(value: float) -> str:
    """A number as every language here writes it.

    >>> number(10.0), number(2.5), len(number(10**400))
    ('10', '2.5', 401)
    """
    return repr(value) if isinstance(value, float) and not value.is_integer() else str(int(value))


def refs_of(value: object) -> list[Ref]:
    """The references in a value."""
    if isinstance(value, Ref):
        return [value]
    if isinstance(value, Mapping):
        return [ref for item in value.values() for ref in refs_of(item)]
    if isinstance(value, (list, tuple)):
        return [ref for item in value for ref in refs_of(item)]
    return []


def named_in(edit: Edit, own: Collection[str] = ()) -> list[str]:
    """URNs (and `new:NAME`) that an edit needs expressions for; `own` are providers that the program makes, whatever they are called."""
    if isinstance(edit, Remove):
        return []
    found = [ref.urn for ref in refs_of(edit.properties)]
    if isinstance(edit, (Add, Set)):
        found += edit.options.depends_on
    if isinstance(edit, Add) and edit.provider is not None and (edit.provider in own or not is_default(edit.provider)):
        found.append(edit.provider)
    return list(dict.fromkeys(found))


def is_default(provider: str) -> bool:
    """Whether a provider is the one that nobody names.

    >>> is_default("urn:pulumi:dev::net::pulumi:providers:alicloud::default_4_0_0"), is_default("net:provider.alicloud")
    (True, True)
    """
    return is_default_name(provider) or (not provider.startswith(START) and "." not in name_in_urn(provider))


def merged(edits: Iterable[Edit]) -> list[Edit]:
    """Edits of several fixes as one: equal ones once, and what is set of one resource together.

    Raises:
        NotPlaced: two of them want different things of one resource.
    """
    sets: dict[str, Set] = {}
    found: dict[object, Edit] = {}
    for edit in edits:
        if isinstance(edit, Set):
            before = sets.get(edit.urn)
            sets[edit.urn] = edit if before is None else _together(before, edit)
            found[("set", edit.urn)] = sets[edit.urn]
        elif isinstance(edit, Remove):
            found[("remove", edit.urn)] = edit
        else:
            key = ("new", edit.name, edit.type)
            if found.setdefault(key, edit) != edit:
                raise NotPlaced(f"two fixes make {edit.name} in different ways")
    gone = {edit.urn for edit in found.values() if isinstance(edit, Remove)}
    if gone & set(sets):
        raise NotPlaced(f"one fix changes {said_of(min(gone & set(sets)))}, and another takes it out")
    return list(found.values())


def _together(first: Set, second: Set) -> Set:
    for name in first.properties.keys() & second.properties.keys():
        if first.properties[name] != second.properties[name]:
            raise NotPlaced(f"two fixes want different values of {name} of {said_of(first.urn)}")
    one, other = first.options, second.options
    if None not in (one.protect, other.protect) and one.protect != other.protect:
        raise NotPlaced(f"two fixes want different protection of {said_of(first.urn)}")
    options = Options(
        depends_on=tuple(dict.fromkeys((*one.depends_on, *other.depends_on))),
        protect=one.protect if other.protect is None else other.protect,
    )
    return structs.replace(first, properties={**first.properties, **second.properties}, options=options)


class Line(msgspec.Struct, frozen=True):
    """One thing to change in a call or block of the program, as people read it."""

    verb: str
    """`set`, `add`, `change`, `take away`, `add to its options`."""
    text: str


def verb_of(said: str, site: Site | None) -> str:
    """How to give a property its value: without the program's text nobody knows whether it says the property already."""
    if site is None:
        return "set"
    return "change" if said in site.properties else "add"


class Naming(msgspec.Struct):
    """Names that are free in a file."""

    taken: set[str]
    made: dict[str, str] = msgspec.field(default_factory=dict)

    def variable(self, name: str, shape: Callable[[str], str], suffix: str = "_") -> str:
        """A name for a new resource that nothing else in the file has."""
        wished = shape(name)
        free, number = wished, 2
        while free in self.taken:
            free = f"{wished}{suffix}{number}"
            number += 1
        self.taken.add(free)
        return free


def lines_of(heads: Sequence[tuple[str, Sequence[Line]]], comment: str) -> list[str]:
    """What to change in calls or blocks, in comments: pasted somewhere else it does nothing, and breaks nothing."""
    said: list[str] = []
    for head, lines in heads:
        verbs = dict.fromkeys(line.verb for line in lines)
        for verb in verbs:
            said.append(f"{comment}in {head}, {verb}:")
            said += [f"{comment}    {row}" for line in lines if line.verb == verb for row in line.text.splitlines()]
    return said


def sort_new(edits: Sequence[Edit], key: Callable[["Add | Import"], str]) -> list["Add | Import"]:
    """What is new, each behind what it refers to, by its key."""
    waiting = [edit for edit in edits if isinstance(edit, (Add, Import))]
    sorted_ones: list[Add | Import] = []
    names = set(map(key, waiting))
    while waiting:
        done = set(map(key, sorted_ones))
        ready = [edit for edit in waiting if not ((set(named_in(edit)) & names) - done - {key(edit)})]
        if not ready:
            return [*sorted_ones, *waiting]
        sorted_ones += ready
        waiting = [edit for edit in waiting if edit not in ready]
    return sorted_ones


__all__ = [
    "MORE",
    "NEW",
    "Line",
    "Naming",
    "NotPlaced",
    "Site",
    "Words",
    "is_default",
    "kind_of",
    "lines_of",
    "merged",
    "named_in",
    "number",
    "quoted",
    "refs_of",
    "road_of",
    "said_of",
    "sort_new",
    "within_module",
]
