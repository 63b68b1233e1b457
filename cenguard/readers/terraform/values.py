"""Values of Terraform resources: what is set, what is known only later, what is a secret.

Pulumi's names are given to the properties here, so that everything behind the readers knows one spelling.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from cenguard.readers.terraform.documents import Expression, Expressions
from cenguard.resources.property_names import PLURALS
from cenguard.resources.type_table import camel
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


def properties(
    kind: str,
    values: Mapping[str, Any],
    *,
    unknown: Any = None,
    sensitive: Any = None,
    written: Expressions | None = None,
) -> tuple[dict[str, Any], list[str]]:
    """The properties of a resource of a Terraform type under Pulumi's names, and the attributes that are not wholly known.

    `written` are the expressions that the program gives, None where the document does not tell. An attribute that is
    unknown and was not written is computed, and so not set; one that is null though a value was written cannot be read.
    """
    names = NAMES
    found: dict[str, Any] = {}
    for key, value in values.items():
        if value is not None:
            found[names[key]] = renamed(value) if type(value) is list and value and type(value[0]) is dict else value
    if kind in OWNERS:
        for key in OWNERS[kind]:
            if (written is None or key not in written) and values.get(key) is not None:
                del found[names[key]]
    hazy: list[str] = []
    marks = unknown if type(unknown) is dict else {}
    for key in marks if written is None else (*written, *BLOCKS[kind]) if kind in BLOCKS else written:
        mark = marks.get(key)
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
