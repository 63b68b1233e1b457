"""The area catalogue: dated data, exactly as its sources say, overridden by a user's own file."""

import json

import pytest

from cenguard.errors import InvalidSettings, UnknownName
from cenguard.geography.areas import AreaPair, Certainty
from cenguard.geography.catalogue import Doubt, default_catalogue, editions, load
from cenguard.geography.regions import RegionPair, RegionStatus
from cenguard.settings.own_areas import own_areas

PRODUCT_PAGE = {
    "China": {
        "cn-qingdao": "Qingdao",
        "cn-beijing": "Beijing",
        "cn-zhangjiakou": "Zhangjiakou",
        "cn-shenzhen": "Shenzhen",
        "cn-hangzhou": "Hangzhou",
        "cn-shanghai": "Shanghai",
        "cn-huhehaote": "Hohhot",
    },
    "North-America": {"us-west-1": "Silicon Valley", "us-east-1": "Virginia"},
    "Asia-Pacific": {
        "cn-hongkong": "Hong Kong",
        "ap-southeast-1": "Singapore",
        "ap-southeast-3": "Kuala Lumpur",
        "ap-northeast-1": "Tokyo",
        "ap-south-1": "Mumbai",
        "ap-southeast-5": "Jakarta",
    },
    "Europe": {"eu-central-1": "Frankfurt", "eu-west-1": "London"},
    "Australia": {"ap-southeast-2": "Sydney"},
}


def test_the_edition_of_2019_is_the_table_of_the_product_page():
    catalogue = load("2019-01")
    table: dict[str, dict[str, str]] = {}
    for row in catalogue.regions.values():
        table.setdefault(row.area, {})[row.id] = row.title

    assert table == PRODUCT_PAGE
    assert [area.title for area in catalogue.areas.values()] == [
        "Mainland China",
        "North America",
        "Asia Pacific",
        "Europe",
        "Australia",
    ]
    assert all(row.status == RegionStatus.OPEN and row.certainty == Certainty.DOCUMENTED for row in catalogue.regions.values())
    assert all(area.sold for area in catalogue.areas.values())


def test_the_newest_edition_is_the_default():
    assert editions() == ("2019-01", "2026-03")
    assert default_catalogue().edition == "2026-03"
    assert len(default_catalogue().regions) == 45


@pytest.mark.parametrize(
    ("region", "area"),
    [
        ("cn-beijing", "China"),
        ("cn-hongkong", "Asia-Pacific"),
        ("ap-southeast-2", "Australia"),
        ("ap-southeast-6", "Asia-Pacific"),
        ("ccn-cn-shanghai", "China"),
        ("ccn-eu-central-1", "Europe"),
    ],
)
def test_a_region_lies_in_one_area_whatever_its_id_begins_with(region, area):
    assert default_catalogue().area_of(region) == area


@pytest.mark.parametrize(
    "region", ["me-east-1", "na-south-1", "cn-zhongwei", "rus-west-1", "cn-hangzhou-finance", "mars-north-1"]
)
def test_an_area_that_is_inferred_open_or_missing_is_a_doubt(region):
    doubt = default_catalogue().area_of(region)

    assert isinstance(doubt, Doubt)
    assert region in doubt.reason


def test_what_is_retired_closed_or_closing_is_marked():
    catalogue = default_catalogue()

    assert [area.id for area in catalogue.areas.values() if area.sold is False] == ["Australia", "Middle-East"]
    assert sorted(row.id for row in catalogue.regions.values() if row.status == RegionStatus.CLOSED) == [
        "ap-south-1",
        "ap-southeast-2",
    ]
    assert sorted(row.id for row in catalogue.regions.values() if row.status == RegionStatus.CLOSING) == [
        "cn-fuzhou",
        "cn-nanjing",
    ]
    assert catalogue.unsold(AreaPair("China", "Australia")) == "Australia"
    assert catalogue.unsold(AreaPair("China", "Europe")) is None


def test_a_pair_of_regions_needs_their_area_pair():
    area_pair = default_catalogue().area_pair

    assert area_pair(RegionPair("us-west-1", "cn-beijing")) == AreaPair("China", "North-America")
    assert area_pair(RegionPair("cn-beijing", "cn-shanghai")) == AreaPair("China", "China")
    assert isinstance(area_pair(RegionPair("cn-beijing", "me-east-1")), Doubt)


@pytest.mark.parametrize(("area", "crossing"), [("Asia-Pacific", True), ("Europe", True), ("China", False)])
def test_a_border_is_crossed_when_exactly_one_end_is_the_mainland(area, crossing):
    assert AreaPair("China", area).is_cross_border is crossing
    assert not AreaPair("Asia-Pacific", "Europe").is_cross_border


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("china", "China"),
        ("North_America", "North-America"),
        ("AsiaPacific", "Asia-Pacific"),
        ("Eurpe", "Europe"),
        ("asia", "Asia-Pacific"),
    ],
)
def test_a_misspelt_area_means_the_nearest(word, meant):
    assert default_catalogue().nearest_area(word) == meant


def test_a_region_may_be_asked_for_by_its_title():
    assert default_catalogue().nearest_region("Beijing") == "cn-beijing"
    with pytest.raises(UnknownName, match="cn-beijing"):
        default_catalogue().region("cn-bejing")


