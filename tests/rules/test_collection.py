"""What holds for every rule: catalogue, names, pages, examples, and that none ever raises."""

import datetime as dt
import runpy
from pathlib import Path

import msgspec
import pytest

from cenguard.geography.catalogue import default_catalogue
from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.network import Network
from cenguard.pack.first_look import LOOKS, at_once
from cenguard.readers.program.reader import read_program
from cenguard.readers.sources import read_source
from cenguard.resources import tokens
from cenguard.resources.records import Change, SourceKind
from cenguard.rules import RULES
from cenguard.rules.needs import ROADS, Need, decided_on
from cenguard.rules.page import HEADINGS, OPTIONAL, markdown, program, sections
from cenguard.rules.tool_pages import TOOL_PAGES
from cenguard.settings.model import Settings
from cenguard.testing import SECRET, UNKNOWN, a_change, a_world
from tests.fixing import mended
from tests.rules.tables import assert_reads_well
from tests.warm_programs import warm_programs

ROOT = Path(__file__).parents[2]
CATALOGUE = {
    "CEN101": ("attachment-in-wrong-region", "F", "mandatory"),
    "CEN102": ("attachment-type-mismatch", "F", "mandatory"),
    "CEN103": ("ungranted-attachment", "F", "mandatory"),
    "CEN104": ("network-attached-twice", "F", "mandatory"),
    "CEN105": ("identical-cidrs", "S", "mandatory"),
    "CEN106": ("overlapping-cidrs", "Q", "advisory"),
    "CEN107": ("unknown-region", "F", "advisory"),
    "CEN108": ("unknown-protection-level", "F", "advisory"),
    "CEN109": ("closed-region", "F", "advisory"),
    "CEN110": ("ccn-region-mismatch", "F", "mandatory"),
    "CEN111": ("discontinued-basic-edition", "F", "advisory"),
    "CEN112": ("unordered-health-check", "F", "advisory"),
    "CEN201": ("missing-bandwidth-package", "S", "mandatory"),
    "CEN202": ("mis-area-bandwidth-package", "SC", "mandatory"),
    "CEN203": ("unattached-bandwidth-package", "SC", "advisory"),
    "CEN204": ("duplicate-area-pair", "F", "mandatory"),
    "CEN205": ("package-on-two-instances", "F", "mandatory"),
    "CEN206": ("unallocated-bandwidth", "SC", "mandatory"),
    "CEN207": ("limit-without-package", "F", "mandatory"),
    "CEN208": ("overcommitted-package", "F", "mandatory"),
    "CEN209": ("limit-within-one-region", "F", "mandatory"),
    "CEN210": ("limit-on-unattached-region", "F", "mandatory"),
    "CEN211": ("unordered-limit", "F", "mandatory"),
    "CEN212": ("duplicate-limit", "F", "mandatory"),
    "CEN213": ("limit-on-enterprise-router", "F", "mandatory"),
    "CEN214": ("package-bandwidth-out-of-range", "F", "mandatory"),
    "CEN215": ("package-without-areas", "F", "mandatory"),
    "CEN216": ("unknown-area", "F", "mandatory"),
    "CEN217": ("retired-area", "F", "advisory"),
    "CEN218": ("unfunded-region-pair", "S", "advisory"),
    "CEN219": ("required-pair-unmet", "S", "mandatory"),
    "CEN301": ("peer-without-package", "S", "mandatory"),
    "CEN302": ("peer-with-mis-area-package", "SF", "mandatory"),
    "CEN303": ("peer-with-unattached-package", "F", "mandatory"),
    "CEN304": ("peer-billing-conflict", "F", "mandatory"),
    "CEN305": ("peer-without-bandwidth", "S", "mandatory"),
    "CEN306": ("unknown-bandwidth-type", "F", "mandatory"),
    "CEN307": ("peer-region-mismatch", "F", "mandatory"),
    "CEN308": ("composite-router-id", "F", "mandatory"),
    "CEN309": ("attachment-without-instance", "F", "mandatory"),
    "CEN310": ("unrouted-attachment", "S", "advisory"),
    "CEN311": ("single-zone-attachment", "Q", "advisory"),
    "CEN312": ("unordered-peer", "F", "mandatory"),
    "CEN313": ("duplicate-router", "F", "mandatory"),
    "CEN314": ("dry-run-resource", "F", "mandatory"),
    "CEN315": ("zone-mappings-out-of-range", "F", "mandatory"),
    "CEN316": ("traffic-peer-on-basic-router", "F", "mandatory"),
    "CEN317": ("route-without-next-hop", "F", "mandatory"),
    "CEN318": ("vpn-without-router-cidr", "F", "advisory"),
    "CEN319": ("zone-mapping-mismatch", "F", "mandatory"),
    "CEN320": ("unpublished-attachment", "S", "advisory"),
    "CEN321": ("unadvertised-peer", "S", "advisory"),
    "CEN322": ("one-way-route", "S", "advisory"),
    "CEN323": ("empty-route-table", "S", "advisory"),
    "CEN324": ("unread-route-table", "S", "advisory"),
    "CEN325": ("attachment-associated-twice", "F", "mandatory"),
    "CEN326": ("table-of-another-router", "F", "mandatory"),
    "CEN327": ("contested-route", "S", "mandatory"),
    "CEN328": ("idle-route-map", "S", "advisory"),
    "CEN329": ("duplicate-map-priority", "F", "mandatory"),
    "CEN330": ("published-twice", "F", "mandatory"),
    "CEN331": ("published-beyond-limit", "F", "advisory"),
    "CEN332": ("required-route-unmet", "S", "mandatory"),
    "CEN333": ("partly-routed", "S", "advisory"),
    "CEN334": ("router-cidr-out-of-range", "F", "mandatory"),
    "CEN401": ("implicit-payment", "C", "advisory"),
    "CEN402": ("expiring-package", "C", "advisory"),
    "CEN403": ("pay-as-you-go-package", "F", "advisory"),
    "CEN404": ("replaced-package", "FC", "mandatory"),
    "CEN405": ("resized-while-attached", "F", "advisory"),
    "CEN406": ("unprotected-package", "C", "advisory"),
    "CEN407": ("cross-border-connection", "F", "advisory"),
    "CEN408": ("lost-connectivity", "C", "mandatory"),
    "CEN409": ("period-not-sold", "F", "advisory"),
    "CEN410": ("ineffective-renewal-change", "C", "advisory"),
    "CEN411": ("deleted-prepaid-package", "C", "advisory"),
    "CEN412": ("package-near-expiry", "C", "advisory"),
    "CEN413": ("locked-package", "C", "advisory"),
    "CEN414": ("unmanaged-package", "C", "advisory"),
    "CEN415": ("interrupted-purchase", "S", "advisory"),
    "CEN501": ("forbidden-connection", "", "mandatory"),
    "CEN502": ("bandwidth-above-cap", "", "advisory"),
    "CEN503": ("missing-tag", "", "advisory"),
    "CEN504": ("forbidden-route", "", "mandatory"),
}
EVERY_RULE = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def test_codes_names_effects_and_levels_are_those_of_the_catalogue():
    assert {rule.code: (rule.name, rule.effect, rule.level.value) for rule in RULES} == CATALOGUE


