"""What is laid over or under the settings file: a stack's own configuration, and the engine's policy configuration.

From weakest to strongest: a rule's own default, the stack's configuration, the settings file, the policy configuration.
A stack may only make rules stricter: whoever writes a stack does not decide what stops it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cenguard.errors import InvalidSettings, nearest
from cenguard.findings import Level
from cenguard.resources.values import is_known
from cenguard.rules import RULES
from cenguard.rules.rule import Rule
from cenguard.settings.model import KEYS, NAMESPACE, UNDETERMINED, Settings
from cenguard.settings.rule_tables import codes_in, misnamed, own_options, read_rules
from cenguard.text.tables import Source, Table

OF_A_STACK = ("undetermined", "shared", "placeholders", "unwaivable", "rules")
"""Keys that a stack's configuration may hold; the others name files, and stand in the settings file."""
_STRENGTH = {Level.DISABLED: 0, Level.ADVISORY: 1, Level.MANDATORY: 2}


@dataclass(frozen=True, slots=True)
class Layered:
    """Settings, and what had no effect in what was laid over them, in words."""

    settings: Settings
    remarks: tuple[str, ...] = ()


def with_stack_config(settings: Settings, config: Mapping[str, Any], place: str) -> Layered:
    """Lay a stack's own `cenguard:` configuration under the settings file.

    Raises:
        InvalidSettings: it holds something that is not understood.
    """
    values = {key.removeprefix(NAMESPACE): value for key, value in sorted(config.items()) if key.startswith(NAMESPACE)}
    if not values:
        return Layered(settings)
    rules = (*RULES, *settings.custom)
    table = _stack_table(values, place)
    remarks: list[str] = []
    undetermined, shared, unwaivable = settings.undetermined, settings.shared, settings.unwaivable
    if "undetermined" in values:
        wanted = table.choice("undetermined", UNDETERMINED, default="advisory")
        if UNDETERMINED.index(wanted) > UNDETERMINED.index(undetermined) and "undetermined" not in settings.given:
            undetermined = wanted
        elif wanted != undetermined:
            remarks.append(_no_effect(place, "undetermined", wanted, undetermined, "undetermined" in settings.given))
    if "shared" in values:
        wanted_shared = table.texts("shared")
        if "shared" not in settings.given:
            shared = (*shared, *(item for item in wanted_shared if item not in shared))
        elif not set(wanted_shared) <= set(shared):
            remarks.append(_no_effect(place, "shared", ", ".join(wanted_shared), ", ".join(shared), given=True))
    placeholders = tuple(dict.fromkeys((*settings.placeholders, *table.texts("placeholders"))))
    if "unwaivable" in values:
        unwaivable |= codes_in(table, "unwaivable", rules)
    levels, options = dict(settings.levels), {code: dict(found) for code, found in settings.options.items()}
    wanted_levels, wanted_options = read_rules(table.subtable("rules"), rules, settings.catalogue())
    for code, level in wanted_levels.items():
        rule = next(item for item in rules if item.code == code)
        now = levels.get(code, rule.level)
        if _STRENGTH[level] > _STRENGTH[now] and code not in settings.levels:
            levels[code] = level
        elif level is not now:
            remarks.append(_no_effect(place, f"rules.{rule.name}.level", level, now, code in settings.levels))
    for code, found in wanted_options.items():
        for name, value in found.items():
            if name not in settings.options.get(code, {}):
                options.setdefault(code, {})[name] = value
            elif settings.options[code][name] != value:
                remarks.append(_no_effect(place, f"rules.{code}.{name}", "another value", "its own", given=True))
    laid = replace(
        settings,
        placeholders=placeholders,
        undetermined=undetermined,
        shared=shared,
        unwaivable=unwaivable,
        levels=levels,
        options=options,
    )
    return Layered(laid, tuple(remarks))


def _no_effect(place: str, key: str, wanted: str, stays: str, given: bool) -> str:
    why = "the settings file says" if given else "a stack's configuration cannot make it milder than"
    return f"{place}: cenguard:{key} = {wanted} has no effect; {why} {stays}."


def _stack_table(values: Mapping[str, Any], place: str) -> Table:
    read: dict[str, Any] = {}
    for key, value in values.items():
        if key not in OF_A_STACK:
            hint = nearest(key, OF_A_STACK)
            said = (
                "names a file or stands for all stacks: it belongs in the settings file"
                if key in KEYS
                else "is not known here" + (f"; did you mean {hint}?" if hint else f" (known: {', '.join(OF_A_STACK)})")
            )
            raise InvalidSettings(place, said, where=f"{NAMESPACE}{key}")
        if not is_known(value):
            raise InvalidSettings(place, "is a secret; a plain value was expected", where=f"{NAMESPACE}{key}")
        read[key] = _plain(value, key, place)
    return Table(Source(place), read, ("cenguard",))


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
        if name == "all":
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
                remarks.append(f"The policy configuration of {name} has no effect on {said}.")
            else:
                options.setdefault(rule.code, {})[key] = value
    return Layered(replace(settings, levels=levels, options=options, undetermined=word), tuple(remarks))


def _no_policy(name: str, rules: Sequence[Rule], undetermined: str) -> str:
    codes = {rule.code: rule.name for rule in rules}
    hint = codes.get(name.upper()) or nearest(name, [*codes.values(), undetermined, "all"])
    return f"The policy configuration names {name!r}, which is no policy" + (f"; did you mean {hint}?" if hint else ".")


def _no_option(name: str, key: str, known: Sequence[str]) -> str:
    hint = nearest(key, known)
    end = f"; did you mean {hint}?" if hint else f" (it has {', '.join(known)})." if known else "."
    return f"The policy configuration sets {name}.{key}, and this policy has no such option{end}"


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
