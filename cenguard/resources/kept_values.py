"""Inputs that a program leaves out and that keep the values they had: optional in the provider's schema, and computed.

Taking such a line out of a program changes nothing: no step of the engine, no action of Terraform, no call of the service.

Source: aliyun/terraform-provider-alicloud, `Optional` with `Computed` of resource_alicloud_cen_*.go, and of a VPC and its tables.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from cenguard.resources import tokens
from cenguard.resources.forces_new import AREAS, PAYMENT
from cenguard.resources.records import SAME, UPDATE, Resource, decode
from cenguard.resources.values import is_known

VPC = "alicloud:vpc/network:Network"
_ROUTES = {VPC: "systemRouteTableRoutePropagationEnable", tokens.NETWORK_TABLE: "routePropagationEnable"}
"""What says whether the table of a VPC takes what a router publishes: of all that a program leaves out, false is what counts."""
KEEPING: Mapping[str, tuple[str, ...]] = {
    tokens.PACKAGE: (*AREAS, *PAYMENT),
    tokens.PEER: ("bandwidthType", "defaultLinkType"),
    tokens.VBR_ATTACHMENT: ("cenId",),
    tokens.VPN_ATTACHMENT: ("cenId",),
    VPC: ("cidrBlock", _ROUTES[VPC]),
    tokens.NETWORK_TABLE: (_ROUTES[tokens.NETWORK_TABLE],),
}
"""Such inputs, by type, as far as a rule asks whether they are set."""


def keep_values(resource: Resource) -> None:
    """Give what stands, and is not replaced, the values that its program leaves out and the provider keeps; its old state, too.

    They are among its outputs. A resource whose creation ended in an error has none that are to be trusted.
    """
    old = resource.before
    if old is not None:
        keep_values(old)
    if resource.change not in (SAME, UPDATE) or not (resource.id or resource.imported) or resource.init_errors:
        return
    told = resource.inputs
    resource.inputs = with_kept(resource.type, told, resource.property_dependencies, resource.outputs)
    if resource.inputs is not told:
        resource.kept = tuple(key for key in resource.inputs if key not in told)


def with_kept(kind: str, inputs: dict[str, Any], edges: Mapping[str, Collection[str]], told: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs of a resource of some type, with what they leave out as it is told elsewhere; the same ones where nothing is.

    `edges` are its property dependencies: a property that has some is not left out.
    """
    if kind not in KEEPING:
        return inputs
    if kind in _ROUTES and "cidrBlock" in inputs and told.get(_ROUTES[kind]) is not False:  # nearly always
        return inputs

    def said(key: str) -> bool:
        return inputs.get(key) not in (None, "", []) or bool(edges.get(key))

    found: dict[str, Any] = {}

    def take(key: str, spelt: Callable[[str], str] = str) -> bool:
        value = decode(told.get(key))
        if is_known(value) and isinstance(value, str) and value:
            found[key] = spelt(value)
        return key in found

    match kind:
        case tokens.PACKAGE:
            words, listed = AREAS[:2], AREAS[2]
            if not said(listed):
                for key in words:
                    if not said(key):
                        take(key, as_bought)
                if not found and not any(map(said, words)) and isinstance(areas := decode(told.get(listed)), list) and areas:
                    found[listed] = areas
            if not any(map(said, PAYMENT)):
                any(map(take, PAYMENT))
        case tokens.PEER:
            for key in KEEPING[kind]:
                if not said(key):
                    take(key)
        case _ if kind in _ROUTES:
            flag = _ROUTES[kind]
            if not said(flag) and told.get(flag) is False:
                found[flag] = False
            if kind == VPC and not said("cidrBlock"):
                take("cidrBlock")
        case _:
            if not said("cenId") and str(told.get("cenId") or "").startswith(tokens.ID_PREFIXES[tokens.INSTANCE]):
                take("cenId")
    return {**inputs, **found} if found else inputs


def as_bought(area: str) -> str:
    """An area as one asks for it: the service answers in small letters, and the provider does not turn each of them back.

    >>> as_bought("south-america"), as_bought("Asia-Pacific")
    ('South-America', 'Asia-Pacific')
    """
    return "-".join(part[:1].upper() + part[1:] for part in area.split("-"))
