"""The page of what a route verdict assumes has the sentences that reports have, each once."""

from pathlib import Path

from cenguard.network.routes import ASSUMPTIONS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "route-assumptions.md"


def test_every_assumption_stands_on_the_page_in_its_words():
    text = PAGE.read_text("utf-8")

    assert [code for code, sentence in ASSUMPTIONS.items() if f"| `{code}` | {sentence} |" not in text] == []
    assert text.count("\n**`") == len(ASSUMPTIONS)
