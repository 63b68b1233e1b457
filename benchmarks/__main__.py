"""Measures the budgets in one run, as ratios: `python -m benchmarks`. Prints the table of the README.

Each figure is the best of several runs, in turns: what the machine does besides only ever adds. Whole processes are measured
by the processor's time. The reference build stands in a worktree of this repository; the official policy host, which holds
protobuf back, Open Policy Agent's binding and Checkov stand in environments of their own; all are made on the first run.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import beside_peers, enterprise, estate, packs
from benchmarks.processes import ROOT, Cost, Work, beside, check_of, compared, must_find, reference

DECODE_ONLY = (
    "import gc, os, sys; gc.disable()\n"
    "from cenguard.readers.preview import decode_document\n"
    "from cenguard.readers.sources import content_of\n"
    "from pathlib import Path\n"
    "decode_document(content_of(sys.argv[1], Path(sys.argv[1])), 'document')\n"
    "os._exit(0)\n"
)
SIZE = 10_000
LARGE = 100_000
Row = tuple[str, str, str]


def written(folder: Path, kind: str, size: int) -> Path:
    """A document, written by a child: a process hands its own peak memory on to those it starts."""
    path = folder / f"{kind}-{size}.json"
    make = {
        "few": f"estate.preview({size})",
        "many": f"enterprise.preview({size})",
        "plan": f"terraform.plan({size})",
        "standing": f"terraform.plan({size}, standing=True)",
        "stateless": f"terraform.without_prior_state({size})",
    }[kind]
    text = (
        f"from benchmarks import enterprise, estate, terraform; from pathlib import Path; Path({str(path)!r}).write_bytes({make})"
    )
    subprocess.run([sys.executable, "-c", text], check=True, cwd=ROOT)
    return path


def starts(folder: Path, runs: int, old: Path | None) -> Iterator[Row]:
    """What every run pays before it looks at anything."""
    small = written(folder, "few", 10)
    works = {"version": Work([sys.executable, "-m", "cenguard", "--version"]), "small": check_of(small)}
    if old is not None:
        works["old"] = check_of(small, folder=old)
    costs = beside(works, 2 * runs)
    yield "`cenguard --version`", f"{costs['version'].seconds * 1000:.0f} ms", "150 ms"
    yield "`cenguard check` of a ten-network document", f"{costs['small'].seconds * 1000:.0f} ms", "150 ms"
    if old is not None:
        yield "the same : the reference build", compared(costs["small"], costs["old"]), "1.05"


def documents(folder: Path, runs: int, old: Path | None) -> Iterator[Row]:
    """Checks of 10,000 attachments: few findings and many, beside decoding alone and the reference build."""
    few, less, many = written(folder, "few", SIZE), written(folder, "few", SIZE // 10), written(folder, "many", SIZE)
    builds = [ROOT] + ([old] if old is not None else [])
    for build in builds:
        must_find(few, estate.expected(SIZE), build)
        must_find(many, enterprise.expected(SIZE), build)
    works = {
        "few": check_of(few, "--format", "json"),
        "less": check_of(less, "--format", "json"),
        "many": check_of(many, "--format", "json"),
        "quiet": check_of(many, "--quiet"),
        "decode": Work([sys.executable, "-c", DECODE_ONLY, str(few)]),
    }
    if old is not None:
        works["few before"] = check_of(few, "--format", "json", folder=old)
        works["many before"] = check_of(many, "--format", "json", folder=old)
    costs = beside(works, runs)
    yield "check of 10,000 attachments, few findings : decoding alone, time", compared(costs["few"], costs["decode"]), "2.5"
    yield "the same, peak memory", in_memory(costs["few"], costs["decode"]), "1.5"
    yield "check of 10,000 : 1,000 attachments, time", compared(costs["few"], costs["less"]), "12"
    if old is not None:
        yield "few findings : the reference build, time", compared(costs["few"], costs["few before"]), "0.55"
        yield (
            "12,000 findings, every rule, JSON : the reference build, time",
            compared(costs["many"], costs["many before"]),
            "0.4",
        )
    yield "12,000 findings, peak memory", f"{costs['many'].megabytes:.0f} MB", "200 MB"
    yield "12,000 findings, `--quiet` : JSON, time", compared(costs["quiet"], costs["many"]), "1.0"


def plans(folder: Path, runs: int) -> Iterator[Row]:
    """The same network as a Terraform plan, beside its preview; and a plan of what stands, with its state under it and without."""
    kinds = ("few", "plan", "standing", "stateless")
    paths = {kind: written(folder, kind, SIZE) for kind in kinds}
    known = {code: count for code, count in estate.expected(SIZE).items() if code in ("CEN201", "CEN202", "CEN208")}
    must_find(paths["plan"], known)
    for kind in ("standing", "stateless"):
        must_find(paths[kind], {"CEN202": known["CEN202"], "CEN208": known["CEN208"]})
    costs = beside({kind: check_of(path, "--format", "json") for kind, path in paths.items()}, runs)
    yield "a Terraform plan : the preview of the same network, time", compared(costs["plan"], costs["few"]), "0.8"
    yield "the same, peak memory", in_memory(costs["plan"], costs["few"]), "0.6"
    yield (
        "a plan with the 14,000 resources of its state under it : without, time",
        compared(costs["standing"], costs["stateless"]),
        "1.25",
    )


def large(folder: Path) -> Iterator[Row]:
    """Ten times as much."""
    sizes = {size: written(folder, "few", size) for size in (SIZE, LARGE)}
    must_find(sizes[LARGE], estate.expected(LARGE))
    costs = beside({str(size): check_of(path, "--format", "json") for size, path in sizes.items()}, 2)
    yield "check of 100,000 : 10,000 attachments, time", compared(costs[str(LARGE)], costs[str(SIZE)]), "12"
    yield "check of 100,000 attachments, peak memory", f"{costs[str(LARGE)].megabytes:.0f} MB", "1,000 MB"


def peers(folder: Path, runs: int) -> Iterator[Row]:
    """One rule, beside other engines."""
    preview, smaller = written(folder, "few", SIZE), written(folder, "plan", SIZE // 10)
    yield from beside_peers.rows(preview, smaller, runs)


def in_memory(one: Cost, other: Cost) -> str:
    """Two peaks of memory as a ratio."""
    return f"{one.megabytes / other.megabytes:.2f} ({one.megabytes:.0f} MB : {other.megabytes:.0f} MB)"


def everything(folder: Path, options: argparse.Namespace, old: Path | None) -> Iterator[Row]:
    """Every row that was asked for."""
    yield from starts(folder, options.runs, old)
    yield from documents(folder, options.runs, old)
    yield from plans(folder, options.runs)
    if options.large:
        yield from large(folder)
    if not options.no_peers:
        yield from peers(folder, options.runs)
    if not options.no_pack:
        yield from packs.rows()


def main() -> None:
    """Measure everything, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="runs of each process; the best counts")
    parser.add_argument("--reference", metavar="FOLDER", help="a checkout of the build to compare with")
    parser.add_argument("--large", action="store_true", help="also 100,000 attachments (a document of 500 MB)")
    parser.add_argument("--no-peers", action="store_true", help="without Open Policy Agent and Checkov")
    parser.add_argument("--no-pack", action="store_true", help="without the policy packs")
    parser.add_argument("--json", metavar="FILE", help="also write the table as JSON")
    options = parser.parse_args()
    old = reference(options.reference)
    rows: list[Row] = []
    print("| what | measured | budget |\n|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as name:
        for row in everything(Path(name), options, old):
            print(f"| {' | '.join(row)} |", flush=True)
            rows.append(row)
    if options.json:
        keys = ("what", "measured", "budget")
        Path(options.json).write_text(json.dumps([dict(zip(keys, row, strict=True)) for row in rows], indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
