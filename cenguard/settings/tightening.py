"""One layer of settings laid on another that stands nearer to the organisation: it may tighten, add and waive, and never loosens."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from msgspec import structs

from cenguard.findings import Level
from cenguard.geography.areas import area_pair
from cenguard.geography.catalogue import editions
from cenguard.rules import RULES
from cenguard.rules.options import AREA_PAIR, Option, Stricter
from cenguard.rules.rule import Rule
from cenguard.rules.tool_levels import TOOL_FINDINGS, ToolFinding
from cenguard.settings.model import UNDETERMINED, Settings

WEAKENING = ("shared", "placeholders", "inventory")
"""Keys that make findings milder: a later layer adds to them, unless the organisation lists them in `unwaivable`."""
_STRENGTH = {Level.DISABLED: 0, Level.ADVISORY: 1, Level.MANDATORY: 2}


@dataclass(frozen=True, slots=True)
class Layered:
    """Settings, and what had no effect in what was laid over them, in words."""

    settings: Settings
    remarks: tuple[str, ...] = ()


def laid_over(first: Settings, later: Settings, where: Callable[[str], str], who: str) -> Layered:
    """Settings with those of a later layer; `where` says where a key stands in it, `who` what it is."""
    remarks: list[str] = []

    def stays(key: str, wanted: object, kept: object, why: str = "") -> None:
        reason = f"{why}, and {kept} stays" if why else f"{who} cannot make it milder than {kept}"
        remarks.append(f"{where(key)} = {wanted} has no effect; {reason}.")

    undetermined = first.undetermined
    if "undetermined" in later.given:
        if UNDETERMINED.index(later.undetermined) > UNDETERMINED.index(undetermined):
            undetermined = later.undetermined
        elif later.undetermined != undetermined:
            stays("undetermined", later.undetermined, undetermined)
    days = first.inventory_days
    if "inventory_days" in later.given:
        if later.inventory_days > days:
            stays("inventory_days", later.inventory_days, days)
        days = min(days, later.inventory_days)
    weak: dict[str, Any] = {}
    for key in WEAKENING:
        ours, theirs = getattr(first, key), getattr(later, key)
        added = tuple(item for item in theirs if item not in ours)
        if added and key in first.unwaivable:
            remarks.append(f"{where(key)} has no effect; the organisation's settings make {key} unwaivable.")
            added = ()
        weak[key] = (*ours, *added)
    areas = _areas(first, later, stays)
    levels, options = _rules(first, later, stays)
    laid = structs.replace(
        first,
        source=later.source or first.source,
        given=first.given | later.given,
        undetermined=undetermined,
        inventory_days=days,
        unwaivable=first.unwaivable | later.unwaivable,
        waivers=(*first.waivers, *later.waivers),
        levels=levels,
        options=options,
        expect=tuple(dict.fromkeys((*first.expect, *later.expect))),
        expect_at=later.expect_at or first.expect_at,
        inventory_at={**later.inventory_at, **first.inventory_at},
        custom=later.custom or first.custom,
        output={**first.output, **later.output},
        sources={**first.sources, **later.sources},
        help_url=later.help_url or first.help_url,
        prices=_prices(first, later, stays),
        **weak,
        **areas,
    )
    return Layered(laid, tuple(remarks))


def _areas(first: Settings, later: Settings, stays: Callable[..., None]) -> dict[str, Any]:
    """Where areas lie is nobody's to choose who may not loosen: a later layer pins an edition where the first left it open."""
    if later.areas is None or later.areas == first.areas:
        return {}
    if first.areas is None and later.areas in editions():
        return {"areas": later.areas, "areas_base": later.areas_base}
    stays("areas", later.areas, first.areas or "the newest edition", "only the organisation names a file of areas")
    return {}


def _prices(first: Settings, later: Settings, stays: Callable[..., None]) -> Any:
    """The organisation's prices, with those that it leaves open."""
    if first.prices is None or later.prices is None:
        return first.prices or later.prices
    if later.prices.currency != first.prices.currency:
        stays("prices", later.prices.currency, first.prices.currency, "prices have the organisation's currency")
        return first.prices
    from msgspec import structs

    changed = [pair for pair, price in later.prices.mbps_month.items() if first.prices.mbps_month.get(pair, price) != price]
    for pair in changed:
        stays(f"prices.{'/'.join(pair)}", later.prices.mbps_month[pair], first.prices.mbps_month[pair], "the organisation set it")
    for name in ("connection_hour", "gb"):
        ours, theirs = getattr(first.prices, name), getattr(later.prices, name)
        if ours is not None and theirs not in (None, ours):
            stays(f"prices.{name}", theirs, ours, "the organisation set it")
    return structs.replace(
        first.prices,
        mbps_month={**later.prices.mbps_month, **first.prices.mbps_month},
        connection_hour=later.prices.connection_hour if first.prices.connection_hour is None else first.prices.connection_hour,
        gb=later.prices.gb if first.prices.gb is None else first.prices.gb,
    )


