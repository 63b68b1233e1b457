"""Grants: how the owner of a network lets another account's instance attach it.

Sources: GrantInstanceToTransitRouter, `InstanceType` (2026-09: VPC, ExpressConnect, VPN, ECR; no CCN); the FAQ of CEN
(document 66205) and GrantRuleToCen for a leased line on Basic Edition; GrantInstanceToCbn for a CCN.
"""

TRANSIT_ROUTER_GRANT = "cen.TransitRouterGrantAttachment"
CCN_GRANT = "cloudconnect.NetworkGrant"
BASIC_LINE_GRANT = "expressconnect.GrantRuleToCen"

GRANT_WORDS = {"VPC": "VPC", "VBR": "ExpressConnect", "VPN": "VPN", "ECR": "ECR"}
"""What `instanceType` of a grant calls each kind of network. The provider hands the word on as it is."""


def grant_for(kind: str, *, direct: bool) -> str:
    """The resource that grants a network of a kind, to a direct attachment or to one through a router.

    >>> grant_for("VBR", direct=False), grant_for("VBR", direct=True)
    ('cen.TransitRouterGrantAttachment', 'expressconnect.GrantRuleToCen')
    """
    if kind == "CCN":
        return CCN_GRANT
    return BASIC_LINE_GRANT if kind == "VBR" and direct else TRANSIT_ROUTER_GRANT
