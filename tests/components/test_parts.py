"""The small components, used by themselves: each makes its part, on its region's provider, and waits for what it names."""

import pulumi
import pulumi_alicloud as alicloud
import pytest

from cenguard_components import BandwidthPool, Interconnection, RegionalHub


def test_a_pool_buys_attaches_and_hands_out_ids_that_wait_for_the_attachment(deploy):
    def program():
        pool = BandwidthPool(
            "pool",
            {
                "cen_id": "cen-1",
                "payment_type": "PostPaid",
                "sizes": {"Europe/China": 10},
                "existing": {"China/North-America": {"id": "cenbwp-1", "bandwidth": 5}},
            },
        )
        alicloud.cen.FlowLog("log", cen_id="cen-1", project_name=pool.package_ids["China/Europe"], log_store_name="s")

    found = deploy(program, preview=True)

    assert set(found.of("BandwidthPackage")) == {"pool-China-Europe"}
    assert found.of("BandwidthPackage")["pool-China-Europe"].protect
    attachments = found.of("BandwidthPackageAttachment")
    assert set(attachments) == {"pool-China-Europe", "pool-China-North-America"}
    assert found.of("FlowLog")["log"].property_dependencies["projectName"] == {attachments["pool-China-Europe"].urn}


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ({"cen_id": "cen-1"}, "sizes: missing"),
        ({"sizes": {"China/Europe": 5}, "payment_type": "PostPaid"}, "cen_id: missing"),
        ({"cen_id": "vpc-1", "sizes": {"China/Europe": 5}}, "cen_id: is the id of a VPC"),
        ({"cen_id": "cen-1", "sizes": {"China/Europe": 5}}, "payment_type: missing"),
        ({"cen_id": "cen-1", "sizes": {"China/Europe": 1}}, "sizes.China/Europe: 1 Mbps is not sold"),
        ({"cen_id": "cen-1", "sizes": {"China/Europ": 5}}, "did you mean Europe?"),
        ({"cen_id": "cen-1", "sizes": {"China/Australia": 5}}, "no package with Australia is sold"),
        ({"cen_id": "cen-1", "sizes": {"China/Europe": 5, "Europe/China": 5}}, "there twice"),
        (
            {"cen_id": "cen-1", "payment_type": "PostPaid", "period": 3, "sizes": {"China/Europe": 5}},
            "period: goes with PrePaid only",
        ),
        ({"cen_id": "cen-1", "size": {}}, "size: is not an argument; did you mean sizes?"),
        ({"cen_id": {"id": "cen-1"}, "sizes": {"China/Europe": 5}}, "cen_id: must be a text, or an output that yields one"),
        ({"cen_id": " ", "sizes": {"China/Europe": 5}}, "cen_id: empty"),
        ({"cen_id": "cen-1", "payment_type": "PostPaid", "sizes": {1: 5}}, "sizes: key 1 is not a text"),
    ],
)
def test_a_wrong_pool_is_refused_with_the_cure(deploy, args, message):
    found = deploy(lambda: BandwidthPool("pool", args))

    assert message in str(found.error)
    assert not found.of("BandwidthPool")


def hub(name, at, provider=None, **changes):
    region = at
    networks = {"shop": {"region": region, "id": "vpc-1", "vswitches": {f"{region}-a": "vsw-1"}}}
    args = {"cen_id": "cen-1", "region": region, "edition": "enterprise", "networks": networks, **changes}
    return RegionalHub(name, args, pulumi.ResourceOptions(provider=provider))


def test_two_hubs_and_their_interconnection_make_an_enterprise_network(deploy):
    def program():
        providers = {region: alicloud.Provider(region, region=region) for region in ("cn-beijing", "us-west-1")}
        hubs = {region: hub(region, region, provider) for region, provider in providers.items()}
        pool = BandwidthPool("pool", {"cen_id": "cen-1", "payment_type": "PostPaid", "sizes": {"China/North-America": 10}})
        Interconnection(
            "pair",
            {
                "cen_id": "cen-1",
                "edition": "enterprise",
                "regions": ["us-west-1", "cn-beijing"],
                "bandwidth": 10,
                "package_id": pool.package_ids["China/North-America"],
                "transit_router_ids": {region: item.transit_router_id for region, item in hubs.items()},
                "table_ids": {region: item.table_id for region, item in hubs.items()},
            },
            providers=providers,
        )

    found = deploy(program, preview=True)
    peer = found.of("TransitRouterPeerAttachment")["pair-cn-beijing-us-west-1"]
    ends = found.of("TransitRouterRouteTableAssociation")

    assert found.error is None
    assert peer.provider.endswith("::cn-beijing")
    assert {found.of("BandwidthPackageAttachment")["pool-China-North-America"].urn} == peer.property_dependencies[
        "cenBandwidthPackageId"
    ]
    assert ends["pair-cn-beijing-us-west-1@us-west-1"].provider.endswith("::us-west-1")
    assert {item.provider.rsplit("::", 1)[-1] for item in found.of("TransitRouter").values()} == {"cn-beijing", "us-west-1"}