def test_the_list_is_in_the_order_of_codes_without_doubles():
    codes = [rule.code for rule in RULES]

    assert codes == sorted(set(codes))
    assert len({rule.name for rule in RULES}) == len(RULES)


@EVERY_RULE
def test_a_rule_is_one_file_of_its_name_with_a_table_of_cases(rule):
    module = rule.module.split(".")
    family, name = module[-2:]

    assert name == rule.name.replace("-", "_")
    assert (ROOT / "tests" / "rules" / family / f"test_{name}.py").exists()


@EVERY_RULE
def test_a_page_has_every_heading(rule):
    assert set(HEADINGS) - set(sections(rule)) <= set(OPTIONAL)


def test_the_table_of_areas_is_current():
    """Write it again with: .venv/bin/python scripts/rule-pages."""
    script = runpy.run_path(str(ROOT / "scripts" / "rule-pages"))
    text = (ROOT / "docs" / script["WITH_AREAS"]).read_text("utf-8")

    assert "`cn-hongkong`" in text.partition("<!-- end of areas -->")[0]
    assert script["with_areas"](text) == text


def test_the_pages_are_current():
    """Write them again with: .venv/bin/python scripts/rule-pages."""
    wanted = runpy.run_path(str(ROOT / "scripts" / "rule-pages"))["pages"]()
    found = {path.name: path.read_text("utf-8") for path in (ROOT / "docs" / "rules").glob("*.md")}

    assert found == wanted
    assert set(TOOL_PAGES) == {"CEN901", "CEN902", "CEN903", "CEN904", "CEN905", "CEN906", "CEN907"}


