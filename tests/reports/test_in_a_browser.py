"""The pages that the command writes, as a browser shows them: whole, readable on a phone, and for a keyboard."""

import pytest

from cenguard.fleet.audit import AuditRequest, audit
from cenguard.fleet.crews import Alone
from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.sources import read_source
from cenguard.reports.audit.html import render as render_overview
from cenguard.reports.html import render as render_report
from cenguard.reports.map.document import render as render_map
from tests.browsing import WIDTHS
from tests.commands.test_cli import BAD
from tests.fleet.fleets import bought, write_fleet
from tests.reports.samples import hostile, huge, report
from tests.reports.test_map import maps

PAGES = ("report", "hostile report", "recorded report", "small map", "large map", "overview")


@pytest.fixture(scope="module")
def fleet(tmp_path_factory):
    root = write_fleet(tmp_path_factory.mktemp("fleet"), instances=30, seed=3)
    return audit(AuditRequest(urls=[str(root)], options=Options(), maps=True, edits=False), Alone())


@pytest.fixture(scope="module")
def pages(tmp_path_factory, fleet):
    folder = tmp_path_factory.mktemp("pages")
    texts = {
        "report": render_report(report()),
        "hostile report": render_report(hostile()),
        "huge report": render_report(huge()),
        "recorded report": render_report(check([read_source(str(BAD))], Options())),
        "small map": render_map(maps(3), "html", "three regions"),
        "large map": render_map(maps(26), "html", "every region"),
        "overview": render_overview(fleet),
    }
    for name, text in texts.items():
        (folder / f"{name}.html").write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize("name", PAGES)
class TestEveryPage:
    @pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
    def test_it_is_readable_at_every_width(self, look, pages, name, width):
        seen = look(pages / f"{name}.html", width)
        seen.page.evaluate("document.querySelectorAll('details').forEach(item => { item.open = true })")

        assert (seen.overflow, seen.unreadable()) == (0, [])
        assert (seen.fetched, seen.complaints) == ([], [])

    def test_it_is_readable_in_the_dark(self, look, pages, name):
        seen = look(pages / f"{name}.html", scheme="dark")

        assert seen.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(13, 17, 23)"
        assert seen.unreadable() == []

    def test_the_keyboard_comes_to_everything_that_can_be_used(self, look, pages, name):
        seen = look(pages / f"{name}.html")
        wanted = seen.page.evaluate(
            "[...document.querySelectorAll('summary,a[href],button,input,select')].filter(e => e.checkVisibility()).length"
        )
        found = seen.tab_through(most=wanted + 40)

        assert [item for item in found if not item[2]] == []
        assert len([item for item in found if item[0] in ("summary", "a", "button", "input", "select")]) == wanted


def test_a_report_of_thousands_of_findings_is_no_wider_than_a_phone(look, pages):
    assert look(pages / "huge report.html", WIDTHS["phone"]).overflow == 0


def test_a_fold_opens_with_the_keyboard(look, pages):
    page = look(pages / "report.html").page
    fold = page.locator("details").first
    fold.locator("summary").first.focus()
    page.keyboard.press("Enter")

    assert fold.get_attribute("open") is not None


def test_a_map_that_is_too_wide_is_pushed_sideways_with_the_keyboard(look, pages):
    seen = look(pages / "small map.html", WIDTHS["phone"])
    drawing = seen.page.locator(".drawing").first
    assert drawing.evaluate("e => e.scrollWidth > e.clientWidth + 100")

    while seen.page.evaluate("!document.activeElement.classList.contains('drawing')"):
        seen.page.keyboard.press("Tab")
        assert seen.focused()[0] != "body"
    seen.page.keyboard.press("ArrowRight")
    seen.page.evaluate(
        "() => new Promise(done => (function look() { document.activeElement.scrollLeft > 0 ? done() : requestAnimationFrame(look) })())"
    )


def test_nothing_of_the_input_becomes_a_part_of_the_page(look, pages):
    seen = look(pages / "hostile report.html")

    assert seen.page.locator("script, img, iframe").count() == 0
    assert seen.page.evaluate("window.hit") is None


