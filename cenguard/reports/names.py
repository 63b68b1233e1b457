"""Names of the user's in our sentences, in backticks: a limit may be called *limit*, and a network *to*."""

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from cenguard.findings.report import ReportedFinding
from cenguard.resources.addresses import is_address, source_in
from cenguard.resources.urns import name_in_urn

_NOUNS = frozenset(
    [
        "account",
        "area",
        "attachment",
        "bandwidth",
        "block",
        "grant",
        "instance",
        "limit",
        "network",
        "package",
        "pair",
        "peer",
        "provider",
        "region",
        "route",
        "router",
        "stack",
        "table",
        "traffic",
        "update",
        "zone",
    ]
)
"""Words of our own sentences: as a name they are only told apart behind the same word, as in `Limit limit`."""
_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "is",
        "it",
        "its",
        "no",
        "not",
        "of",
        "on",
        "one",
        "or",
        "that",
        "the",
        "this",
        "to",
        "two",
        "what",
        "which",
        "who",
        "with",
    ]
)
"""Words that hold sentences together: as a name they are told apart where no word follows, or nothing but a kind stands before."""
_NAME = r"(?<![^\s,;:()])([^\s,;:()]++)"  # whole words: a long one is looked at once
_KIND = r"(?:limit|peer|package|attachment|router)"
_FRAMES = re.compile(
    rf"\b[a-z]++(?:[A-Z]|_[a-z])\w*+ of (?!{_KIND} {_NAME} \(){_NAME}(?!://)"
    rf"|{_NAME} \((?:VPC|VBR|CCN|VPN|ECR|[A-Za-z-]+/[A-Za-z-]+, )"
    rf"|\b{_KIND} {_NAME} \("
)
"""Where evidence puts a name: behind a property, before a kind or an area pair with Mbps, between a kind and a size."""
_ARTICLES = frozenset({"a", "an", "the"})
"""Behind a property they begin a word of ours, as in `pending_operations of the state`, where no resource is called so."""
_CODE = re.compile("`[^`]*`")
"""What stands in backticks already: a name, or a command that is copied as it is."""
_WORD = re.compile(r"[^\s,;:()]+")
_ADDRESS = re.compile(r"(?<![^\s,;:()])(?:module\.[^\s,;:()]+\.)?alicloud_[a-z0-9_]+\.[^\s,;:()]+")
"""A Terraform address; one with a space in a key is left as it is."""
_BETWEEN = frozenset(",;:()")
"""Signs that end a word, as spaces do."""


def names_of(finding: ReportedFinding) -> frozenset[str]:
    """The names of the resources that a finding is about; those of regions are no names of the user's there."""
    addresses = (finding.urn, finding.instance, *finding.packages, *finding.related)
    regions = {region for pair in finding.region_pairs for region in pair}
    found = [address for address in addresses if address]
    names = {name for address in found if (name := name_in_urn(address)) not in regions}
    return frozenset(names | {address.removeprefix(f"{source_in(address)}:") for address in found if is_address(address)})


def names_of_all(findings: Iterable[ReportedFinding]) -> frozenset[str]:
    """The names of all that some findings are about."""
    return frozenset(name for finding in findings for name in names_of(finding))


def with_names(text: str, names: AbstractSet[str]) -> str:
    """A sentence of ours with names in backticks; what stands in some already stays.

    >>> with_names("Limit limit of core gives a-b a limit, and core has none.", {"core", "limit", "a-b"})
    'Limit `limit` of `core` gives `a-b` a limit, and `core` has none.'
    >>> with_names("cn-beijing, in China: childInstanceRegionId of shop (VPC)", set())
    'cn-beijing, in China: childInstanceRegionId of `shop` (VPC)'
    >>> with_names("instance_id is output cen_id of oss://bucket/net: give that state", set())
    'instance_id is output cen_id of oss://bucket/net: give that state'
    >>> with_names("no route entry at alicloud_cen_transit_router.this[0].", set())
    'no route entry at `alicloud_cen_transit_router.this[0]`.'
    """
    sure = (
        {match.start(match.lastindex or 0) for match in _FRAMES.finditer(text)} if " of " in text or " (" in text else frozenset()
    )
    words = {start: start + len(_WORD.match(text, start)[0]) for start in sure}  # type: ignore[index]  # a frame ends in a word
    for name in names:
        if name and name in text:  # most names of a finding are those of its evidence
            for start, end in _words_of(text, name):
                words[start] = max(end, words.get(start, 0))  # a name may be several words
    if "alicloud_" in text:
        addresses = dict(match.span() for match in _ADDRESS.finditer(text))
        sure |= addresses.keys()
        words |= addresses
    if not words:
        return text
    code = [match.span() for match in _CODE.finditer(text)] if "`" in text else []
    pieces: list[str] = []
    end = 0
    for start, after in sorted(words.items()):
        if start < end or text.endswith("::", 0, start) or any(first <= start < last for first, last in code):
            continue  # the end of a URN, or code
        pieces += (text[end:start], _quoted(text, start, after, names, sure=start in sure))
        end = after
    return "".join((*pieces, text[end:]))


def _words_of(text: str, name: str) -> list[tuple[int, int]]:
    """Where whole words of a text are a name, with the points behind it."""
    found = []
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        if start == 0 or text[start - 1] in _BETWEEN or text[start - 1].isspace():
            while text[end : end + 1] == ".":
                end += 1
            after = text[end : end + 1]
            if not after or after in _BETWEEN or after.isspace():
                found.append((start, end))
        start = text.find(name, end)
    return found


def _quoted(text: str, start: int, end: int, names: AbstractSet[str], *, sure: bool) -> str:
    word = text[start:end]
    name = word.rstrip(".")
    before = text[:start]
    begins = not before and text.endswith(".")  # a sentence of ours begins with a capital
    if name in _SMALL:
        named = begins or text[end : end + 2].lstrip(" ")[:1] in {"", *"(,;:"} or before.strip().lower() in _NOUNS
    else:
        named = name not in _NOUNS or begins or before.lower().endswith(f"{name} ")
    named = named and name in names
    if named or (sure and name not in _ARTICLES):
        return f"`{name}`{word[len(name) :]}" if name and "`" not in name else word
    return word


def quoted(name: str) -> str:
    """A name of the user's."""
    return f"`{name.replace('`', chr(39))}`"
