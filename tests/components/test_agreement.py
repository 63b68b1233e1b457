"""Components and rules rest on the same facts: what one builds, the others accept; and names hold on to keys alone."""

import random
from itertools import permutations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cenguard.errors import InvalidIntent
from cenguard.geography.catalogue import default_catalogue
from cenguard.judging.check import check, network_of
from cenguard.judging.options import Options
from cenguard.network.routes import routes_of
from cenguard.planning.intent import parse
from cenguard.reports.words import code_lines
from cenguard.resources.records import Change, Records, Resource, SourceKind, decode_properties
from cenguard_components import CenNetwork
from tests.components.conftest import run_program
from tests.components.worlds import enterprise, three_regions

CATALOGUE = default_catalogue()
REGIONS = sorted(
    region
    for region, row in CATALOGUE.regions.items()
    if isinstance(area := CATALOGUE.area_of(region), str) and CATALOGUE.areas[area].sold and row.status == "open"
)


@st.composite
def wishes(draw, regions=REGIONS):
    """Arguments of any network that can be built, packages sized as the plan asks."""
    edition = draw(st.sampled_from(["basic", "enterprise"]))
    networks = {}
    for index, region in enumerate(draw(st.lists(st.sampled_from(regions), min_size=1, max_size=6))):
        kind = draw(st.sampled_from(["VPC", "VBR"]))
        networks[f"n{index}"] = {"region": region, "kind": kind, "id": f"{kind.lower()}-{index}", "cidrs": [f"10.{index}.0.0/16"]}
        if edition == "enterprise" and kind == "VPC":
            networks[f"n{index}"]["vswitches"] = {f"{region}-a": f"vsw-{index}a", f"{region}-b": f"vsw-{index}b"}
    if edition == "basic" and draw(st.booleans()):
        networks["branches"] = {"region": "ccn-cn-shanghai", "kind": "CCN", "id": "ccn-1"}
    regions = sorted({item["region"] for item in networks.values()})
    billing = draw(st.sampled_from(["package", "traffic"])) if edition == "enterprise" else "package"
    rate = {"bandwidth": draw(st.integers(2, 50)), "billing": billing}
    topology = draw(st.sampled_from(["mesh", "hub"]))
    interconnect = {"mesh": rate} if topology == "mesh" else {"hub": {"region": draw(st.sampled_from(regions)), **rate}}
    args = {"edition": edition, "networks": networks, "interconnect": interconnect, "protect": draw(st.booleans())}
    args["packages"] = {"payment_type": draw(st.sampled_from(["PrePaid", "PostPaid"])), "sizes": _sizes(args)}
    if edition == "enterprise":
        args |= draw(tables(networks))
    return args


@st.composite
def tables(draw, networks):
    """Route tables of one's own, networks in them, and some of the tables kept apart in all regions."""
    found = {}
    for key in sorted(networks):
        region = networks[key]["region"]
        if draw(st.sampled_from([True, True, False])):
            table = f"{draw(st.sampled_from(['prod', 'dev']))}-{region}"
            found[table] = {"region": region}
            networks[key]["table"] = table
    if len(found) < 2 or draw(st.sampled_from([True, False, False])):
        return {"route_tables": found} if found else {}
    return {"route_tables": found, "apart": [draw(st.lists(st.sampled_from(sorted(found)), min_size=2, max_size=3, unique=True))]}


def _sizes(args):
    """What the messages of a network without packages ask for."""
    try:
        parse({**args, "packages": {"payment_type": "PostPaid"}})
    except InvalidIntent as error:
        # A hub that is a CCN leaves networks of its own region with no way to the rest: refused, whatever is bought.
        assume(all(problem.path.startswith("packages.sizes.") for problem in error.problems))
        lines = [problem.reason.rsplit("add the line ", 1)[-1] for problem in error.problems]
        return {line.split('"')[1]: int(line.rsplit(": ", 1)[-1]) for line in lines}
    return {}


def records(deployment):
    return Records(
        path=".",
        kind=SourceKind.PROGRAM,
        project="net",
        stack="dev",
        resources=[
            Resource(
                urn=item.urn,
                type=item.type,
                inputs=decode_properties(item.raw),
                dependencies=tuple(sorted(item.dependencies)),
                property_dependencies={key: tuple(sorted(urns)) for key, urns in item.property_dependencies.items()},
                provider=item.provider,
                parent=item.parent,
                protect=item.protect,
                change=Change.CREATE,
            )
            for item in deployment.resources
        ],
        config={"alicloud:region": "cn-hangzhou"},
    )


OF_THE_WISH = {"CEN218", "CEN407"}
"""A hub leaves pairs without Mbps, and pairs may cross the border: that is wished for."""
OF_PAYMENT = {"PrePaid": {"CEN402", "CEN406"}, "PostPaid": {"CEN403"}}
"""What the payment chosen brings."""


