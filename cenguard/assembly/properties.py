"""Properties of a record, as the provider reads them."""

from typing import Any

from cenguard.geography.bandwidth import whole_mbps
from cenguard.resources.records import Resource
from cenguard.resources.values import UNKNOWN, Unknown


def value_of(resource: Resource, key: str) -> Any:
    """A property: its value, an `Unknown`, or None when it is not set.

    A property that is absent but has dependencies is unknown, not unset. An empty text is unset: so the provider reads it.
    """
    value = resource.inputs.get(key)
    if value == "":
        return None
    if value is None and key not in resource.inputs and resource.property_dependencies.get(key):
        return UNKNOWN
    return value


def text_of(resource: Resource, key: str) -> str | Unknown | None:
    """A property that is a text; an empty one is not set."""
    value = resource.inputs.get(key)
    if type(value) is str and value:
        return value
    value = value_of(resource, key)
    if value is None or isinstance(value, (str, Unknown)):
        return value or None
    return str(value)


def as_number(value: Any) -> float | None:
    """A number, as the provider's Check reads it: "5" is 5."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        return value
    return whole_mbps(value)


def as_flag(value: Any) -> bool | None:
    """A flag, as the provider's Check reads it: "true" is true."""
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(value) if isinstance(value, str) else None
