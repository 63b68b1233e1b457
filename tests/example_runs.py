"""Checks one example as the command does, and tells all that its README states: `python tests/example_runs.py examples/NAME …`.

A process of its own for each example: what the program prints then comes out on this process's standard error, alone.
"""

import argparse
import datetime as dt
import json
import sys
from pathlib import Path

from cenguard.commands.cli import gather
from cenguard.judging.check import check, exit_status, network_of
from cenguard.judging.regional_map import map_of
from cenguard.reports import human
from cenguard.reports import json as machine
from cenguard.reports.map import document as drawing


def observe(folder, inventories, today):
    """Status, output, report, map and resources of one check."""
    options, records = gather((folder,), None, {}, None, inventories, None, today=today)
    report = check(records, options)
    return {
        "status": exit_status(report, "mandatory"),
        "output": human.render(report),
        "report": json.loads(machine.render(report)),
        "map": drawing.render(map_of(network_of(records, options)), "svg", f"The network of {folder}"),
        "resources": [[resource.type, resource.name, resource.provider or ""] for resource in records[0].resources],
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--inventory", type=Path, action="append", default=[])
    parser.add_argument("--today", type=dt.date.fromisoformat)
    given = parser.parse_args()
    json.dump(observe(given.folder, given.inventory, given.today), sys.stdout)
