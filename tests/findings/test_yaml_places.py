"""Edits of a fix in YAML programs."""

import pytest

from cenguard.findings.fix import Options, Remove, Set
from tests.findings.placing import changed
from tests.findings.written import BUY, WAIT, YAML, after, urn, written


@pytest.mark.parametrize(
    ("text", "made"),
    [
        (
            "  limit:\n    type: alicloud:cen:BandwidthLimit\n    properties:\n      bandwidthLimit: 4 # Mbps\n",
            '      bandwidthLimit: 4 # Mbps\n    options:\n      dependsOn: ["${bj}", "${us}"]\n',
        ),
        (
            "  limit: {type: alicloud:cen:BandwidthLimit}\n",
            '  limit: {type: alicloud:cen:BandwidthLimit, options: {dependsOn: ["${bj}", "${us}"]}}\n',
        ),
        (
            "  limit:\n    type: alicloud:cen:BandwidthLimit\n    options:\n      dependsOn:\n      - ${core} # first\n      protect: true\n",
            "      dependsOn:\n      - ${core} # first\n      - ${bj}\n      - ${us}\n      protect: true\n",
        ),
        (
            '  limit:\n    type: alicloud:cen:BandwidthLimit\n    options: {dependsOn: ["${core}"]}\n\n# the end\nvariables: {a: 1}\n',
            '    options: {dependsOn: ["${core}", "${bj}", "${us}"]}\n\n# the end\nvariables: {a: 1}\n',
        ),
        (
            "  limit:\n      type: alicloud:cen:BandwidthLimit\n      options:\n          protect: true\n",
            '      options:\n          protect: true\n          dependsOn: ["${bj}", "${us}"]\n',
        ),
    ],
)
def test_yaml_adds_to_what_is_there(tmp_path, text, made):
    assert after(written(tmp_path, "yaml", YAML + text, [WAIT])).endswith(made)


def test_yaml_new_resources_stand_among_the_others(tmp_path):
    text = "  limit:\n    type: alicloud:cen:BandwidthLimit\n    properties: {bandwidthLimit: 4}\nvariables:\n  china-eu: 1\n"
    made = after(written(tmp_path, "yaml", YAML + text, BUY))

    assert (
        "# the backbone\n  china-eu-2:\n    type: alicloud:cen:BandwidthPackage\n    name: china-eu\n    properties:\n      bandwidth: 10\n"
        "      autoRenew: true\n    options:\n      protect: true\n  china-eu-attachment:\n" in made
    )
    assert "bandwidthPackageId: ${china-eu-2.id}\n  bj:" in made


@pytest.mark.parametrize(
    "text",
    [
        "  limit: &l\n    type: alicloud:cen:BandwidthLimit\n    options: &o {protect: true}\n  other:\n    type: a:b:C\n    options: *o\n",
        "  limit:\n    type: alicloud:cen:BandwidthLimit\n    properties:\n      <<: {bandwidthLimit: 4}\n",
        "  limit:\n    type: alicloud:cen:BandwidthLimit\n    get: {id: x}\n",
        "  limit:\n    type: alicloud:cen:BandwidthLimit\n  again:\n    type: alicloud:cen:BandwidthLimit\n    name: limit\n",
    ],
)
def test_yaml_what_is_not_certain_has_no_place(tmp_path, text):
    code = written(tmp_path, "yaml", YAML + text, [WAIT])
    if "*o" in text:
        assert "&o {protect: true, dependsOn" not in "".join(changed(code).values())
    else:
        assert not code.changes


def test_yaml_takes_away_and_adds(tmp_path):
    limit = "  limit:\n    type: alicloud:cen:BandwidthLimit\n    properties:\n      a: 1\n      bandwidthLimit: 4 # Mbps\n"
    edits = [Set(urn=urn("limit"), properties={"regionIds": ("a", "b"), "bandwidthLimit": None}), Remove(urn=urn("us"))]
    text = after(written(tmp_path, "yaml", YAML + limit, edits))

    assert text.endswith('"${core.id}"}\n' + limit.replace("bandwidthLimit: 4", "regionIds: [a, b]"))


@pytest.mark.parametrize(
    ("core", "made"),
    [
        (
            "    properties:\n      cenInstanceName: wan\n",
            "    properties:\n      cenInstanceName: wan\n    options:\n      protect: true\n",
        ),
        ("    options:\n      provider: ${hz}\n", "    options:\n      provider: ${hz}\n      protect: true\n"),
    ],
)
def test_yaml_adds_to_the_end_of_a_resource_and_not_of_the_new_one_below_it(tmp_path, core, made):
    program = YAML.replace(" {type: alicloud:cen:Instance}   # the backbone\n", f"\n    type: alicloud:cen:Instance\n{core}")
    edits = [*BUY, Set(urn=urn("core"), options=Options(protect=True))]

    assert f"{made}  china-eu:" in after(written(tmp_path, "yaml", program, edits))
