"""Answers of `aliyun cbn`: when they are whole, what is not there any more, and what their rows really say."""

import copy
import datetime as dt
import json
import tomllib

import pytest
from msgspec import structs

from cenguard.assembly import assemble
from cenguard.inventory.inventory_text import inventory_text
from cenguard.judging.inventories import inventory_of_records, read_inventories
from cenguard.network.connectivity import connectivity_of
from cenguard.readers.sources import read_source
from cenguard.resources.records import Resource
from tests.commands.test_cli import RECORDINGS, run
from tests.commands.test_wrong_input import refused
from tests.inventory.answers import (
    BASIC,
    CATALOGUE,
    CENS,
    CHILDREN,
    ENTERPRISE,
    LIMITS,
    LISTS,
    PACKAGES,
    PEERS,
    ROUTERS,
    answer,
    child,
    complete,
    limit,
    network,
    package,
    peer,
    router,
)


class TestComplete:
    @pytest.mark.parametrize("answers", [BASIC, ENTERPRISE], ids=["basic", "enterprise"])
    def test_with_every_list_whole(self, gathered, answers):
        found = gathered(*answers.values())

        assert (complete(found), found.notes) == ({"cen-1"}, ())

    @pytest.mark.parametrize("missing", [*ENTERPRISE])
    def test_not_without_one_of_them(self, gathered, missing):
        assert complete(gathered(*(item for key, item in ENTERPRISE.items() if key != missing))) == set()

    @pytest.mark.parametrize("half", [*ENTERPRISE])
    def test_not_with_half_of_one(self, gathered, half):
        found = gathered(*({**item, "TotalCount": 9} if key == half else item for key, item in ENTERPRISE.items()))

        assert complete(found) == set()
        assert any("of 9 rows were given" in note for note in found.notes)

    @pytest.mark.parametrize("kind", ["VPC", "VBR", "VPN", "ECR"])
    def test_peers_make_up_for_no_list_of_another_kind(self, gathered, kind):
        """Three peers of three do not make two networks of four whole."""
        peers = answer(
            "TransitRouterAttachments",
            *(peer(f"tr-attach-{n}", "cn-beijing", "us-west-1", BandwidthType="DataTransfer") for n in range(3)),
        )
        half = answer("TransitRouterAttachments", network(kind, "one"), network(kind, "two"), total=4)
        found = gathered(*{**ENTERPRISE, "t": peers}.values(), half)

        assert complete(found) == set()
        assert any(f"ListTransitRouter{kind.capitalize()}Attachments: 2 of 4 rows" in note for note in found.notes)

    def test_a_page_given_twice_is_one_page(self, gathered):
        half = {**BASIC["c"], "TotalCount": 4}

        assert complete(gathered(*{**BASIC, "c": half}.values(), half)) == set()

    def test_pages_of_two_instances_are_two_questions(self, gathered):
        """Four limits of four of one instance and two of four of another are not four of four, nor six of eight."""
        regions = ("us-west-1", "us-east-1", "eu-central-1", "eu-west-1")
        mine = answer("CenInterRegionBandwidthLimits", *(limit("cn-beijing", region, 1) for region in regions))
        theirs = answer(
            "CenInterRegionBandwidthLimits",
            *(limit("cn-beijing", region, 1, "cen-2") for region in regions[:2]),
            total=4,
        )
        others = [
            answer("ChildInstances", child("vpc-9", "cn-beijing", "cen-2")),
            answer("TransitRouters", router("tr-9", "cn-beijing", "cen-2", "Basic")),
        ]
        found = gathered(*{**BASIC, "l": mine}.values(), theirs, *others)

        assert complete(found) == {"cen-1"}
        assert "DescribeCenInterRegionBandwidthLimits: 2 of 4 rows were given; give the other pages too" in found.notes

    def test_a_page_that_names_another_one_is_not_the_last(self, gathered):
        peers = {**ENTERPRISE["t"], "NextToken": "abc"}
        found = gathered(*{**ENTERPRISE, "t": peers}.values())

        assert complete(found) == set()
        assert any("NextToken" in note for note in found.notes)

    def test_with_the_page_it_names_it_is(self, gathered):
        rows = [peer(f"tr-attach-{n}", "cn-beijing", "us-west-1", BandwidthType="DataTransfer") for n in range(2)]
        pages = [
            answer("TransitRouterAttachments", rows[0], total=2, token="abc"),
            answer("TransitRouterAttachments", rows[1], total=2, token=""),
        ]
        found = gathered(*(item for key, item in ENTERPRISE.items() if key != "t"), *pages)

        assert complete(found) == {"cen-1"}

    def test_no_limits_are_known_to_be_none(self, gathered):
        none = answer("CenInterRegionBandwidthLimits")

        assert complete(gathered(*{**BASIC, "l": none}.values())) == {"cen-1"}

    def test_whose_limits_are_none_is_not_told_among_several(self, gathered):
        none = answer("CenInterRegionBandwidthLimits")
        other = answer("Cens", {"CenId": "cen-2"})

        assert complete(gathered(*{**BASIC, "l": none}.values(), other)) == set()

    def test_an_enterprise_instance_without_peers(self, gathered):
        none = {"l": answer("CenInterRegionBandwidthLimits"), "t": answer("TransitRouterAttachments")}

        assert complete(gathered(*{**ENTERPRISE, **none}.values())) == {"cen-1"}

    def test_the_user_may_say_so(self, gathered):
        assert complete(gathered(BASIC["c"], complete=True)) == {"cen-1"}

    @pytest.mark.parametrize("more", [{"TotalCount": 100}, {"NextToken": "there-is-more"}])
    def test_a_list_that_is_cut_says_otherwise(self, gathered, more):
        """A package on the second page was taken for missing, for certain."""
        found = gathered({**BASIC["c"], **more}, complete=True)

        assert complete(found) == set()
        assert "cen-1 is not marked complete: a list says itself that it has more rows" in found.notes


