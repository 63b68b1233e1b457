"""Values that stay: what the schema, the engine, Terraform or the catalogue defines, and so belongs to nobody."""

import re

from cenguard.geography.catalogue import Catalogue
from cenguard.resources.records import MARKS

ENUMERATIONS = frozenset(
    """
    ACTIVE ASSOCIATING Activated Activating Active All AllConfigured Allow Associated Associating Attached Attaching
    Attachment Available BGP BlackHole CCN CREATING Canceled Confirmed Created Creating Custom DELETING DISABLED
    DISSOCIATING DataTransfer BandwidthPackage Deactivating Deleted Deleting Deny Detaching Disable Disabling Dissociating
    Drop ECR ENABLED Enable Enabled Enabling Enterprise Basic Exclude Include Complex Expired FULL FinancialLocked Flow
    Full Gold IPv4 IPv6 Idle InUse Inactive Instance LOCKED_ATTACHING LOCKED_DETACHING Large Medium Middle Modifying Month
    Normal OTHER Off On PartialConfigured PayAsYouGo PayByBandwidth PayByCenOwner PayByResourceOwner PayByTraffic Pending
    Permit Platinum PostPaid POSTPAY PREPAY PrePaid Prefix Private Public REDUCED RECLAIMING RegionIn RegionOut Region
    Rejected SecurityLocked Silver Small Subscription System TR Terminated Unassociated Updating UPDATING VBR VPC VPN
    VRouter VSwitch Year ExpressConnect Cen active attached attaching custom deleted deleting detaching disable disabled
    drop enable enabled false financialLocked full internet intranet none normal null prefix remote system tcp terminated
    true udp updating default
    """.split()  # noqa: SIM905 - a list would take a line a word
)
"""What properties of networks may say. Source: the pages of the provider's resources, and CreateCen…, Describe… of the service."""

ENGINE = frozenset(
    """
    add adds create create-before-destroy create-replacement created delete delete-replaced deleted destroy discard
    discard-replaced forget import import-replacement no-op noop read read-discard read-replacement refresh remove remove-
    succeeded failed in-progress pending-replace replace replaced same update updates add-replace update-replace delete-replace creating deleting
    updating importing reading managed data ephemeral action list get_attr index index_key attribute resource
    resource_change check count each for_each key value var local module path self terraform workspace root cwd id urn
    info info#err warning error debug always never BeforeDelete AfterUpdate after before passphrase service secret
    [secret] cloud plain known pass fail unknown string number bool object any set map tuple file json HTTP HTTPS tainted
    """.split()  # noqa: SIM905 - a list would take a line a word
)
"""Words of the engines and of Terraform where a value is expected. Source: their recorded documents."""

PROVIDERS = frozenset({"alicloud", "pulumi", "terraform", "random", "time", "null", "local", "tls"})
ID_PREFIXES = (
    "cenbwp", "cenbw", "cenrmap", "cenvbr", "cen", "vpc", "vsw", "vbr", "ccn", "tr-attach", "tr-rr", "tr", "vtb-rte", "vtb", "vrt", "vcn", "ecr",
    "vpn", "vco", "vgw", "pl", "rg", "sg", "eni", "pc", "hvpn", "ngw", "eip", "acl", "nacl", "ipv6gw", "sag", "aws", "i",
)  # fmt: skip
"""What ids of the service begin with, the longer of two that begin alike first."""
ID = re.compile(rf"({'|'.join(ID_PREFIXES)})-(?!attach-)[0-9a-z][0-9a-z_-]*\Z")
DATE = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z| ?[+-]\d\d:?\d\d)?( UTC)?)?\Z")
NUMBER = re.compile(r"-?\d{1,7}(\.\d+)?\Z")
VERSION = re.compile(r"[v~><=^ ]*\d+(\.\d+){1,2}([-+](alpha|beta|rc|dev|pre)?[0-9a-f.]*)*\Z")
ACCOUNT = re.compile(r"\d{8,}\Z")
"""An account, and what else is somebody's own that long: a telephone number in a tag."""
UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\Z")
TOKEN = re.compile(r"[a-z][\w-]*:[\w./-]*:[A-Za-z]\w*\Z")
"""A type of Pulumi; `pulumi:providers:alicloud` too."""
IDENTIFIER = re.compile(r"[@$A-Za-z_]\w*\Z")
SIGNATURE = "4dabf18193072939515e22adb298388d"
"""The key that marks a secret, an asset and the like. Source: sdk/go/common/resource/sig.go of Pulumi."""
SECRET_MARK = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - it says that a secret follows
FREE_MAPS = frozenset(
    """
    tags templatetags volumetags resourcetags labels annotations environment environmentvariables envs parameters
    inputparameters variablemap
    """.split()  # noqa: SIM905 - a list would take a line a word
)
"""Properties whose keys are the owner's own words, in small letters without underscores. Source: the map-typed properties of the provider's schema."""


class Words:
    """What stays of an input: fixed words, and those of the catalogue at hand."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Take the catalogue whose areas and regions are known."""
        areas = {word for area in catalogue.areas.values() for word in (area.id, *area.aliases)}
        self._known = ENUMERATIONS | ENGINE | {*MARKS} | areas | {word.lower() for word in areas} | {*catalogue.regions}
        self._zone = re.compile(rf"({'|'.join(map(re.escape, sorted(catalogue.regions, reverse=True)))})-?[a-z0-9]\Z")

    def stays(self, text: str) -> bool:
        """Whether a value is nobody's."""
        return (
            text in self._known
            or NUMBER.match(text) is not None
            or DATE.match(text) is not None
            or VERSION.match(text) is not None
            or self._zone.match(text) is not None
        )
