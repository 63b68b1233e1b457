"""Whole processes, timed beside each other: processor time of user and system, and peak memory."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
REFERENCE = "ab60324"
"""The commit that the budgets are measured against."""
CHECKOUT = ROOT / "benchmarks" / ".reference"


_COUNT = (
    "import json, sys, collections\n"
    "print(json.dumps(collections.Counter(item['rule'] for item in json.load(sys.stdin)['findings'])))\n"
)
"""Findings of a report by their rule; by a child, which takes the memory with it."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took."""

    seconds: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Work:
    """A process to time: its command, the folder it stands in, and the exit statuses that it may have."""

    command: Sequence[str]
    folder: Path = ROOT
    allowed: tuple[int, ...] = (0,)


def check_of(path: Path, *options: str, folder: Path = ROOT) -> Work:
    """`cenguard check` of a document, by the build in a folder."""
    return Work([sys.executable, "-m", "cenguard", "check", str(path), *options], folder, (0, 1))


def beside(works: Mapping[str, Work], runs: int) -> dict[str, Cost]:
    """The best of several runs of each, in turns: what else the machine does only ever adds, and falls on all alike."""
    seconds: dict[str, list[float]] = {name: [] for name in works}
    peak: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(runs):
        for name, work in works.items():
            cost = _once(work)
            seconds[name].append(cost.seconds)
            peak[name].append(cost.megabytes)
    return {name: Cost(min(seconds[name]), max(peak[name])) for name in works}


def _once(work: Work) -> Cost:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    child = subprocess.Popen(work.command, cwd=work.folder, stdout=subprocess.DEVNULL, env=environment)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in work.allowed:
        raise SystemExit(f"{' '.join(work.command)} ended with status {child.returncode}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def must_find(path: Path, expected: Mapping[str, int], folder: Path = ROOT) -> None:
    """End the benchmark where a build does not find the known faults of an estate."""
    work = check_of(path, "--format", "json", folder=folder)
    with tempfile.TemporaryFile() as said:
        subprocess.run(work.command, cwd=folder, stdout=said, check=False)
        said.seek(0)
        counted = subprocess.run([sys.executable, "-c", _COUNT], stdin=said, capture_output=True, check=True)
    found = json.loads(counted.stdout)
    missing = {code: (found.get(code, 0), count) for code, count in expected.items() if found.get(code, 0) < count}
    if missing:
        raise SystemExit(f"{path.name}: known faults were not found by the build in {folder}: {missing}")


def reference(given: str | None) -> Path | None:
    """A checkout of the reference build: the one that is given, else a worktree of this repository; None without its history."""
    if given is not None:
        return Path(given).resolve()
    if not CHECKOUT.exists():
        made = subprocess.run(
            ["git", "worktree", "add", "--quiet", "--detach", str(CHECKOUT), REFERENCE],
            cwd=ROOT,
            check=False,
            capture_output=True,
        )
        if made.returncode:
            return None
    return CHECKOUT


def python_with(name: str, *packages: str) -> str:
    """The interpreter of an environment beside the benchmarks, made with these packages when it is missing."""
    folder = ROOT / "benchmarks" / name
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *packages], check=True)
    return str(python)


def compared(one: Cost, other: Cost) -> str:
    """Two times as a ratio."""
    return f"{one.seconds / other.seconds:.2f} ({one.seconds:.2f} s : {other.seconds:.2f} s)"