class TestFormsOfAnswers:
    def test_without_request_id_they_are_read(self, gathered):
        """What `aliyun --pager` and a filter leave of an answer."""
        bare = [{key: item for key, item in document.items() if key != "RequestId"} for document in BASIC.values()]

        assert complete(gathered(*bare)) == {"cen-1"}

    def test_without_a_count_nobody_knows_whether_they_are_whole(self, gathered):
        found = gathered(*({key: item for key, item in document.items() if key != "TotalCount"} for document in BASIC.values()))

        assert complete(found) == set()
        assert set(found.inventory.packages) == {"cenbwp-1"}
        assert any("without TotalCount does not say whether its 2 rows are all" in note for note in found.notes)

    def test_the_rows_alone_are_read(self, gathered):
        lists = [
            PACKAGES["CenBandwidthPackages"]["CenBandwidthPackage"],
            CHILDREN["ChildInstances"]["ChildInstance"],
            LIMITS["CenInterRegionBandwidthLimits"]["CenInterRegionBandwidthLimit"],
            ROUTERS["TransitRouters"],
            PEERS["TransitRouterAttachments"],
        ]
        found, wrapped = gathered(*lists), gathered(PACKAGES, CHILDREN, LIMITS, ROUTERS, PEERS)

        assert complete(found) == set()
        for name in ("packages", "attachments", "limits", "routers", "peers"):
            assert getattr(found.inventory, name) == getattr(wrapped.inventory, name), name

    @pytest.mark.parametrize("join", ["\n".join, lambda texts: f"[{','.join(texts)}]"], ids=["appended", "in a list"])
    def test_several_answers_in_one_file(self, gathered, join):
        assert complete(gathered(join([json.dumps(document, indent=1) for document in BASIC.values()]))) == {"cen-1"}

    def test_a_refusal_is_called_one(self, tmp_path):
        path = tmp_path / "p.json"
        path.write_text(json.dumps({"RequestId": "r", "Code": "Forbidden.RAM", "Message": "no", "HostId": "cbn"}))

        for command in (("inventory", path), ("check", tmp_path, "--inventory", path)):
            assert "p.json: is a refusal of the service (Forbidden.RAM) and no answer" in refused(*command)

    def test_another_question_is_called_one(self, tmp_path):
        path = tmp_path / "p.json"
        path.write_text(json.dumps({"RequestId": "r", "FlowLogs": [], "TotalCount": 0}))

        assert "is an answer of the service to another question (FlowLogs)" in refused("inventory", path)

    def test_a_list_of_something_else_is_called_a_list(self, tmp_path):
        path = tmp_path / "p.json"
        path.write_text('[{"a": 1}]')

        assert "is a list in JSON" in refused("inventory", path)
        assert "is a list in JSON" in refused("check", tmp_path, "--inventory", path)

    def test_files_of_one_check_are_one_answer(self, tmp_path):
        """Completeness, and the router that an attachment names, come from another file."""
        attached = {key: value for key, value in network("VPC", "vpc-1").items() if key not in ("CenId", "VpcRegionId")}
        paths = []
        for name, document in {**ENTERPRISE, "v": answer("TransitRouterAttachments", attached)}.items():
            paths.append(tmp_path / f"{name}.json")
            paths[-1].write_text(json.dumps(document))
        found = read_inventories(paths, CATALOGUE)

        assert found.instances["cen-1"].complete
        assert ("cn-beijing", "vpc-1") in {(row.region, row.id) for row in found.attachments}

    def test_rows_that_hold_only_limits(self, tmp_path):
        path = tmp_path / "l.json"
        path.write_text(json.dumps(BASIC["l"]))
        values = tomllib.loads(run("inventory", path).stdout.decode())

        assert values["limit"] == [{"instance": "cen-1", "regions": ["cn-beijing", "us-west-1"], "bandwidth": 8}]
        assert values["instance"] == [{"id": "cen-1"}]


