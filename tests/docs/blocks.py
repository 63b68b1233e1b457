"""The code blocks of the documentation, and a folder in which those of one page are run.

An HTML comment directly above a block says what it needs, or why it cannot be run:

    <!-- not run: needs the pulumi executable -->
    <!-- file: __main__.py -->                 the block is this file
    <!-- added to: __main__.py -->             it stands at the end of this file
    <!-- folder: examples/missing-package -->  begin in a copy of this folder; `new` is an empty one
    <!-- given: preview.json = tests/recordings/basic-create/preview.json -->
"""

import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = [
    *(
        ROOT / name
        for name in ("README.md", "README.zh-CN.md", "AGENTS.md", "CONTRIBUTING.md", "SECURITY.md", "policy_pack/README.md")
    ),
    *sorted(path for path in (ROOT / "docs").rglob("*.md") if path.parent.name != "rules"),
]
FENCE = re.compile(r"^(```+)(\w*)[^\n]*\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
MARKS = re.compile(r"(?:^<!-- [^\n]+ -->\n)+\Z", re.MULTILINE)
ELSEWHERE = ("pulumi", "aliyun", "git", "gh", "podman", "docker", "pip", "npm", "pre-commit", "source", "scripts/test", "scripts/setup",
             "scripts/docs")  # fmt: skip
"""Programs that a test does not have, or must not run."""
COPIED = ("Pulumi.yaml", "Pulumi.dev.yaml", "__main__.py", "components", "scripts", "examples")
"""What a copy of the checkout needs, for the commands of its first page."""


@dataclass(frozen=True)
class Block:
    """One block of code on a page."""

    page: Path
    line: int
    language: str
    text: str
    marks: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.page.relative_to(ROOT).as_posix()}:{self.line}"

    def marked(self, kind: str) -> list[str]:
        return [mark.partition(": ")[2] for mark in self.marks if mark.partition(":")[0] == kind]

    @property
    def reason(self) -> str | None:
        """Why it is not run."""
        return next(iter(self.marked("not run")), None)

    def commands(self) -> Iterator["Command"]:
        """The commands of a console, each with the output that is shown; every line of a script."""
        if self.language == "sh":
            for line in self.text.splitlines():
                if line.strip() and not line.startswith("#"):
                    yield Command(line, [])
            return
        found: Command | None = None
        for line in self.text.splitlines():
            if line.startswith("$ "):
                if found is not None:
                    yield found
                found = Command(line[2:], [])
            elif found is not None and found.line.endswith("\\"):
                found.line += "\n" + line
            else:
                assert found is not None, f"{self.name}: a console begins with a command"
                found.output.append(line)
        if found is not None:
            yield found


@dataclass
class Command:
    line: str
    output: list[str]

    @property
    def programs(self) -> set[str]:
        """The first word of everything that is joined here."""
        parts = re.split(r"&&|\|\||[|;\n]", self.line.replace("\\\n", " "))
        words = [[word for word in part.split() if not re.match(r"\w+=", word)] for part in parts]
        return {found[0] for found in words if found}


def blocks_of(page: Path) -> list[Block]:
    text = page.read_text("utf-8")
    found = []
    for match in FENCE.finditer(text):
        marks = MARKS.search(text[: match.start()])
        notes = tuple(re.findall(r"<!-- (.+?) -->", marks[0])) if marks else ()
        found.append(Block(page, text.count("\n", 0, match.start()) + 1, match[2], match[3], notes))
    return found


def pattern_of(expected: list[str]) -> re.Pattern[str]:
    """Lines as they are; `...` on a line of its own is any number of lines, at the end of a line the rest of it."""
    parts = []
    for line in expected:
        if line.strip() == "...":
            parts.append(r"(?:[^\n]*\n)*?")
        elif line.endswith(" ..."):
            parts.append(re.escape(line.removesuffix("...")) + r"[^\n]*\n")
        else:
            parts.append(re.escape(line) + r"\n")
    return re.compile("".join(parts))


@dataclass
class Session:
    """The folder of one page."""

    place: Path
    number: int = 0
    cwd: Path = field(init=False)
    status: int = 0
    problems: list[str] = field(default_factory=list)
    said: dict[tuple[str, int], str] = field(default_factory=dict)
    """What commands printed, by block and number of the command."""

    def __post_init__(self) -> None:
        shims = self.place / "bin"
        shims.mkdir(parents=True)
        for name, command in (("cenguard", "-m cenguard"), ("python", ""), ("python3", "")):
            write_script(shims / name, f'exec "{sys.executable}" {command} "$@"')
        write_script(shims / "pulumi", '[ "$*" = version ] && echo v3.260.0')  # `cenguard init` asks which engine there is
        self.folder("new")

    def folder(self, name: str) -> None:
        self.number += 1
        self.cwd = self.place / str(self.number)
        if name == "new":
            self.cwd.mkdir()
        elif name == ".":
            self.checkout()
        else:
            shutil.copytree(ROOT / name, self.cwd, ignore=shutil.ignore_patterns("__pycache__", "README.md", "*.svg"))

    def checkout(self) -> None:
        """What a first look at the repository needs; its environment is the one of this test."""
        self.cwd.mkdir()
        for name in COPIED:
            path = ROOT / name
            copy = shutil.copytree if path.is_dir() else shutil.copy
            copy(path, self.cwd / name)
        write_script(self.cwd / "scripts" / "setup", "exit 0")
        (self.cwd / ".venv" / "bin").mkdir(parents=True)
        write_script(self.cwd / ".venv" / "bin" / "cenguard", f'exec "{sys.executable}" -m cenguard "$@"')

    def play(self, block: Block) -> None:
        for name in block.marked("folder"):
            self.folder(name)
        for name in block.marked("given"):
            target, _, source = name.partition(" = ")
            (self.cwd / target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / source, self.cwd / target)
        for kind, mode in (("file", "w"), ("added to", "a")):
            for name in block.marked(kind):
                (self.cwd / name).parent.mkdir(parents=True, exist_ok=True)
                with (self.cwd / name).open(mode, encoding="utf-8") as file:
                    file.write(block.text)
        if block.language in ("console", "sh") and block.reason is None:
            for number, command in enumerate(block.commands()):
                self.run(block, number, command)

    def run(self, block: Block, number: int, command: Command) -> None:
        after = self.place / "cwd"
        script = f"(exit {self.status}); {command.line}\nstatus=$?; pwd > {after}; exit $status"
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=self.cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=60,
            env={
                **os.environ,
                "PATH": f"{self.place / 'bin'}{os.pathsep}{os.environ['PATH']}",
                "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])),
                "PYTHONDONTWRITEBYTECODE": "1",
            },
        )
        self.status = done.returncode
        self.cwd = Path(after.read_text("utf-8").strip())
        text = done.stdout.decode("utf-8").replace(f"{self.cwd}/", "")
        printed = "".join(f"{line.rstrip()}\n" for line in text.splitlines())
        self.said[block.name, number] = printed
        if block.language == "console" and not pattern_of(command.output).fullmatch(printed):
            self.problems.append(f"{block.name}: $ {command.line}\nprinted\n{printed}")
        elif self.status not in (0, 1) and not command.output:
            self.problems.append(f"{block.name}: $ {command.line}\nended with status {self.status}")


def write_script(path: Path, text: str) -> None:
    path.write_text(f"#!/bin/bash\n{text}\n", "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def play(page: Path, place: Path) -> Session:
    """Run what a page shows, from its first block to its last."""
    session = Session(place)
    for block in blocks_of(page):
        session.play(block)
    return session