def test_a_hub_uses_a_router_and_tables_that_stand(deploy):
    """They are another stack's: nothing of them is made, and networks are routed in the tables that it names."""
    router = {"id": "tr-1", "table_id": "vtb-1", "route_tables": {"shops": "vtb-2"}}
    networks = {
        key: {"region": "cn-beijing", "id": f"vpc-{key}", "vswitches": {"cn-beijing-h": "vsw-1"}, **more}
        for key, more in {"shop": {"table": "shops"}, "services": {}}.items()
    }

    def program():
        made = hub("bj", "cn-beijing", router=router, networks=networks, route_tables={"lab": {"region": "cn-beijing"}})
        pulumi.export("ids", [made.transit_router_id, made.table_id, made.route_table_ids])

    found = deploy(program)

    def tables(kind):
        return {(item.name, item.inputs["transitRouterRouteTableId"]) for item in found.of(kind).values()}

    assert found.error is None
    assert not found.of("TransitRouter")
    assert {item.inputs["transitRouterId"] for item in found.of("TransitRouterVpcAttachment").values()} == {"tr-1"}
    assert {item.name: item.inputs["transitRouterId"] for item in found.of("TransitRouterRouteTable").values()} == {
        "bj-lab": "tr-1"
    }
    assert tables("TransitRouterRouteTableAssociation") == {("bj-shop", "vtb-2"), ("bj-services", "vtb-1")}
    assert tables("TransitRouterRouteTablePropagation") == {
        ("bj-shop@shops", "vtb-2"),
        ("bj-shop@cn-beijing", "vtb-1"),
        ("bj-services@cn-beijing", "vtb-1"),
    }
    assert found.exports["ids"] == ["tr-1", "vtb-1", {"lab": "bj-lab_transitRouterRouteTableId", "shops": "vtb-2"}]


def test_a_hub_without_a_provider_makes_that_of_its_region(deploy):
    found = deploy(lambda: hub("bj", "cn-beijing"), config={"alicloud:region": "cn-hangzhou", "alicloud:protocol": "HTTP"})

    assert found.of("alicloud")["bj-cn-beijing"].inputs["region"] == "cn-beijing"
    assert found.of("alicloud")["bj-cn-beijing"].inputs["protocol"] == "HTTP"
    assert found.of("TransitRouter")["bj-cn-beijing"].provider.endswith("::bj-cn-beijing")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"region": "cn-shanghai"}, 'networks.shop.region: "cn-beijing" is not the hub\'s region'),
        ({"cen_id": None}, "cen_id: missing"),
        ({"networks": {}}, "networks: missing"),
        ({"edition": "enterprize"}, 'edition: "enterprize" is not basic or enterprise'),
        ({"router": {"id": "tr-1"}}, "router.table_id: missing"),
        ({"router": {"id": "tr-1", "table": "vtb-1"}}, "router.table: is not an argument; did you mean table_id?"),
        (
            {
                "router": {"id": "tr-1", "table_id": "vtb-1", "route_tables": {"lab": "vtb-2"}},
                "route_tables": {"lab": {"region": "cn-beijing"}},
            },
            "route_tables.lab: is a table of the router that stands",
        ),
        (
            {
                "edition": "basic",
                "networks": {"shop": {"region": "cn-beijing", "id": "vpc-1"}},
                "router": {"id": "tr-1", "table_id": "vtb-1"},
            },
            "router: belongs to the enterprise edition",
        ),
    ],
)
def test_a_wrong_hub_is_refused_with_the_cure(deploy, changes, message):
    assert message in str(deploy(lambda: hub("bj", "cn-beijing", **changes)).error)


def test_a_limit_waits_for_all_it_is_told_of(deploy):
    def program():
        cen = alicloud.cen.Instance("cen")
        package = alicloud.cen.BandwidthPackageAttachment("package", instance_id=cen.id, bandwidth_package_id="cenbwp-1")
        ends = [
            alicloud.cen.InstanceAttachment(
                region,
                instance_id=cen.id,
                child_instance_id=f"vpc-{region}",
                child_instance_type="VPC",
                child_instance_region_id=region,
            )
            for region in ("cn-beijing", "us-west-1")
        ]
        Interconnection(
            "pair",
            {
                "cen_id": cen.id,
                "edition": "basic",
                "regions": ["us-west-1", "cn-beijing"],
                "bandwidth": 10,
                "package_id": package.bandwidth_package_id,
                "attachment_ids": [end.id for end in ends],
            },
        )

    found = deploy(program)
    limit = found.of("BandwidthLimit")["pair"]

    assert (limit.inputs["instanceId"], limit.inputs["regionIds"]) == ("cen_id", ["cn-beijing", "us-west-1"])
    assert {urn.rsplit("::", 1)[-1] for urn in limit.dependencies} == {"cen", "package", "cn-beijing", "us-west-1"}


