"""Values of Terraform resources: what is set, what is known only later, what is a secret.

Pulumi's names are given to the properties here, so that everything behind the readers knows one spelling.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from cenguard.readers.terraform.documents import NOTHING, Expression, Expressions
from cenguard.resources.property_names import PLURALS
from cenguard.resources.type_table import camel, native_type
from cenguard.resources.values import SECRET, UNKNOWN

BLOCKS = {
    "alicloud_cen_transit_router_vpc_attachment": ("zone_mappings",),
    "alicloud_cen_transit_router_vpn_attachment": ("zone",),
}
"""By type, nested blocks: one that is unknown was written, though a `dynamic` one stands nowhere among the expressions."""
OWNERS = {
    "alicloud_cen_instance_attachment": ("child_instance_owner_id", "cen_owner_id"),
    "alicloud_cen_transit_router_vpc_attachment": ("vpc_owner_id",),
    "alicloud_cen_transit_router_vbr_attachment": ("vbr_owner_id",),
    "alicloud_cen_transit_router_vpn_attachment": ("vpn_owner_id",),
    "alicloud_cen_transit_router_ecr_attachment": ("ecr_owner_id",),
}
"""By type, attributes that the service fills in, and whose meaning is that somebody wrote them: another account's network."""
WRITE_ONLY = "_wo"
"""How attributes end that are null though they are set.

Source: https://developer.hashicorp.com/terraform/plugin/framework/resources/write-only-arguments.
"""


class _Names(dict[str, str]):
    """Pulumi's names by Terraform's."""

    def __missing__(self, key: str) -> str:
        name = self[key] = camel(key)
        return name


NAMES = _Names()
_PLURALS_OF: dict[str, list[tuple[str, str]]] = {}
"""By type, names that the bridge puts into the plural: the mechanical one and Pulumi's."""
for (_kind, _name), _plural in PLURALS.items():
    _PLURALS_OF.setdefault(_kind, []).append((camel(_name), _plural))


class Shapes:
    """What the resources of one document have in common that are alike, worked out once for all of them."""

    def __init__(self, marks: Callable[[msgspec.Raw, str], Any]) -> None:
        """Take what makes marks of a text; it also gets where that stands, for a refusal."""
        self.marks = marks
        self._known: dict[tuple[Any, ...], Shape] = {}
        self._last: dict[str, Shape] = {}
        """By type, the one that was asked for last: documents list like resources one after another."""

    def of(
        self,
        kind: str,
        unknown: msgspec.Raw,
        sensitive: msgspec.Raw,
        values: Mapping[str, Any],
        written: Expressions | None,
        where: str,
        address: str,
    ) -> "Shape":
        """What resources of a Terraform type have in common that are marked alike, by the text of the marks.

        `written` are the expressions that the program gives, None where the document does not tell. `where` says where
        the marks stand, with a place for the address and one for the kind of the marks.
        """
        asked = None if written is None else tuple(written)
        last = self._last.get(kind)
        if last is not None and last.unknown == unknown and last.sensitive == sensitive and last.asked == asked:
            return last
        key = (kind, bytes(unknown), bytes(sensitive), asked)
        found = self._known.get(key)
        if found is None:
            hazy = self.marks(unknown, where.format(address, "unknown"))
            hidden = self.marks(sensitive, where.format(address, "sensitive"))
            found = self._known[key] = Shape(kind, hazy, hidden, values, asked)
            found.unknown, found.sensitive = unknown, sensitive
        self._last[kind] = found
        return found


