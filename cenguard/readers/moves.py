"""Which entry of a state a resource of a saved plan was, where an alias moves it.

A plan has the aliases of a resource itself; those that its parent hands down are in no document. Seen with engine 3.276.
"""

from collections.abc import Container
from functools import cached_property

from cenguard.readers.plan import Planned
from cenguard.resources.former_names import with_handed_down
from cenguard.resources.records import Records, Resource


class Moves:
    """The names that the resources of a plan have in the state it starts from."""

    def __init__(self, plan: Records, standing: Container[str]) -> None:
        """Take the plan, and the URNs of what stands."""
        self._plan = plan
        self._standing = standing
        self._former: dict[str, list[str]] = {}

    def old_urn(self, resource: Resource) -> str:
        """Its URN in the state: its own, or one that an alias moves it from."""
        if resource.urn in self._standing or not isinstance(resource, Planned):
            return resource.urn
        return next((urn for urn in self._names(resource) if urn in self._standing), resource.urn)

    @cached_property
    def _planned(self) -> dict[str, Resource]:
        return {resource.urn: resource for resource in self._plan.resources}

    def _names(self, resource: Resource) -> list[str]:
        if resource.urn not in self._former:
            self._former[resource.urn] = []  # whatever a document says, nothing is above itself
            own = resource.aliases if isinstance(resource, Planned) else ()
            above = self._planned.get(resource.parent)
            older = self._names(above) if above is not None else []
            self._former[resource.urn] = with_handed_down(own, older, resource.parent, resource.type, resource.name)
        return self._former[resource.urn]
