"""What is laid over the settings files: a stack's own configuration, and the engine's policy configuration.

A stack tightens, adds and waives, and never loosens: whoever writes a stack does not decide what stops it. The policy configuration
is the operator's word for one run, and wins.
"""

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from msgspec import structs

from cenguard.errors import InvalidSettings, nearest, shown
from cenguard.findings import Level
from cenguard.rules import RULES
from cenguard.rules.rule import Rule
from cenguard.settings.model import INVENTORY_DAYS, KEYS, NAMESPACE, UNDETERMINED, Settings
from cenguard.settings.rule_tables import Levels, Options, chooser_of, codes_in, misnamed, own_options, read_rules
from cenguard.settings.tightening import Layered, laid_over
from cenguard.settings.waivers import waivers_in
from cenguard.text.faults import Faults
from cenguard.text.tables import Source, Table

OF_A_STACK = ("undetermined", "shared", "placeholders", "inventory_days", "unwaivable", "waiver", "rules")
"""Keys that a stack's configuration may hold; the others name files or stand for all stacks, and are the settings file's."""
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?: 00:00:00 \+0000 UTC)?")
"""A day, and what the engine makes of one that stands in `Pulumi.dev.yaml` without quotes."""


def with_stack_config(settings: Settings, config: Mapping[str, Any], place: str, urns: str = "") -> Layered:
    """Lay a stack's own `cenguard:` configuration over the settings file; its waivers are for resources whose URN begins with `urns`.

    Raises:
        InvalidSettings: it holds something that is not understood; everything that is wrong at once.
    """
    values = {key.removeprefix(NAMESPACE): value for key, value in sorted(config.items()) if key.startswith(NAMESPACE)}
    if not values:
        return Layered(settings)
    rules = (*RULES, *settings.custom)
    lenient = bool(settings.not_loaded)
    catalogue = settings.catalogue()
    faults = Faults()
    table = _stack_table(values, place, faults)
    nothing: tuple[Levels, Options] = ({}, {})
    levels, options = faults.read(lambda: read_rules(table.subtable("rules"), rules, catalogue, lenient=lenient), nothing)
    waivers = faults.read(lambda: waivers_in(table, chooser_of(rules, lenient=lenient), catalogue), ())
    own = Settings(
        given=frozenset(values),
        undetermined=faults.read(lambda: table.choice("undetermined", UNDETERMINED, default="advisory"), "advisory"),
        shared=faults.read(lambda: table.texts("shared"), ()),
        placeholders=faults.read(lambda: table.texts("placeholders"), ()),
        inventory_days=faults.read(lambda: table.whole_number("inventory_days", default=INVENTORY_DAYS), INVENTORY_DAYS),
        unwaivable=faults.read(lambda: codes_in(table, "unwaivable", rules, lenient=lenient), frozenset()),
        waivers=tuple(replace(waiver, urns=urns) for waiver in waivers),
        levels=levels,
        options=options,
    )
    faults.told()
    if set(own.waivers) <= set(settings.waivers):  # laid once already
        own = structs.replace(own, waivers=())
    layered = laid_over(settings, own, lambda key: f"{place}: {NAMESPACE}{key}", "a stack's configuration")
    return Layered(structs.replace(layered.settings, given=settings.given), layered.remarks)


def _stack_table(values: Mapping[str, Any], place: str, faults: Faults) -> Table:
    """What is understood; a key with a fault is left out, so that the others are looked at as well."""
    found = {key: faults.read(partial(_stack_value, key, value, place), faults) for key, value in values.items()}
    return Table(Source(place), {key: value for key, value in found.items() if value is not faults}, ("cenguard",))


def _stack_value(key: str, value: Any, place: str) -> Any:
    if key not in OF_A_STACK:
        hint = nearest(key, OF_A_STACK)
        said = (
            "names a file or stands for all stacks: it belongs in the settings file"
            if key in KEYS
            else "is not known here" + (f"; did you mean {hint}?" if hint else f" (known: {', '.join(OF_A_STACK)})")
        )
        raise InvalidSettings(place, said, where=f"{NAMESPACE}{key}")
    if value is not None and not isinstance(value, (str, bool, int, float, list, dict)):  # the mark of a secret
        raise InvalidSettings(place, "is a secret; a plain value was expected", where=f"{NAMESPACE}{key}")
    plain = _plain(value, key, place)
    if key == "inventory_days" and isinstance(plain, str) and plain.isascii() and plain.isdigit():
        return int(plain)
    if key != "waiver":
        return plain
    if not isinstance(plain, list) or not all(isinstance(row, dict) for row in plain):
        raise InvalidSettings(place, "a list of waivers was expected", where=f"{NAMESPACE}{key}")
    return [_dated(row, f"{NAMESPACE}{key}[{number}].expires", place) for number, row in enumerate(plain, 1)]


