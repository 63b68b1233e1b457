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
    text, rest = printable(text), rest or first
    if text and "  " not in text and text[0] != " " and text[-1] != " ":  # nearly always: each space may end a line
        return _broken(text, first, rest)
    words = text.split(" ")
    if not words[0] or not words[-1]:  # nothing, or spaces around it
        return textwrap.wrap(
            " ".join(words),
            WIDTH,
            initial_indent=first,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )
    lines, line, gap = [], first + words[0], " "
    for word in words[1:]:
        if not word:  # spaces that mean something, as long as no line ends there
            gap += " "
        elif len(line) + len(gap) + len(word) <= WIDTH:
            line, gap = f"{line}{gap}{word}", " "
        else:
            lines.append(line)
            line, gap = rest + word, " "
    return [*lines, line]


def _broken(text: str, first: str, rest: str) -> list[str]:
    """The same of words with one space between them: as many on each line as fit; a longer one stands alone."""
    lines, begin, indent = [], 0, first
    while len(indent) + len(text) - begin > WIDTH:
        end = text.rfind(" ", begin, begin + max(0, WIDTH + 1 - len(indent)))
        if end < 0:
            end = text.find(" ", begin)
        if end < 0:
            break
        lines.append(indent + text[begin:end])
        begin, indent = end + 1, rest
    return [*lines, indent + text[begin:]]