@settings(max_examples=25)
@given(wishes())
def test_what_a_component_builds_breaks_no_mandatory_rule(args):
    deployment = run_program(lambda: CenNetwork("core", args), preview=True, config={"alicloud:region": "cn-hangzhou"})
    assert deployment.error is None

    report = check([records(deployment)], Options())
    assert [finding.message for finding in report.findings if finding.level == "mandatory"] == []
    assert [pair for pair in report.pairs if pair.disposition in ("undetermined", "broken")] == []
    if args["edition"] == "basic":
        assert {finding.rule for finding in report.findings} <= {
            "CEN111",
            *OF_THE_WISH,
            *OF_PAYMENT[args["packages"]["payment_type"]],
        }


@pytest.mark.parametrize(("blocks", "told"), [({}, {"CEN318"}), ({"cn-beijing": ["10.8.0.0/24"]}, set())])
def test_a_vpn_connection_lacks_nothing_that_the_component_can_make(blocks, told):
    args = enterprise(router_cidrs=blocks)
    args["networks"]["tunnel"] = {"region": "cn-beijing", "kind": "VPN", "id": "vco-1", "zones": ["cn-beijing-a"]}
    deployment = run_program(lambda: CenNetwork("core", args), preview=True)
    found = {item.rule: item for item in check([records(deployment)], Options()).findings}

    assert deployment.error is None
    assert set(found) & {"CEN318", "CEN334"} == told
    assert all("router_cidrs.REGION: [" in " ".join(code_lines(found[code].fix)) for code in told)


@settings(max_examples=40, derandomize=True)
@given(wishes(REGIONS[:3]))
def test_who_reaches_whom_is_what_the_engine_says_of_what_is_built(args):
    """The plan computes it from the arguments, the engine from the tables, maps and peers that were registered."""
    deployment = run_program(lambda: CenNetwork("core", args), preview=True, config={"alicloud:region": "cn-hangzhou"})
    assert deployment.error is None
    plan = parse(args).plan
    (routes,) = (item for item in routes_of(network_of([records(deployment)], Options())).values() if item.members)
    names = {key: routes.find(network["id"])[0] for key, network in args["networks"].items()}

    for a, b in permutations(names, 2):
        told = str(routes.leg(names[a], names[b]).disposition)
        assert told == plan.routes.leg(a, b), f"{a} to {b}: {told}, and the plan says {plan.routes.leg(a, b)}"
        assert plan.reaches(a, b) == (told == "routed" == str(routes.leg(names[b], names[a]).disposition))


@settings(max_examples=20)
@given(wishes(), st.integers(), st.sampled_from(REGIONS))
def test_reordering_and_adding_entries_renames_nothing(args, seed, region):
    before = {item.urn for item in run_program(lambda: CenNetwork("core", args)).resources}
    shuffled = list(args["networks"].items())
    random.Random(seed).shuffle(shuffled)
    reordered = {**args, "networks": dict(shuffled)}

    assert {item.urn for item in run_program(lambda: CenNetwork("core", reordered)).resources} == before

    wider = {**args, "networks": {"added": {"region": region, "kind": "VBR", "id": "vbr-added"}, **dict(shuffled)}}
    wider["packages"] = {**args["packages"], "sizes": _sizes(wider)}
    deployment = run_program(lambda: CenNetwork("core", wider))
    assert deployment.error is None
    assert before <= {item.urn for item in deployment.resources}


@settings(max_examples=20)
@given(wishes(), st.data())
def test_a_package_too_few_is_refused_before_the_first_registration(args, data):
    sizes = args["packages"]["sizes"]
    if not sizes:
        return
    missing = data.draw(st.sampled_from(sorted(sizes)))
    poorer = {**args, "packages": {**args["packages"], "sizes": {key: size for key, size in sizes.items() if key != missing}}}
    deployment = run_program(lambda: CenNetwork("core", poorer))

    assert f"packages.sizes.{missing}: missing" in str(deployment.error)
    assert [item.type for item in deployment.resources] == ["pulumi:pulumi:Stack"]


@pytest.mark.parametrize("edition", ["basic", "enterprise"])
def test_changing_a_bandwidth_changes_that_pair_alone(edition):
    build = three_regions if edition == "basic" else enterprise
    changed = build(interconnect={"mesh": {"bandwidth": 20}, "overrides": {"cn-beijing/us-west-1": {"bandwidth": 7}}})
    before = {item.urn: item.raw for item in run_program(lambda: CenNetwork("core", build())).custom()}
    after = {item.urn: item.raw for item in run_program(lambda: CenNetwork("core", changed)).custom()}

    assert before.keys() == after.keys()
    assert [urn.rsplit("::", 1)[-1] for urn in before if before[urn] != after[urn]] == ["core-cn-beijing-us-west-1"]
