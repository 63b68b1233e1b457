"""The way there, as far as it is documented: what to do, in which order, what to look at afterwards.

How a Basic router is upgraded is not documented where anybody could read it: its steps say so, and what they interrupt or
whether they can be taken back stays open.
"""

from collections.abc import Iterable, Sequence

from cenguard.findings.upgrade_answer import Step
from cenguard.network import BandwidthPackage, mbps_text
from cenguard.text.printable import listed
from cenguard.upgrade.before import Today
from cenguard.upgrade.parts import NewAttachment, NewPeer, OldPackage


def steps_of(
    today: Today, attachments: Sequence[NewAttachment], peers: Sequence[NewPeer], packages: Sequence[OldPackage]
) -> tuple[Step, ...]:
    """The steps, in the order of doing."""
    return tuple(_steps(today, attachments, peers, packages))


def _steps(
    today: Today, attachments: Sequence[NewAttachment], peers: Sequence[NewPeer], packages: Sequence[OldPackage]
) -> Iterable[Step]:
    name = today.instance.label
    yield Step(
        do=f"Keep what stands of {name}: the stack's export or state, and the answers of `aliyun cbn` as an inventory, network.inventory.toml",
        check="cenguard check SOURCE -o json=before.json",
        interrupts=False,
        reversible=True,
    )
    asked = [item for item in attachments if item.zones is None]
    if asked:
        count = f"{len(asked)} VPC{'s' * (len(asked) != 1)}"
        yield Step(
            do=f"Name the zones and vSwitches of {count} in the file that --zones writes",
            check="cenguard upgrade SOURCE --zones zones.toml",
            interrupts=False,
            reversible=True,
        )
    for item in packages:
        if item.fate == "too-small":
            yield Step(
                do=f"Raise package {item.package.label}, which is attached, from {mbps_text(item.package.mbps)} to "
                f"{mbps_text(_wanted(item.package, peers))} in the console, with a refresh of the stack after it; or lower limits that draw on it, "
                "or pay for its pairs by traffic",
                check="cenguard check SOURCE",
                interrupts=None,
                reversible=None,
            )
    if not today.regions:
        yield Step(
            do="Leave the rest as it is: a CCN stays attached to the Basic router of its own region, and nothing else is here",
            check=None,
            interrupts=False,
            reversible=True,
        )
        return
    yield Step(
        do="Activate the transit router service in the account of the instance, once (getTransitRouterService, enable On)",
        check=None,
        interrupts=False,
        reversible=None,
    )
    yield Step(
        do=f"Have the Basic routers of {name} upgraded in {listed(today.regions)}: an instance has one router in a region, so nothing can "
        "be built beside them; how it is done, what it keeps and in which order is not documented: ask the service before",
        check="cenguard check SOURCE --inventory network.inventory.toml",
        interrupts=None,
        reversible=None,
    )
    yield Step(
        do="Import the routers that stand there on Enterprise Edition now, if any, into the state of the new program, by the id INSTANCE:ROUTER: "
        "it makes a router in each region, and the service refuses a second one",
        check=None,
        interrupts=False,
        reversible=True,
    )
    made = [item for item in peers if not item.pair.of_a_ccn]
    if any(item.pair.limits for item in made):
        yield Step(
            do="Take the bandwidth limits away, pair by pair, just before the pair's peer is made: a limit and a peer do not share a pair, and "
            "until the peer is there the pair carries nothing",
            check=None,
            interrupts=True,
            reversible=None,
        )
    several = ", region by region" if len(today.regions) > 1 else ""
    vpcs = "; the Basic attachment of a VPC goes before its new one publishes routes" if _has_vpc(attachments) else ""
    kinds = ["routers", "route tables", "attachments", "associations", "propagations", *(["peers"] if made else [])]
    yield Step(
        do=f"Deploy {listed(kinds)} of the new network{several}{vpcs}",
        check="cenguard check DIR",
        interrupts=None,
        reversible=None,
    )
    by_hand = [f"{item.regions.first} – {item.regions.second}" for item in peers if item.pair.of_a_ccn]
    if by_hand:
        yield Step(
            do=f"Connect {listed(by_hand)} in the service's console: no program declares what joins a region of CCNs to an Enterprise router, and a "
            "bandwidth limit joins Basic routers only",
            check=None,
            interrupts=None,
            reversible=None,
        )
    yield Step(
        do="Look at every pair of regions and of networks again, and send traffic both ways",
        check="cenguard explain DIR --from NETWORK --to NETWORK",
        interrupts=False,
        reversible=True,
    )
    idle = [item.package.label for item in packages if item.fate == "idle"]
    if idle:
        yield Step(
            do=f"Let what nothing draws on go: {listed(idle)}; a prepaid package ends at its expiry, when its renewal is off",
            check="cenguard check SOURCE",
            interrupts=False,
            reversible=False,
        )


def _has_vpc(attachments: Iterable[NewAttachment]) -> bool:
    return any(item.held.kind == "VPC" for item in attachments)


def _wanted(package: BandwidthPackage, peers: Iterable[NewPeer]) -> float:
    return sum(peer.mbps or 0 for peer in peers if peer.package is package)
