"""What `cenguard inventory` says beside the file that it writes."""

import json

from click.testing import CliRunner

from cenguard.commands.cli import main
from tests.readers.documents import RECORDINGS


def written(tmp_path, document):
    """What it says of an export."""
    (tmp_path / "export.json").write_text(json.dumps(document))
    done = CliRunner().invoke(main, ["inventory", str(tmp_path / "export.json"), "-o", str(tmp_path / "net.toml")])
    assert done.exit_code == 0
    return done.stderr


def export():
    return json.loads((RECORDINGS / "basic-unchanged" / "export.json").read_text())


def test_a_region_that_a_check_would_refuse_is_told_with_what_it_takes(tmp_path):
    document = export()
    for item in document["deployment"]["resources"]:
        for side in ("inputs", "outputs"):
            if item.get(side, {}).get("childInstanceRegionId") == "us-west-1":
                item[side]["childInstanceRegionId"] = "us-mars-1"

    told = written(tmp_path, document)

    assert "note: us-mars-1 is not in the area catalogue" in told
    assert "a row for it in a file given with --areas" in told


def test_of_regions_that_the_catalogue_knows_nothing_is_said(tmp_path):
    assert "area catalogue" not in written(tmp_path, export())
