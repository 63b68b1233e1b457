"""What two stacks hold, or one of them reads with `.get`, is one thing: it counts once, and is judged once."""

import copy
import json
from pathlib import Path

import pytest

from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.sources import read_document
from cenguard.testing import a_world, an_inventory

RECORDINGS = Path(__file__).parents[1] / "recordings"
OF_BASIC = ("InstanceAttachment", "BandwidthPackageAttachment", "BandwidthLimit")
OF_ENTERPRISE = ("TransitRouterVpcAttachment", "TransitRouterPeerAttachment", "BandwidthPackageAttachment", "TransitRouter")
HELD = [("basic-create", kind) for kind in OF_BASIC[:2]] + [("enterprise-create", kind) for kind in OF_ENTERPRISE]
READ = [("basic-create", kind) for kind in OF_BASIC] + [("enterprise-create", kind) for kind in OF_ENTERPRISE]


def state(recording):
    """The state of a stack as the engine exported it."""
    return json.loads((RECORDINGS / recording / "export-after-up.json").read_text())


def of_kind(document, kind):
    """What the state holds of one type."""
    return [item for item in document["deployment"]["resources"] if item["type"].endswith(f":{kind}")]


def renamed(value, old, new):
    return json.loads(json.dumps(value).replace(old, new))


def held_of(resource):
    """What another stack has after it imported a thing: the ids as texts."""
    edges = {key: [] for key in resource["propertyDependencies"]}
    return {**resource, "dependencies": [], "propertyDependencies": edges}


def read_of(resource):
    """What `.get` leaves in a state: no inputs, and no edges."""
    kept = {key: value for key, value in resource.items() if key not in ("inputs", "dependencies", "propertyDependencies")}
    return {**kept, "external": True}


def stack_with(document, resources, project="another"):
    """The state of another stack with these resources, and what the engine keeps beside them."""
    other = copy.deepcopy(document)
    kept = [item for item in other["deployment"]["resources"] if item["type"].startswith("pulumi:")]
    other["deployment"]["resources"] = [*kept, *copy.deepcopy(resources)]
    return renamed(other, "::network::", f"::{project}::")


def told(*documents):
    """Findings and pairs of documents that are checked together."""
    sources = [read_document(json.dumps(item).encode(), f"{number}.json") for number, item in enumerate(documents)]
    report = check(sources, Options())
    findings = sorted((item.rule, item.verdict, item.resource or "") for item in report.findings)
    routes = [item.counts for item in report.routes.instances] if report.routes else []
    return findings, [(item.regions, item.disposition, item.mbps) for item in report.pairs], routes


@pytest.mark.parametrize("project", ["another", "zz"], ids=["before", "after"])
@pytest.mark.parametrize(("recording", "kind"), HELD)
def test_what_two_stacks_hold_counts_once(recording, kind, project):
    document = state(recording)
    held = [held_of(item) for item in of_kind(document, kind)]

    assert held
    assert told(document, stack_with(document, held, project)) == told(document)


@pytest.mark.parametrize("project", ["another", "zz"], ids=["before", "after"])
@pytest.mark.parametrize(("recording", "kind"), READ)
def test_what_another_stack_reads_counts_once(recording, kind, project):
    document = state(recording)
    read = [read_of(item) for item in of_kind(document, kind)]

    assert told(document, stack_with(document, read, project)) == told(document)
    unread = [{key: value for key, value in item.items() if key != "outputs"} for item in read]
    assert told(document, stack_with(document, unread, project)) == told(document)


@pytest.mark.parametrize(("recording", "kind"), READ[:-1])
def test_what_is_read_stands_at_the_values_that_the_state_has(recording, kind):
    document = state(recording)
    managed = told(document)
    for item in of_kind(document, kind):
        place = document["deployment"]["resources"].index(item)
        document["deployment"]["resources"][place] = read_of(item)

    assert told(document) == managed


