"""Settings and waivers in an editor: what is wrong stands at its line; rules, areas and words are completed and explained."""

import pytest
from lsprotocol import types
from pygls.workspace import TextDocument

from cenguard.editor.server import Server
from tests.editor.client import Client, marked, offset


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("settings")


@pytest.fixture(scope="module")
def client(folder):
    with Client(folder) as client:
        yield client


def position(text):
    """The text without its mark, and where that was."""
    before, _, behind = text.partition("█")
    return before + behind, {"line": before.count("\n"), "character": len(before.rpartition("\n")[2])}


def asked(client, path, text, method):
    text, place = position(text)
    if path.as_uri() not in client.versions:
        path.write_text("")
        client.open(path)
    client.edit(path, text)
    return client.ask(f"textDocument/{method}", {"textDocument": {"uri": path.as_uri()}, "position": place}), text


def completed(client, path, text):
    """The words that are offered, and what the first of them makes of the text."""
    items, text = asked(client, path, text, "completion")
    return {item["label"]: item for item in items or []}, text


def with_edit(text, item):
    span, new = item["textEdit"]["range"], item["textEdit"]["newText"]
    return text[: offset(text, span["start"])] + new + text[offset(text, span["end"]) :]


def test_everything_that_is_wrong_in_settings_stands_at_its_line_until_it_is_saved_right(client, tmp_path):
    path = tmp_path / "cenguard.toml"
    path.write_text('undetermined = "loud"\n\n[rules]\nCEN2O1 = "mandatory"\nCEN206 = "warning"\n')
    client.open(path)
    found = client.pushed(path, len)

    assert [(item["range"]["start"]["line"], item["severity"]) for item in found] == [(0, 1), (3, 1), (4, 1)]
    assert marked(client.texts[path.as_uri()], found[1]) == 'CEN2O1 = "mandatory"'
    assert 'write "advisory"' in found[2]["message"]
    client.save(path, 'undetermined = "hide"\n')
    assert client.pushed(path) == []


