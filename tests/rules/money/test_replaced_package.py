"""CEN404: an update does not replace a package."""

import pytest
from msgspec import structs

from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.resources.records import Change
from cenguard.resources.tokens import PACKAGE_ATTACHMENT as ATTACHMENT
from cenguard.rules.money import replaced_package
from cenguard.testing import UNKNOWN, a_change, a_world, findings_of, said
from cenguard.testing.values import of
from tests.rules.tables import case, table


def package(**inputs):
    """A package with some terms."""
    return a_world().instance().package("China", "Europe", 10, "package", **inputs)


def message_of(world):
    """What the rule says of the package."""
    return said(world, rules=[replaced_package.RULE])["CEN404 violated package"]


test_replaced_package = table(
    replaced_package.RULE,
    case("other areas", package().standing().replaced("package", geographicRegionAId="North-America"), "violated package"),
    case("another payment", package().standing().replaced("package", paymentType="PrePaid"), "violated package"),
    case(
        "an area that is not known yet, which may be the old one",
        package(geographicRegionAId=UNKNOWN).standing().replaced("package", geographicRegionAId="China"),
        "undetermined package",
    ),
    case(
        "an area that is not known yet, beside one that is another",
        package(geographicRegionAId=UNKNOWN)
        .standing()
        .replaced("package", geographicRegionAId="China", geographicRegionBId="Asia-Pacific"),
        "violated package",
    ),
    case(
        "an area that is not known yet, beside another payment",
        package(geographicRegionAId=UNKNOWN, paymentType="PostPaid")
        .standing()
        .replaced("package", geographicRegionAId="China", paymentType="PrePaid"),
        "violated package",
    ),
    case(
        "a payment that is not known yet",
        package(paymentType=UNKNOWN).standing().replaced("package", paymentType="PrePaid"),
        "undetermined package",
    ),
    case(
        "one area is another, and the second one is not set: nothing is to come",
        package(geographicRegionBId=None)
        .standing()
        .replaced("package", geographicRegionAId="Europe", geographicRegionBId="China"),
        "violated package",
    ),
    case("another size is no replacement", package().standing().updated("package", bandwidth=5)),
    case("a new package", package()),
    case("what stands", package().standing()),
)


def test_two_areas_that_are_merely_swapped_are_told_so():
    world = package().standing().replaced("package", geographicRegionAId="Europe", geographicRegionBId="China")

    assert "merely swapped" in message_of(world)


def test_the_areas_of_the_deprecated_list_have_no_order():
    """Another payment replaces it: to write the areas in another order would undo nothing."""
    listed = {"geographicRegionAId": None, "geographicRegionBId": None, "geographicRegionIds": ["Europe", "China"]}
    world = package(**listed, paymentType="PostPaid").standing().replaced("package", paymentType="PrePaid")

    assert "(payment PrePaid → PostPaid)" in message_of(world)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ({"geographicRegionAId": None, "geographicRegionBId": None, "geographicRegionIds": ["china", "Europe"]}, "china/Europe"),
        ({"geographicRegionBId": None, "geographicRegionAId": "Europe"}, "Europe/(not set)"),
        ({"geographicRegionAId": UNKNOWN, "geographicRegionBId": "Asia-Pacific"}, "Asia-Pacific/(not told)"),
    ],
)
def test_what_the_new_one_joins_is_told_word_for_word(now, words):
    """A word that the service does not know is known all the same; an area that is not set is no secret."""
    world = package(**now).standing().replaced("package", geographicRegionAId="China", geographicRegionBId="North-America")

    assert f"→ {words})" in message_of(world)


def test_an_attached_one_fails_half_way():
    world = package().standing().replaced("package", geographicRegionAId="North-America").replaced("package-attachment")

    assert "fails half-way" in message_of(world)


def test_a_detached_one_stops_traffic():
    world = a_world().instance().package("China", "Europe", 10, "package", attached=False)

    assert "It is not attached: traffic stops" in message_of(
        world.standing().replaced("package", geographicRegionAId="North-America")
    )


def test_where_unchanged_resources_are_hidden_it_says_both():
    world = a_world().instance().package("China", "Europe", 10, "package", attached=False).incomplete()

    assert "If it is attached" in message_of(world.standing().replaced("package", geographicRegionAId="North-America"))


def attached(name="package", **inputs):
    """Beijing and Frankfurt with a package and a limit, deployed."""
    world = a_world().instance().attach("cn-beijing", "shop").attach("eu-central-1", "branch")
    world.package("China", "Europe", 10, name, attached=False, **inputs)
    world.resource(ATTACHMENT, "bound", {"instanceId": of("core"), "bandwidthPackageId": of(name)})
    return world.limit("cn-beijing", "eu-central-1", 5, "limit", after=["bound", "shop", "branch"])


def mandatory(report):
    """Codes and resources of the mandatory findings."""
    return {(item.rule, item.resource) for item in report.findings if item.level == "mandatory"}


