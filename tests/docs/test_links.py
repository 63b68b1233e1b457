"""Every link of the repository's Markdown leads to a file that is there, and to a heading in it."""

import posixpath
import re
import runpy
import sys

import pytest

from tests.docs.blocks import ROOT

SITE = ROOT / "scripts" / "site"
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in (".", "docs", "examples", "policy_pack")
    for path in (ROOT / folder).glob("*.md" if folder == "." else "**/*.md")
    if ".venv" not in path.parts and "node_modules" not in path.parts
)
LINK = re.compile(r"\]\(([^)\s]+)(?:\s[^)]*)?\)")
PICTURE = re.compile(r"<(?:img|source)[^>]+(?:src|srcset)=\"([^\"]+)\"")
CODE = re.compile(r"^(```+).*?^\1$|`[^`\n]+`", re.MULTILINE | re.DOTALL)


def slug(heading):
    """The anchor of a heading, as GitHub, GitLab and the site make it."""
    plain = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", heading)
    return re.sub(r"[^\w\- ]", "", plain.replace("`", "").strip().lower()).replace(" ", "-")


def anchors(text):
    plain = re.sub(r"^(```+).*?^\1$", "", text, flags=re.MULTILINE | re.DOTALL)
    return {slug(heading) for heading in re.findall(r"^#+ (.+)$", plain, re.MULTILINE)}


@pytest.fixture(scope="module")
def generated():
    """Pages that only the site has."""
    sys.path.insert(0, str(SITE))
    try:
        pages = runpy.run_path(str(SITE / "reference.py"))["pages"]()
    finally:
        sys.path.remove(str(SITE))
    return {f"docs/{name}": text for name, text in pages.items()}


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page, generated):
    text = CODE.sub("", (ROOT / page).read_text("utf-8"))
    problems = []
    for link in [*LINK.findall(text), *PICTURE.findall(text)]:
        if re.match(r"[a-z]+:", link):
            continue
        target, _, anchor = link.partition("#")
        name = posixpath.normpath(posixpath.join(posixpath.dirname(page), target)) if target else page
        path = ROOT / name
        if name in generated:
            found = generated[name]
        elif not path.exists() or name.startswith(".."):
            problems.append(f"{link}: no such file")
            continue
        else:
            found = path.read_text("utf-8") if path.suffix == ".md" else ""
        if anchor and anchor not in anchors(found):
            problems.append(f"{link}: no such heading")

    assert problems == []


def test_addresses_are_whole():
    """No link leads into somebody's own network, or over an open line."""
    for page in PAGES:
        for address in re.findall(r"https?://[^\s)>\"'`]+", (ROOT / page).read_text("utf-8")):
            assert address.startswith("https://"), f"{page}: {address}"
            assert "." in address.removeprefix("https://").partition("/")[0], f"{page}: {address}"


def test_a_heading_becomes_an_anchor():
    assert slug("What `CenNetwork` makes, and in which order") == "what-cennetwork-makes-and-in-which-order"
    assert slug("A [report](x.md)") == "a-report"