SETTINGS = {
    "CEN219": {"require": {"pairs": [{"regions": ["cn-beijing", "us-west-1"], "min_mbps": 10}]}},
    "CEN332": {"require": [{"from": "plant", "to": "office"}]},
    "CEN501": {"areas": ["China"]},
    "CEN504": {"forbid": [{"from": "plant", "to": "office"}]},
    "CEN502": {"package_mbps": 50},
    "CEN503": {"tags": {"owner": "", "stage": "dev|prod"}},
}
"""What the examples of rules with options say of cenguard.toml."""
EXPIRY = dt.date(2027, 1, 14)
STATES = {"CEN412": {"expiredTime": f"{EXPIRY}T16:00:00Z"}, "CEN413": {"businessStatus": "FinancialLocked"}}
"""What the state says of everything in the examples of rules that look at it."""


KEPT = {}
"""What the example of each rule was read as, and the options it was judged with."""


@pytest.fixture(scope="module")
def findings(tmp_path_factory):
    """Findings of every example, of what to write instead, and of the example repaired, by code and heading."""
    root = tmp_path_factory.mktemp("examples")

    def read(code, heading, text):
        folder = root / f"{code}-{heading}"
        folder.mkdir(exist_ok=True)  # what stood before is read for the example and for its repair
        (folder / "Pulumi.yaml").write_text("name: page\nruntime: python\n")
        (folder / "__main__.py").write_text(text)
        return read_program(folder, stack=None, config={}, stack_outputs={})

    def run(job):
        rule, heading, text = job
        records = read(rule.code, heading, text)
        if "Before" in sections(rule) and heading != "Instead":
            records = a_change(read(rule.code, "Before", program(rule, "Before")), records)
        if rule.code in STATES and heading == "Example":
            records = a_change(records, records)
            for record in records.resources:
                record.outputs = STATES[rule.code]
        if rule.code == "CEN415" and heading == "Example":
            records.pending = [record for record in records.resources if record.type == tokens.PACKAGE]
        options = Options(
            settings=Settings(options={rule.code: SETTINGS.get(rule.code, {})}), today=EXPIRY - dt.timedelta(days=14)
        )
        report = check([records], options)
        if heading == "Example":
            KEPT[rule.code] = records, options
            repaired[rule.code] = mended(program(rule, "Example"), report, rule.code)
        return (rule.code, heading), report.findings

    repaired = {}
    jobs = [(rule, heading, program(rule, heading)) for rule in RULES for heading in ("Example", "Instead")]
    with warm_programs():
        found = dict(map(run, jobs))
        found.update(map(run, [(rule, "repaired", repaired[rule.code]) for rule in RULES if repaired[rule.code]]))
    return found