class TestWhatLeavesIsNotThere:
    @pytest.mark.parametrize("status", ["Detaching", "Detached", "Deleting"])
    def test_whatever_it_is(self, gathered, status):
        documents = copy.deepcopy(list(ENTERPRISE.values()))
        for document in [*documents, answer("Cens", {"CenId": "cen-2"})]:
            for key, inner in LISTS.items():
                for row in (document.get(key, {}).get(inner, []) if inner else document.get(key, [])) if key in document else []:
                    row["Status"] = status
        found = gathered(*documents).inventory

        assert [len(rows) for rows in (found.packages, found.attachments, found.limits, found.routers, found.peers)] == [0] * 5

    def test_a_row_that_leaves_is_counted_all_the_same(self, gathered):
        leaving = answer(
            "ChildInstances",
            child("vpc-1", "cn-beijing"),
            child("vpc-2", "us-west-1"),
            child("vpc-3", "eu-west-1", Status="Detaching"),
        )
        found = gathered(*{**BASIC, "c": leaving}.values())

        assert complete(found) == {"cen-1"}
        assert {row.id for row in found.inventory.attachments} == {"vpc-1", "vpc-2"}


class TestWhatRowsReallySay:
    @pytest.mark.parametrize(
        ("more", "billing", "named"),
        [
            ({"BandwidthType": "DataTransfer"}, "traffic", None),
            ({"BandwidthType": "DataTransfer", "CenBandwidthPackageId": "cenbwp-1"}, "traffic", None),
            ({"BandwidthType": "BandwidthPackage", "CenBandwidthPackageId": "cenbwp-1"}, "package", "cenbwp-1"),
            ({"BandwidthType": "BandwidthPackage"}, "package", None),
            ({"BandwidthType": "BandwidthPackage", "CenBandwidthPackageId": ""}, "package", None),
            ({"CenBandwidthPackageId": "cenbwp-1"}, "package", "cenbwp-1"),
            ({}, "unknown", None),
        ],
    )
    def test_how_a_peer_is_paid(self, gathered, more, billing, named):
        (found,) = gathered(
            answer("TransitRouterAttachments", peer("tr-attach-1", "cn-beijing", "us-west-1", **more))
        ).inventory.peers

        assert (found.billing, found.package) == (billing, named)

    def test_a_limits_row_by_traffic_is_a_peer_and_draws_on_no_package(self, gathered):
        row = limit("cn-beijing", "us-west-1", 5, BandwidthType="DataTransfer", BandwidthPackageId="")
        found = gathered(
            PACKAGES | {"CenBandwidthPackages": {"CenBandwidthPackage": [package()]}},
            answer("CenInterRegionBandwidthLimits", row),
        ).inventory

        assert found.limits == ()
        assert [(item.billing, item.package, item.bandwidth) for item in found.peers] == [("traffic", None, 5)]

    @pytest.mark.parametrize("order", [1, -1])
    def test_a_peer_in_two_lists_is_one_peer(self, gathered, order):
        lists = [ENTERPRISE["l"], ENTERPRISE["t"]][::order]
        (found,) = gathered(*lists).inventory.peers

        assert (found.id, found.billing) == ("tr-attach-1", "traffic")

    def test_what_a_package_gives_to_enterprise_routers_is_a_peer(self, gathered):
        row = limit("cn-beijing", "us-west-1", 5, BandwidthType="BandwidthPackage", BandwidthPackageId="cenbwp-1")
        found = gathered(ENTERPRISE["r"], answer("CenInterRegionBandwidthLimits", row)).inventory

        assert found.limits == ()
        assert [(item.billing, item.package, item.bandwidth) for item in found.peers] == [("package", "cenbwp-1", 5)]

    @pytest.mark.parametrize(
        ("day", "mbps"), [("2026-11-30", 50), ("2026-12-01", 20), ("2027-01-01", 20)], ids=["before", "on the day", "after"]
    )
    @pytest.mark.parametrize("kind", ["TEMP_UPGRADE", "UPGRADE"])
    def test_an_upgrade_for_a_time_ends_on_its_day(self, gathered, tmp_path, day, mbps, kind):
        row = package(mbps=50, ReservationOrderType=kind, ReservationBandwidth="20", ReservationActiveTime="2026-12-01T16:00:00Z")
        path = tmp_path / "net.toml"
        path.write_text(inventory_text(gathered(answer("CenBandwidthPackages", row)).inventory, ["x"], dt.date(2026, 11, 20)))
        found = read_inventories([path], CATALOGUE).on(dt.date.fromisoformat(day))

        assert found.packages["cenbwp-1"].bandwidth == mbps

    def test_a_renewal_with_more_is_not_certain_yet(self, gathered):
        row = package(
            mbps=20, ReservationOrderType="UPGRADE", ReservationBandwidth=50, ReservationActiveTime="2026-12-01T16:00:00Z"
        )

        assert (
            gathered(answer("CenBandwidthPackages", row)).inventory.on(dt.date(2027, 1, 1)).packages["cenbwp-1"].bandwidth == 20
        )

    @pytest.mark.parametrize("word", ["FinancialLocked", "SecurityLocked"])
    def test_a_lock_stays_with_the_package(self, gathered, tmp_path, word):
        found = gathered(answer("CenBandwidthPackages", package(BusinessStatus=word))).inventory
        path = tmp_path / "net.toml"
        path.write_text(inventory_text(found, ["x"], dt.date(2026, 11, 20)))

        assert read_inventories([path], CATALOGUE).packages["cenbwp-1"].locked == word
        assert (
            gathered(answer("CenBandwidthPackages", package(BusinessStatus="Normal"))).inventory.packages["cenbwp-1"].locked
            is None
        )


