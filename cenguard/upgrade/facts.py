"""What the service's pages say of leaving Basic Edition, and what they do not say; looked up on 2026-11-28.

Each fact is one sentence with its page. The date is the one that the page gives of itself ("Last Updated"); pages that give
none have no date. A fact without a source is one that was looked for and not found: it says *not documented*, and nothing
of how it might be.

The page *Upgrade Basic Edition transit routers* exists (`UPGRADE_EXISTS` names who refers to it); its text could not be
found, so the procedure, its order, what it interrupts and what can be taken back are not documented here.
"""

from collections.abc import Iterable

import msgspec

from cenguard.findings.upgrade_answer import Fact

_ALIBABA = "https://www.alibabacloud.com/help"
_ALIYUN = "https://help.aliyun.com/en"

_HOW_ROUTERS_WORK = f"{_ALIBABA}/cloud-enterprise-network/latest/regions-supported-by-the-forwarding-router"
"""How transit routers work, the newer edition with a table of both editions; undated."""
_HOW_ROUTERS_WORK_2025 = f"{_ALIBABA}/en/cen/product-overview/how-transit-routers-work"
_REGIONS = f"{_ALIBABA}/en/cen/product-overview/regions-and-zones-that-support-transit-router"
_BILLING = f"{_ALIBABA}/en/cen/product-overview/billing-rules"
_BILLING_QUESTIONS = f"{_ALIYUN}/cen/product-overview/billing-rules-faq"
_QUESTIONS = f"{_ALIBABA}/doc-detail/66205.htm"
_LIMIT = f"{_ALIBABA}/doc-detail/65942.htm"
_PEER = f"{_ALIBABA}/doc-detail/261363.htm"
_PACKAGE = "https://alibabacloud.com/help/doc-detail/65934.htm"
_CCN = f"{_ALIYUN}/cen/user-guide/associate-a-ccn-instance-with-a-transit-router"
_FIREWALL = (
    f"{_ALIBABA}/en/cloud-firewall/cloudfirewall/use-cases/"
    "change-a-vpc-firewall-after-upgrading-a-transit-router-from-basic-edition-to-enterprise-edition"
)
_PROPAGATION = "https://alibabacloud.com/help/doc-detail/86980.htm"
_SYNCHRONIZATION = f"{_ALIYUN}/cen/user-guide/route-synchronization"
_ROUTING_POLICIES = f"{_ALIYUN}/cen/user-guide/work-with-routing-policies"
_PRIVATE_ZONE = f"{_ALIYUN}/cen/user-guide/configure-privatezone-2"
_CONNECTIONS = f"{_ALIYUN}/cen/user-guide/manage-inter-region-connections"
_GRANT = "https://alibabacloud.com/help/en/cen/developer-reference/api-grantinstancetotransitrouter"
_ATTACH = "https://alibabacloud.com/help/ja/cen/attachcenchildinstance"
_ROUTE_SERVICE = "https://alibabacloud.com/help/doc-detail/132079.html"
_ROUTER_RESOURCE = "https://help.aliyun.com/document_detail/2589061.html"
_ONLY_GOLD = "https://help.aliyun.com/wordpower/5442318-1.html"


def _documented(what: str, source: str, date: str | None = None) -> Fact:
    return Fact(what=what, source=source, date=date)


def _undocumented(what: str) -> Fact:
    return Fact(what=f"{what}: not documented", source=None, date=None)


def about(fact: Fact, things: Iterable[str] = (), detail: str = "") -> Fact:
    """The fact with what it is about (URNs, else ids), in order, and a detail of this network after its sentence.

    >>> about(NO_TEST_BANDWIDTH, detail="cn-beijing – us-west-1").what.endswith("passes: cn-beijing – us-west-1")
    True
    """
    what = f"{fact.what}: {detail}" if detail else fact.what
    return msgspec.structs.replace(fact, what=what, about=tuple(sorted(set(things))))


# What a network may have today and lose: for `stops`, of what the input has.

CCN_FREE = _documented(
    "a CCN of the Chinese mainland reaches Basic routers of other mainland regions without an inter-region connection; to an "
    "Enterprise router it needs one",
    _CCN,
)
CCN_IN_PLAIN_REGION = _documented(
    "a CCN is attached to Basic routers only, and these are left in CCN regions only; an Enterprise router takes VPC, VBR, ECR "
    "and IPsec connections and other routers",
    _HOW_ROUTERS_WORK,
)
ROUTE_SERVICE = _documented(
    "cloud services are configured for CEN (RouteService) in Basic routers only", _ROUTE_SERVICE, "2025-08-07"
)
REGION_ALONE = _documented(
    "a region without an inter-region connection reaches no other: networks of different regions communicate over one only",
    _PEER,
    "2025-11-25",
)

