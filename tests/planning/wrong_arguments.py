"""Arguments of `CenNetwork` with one thing wrong in each: its path, and what is said of it."""

from typing import Any


class Later:
    """Stands for an output of another resource: whoever reads or prints it is wrong."""

    def __str__(self) -> str:
        raise AssertionError("an output was printed")

    __repr__ = __str__


def network(**changes: Any) -> dict[str, Any]:
    args = {
        "edition": "basic",
        "networks": {
            "shop": {"region": "cn-beijing", "id": Later()},
            "sales": {"region": "us-west-1", "id": "vpc-2"},
        },
        "interconnect": {"mesh": {"bandwidth": 20}},
        "packages": {"payment_type": "PrePaid", "period": 6, "auto_renew": True, "sizes": {"China/North-America": 20}},
    }
    return {**args, **changes}


def enterprise(**changes: Any) -> dict[str, Any]:
    args = network(edition="enterprise")
    for item in args["networks"].values():
        item["vswitches"] = {f"{item['region']}-a": "vsw-1"}
    return {**args, **changes}


def changed(path: str, value: Any, base: Any = network) -> dict[str, Any]:
    """The arguments with one value put at a dotted path; None takes the key away."""
    args = base()
    *parents, last = path.split(".")
    place = args
    for key in parents:
        place = place.setdefault(key, {})
    if value is None:
        del place[last]
    else:
        place[last] = value
    return args


