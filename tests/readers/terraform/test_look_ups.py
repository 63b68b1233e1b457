"""What a plan's data sources answered while it was made: it is known, and nothing that is not known comes from it."""

import datetime as dt

import pytest
from msgspec import structs

from cenguard.geography.catalogue import default_catalogue
from cenguard.inventory.lookups import inventory_of_lookups
from cenguard.network.known import Inventory, laid_together
from cenguard.reports.human import render
from tests.readers.terraform.documents import (
    configured,
    entry,
    load,
    messages,
    pairs,
    read,
    recorded,
    report_of,
    undetermined,
    violated,
)

BASIC = "tofu-basic-create"
ATTACHMENT = "alicloud_cen_instance_attachment.eu"
OWN, OTHER = "1234567890123456", "6543210987654321"
OWN_LISTS = ("instance", "instance_attachment", "bandwidth_package", "bandwidth_limit")


def looked_up(document, kind, values, provider="alicloud"):
    """A data source that was read."""
    address = f"data.{kind}.here"
    asked = {"address": address, "mode": "data", "type": kind, "name": "here", "provider_config_key": provider}
    document["configuration"]["root_module"]["resources"].append({**asked, "expressions": {}})
    stood = {"resources": [{**asked, "values": values, "sensitive_values": {}}]}
    document["prior_state"] = {"format_version": "1.0", "values": {"root_module": stood}}
    return document


@pytest.mark.parametrize(("owner", "asked"), [(OWN, False), (OTHER, True)])
@pytest.mark.parametrize(("kind", "key"), [("alicloud_account", "id"), ("alicloud_caller_identity", "account_id")])
def test_the_account_that_a_provider_answers(kind, key, owner, asked):
    """An owner that is the account itself needs no grant; modules state it for every network."""
    document = looked_up(load(BASIC), kind, {key: OWN}, "alicloud")
    for name in ("eu", "us"):
        configured(document, f"alicloud_cen_instance_attachment.{name}")["provider_config_key"] = "alicloud"
    attached = entry(document, ATTACHMENT)["change"]
    attached["after"]["child_instance_owner_id"] = owner
    attached["after_unknown"].pop("child_instance_owner_id", None)
    configured(document, ATTACHMENT)["expressions"]["child_instance_owner_id"] = {"references": [f"data.{kind}.here.{key}"]}
    report = report_of(document)

    assert ("CEN103" in undetermined(report) + violated(report)) is asked


def test_an_unknown_id_does_not_come_from_what_was_read():
    """Modules take an object with an id of what is made and answers of look-ups; a plan lists all that the object names."""
    document = looked_up(load(BASIC), "alicloud_account", {"id": OWN})
    named = ["alicloud_vpc.eu.id", "alicloud_vpc.eu", "data.alicloud_account.here.id", "data.alicloud_account.here"]
    configured(document, ATTACHMENT)["expressions"]["child_instance_id"] = {"references": named}
    (attached,) = (item for item in read(document).resources if item.urn == ATTACHMENT)

    assert attached.property_dependencies["childInstanceId"] == ("alicloud_vpc.eu",)
    assert "CEN102" not in undetermined(report_of(document))


