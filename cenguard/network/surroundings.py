"""What a fix must know of the input's resources beside the network that they make: names, providers, who uses what."""

from collections import Counter
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, TypeAlias

import msgspec

Users: TypeAlias = Mapping[str, tuple[tuple[str, str], ...]]
"""By URN, the resources of the input with a property that is made from it: their URNs, and the properties."""


def _nothing(_urn: str) -> Mapping[str, Any]:
    return {}


def _never(_urn: str, _key: str) -> bool:
    return False


class Left(msgspec.Struct, frozen=True, kw_only=True):
    """A resource that the change deletes, as it would be said again under its old name."""

    urn: str
    type: str
    name: str
    values: Mapping[str, Any]
    sources: Mapping[str, tuple[str, str]]
    """By property, the resource that the value is of, and the output of it."""
    waits: tuple[str, ...]
    provider: str | None


class Surroundings(msgspec.Struct, eq=False, kw_only=True, dict=True):
    """What is asked when fixes are made, and never before."""

    names: frozenset[str] = frozenset()
    """Names that resources of the input have."""
    provider_of: Callable[[str], str | None] = lambda _urn: None
    """The provider of a resource as an edit names it; None for the default one."""
    users_maker: Callable[[], Users] = dict
    """Makes `users` when somebody asks for them."""
    left: Mapping[str, Left] = {}
    """By URN, what the change deletes and an edit could say again: what stands in no module, component or loop."""
    old: Callable[[str], Mapping[str, Any]] = _nothing
    """Known inputs of the old state of a resource that the change updates or replaces, that differ from the new ones."""
    keeps: Callable[[str, str], bool] = _never
    """Whether the change updates a resource in place, and an input of it is as it was (`region` is that of its provider): the service has accepted that."""

    @cached_property
    def left_names(self) -> Mapping[str, int]:
        """How many of what the change deletes have a name."""
        return Counter(item.name for item in self.left.values())

    @cached_property
    def left_kinds(self) -> frozenset[tuple[str, str]]:
        """Types and names of what the change deletes."""
        return frozenset((item.type, item.name) for item in self.left.values())

    @cached_property
    def users(self) -> Users:
        """By URN, the resources of the input with a property that is made from it: their URNs, and the properties."""
        return self.users_maker()
