"""The map: every region and pair is in it, whatever their number, and nothing of it runs or loads."""

import json
from itertools import combinations
from xml.etree import ElementTree as ET

import html5lib
import pytest
from click.testing import CliRunner

from cenguard.commands.cli import main
from cenguard.geography.catalogue import default_catalogue
from cenguard.judging.check import network_of
from cenguard.judging.options import Options
from cenguard.judging.regional_map import map_of
from cenguard.network.known import Inventory, KnownInstance
from cenguard.readers.sources import read_document, read_source
from cenguard.reports.map.document import render
from cenguard.reports.map.layout import NODE_WIDTH, lay_out
from cenguard.reports.map.svg import KINDS
from cenguard.testing import UNKNOWN, a_world
from tests.commands.test_cli import RECORDINGS, run
from tests.reports.atlas import export, regions
from tests.reports.samples import HOSTILE

COUNTS = (1, 3, 6, 20, 45)


def maps(count, **more):
    text = export(count)
    for old, new in more.items():
        text = text.replace(old, new)
    return map_of(network_of([read_document(text.encode(), "export.json")], Options()))


@pytest.mark.parametrize("count", COUNTS)
def test_every_region_has_a_place_of_its_own(count):
    (instance,) = maps(count)
    layout = lay_out(instance)
    nodes = list(layout.nodes.values())

    assert set(layout.nodes) == set(regions(count))
    assert not [(a, b) for a in nodes for b in nodes if a is not b and abs(a.x - b.x) < NODE_WIDTH and abs(a.y - b.y) < 48]
    for first in layout.boxes:
        for second in layout.boxes:
            apart = first.x + first.width <= second.x or second.x + second.width <= first.x
            assert first is second or apart or first.y + first.height <= second.y or second.y + second.height <= first.y


@pytest.mark.parametrize("form", ["md", "html", "svg"])
def test_a_pair_that_no_route_leads_over_is_drawn_as_one_that_does_not_work(form):
    drawn = map_of(network_of([read_source(str(RECORDINGS / "enterprise-unchanged/export.json"))], Options()))
    text = render(drawn, form, "t")

    assert "wan: 2 regions, 1 pair (1 declared, does not work)" in text
    assert "! 10 Mbps, no route" in text
    assert "✓ 10 Mbps" not in text
    assert "✓ cn-hangzhou" not in text
    assert form == "svg" or "1 of 1 (1 without a route)" in text


@pytest.mark.parametrize("form", ["md", "html", "svg"])
def test_two_instances_of_one_name_are_told_apart(form):
    theirs = export(3).replace("::net::", "::app::").replace("cen-1", "cen-2")
    records = [read_document(text.encode(), name) for text, name in ((export(3), "net.json"), (theirs, "app.json"))]
    text = render(map_of(network_of(records, Options())), form, "t")

    assert "core of net/prod: 3 regions" in text
    assert "core of app/prod: 3 regions" in text


def test_west_is_left_and_north_is_above():
    (instance,) = maps(45)
    layout = lay_out(instance)
    box = {item.area: item for item in layout.boxes}

    assert box["North-America"].x < box["Europe"].x < box["China"].x < box["Asia-Pacific"].x
    assert box["Asia-Pacific"].y < box["Australia"].y
    assert layout.nodes["cn-beijing"].y < layout.nodes["cn-shenzhen"].y


@pytest.mark.parametrize("count", COUNTS)
def test_a_drawing_is_whole_xml_with_a_text_for_those_who_do_not_see_it(count):
    root = ET.fromstring(render(maps(count), "svg", "t"))
    titles = [item.text for item in root.iter("{http://www.w3.org/2000/svg}title")]

    assert root.get("role") == "img"
    assert titles[0].startswith(f"core: {count} region")
    assert all(any(f"({name}): 1 VPC" in title for title in titles) for name in regions(count))
    pairs = count * (count - 1) // 2
    assert sum(" – cn-" in title or ": " in title for title in titles) >= min(pairs, 24)


@pytest.mark.parametrize("count", COUNTS)
def test_a_page_holds_every_pair_in_words(count):
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(render(maps(count), "html", "t"))
    tags = {item.tag for item in page.iter() if isinstance(item.tag, str)}
    rows = [item for table in page.iter("table") for item in table.iter("tr")]

    assert not tags & {"script", "img", "iframe", "link", "foreignObject"}
    assert len(rows) >= count * (count - 1) // 2


