"""What a rule of somebody else's file says, which may be anything."""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import structs

from cenguard.findings import Finding, Fix, Level, Verdict
from cenguard.geography.areas import AreaPair
from cenguard.geography.regions import RegionPair
from cenguard.rules.rule import Rule

_ONE: Mapping[str, type] = {
    "message": str,
    "subject": str,
    "instance": str,
    "area_pair": AreaPair,
    "fix": Fix,
    "intent": str,
    "apart": str,
    "blocker": str,
}
_MANY: Mapping[str, type] = {"because": str, "region_pairs": RegionPair, "packages": str, "related": str}
_NEEDED = frozenset({"message", "intent", "apart"})


class NoFinding(TypeError):
    """A rule said something that no report can hold."""


def several(said: Any) -> Iterable[Any]:
    """What a rule gives back, if that is several of something.

    Raises:
        NoFinding: it is none.
    """
    if not isinstance(said, Iterable):
        raise NoFinding(f"findings were expected, not {_kind(said)}")
    return said


def accepted(said: Any) -> Finding:
    """The finding, if it is one.

    Raises:
        NoFinding: it is none, or a field of it is of another type, such as an instance in place of its URN.
    """
    if not isinstance(said, Finding):
        raise NoFinding(f"a cenguard.findings.Finding was expected, not {_kind(said)}")
    for name, kind in _ONE.items():
        value = getattr(said, name)
        if not isinstance(value, kind) and (value is not None or name in _NEEDED):
            raise NoFinding(f"{name} of a finding: {kind.__name__} was expected, not {_kind(value)}")
    for name, kind in _MANY.items():
        value = getattr(said, name)
        if not isinstance(value, (tuple, list)):
            raise NoFinding(f"{name} of a finding: a tuple of {kind.__name__} was expected, not {_kind(value)}")
        odd = next((item for item in value if not isinstance(item, kind)), None)
        if odd is not None:
            raise NoFinding(f"{name} of a finding: {kind.__name__} was expected, not {_kind(odd)}")
    return structs.replace(said, verdict=_word(said.verdict, Verdict, "verdict"), level=_word(said.level, Level, "level"))


def _word(value: Any, kind: Any, name: str) -> Any:
    """A member of an enumeration, which may be given as its word."""
    if value is None and kind is Level:
        return None
    try:
        return kind(value)
    except ValueError:
        raise NoFinding(f"{name} of a finding: {kind.__name__} was expected, not {_kind(value)}") from None


def _kind(value: Any) -> str:
    return "None" if value is None else type(value).__name__


def place_of(rule: Rule) -> str:
    """Where a rule looks at a network: the file and line of its function."""
    check = rule.check_with or rule.check
    code = getattr(check, "__code__", None)
    return f"{code.co_filename}:{code.co_firstlineno} in {code.co_name}" if code is not None else rule.module
