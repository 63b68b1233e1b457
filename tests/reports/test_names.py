"""Names of the user's stand in backticks where people read, and nothing else does."""

import pytest

from cenguard.reports.names import names_of, with_names
from tests.reports.samples import CORE, finding


@pytest.mark.parametrize(
    ("text", "names", "said"),
    [
        ("Package europe is attached to core.", {"europe", "core"}, "Package `europe` is attached to `core`."),
        ("Package package is attached to no instance.", {"package"}, "Package `package` is attached to no instance."),
        ("package connects China/Europe.", {"package"}, "`package` connects China/Europe."),
        ("a (alicloud:x:Y) is of a type that is not known.", {"a"}, "`a` (alicloud:x:Y) is of a type that is not known."),
        ("Package a is attached to no instance.", {"a"}, "Package `a` is attached to no instance."),
        ("Peer to joins a with the far end of to.", {"a", "to"}, "Peer `to` joins a with the far end of `to`."),
        ("limit a-b (5 Mbps), a limit of limit", {"limit"}, "limit `a-b` (5 Mbps), a limit of limit"),
        (
            "A package is missing, and a limit of core too.",
            {"package", "limit", "core"},
            "A package is missing, and a limit of `core` too.",
        ),
        (
            "cn-beijing, in China: childInstanceRegionId of shop (VPC)",
            set(),
            "cn-beijing, in China: childInstanceRegionId of `shop` (VPC)",
        ),
        ("region_ids of pair: cn-beijing", set(), "region_ids of `pair`: cn-beijing"),
        ("regionIds of limit a-b (5 Mbps): x", {"a-b"}, "regionIds of limit `a-b` (5 Mbps): x"),
        ("regionIds of limit limit (5 Mbps): x", {"limit"}, "regionIds of limit `limit` (5 Mbps): x"),
        ("childInstanceRegionId of limit (VPC)", set(), "childInstanceRegionId of `limit` (VPC)"),
        ("limit a-b (5 Mbps) draws on it", set(), "limit `a-b` (5 Mbps) draws on it"),
        ("name it in the setting `shared`.", {"shared"}, "name it in the setting `shared`."),
        ("a`b is odd", {"a`b"}, "a`b is odd"),
        ("nothing of ours", {"mine"}, "nothing of ours"),
        (
            "run `pulumi refresh --run urn:pulumi:dev::x:y:Z::a ID` for a",
            {"a"},
            "run `pulumi refresh --run urn:pulumi:dev::x:y:Z::a ID` for `a`",
        ),
        ("see urn:pulumi:dev::net::x:y:Z::shop: it is shop", {"shop"}, "see urn:pulumi:dev::net::x:y:Z::shop: it is `shop`"),
        ("creating `core` again", {"core"}, "creating `core` again"),
        ("pending_operations of the state: creating core", {"core"}, "pending_operations of the state: creating `core`"),
        ("depends_on of a module is in no document", set(), "depends_on of a module is in no document"),
        ("region_ids of the: cn-beijing", {"the"}, "region_ids of `the`: cn-beijing"),
        ("Package pkg a is attached to core (b).", {"pkg a", "core (b)"}, "Package `pkg a` is attached to `core (b)`."),
        ("paymentType of pkg a: PrePaid", {"pkg a"}, "paymentType of `pkg a`: PrePaid"),
        ("limit to (x) (5 Mbps)", {"to (x)"}, "limit `to (x)` (5 Mbps)"),
        ("Package pkg a and package pkg", {"pkg a", "pkg", "a"}, "Package `pkg a` and package `pkg`"),
    ],
)
def test_names_in_sentences(text, names, said):
    assert with_names(text, names) == said


def test_a_resource_that_is_called_like_its_region_is_no_name_there():
    called_so = CORE.replace("::core", "::cn-beijing")

    assert names_of(finding(related=(called_so,))) == {"core"}
