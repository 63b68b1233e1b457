"""What stood before a change and is not there after it: what no evidence may rest on."""

import msgspec

from cenguard.geography.areas import AreaPair
from cenguard.network.blocker import Blocker
from cenguard.network.entities import BandwidthLimit, CenInstance


class Detached(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A package that was attached to an instance, and is not so after the change."""

    instance: CenInstance
    area_pair: AreaPair | None
    """Its area pair; None where that is not known."""
    package: str
    """Id of the package; its URN where no id is known."""
    package_urn: str
    name: str
    urn: str
    """URN of the attachment."""
    delete_first: bool = False
    """Whether it is taken away before something else is made in its place."""
    half_replaced: bool = False
    """Whether its package is another one by now, and it was not replaced with that: a run failed in between, or its name means what is looked up."""
    already: bool = False
    """Whether that has happened before this update."""
    again: bool = False
    """Whether its resource attaches the same package again, by the id that it had."""


class Drawing(msgspec.Struct, frozen=True, kw_only=True):
    """A limit or peer that the update changes in place, and that drew on what is detached, as far as its instance or its package tells."""

    carrier: str
    """Its URN."""
    detached: Detached


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """Something that the update makes while the old one in its place is there still: the service refuses it.

    What is imported under a new name is the old one itself, and goes with it.
    """

    type: str
    urn: str
    """URN of what is made."""
    old: str
    name: str
    """URN and name of the old one."""
    renamed: bool
    """Whether the old one has another URN; else it is replaced."""
    moves: bool = False
    """Whether it is of another router than the old one, so that one name for both makes a replacement of it."""
    stays: bool = False
    """Whether the old one is not deleted at all."""
    unordered: bool = False
    """Whether its deletion may come first."""
    same: bool = False
    """Whether it is imported."""
    blocker: Blocker | None = None
    """Why it may be made in another place than the old one's: its instance is not known."""


class Leaving(msgspec.Struct, kw_only=True, eq=False):
    """What stood and is not there after the change, as far as evidence hangs on it."""

    detached: tuple[Detached, ...] = ()
    packages: frozenset[str] = frozenset()
    """Ids and URNs of packages that are deleted or replaced."""
    unattached: frozenset[AreaPair] = frozenset()
    """Area pairs of packages that leave, or whose purchase was interrupted."""
    attaching: frozenset[CenInstance] = frozenset()
    """Instances that a package was being attached to when the attachment was interrupted."""
    regions: frozenset[tuple[CenInstance, str]] = frozenset()
    """Regions of networks that are detached."""
    instances: frozenset[str] = frozenset()
    """Ids of instances that are deleted or replaced."""
    limits: tuple[BandwidthLimit, ...] = ()
    """Limits that are deleted, but for those that are gone before something is made in their place."""
    limits_first: tuple[BandwidthLimit, ...] = ()
    """Those that are."""
    drawing: tuple[Drawing, ...] = ()
    """What drew on packages that are detached, and is changed in the same update."""
    beside: tuple[Beside, ...] = ()
    """Attachments, routers and associations that are made while the old ones in their places are there still."""
    told: bool = True
    """Whether the input shows what the update deletes, and what of that stays in the cloud."""
