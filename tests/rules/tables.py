"""Tables of cases for one rule, on the worlds that users' own rules are tested with."""

import re
from dataclasses import dataclass, field

import pytest

from cenguard.network.connectivity import Disposition
from cenguard.rules import RULES
from cenguard.testing import World, a_world, assert_says
from tests.rules.states import ADVICE

OF_NETWORKS = tuple(rule for rule in RULES if rule.code not in ADVICE)
"""Every rule, but for those that speak of money and accounts whatever the network is."""


def basic():
    """Beijing and Silicon Valley on one instance, and nothing between them."""
    return a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales")


def enterprise():
    """Hangzhou and Frankfurt, a router and a VPC attachment each, and nothing between them."""
    world = a_world().instance().router("cn-hangzhou", "near").router("eu-central-1", "far")
    return world.attach_to("near", "plant").attach_to("far", "office")


@dataclass(frozen=True)
class Case:
    """A sentence, the world it is about, and everything the rule says of it."""

    sentence: str
    world: World
    expected: tuple[str, ...]
    beside: tuple = ()
    options: dict = field(default_factory=dict)


def case(sentence, world, *expected, beside=(), **options):
    """One row; `beside` are other rules that are asked as well, `options` are options of the rule."""
    return Case(sentence, world, expected, tuple(beside), options)


WORDS_OF_OURS = re.compile(
    r"(?<!=)\b(?:None|True|False|UNKNOWN|SECRET|HIDDEN|nan|inf|[Ss]truct)\b"
    rf"|\b(?:{'|'.join(item for item in Disposition if '_' in item)})\b"
    r"|<[A-Za-z_.]+ object|(?<!-creates )(?<!creating )(?<![\"'])urn:pulumi:|<[A-Z]\w*[.:]|\b[A-Za-z]\w*\(\w+=|Blocker\(|[{}]|\[\]|\(\)|: [.;,]|  |(?<!\.)\.\.(?![./])|,,|;;| [.,;:](?= |$)|: ?$|peers? $|\b(?:package|limit|peer) the (?:package|limit|peer)\b"
)
"""What a person should never read: how Python writes nothing, names of ours, URNs but in what the engine says or takes, texts with a hole."""


def odd_words(finding):
    """What is odd in the texts of a finding; the code of a fix is no text."""
    texts = [finding.message, *finding.because, *([finding.fix.summary] if finding.fix else ())]
    return odd_in(texts)


def odd_in(texts):
    """What is odd in some sentences."""
    return sorted({found for text in texts for found in WORDS_OF_OURS.findall(text)})


def assert_reads_well(finding):
    """No text of a finding shows what only Python knows, a name of ours, or a hole."""
    assert not odd_words(finding), finding


def table(rule, *cases):
    """The test of one rule: each case, and an empty network."""
    rows = [*cases, case("an empty network is quiet", a_world(), **(cases[0].options if cases else {}))]

    @pytest.mark.parametrize("row", rows, ids=lambda row: row.sentence)
    def test(row):
        assert_says(row.world, *row.expected, rules=[rule, *row.beside], options={rule.code: row.options})
        for finding in rule.findings(row.world.assembled(), {rule.code: row.options}):
            assert_reads_well(finding)

    return test