class TestLookups:
    ID = "cen-nc5qzzhgp3m45zyr86"

    def plan(self, *resources):
        """Two networks that are attached to an instance from elsewhere, and data sources beside them."""
        document = load("tofu-data-sources", "plan-unchanged.json")
        kept = ("alicloud_cen_instance_attachment", "alicloud_vpc")
        document["resource_changes"] = [
            item for item in document["resource_changes"] if item["mode"] == "managed" and item["type"] in kept
        ]
        for item in document["resource_changes"]:
            item["change"]["actions"] = ["create"]
            item["change"]["before"] = None
        root = document["configuration"]["root_module"]
        root["resources"] = [item for item in root["resources"] if item["type"] in kept]
        document["prior_state"]["values"]["root_module"]["resources"] = list(resources)
        return document

    def data(self, kind, name, values):
        address = f"data.{kind}.{name}"
        return {"address": address, "mode": "data", "type": kind, "name": name, "values": values, "sensitive_values": {}}

    def package(self, **more):
        """The answer of a look-up for packages."""
        row = {
            "id": "cenbwp-1",
            "cen_bandwidth_package_id": "cenbwp-1",
            "bandwidth": 10,
            "business_status": "Normal",
            "cen_ids": [self.ID],
            "geographic_region_a_id": "China",
            "geographic_region_b_id": "Asia-Pacific",
            "reservation_active_time": "",
            "reservation_bandwidth": "",
        }
        return self.data("alicloud_cen_bandwidth_packages", "all", {"packages": [row | more]})

    def limit(self):
        row = {
            "instance_id": self.ID,
            "local_region_id": "cn-shanghai",
            "opposite_region_id": "ap-northeast-1",
            "bandwidth_limit": 3,
        }
        return self.data("alicloud_cen_bandwidth_limits", "all", {"limits": [row]})

    def test_packages_and_limits_that_are_listed_are_an_inventory(self):
        assert pairs(report_of(self.plan()))["ap-northeast-1", "cn-shanghai"][0] == "undetermined"
        assert pairs(report_of(self.plan(self.package(), self.limit())))["ap-northeast-1", "cn-shanghai"] == ("outside", 3)

    def test_a_package_that_is_listed_as_locked_proves_nothing(self):
        report = report_of(self.plan(self.package(business_status="FinancialLocked"), self.limit()))

        assert pairs(report)["ap-northeast-1", "cn-shanghai"] == ("undetermined", None)
        assert "is locked (FinancialLocked: an unpaid bill)" in messages(report, "CEN413")

    @pytest.mark.parametrize(("day", "mbps"), [(31, 2), (30, 10)])
    def test_a_package_that_is_listed_holds_less_from_the_day_of_its_reserved_size_on(self, day, mbps):
        smaller = self.package(reservation_bandwidth="2", reservation_active_time="2027-01-31T16:00:00Z")
        listed = inventory_of_lookups([read(self.plan(smaller))], default_catalogue())

        assert listed.on(dt.date(2027, 1, day)).packages["cenbwp-1"].bandwidth == mbps

    @pytest.mark.parametrize("own", [True, False], ids=["its own peers", "those of another program"])
    def test_the_peers_that_a_list_of_limits_names_are_no_limits(self, own):
        """The service lists both as one: a peer's bandwidth was drawn twice on its package, and an instance said to be on Basic Edition."""
        document = load("tofu-enterprise", "state.json")
        resources = document["values"]["root_module"]["resources"]
        kind = "alicloud_cen_transit_router_peer_attachment"
        peers = [item for item in resources if item["type"] == kind]
        if not own:
            resources[:] = [item for item in resources if item["type"] != kind]
        before = report_of(document)
        rows = [
            {
                "instance_id": peer["values"]["cen_id"],
                "local_region_id": "cn-hangzhou",
                "opposite_region_id": peer["values"]["peer_transit_router_region_id"],
                "bandwidth_limit": peer["values"]["bandwidth"],
                "status": "Active",
            }
            for peer in peers
        ]
        resources.append(self.data("alicloud_cen_bandwidth_limits", "all", {"limits": rows}))
        report = report_of(document)
        found = pairs(report)

        assert violated(report) == (violated(before) if own else [])
        assert "CEN111" not in violated(report, "advisory")
        if own:
            assert found == pairs(before)
        else:
            assert found["cn-hangzhou", "eu-central-1"] == found["ap-southeast-1", "cn-hangzhou"] == ("undetermined", None)

    @pytest.mark.parametrize("name", ["tr-attach-1", None])
    def test_an_inventory_tells_how_a_listed_peer_is_paid(self, name):
        document = load("tofu-enterprise", "state.json")
        (instance,) = (item for item in read(document).resources if item.name == "wan")
        limits = [
            {
                "instance_id": instance.id,
                "local_region_id": "cn-hangzhou",
                "opposite_region_id": "eu-central-1",
                "bandwidth_limit": 9,
            }
        ]
        document["values"]["root_module"]["resources"].append(
            self.data("alicloud_cen_bandwidth_limits", "all", {"limits": limits})
        )
        listed = inventory_of_lookups([read(document)], default_catalogue())
        told = structs.replace(listed.peers[0], id=name, billing="traffic")

        assert laid_together([listed, Inventory(peers=(told,))]).peers == (told,)
        assert laid_together([Inventory(peers=(told,)), listed]).peers == (told,)

    def test_an_area_is_listed_in_the_small_letters_of_the_service(self):
        """The provider (1.289.0) turns back those of six areas, and leaves `south-america`."""
        areas = self.package(geographic_region_a_id="China", geographic_region_b_id="south-america")
        listed = inventory_of_lookups([read(self.plan(areas))], default_catalogue())

        assert listed.packages["cenbwp-1"].area_pair.names == ("China", "South-America")

    @pytest.mark.parametrize("folder", ["tofu-basic-create", "tofu-enterprise"])
    def test_what_is_its_own_is_not_there_twice(self, folder):
        document = load(folder, "state.json")
        resources = document["values"]["root_module"]["resources"]
        before = report_of(document)
        own = {kind: [item["values"] for item in resources if item["type"] == f"alicloud_cen_{kind}"] for kind in OWN_LISTS}
        (instance,) = (item["id"] for item in own["instance"])
        packages = [item | {"cen_bandwidth_package_id": item["id"], "cen_ids": [instance]} for item in own["bandwidth_package"]]
        limits = [
            {"instance_id": instance, "bandwidth_limit": item["bandwidth_limit"]}
            | dict(zip(("local_region_id", "opposite_region_id"), item["region_ids"], strict=True))
            for item in own["bandwidth_limit"]
        ]
        resources += [
            self.data("alicloud_cen_bandwidth_packages", "all", {"packages": packages}),
            self.data("alicloud_cen_bandwidth_limits", "all", {"limits": limits}),
            self.data("alicloud_cen_instance_attachments", "all", {"attachments": own["instance_attachment"]}),
        ]
        report = report_of(document)

        assert pairs(report) == pairs(before)
        assert [item.message for item in report.findings] == [item.message for item in before.findings]

    def test_networks_that_are_listed_are_attached(self):
        rows = [
            {
                "instance_id": self.ID,
                "child_instance_id": network,
                "child_instance_type": "VPC",
                "child_instance_region_id": region,
                "status": status,
            }
            for network, region, status in (("vpc-1", "us-west-1", "Attached"), ("vpc-2", "eu-central-1", "Detaching"))
        ]
        networks = self.data("alicloud_cen_instance_attachments", "all", {"instance_id": self.ID, "attachments": rows})

        assert {region for pair in pairs(report_of(self.plan(networks))) for region in pair} == {
            "ap-northeast-1",
            "cn-shanghai",
            "us-west-1",
        }

    def test_a_remote_state_is_named_with_backend_key_and_output(self):
        remote = self.data(
            "terraform_remote_state",
            "net",
            {
                "backend": "oss",
                "config": {"bucket": "bucket", "prefix": "net", "key": "terraform.tfstate", "secret_key": "hush"},
                "outputs": {"cen_id": self.ID},
            },
        )
        report = report_of(self.plan(remote))
        (finding,) = [item for item in report.findings if item.rule == "CEN201"]

        assert "instance_id is output cen_id of oss://bucket/net/terraform.tfstate" in finding.message
        assert finding.fix.summary == "give that state"
        assert "instance_id is output cen_id of oss://bucket/net/terraform.tfstate: give that state" in " ".join(
            render(report).split()
        )
        assert "hush" not in str(report)

    @pytest.mark.parametrize(
        ("values", "place"),
        [
            ({"backend": "remote", "config": {"organization": "acme", "workspaces": {"name": "net"}}}, "remote://acme/net"),
            ({"backend": "local", "config": {"path": "../net.tfstate"}, "workspace": "prod"}, "../net.tfstate (workspace prod)"),
            ({"backend": "http", "config": {"address": "https://ci:hush@x.org/net?token=hush"}}, "https://x.org/net"),
        ],
    )
    def test_a_remote_state_may_lie_anywhere(self, values, place):
        report = report_of(self.plan(self.data("terraform_remote_state", "net", values | {"outputs": {"cen_id": self.ID}})))

        assert f"instance_id is output cen_id of {place}" in messages(report, "CEN201")
        assert "hush" not in str(report)

    def test_a_deferred_read_names_what_it_waits_for(self):
        report = report_of(recorded("tofu-data-sources"))

        assert "data.alicloud_cen_instances.waiting" in messages(report, "CEN201")
        assert "waits for cn_ap" in messages(report, "CEN201")
