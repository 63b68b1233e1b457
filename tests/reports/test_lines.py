"""Lines of the reports for people are those that the standard library breaks, only sooner."""

import textwrap

from hypothesis import given
from hypothesis import strategies as st

from cenguard.reports.lines import WIDTH, wrapped

WORDS = st.lists(st.sampled_from([1, 2, 5, 9, 30, 95, 96, 97, 100, 130]).map(lambda length: "x" * length), max_size=30)
INDENTS = st.sampled_from([("    ", None), ("      · ", "        "), ("", None), ("✓ ", "    ")])


@given(words=WORDS, space=st.sampled_from([" ", " ", "  "]), indents=INDENTS)
def test_lines_break_where_the_standard_library_breaks_them(words, space, indents):
    first, rest = indents
    text = space.join(words)
    expected = textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest or first,
        break_long_words=False,
        break_on_hyphens=False,
    )
    assert wrapped(text, first, rest) == expected
