"""Values of Terraform resources: what is set, what is known only later, what is a secret.

Pulumi's names are given to the properties here, so that everything behind the readers knows one spelling.
"""

from collections.abc import Container, Mapping
from typing import Any

from cenguard.resources.property_names import PLURALS
from cenguard.resources.type_table import camel
from cenguard.resources.values import SECRET, UNKNOWN

BLOCKS = frozenset({"zone_mappings", "zone", "assume_role"})
"""Nested blocks: one that is unknown was written, though a `dynamic` one stands nowhere among the expressions."""
FILLED_IN = frozenset({"child_instance_owner_id", "cen_owner_id", "vpc_owner_id", "vbr_owner_id", "vpn_owner_id", "ecr_owner_id"})
"""Attributes that the service fills in, and whose meaning is that somebody wrote them: another account's network."""


def properties(
    kind: str,
    values: Mapping[str, Any],
    *,
    unknown: Any = None,
    sensitive: Any = None,
    written: Container[str] | None = None,
    constants: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The properties of a resource of a Terraform type, under Pulumi's names.

    `written` are the attributes that the program gives, None where the document does not tell. An attribute that is
    unknown and was not written is computed, and so not set. `constants` are plain values in the program: an attribute
    that is null though one is given for it cannot be read.
    """
    found: dict[str, Any] = {}
    for key, value in values.items():
        if value is None:
            if constants is not None and constants.get(key) is not None:
                found[_name(kind, key)] = UNKNOWN
            continue
        if key in FILLED_IN and (written is None or key not in written):
            continue
        found[_name(kind, key)] = _renamed(value) if type(value) is list else value
    if unknown:
        for key, mark in unknown.items() if isinstance(unknown, dict) else ():
            if mark is True:
                if written is None or key in written or key in BLOCKS:
                    found[_name(kind, key)] = UNKNOWN
                else:
                    found.pop(_name(kind, key), None)
            elif mark and holds_mark(mark):
                name = _name(kind, key)
                found[name] = _laid_over(found.get(name), _renamed(mark), UNKNOWN)
    if sensitive is True:
        return dict.fromkeys(found, SECRET)
    if sensitive:
        for key, mark in sensitive.items() if isinstance(sensitive, dict) else ():
            name = _name(kind, key)
            if name in found and mark and holds_mark(mark):
                found[name] = _laid_over(found[name], _renamed(mark), SECRET)
    return found


_NAMES: dict[str, str] = {}


def _name(kind: str, key: str) -> str:
    known = _NAMES.get(key)
    if known is None:
        known = _NAMES[key] = camel(key)
    if key == "zone":
        return PLURALS.get((kind, key), known)
    return known


def _renamed(value: Any) -> Any:
    """A block's attributes under Pulumi's names; keys of maps are the user's own and stay."""
    if type(value) is list and any(type(item) is dict for item in value):
        return [{camel(key): _renamed(one) for key, one in item.items()} if isinstance(item, dict) else item for item in value]
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
