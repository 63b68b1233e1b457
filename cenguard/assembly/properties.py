"""Properties of a record, as the provider reads them."""

from collections.abc import Callable
from typing import Any

from cenguard.geography.bandwidth import whole_mbps
from cenguard.network import Blocker
from cenguard.resources.records import Resource
from cenguard.resources.values import UNKNOWN, Unknown, is_known


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


def mbps_of(
    resource: Resource, key: str, raw: Any, unknown: Callable[[Resource, str], Blocker]
) -> tuple[float | None, Blocker | None]:
    """Mbps, or why they are not known; neither where they are not set.

    A text that is no number is refused by the provider, and a program that runs without one does not hear that.
    """
    if not is_known(raw):
        return None, unknown(resource, key)
    mbps = as_number(raw)
    if mbps is None and raw is not None:
        return None, Blocker(
            f"{key} {resource.urn}", f"{key} of {resource.label} is no number of Mbps", "a whole number would settle it"
        )
    return mbps, None


def as_flag(value: Any) -> bool | None:
    """A flag, as the provider's Check reads it: "true" is true."""
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(value) if isinstance(value, str) else None
