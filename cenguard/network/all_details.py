"""Everything that single rules ask of single resources: each kind is read when the first rule asks for it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cached_property

from cenguard.network import Blocker, CenInstance, Peer
from cenguard.network.details import (
    Account,
    Composite,
    DeclaredNetwork,
    Deletion,
    Given,
    Grant,
    HealthCheck,
    Interrupted,
    Joining,
    Leftover,
    Retained,
    RouteEntry,
    RouterBlock,
    Subject,
    Switch,
    Tagged,
    Terms,
)


class Details:
    """Everything of that kind that the input tells, read when somebody asks; here, of an input that tells nothing."""

    @cached_property
    def networks(self) -> Mapping[str, DeclaredNetwork]:
        """Networks that the input creates, by URN."""
        return {}

    @cached_property
    def switches(self) -> Mapping[str, tuple[Switch, ...]]:
        """The vSwitches of the input, by the address of their VPC."""
        return {}

    @cached_property
    def joinings(self) -> Mapping[str, Joining]:
        """Attachments and peers that the input holds, by URN."""
        return {}

    @cached_property
    def entries(self) -> tuple[RouteEntry, ...]:
        """Entries of route tables, by URN."""
        return ()

    @cached_property
    def grants(self) -> tuple[Grant, ...]:
        """What lets an instance attach a network."""
        return ()

    @cached_property
    def router_blocks(self) -> tuple[RouterBlock, ...]:
        """CIDR blocks of routers, by URN."""
        return ()

    @cached_property
    def router_cidrs(self) -> frozenset[str]:
        """URNs of the routers that have a CIDR block."""
        return frozenset()

    @cached_property
    def loose_cidrs(self) -> Blocker | None:
        """Why a CIDR block cannot be laid to a router."""
        return None

    @cached_property
    def health_checks(self) -> tuple[HealthCheck, ...]:
        """Health checks of leased lines, by URN."""
        return ()

    @cached_property
    def accounts(self) -> Mapping[str, Account]:
        """By provider; absent where its credentials are not known, or secret."""
        return {}

    @cached_property
    def editions(self) -> Mapping[str, str]:
        """Edition of a router where its state says it, by URN."""
        return {}

    @cached_property
    def region_origins(self) -> Mapping[str, str]:
        """Where a provider's region comes from, if not from the program's own lines."""
        return {}

    @cached_property
    def providers(self) -> Mapping[str, str]:
        """The provider of each router and instance, by URN."""
        return {}

    @cached_property
    def terms(self) -> Mapping[str, Terms]:
        """How packages are paid and kept, by URN."""
        return {}

    @cached_property
    def expiries(self) -> Mapping[str, dt.date]:
        """Expiry of packages that an inventory names, by id."""
        return {}

    @cached_property
    def deletions(self) -> tuple[Deletion, ...]:
        """Packages that the update deletes, by URN."""
        return ()

    @cached_property
    def retained(self) -> tuple[Retained, ...]:
        """Packages that stay in the cloud, by URN."""
        return ()

    @cached_property
    def interrupted(self) -> tuple[Interrupted, ...]:
        """What a killed run was buying, by URN."""
        return ()

    @cached_property
    def leftovers(self) -> tuple[Leftover, ...]:
        """Old packages that a replacement could not delete, by URN."""
        return ()

    @cached_property
    def composites(self) -> tuple[Composite, ...]:
        """Composite ids where bare ones are wanted, by URN."""
        return ()

    @cached_property
    def dry_runs(self) -> tuple[tuple[Subject, Blocker | None], ...]:
        """What is made as a dry run, or may be, by URN."""
        return ()

    @cached_property
    def protection(self) -> Mapping[str, Given[str]]:
        """Protection level of instances, by URN."""
        return {}

    @cached_property
    def tagged(self) -> tuple[Tagged, ...]:
        """Resources of CEN that can have tags, by URN."""
        return ()

    @cached_property
    def network_tags(self) -> tuple[Tagged, ...]:
        """Tags of the networks that the input creates."""
        return ()

    @cached_property
    def told(self) -> tuple[Joining, ...]:
        """The attachments and peers of which more is told than an id: few of the many that are attached directly."""
        return tuple([found for found in self.joinings.values() if not found.plain])

    @cached_property
    def tells_owners(self) -> bool:
        """Whether any attachment says whose its network is."""
        return False

    @cached_property
    def routed(self) -> tuple[Joining, ...]:
        """The attachments through routers, and the peers: what is attached directly has no zones and no router."""
        return tuple(found for found in self.told if isinstance(found.item, Peer) or not found.item.direct)

    def on(self, instance: CenInstance) -> Iterable[Joining]:
        """The attachments of an instance that the input holds, by URN."""
        return (found for item in instance.attachments if item.urn and (found := self.joinings.get(item.urn)))
