"""The documentation site: it builds without a warning, every page is in it, and it needs no network."""

import os
import re
import runpy
import subprocess
import sys
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest

from tests.browsing import WIDTHS
from tests.docs.blocks import ROOT

FETCHED = {("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "srcset"), ("link", "href")}


class Page(HTMLParser):
    """What a page links to, what it fetches, and its anchors."""

    def __init__(self, text):
        super().__init__()
        self.links, self.fetched, self.ids = [], [], set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.ids.add(found.get("id"))
        if tag == "a" and found.get("href"):
            self.links.append(found["href"])
        for name, attribute in FETCHED:
            if tag == name and found.get(attribute) and found.get("rel") not in ("canonical", "prev", "next"):
                self.fetched.append(found[attribute])


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def pages(site):
    return {path: Page(path.read_text("utf-8")) for path in site.rglob("*.html")}


def test_every_page_is_in_it(site):
    for page in (ROOT / "docs").rglob("*.md"):
        name = page.relative_to(ROOT / "docs").with_suffix(".html")
        assert (site / name).exists() or (site / name.parent / "index.html").exists(), name
    for name in ("reference/command", "reference/report", "reference/python/rules", "examples/index", "CHANGELOG"):
        assert (site / f"{name}.html").exists()


def test_nothing_is_fetched_from_elsewhere(site, pages):
    for path, page in pages.items():
        assert [address for address in page.fetched if urlsplit(address).netloc] == [], path
    for style in site.rglob("*.css"):
        assert re.findall(r"(?:url\(|@import )[\"']?https?://", style.read_text("utf-8")) == []


def test_every_link_of_the_site_leads_somewhere(site, pages):
    problems = set()
    for path, page in pages.items():
        if path.name == "404.html":
            continue  # its addresses are those of a server
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            target = target / "index.html" if target.is_dir() else target
            if not target.exists():
                problems.add(f"{path.relative_to(site)}: {link}")
            elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].ids:
                problems.add(f"{path.relative_to(site)}: {link}: no such heading")
    assert problems == set()


def test_the_search_works_from_a_file(site):
    assert "var __index" in (site / "search" / "search_index.js").read_text("utf-8")[:20]
    assert (site / "javascripts" / "iframe-worker.js").exists()


def test_a_page_says_what_the_code_says(site):
    command = (site / "reference" / "command.html").read_text("utf-8")
    options = (site / "reference" / "options.html").read_text("utf-8")
    python = (site / "reference" / "python" / "check.html").read_text("utf-8")

    assert "--fail-on" in command
    assert "cenguard inventory" in command
    assert "CEN219" in options
    assert "exit_status" in python


def test_no_mark_of_a_test_is_left_on_a_page(site):
    for path in site.rglob("*.html"):
        assert not re.search(r"&lt;!-- |<!-- (?:not run|file|given|folder|filled)", path.read_text("utf-8")), path


def test_the_pictures_are_current():
    """Write them again with: .venv/bin/python scripts/pictures."""
    wanted = runpy.run_path(str(ROOT / "scripts" / "pictures"))["pictures"]()
    found = {path.name: path.read_text("utf-8") for path in (ROOT / "docs" / "images").glob("*.svg")}
    found.pop("favicon.svg")

    assert found == wanted


LOOKED_AT = (
    "index.html",
    "tutorial.html",
    "rules/CEN201.html",
    "reference/command.html",
    "components/cen-network.html",
    "how-to/terraform.html",
)


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_a_browser_shows_it_without_a_network(look, site, width):
    """A page is no wider than the window, nothing is fetched, and no script complains."""
    for name in LOOKED_AT:
        seen = look(site / name, width)

        assert (name, seen.overflow, seen.fetched, seen.complaints) == (name, 0, [], [])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_words_can_be_read(look, site, scheme):
    assert {name: found for name in LOOKED_AT if (found := look(site / name, scheme=scheme).unreadable())} == {}


def test_it_is_searched_with_the_keyboard(look, site):
    page = look(site / "index.html").page
    page.keyboard.press("s")
    page.keyboard.type("missing-bandwidth-package")
    page.locator(".md-search-result__link").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/rules/CEN201.html*")


def test_the_keyboard_comes_to_the_content_first(look, site):
    seen = look(site / "index.html")
    first = seen.tab_through(most=1)[0]

    assert first == ["a", "Skip to content", True]