def test_a_file_of_waivers_is_checked_in_its_own_place_and_by_the_settings_that_name_it(client, tmp_path):
    path = tmp_path / "exceptions.toml"
    path.write_text(
        '[[waiver]]\nrule = "CEN201"\nreason = "r"\nowner = "o"\nexpires = 2020-01-01\n\n'
        '[[waiver]]\nrule = "CEN2O1"\nreason = "r"\nowner = "o"\nexpires = 2099-01-01\n'
    )
    client.open(path)
    assert [(item["range"]["start"]["line"], item["severity"]) for item in client.pushed(path, len)] == [(7, 1)]

    client.save(path, client.texts[path.as_uri()].replace("CEN2O1", "CEN202"))
    [over] = client.pushed(path, len)
    assert (over["range"]["start"]["line"], over["severity"]) == (0, 2)
    assert "expired after 2020-01-01" in over["message"]

    (tmp_path / "cenguard.toml").write_text('waivers = "exceptions.toml"\nplugins = ["ours.py"]\n')
    (tmp_path / "ours.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    client.save(path, client.texts[path.as_uri()].replace("CEN202", "ACME001"))
    assert len(client.pushed(path, len)) == 1
    assert not (tmp_path / "ran").exists()


def test_settings_are_looked_at_again_when_a_file_is_written_that_they_name(client, tmp_path):
    path, waivers = tmp_path / "cenguard.toml", tmp_path / "exceptions.toml"
    waivers.write_text("")
    path.write_text('waivers = "exceptions.toml"\n')
    client.open(path)
    assert client.pushed(path) == []

    waivers.write_text('[[waiver]]\nrule = "CEN2O1"\nreason = "r"\nowner = "o"\nexpires = 2099-01-01\n')
    client.written(waivers)
    [wrong] = client.pushed(waivers, len)
    assert wrong["range"]["start"]["line"] == 1


def test_pyproject_is_checked_where_it_has_our_table_and_else_left_alone(client, tmp_path):
    path = tmp_path / "pyproject.toml"
    path.write_text('[project]\nname = "x"\n[tool.cenguard]\nnonsense = 1\n')
    client.open(path)

    assert [item["range"]["start"]["line"] for item in client.pushed(path, len)] == [3]
    client.save(path, '[project]\nname = "x"\nnonsense = 1\n')
    assert client.pushed(path) == []


@pytest.mark.parametrize(
    ("name", "text", "offered", "not_offered"),
    [
        ("cenguard.toml", "un█", {"undetermined", "unwaivable"}, {"mandatory"}),
        ("cenguard.toml", 'undetermined = "█"', {"hide", "advisory", "mandatory"}, {"undetermined"}),
        ("cenguard.toml", "[rules]\n█", {"missing-bandwidth-package", "CEN201"}, {"undetermined"}),
        ("cenguard.toml", '[rules]\nCEN201 = "█"', {"mandatory", "advisory", "disabled"}, {"hide"}),
        ("cenguard.toml", "[rules.required-pair-unmet]\n█", {"level", "require"}, {"undetermined"}),
        ("cenguard.toml", '[rules.required-pair-unmet]\nrequire = {hub = "cn-█"}', {"cn-beijing"}, {"Europe"}),
        ("cenguard.toml", '[rules.required-pair-unmet]\nrequire = {pairs = [\n  {regions = ["cn-beijing", "█"]},\n]}', {"us-west-1"}, set()),
        ("cenguard.toml", "[█", {"rules", "output", "prices", "waiver"}, {"undetermined"}),
        ("cenguard.toml", "[rules.█", {"missing-bandwidth-package"}, {"output"}),
        ("cenguard.toml", '[[waiver]]\nrule = "█"', {"CEN201", "missing-bandwidth-package"}, {"Europe"}),
        ("cenguard.toml", '[[waiver]]\narea_pair = ["China", "█"]', {"Europe", "North-America"}, {"cn-beijing"}),
        ("cenguard.toml", 'unwaivable = [\n  "CEN501",\n  "█"\n]', {"CEN201"}, {"undetermined"}),
        ("pyproject.toml", '[tool.cenguard]\nundetermined = "█"', {"hide"}, set()),
        ("pyproject.toml", "[tool.cenguard.rules]\n█", {"CEN201"}, set()),
        ("pyproject.toml", "[tool.cenguard]\n[project]\n█", set(), {"undetermined"}),
        ("w.toml", "[[waiver]]\n█", {"reason", "owner", "expires"}, {"undetermined"}),
        ("a.py", 'alicloud.cen.BandwidthPackage("p", geographic_region_a_id="█")', {"China", "Asia-Pacific"}, {"cn-beijing"}),
        ("a.py", 'alicloud.cen.BandwidthLimit("l", region_ids=[\n    "cn-beijing",\n    "█"', {"us-west-1"}, {"China"}),
        ("a.py", 'alicloud.cen.BandwidthPackage("p", description="█")', set(), {"China"}),
        ("a.py", '"packages": {"sizes": {"China/█', {"China/Europe"}, {"cn-beijing"}),
        ("a.ts", 'new alicloud.cen.BandwidthPackage("p", { geographicRegionAId: "█', {"Europe"}, set()),
        ("a.tf", 'resource "x" "y" {\n  geographic_region_b_id = █\n}', {"North-America"}, set()),
        ("a.tf", 'resource "x" "y" {\n  region_ids = ["cn-beijing", "█"]\n}', {"eu-central-1"}, set()),
        ("a.go", 'GeographicRegionAId: pulumi.String("█', {"China"}, set()),
        ("a.yaml", "properties:\n  geographicRegionAId: Ch█", {"China"}, set()),
        ("a.yaml", "properties:\n  regionIds:\n    - cn-beijing\n    - █", {"us-west-1"}, set()),
        ("a.py", '\f\nx = "\u2028"\nalicloud.cen.BandwidthPackage("p", geographic_region_a_id="█")', {"China"}, set()),
    ],
)  # fmt: skip
def test_words_that_a_place_takes_are_offered(client, folder, name, text, offered, not_offered):
    items, _ = completed(client, folder / name, text)

    assert offered <= set(items)
    assert not not_offered & set(items)


@pytest.mark.parametrize(
    ("name", "text", "word", "made"),
    [
        ("cenguard.toml", 'undetermined = "hi█"', "hide", 'undetermined = "hide"'),
        ("cenguard.toml", "undetermined = █", "hide", 'undetermined = "hide"'),
        ("cenguard.toml", "inven█ = 3", "inventory_days", "inventory_days = 3"),
        ("b.tf", "  geographic_region_b_id = Eu█", "Europe", '  geographic_region_b_id = "Europe"'),
        ("b.yaml", "  geographicRegionAId: Ch█", "China", "  geographicRegionAId: China"),
        ("b.py", '"sizes": {"China/Eu█": 3', "China/Europe", '"sizes": {"China/Europe": 3'),
    ],
)
def test_what_is_chosen_takes_the_place_of_what_was_typed(client, folder, name, text, word, made):
    items, typed = completed(client, folder / name, text)

    assert with_edit(typed, items[word]) == made


@pytest.mark.parametrize(
    ("name", "text", "says", "word"),
    [
        ("cenguard.toml", '[rules]\nCEN2█01 = "advisory"', "# CEN201 missing-bandwidth-package", "CEN201"),
        (
            "cenguard.toml",
            "[rules.missing-█bandwidth-package]",
            "# CEN201 missing-bandwidth-package",
            "missing-bandwidth-package",
        ),
        ("w.toml", '[[waiver]]\nrule = "CEN9█04"', "CEN904", "CEN904"),
        ("cenguard.toml", '[prices]\n"China/Eur█ope" = 1', "- eu-central-1", "Europe"),
        ("a.py", 'x(geographic_region_a_id="Asia-█Pacific")', "- cn-hongkong", "Asia-Pacific"),
        ("a.yaml", "  geographicRegionAId: Ch█ina", "- cn-beijing", "China"),
        ("a.py", '\f\n\nx(geographic_region_a_id="Asia-█Pacific")', "- cn-hongkong", "Asia-Pacific"),
        ("a.py", "# packages for Ch█ina are dear", None, ""),
        ("a.py", 'say("Buy in Ch█ina today")', None, ""),
        ("a.py", 'say("CEN2█01")', None, ""),
        ("cenguard.toml", 'undeter█mined = "hide"', None, ""),
    ],
)
def test_pages_of_rules_and_regions_of_areas_are_shown(client, folder, name, text, says, word):
    found, plain = asked(client, folder / name, text, "hover")

    if says is None:
        assert found is None
    else:
        assert says in found["contents"]["value"]
        assert marked(plain, found) == word


def test_changes_are_asked_for_as_whole_texts(client):
    """Of a change of a part the library would take the wrong line below a form feed."""
    assert client.hello["capabilities"]["textDocumentSync"]["change"] == 1


@pytest.mark.parametrize(
    ("text", "line", "column", "offset"),
    [
        ("ab", 0, 1, 1),
        ("ab", 0, 99, 2),
        ("ab\n", 0, 99, 2),
        ("ab\n", 1, 0, 3),
        ("a\fb\u2028c\nd", 1, 1, 7),
        ("😀b\r\nc", 0, 2, 1),
        ("😀b\r\nc", 1, 99, 5),
        ("", 0, 0, 0),
    ],
)
def test_a_position_is_where_the_protocol_has_it(text, line, column, offset):
    """A column past the end of a line is its end; one of a sign outside of the first plane counts twice."""
    document = TextDocument("file:///a.py", text)

    assert Server().offset(document, types.Position(line, column)) == offset


def test_the_page_is_whole(client, folder):
    from cenguard.rules import RULES
    from cenguard.rules.page import markdown

    found, _ = asked(client, folder / "cenguard.toml", '[rules]\nCEN2█01 = "advisory"', "hover")

    assert found["contents"] == {"kind": "markdown", "value": markdown(next(rule for rule in RULES if rule.code == "CEN201"))}