class TestOwnFile:
    def write(self, tmp_path, **document):
        path = tmp_path / "areas.json"
        path.write_text(json.dumps({"schema": 1, **document}))
        return own_areas(path)

    def test_its_rows_replace_rows_and_what_it_leaves_out_is_inherited(self, tmp_path):
        catalogue = self.write(
            tmp_path,
            edition="ours",
            regions=[{"id": "me-east-1", "title": "Dubai", "area": "Middle-East", "certainty": "documented"}],
        )

        assert catalogue.edition == "ours"
        assert catalogue.area_of("me-east-1") == "Middle-East"
        assert catalogue.area_of("cn-beijing") == "China"
        assert isinstance(default_catalogue().area_of("me-east-1"), Doubt)

    def test_it_may_build_on_another_edition(self, tmp_path):
        assert "cn-chengdu" not in self.write(tmp_path, replaces="2019-01").regions

    def test_it_may_bring_a_new_area(self, tmp_path):
        catalogue = self.write(
            tmp_path,
            areas=[{"id": "Africa", "title": "Africa", "sold": True}],
            regions=[{"id": "af-south-1", "title": "Cape Town", "area": "Africa"}],
        )

        assert catalogue.area_pair(RegionPair("af-south-1", "cn-beijing")) == AreaPair("Africa", "China")

    def test_a_region_of_no_area_is_refused(self, tmp_path):
        with pytest.raises(InvalidSettings, match="did you mean Europe"):
            self.write(tmp_path, regions=[{"id": "x-1", "title": "X", "area": "Eurpe"}])

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            ({"id": "x-1"}, "regions.0.: area is missing"),
            ({"id": "", "area": "China"}, "regions.0.: id is missing"),
            ({"id": "x-1", "area": "China", "note": "new"}, "regions.0..note: is not known here; did you mean notes?"),
            ({"id": "x-1", "area": "China", "status": "opened"}, "status: 'opened' is not one of open, closing"),
            ({"id": "x-1", "area": "China", "ccn": "yes"}, "ccn: true or false was expected"),
            ({"id": "x-1", "area": ["China"]}, "area: text or null was expected"),
            ({"id": "x-1", "area": None, "candidates": "Europe"}, "candidates: a list of texts was expected"),
            (
                {"id": "x-1", "area": "China", "status": "alias", "alias_of": "cn-bejing"},
                "no region 'cn-bejing'; did you mean cn-beijing",
            ),
            ({"id": "x-1", "area": "China", "alias_of": "cn-beijing"}, "goes with status alias, not with open"),
            ({"id": "x-1", "area": "China", "status": "alias", "alias_of": "cn-hzfinance"}, "cn-hzfinance is an alias itself"),
            ({"id": "ccn-cn-beijing", "area": "China", "ccn": True}, "write ccn true on that of cn-beijing"),
            ({"id": "x-1", "area": None, "candidates": ["Europe", "Europe"]}, "two candidates or more"),
        ],
    )
    def test_a_row_that_would_be_passed_over_is_refused(self, tmp_path, row, said):
        """Two names of one region went for two, and a CCN was none."""
        with pytest.raises(InvalidSettings, match=said):
            self.write(tmp_path, regions=[{"title": "X", **row}])

    def test_a_row_or_a_word_that_is_there_twice_is_refused(self, tmp_path):
        row = {"id": "x-1", "title": "X", "area": "China"}
        with pytest.raises(InvalidSettings, match="id: 'x-1' is there twice"):
            self.write(tmp_path, regions=[row, row])
        with pytest.raises(InvalidSettings, match="areas, Mars: alias 'china' is not lower case, or used twice"):
            self.write(tmp_path, areas=[{"id": "Mars", "title": "Mars", "aliases": ["china"]}])

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ('{"schema": 1,\n "edition": ours}', "line 2: is not JSON"),
            ('{"schema": 1,\n', "line 2: is not JSON"),
            ('{"schema": ' + "9" * 5000 + "}", "holds a number that is longer"),
            ("[" * 100_000, "nested too deeply"),
            ("[]", "an object with schema, edition, areas and regions was expected"),
            ("{}", "schema 1 was expected, and there is none"),
            ('{"schema": 1, "region": []}', "region: is not a key of an area catalogue; did you mean regions?"),
            (
                '{"schema": 1, "replaces": "2018-01"}',
                "replaces: unknown edition of the area catalogue '2018-01' .there are 2019-01",
            ),
            ('{"schema": 1, "replaces": 2019}', "replaces: text or null was expected"),
            ('{"schema": 1, "edition": 5}', "edition: text was expected"),
            ('{"schema": 1, "regions": {}}', "regions: a list of rows was expected"),
            ('{"schema": 1, "regions": ["cn-beijing"]}', "regions.0.: an object was expected"),
            ('{"schema": 1, "notes": 5}', "notes: a list of texts was expected"),
            ('{"schema": 1, "source": true}', "source: a list of objects was expected"),
            ('{"schema": 1, "areas": [{"id": "China", "title": "China", "sold": 0}]}', "sold: true, false or null was expected"),
        ],
        ids=[
            "no JSON",
            "cut off",
            "an endless number",
            "deep nesting",
            "a list",
            "no schema",
            "a misspelt key",
            "an edition that is not there",
            "an edition as a number",
            "a number as a text",
            "rows by id",
            "a row that is a text",
            "notes",
            "sources",
            "a number for no",
        ],
    )
    def test_what_is_no_catalogue_is_refused_in_a_line(self, tmp_path, text, said):
        path = tmp_path / "areas.json"
        path.write_text(text)
        with pytest.raises(InvalidSettings, match=said):
            own_areas(path)
