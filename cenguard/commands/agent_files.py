"""What `cenguard init --agents` writes: instructions for agents that work in a repository of one's own."""

from pathlib import Path

from cenguard.commands.init_files import Told, texts
from cenguard.errors import UnreadableInput
from cenguard.text.toml_text import write_over

SKILL = ".agents/skills/cenguard/SKILL.md"
AGENTS = "AGENTS.md"
OURS = "<!-- Written by `cenguard init --agents`"
"""What says in the skill that nobody made it their own."""
BEGIN = "<!-- cenguard: written by `cenguard init --agents`, which replaces what stands up to the end mark -->"
END = "<!-- cenguard: end -->"
_BEGINS = "<!-- cenguard: written by"
"""How the mark begins, whatever another version says behind."""


def write(folder: Path) -> list[Told]:
    """Write the skill, and the section of an AGENTS.md that is there; what was done.

    Raises:
        UnreadableInput: a file cannot be read or written, or its marks are not whole; then nothing is written.
    """
    skill, agents = folder / SKILL, folder / AGENTS
    text = texts({SKILL: "SKILL.md", AGENTS: "AGENTS.section.md"})
    section = _with_section(agents, text[AGENTS]) if agents.exists() else None
    done: list[Told] = []
    before = _text(skill) if skill.exists() else None
    if before is not None and OURS not in before:
        done.append(Told("kept", skill.as_posix(), " (it was there, and is not cenguard's)"))
    else:
        try:
            skill.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UnreadableInput(str(skill), f"cannot be written: {error.strerror}") from None
        done.append(_written(skill, before, text[SKILL]))
    if section is None:
        done.append(Told("", f"no section: there is no {agents.as_posix()}"))
    else:
        done.append(_written(agents, *section))
    return done


def _written(path: Path, before: str | None, text: str) -> Told:
    if before == text:
        return Told("kept", path.as_posix(), " (nothing to change)")
    write_over(path, text)
    return Told("written", path.as_posix())


def _with_section(path: Path, section: str) -> tuple[str, str]:
    """The text of a file, and that text with our section: in the place of the one that is there, else at its end."""
    text = _text(path)
    newline = "\r\n" if "\r\n" in text else "\n"
    block = f"{BEGIN}\n{section.strip()}\n{END}".replace("\n", newline)
    begins, ends = text.count(_BEGINS), text.count(END)
    start, end = text.find(_BEGINS), text.find(END)
    if (begins, ends) == (0, 0):
        gap = "" if not text else newline if text.endswith("\n") else newline * 2
        return text, f"{text}{gap}{block}{newline}"
    if (begins, ends) != (1, 1) or end < start:
        raise UnreadableInput(
            str(path),
            f"the marks of cenguard's section are not one pair: `{_BEGINS} …` and `{END}` were expected, once each, in this order",
        )
    return text, text[:start] + block + text[end + len(END) :]


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode()  # with its byte order mark, which stays
    except OSError as error:
        raise UnreadableInput(str(path), f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UnreadableInput(str(path), "is not UTF-8 text") from None