class TestWhatAPairIsThen:
    """Dispositions of a network that an inventory of the service's answers describes alone."""

    def pair(self, inventory):
        network = assemble([], catalogue=CATALOGUE, inventory=inventory)
        (connectivity,) = connectivity_of(network).values()
        (connection,) = connectivity.connections.values()
        return connection.disposition, connection.blocker.text if connection.blocker else None

    def with_package(self, **more):
        return answer("CenBandwidthPackages", package(**more))

    def test_a_locked_package_covers_nothing_for_certain(self, gathered):
        disposition, why = self.pair(
            gathered(*{**BASIC, "p": self.with_package(BusinessStatus="SecurityLocked")}.values()).inventory
        )

        assert disposition == "undetermined"
        assert "cenbwp-1 is locked (SecurityLocked" in why

    @pytest.mark.parametrize(
        ("more", "disposition"),
        [
            ({"BandwidthType": "DataTransfer"}, "pay_by_traffic"),
            ({"BandwidthType": "BandwidthPackage", "CenBandwidthPackageId": "cenbwp-1"}, "outside"),
            ({"BandwidthType": "BandwidthPackage"}, "unallocated"),
            ({}, "undetermined"),
        ],
    )
    def test_peers(self, gathered, more, disposition):
        peers = answer("TransitRouterAttachments", peer("tr-attach-1", "cn-beijing", "us-west-1", **more))
        none = answer("CenInterRegionBandwidthLimits")

        assert self.pair(gathered(*{**ENTERPRISE, "l": none, "t": peers}.values()).inventory)[0] == disposition