# What becomes otherwise, for everyone or for what the input has: for `changes`.

LIMITS = _documented(
    "bandwidth limits are of Basic routers only; the Mbps between two Enterprise routers are those of their inter-region "
    "connection (peer)",
    _LIMIT,
    "2025-09-29",
)
NO_TEST_BANDWIDTH = _documented(
    "between Enterprise regions without an inter-region connection not even the 1 Kbps test bandwidth passes",
    _PEER,
    "2025-11-25",
)
ROUTES_BY_HAND = _documented(
    "a Basic router hands on all routes by itself; an Enterprise one knows of an attachment what the attachment's route learning "
    "(propagation) says, and looks up what comes from it in the table that it is associated with",
    _HOW_ROUTERS_WORK,
)
PUBLICATION = _documented(
    "a VPC or VBR learns the routes of its Enterprise router only where the attachment's route synchronization "
    "(autoPublishRouteEnabled) is on",
    _SYNCHRONIZATION,
)
ZONES = _documented(
    "a VPC joins an Enterprise router with a vSwitch, and one free address in it, in two zones that sell the router (in one where "
    "the region has one)",
    _HOW_ROUTERS_WORK_2025,
    "2025-07-10",
)
HOURS_AND_GB = _documented(
    "an Enterprise router charges for each VPC, VBR, VPN and ECR connection by the hour, and for each GB that comes in from one; "
    "an inter-region connection for its package's Mbps, or for each GB",
    _BILLING,
    "2026-03-23",
)
FREE_WITHIN_A_REGION = _documented(
    "networks of one region, which Basic Edition connects without a charge, pay for connection hours and GB too",
    _BILLING_QUESTIONS,
)
WHO_PAYS = _documented(
    "the grant of another account's network says who pays for its connection: the owner of the network or of the router (orderType)",
    _BILLING_QUESTIONS,
)
CROSS_ACCOUNT = _documented(
    "another account grants its VPC, VBR, IPsec connection or ECR to the router (GrantInstanceToTransitRouter), a CCN to CEN as "
    "before (GrantInstanceToCbn)",
    _GRANT,
    "2025-06-17",
)
ROUTE_MAPS = _documented(
    "a route map acts on the one table it is associated with, the system table where none is named; table and direction of a map "
    "that stands cannot be changed. On Basic Edition it acts on the router's only table",
    _ROUTING_POLICIES,
)
VPC_ROUTES = _documented(
    "routes of a VPC to an ECS instance, a VPN or NAT gateway and the like are handed to the router only where they are advertised one by one, "
    "those of its custom tables and prefix lists never",
    _PROPAGATION,
    "2026-01-08",
)
PRIVATE_ZONE = _documented(
    "PrivateZone is reached by a VBR on a Basic router in the same region only; an IPsec connection reaches it by an Enterprise "
    "router only",
    _PRIVATE_ZONE,
)
FIREWALL = _documented(
    "a VPC firewall of Cloud Firewall is made for the edition of the router: after an upgrade of the router it must be "
    "updated too",
    _FIREWALL,
    "2026-04-01",
)
PUBLISHING_QUOTA = _documented(
    "at most 50 VPCs of one router may have route synchronization on, and the number cannot be raised",
    _SYNCHRONIZATION,
)
MULTICAST = _documented("multicast is of Enterprise routers, and chosen when the router is made", _ROUTER_RESOURCE)

# What decides what can stand beside what, and in which order: for `changes`, and the reasons of `steps`.

ONE_ROUTER = _documented(
    "an instance has one router in a region: its Basic router and an Enterprise one cannot stand there side by side",
    _QUESTIONS,
    "2026-03-05",
)
ONE_PUBLISHER = _documented(
    "a VPC takes dynamic routes from one source at a time: no attachment publishes into it beside its Basic attachment",
    _SYNCHRONIZATION,
)
ONE_PACKAGE = _documented(
    "an instance has one package for each pair of areas: a second one cannot be attached beside what stands",
    _PACKAGE,
    "2025-08-07",
)
BY_TRAFFIC = _documented(
    "an inter-region connection of Enterprise routers draws on a package or is paid by traffic, one of Basic routers draws on a "
    "package",
    _CONNECTIONS,
)
ONE_END_BASIC = _documented(
    "an inter-region connection with a Basic end has the link type Gold only",
    _ONLY_GOLD,
)
UPGRADE_EXISTS = _documented(
    "a Basic router can be upgraded to Enterprise Edition; the page Upgrade Basic Edition transit routers, which is referred to, "
    "could not be read",
    _HOW_ROUTERS_WORK,
)

