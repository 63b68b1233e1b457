"""Terraform's addresses, with the name of their source before them where it has one: `net:module.span["eu"].alicloud_vpc.a[0]`.

Keys in brackets are numbers or quoted texts that may hold anything, dots and colons too.
Source: https://developer.hashicorp.com/terraform/cli/state/resource-addressing.
"""

import re
from functools import lru_cache
from typing import NamedTuple

PROVIDER = "provider"
"""What our own address of a provider begins with: `provider.alicloud.london`."""
DATA, MODULE = "data", "module"
_MODULE, _AND_DATA = f"{MODULE}.", f".{DATA}"
REMOTE_STATE = "terraform_remote_state"
LOCAL = "terraform:local"
"""Type of a local value, of which a plan does not say what it is made of."""
ANY = "[*]"
"""Key of an address that means some instance of a resource, nobody knows which."""
NO_NAME_HOLDS = ':"[]\n '
"""What no name of a source may hold: it stands before a colon and an address, where brackets and quotes begin a key, and which has no blank.

What has one is a sentence: *the package of net:alicloud_cen_bandwidth_package_attachment.bound* is no address.
"""
_SEGMENT = re.compile(r'([^.\[]*)((?:\["(?:[^"\\]|\\.)*"\]|\[[^"\]]*\])*)(?:\.|\Z)')
_START = "alicloud_"
_OURS = re.compile(r"(?:\A|[.:\]])alicloud_[a-z0-9_]+\.[^.]")
_ASIDE = re.compile(r"(?:[^:\"\[]*:)?((?:provider|local|data|module)\..*)", re.DOTALL)
"""Addresses of what is no managed resource: ours of a provider, a local, a data source, a module."""
_KEPT = 1 << 16


class Address(NamedTuple):
    """The parts of an address."""

    source: str
    """Name of the source; empty where it has none."""
    modules: tuple[str, ...]
    """The modules above, outermost first, each with its key: `span["eu"]`."""
    data: bool
    """Whether it is a data source."""
    type: str
    name: str
    key: str
    """The instance key in its brackets: `["home"]`, `[0]`; empty where there is none."""


def segments(text: str) -> list[tuple[str, str]]:
    """The parts between the dots, each with its keys.

    >>> segments('module.span["a.b"].alicloud_vpc.net[0]')
    [('module', ''), ('span', '["a.b"]'), ('alicloud_vpc', ''), ('net', '[0]')]
    """
    if "[" not in text:
        return [(part, "") for part in text.split(".")]
    found: list[tuple[str, str]] = []
    place = 0
    while place < len(text):
        match = _SEGMENT.match(text, place)
        if match is None or match.end() == place:
            return [*found, (text[place:], "")]
        found.append((match[1], match[2]))
        place = match.end()
    return found


def source_in(address: str) -> str:
    """The name of the source in an address.

    >>> source_in("net:alicloud_vpc.a"), source_in('alicloud_vpc.a["x:y"]')
    ('net', '')
    """
    name, colon, _ = address.partition(":")
    return name if colon and '"' not in name and "[" not in name else ""


@lru_cache(_KEPT)
def parse(address: str) -> Address | None:
    """The parts of an address; None for what is none of a resource.

    >>> parse('module.span["eu"].alicloud_vpc.net[0]')
    Address(source='', modules=('span["eu"]',), data=False, type='alicloud_vpc', name='net', key='[0]')
    """
    source = source_in(address)
    parts = segments(address[len(source) + 1 :] if source else address)
    modules: list[str] = []
    start = 0
    while len(parts) > start + 1 and parts[start][0] == MODULE:
        modules.append("".join(parts[start + 1]))
        start += 2
    data = len(parts) > start and parts[start][0] == DATA
    start += data
    if len(parts) < start + 2:
        return None
    return Address(source, tuple(modules), data, parts[start][0], parts[start + 1][0], parts[start + 1][1])