class TestOverview:
    @pytest.fixture
    def page(self, look, pages):
        return look(pages / "overview.html").page

    def rows(self, page, table):
        return page.locator(f"[data-table={table}] tbody tr")

    def test_it_shows_what_was_found(self, page, fleet):
        assert page.locator("h1").inner_text().startswith(f"{fleet.report.summary.mandatory} mandatory")
        assert page.locator("[data-table=stacks] output").inner_text() == str(len(fleet.report.stacks))
        assert self.rows(page, "findings").first.locator("td").first.inner_text() == "✗ mandatory"
        assert self.rows(page, "findings").locator("code", has_text="shared").count() > 0

    def test_it_is_searched(self, page, fleet):
        page.get_by_label("Search in stacks").fill("core-17 checkpoint")

        assert page.locator("[data-table=stacks] output").inner_text() == f"1 of {len(fleet.report.stacks)}"
        assert "core-17" in self.rows(page, "stacks").inner_text()

    def test_it_is_sorted_with_the_keyboard(self, page):
        button = page.locator("[data-table=stacks] th button", has_text="resources")
        button.focus()
        page.keyboard.press("Enter")
        first = [int(text) for text in self.rows(page, "stacks").locator("td:nth-child(5)").all_inner_texts()]
        page.keyboard.press("Enter")
        second = [int(text) for text in self.rows(page, "stacks").locator("td:nth-child(5)").all_inner_texts()]

        assert first == sorted(first, reverse=True)
        assert second == sorted(second)
        assert first[0] > second[0]
        assert page.locator("[data-table=stacks] th").nth(4).get_attribute("aria-sort") == "ascending"

    def test_what_is_not_known_is_last_whichever_way_it_is_sorted(self, look, tmp_path):
        areas = ("China", "Europe")
        bought(tmp_path / "states", packages=[("a", areas, "2027-01-01"), ("b", areas, None), ("c", areas, "2027-02-01")])
        found = audit(AuditRequest(urls=[str(tmp_path / "states")], options=Options()), Alone())
        (tmp_path / "overview.html").write_text(render_overview(found), "utf-8")
        page = look(tmp_path / "overview.html").page

        def sorted_by_expiry():
            page.locator("[data-table=packages] th button", has_text="expires").click()
            return self.rows(page, "packages").locator("td:first-child").all_inner_texts()

        assert sorted_by_expiry() == ["cenbwp-a", "cenbwp-c", "cenbwp-b"]
        assert sorted_by_expiry() == ["cenbwp-c", "cenbwp-a", "cenbwp-b"]

    def test_severities_are_sorted_by_what_they_mean(self, page):
        def severities():
            page.locator("[data-table=findings] th button", has_text="severity").click()
            return list(dict.fromkeys(self.rows(page, "findings").locator("td:first-child").all_inner_texts()))

        page.get_by_label("Search in findings").fill("cen-0007")
        up = severities()
        assert up == [item for item in ("✗ mandatory", "! advisory", "? undetermined") if item in up]
        assert len(up) > 1
        assert severities() == up[::-1]

    def test_one_severity_is_chosen(self, page):
        page.get_by_label("Severity").select_option("undetermined")

        assert set(self.rows(page, "findings").locator("td:first-child").all_inner_texts()) == {"? undetermined"}

    def test_more_is_shown_when_it_is_asked_for(self, page, fleet):
        before = self.rows(page, "stacks").count()
        page.locator("[data-table=stacks] .more").click()

        assert self.rows(page, "stacks").count() == min(before + 200, len(fleet.report.stacks))

    def test_without_its_script_the_first_rows_stand_there(self, look, pages, page):
        without = look(pages / "overview.html", scripts=False).page

        def shown(seen, table):
            told = "items => items.map(item => [item.innerText, item.className, item.dataset.title || ''])"
            return seen.locator(f"[data-table={table}] :is(output, tbody td)").evaluate_all(told)

        for table in ("findings", "stacks", "instances", "packages"):
            assert shown(without, table) == shown(page, table) != []
        assert "the first 20 rows are here" in without.locator("noscript").inner_text()
        assert not without.get_by_label("Search in CEN instances").is_visible()

    def test_paper_has_no_field_to_search_in(self, page):
        assert page.get_by_label("Search in CEN instances").is_visible()
        page.emulate_media(media="print")
        assert not page.get_by_label("Search in CEN instances").is_visible()

    def test_on_a_phone_every_value_stands_beside_its_name(self, look, pages):
        row = self.rows(look(pages / "overview.html", WIDTHS["phone"]).page, "findings").first

        assert row.locator("td").last.evaluate("e => getComputedStyle(e, '::before').content") == '"to do"'
        assert row.locator("td").last.bounding_box()["width"] > 300