# What was looked for and not found: for `unknown`.

PROCEDURE = _undocumented("how a Basic router is upgraded, in which order, and whether traffic stops")
GOING_BACK = _undocumented("whether an upgrade can be taken back")
KEPT_BY_UPGRADE = _undocumented(
    "whether an upgrade keeps attachments, advertised routes, route maps and grants, and what becomes of bandwidth limits"
)
VBR_TO_VBR = _undocumented(
    "whether VBRs reach each other over an Enterprise router by default (on a Basic one they do not, by the manual of 2019)"
)
GRANT_OF_BASIC = _undocumented("whether a grant that was made for Basic Edition holds for an Enterprise router")
ADVERTISED_ROUTE = _undocumented("whether a VPC route that was advertised on Basic Edition stays advertised")
ROUTE_MAP_MEANING = _undocumented("which table a route map of a Basic router has after an upgrade")
PRIVATE_ZONE_AFTER = _undocumented("whether an access to PrivateZone that was configured on Basic Edition stays")
HEALTH_CHECK = _undocumented("whether the health check of a VBR stays when its router is upgraded")
CCN_PAIR = _undocumented("at how many Mbps, and on which package, a CCN is connected to an Enterprise router of another region")
OTHER_QUOTAS = _undocumented("how many attachments and routes an Enterprise router takes")

# What is known of staying: for `staying`.

NO_LONGER_SOLD = _documented(
    "Basic Edition is discontinued and no longer for sale; new routers are of Enterprise Edition, but in CCN regions",
    _REGIONS,
    "2026-03-18",
)
ASKED_TO_UPGRADE = _documented(
    "Basic routers are not sold outside CCN areas since 2022-03-31; who has one in a region that no longer supports it is asked to "
    "upgrade",
    _HOW_ROUTERS_WORK,
)
STILL_ATTACHES = _documented("networks can still be attached directly (AttachCenChildInstance)", _ATTACH, "2025-08-07")
STILL_LIMITS = _documented(
    "the Mbps of Basic routers can still be set, changed and taken away (SetCenInterRegionBandwidthLimit)", _LIMIT, "2025-09-29"
)
NEW_REGION = _undocumented("which edition a Basic network gets in a region that is new to it")
END_OF_BASIC = _undocumented("until when Basic routers that stand go on")

STOPS = (CCN_FREE, CCN_IN_PLAIN_REGION, ROUTE_SERVICE, REGION_ALONE)
"""Hold for a network that has what they name."""
CHANGES = (
    LIMITS,
    NO_TEST_BANDWIDTH,
    ROUTES_BY_HAND,
    PUBLICATION,
    ZONES,
    HOURS_AND_GB,
    FREE_WITHIN_A_REGION,
    WHO_PAYS,
    CROSS_ACCOUNT,
    ROUTE_MAPS,
    VPC_ROUTES,
    PRIVATE_ZONE,
    FIREWALL,
    PUBLISHING_QUOTA,
    MULTICAST,
    ONE_ROUTER,
    ONE_PUBLISHER,
    ONE_PACKAGE,
    BY_TRAFFIC,
    ONE_END_BASIC,
    UPGRADE_EXISTS,
)
FOR_EVERYONE = (ROUTES_BY_HAND, PUBLICATION, HOURS_AND_GB, ONE_ROUTER, ONE_PUBLISHER, UPGRADE_EXISTS, FIREWALL)
"""Those of the changes that are told to every owner of a Basic network, whatever the input has."""
UNKNOWN = (
    PROCEDURE,
    GOING_BACK,
    KEPT_BY_UPGRADE,
    VBR_TO_VBR,
    GRANT_OF_BASIC,
    ADVERTISED_ROUTE,
    ROUTE_MAP_MEANING,
    PRIVATE_ZONE_AFTER,
    HEALTH_CHECK,
    CCN_PAIR,
    OTHER_QUOTAS,
)
UNKNOWN_FOR_EVERYONE = (PROCEDURE, GOING_BACK, KEPT_BY_UPGRADE)
"""Told whatever the input has."""
STAYING = (NO_LONGER_SOLD, ASKED_TO_UPGRADE, STILL_ATTACHES, STILL_LIMITS, NEW_REGION, END_OF_BASIC)