@pytest.mark.parametrize("other_has", [held_of, read_of])
@pytest.mark.parametrize(
    ("recording", "kind", "cut"),
    [
        ("basic-create", "BandwidthPackageAttachment", "CEN201"),
        ("basic-create", "InstanceAttachment", "CEN210"),
        ("enterprise-create", "TransitRouterPeerAttachment", "CEN206"),
    ],
)
def test_what_one_stack_deletes_the_other_one_has_no_more(recording, kind, cut, other_has):
    document = state(recording)
    held = of_kind(document, kind)[0]
    ours, theirs = (
        read_document(json.dumps(item).encode(), f"{number}.json")
        for number, item in enumerate((document, stack_with(document, [other_has(held)])))
    )
    [gone] = [item for item in ours.resources if item.id == held["id"] and item.type.endswith(f":{kind}")]
    ours.resources.remove(gone)
    ours.deleted.append(gone)
    rules = {item.rule for item in check([ours, theirs], Options()).findings if item.verdict == "violated"}
    assert cut in rules

    ours.deleted.remove(gone)
    ours.retained.append(gone)
    rules = {item.rule for item in check([ours, theirs], Options()).findings if item.verdict == "violated"}
    assert cut not in rules


def test_a_limit_that_two_stacks_hold_is_written_by_both():
    """The service has one, and each of the stacks gives it its Mbps: CEN212 says so."""
    document = state("basic-create")
    held = [held_of(item) for item in of_kind(document, "BandwidthLimit")]

    (finding,) = told(document, stack_with(document, held))[0]

    assert finding[:2] == ("CEN212", "violated")


def test_what_a_preview_reads_is_no_program_that_left_everything_out():
    """The step tells an id, and nothing else."""
    preview = json.loads((RECORDINGS / "unknown-from-get" / "preview.json").read_text())
    (step,) = [item for item in preview["steps"] if item["op"] == "read" and item["urn"].endswith("::core")]
    kinds = ("transitRouterVpcAttachment", "transitRouterPeerAttachment", "bandwidthLimit", "instanceAttachment")
    for kind in kinds:
        made = renamed(step, "cen/instance:Instance", f"cen/{kind}:{kind[0].upper()}{kind[1:]}")
        preview["steps"].append(renamed(renamed(made, "::core", f"::read-{kind}"), step["newState"]["id"], "cen-1:tr-attach-1"))

    findings = told(preview)[0]

    assert not [item for item in findings if item[1] == "violated" and item[2].startswith("read-")]


def test_edges_lead_to_the_one_that_is_told():
    """An association in the stack that reads the attachment and the table leads packets as it did in their own stack."""
    document = state("enterprise-create")
    relations = [item for item in document["deployment"]["resources"] if "RouteTableAssociation" in item["type"]]
    assert relations
    names = {urn for item in relations for urns in item["propertyDependencies"].values() for urn in urns}
    read = [read_of(item) for item in document["deployment"]["resources"] if item["urn"] in names]
    other = stack_with(document, [*read, *relations])
    rest = copy.deepcopy(document)
    rest["deployment"]["resources"] = [item for item in rest["deployment"]["resources"] if item not in relations]

    assert told(rest, other) == told(document)


def late(instance):
    """A stack that deletes what its state has of a package: the attachment to an instance."""
    world = a_world(project="late").instance(instance, cenInstanceName=instance).attach_package("cenbwp-1", "bound")
    return world.standing().deleted("bound")


@pytest.mark.parametrize("told_by", ["a state", "an inventory"])
@pytest.mark.parametrize(("instance", "disposition"), [("other", "funded"), ("core", "not_attached")])
def test_what_one_stack_detaches_from_an_instance_stays_on_another(instance, disposition, told_by):
    """The id of an attachment is that of its package, so that the one on the other instance was taken for gone as well."""
    world = a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales").standing()
    world.package("China", "North-America", 10, "package", attached=False).standing()
    records = world.records()
    next(item for item in records.resources if item.name == "package").id = "cenbwp-1"
    rows = an_inventory(packages=[("cenbwp-1", "China", "North-America", 10, "core-id")] if told_by == "an inventory" else [])
    if told_by == "a state":
        world.attach_package("cenbwp-1", "held").standing("held")
        records = world.records()
        for item in records.resources:
            item.id = "cenbwp-1" if item.name in ("package", "held") else item.id
    world.limit("cn-beijing", "us-west-1", 5, "limit")
    records.resources.append(next(item for item in world.records().resources if item.name == "limit"))
    leaving = late(instance).records()
    leaving.deleted[0].id = "cenbwp-1"
    (pair,) = check([leaving, records], Options(inventory=rows)).pairs

    assert pair.disposition == disposition
