"""CEN211: a limit waits for its package and for a network in each of its regions."""

import gzip
import json
from pathlib import Path

import pytest

from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.sources import read_document
from cenguard.rules.bandwidth import limit_without_package, unordered_limit
from cenguard.testing import UNKNOWN, a_world, of, said, stack_output
from tests.held import report_of
from tests.rules.tables import basic, case, table

RULE = unordered_limit.RULE
PACKAGED = Path(__file__).parents[2] / "recordings" / "runs" / "packaged-pool-preview.json.gz"
ALL = ("shop", "sales", "package-attachment")


def bought():
    """Beijing and Silicon Valley with a package."""
    return basic().package("China", "North-America", 10, "package")


def all_but(missing):
    """What a limit has to wait for, without one of it."""
    return [name for name in ALL if name != missing]


def limited(world, *after, **options):
    """A limit that waits for some resources."""
    return world.limit("cn-beijing", "us-west-1", 5, "limit", after=after, **options)


def chained():
    """A common way not to be throttled: each limit waits for the one before."""
    world = limited(bought(), *ALL)
    before = "limit"
    for number in range(300):
        world.limit("cn-beijing", "us-west-1", 5, f"limit-{number}", after=[before])
        before = f"limit-{number}"
    return world


test_unordered_limit = table(
    RULE,
    case(
        "on an instance from elsewhere an older attachment may stand there already",
        limited(a_world().on("cen-1").attach("cn-beijing", "shop").attach("us-west-1", "sales"), "shop"),
        "undetermined limit",
    ),
    case("a limit that waits for nothing may come first", limited(bought()), "violated limit"),
    *(
        case(f"a limit that does not wait for {missing}", limited(bought(), *all_but(missing)), "violated limit")
        for missing in ALL
    ),
    case("a limit that waits for all", limited(bought(), *ALL)),
    case("one of several networks of a region is enough", limited(bought().attach("cn-beijing", "second"), *ALL)),
    case(
        "waiting runs through other resources",
        limited(bought().resource("random:index/randomId:RandomId", "between", {}, after=ALL), "between"),
    ),
    case("waiting runs through a chain of limits", chained()),
    case(
        "reading an output is waiting",
        bought()
        .on(of("package-attachment", "instanceId"))
        .limit(of("shop", "childInstanceRegionId"), of("sales", "childInstanceRegionId"), 5, "limit", after=[]),
    ),
    case(
        "a provider configured from an attachment makes its resources wait",
        limited(bought().provider("late", region="cn-beijing", after=ALL), provider="late"),
    ),
    case("what stands has been accepted", limited(bought()).standing("limit")),
    case(
        "one that stands beside all that it needs, and gets other Mbps",
        limited(bought()).standing().updated("limit", bandwidthLimit=2),
    ),
    case(
        "it gets them while one of its networks is made anew",
        limited(bought()).standing().updated("limit", bandwidthLimit=2).replaced("shop", childInstanceId="vpc-before"),
        "violated limit",
    ),
    case(
        "what does not exist is another rule's finding",
        limited(basic(), "shop", "sales"),
        "CEN207 violated limit",
        beside=[limit_without_package.RULE],
    ),
    case(
        "the only package attachment may be its own though the areas are unknown",
        limited(basic().attach_package("cenbwp-1"), "shop", "sales"),
        "undetermined limit",
    ),
    case(
        "on an instance that is not identified it stays open",
        limited(a_world().stack_reference("org/net/prod").on(stack_output("org/net/prod")).attach("cn-beijing", "shop")),
        "undetermined limit",
    ),
    case(
        "a network that it waits for may be of its instance, beside one that certainly is",
        limited(bought().on(UNKNOWN).attach("cn-beijing", "first").on("core"), "first", *all_but("shop")),
        "undetermined limit",
    ),
    case(
        "a network that it waits for may lie in its region, beside one that certainly does",
        limited(bought().attach(UNKNOWN, "first"), "first", *all_but("shop")),
        "undetermined limit",
    ),
    case(
        "such a network, and a package that may be its own",
        limited(basic().package("China", UNKNOWN, 10, "package").attach(UNKNOWN, "first"), "first", "sales"),
        "undetermined limit",
    ),
    case(
        "a network in another region is none that it may wait for, whatever its instance is",
        limited(bought().on(UNKNOWN).attach("eu-central-1", "first").on("core"), "first", *all_but("shop")),
        "violated limit",
    ),
)


def test_each_of_the_three_is_asked_for_by_name():
    for missing in ALL:
        world = limited(bought(), *all_but(missing))
        message = said(world, rules=[RULE])["CEN211 violated limit"]

        assert [name for name in ALL if name in message] == [missing]


@pytest.mark.parametrize("stands", [True, False])
def test_what_stands_is_not_said_to_come_too_late_in_this_update(stands):
    """A stack of its own for another environment makes all of it at once."""
    world = bought()
    world = limited(world.standing() if stands else world)
    (finding,) = unordered_limit.check(world.assembled())

    assert ("what it needs stands already, but where the stack is made anew" in finding.message) is stands
    assert "the engine may create it first" in finding.message


def test_the_loss_of_what_waits_for_too_little_has_no_order_of_its_own():
    """CEN408 had the limit wait for the package that it draws on since before, and the pair was as broken after that."""
    world = limited(bought()).standing().updated("limit", bandwidthLimit=2).replaced("shop", childInstanceId="vpc-before")
    edits = {item["rule"]: item["fix"]["edits"] for item in report_of([world.records()], world.options())["findings"]}

    assert [ref["ref"].rpartition("::")[2] for ref in edits["CEN211"][0]["options"]["dependsOn"]] == ["shop"]
    assert edits["CEN408"] == []


def packaged(change=lambda limit: None):
    """Two attachments, a package inside a packaged BandwidthPool, and a limit that depends on these three: a program in TypeScript."""
    document = json.loads(gzip.decompress(PACKAGED.read_bytes()))
    change(next(step["newState"] for step in document["steps"] if step["urn"].endswith("::lim")))
    return check([read_document(json.dumps(document).encode(), "preview.json")], Options())


def test_what_a_packaged_component_makes_is_there_when_the_component_is():
    report = packaged()

    assert "CEN211" not in {item.rule for item in report.findings}
    assert [(str(pair.disposition), pair.mbps) for pair in report.pairs] == [("funded", 5)]


def test_a_component_that_nobody_waits_for_may_be_made_later():
    def drop(limit):
        limit["dependencies"] = [urn for urn in limit["dependencies"] if not urn.endswith("::pool")]

    assert [item.level for item in packaged(drop).findings if item.rule == "CEN211"] == ["mandatory"]


def test_a_resource_inside_a_component_does_not_wait_for_those_beside_it():
    """Whatever a document says: a component is not there before what is in it."""

    def put_inside(limit):
        limit["parent"] = next(urn for urn in limit["dependencies"] if urn.endswith("::pool"))

    assert [item.level for item in packaged(put_inside).findings if item.rule == "CEN211"] == ["mandatory"]