def _dated(row: Mapping[str, Any], where: str, place: str) -> Mapping[str, Any]:
    """A waiver with its last day as a date: a configuration knows none, and the engine hands one without quotes as a time."""
    if "expires" not in row:
        return row
    said = _DAY.fullmatch(str(row["expires"]))
    try:
        return {**row, "expires": dt.date.fromisoformat(said[1] if said else "")}
    except ValueError:
        raise InvalidSettings(
            place, f"a date such as 2027-03-31 was expected, not {shown(row['expires'])}", where=where
        ) from None


def _plain(value: Any, key: str, place: str) -> Any:
    """A configuration value: the engine hands every one as text, lists and tables as JSON."""
    if isinstance(value, str) and value[:1] in ("[", "{"):
        try:
            return json.loads(value)
        except (ValueError, RecursionError) as error:
            raise InvalidSettings(place, f"is not JSON: {str(error).partition(chr(10))[0]}", where=f"{NAMESPACE}{key}") from None
    return value


@dataclass(frozen=True, slots=True)
class PolicyConfig:
    """What the engine hands over for one policy."""

    level: Level
    properties: Mapping[str, Any]


def with_policy_config(
    settings: Settings,
    config: Mapping[str, PolicyConfig],
    published: Mapping[str, Level],
    *,
    undetermined: str,
) -> Layered:
    """Lay the engine's policy configuration over the settings.

    `published` holds the level that each policy was offered with: it comes back for every policy nobody configured.
    `undetermined` is the name of the policy under which undetermined findings are said.
    """
    rules = (*RULES, *settings.custom)
    levels, options = dict(settings.levels), {code: dict(found) for code, found in settings.options.items()}
    word = settings.undetermined
    remarks: list[str] = []
    by_name = {rule.name: rule for rule in rules}
    for name, entry in sorted(config.items()):
        if name == "all":  # a level there is every policy's by now
            remarks += [_of_one_policy(key, rules) for key in sorted(entry.properties)]
            continue
        if name == undetermined:
            if entry.level is not published.get(name):
                word = {Level.DISABLED: "hide"}.get(entry.level, entry.level.value)
            remarks += [_no_option(name, key, ()) for key in sorted(entry.properties)]
            continue
        rule = by_name.get(name)
        if rule is None:
            remarks.append(_no_policy(name, rules, undetermined))
            continue
        if entry.level is not published.get(name):
            levels[rule.code] = entry.level
        known = {option.name: option for option in own_options(rule)}
        for key, raw in sorted(entry.properties.items()):
            if key not in known:
                remarks.append(_no_option(name, key, tuple(known)))
                continue
            value = whole(raw)
            said = known[key].problem(value) or misnamed(known[key], value, settings.catalogue())
            if said:
                remarks.append(f"The policy configuration of {name} has no effect on {said}{'' if said.endswith('?') else '.'}")
            else:
                options.setdefault(rule.code, {})[key] = value
    return Layered(structs.replace(settings, levels=levels, options=options, undetermined=word), tuple(remarks))


def _no_policy(name: str, rules: Sequence[Rule], undetermined: str) -> str:
    codes = {rule.code: rule.name for rule in rules}
    hint = codes.get(name.upper()) or nearest(name, [*codes.values(), undetermined, "all"])
    return f"The policy configuration names {name!r}, which is no policy" + (f"; did you mean {hint}?" if hint else ".")


def _no_option(name: str, key: str, known: Sequence[str]) -> str:
    hint = nearest(key, known)
    end = f"; did you mean {hint}?" if hint else f" (it has {', '.join(known)})." if known else "."
    return f"The policy configuration sets {name}.{key}, and this policy has no such option{end}"


def _of_one_policy(key: str, rules: Sequence[Rule]) -> str:
    """What is said of an option under `all`, where only a level means something."""
    having = [rule.name for rule in rules if any(option.name == key for option in own_options(rule))]
    end = f"it is an option of {' and of '.join(having)}." if having else "no policy has such an option."
    return f"The policy configuration sets all.{key}, which has no effect: {end}"


def whole(value: Any) -> Any:
    """A value of the engine, in which every number is a fraction: whole numbers are whole again.

    >>> whole({"days": 30.0, "pairs": [1.5]})
    {'days': 30, 'pairs': [1.5]}
    """
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: whole(item) for key, item in value.items()}
    return [whole(item) for item in value] if isinstance(value, list) else value