def test_what_is_bought_used_left_and_missing():
    (instance,) = maps(3)
    rows = {row.area_pair: row for row in instance.matrix}

    assert (rows["China", "Europe"].bought, rows["China", "Europe"].used, rows["China", "Europe"].left) == (20, 10, 10)
    assert (rows["China", "North-America"].bought, rows["China", "North-America"].missing) == (0, 1)
    assert "| China/North-America | **✗ 1** | 0 of 1 | - | 0 Mbps | 0 Mbps | 0 Mbps |" in render((instance,), "md", "t")


@pytest.mark.parametrize("form", ["svg", "html", "md"])
def test_names_of_the_input_are_text(form):
    document = json.loads(export(3))
    for item in document["deployment"]["resources"]:
        item["urn"] = item["urn"].replace("::core", f"::{HOSTILE}")
    found = map_of(network_of([read_document(json.dumps(document).encode(), "export.json")], Options()))
    text = render(found, form, HOSTILE)

    assert "<img" not in text
    assert "</script>" not in text
    assert "\x1b" not in text


def test_no_label_hides_another_one(tmp_path):
    """Seven regions, twenty-one lines: what a pair has is read on its line."""
    drawn = tmp_path / "map.svg"
    assert run("map", "tests/docs/programs/company.json", "-o", drawn).returncode == 0
    tags = [
        [float(item.get(side)) for side in ("x", "y", "width", "height")]
        for item in ET.fromstring(drawn.read_text()).iter("{http://www.w3.org/2000/svg}rect")
        if (item.get("class") or "").startswith("tag ")
    ]

    covered = [
        max(0.0, min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])) * max(0.0, a[3] - abs(a[1] - b[1])) / (b[2] * b[3])
        for a, b in combinations(tags, 2)
    ]
    assert len(tags) == 21
    assert max(covered) < 0.1  # a corner at most


def test_the_command(tmp_path):
    source = tmp_path / "export.json"
    source.write_text(export(3))
    for ending in ("html", "svg", "md"):
        done = run("map", source, "-o", tmp_path / f"m.{ending}")
        assert (done.returncode, done.stdout) == (0, b"")
        assert (tmp_path / f"m.{ending}").stat().st_size
    assert run("map", source).stdout == (tmp_path / "m.md").read_bytes()
    assert run("map", source, "-o", tmp_path / "m.png").returncode == 2
    assert run("map", source, "-o", tmp_path / "no" / "m.svg").returncode == 2


def test_an_estate_without_a_network(tmp_path):
    assert "No CEN instance" in render((), "html", "t")
    ET.fromstring(render((), "svg", "t"))


def cut_off(count):
    """An estate that bought nothing, in the first regions whose area is certain: all are cut off."""
    document = json.loads(export(45))
    first, *states = document["deployment"]["resources"]
    attached = [item for item in states if item["inputs"].get("childInstanceRegionId") in default_catalogue().regions]
    certain = [item for item in attached if isinstance(default_catalogue().area_of(item["inputs"]["childInstanceRegionId"]), str)]
    document["deployment"]["resources"] = [first, *certain[:count]]
    # what stands may have its packages from the console: only an inventory that names them all makes their absence certain
    known = Inventory(instances={first["id"]: KnownInstance(id=first["id"], complete=True)})
    return map_of(network_of([read_document(json.dumps(document).encode(), "export.json")], Options(inventory=known)))


def test_words_in_a_drawing_are_not_drawn_as_lines():
    """The styles of lines give a stroke as thick as a letter."""
    root = ET.fromstring(render(cut_off(3), "svg", "t"))
    marks = list(root.iter("{http://www.w3.org/2000/svg}tspan"))

    assert [item.text for item in marks] == ["✗ cut off"] * 3
    assert not {item.get("class") for item in marks} & set(KINDS)


def test_a_long_heading_goes_on_in_a_second_line():
    """Not the width of a drawing, or one nobody can look at."""
    root = ET.fromstring(render(cut_off(26), "svg", "t"))
    heads = [item.text for item in root if item.get("class") == "head"]

    assert len(heads) > 1
    assert " ".join(heads).startswith("core: 26 regions, 325 pairs (325 not connected). Cut off: ")
    assert float(root.get("width")) <= lay_out(cut_off(26)[0]).width
    assert max(map(len, heads)) * 9 < float(root.get("width"))