class Shape:
    """What resources of one type have in common of which the program writes the same attributes, and the document marks the same."""

    unknown = sensitive = NOTHING
    """The texts of the marks."""

    def __init__(self, kind: str, unknown: Any, sensitive: Any, values: Mapping[str, Any], asked: tuple[str, ...] | None) -> None:
        """Take the Terraform type, what is marked, the attributes of the first of them, and those that the program writes."""
        self.kind, self.native = kind, native_type(kind) or kind
        self.asked = asked
        self._hidden = sensitive
        self._marks: dict[str, Any] = unknown if type(unknown) is dict else {}
        """An attribute that is unknown and was not written is computed, and so not set."""
        self._marked = (*(self._marks if asked is None else asked), *BLOCKS.get(kind, ()))
        self._dropped = [NAMES[key] for key in OWNERS.get(kind, ()) if asked is None or key not in asked]
        whole = [key for key in self._marked if self._marks.get(key) is True]
        self._unknown = dict.fromkeys([NAMES[key] for key in whole], UNKNOWN)
        self._hazy = tuple(whole)
        shown = {key: value for key, value in values.items() if key not in whole and NAMES[key] not in self._dropped}
        self._hushed = [key for key in values if key not in shown]
        self._nulls = [key for key, value in shown.items() if value is None]
        self._told = [(NAMES[key], key) for key, value in shown.items() if value is not None and type(value) is not list]
        self._lists = [(NAMES[key], key) for key, value in shown.items() if type(value) is list]
        """Attributes of the first of them; those of most others are alike."""
        self._count = len(values)
        self._doubtful = [key for key in asked or () if key in self._nulls and self._marks.get(key) is not True]
        """Attributes that the program writes, and that are null."""
        self._is_plain = not (
            holds_mark(sensitive)
            or kind in _PLURALS_OF
            or any(mark is not True and holds_mark(mark) for mark in map(self._marks.get, self._marked))
        )
        first = [key for key, value in values.items() if value is not None and NAMES[key] not in self._dropped]
        self._first = dict.fromkeys([NAMES[key] for key in first]) | self._unknown

    def properties(self, values: Mapping[str, Any], written: Expressions | None) -> tuple[dict[str, Any], Sequence[str]]:
        """The properties of one of them under Pulumi's names, and the attributes that are not wholly known.

        One that is null though a value was written cannot be read.
        """
        if self._is_plain and len(values) == self._count:
            found = self._alike(values)
            if found is not None and not (self._doubtful and any(_is_given(key, written) for key in self._doubtful)):
                return found, self._hazy
        return self._one_by_one(values, written)

    def _alike(self, values: Mapping[str, Any]) -> dict[str, Any] | None:
        """The properties of one that has the attributes of the first: a copy of those, with its values. None of another one."""
        found = self._first.copy()
        for key in self._hushed:
            if key not in values:
                return None
        try:
            for key in self._nulls:
                if values[key] is not None:
                    return None
            for name, key in self._told:
                value = found[name] = values[key]
                if value is None:
                    return None
            for name, key in self._lists:
                value = values[key]
                if type(value) is not list:
                    return None
                found[name] = renamed(value) if value and type(value[0]) is dict else value
        except KeyError:
            return None
        return found

    def _one_by_one(self, values: Mapping[str, Any], written: Expressions | None) -> tuple[dict[str, Any], Sequence[str]]:
        """The same where another attribute is null, a part of one is marked, or something in it is secret or cannot be read."""
        found = {NAMES[key]: renamed(value) for key, value in values.items() if value is not None}
        for name in self._dropped:
            found.pop(name, None)
        names, kind, sensitive = NAMES, self.kind, self._hidden
        hazy: list[str] = []
        for key in self._marked:
            mark = self._marks.get(key)
            if mark is True:
                found[names[key]] = UNKNOWN
                hazy.append(key)
            elif mark:
                if holds_mark(mark):
                    found[names[key]] = _laid_over(found.get(names[key]), renamed(mark), UNKNOWN)
                    hazy.append(key)
            elif key in values and values[key] is None and _is_given(key, written):
                found[names[key]] = UNKNOWN
                hazy.append(key)
        if sensitive is True:
            return dict.fromkeys(found, SECRET), hazy
        if sensitive and type(sensitive) is dict:
            for key, mark in sensitive.items():
                if mark and names[key] in found and holds_mark(mark):
                    found[names[key]] = _laid_over(found[names[key]], renamed(mark), SECRET)
        if kind in _PLURALS_OF:
            for key, plural in _PLURALS_OF[kind]:
                if key in found:
                    found[plural] = found.pop(key)
        return found, hazy


def _is_given(key: str, written: Expressions | None) -> bool:
    """Whether an attribute that is null has a value all the same: an ephemeral one, or a plain one of a write-only attribute."""
    expression = written.get(key) if written is not None else None
    if not isinstance(expression, Expression):
        return False
    if expression.references is None:
        return expression.constant_value not in (None, msgspec.UNSET)
    return key.endswith(WRITE_ONLY) or any(item.startswith("ephemeral.") for item in expression.references)


def renamed(value: Any) -> Any:
    """A block's attributes under Pulumi's names; keys of maps are the user's own and stay."""
    if type(value) is list and any(type(item) is dict for item in value):
        return [{camel(key): renamed(one) for key, one in item.items()} if isinstance(item, dict) else item for item in value]
    return value


def holds_mark(mark: Any) -> bool:
    """Whether `true` stands anywhere in a structure of marks."""
    if isinstance(mark, dict):
        return any(holds_mark(item) for item in mark.values())
    if isinstance(mark, list):
        return any(holds_mark(item) for item in mark)
    return mark is True


def _laid_over(value: Any, mark: Any, what: Any) -> Any:
    """A value, with what stands for it wherever a mark is set."""
    if mark is True:
        return what
    if isinstance(mark, list):
        items = list(value) if isinstance(value, list) else []
        items += [None] * (len(mark) - len(items))
        return [_laid_over(item, mark[index], what) if index < len(mark) else item for index, item in enumerate(items)]
    if isinstance(mark, dict):
        members = dict(value) if isinstance(value, dict) else {}
        for key, one in mark.items():
            if one and holds_mark(one):
                members[key] = _laid_over(members.get(key), one, what)
        return members
    return value