PAIR = {"cen_id": "cen-1", "edition": "basic", "regions": ["cn-beijing", "us-west-1"], "bandwidth": 5, "package_id": "cenbwp-1"}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"cen_id": None}, "cen_id: missing"),
        ({"edition": None}, "edition: missing"),
        ({"regions": ["cn-beijing"]}, "is not a list of two regions"),
        ({"regions": ["cn-beijing", "cn-beijing"]}, "cn-beijing twice"),
        ({"regions": ["cn-beijing", "us-wst-1"]}, "did you mean us-west-1?"),
        ({"regions": ["cn-beijing", "ccn-cn-shanghai"]}, "needs no package"),
        (
            {"edition": "enterprise", "regions": ["us-west-1", "ccn-cn-shanghai"]},
            "no peer joins a region of Cloud Connect Networks",
        ),
        ({"bandwidth": 0}, "bandwidth: 0 is not 1 Mbps or more"),
        ({"package_id": None}, "package_id: missing"),
        ({"billing": "traffic"}, "billing: traffic needs the enterprise edition"),
        ({"table_ids": {}}, "table_ids: belongs to the enterprise edition"),
        ({"edition": "enterprise"}, "transit_router_ids.us-west-1: missing"),
        ({"edition": "enterprise", "billing": "traffic"}, "package_id: goes with billing package"),
        ({"edition": "enterprise", "attachment_ids": ["x"]}, "attachment_ids: belongs to the basic edition"),
        ({"bandwith": 5}, "did you mean bandwidth?"),
        ({5: 5}, "5: is not an argument"),
        ({"cen_id": ["cen-1"]}, "cen_id: must be a text, or an output that yields one"),
        ({"package_id": {"id": "cenbwp-1"}}, "package_id: must be a text, or an output that yields one"),
        ({"package_id": "vpc-1"}, "package_id: is the id of a VPC, not of a bandwidth package"),
        ({"attachment_ids": "cen-1:vpc-1"}, "attachment_ids: must be a list, known when the program runs"),
        ({"attachment_ids": [""]}, "attachment_ids[0]: empty"),
        ({"attachment_ids": [["a"]]}, "attachment_ids[0]: must be a text, or an output that yields one"),
    ],
)
def test_a_wrong_pair_is_refused_with_the_cure(deploy, changes, message):
    assert message in str(deploy(lambda: Interconnection("pair", {**PAIR, **changes})).error)


def test_an_enterprise_pair_on_a_handed_down_provider_asks_for_both_ends(deploy):
    ids = {"cn-beijing": "x", "us-west-1": "y"}
    args = {**PAIR, "edition": "enterprise", "transit_router_ids": ids, "table_ids": ids}

    def program():
        Interconnection("pair", args, pulumi.ResourceOptions(provider=alicloud.Provider("mine", region="cn-beijing")))

    assert "providers.us-west-1: missing: opts carry a provider" in str(deploy(program).error)


ROUTED = {
    **PAIR,
    "edition": "enterprise",
    "transit_router_ids": {"cn-beijing": "tr-1", "us-west-1": "tr-2"},
    "table_ids": {"cn-beijing": "vtb-1", "us-west-1": "vtb-2"},
}
TWICE = {"cn-beijing": "tr-1", "us-west-1": "tr-1"}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"table_ids": {"cn-beijing": "vtb-1", "us-west-1": {"id": "vtb-2"}}},
            "table_ids.us-west-1: must be a text, or an output",
        ),
        ({"table_ids": {"cn-beijing": "vtb-1", "us-west-1": ""}}, "table_ids.us-west-1: empty"),
        ({"table_ids": {"cn-beijing": "vtb-1", "us-west-1": None}}, "table_ids.us-west-1: missing"),
        ({"table_ids": "vtb-1"}, "table_ids: must be a map of named values"),
        ({"transit_router_ids": {**TWICE, 1: "x"}}, "transit_router_ids: key 1 is not a text"),
        ({"transit_router_ids": TWICE}, "transit_router_ids.us-west-1: is that of cn-beijing"),
        ({"route_table_ids": {"cn-beijing": ["vtb-3"]}}, "route_table_ids.cn-beijing: must be a map"),
        ({"route_table_ids": {"cn-beijing": {"x": 1.5}}}, "route_table_ids.cn-beijing.x: must be a text"),
        ({"route_table_ids": {"cn-beijing": {"a b": "vtb-3"}}}, 'key "a b" may hold only letters'),
        ({"route_table_ids": {"cn-beijing": {"x": "vtb-1"}}}, "x: is the table of table_ids.cn-beijing"),
        ({"route_table_ids": {"cn-beijing": {"x": "vtb-3", "y": "vtb-3"}}}, "y: is the table of route_table_ids.cn-beijing.x"),
        ({"route_table_ids": {"cn-beijing": {"cn-beijing": "vtb-3"}}}, "cn-beijing: a region's name is the key of the table"),
        ({"route_table_ids": {"cn-shanghai": {"x": "vtb-3"}}}, "route_table_ids.cn-shanghai: is neither of the two regions"),
    ],
)
def test_a_wrong_id_of_an_enterprise_pair_is_refused_with_the_cure(deploy, changes, message):
    found = deploy(lambda: Interconnection("pair", {**ROUTED, **changes}))

    assert message in str(found.error)
    assert str(found.error).count("\n") == 1, "one line for one mistake"
    assert not found.of("Interconnection")
