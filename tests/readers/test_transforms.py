"""What a transform takes away is not set, though the engine keeps the edge of it; what a program said and waited for holds."""

from pathlib import Path

import pytest

from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.program.reader import read_program
from cenguard.readers.sources import read_estate

RUNS = Path(__file__).parents[1] / "recordings" / "runs"


def billed(sources, name="peer"):
    """The peer's edges, and what is said of how it is paid."""
    found = check(sources, Options()).findings
    (peer,) = (item for source in sources for item in source.resources if item.name == name)
    return sorted(peer.property_dependencies), [item.verdict for item in found if item.rule == "CEN304"]


def test_a_property_that_a_transform_takes_away_is_not_unknown(tmp_path):
    document = read_estate([str(RUNS / "transform.json")])
    (tmp_path / "Pulumi.yaml").write_text("name: network\nruntime: python\n")
    (tmp_path / "__main__.py").write_text((RUNS / "transform.py").read_text())
    program = [read_program(tmp_path)]

    for sources in (document, program):
        edges, said = billed(sources)
        assert "cenId" in edges
        assert "cenBandwidthPackageId" not in edges
        assert said == []


@pytest.mark.parametrize("names", [["ignored-preview"], ["ignored-plan", "ignored-export"]])
def test_a_property_that_ignored_changes_take_away_is_not_unknown(names):
    """The program gives a peer by traffic a package, and ignores changes of that: it has none, and gets none."""
    edges, said = billed(read_estate([str(RUNS / f"{name}.json.gz") for name in names]), "peer-cn-beijing-us-west-1")

    assert "cenId" in edges
    assert "cenBandwidthPackageId" not in edges
    assert said == []


def test_a_transform_adds_to_what_a_resource_waits_for_and_takes_nothing_from_it(tmp_path):
    """The SDK waits for `depends_on` before it registers a resource, and in the transform for what is added there."""
    (tmp_path / "Pulumi.yaml").write_text("name: network\nruntime: python\n")
    (tmp_path / "__main__.py").write_text("""
import pulumi
import pulumi_alicloud as alicloud
first = alicloud.cen.Instance("first")
second = alicloud.cen.Instance("second")
def ordered(args):
    if args.name == "third":
        args.opts.depends_on = [second]
    return pulumi.ResourceTransformResult(args.props, args.opts)
pulumi.runtime.register_stack_transform(ordered)
alicloud.cen.Instance("third", opts=pulumi.ResourceOptions(depends_on=[first]))
""")
    records = read_program(tmp_path)
    found = {item.name: item for item in records.resources}

    assert set(found["third"].dependencies) == {found["first"].urn, found["second"].urn}


def test_a_transform_takes_no_edges_away(tmp_path):
    """The SDK's answer for a transform names no resource its values came from, and the engine forgets them: the program is known better."""
    (tmp_path / "Pulumi.yaml").write_text("name: network\nruntime: python\n")
    (tmp_path / "__main__.py").write_text("""
import pulumi
import pulumi_alicloud as alicloud
core = alicloud.cen.Instance("core")
same = pulumi.ResourceOptions(transforms=[lambda args: pulumi.ResourceTransformResult(args.props, args.opts)])
alicloud.cen.TransitRouter("router", cen_id=core.id, opts=same)
""")
    found = {item.name: item for item in read_program(tmp_path).resources}

    assert found["router"].property_dependencies["cenId"] == (found["core"].urn,)
