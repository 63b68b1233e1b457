"""Programs of random Basic networks: whatever is written parses, is covered as the answer says, and is counted the same."""

import json
import random
from itertools import combinations
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from cenguard.commands.cli import main
from cenguard.geography.catalogue import default_catalogue
from cenguard.geography.regions import is_ccn, region_pair
from cenguard.sources.syntax import tree
from tests.upgrade.exports import Export

CATALOGUE = default_catalogue()
REGIONS = [name for name, region in CATALOGUE.regions.items() if region.status == "open" and region.area and not is_ccn(name)]
NAMES = {"yaml": "Pulumi.yaml", "go": "main.go", "typescript": "index.ts", "hcl": "main.tf", "terraform": "main.tf"}


def a_network(rnd):
    """A Basic network of up to five regions, and the Mbps of each of its limits."""
    export, regions, limits, drawn = Export(), rnd.sample(REGIONS, rnd.randint(1, 5)), {}, {}
    for number in range(rnd.randint(1, 7)):
        region = rnd.choice(regions)
        owner = rnd.choice([None, None, "1234567890123456"])
        if rnd.random() < 0.2:
            export.attach(f"line{number}", f"vbr-{number}", "VBR", region, owner=owner)
            continue
        zones = [f"{region}{letter}" if region[-1].isdigit() else f"{region}-{letter}" for letter in "abc"[: rnd.randint(2, 3)]]
        export.vpc(rnd.choice([f"n{number}", f'n "{number}" é']), region, zones=zones, owner=owner)
    if rnd.random() < 0.3:
        export.route_map("map", rnd.choice(regions), sourceInstanceIds=["vpc-n0"])
    for a, b in combinations(sorted(regions), 2):
        if rnd.random() < 0.7:
            limits[a, b] = rnd.randint(1, 20)
            export.limit(a, b, limits[a, b])
            areas = CATALOGUE.area_pair(region_pair(a, b))
            drawn[areas] = drawn.get(areas, 0) + limits[a, b]
    for areas, mbps in drawn.items():
        if rnd.random() < 0.9:
            export.package("-".join(areas.names), *areas.names, max(2, mbps + rnd.choice([0, 0, 5, -3])))
    return export, limits


def upgrade(document, folder, billing, language):
    arguments = [
        "--billing",
        billing,
        "--program",
        str(folder),
        "--language",
        language,
        "--format",
        "json",
        "--today",
        "2026-11-22",
    ]
    done = CliRunner().invoke(main, ["upgrade", str(document), *arguments], catch_exceptions=False)
    return done.exit_code, done.stdout, done.stderr


@pytest.mark.parametrize("seed", range(12))
def test_a_written_program_is_what_the_answer_says(seed, tmp_path):
    rnd = random.Random(seed)
    export, limits = a_network(rnd)
    document = export.written(tmp_path / "export.json")
    for billing, language in (
        ("package", rnd.choice(list(NAMES))),
        ("as-is", rnd.choice(list(NAMES))),
        ("traffic", rnd.choice(list(NAMES))),
    ):
        folder = tmp_path / billing
        status, out, err = upgrade(document, folder, billing, language)
        if not folder.exists():
            assert (status, out) == (2, "") or "is not written" in err
            continue
        answer, report = json.loads(out), json.loads((folder / "result.json").read_text())
        assert {key: report["summary"][key] for key in answer["result"]} == answer["result"]
        peers = {tuple(peer["regions"]): peer["mbps"] for peer in answer["peers"]}
        assert {tuple(pair["regions"]): pair["mbps"] for pair in report["pairs"] if pair["mbps"]} == peers
        assert set(peers.items()) <= set(limits.items())
        text = (folder / NAMES[language]).read_text()
        if language == "yaml":
            assert yaml.safe_load(text)["resources"]
        else:
            assert not tree(Path(NAMES[language]).suffix, text).has_error