def test_there_is_room_on_the_left_only_where_a_line_goes_round():
    """Two regions of the first column are joined round its left side."""
    worlds = (a_world().instance().attach("cn-beijing", "a"), a_world().instance().attach("us-west-1", "a"))
    beside, above = (map_of(world.attach("us-east-1", "b").assembled()) for world in worlds)

    assert min(box.x for box in lay_out(beside[0]).boxes) < 20
    assert min(box.x for box in lay_out(above[0]).boxes) > 80


def said(world):
    """A map's Markdown, of a world."""
    return render(map_of(world.assembled()), "md", "t")


def enterprise():
    """Two regions of Enterprise routers, each with a network."""
    world = a_world().instance()
    for name, region in (("near", "cn-beijing"), ("far", "us-west-1")):
        world.router(region, name).attach_to(name, f"{name}-vpc")
    return world


@pytest.mark.parametrize(
    ("world", "has"),
    [
        (a_world().instance().attach("cn-beijing", "shop"), "Fewer than two regions are attached in this input"),
        (
            a_world().instance().attach("cn-beijing", "shop").attach(UNKNOWN, "sales"),
            "The region of sales is not known: which pairs it makes, and what they need, cannot be told.",
        ),
        (
            a_world().instance().attach("cn-beijing", "shop").attach("me-east-1", "sales"),
            "1 pair of regions whose areas are not certain: what they need cannot be told.",
        ),
        (
            a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales").package(UNKNOWN, "China", 5, "odd"),
            "| China/North-America | 0 | 0 of 1 | - | unknown Mbps | unknown Mbps | 0 Mbps |",
        ),
    ],
    ids=["one region", "a region that is not known", "an area that is not certain", "a package of areas that are not known"],
)
def test_no_map_says_that_nothing_is_needed_where_that_is_not_known(world, has):
    text = said(world)

    assert has in text.replace("`", "")
    assert "No pair" not in text


def test_a_region_that_a_limit_may_connect_is_not_called_cut_off():
    """The hub lies in a region that is not known yet, and may be where the limits lead."""
    world = a_world().instance().attach("us-west-1", "sales").attach("eu-central-1", "branch")
    world.attach("cn-beijing", "hub", childInstanceRegionId=UNKNOWN)
    world.package("China", "North-America", 10, "west").limit("cn-beijing", "us-west-1", 5)
    regions = {item.id: (item.isolated, item.certain) for item in map_of(world.assembled())[0].regions}

    assert regions == {"eu-central-1": (True, True), "us-west-1": (True, False)}


def test_what_stands_elsewhere_is_not_called_0_mbps():
    """A state shows no package that was bought in the console."""
    text = said(a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales").standing())

    assert "| China/North-America | 0 | 0 of 1 | - | unknown Mbps | unknown Mbps | 0 Mbps |" in text


def test_a_network_paid_by_traffic_is_called_so():
    text = said(enterprise().peer("near", "far", 20, billing="DataTransfer"))

    assert "1 of them paid by traffic" in text
    assert "| China/North-America | 0 | 1 of 1 | up to 20 Mbps | no package needed | - | - |" in text


@pytest.mark.parametrize("form", ["md", "html", "svg"])
def test_a_map_names_no_finding_where_it_prints_none(form):
    world = a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales")
    world.package("China", "North-America", 10, "west").limit("cn-beijing", "us-west-1", 5, after=[])
    text = render(map_of(world.assembled()), form, "title")

    assert "broken: declared, and cannot work" in text
    assert "see the finding" not in text


def test_a_disk_without_room_leaves_the_map_that_was_there(tmp_path):
    resource = pytest.importorskip("resource")
    (tmp_path / "export.json").write_text(export(6))
    place = tmp_path / "network.html"
    place.write_text("last month's")
    most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, most[1]))
    try:
        done = CliRunner().invoke(main, ["map", str(tmp_path / "export.json"), "-o", str(place)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, most)

    assert done.stderr.strip() == f"cenguard: {place}: cannot be written: File too large"
    assert place.read_text() == "last month's"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["export.json", "network.html"]
