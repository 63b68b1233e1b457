"""What `pulumi do` put into a stack: the engine makes it in every update, though no program has it. A document of engine 3.276."""

import json
from pathlib import Path

import pytest

from cenguard.assembly.old_states import with_old_states
from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.sources import read_document, read_estate

EXPORT = Path(__file__).parents[1] / "recordings" / "runs" / "do-export.json"
PROGRAM = """\
name: network
runtime: yaml
resources:
  core:
    type: alicloud:cen:Instance
    properties: {cenInstanceName: NAME}
"""


@pytest.fixture
def program(tmp_path):
    def written(text):
        (tmp_path / "Pulumi.yaml").write_text(text)
        (tmp_path / "Pulumi.dev.yaml").write_text("config: {alicloud:region: cn-beijing}\n")
        return read_estate([str(tmp_path)])

    return written


def export(change=lambda document: None):
    document = json.loads(EXPORT.read_bytes())
    change(document)
    return read_document(json.dumps(document).encode(), "export.json")


@pytest.mark.parametrize("name", ["core", "other"])
def test_it_stays_where_a_program_is_compared_with_its_state(program, name):
    report = check(program(PROGRAM.replace("NAME", name)), Options(base=(export(),)))

    assert [(item.rule, item.resource) for item in report.findings] == [("CEN203", "money")]
    assert (report.fixed, report.purchases) == ((), ())


def test_what_refers_to_something_that_is_made_anew_is_made_anew(program):
    def joined(document):
        by_name = {item["urn"].rpartition("::")[2]: item for item in document["deployment"]["resources"]}
        by_name["core"]["taint"] = True
        by_name["shop-at"]["propertyDependencies"]["instanceId"] = [by_name["core"]["urn"]]

    (source,) = program(PROGRAM.replace("NAME", "core"))
    found = {item.name: item.change for item in with_old_states(source, export(joined)).resources if item.custom}

    assert {name: str(found[name]) for name in ("core", "shop-at", "shop")} == {
        "core": "replace",
        "shop-at": "replace",
        "shop": "same",
    }
