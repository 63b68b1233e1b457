"""Single arguments: what is no text where a text belongs, and the blocks of routers."""

import pytest

from cenguard.errors import InvalidIntent
from cenguard.planning.intent import parse
from tests.components.worlds import enterprise, three_regions


def changed(path, value, args):
    """The arguments with one value put at a path of keys."""
    *parents, last = path
    place = args
    for key in parents:
        place = place.setdefault(key, {})
    place[last] = value
    return args


WRONG = {
    "a key that begins with a sign": (
        changed(["networks", "__shop"], {}, three_regions()),
        "networks",
        'key "__shop" may hold only letters, digits and . _ -, and begins with',
    ),
    "a key that is a number": (changed(["networks", 5], {}, three_regions()), "networks", "key 5 may hold only letters"),
    "a name in an entry that is a number": (
        changed(["networks", "shop", 5], 5, three_regions()),
        "networks.shop",
        "key 5 is not",
    ),
    "an argument that is a number": (changed([5], 5, three_regions()), "5", "is not an argument"),
    "an area that is a number": (three_regions(areas={5: "China"}), "areas", "key 5 is not a text"),
    "another area of a region that has one": (
        three_regions(areas={"cn-beijing": "Europe"}),
        "areas.cn-beijing",
        "cn-beijing lies in China (area catalogue 2026-03), not in Europe: leave it out",
    ),
    "an id in a set": (changed(["networks", "shop", "id"], {"vpc-1"}, three_regions()), "networks.shop.id", "must be a text, or"),
    "an id with a fraction": (
        changed(["networks", "shop", "id"], 1.5, three_regions()),
        "networks.shop.id",
        "must be a text, or",
    ),
    "a number that is not the one that was written": (
        changed(["networks", "shop", "owner"], 9007199254740993.0 * 2, three_regions()),
        "networks.shop.owner",
        "must be a text, or an output that yields one",
    ),
    "a block of a router of the basic edition": (
        three_regions(router_cidrs={"cn-beijing": ["10.8.0.0/24"]}),
        "router_cidrs",
        "needs the enterprise edition",
    ),
    "a block of a router that is none": (
        enterprise(router_cidrs={"cn-beijing": ["10.8.0.1/24"]}),
        "router_cidrs.cn-beijing[0]",
        "is not an IPv4 block",
    ),
    "a block of a router of no region": (
        enterprise(router_cidrs={"cn-bejing": ["10.8.0.0/24"]}),
        "router_cidrs.cn-bejing",
        "did you mean cn-beijing?",
    ),
    "a block of a router twice": (
        enterprise(router_cidrs={"cn-beijing": ["10.8.0.0/24"], "us-west-1": ["10.8.0.0/24"]}),
        "router_cidrs.us-west-1[0]",
        "10.8.0.0/24 is also router_cidrs.cn-beijing[0]",
    ),
    "a block of a router that is too narrow": (
        enterprise(router_cidrs={"cn-beijing": ["10.8.0.0/25"]}),
        "router_cidrs.cn-beijing[0]",
        "10.8.0.0/25 is narrower than /24",
    ),
    "a block of a router that is reserved": (
        enterprise(router_cidrs={"cn-beijing": ["10.8.0.0/24", "169.254.0.0/24"]}),
        "router_cidrs.cn-beijing[1]",
        "169.254.0.0/24 lies in 169.254.0.0/16",
    ),
    "a block of a router over a network": (
        enterprise(
            networks=enterprise()["networks"] | {"shop": enterprise()["networks"]["shop"] | {"cidrs": ["10.8.1.0/24"]}},
            router_cidrs={"us-west-1": ["10.8.0.0/16"]},
        ),
        "router_cidrs.us-west-1[0]",
        "10.8.0.0/16 lies over 10.8.1.0/24, a block of networks.shop",
    ),
    "more blocks than a router has": (
        enterprise(router_cidrs={"cn-beijing": [f"10.{number}.0.0/24" for number in range(30, 36)]}),
        "router_cidrs.cn-beijing",
        "6 blocks: a router has 5 at most",
    ),
}


@pytest.mark.parametrize(("args", "path", "reason"), WRONG.values(), ids=WRONG)
def test_a_wrong_argument_is_named_with_its_path_and_the_cure(args, path, reason):
    with pytest.raises(InvalidIntent) as raised:
        parse(args)

    assert reason in {problem.path: problem.reason for problem in raised.value.problems}[path]


def test_a_whole_number_of_another_language_is_a_text_where_a_text_belongs():
    """YAML sends the account 1234567890123456 as a number with a fraction of nothing."""
    args = changed(["networks", "shop", "owner"], 1234567890123456.0, enterprise(tags={"cost": 5.0}))

    assert parse(args).networks["shop"]["owner"] == "1234567890123456"
    assert parse(args).tags == {"cost": "5"}


def test_the_value_of_a_tag_may_be_empty_and_is_a_text_all_the_same():
    args = enterprise(tags={"team": ""})

    assert parse(args).tags == {"team": ""}
    with pytest.raises(InvalidIntent, match=r"tags\.team: must be a text, or an output that yields one"):
        parse(enterprise(tags={"team": True}))
