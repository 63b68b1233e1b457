"""The edits that join attachments to a table: to the only one that a router uses, else to a new one."""

from collections.abc import Hashable

import msgspec

from cenguard.findings.fix import Add, ByItself, Draft, Edit, Ref, Remedy, Value
from cenguard.network import Network, TransitRouter
from cenguard.network.routing import End
from cenguard.resources import tokens
from cenguard.rules.remedies.parts import added, router_id
from cenguard.rules.remedies.single import REVIEW
from cenguard.rules.routes.parts import NO_TABLE, attachment_id, tables_at


class RoutedCause(ByItself, msgspec.Struct, frozen=True):
    """Attachments of one instance that lack an association or a propagation."""

    network: Network
    ends: tuple[tuple[End, tuple[str, ...]], ...]
    """Each with the types of the resources that it lacks."""
    rank: int = 5

    @property
    def key(self) -> Hashable:
        """The instance: one table of a router serves all of its attachments."""
        return ("routed", self.ends[0][0].instance.address)

    def joined(self, other: "RoutedCause") -> "RoutedCause":
        """With what another finding lacks."""
        return RoutedCause(self.network, (*self.ends, *other.ends), self.rank)

    def remedy(self, draft: Draft) -> Remedy | None:
        """What is missing, at each router; None where a router is not of the input, or has several tables."""
        edits: list[Edit] = []
        tables: dict[str, Value] = {}
        for end, kinds in self.ends:
            router = end.router_entity
            if router is None or not router.urn:
                return None
            if router.urn not in tables:
                found = self._table(router, draft, edits)
                if found is None:
                    return None
                tables[router.urn] = found
            for token in kinds:
                word = "in" if token == tokens.ASSOCIATION else "from"
                edits.append(
                    Add(
                        name=draft.name(f"{end.item.plain}-{router.plain}-{word}"),
                        type=token,
                        properties={
                            "transitRouterAttachmentId": attachment_id(end),
                            "transitRouterRouteTableId": tables[router.urn],
                        },
                        provider=router.provider or None,
                    )
                )
        return Remedy(tuple(edits), REVIEW)

    def _table(self, router: TransitRouter, draft: Draft, edits: list[Edit]) -> Value:
        used = tables_at(self.network).get(router.urn or "", NO_TABLE)
        if used:
            return next(iter(used.values())) if len(used) == 1 else None
        name = draft.name(f"{router.plain}-table")
        edits.append(
            Add(
                name=name,
                type=tokens.ROUTE_TABLE,
                properties={"transitRouterId": router_id(router)},
                provider=router.provider or None,
            )
        )
        return Ref(added(name), "transitRouterRouteTableId")
