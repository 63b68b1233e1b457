"""Inventories from the lists that the service answers."""

import datetime as dt
import json
import tomllib

import pytest

from tests.commands.test_cli import run
from tests.commands.test_wrong_input import refused
from tests.inventory.answers import CENS, CHILDREN, LIMITS, PACKAGES, PEERS, ROUTERS, VPCS


class TestWhatTheServiceAnswers:
    def written(self, tmp_path, **answers):
        paths = []
        for name, answer in answers.items():
            path = tmp_path / f"{name}.json"
            path.write_text(json.dumps(answer))
            paths.append(path)
        done = run("inventory", *paths)
        assert done.returncode == 0, done.stderr
        return tomllib.loads(done.stdout.decode()), done.stderr.decode()

    def test_everything_of_one_instance(self, tmp_path):
        values, notes = self.written(tmp_path, p=PACKAGES, c=CENS, a=CHILDREN, l=LIMITS, r=ROUTERS)

        assert values["package"] == [
            {
                "id": "cenbwp-1",
                "area_pair": ["China", "North-America"],
                "bandwidth": 20,
                "instance": "cen-1",
                "expires": dt.date(2027, 1, 31),
            }
        ]
        assert values["attachment"] == [
            {"instance": "cen-1", "region": "cn-beijing", "kind": "VPC", "id": "vpc-0"},
            {"instance": "cen-1", "region": "us-west-1", "kind": "VPC", "id": "vpc-1"},
        ]
        assert values["limit"] == [{"instance": "cen-1", "regions": ["cn-beijing", "us-west-1"], "bandwidth": 8}]
        assert {row["id"]: row.get("complete", False) for row in values["instance"]} == {"cen-1": True, "cen-2": False}
        assert "cen-2 is not marked complete" in notes

    def test_routers_peers_and_their_networks(self, tmp_path):
        values, _ = self.written(tmp_path, r=ROUTERS, l=LIMITS, p=PEERS, v=VPCS)

        assert {row["id"]: row["edition"] for row in values["router"]} == {"tr-1": "enterprise", "tr-2": "basic"}
        assert {row["id"]: (row["billing"], row.get("package"), row["bandwidth"]) for row in values["peer"]} == {
            "tr-attach-1": ("package", "cenbwp-2", 10),
            "tr-attach-2": ("traffic", None, 50),
        }
        assert values["attachment"] == [
            {"instance": "cen-2", "region": "cn-hangzhou", "kind": "VPC", "id": "vpc-7", "attachment": "tr-attach-3"}
        ]

    @pytest.mark.parametrize("missing", ["p", "a", "l", "r"])
    def test_nothing_is_complete_while_an_answer_is_missing(self, tmp_path, missing):
        answers = {"p": PACKAGES, "a": CHILDREN, "l": LIMITS, "r": ROUTERS, "c": CENS}
        del answers[missing]
        values, notes = self.written(tmp_path, **answers)

        assert not any(row.get("complete") for row in values["instance"])
        assert "cen-1 is not marked complete" in notes

    def test_nor_while_pages_are_missing(self, tmp_path):
        values, notes = self.written(tmp_path, p=PACKAGES, a={**CHILDREN, "TotalCount": 12}, l=LIMITS, r=ROUTERS)

        assert not any(row.get("complete") for row in values["instance"])
        assert "DescribeCenAttachedChildInstances: 2 of 12 rows were given" in notes

    def test_pages_make_a_whole(self, tmp_path):
        rows = CHILDREN["ChildInstances"]["ChildInstance"]
        pages = [{**CHILDREN, "PageNumber": n + 1, "ChildInstances": {"ChildInstance": [row]}} for n, row in enumerate(rows)]
        values, _ = self.written(tmp_path, p=PACKAGES, a=pages[0], b=pages[1], l=LIMITS, r=ROUTERS)

        assert next(row for row in values["instance"] if row["id"] == "cen-1")["complete"]

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            (("GeographicRegionAId", "Chnia"), "CenBandwidthPackages[0].GeographicRegionAId: no area 'Chnia'"),
            (("GeographicRegionAId", None), "a text was expected"),
            (("Bandwidth", "many"), "a number was expected"),
            (("ExpiredTime", "soon"), "a date was expected, not 'soon'"),
        ],
    )
    def test_a_row_that_is_not_what_the_service_answers(self, tmp_path, change, said):
        answer = json.loads(json.dumps(PACKAGES))
        answer["CenBandwidthPackages"]["CenBandwidthPackage"][0][change[0]] = change[1]
        path = tmp_path / "p.json"
        path.write_text(json.dumps(answer))

        assert said in refused("inventory", path)
