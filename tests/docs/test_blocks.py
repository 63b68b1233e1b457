"""Every block of code in the documentation does what the page says.

`python -m tests.docs.test_blocks` writes what commands print today into the pages; read the difference before you commit it.
"""

import difflib
import json
import re
import sys
import tempfile
import tomllib
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import yaml

from cenguard.judging.check import check
from cenguard.judging.inventories import read_inventories
from cenguard.judging.options import Options
from cenguard.rules import RULES
from cenguard.settings.reading import read_settings
from cenguard.settings.rule_tables import chooser_of
from cenguard.settings.waivers import read_waivers
from tests.components.conftest import run_program
from tests.components.test_agreement import records
from tests.docs.blocks import ELSEWHERE, PAGES, ROOT, Block, blocks_of, play

BLOCKS = [block for page in PAGES for block in blocks_of(page)]
LANGUAGES = {"console", "sh", "python", "toml", "yaml", "json", "text"}
NOT_RUN = Counter(
    {
        "needs the pulumi executable": 20,
        "needs the terraform executable": 3,
        "needs a repository on GitHub": 2,
        "asks the cloud": 2,
        "asks GitLab": 1,
        "its output stands in README.md": 1,
        "builds a container": 1,
        "installs packages": 4,
        "needs valgrind, and a minute": 1,
        "takes minutes": 1,
        "makes an environment": 3,
        "installs into the reader's own environment": 1,
        "needs npm, and the editor": 1,
        "is the test of everything": 2,
        "is run by tests/docs/test_contributing.py": 1,
    }
)
"""Why blocks are not run, and how many: a number to change on purpose."""
OUR_FRAME = re.compile(r'^ *File "[^"]*/cenguard/[^"]*", line \d', re.MULTILINE)
"""A crash of ours, which no page may teach as what a command prints."""
INVENTORY_ROWS = {"taken", "package", "instance", "attachment", "limit", "router", "peer", "stack"}


def of(*languages):
    found = [block for block in BLOCKS if block.language in languages and block.reason is None]
    return pytest.mark.parametrize("block", found, ids=lambda block: block.name)


@pytest.fixture(scope="module")
def sessions(tmp_path_factory):
    """Every page, played once; two at a time."""
    pages = [page for page in PAGES if any(block.language in ("console", "sh") for block in blocks_of(page))]
    folders = [tmp_path_factory.mktemp(page.stem) for page in pages]  # before the threads: only one may make their parent
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(pages, pool.map(play, pages, folders), strict=True))


def test_every_block_says_its_language():
    assert {block.name: block.language for block in BLOCKS if block.language not in LANGUAGES} == {}


def test_no_block_is_indented():
    """Such a one would not be found here."""
    assert [page.name for page in PAGES if re.search(r"^ +```", page.read_text("utf-8"), re.MULTILINE)] == []


def test_every_block_that_is_not_run_says_why():
    """`<!-- not run: reason -->` above it; the reasons and their numbers are listed here."""
    assert Counter(block.reason for block in BLOCKS if block.reason is not None) == NOT_RUN


@of("console", "sh")
def test_a_block_that_cannot_be_run_is_marked(block):
    found = sorted({name for command in block.commands() for name in command.programs if name in ELSEWHERE})

    assert found == [], f"{block.name} needs {', '.join(found)}: put <!-- not run: REASON --> above it"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_commands_print_what_the_page_shows(page, sessions):
    if page in sessions:
        assert "\n".join(sessions[page].problems) == "", "is it meant? python -m tests.docs.test_blocks writes it into the page"


def test_what_a_page_leaves_out_stays_out_when_it_is_written():
    shown = ["a is here", "...", "the end of b", "c"]

    assert renewed(shown, ["a is there", "x", "y", "the end of b", "d"]) == ["a is there", "...", "the end of b", "d"]
    assert renewed([], ["a"]) == ["a"]


def test_no_page_shows_a_crash_of_ours():
    """Pages are written by running commands: in a tree that does not import, each would print a traceback."""
    assert OUR_FRAME.search('    x\n  File "/home/me/cenguard/rules/__init__.py", line 39, in <module>')
    assert [page.name for page in PAGES if OUR_FRAME.search(page.read_text("utf-8"))] == []


def test_commands_are_shown_as_a_console():
    """A block of text is a drawing, or what something else than the command prints."""
    assert [block.name for block in BLOCKS if block.language == "text" and re.search(r"^\$ ", block.text, re.MULTILINE)] == []


@of("python")
def test_a_program_runs_and_passes_the_check(block):
    code = compile(block.text, block.name, "exec")
    if block.marks:
        return  # a file of its page's folder: the page's commands run it
    deployment = run_program(lambda: exec(code, {"__name__": "__main__"}), preview=True)
    report = check([records(deployment)], Options())

    assert deployment.error is None
    assert [finding.message for finding in report.findings if finding.level == "mandatory"] == []


