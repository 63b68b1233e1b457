"""What leaves the program and stays in the cloud goes on carrying packets."""

from tests.network.routes.estates import one_router, verdict


def standing(table="near-table"):
    """Two networks of one table that stand."""
    estate = one_router().site("near", "plant", "10.1.1.0/24").site("near", "office", "10.2.1.0/24")
    return estate.joined(table, "plant", "office").standing()


RELATIONS = [f"{name}-attachment-{kind}-near-table" for name in ("plant", "office") for kind in ("in", "into")]


def test_a_table_and_what_joins_it_go_on_without_the_program():
    leaving = ("near-table", *RELATIONS)

    assert verdict(standing().retained(*leaving).deleted(*leaving)) == "reachable: routed / routed"
    assert verdict(standing().deleted(*leaving)) == "not_associated: not_associated / not_associated"


def test_a_table_alone_goes_on_under_what_names_its_id():
    estate = standing("near-table-id")

    assert verdict(estate.retained("near-table").deleted("near-table")) == "reachable: routed / routed"


def test_what_names_the_id_of_a_table_that_is_deleted_is_in_none():
    assert verdict(standing("near-table-id").deleted("near-table")) == "not_associated: not_associated / not_associated"