@EVERY_RULE
def test_the_example_on_the_page_really_violates(rule, findings):
    said = [item for item in findings[rule.code, "Example"] if item.rule == rule.code]

    assert {item.verdict for item in said} == {"violated"}
    assert said[0].location is not None or rule.code in ("CEN411", "CEN414")  # what is deleted stands in no line any more
    assert said[0].because


@EVERY_RULE
def test_a_rule_that_answers_at_once_is_looked_for_among_the_inputs_of_a_resource(rule):
    """The pack asks it of nothing else; that it would have said nothing else, tests of the pack compare."""
    assert (rule.code in LOOKS) == at_once(rule)


@EVERY_RULE
def test_what_to_write_instead_really_passes(rule, findings):
    found = findings[rule.code, "Instead"]

    assert [item.rule for item in found if item.rule == rule.code or item.level == "mandatory"] == []


def stripped(need, records, options):
    """An example without something that a rule may need."""
    plain = [msgspec.structs.replace(record) for record in records.resources]
    match need:
        case Need.STACK:
            return msgspec.structs.replace(
                records, resources=plain, complete=False, missing="it hides resources: show them"
            ), options
        case Need.OLD_STATE:
            new = [
                msgspec.structs.replace(
                    record,
                    id=None,
                    change=Change.CREATE if record.change is not Change.READ else Change.READ,
                    old=None,
                    before=None,
                )
                for record in plain
            ]
            return msgspec.structs.replace(
                records, kind=SourceKind.PROGRAM, resources=new, deleted=[], retained=[], pending=[]
            ), options
        case Need.ORDER:
            return msgspec.structs.replace(records, resources=plain, tells_dependencies=False), options
        case Need.CLOUD:
            known = [msgspec.structs.replace(record, outputs={}) for record in plain]
            return msgspec.structs.replace(records, resources=known), options
        case Need.DAY:
            return msgspec.structs.replace(records, resources=plain), msgspec.structs.replace(options, today=dt.date(2020, 1, 1))
        case Need.SETTINGS:
            return msgspec.structs.replace(records, resources=plain), msgspec.structs.replace(options, settings=Settings())
        case _:
            region = [
                msgspec.structs.replace(
                    record, inputs={key: value for key, value in record.inputs.items() if key not in TELL_REGIONS}
                )
                for record in plain
            ]
            return msgspec.structs.replace(records, resources=region, config={}), options


TELL_REGIONS = ("region", "zoneId", "zoneMappings")
"""What says where a provider works: its own argument, and the zones of what it makes."""
PARTLY = {("CEN103", Need.ORDER), ("CEN412", Need.OLD_STATE)}
"""An account without any grant hangs on no order, and what is new has no expiry, whatever its outputs say."""
HELD = (Need.STACK, Need.OLD_STATE, Need.ORDER, Need.CLOUD, Need.DAY, Need.SETTINGS)
"""Needs that an example can be left without; `REGIONS` follows below, since regions decide about much besides."""


@pytest.mark.parametrize("need", HELD, ids=lambda need: need.name)
@EVERY_RULE
def test_what_a_rule_says_it_needs_is_what_it_needs(rule, need, findings):
    """Without it the example is violated no more; without anything else it still is."""
    if (rule.code, need) in PARTLY:
        return
    records, options = stripped(need, *KEPT[rule.code])
    said = {item.verdict for item in check([records], options).findings if item.rule == rule.code}

    assert ("violated" not in said) == (need in rule.all_needs), f"{rule.code}: declare {need.name} in `needs`, or do not"


@EVERY_RULE
def test_a_rule_that_needs_regions_is_not_certain_without_them(rule, findings):
    if Need.REGIONS not in rule.all_needs:
        return
    records, options = stripped(Need.REGIONS, *KEPT[rule.code])

    assert "violated" not in {item.verdict for item in check([records], options).findings if item.rule == rule.code}


