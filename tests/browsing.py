"""A real browser for what is looked at in one: Chromium without a window, steered by playwright.

`apt-get install chromium` brings one, or `playwright install chromium`; the variable BROWSER_PATH names another. Where there is none,
the tests are skipped, and say so.
"""

import os
import shutil
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
WIDTHS = {"phone": 360, "tablet": 768, "desk": 1440}
LEAST_LETTER = 11
"""Pixels of the smallest letters that a page may have, but for signs that stand beside a colour."""


@pytest.fixture(scope="module")
def browser():
    """One Chromium for the tests of a file: its event loop is nothing for those of others."""
    api = pytest.importorskip(
        "playwright.sync_api", reason="no browser was tried: playwright is not installed (pip install playwright)"
    )
    with api.sync_playwright() as playwright:
        own = playwright.chromium.executable_path
        path = os.environ.get("BROWSER_PATH") or next(filter(None, map(shutil.which, NAMES)), own)
        if not Path(path).exists():
            pytest.skip(f"no browser was tried: none of {', '.join(NAMES)} is on PATH (apt-get install chromium)")
        found = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])  # a container's root has no sandbox
        yield found
        found.close()


class Looked:
    """A page in the browser, with everything that it asked for and complained of."""

    def __init__(self, page):
        self.page = page
        self.asked, self.complaints = [], []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, path):
        self.page.goto(Path(path).resolve().as_uri())
        return self

    @property
    def fetched(self):
        """Addresses outside of this machine that it asked for."""
        return [url for url in self.asked if not url.startswith(("file:", "data:", "blob:"))]

    @property
    def overflow(self):
        """Pixels by which the page is wider than the window."""
        return self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")

    def unreadable(self):
        """Words that are too small, or too pale for what is behind them (WCAG 2.2, 1.4.3), as the page shows them now."""
        return self.page.evaluate(UNREADABLE, LEAST_LETTER)

    def focused(self):
        """What has the keyboard, and whether it shows that."""
        return self.page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e);
            const shows = e.matches(':focus-visible') && (s.outlineStyle !== 'none' || s.boxShadow !== 'none');
            return [e.tagName.toLowerCase(), (e.getAttribute('aria-label') || e.textContent || '').trim().slice(0, 60), shows]; }"""
        )

    def tab_through(self, most=200):
        """Everything that Tab comes to, from the top of the page."""
        found = []
        for _ in range(most):
            self.page.keyboard.press("Tab")
            here = self.focused()
            if here[0] == "body":
                break
            found.append(here)
        return found


UNREADABLE = """(least) => {
  const light = c => { const l = c.map(v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * l[0] + 0.7152 * l[1] + 0.0722 * l[2]; };
  const rgba = text => { const n = text.match(/[\\d.]+/g); return n ? n.map(Number) : null; };
  const over = (top, below) => { const a = top.length < 4 ? 1 : top[3]; return below.map((v, i) => a * top[i] + (1 - a) * v); };
  const behind = e => {
    const layers = [];
    for (let at = e; at; at = at.parentElement) {
      const c = rgba(getComputedStyle(at).backgroundColor);
      if (c) layers.push(c);
      if (c && (c.length < 4 || c[3] === 1)) break;
    }
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255]);
  };
  const found = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const text = walk.currentNode.textContent.trim(), e = walk.currentNode.parentElement;
    if (!text || !e.checkVisibility({visibilityProperty: true, opacityProperty: true}) || e.closest('script,style,noscript,title')) continue;
    const box = e.getBoundingClientRect(), s = getComputedStyle(e);
    if (!box.width || !box.height) continue;
    const svg = e.ownerSVGElement, scale = svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
    const size = parseFloat(s.fontSize) * scale;
    if (size < least && !e.classList.contains('sign')) found.add(`${size.toFixed(1)}px: ${text.slice(0, 40)}`);
    if (svg) continue;
    const front = rgba(s.color);
    if (!front) continue;
    const back = behind(e), [a, b] = [light(over(front, back)), light(back)].sort((x, y) => y - x), ratio = (a + 0.05) / (b + 0.05);
    const large = size >= 24 || (size >= 18.5 && parseInt(s.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5) - 0.01) found.add(`contrast ${ratio.toFixed(2)}: ${text.slice(0, 40)}`);
  }
  return [...found];
}"""


@pytest.fixture
def look(browser):
    """Opens pages, each in a window of its own, of some width and scheme of colours."""
    contexts = []

    def opened(path, width=WIDTHS["desk"], scheme="light", *, scripts=True):
        window = {"width": width, "height": 900}
        context = browser.new_context(viewport=window, color_scheme=scheme, offline=True, java_script_enabled=scripts)
        contexts.append(context)
        return Looked(context.new_page()).open(path)

    yield opened
    for context in contexts:
        context.close()
