"""Which instance of an input is upgraded: its only Basic one, or the one that is named."""

from collections.abc import Sequence

from cenguard.errors import UnknownName, UnreadableInput
from cenguard.geography.regions import is_ccn
from cenguard.network import CenInstance, Network
from cenguard.text.globs import means
from cenguard.text.printable import listed


def chosen_instance(network: Network, name: str | None, source: str) -> CenInstance:
    """The Basic instance to upgrade.

    Args:
        network: the input, assembled.
        name: its name, id or URN, or a glob on them; None for the only Basic one.
        source: what the input is called in messages.

    Raises:
        UnknownName: no instance is called that.
        UnreadableInput: there is no Basic instance, several are meant, or the one that is meant has both editions.
    """
    there = [item for item in network.instances if not item.leaves and item.identified]
    meant = there if name is None else [item for item in there if _is_called(item, name)]
    if name is not None and not meant:
        names = [word for item in there for word in (item.name, item.id, item.urn) if word]
        raise UnknownName("CEN instance", name, names, note=f"(there {_are(there)})")
    basic = [item for item in meant if _has_basic(item)]
    if not basic:
        open_one = next((item for item in network.unidentified if _has_basic(item) and item.blocker is not None), None)
        if open_one is not None:
            raise UnreadableInput(source, f"does not tell which CEN instance is to be upgraded: {open_one.blocker}")
        raise UnreadableInput(source, _why_not(meant, named=name is not None))
    if len(basic) > 1:
        exact = [item for item in basic if name in (item.name, item.id, item.urn)]
        if len(exact) != 1:
            cure = "give --instance one of them" if name is None else "name one of them"
            raise UnreadableInput(source, f"has {len(basic)} Basic CEN instances: {listed(map(_called, basic))}; {cure}")
        basic = exact
    (found,) = basic
    enterprise = _enterprise_regions(found)
    if enterprise is not None:
        raise UnreadableInput(
            source,
            f"CEN instance {_called(found)} has both editions: networks are attached directly (Basic) in {listed(_basic_regions(found))}, "
            f"and Enterprise routers are in {listed(enterprise) or 'a region that is not known'}; finish or take back one of the two first",
        )
    return found


def _is_called(item: CenInstance, name: str) -> bool:
    return any(word and means(name, word) for word in (item.name, item.id, item.urn))


def _called(item: CenInstance) -> str:
    return f"{item.name} ({item.id})" if item.id and item.id != item.name else item.label


def _are(instances: Sequence[CenInstance]) -> str:
    return f"{'is' if len(instances) == 1 else 'are'} {listed(map(_called, instances)) or 'none'}"


def _why_not(instances: Sequence[CenInstance], *, named: bool) -> str:
    """Why nothing is to be upgraded, as the end of a sentence about the input."""
    if not instances:
        return "has no CEN instance"
    enterprise = [item for item in instances if _enterprise_regions(item) is not None]
    if enterprise:
        several = len(enterprise) > 1
        what = "CEN instances" if several else "CEN instance"
        kind = "Enterprise Edition already" if several else "of Enterprise Edition already"
        return f"{what} {listed(map(_called, enterprise))} {'are of ' if several else 'is '}{kind}: nothing is to be upgraded"
    which = f"CEN instance {_called(instances[0])}" if named or len(instances) == 1 else "no CEN instance"
    verb = "has no network attached" if which.startswith("CEN") else "of the input has a network attached"
    return f"{which} {verb}: nothing is to be upgraded"


def _has_basic(item: CenInstance) -> bool:
    """Whether anything of Basic Edition is there that an upgrade changes; a CCN region is Basic beside Enterprise ones."""
    return bool(_basic_regions(item)) or (_enterprise_regions(item) is None and any(one.direct for one in item.attachments))


def _basic_regions(item: CenInstance) -> list[str]:
    direct = {
        one.region or "a region that is not known" for one in item.attachments if one.direct and not is_ccn(one.region or "")
    }
    limited = {region for limit in item.limits if limit.pair is not None for region in limit.pair.names if not is_ccn(region)}
    return sorted(direct or limited)


def _enterprise_regions(item: CenInstance) -> list[str] | None:
    """Regions with an Enterprise router; None where the instance has none."""
    routed = {one.region for one in item.attachments if not one.direct} | set(item.index.enterprise)
    routed |= {region for peer in item.peers if peer.pair is not None for region in peer.pair.names}
    found = sorted(region for region in routed if region and not is_ccn(region) and region not in item.basic)
    some = bool(found or item.peers or any(router.declared and router.region is None for router in item.routers))
    return found if some else None