line = {"region": "cn-beijing", "kind": "VPN", "id": "vco-1"}
WRONG = {
    "no edition": (changed("edition", None), "edition", "missing: basic or enterprise"),
    "another edition": (changed("edition", "Basic"), "edition", '"Basic" is not basic or enterprise'),
    "no networks": (changed("networks", {}), "networks", "missing: at least one network"),
    "no region": (changed("networks.shop.region", None), "networks.shop.region", "missing"),
    "a misspelt region": (changed("networks.shop.region", "cn-bejing"), "networks.shop.region", "did you mean cn-beijing?"),
    "a region that is an output": (
        changed("networks.shop.region", Later()),
        "networks.shop.region",
        "must be known when the program runs",
    ),
    "no id": (changed("networks.shop.id", None), "networks.shop.id", "missing"),
    "an empty id": (changed("networks.shop.id", " "), "networks.shop.id", "empty"),
    "a kind that does not exist": (changed("networks.shop.kind", "VCP"), "networks.shop.kind", '"VCP" is not VPC, VBR or CCN'),
    "a kind of the other edition": (changed("networks.shop.kind", "VPN"), "networks.shop.kind", "on the basic edition"),
    "an id of another kind": (
        changed("networks.sales.id", "vbr-1"),
        "networks.sales.id",
        "is the id of a VBR, and kind says VPC",
    ),
    "a CCN in a plain region": (
        changed("networks.shops", {"region": "cn-shanghai", "kind": "CCN", "id": "ccn-1"}),
        "networks.shops.region",
        'write "ccn-cn-shanghai"',
    ),
    "a CCN where nobody knows one": (
        changed("networks.shop.kind", "CCN"),
        "networks.shop.region",
        'no CCN is known in "cn-beijing": CCNs lie in ccn-ap-northeast-1, ',
    ),
    "a VPC in a region of CCNs": (
        changed("networks.shop.region", "ccn-cn-shanghai"),
        "networks.shop.region",
        "a region of CCNs only",
    ),
    "one network twice": (
        changed("networks.again", {"region": "us-west-1", "id": "vpc-2"}),
        "networks.sales.id",
        "networks.again",
    ),
    "a misspelt key": (changed("networks.shop.cidr", ["10.0.0.0/8"]), "networks.shop.cidr", "did you mean cidrs?"),
    "a misspelt argument": (changed("interconect", {}), "interconect", "did you mean interconnect?"),
    "a malformed block": (changed("networks.shop.cidrs", ["10.0.0.1/16"]), "networks.shop.cidrs[0]", "is not an IPv4 block"),
    "an owner that is no number": (changed("networks.shop.owner", "me"), "networks.shop.owner", "digits only"),
    "a grant without owner": (changed("networks.shop.grant", {"cen_owner": "1"}), "networks.shop.owner", "missing: a grant"),
    "a key with a slash": (changed("networks", {"a/b": {"region": "cn-beijing", "id": "x"}}), "networks", '"a/b"'),
    "tags on a basic attachment": (
        changed("networks.shop.tags", {"a": "b"}),
        "networks.shop.tags",
        "needs the enterprise edition",
    ),
    "no interconnect": (changed("interconnect", None), "interconnect", "give mesh, hub or pairs"),
    "an empty interconnect": (changed("interconnect", {}), "interconnect", "exactly one of mesh, hub and pairs, not none"),
    "mesh and hub": (
        changed("interconnect.hub", {"region": "cn-beijing", "bandwidth": 5}),
        "interconnect",
        "exactly one of mesh, hub and pairs, not mesh and hub",
    ),
    "a fraction of Mbps": (
        changed("interconnect.mesh.bandwidth", 2.5),
        "interconnect.mesh.bandwidth",
        "2.5 is not a whole number of Mbps",
    ),
    "a truth for Mbps": (
        changed("interconnect.mesh.bandwidth", True),
        "interconnect.mesh.bandwidth",
        "true is not a whole number of Mbps",
    ),
    "no Mbps": (changed("interconnect.mesh.bandwidth", 0), "interconnect.mesh.bandwidth", "0 is not 1 Mbps or more"),
    "no Mbps of another language": (
        changed("interconnect.mesh.bandwidth", -5.0),
        "interconnect.mesh.bandwidth",
        "-5 is not 1 Mbps or more",
    ),
    "a hub elsewhere": (
        changed("interconnect", {"hub": {"region": "eu-central-1", "bandwidth": 20}}),
        "interconnect.hub.region",
        'no network lies in "eu-central-1"',
    ),
    "a pair of one region": (
        changed("interconnect", {"pairs": [{"regions": ["cn-beijing", "cn-beijing"], "bandwidth": 5}]}),
        "interconnect.pairs[0].regions",
        "cn-beijing twice",
    ),
    "a pair twice": (
        changed(
            "interconnect",
            {"pairs": [{"regions": ends, "bandwidth": 5} for ends in (["cn-beijing", "us-west-1"], ["us-west-1", "cn-beijing"])]},
        ),
        "interconnect.pairs[1].regions",
        "in the list twice",
    ),
    "traffic on the basic edition": (
        changed("interconnect.mesh.billing", "traffic"),
        "interconnect.mesh.billing",
        "traffic needs the enterprise edition",
    ),
    "traffic for every pair, on the basic edition": (
        changed("interconnect.billing", "traffic"),
        "interconnect.billing",
        "traffic needs the enterprise edition",
    ),
    "who pays, misspelt": (changed("interconnect.billing", "Traffic"), "interconnect.billing", "is not package or traffic"),
    "who pays, and for nothing": (changed("interconnect", {"billing": "package"}), "interconnect", "not none"),
    "an override of nothing": (
        changed("interconnect.overrides", {"cn-beijing/eu-central-1": {"bandwidth": 1}}),
        "interconnect.overrides.cn-beijing/eu-central-1",
        "the pairs are cn-beijing/us-west-1",
    ),
    "everything switched off": (
        changed("interconnect.overrides", {"cn-beijing/us-west-1": {"bandwidth": 0}}),
        "interconnect",
        "joined to no other region",
    ),
    "no payment type": (changed("packages.payment_type", None), "packages.payment_type", "missing: PrePaid"),
    "an unknown payment type": (
        changed("packages.payment_type", "Prepaid"),
        "packages.payment_type",
        "is not PrePaid or PostPaid",
    ),
    "a period that is not sold": (changed("packages.period", 5), "packages.period", "5 is not a number of months"),
    "a period that only the provider lets pass": (changed("packages.period", 12), "packages.period", "1, 2, 3 or 6"),
    "a period of PostPaid": (changed("packages.payment_type", "PostPaid"), "packages.period", "goes with PrePaid only"),
    "a misspelt area": (
        changed("packages.sizes", {"China/North America": 20}),
        "packages.sizes.China/North America",
        "did you mean North-America?",
    ),
    "one area pair twice": (
        changed("packages.sizes", {"China/North-America": 20, "North-America/China": 20}),
        "packages.sizes.North-America/China",
        "there twice",
    ),
    "a missing size": (
        changed("packages.sizes", {}),
        "packages.sizes.China/North-America",
        'add the line "China/North-America": 20',
    ),
    "bought and existing": (
        changed("packages.existing", {"China/North-America": {"id": "cenbwp-1", "bandwidth": 20}}),
        "packages.existing.China/North-America",
        "keep one of the two",
    ),
    "attached to an instance that is new": (
        changed("packages", {"existing": {"China/North-America": {"id": "cenbwp-1", "bandwidth": 20, "attached": True}}}),
        "packages.existing.China/North-America.attached",
        "instance.existing_id",
    ),
    "an id that is no package": (
        changed("packages", {"existing": {"China/North-America": {"id": "cen-1", "bandwidth": 20}}}),
        "packages.existing.China/North-America.id",
        "is the id of a CEN instance",
    ),
    "a name for an existing instance": (
        changed("instance", {"existing_id": "cen-1", "name": "x"}),
        "instance.name",
        "existing one keeps its own",
    ),
    "protection in words": (changed("protect", "no"), "protect", '"no" is not true or false'),
    "no vSwitches": (changed("networks.shop.vswitches", {}, enterprise), "networks.shop.vswitches", "missing: a vSwitch id"),
    "zones for a VPC": (changed("networks.shop.zones", ["z-a"], enterprise), "networks.shop.zones", "keys of vswitches"),
    "a zone of another region": (
        changed("networks.shop.vswitches", {"cn-beijing-h": "vsw-1", "cn-shanghai-f": "vsw-2"}, enterprise),
        "networks.shop.vswitches",
        '"cn-shanghai-f" lies in cn-shanghai, and the zones of cn-beijing begin with its id',
    ),
    "a letter for a zone": (
        changed("networks.shop.vswitches", {"h": "vsw-1"}, enterprise),
        "networks.shop.vswitches",
        '"h" is no zone, and the zones of cn-beijing begin with its id',
    ),
    "one vSwitch for two zones": (
        changed("networks.shop.vswitches", {"cn-beijing-h": "vsw-1", "cn-beijing-k": "vsw-1"}, enterprise),
        "networks.shop.vswitches.cn-beijing-k",
        "is the vSwitch of cn-beijing-h",
    ),
    "one new vSwitch for two zones": (
        changed("networks.shop.vswitches", dict.fromkeys(("cn-beijing-h", "cn-beijing-k"), Later()), enterprise),
        "networks.shop.vswitches.cn-beijing-k",
        "is the vSwitch of cn-beijing-h",
    ),
    "one zone of a VPN twice": (
        changed("networks.line", {**line, "zones": ["cn-beijing-h", "cn-beijing-h"]}, enterprise),
        "networks.line.zones",
        '"cn-beijing-h" is there twice',
    ),
    "a zone of another region for a VPN": (
        changed("networks.line", {**line, "zones": ["us-west-1a"]}, enterprise),
        "networks.line.zones",
        '"us-west-1a" lies in us-west-1',
    ),
    "a table that is not there": (changed("networks.shop.table", "dmz", enterprise), "networks.shop.table", "there are none"),
    "a table of another region": (
        changed("networks.shop.table", "dmz", lambda: enterprise(route_tables={"dmz": {"region": "us-west-1"}})),
        "networks.shop.table",
        '"dmz" lies in us-west-1, the network in cn-beijing',
    ),
    "a table where no network lies": (
        changed("route_tables", {"dmz": {"region": "cn-bejing"}}, enterprise),
        "route_tables.dmz.region",
        'no network lies in "cn-bejing"; did you mean cn-beijing?',
    ),
    "a table called as the one that is there": (
        changed("route_tables", {"cn-beijing": {"region": "cn-beijing"}}, enterprise),
        "route_tables.cn-beijing",
        "is the key of the table that each region has anyway",
    ),
    "a network called as a peer": (
        changed("networks.cn-beijing-us-west-1", {"region": "cn-beijing", "id": "vpc-3"}),
        "networks.cn-beijing-us-west-1",
        "reads like a pair of regions",
    ),
    "a VPN in no zone": (changed("networks.line", line, enterprise), "networks.line.zones", "missing: the zones of the router"),
    "networks in a list": (changed("networks", []), "networks", "must be a map by keys of your choice"),
    "an area that is none": (changed("areas", {"x-1": "Europ"}), "areas.x-1", '"Europ" is not an area; did you mean Europe?'),
    "a size of one area": (
        changed("packages.sizes", {"China": 20}),
        "packages.sizes.China",
        "is not two areas with a slash between",
    ),
    "a size that is not sold": (
        changed("packages.sizes", {"China/North-America": 1}, lambda: network(interconnect={"mesh": {"bandwidth": 1}})),
        "packages.sizes.China/North-America",
        'a package holds 2 to 10,000 Mbps; write "China/North-America": 2',
    ),
    "an override of one region": (
        changed("interconnect.overrides", {"cn-beijing": {"bandwidth": 1}}),
        "interconnect.overrides.cn-beijing",
        "is not two regions with a slash between",
    ),
    "a pair overridden from both ends": (
        changed("interconnect.overrides", {key: {"bandwidth": 5} for key in ("cn-beijing/us-west-1", "us-west-1/cn-beijing")}),
        "interconnect.overrides.us-west-1/cn-beijing",
        "cn-beijing/us-west-1 is overridden twice",
    ),
    "a table of the basic edition": (
        changed("route_tables", {"dmz": {"region": "cn-beijing"}}),
        "route_tables.dmz",
        "needs the enterprise edition",
    ),
    "a CCN on the enterprise edition": (
        changed("networks.shop.kind", "CCN", enterprise),
        "networks.shop.kind",
        "on the enterprise edition",
    ),
}
