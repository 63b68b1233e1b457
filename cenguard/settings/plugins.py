"""Custom rules: from files that the settings name, and from installed packages that offer the entry point `cenguard.rules`."""

import importlib.util
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from types import ModuleType
from typing import Any
from zlib import crc32

from cenguard.errors import InvalidSettings
from cenguard.findings import Level
from cenguard.rules import RULES
from cenguard.rules.options import Option, fault_of
from cenguard.rules.rule import Rule, Scope
from cenguard.settings.installed import GROUP, any_rules

RESERVED = "CEN"
"""Codes of our own begin with this, those to come included."""
TAKEN_NAMES = frozenset({"undetermined", "all"})
"""Names that mean something else in a policy configuration."""
_CODE = re.compile(r"[A-Z]{2,12}[0-9]{2,6}")
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
EXPECTED = "a `RULE`, or a tuple `RULES`, of cenguard.rules.rule.Rule was expected"


def load(files: Sequence[Path], *, places: Sequence[str] = ()) -> tuple[Rule, ...]:
    """The custom rules of files, and of installed packages, in the order of their codes.

    `places` says for each file where it is named, so that an error can say so as well.

    Raises:
        InvalidSettings: something cannot be loaded, is no rule, or takes a code or name that another rule has.
    """
    found: list[tuple[Rule, str]] = []
    with redirect_stdout(sys.stderr):  # what a file prints is no part of a report, and no port that an engine waits for
        for index, path in enumerate(files):
            module = _module(path, places[index] if index < len(places) else "")
            found += [(rule, str(path)) for rule in _rules_of(module, str(path))]
        known_files = {path.resolve() for path in files}
        for rule, source, file in installed():
            if file is None or file.resolve() not in known_files:
                found.append((rule, source))
    _check(found)
    return tuple(sorted((rule for rule, _ in found), key=lambda rule: rule.code))


def _module(path: Path, place: str) -> ModuleType:
    if not os.path.isfile(path):  # noqa: PTH113 - false, not an error, where a folder above may not be looked into
        raise InvalidSettings(str(path), "there is no such file" + (f" (named in {place})" if place else ""))
    name = f"cenguard_custom_{crc32(str(path.resolve()).encode()):08x}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise InvalidSettings(str(path), "is no Python file: its name was expected to end with .py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    writing, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a file of somebody else does
        del sys.modules[name]
        raise InvalidSettings(str(path), f"cannot be loaded: {_said(error)}", where=_line(error, spec.origin or "")) from None
    finally:
        sys.dont_write_bytecode = writing
    return module


def _said(error: BaseException) -> str:
    text = str(error).strip().partition("\n")[0]
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _line(error: BaseException, path: str) -> str:
    if isinstance(error, SyntaxError) and error.lineno:
        return f"line {error.lineno}"
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == path:
            line = trace.tb_lineno
        trace = trace.tb_next
    return f"line {line}" if line else ""


def _rules_of(offered: Any, source: str) -> list[Rule]:
    """The rules that a module, or what an entry point leads to, offers."""
    if isinstance(offered, ModuleType):
        names = [name for name in ("RULES", "RULE") if hasattr(offered, name)]
        if not names:
            raise InvalidSettings(source, f"offers no rule: {EXPECTED}")
        offered = getattr(offered, names[0])
    if callable(offered) and not isinstance(offered, Rule):
        try:
            offered = offered()
        except Exception as error:  # noqa: BLE001 - whatever a package of somebody else does
            raise InvalidSettings(source, f"cannot be loaded: {_said(error)}") from None
    items = [offered] if isinstance(offered, Rule) else list(offered) if isinstance(offered, (tuple, list)) else None
    if not items or not all(isinstance(item, Rule) for item in items):
        raise InvalidSettings(source, f"offers something that is no rule: {EXPECTED}")
    return items


def installed() -> Iterator[tuple[Rule, str, Path | None]]:
    """The rules that installed packages offer: each with what offers it, and its file."""
    if not any_rules():
        return
    from importlib.metadata import entry_points

    for entry in sorted(entry_points(group=GROUP), key=lambda item: (item.name, item.value)):
        source = f"the installed rules {entry.name} ({entry.value})"
        try:
            offered = entry.load()
        except Exception as error:  # noqa: BLE001 - whatever a package of somebody else does
            raise InvalidSettings(source, f"cannot be loaded: {_said(error)}") from None
        for rule in _rules_of(offered, source):
            module = sys.modules.get(rule.module)
            file = getattr(module, "__file__", None)
            yield rule, source, Path(file) if file else None


def _check(found: Iterable[tuple[Rule, str]]) -> None:
    codes = {rule.code: "cenguard" for rule in RULES}
    names = {rule.name: "cenguard" for rule in RULES}
    for rule, source in found:
        problem = _problem(rule)
        if problem is None and rule.code in codes:
            problem = f"the code {rule.code} is taken by {codes[rule.code]}"
        if problem is None and rule.name in names:
            problem = f"the name {rule.name} is taken by {names[rule.name]}"
        if problem:
            raise InvalidSettings(source, problem, where=str(rule.code))
        codes[rule.code] = names[rule.name] = source


def _problem(rule: Any) -> str | None:
    """What is wrong with a rule: its fields come from somebody else's file and may be anything."""
    if not isinstance(rule.code, str) or not _CODE.fullmatch(rule.code):
        return f"the code {rule.code!r} is none: capitals and digits were expected, such as ACME001"
    if rule.code.startswith(RESERVED):
        return f"codes that begin with {RESERVED} are cenguard's own: choose other letters"
    if not isinstance(rule.name, str) or not _NAME.fullmatch(rule.name):
        return f"the name {rule.name!r} is none: small letters and hyphens were expected, such as unnamed-instance"
    if rule.name in TAKEN_NAMES:
        return f"the name {rule.name} means something else in a policy configuration"
    if not isinstance(rule.level, Level) or not isinstance(rule.scope, Scope):
        return "a level of cenguard.findings.Level and a scope of cenguard.rules.rule.Scope were expected"
    if not isinstance(rule.effect, str) or not set(rule.effect) <= set("SFCQ"):
        return f"the effect {rule.effect!r} is none: letters of S (silent), F (fails), C (costs) and Q (quality) were expected"
    left_out = rule.page is None and sys.flags.optimize > 1  # nobody's docstring is there
    if not left_out and (not isinstance(rule.page, str) or not rule.page.strip()):
        return "page is empty: the text that documents the rule was expected"
    if (rule.check is None) == (rule.check_with is None):
        return "either check or check_with was expected"
    if not all(isinstance(option, Option) for option in rule.options):
        return "options of cenguard.rules.options.Option were expected"
    if any(option.name == "level" for option in rule.options):
        return "an option cannot be called level"
    return next((f"option {option.name}: {said}" for option in rule.options if (said := _option_problem(option))), None)


def _option_problem(option: Option) -> str | None:
    wrong = fault_of(option.schema)
    if wrong is not None:
        return f"its schema: {wrong}"
    wrong = None if option.default is None else option.problem(option.default)
    return f"its default: {wrong}" if wrong is not None else None
