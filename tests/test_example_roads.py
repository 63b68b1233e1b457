"""Every road has an example, whose verdict is the one that its page states, at the lines that it states."""

import json
import re
from pathlib import Path

import pytest

from tests.commands.test_cli import ROOT, run

FOLDER = Path(ROOT) / "examples" / "roads"
ROWS = re.findall(
    r"^\| [^|]+ \| \[[^|]+\]\(([^)]+)\) \| (\S+) \| (\d) \| (.+?) \|$", (FOLDER / "README.md").read_text("utf-8"), re.MULTILINE
)


@pytest.mark.parametrize(("program", "document", "status", "stated"), ROWS, ids=[document for _, document, *_ in ROWS])
def test_the_verdict_of_a_road(program, document, status, stated):
    done = run("check", document, "--format", "json", cwd=FOLDER)
    found = [item for item in json.loads(done.stdout)["findings"] if item["level"] == "mandatory"]
    home = Path(document).parent

    assert (FOLDER / program).is_file()
    assert done.returncode == int(status)
    places = {(item["rule"], f"{item['location']['path']}:{item['location']['line']}") for item in found}
    assert places == {tuple(pair.replace("`", "").split()) for pair in stated.split(", ")}
    for _, place in places:
        path, _, line = place.partition(":")
        assert (FOLDER / home / path).read_text("utf-8").splitlines()[int(line) - 1].strip()


def test_every_folder_is_in_the_table():
    assert {path.name for path in FOLDER.iterdir() if path.is_dir()} == {Path(document).parts[0] for _, document, *_ in ROWS}