def test_the_answers_of_before_still_read(gathered):
    found = gathered(PACKAGES, CENS, CHILDREN, LIMITS, ROUTERS)

    assert complete(found) == {"cen-1"}


@pytest.mark.parametrize(
    "mark",
    [{"partial": True}, {"complete": False, "missing": "a"}, {"left_out": [Resource(urn="urn:pulumi:a::b::c::d", type="c")]}],
    ids=["something is left out", "it hides resources", "a target left something out"],
)
def test_a_source_that_does_not_show_everything_marks_nothing_complete(mark):
    records = read_source(str(RECORDINGS / "basic-create" / "export-after-up.json"))
    whole, part = inventory_of_records([records], CATALOGUE), inventory_of_records([structs.replace(records, **mark)], CATALOGUE)

    assert complete(whole)
    assert not complete(part)
    assert any("does not show everything, so no instance is marked complete" in note for note in part.notes)


class TestAnUpgradeForATimeThatIsOver:
    """Two limits of 15 Mbps stand on a package of 50 that goes back to 20."""

    @pytest.mark.parametrize(("day", "said"), [("2026-11-30", []), ("2026-12-01", ["violated"])])
    def test_what_is_drawn_no_longer_fits(self, tmp_path, day, said):
        kind = "alicloud:cen/bandwidthLimit:BandwidthLimit"
        inputs = {"instanceId": "cen-1", "regionIds": ["cn-beijing", "us-west-1"], "bandwidthLimit": 30}
        row = {"urn": f"urn:pulumi:prod::app::{kind}::app", "custom": True, "id": "cen-1:a:b", "type": kind, "inputs": inputs}
        manifest = {"time": "2026-11-20T00:00:00Z", "magic": "", "version": "v3.260.0"}
        document = {"version": 3, "deployment": {"manifest": manifest, "resources": [row]}}
        (tmp_path / "export.json").write_text(json.dumps(document))
        reserved = {
            "ReservationBandwidth": 20,
            "ReservationActiveTime": "2026-12-01T00:00Z",
            "ReservationOrderType": "TEMP_UPGRADE",
        }
        (tmp_path / "p.json").write_text(json.dumps(answer("CenBandwidthPackages", package(mbps=50, **reserved))))
        done = run("check", tmp_path / "export.json", "--inventory", tmp_path / "p.json", "--today", day, "--format", "json")
        found = [item for item in json.loads(done.stdout)["findings"] if item["rule"] == "CEN208"]

        assert [item["verdict"] for item in found] == said
        assert all(any("20 Mbps since 2026-12-01" in step for step in item["because"]) for item in found)
