"""The page about previews names the rules that the engine's own calls leave silent."""

import re
from pathlib import Path

from cenguard.rules import RULES

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "preview.md"


def test_the_page_names_every_rule_that_compares_with_the_old_state():
    said = PAGE.read_text("utf-8").partition("## Needs what stands already")[2].partition("\n## ")[0]

    assert re.findall(r"\[(CEN\d+)\]", said) == [rule.code for rule in RULES if rule.needs_old_state]