def test_the_list_names_every_road():
    assert {*ROADS} == {*SourceKind}
    for rule in RULES:
        words = decided_on(rule.all_needs, spares_standing=rule.spares_standing)
        assert "yes" in words.values(), rule.code
        assert f"| {' | '.join(words.values())} |" in markdown(rule)


NO_CODE = {
    "CEN111",  # another edition is another network
    "CEN109", "CEN204", "CEN217",  # something has to be named
    "CEN105", "CEN106", "CEN311", "CEN315", "CEN317", "CEN319",  # only the user knows the block, the vSwitch, the next hop
    "CEN320", "CEN326", "CEN330",  # their edits are on resources that the pages' programs make in a function
    "CEN322", "CEN323", "CEN324", "CEN327", "CEN328", "CEN329", "CEN331", "CEN332", "CEN333",  # which table, which priority, which block is meant
    "CEN407", "CEN408", "CEN411", "CEN412", "CEN413", "CEN414", "CEN415",  # something to do before, or elsewhere
    "CEN501", "CEN502", "CEN503", "CEN504",  # what is allowed, the user's settings say
}  # fmt: skip
"""Rules that no lines of a program mend, and why."""


@EVERY_RULE
def test_the_fix_put_in_place_makes_the_finding_go_away(rule, findings):
    if rule.code in NO_CODE:
        assert (rule.code, "repaired") not in findings
        return
    before = {item.rule for item in findings[rule.code, "Example"] if item.level == "mandatory"}
    after = {item.rule for item in findings[rule.code, "repaired"]}

    assert rule.code not in after
    assert {item.rule for item in findings[rule.code, "repaired"] if item.level == "mandatory"} <= before - {rule.code}


def a_world_of_unknowns(value):
    """Every resource there is, with nothing known of it."""
    routing = {"transitRouterAttachmentId": value, "transitRouterRouteTableId": value}
    return (
        a_world()
        .instance()
        .attach(value, "second", network="vpc-second")
        .limit(value, value, value, "second-limit", after=[])
        .provider("somewhere", region=None)
        .router(None, "far", provider="somewhere")
        .on(value)
        .attach(value, "attachment", network=value)
        .package(value, value, value, "package", attached=False, geographicRegionIds=value, paymentType=value)
        .attach_package(value)
        .limit(value, value, value, "limit", after=[], regionIds=value)
        .provider("elsewhere", region=None)
        .router(None, "near", provider="elsewhere")
        .attach_to("near", "through", network="vpc-through", routed=False, zones=1)
        .resource(tokens.ASSOCIATION, "association", routing)
        .resource(tokens.PROPAGATION, "propagation", routing)
        .peer(
            "near",
            "far",
            value,
            billing=value,
            package=value,
            region=value,
            routed=False,
            defaultLinkType=value,
            autoPublishRouteEnabled=value,
        )
    )


@pytest.mark.parametrize("value", [UNKNOWN, SECRET])
@EVERY_RULE
def test_a_rule_takes_a_network_of_unknowns_without_raising_or_accusing(rule, value):
    found = list(rule.findings(a_world_of_unknowns(value).assembled()))

    assert {finding.verdict.value for finding in found} <= {"undetermined"}
    for finding in found:
        assert_reads_well(finding)


@EVERY_RULE
def test_a_rule_is_quiet_about_nothing(rule):
    assert list(rule.findings(Network(catalogue=default_catalogue()))) == []


RIGHT = ("basic-create", "basic-unchanged", "basic-change-limit", "enterprise-create", "enterprise-unchanged", "component-create")


@pytest.mark.parametrize("scenario", RIGHT)
def test_every_rule_is_quiet_about_what_is_right(scenario):
    report = check([read_source(str(ROOT / "tests" / "recordings" / scenario / "preview.json"))], Options())

    assert [item for item in report.findings if item.level == "mandatory" or item.verdict == "undetermined"] == []
