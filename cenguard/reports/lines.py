"""Lines that a window shows and a log takes for nothing else."""

import textwrap

from cenguard.text.printable import printable

WIDTH = 100


def inert(line: str) -> str:
    r"""A line that the log of a CI job does not take for a command: `::error::` means one wherever a line begins so.

    >>> inert("    ::stop-commands::x")
    '    \\x3a:stop-commands::x'
    """
    text = line.lstrip()
    return f"{line[: len(line) - len(text)]}\\x3a{text[1:]}" if text.startswith("::") else line


def wrapped(text: str, first: str, rest: str | None = None) -> list[str]:
    """Lines of a text that fit a window, printable."""
    words, rest = printable(text).split(" "), rest or first
    if "" in words:  # nothing, or spaces that mean something
        return textwrap.wrap(
            " ".join(words),
            WIDTH,
            initial_indent=first,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )
    lines, line = [], first + words[0]
    for word in words[1:]:
        if len(line) + 1 + len(word) <= WIDTH:
            line = f"{line} {word}"
        else:
            lines.append(line)
            line = rest + word
    return [*lines, line]