def test_the_table_of_effects_is_that_of_the_rules():
    readme = (ROOT / "README.md").read_text("utf-8")
    rows = dict(
        re.findall(
            r"^\| (silent|the deployment fails|money|quality|what your organisation)[^|]*\| (CEN[^|]+) \|$", readme, re.MULTILINE
        )
    )
    said = {}
    for effect, text in rows.items():
        for first, last in re.findall(r"CEN(\d+)(?:–CEN(\d+))?", text):
            for number in range(int(first), int(last or first) + 1):
                said.setdefault(f"CEN{number}", set()).add(effect)
    words = {"S": "silent", "F": "the deployment fails", "C": "money", "Q": "quality"}

    assert said == {rule.code: {words[letter] for letter in rule.effect} or {"what your organisation"} for rule in RULES}


@of("toml")
def test_a_file_is_understood(block, tmp_path):
    table = tomllib.loads(block.text)
    if block.marks:
        return  # a file of its page's folder: the page's commands read it
    path = tmp_path / "file.toml"
    path.write_text(block.text, "utf-8")
    if "project" in table:
        assert set(table["project"]) <= {"entry-points", "dependencies", "optional-dependencies", "name", "version"}
    elif set(table) == {"waiver"}:
        assert read_waivers(path, chooser_of(RULES))
    elif set(table) & INVENTORY_ROWS:
        read_inventories([path])
    else:
        written = re.sub(r"^plugins = .*$", "", block.text, flags=re.MULTILINE)
        written = re.sub(r"^waivers = .*$", "", written, flags=re.MULTILINE)
        path.write_text(re.sub(r"^\[rules\.package-in-odd-steps\]\n(?:\w.*\n)*", "", written, flags=re.MULTILINE), "utf-8")
        read_settings(path)


@of("json")
def test_a_document_is_json(block):
    json.loads(block.text)


@of("yaml")
def test_a_document_is_yaml(block):
    """Pipelines have a test of their own."""
    assert isinstance(yaml.safe_load(block.text), (dict, list))


def renewed(shown: list[str], printed: list[str]) -> list[str]:
    """What a page shows of an output, brought up to date: what it left out stays out, where its ends are found again."""
    parts: list[list[str]] = [[]]
    for line in shown:
        if line.strip() == "...":
            parts.append([])
        else:
            parts[-1].append(line)
    lines: list[str] = []
    at = 0
    for number, part in enumerate(parts):
        lines += ["..."] if number else []
        if not part:
            continue
        end = len(printed) - len(part)
        closing = number == len(parts) - 1 and end >= at and printed[end] == part[0]
        first = at if number == 0 else end if closing else likest(part[0], printed, at)
        last = len(printed) - 1 if number == len(parts) - 1 else likest(part[-1], printed, first + len(part) // 2)
        if last < first:
            return printed
        lines += printed[first : last + 1]
        at = last + 1
    return lines if shown else printed


def likest(line: str, printed: list[str], start: int) -> int:
    """Where a line is found again, the first of the likest."""
    likeness = [difflib.SequenceMatcher(None, line, other).ratio() for other in printed[start:]] or [0]
    return start + likeness.index(max(likeness))


def written(block: Block, said: dict[tuple[str, int], str], problems: str) -> str:
    lines = []
    for number, command in enumerate(block.commands()):
        lines.append(f"$ {command.line}")
        stale = f"{block.name}: $ {command.line}\nprinted" in problems
        lines += renewed(command.output, said[block.name, number].splitlines()) if stale else command.output
    return "".join(f"{line}\n" for line in lines)


def write(pages: list[Path]) -> None:
    """Put what commands print into the pages."""
    for page in pages:
        with tempfile.TemporaryDirectory() as place:
            session = play(page, Path(place, "session"))
        text = page.read_text("utf-8")
        problems = "\n".join(session.problems)
        if any(OUR_FRAME.search(output) for output in session.said.values()):
            sys.exit(f"{page.relative_to(ROOT)}: a command of this page crashes; nothing was written:\n{problems}")
        for block in reversed([item for item in blocks_of(page) if item.language == "console" and item.reason is None]):
            lines = text.splitlines(keepends=True)
            size = block.text.count("\n")
            text = "".join([*lines[: block.line], written(block, session.said, problems), *lines[block.line + size :]])
        page.write_text(text, "utf-8")
        print(page.relative_to(ROOT), f"{len(session.problems)} changed")


if __name__ == "__main__":
    write([Path(name).resolve() for name in sys.argv[1:]] or PAGES)