def apart(address: str) -> tuple[str, str, str]:
    """The module that a resource is in, its address in there without the instance key, and that key; of one without a source's name.

    >>> apart('module.span["e.u"].alicloud_vpc.net["b[c"]'), apart("data.alicloud_vpcs.all[0]"), apart("module.data.alicloud_vpc.a")
    (('module.span["e.u"]', 'alicloud_vpc.net', '["b[c"]'), ('', 'data.alicloud_vpcs.all', '[0]'), ('module.data', 'alicloud_vpc.a', ''))
    """
    base, key = address, ""
    if address.endswith("]"):
        start = address.rfind("[")
        base, key = address[:start], address[start:]
    if not key or key[1:-1].isdigit() or (key[1] == key[-2] == '"' and key.count('"') == 2):  # nearly always
        if not base.startswith(_MODULE):
            return "", base, key
        above, *rest = base.rsplit(".", 2)  # neither a type nor a name holds a dot
        if len(rest) == 2 and not above.endswith(_AND_DATA):
            return above, ".".join(rest), key
    found = parse(address)
    if found is None:
        return "", address, ""
    above = _above(found)
    inside = address[len(above) + 1 :] if above else address
    return above, inside[: len(inside) - len(found.key)], found.key


def _above(found: Address) -> str:
    return ".".join([f"{MODULE}.{item}" for item in found.modules])


def module_of(address: str) -> str:
    """The address of the module that a resource is in; empty for the root.

    >>> module_of('module.span["e.u"].module.pair[0].alicloud_vpc.net')
    'module.span["e.u"].module.pair[0]'
    """
    if _MODULE not in address:
        return ""
    found = parse(address)
    return _above(found) if found else ""


def type_in_address(address: str) -> str:
    """The Terraform type in an address; empty for what is none."""
    found = parse(address)
    return found.type if found else ""


def name_in_address(address: str) -> str:
    """A resource's name with the modules around it, as Pulumi calls it when it runs the same text.

    >>> name_in_address('net:module.span["eu"].alicloud_cen_bandwidth_limit.pair["home"]')
    'span["eu"].pair["home"]'
    >>> name_in_address("provider.alicloud.london"), name_in_address("local.cen_id"), name_in_address("data.alicloud_vpcs.all")
    ('alicloud.london', 'local.cen_id', 'data.alicloud_vpcs.all')
    >>> name_in_address("cen-1:tr-1")
    'cen-1:tr-1'
    """
    kind, _, name = address.partition(".")
    if kind.startswith(_START) and "." not in name and "[" not in name and name:  # nearly always
        return name
    if not is_address(address):
        aside = _ASIDE.match(address)
        return aside[1].removeprefix(f"{PROVIDER}.") if aside else address
    found = parse(address)
    if found is None or found.data:
        source = source_in(address)
        return address[len(source) + 1 :] if source else address
    return ".".join((*found.modules, found.name + found.key))


@lru_cache(_KEPT)
def is_address(text: str) -> bool:
    """Whether a text is the address of a resource of Alibaba Cloud; ids, URNs and names of people are none.

    >>> is_address("net:alicloud_cen_instance.core"), is_address("cen-1:tr-1"), is_address("urn:pulumi:dev::net::x:y:Z::alicloud_a.b")
    (True, False, False)
    >>> is_address("the package of module.net.alicloud_cen_bandwidth_package_attachment.bound")
    False
    """
    if "alicloud_" not in text or text.startswith("urn:") or " " in text.partition("[")[0]:
        return False
    return _OURS.search(text) is not None


def is_data(text: str) -> bool:
    """Whether a text is the address of a data source.

    >>> is_data("net:module.a.data.alicloud_vpcs.all"), is_data("alicloud_vpc.data")
    (True, False)
    """
    if text.startswith("urn:") or f"{DATA}." not in text:
        return False
    found = parse(text)
    return found is not None and found.data


def refreshing(address: str | None) -> str:
    """What reads a resource's state anew, by its address.

    >>> refreshing("net:alicloud_vpc.a"), refreshing("urn:pulumi:dev::net::x:y:Z::a")
    ('`terraform apply -refresh-only`', '`pulumi refresh`')
    """
    return "`terraform apply -refresh-only`" if is_address(address or "") else "`pulumi refresh`"
