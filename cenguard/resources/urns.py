"""What stands in a URN: `urn:pulumi:STACK::PROJECT::TYPE::NAME`, cut from the left, since a name may hold `::` itself.

A resource of Terraform has an address in its place (`resources.addresses`), which answers the same questions.
"""

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from cenguard.resources.addresses import ANY, REMOTE_STATE, is_address, name_in_address, parse, source_in, type_in_address
from cenguard.resources.type_table import native_type

START = "urn:pulumi:"
"""How every URN begins."""
WORKSPACE = "default"
"""The workspace of Terraform that no document names, in the place of the stack.

Source: https://developer.hashicorp.com/terraform/language/state/workspaces.
"""
STACK_REFERENCE = "pulumi:pulumi:StackReference"


def name_in_urn(address: str) -> str:
    """The logical name in a URN; of a Terraform address the name with the modules around it; an id whole.

    >>> name_in_urn('urn:pulumi:dev::net::alicloud:index/vpc:Vpc::net["prod::a"]')
    'net["prod::a"]'
    """
    if not address.startswith(START):
        return name_in_address(address)
    return address.split("::", 3)[-1]


def names_in_urns(urns: Iterable[str]) -> Iterator[str]:
    """The same of many: URNs of one type, and then those of another, begin alike, and what follows is the name.

    >>> list(names_in_urns(["urn:pulumi:dev::net::x:y:Hub::a", "urn:pulumi:dev::net::x:y:Hub::b::c", "vpc-1"]))
    ['a', 'b::c', 'vpc-1']
    >>> list(names_in_urns(["net:alicloud_vpc.a", "net:alicloud_vpc.b[0]", 'net:alicloud_vpc.c["x.y"]', "module.m.alicloud_vpc.a"]))
    ['a', 'b[0]', 'c["x.y"]', 'm.a']
    """
    beginning, of_terraform = "", False
    for urn in urns:
        name = urn.removeprefix(beginning)
        if name is urn or (of_terraform and "." in name):  # it begins otherwise than the one before
            name = name_in_urn(urn)
            of_terraform = not urn.startswith(START)
            if of_terraform:
                beginning = urn.removesuffix(name) if "." not in name and urn.endswith(f".{name}") else ""
            else:
                beginning = urn.removesuffix(name) if urn.count("::") > 2 else ""
        yield name


def type_in_urn(urn: str) -> str:
    """The plain type in a URN or address, without the types of its parents, as the document spells it.

    >>> type_in_urn("urn:pulumi:dev::net::x:y:Hub$alicloud:cen/instance:Instance::core")
    'alicloud:cen/instance:Instance'
    """
    if not urn.startswith(START):
        return type_in_address(urn)
    parts = urn.split("::", 3)
    return parts[2].rpartition("$")[2] if len(parts) > 3 else ""


def type_and_name_in_urn(urn: str) -> tuple[str, str]:
    """Both, of what is the URN or address of a resource.

    >>> type_and_name_in_urn("urn:pulumi:dev::net::x:y:Hub$alicloud:cen/instance:Instance::core::a")
    ('alicloud:cen/instance:Instance', 'core::a')
    """
    if not urn.startswith(START):
        return type_in_address(urn), name_in_address(urn)
    parts = urn.split("::", 3)
    return parts[2].rpartition("$")[2] if len(parts) > 3 else "", parts[-1]


@cache
def _native(token: str) -> str:
    return native_type(token) or token


def kind_in_urn(urn: str) -> str:
    """The same under its native token, which assembly and rules know: every road has one vocabulary.

    >>> kind_in_urn("urn:pulumi:dev::net::hcl:index:Module$ali:index/cenInstance:CenInstance::core")
    'alicloud:cen/instance:Instance'
    """
    return _native(type_in_urn(urn)) if urn.startswith(START) else _kind_in_address(urn)


@lru_cache(1 << 16)
def _kind_in_address(address: str) -> str:
    found = parse(address)
    if found is None or found.key == ANY:
        return ""
    if found.data:
        return STACK_REFERENCE if found.type == REMOTE_STATE else ""
    return _native(found.type)


def is_resource(text: str) -> bool:
    """Whether a text is the URN or address of a resource, and no id.

    >>> is_resource("net:alicloud_cen_instance.core"), is_resource("cen-1:tr-1")
    (True, False)
    """
    return text.startswith(START) or is_address(text)


def stack_of(urn: str) -> tuple[str, str]:
    """Stack and project in a URN; of an address the workspace, and the name of its source.

    >>> stack_of("urn:pulumi:dev::net::alicloud:cen/instance:Instance::core")
    ('dev', 'net')
    """
    if not urn.startswith(START):
        return (WORKSPACE, source_in(urn)) if urn else ("", "")
    parts = urn.removeprefix(START).split("::", 2)
    return (parts[0], parts[1]) if len(parts) > 2 else ("", "")


@lru_cache(1 << 10)
def provider_urn(reference: str) -> str:
    """The URN in a provider reference `urn::id`; the same text for the many resources of one provider.

    >>> provider_urn("urn:pulumi:dev::net::pulumi:providers:alicloud::bj::04da6b54")
    'urn:pulumi:dev::net::pulumi:providers:alicloud::bj'
    """
    return reference.rpartition("::")[0]
