"""Where a table has no route to a network, the evidence ends with the hop that is missing, by name."""

import pytest

from tests.network.routes.estates import one_router, routes_in, two_routers

A, B = "10.1.1.0/24", "10.2.1.0/24"


def two_sites(estate, *, far="far", table="far-table"):
    """A network at each of two routers, in a table there."""
    return estate.site("near", "plant", A).site(far, "office", B).joined("near-table", "plant").joined(table, "office")


def unlinked():
    """Two routers, each with a table."""
    return one_router().router("eu-central-1", "far").table("far", "far-table")


def linked(**more):
    """The same, and a peer that is in no table."""
    return unlinked().link("near", "far", **more)


def beyond():
    """A third router, which only the second one has a peer with."""
    estate = two_routers().router("us-west-1", "third").table("third", "third-table").link("far", "third", name="onward")
    return estate.joined("far-table", "onward").joined("third-table", "onward")


CASES = {
    "in another table of the router": (
        one_router().table("near", "other").site("near", "plant", A).site("near", "office", B)
        .joined("near-table", "plant").joined("other", "office"),
        ["office-attachment is not propagated into near-table, and no route entry there leads to it; it is propagated into other"],
    ),
    "an attachment that names a table of another router": (
        unlinked().site("near", "plant", A).site("near", "office", B).joined("near-table", "plant").joined("far-table", "office"),
        [
            (
                "office-attachment is not propagated into near-table, and no route entry there leads to it; "
                "office-attachment-in-far-table names a table of another router"
            )
        ],
    ),
    "no peer": (two_sites(unlinked()), ["no peer joins near with far"]),
    "a router between the two": (
        two_sites(beyond(), far="third", table="third-table"),
        [
            "no peer joins near with third",
            "CEN does not pass routes on from eu-central-1: peer leads there, and another peer from there",
        ],
    ),
    "a peer that the table does not learn from": (
        two_sites(linked()).associated("far-table", "peer"),
        ["peer is not propagated into near-table, and no route entry there leads to it"],
    ),
    "a peer that does not advertise": (
        two_sites(two_routers(advertise=False)),
        ["peer advertises nothing: autoPublishRouteEnabled is false"],
    ),
    "a peer that says nothing of it": (
        two_sites(two_routers(advertise=None)),
        ["peer advertises nothing: autoPublishRouteEnabled is not set, the service's default is false"],
    ),
    "a peer that is in no table at the other end": (
        two_sites(linked()).propagated("near-table", "peer"),
        ["peer is associated with no table at far, so it hands nothing over"],
    ),
    "a peer that hands over another table": (
        two_sites(two_routers().table("far", "other"), table="other"),
        [
            "peer hands over far-table, with which it is associated at far",
            "office-attachment is not propagated into far-table, and no route entry there leads to it; it is propagated into other",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("world", "wanted"), CASES.values(), ids=CASES)
def test_the_missing_hop_is_named(world, wanted):
    routes = routes_in(world)
    plant, office = (next(item for item in routes.members if item.label == name) for name in ("plant", "office"))
    texts = [step.text for step in routes.leg(plant, office, evidence=True).steps]

    assert texts[-len(wanted) - 1 :] == ["near-table has no route to office (10.2.1.0/24)", *wanted]