def test_another_name_for_the_same_areas_is_a_replacement_as_well():
    """The old one stays attached until later in the update; the finding names the attachment that collides."""
    change = a_change(attached("old").records(), attached("new").records())
    bound = next(item for item in change.resources if item.name == "bound")
    bound.change, bound.inputs = Change.REPLACE, {**bound.inputs, "bandwidthPackageId": UNKNOWN}

    assert ("CEN404", "bound") in mandatory(check([change], Options()))


def test_other_areas_under_another_name_collide_with_nothing():
    change = a_change(attached("old").records(), attached("new", geographicRegionBId="North-America").records())

    assert "CEN404" not in {item.rule for item in check([change], Options()).findings}


def test_against_a_base_a_program_says_the_same():
    report = check([attached("new").records()], Options(base=(attached("old").records(),)))

    assert ("CEN404", "bound") in mandatory(report)


def test_a_limit_that_stands_proves_the_old_one():
    """A package that left the state: the new one is attached beside it."""
    world = a_world().instance().attach("cn-beijing", "shop").attach("eu-central-1", "branch")
    world.limit("cn-beijing", "eu-central-1", 5, "limit").standing().package("China", "Europe", 10, "new")

    assert ("CEN404", "new-attachment") in mandatory(check([world.records()], Options()))


def test_a_package_that_stands_is_attached_again_by_nobody():
    """Only its attachment left the state: the limit proves that this very package is attached."""
    world = a_world().instance().attach("cn-beijing", "shop").attach("eu-central-1", "branch")
    world.limit("cn-beijing", "eu-central-1", 5, "limit").package("China", "Europe", 10, "package", attached=False).standing()

    assert "CEN404" not in {item.rule for item in check([world.attach_package("package").records()], Options()).findings}


def test_one_that_was_deleted_before_does_not_collide():
    records = attached("new").records()
    records.gone = attached("old").standing().records().resources[-3:-1]

    assert "CEN404" not in {item.rule for item in check([records], Options()).findings}


def test_one_that_is_taken_away_first_collides_only_while_a_limit_holds_it():
    def change(*, limit):
        found = a_change(attached("old").records(), attached("new").records())
        bound = next(item for item in found.resources if item.name == "bound")
        bound.change, bound.delete_first, bound.inputs = Change.REPLACE, True, {**bound.inputs, "bandwidthPackageId": UNKNOWN}
        if not limit:
            found.resources = [item for item in found.resources if item.name != "limit"]
        return check([found], Options())

    assert ("CEN404", "bound") in mandatory(change(limit=True))
    assert "CEN404" not in {item.rule for item in change(limit=False).findings}


@pytest.mark.parametrize(
    ("first", "limit", "said"),
    [(True, "stays", True), (True, "goes", False), (True, "is made anew", False), (False, "stays", False)],
)
def test_its_attachment_alone_is_not_replaced_while_a_limit_draws(first, limit, said):
    """The service does not detach a package whose limits are not zero; what is made first collides (CEN205)."""
    found = a_change(attached().records(), attached().records())
    bound = next(item for item in found.resources if item.name == "bound")
    bound.inputs = {**bound.inputs, "bandwidthPackageId": "package-id"}
    bound.before = structs.replace(bound)
    bound.change, bound.delete_first = Change.REPLACE, first
    if limit == "goes":
        found.resources = [item for item in found.resources if item.name != "limit"]
    elif limit == "is made anew":
        item = next(item for item in found.resources if item.name == "limit")
        item.before = structs.replace(item)
        item.change, item.delete_first = Change.REPLACE, True

    assert (("CEN404", "bound") in mandatory(check([found], Options()))) is said


def test_what_forces_a_replacement_is_left_out_and_nothing_is_undone():
    def advice(world):
        return findings_of(world, rules=[replaced_package.RULE])["CEN404 violated package"].fix.summary

    assert advice(package().standing().replaced("package")).startswith(
        "Leave out what forces it: neither its areas nor its payment"
    )
    assert advice(package().standing().replaced("package", geographicRegionAId="North-America")).startswith("Undo the change.")


def test_an_old_one_of_the_same_name_is_told_apart():
    """The package moves into a component without an alias."""
    before = attached().standing().records()
    old = {record.name: record for record in before.resources}
    old["package"].urn = old["package"].urn.replace("::alicloud", "::my:net:Hub$alicloud")
    change = a_change(before, attached().records())
    (bound,) = [item for item in change.resources if item.name == "bound"]
    bound.change, bound.inputs, bound.before = Change.REPLACE, {**bound.inputs, "bandwidthPackageId": UNKNOWN}, old["bound"]
    old["bound"].property_dependencies["bandwidthPackageId"] = (old["package"].urn,)
    (found,) = [item for item in check([change], Options()).findings if item.rule == "CEN404"]

    assert "while the old one, which bound attached, is attached to it still" in found.message
    assert not any(step.endswith(",") for step in found.because)
