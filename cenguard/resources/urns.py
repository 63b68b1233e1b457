"""What stands in a URN: `urn:pulumi:STACK::PROJECT::TYPE::NAME`, cut from the left, since a name may hold `::` itself."""

from functools import cache

from cenguard.resources.type_table import native_type

START = "urn:pulumi:"
"""How every URN begins."""


def name_in_urn(address: str) -> str:
    """The logical name in a URN; an address of another kind (an id, a Terraform address) whole.

    >>> name_in_urn('urn:pulumi:dev::net::alicloud:index/vpc:Vpc::net["prod::a"]')
    'net["prod::a"]'
    """
    if not address.startswith(START):
        return address
    parts = address.split("::", 3)
    return parts[3] if len(parts) > 3 else parts[-1]


def type_in_urn(urn: str) -> str:
    """The plain type in a URN, without the types of its parents, as the document spells it.

    >>> type_in_urn("urn:pulumi:dev::net::x:y:Hub$alicloud:cen/instance:Instance::core")
    'alicloud:cen/instance:Instance'
    """
    parts = urn.split("::", 3)
    return parts[2].rpartition("$")[2] if len(parts) > 3 else ""


@cache
def _native(token: str) -> str:
    return native_type(token) or token


def kind_in_urn(urn: str) -> str:
    """The same under its native token, which assembly and rules know: every road has one vocabulary.

    >>> kind_in_urn("urn:pulumi:dev::net::hcl:index:Module$ali:index/cenInstance:CenInstance::core")
    'alicloud:cen/instance:Instance'
    """
    return _native(type_in_urn(urn))