def _rules(first: Settings, later: Settings, stays: Callable[..., None]) -> tuple[dict[str, Level], dict[str, Mapping[str, Any]]]:
    by_code: dict[str, Rule] = {rule.code: rule for rule in (*RULES, *first.custom, *later.custom)}
    levelled: Mapping[str, Rule | ToolFinding] = {**TOOL_FINDINGS, **by_code}
    levels = dict(first.levels)
    for code, level in later.levels.items():
        now = levels.get(code, levelled[code].level)
        if _STRENGTH[level] > _STRENGTH[now]:
            levels[code] = level
        elif level is not now:
            stays(f"rules.{levelled[code].name}.level", level, now)
    options: dict[str, Mapping[str, Any]] = dict(first.options)
    for code, values in later.options.items():
        known = {option.name: option for option in by_code[code].options}
        for name, value in values.items():
            option = known[name]
            before = options.get(code, {}).get(name, option.default)
            merged, rest = tightened(option, before, value)
            if rest:
                stays(f"rules.{by_code[code].name}.{name}", rest, before)
            if merged != before:
                options[code] = {**options.get(code, {}), name: merged}
    return levels, options


def tightened(option: Option, before: Any, value: Any) -> tuple[Any, str]:
    """The stricter of two values of an option, and what of the later one has no effect, in words.

    >>> cap = Option(name="cap", about="", schema={"type": "number"}, default=None, stricter=Stricter.LOWER)
    >>> tightened(cap, 100, 50), tightened(cap, 100, 200)
    ((50, ''), (100, '200'))
    """
    if before is None or before == value:  # an option that nobody set asks for nothing
        return value, ""
    match option.stricter:
        case Stricter.LOWER if isinstance(before, dict):
            return _lower_each(before, value, pairs=option.schema.get("propertyNames", {}).get("format") == AREA_PAIR)
        case Stricter.LOWER:
            return (value, "") if value < before else (before, str(value))
        case Stricter.HIGHER:
            return (value, "") if value > before else (before, str(value))
        case Stricter.MORE if isinstance(before, dict) and "properties" not in option.schema and "anyOf" not in option.schema:
            return _more_keys(before, value)
        case Stricter.MORE:
            return _all_demands(before, value), ""
        case Stricter.FEWER:
            return _fewer(before, value)
        case _:
            return before, str(value)


def _lower_each(before: Mapping[str, float], value: Mapping[str, float], *, pairs: bool) -> tuple[Any, str]:
    same: Callable[[str], Hashable] = (lambda key: area_pair(*key.split("/", 1))) if pairs else str
    names = {same(key): key for key in before}
    merged, rest = dict(before), []
    for key, number in value.items():
        name = names.get(same(key), key)
        if name not in merged or number < merged[name]:
            merged[name] = number
        elif number > merged[name]:
            rest.append(f"{key} = {number}")
    return merged, ", ".join(rest)


def _more_keys(before: Mapping[str, str], value: Mapping[str, str]) -> tuple[Any, str]:
    """Tags that are required: a new one is one more; of one that is there, only a pattern for any value may be narrowed."""
    merged, rest = dict(before), []
    for key, pattern in value.items():
        if not merged.get(key):
            merged[key] = pattern
        elif merged[key] != pattern:
            rest.append(f"{key} = {pattern!r}")
    return merged, ", ".join(rest)


def _all_demands(before: Any, value: Any) -> list[Any]:
    """Both demands: `require` takes a list of tables, each of which is asked."""
    return [*_tables(before), *(table for table in _tables(value) if table not in _tables(before))]


def _tables(value: Any) -> list[Any]:
    return [{"every_pair": True}] if isinstance(value, str) else list(value) if isinstance(value, (list, tuple)) else [value]


def _fewer(before: Sequence[Any], value: Sequence[Any]) -> tuple[Any, str]:
    """What both allow; an item of the later list that the first does not allow has no effect."""
    inside = [item for item in value if _allowed(item, before)]
    outside = [item for item in value if not _allowed(item, before)]
    return (inside or list(before)), _listed(outside)


def _allowed(item: Any, before: Iterable[Any]) -> bool:
    if isinstance(item, (list, tuple)):
        return any(sorted(item) == sorted(other) for other in before)
    return any(item == other or fnmatchcase(item, other) for other in before)


def _listed(items: Sequence[Any]) -> str:
    return ", ".join("/".join(item) if isinstance(item, (list, tuple)) else str(item) for item in items)
