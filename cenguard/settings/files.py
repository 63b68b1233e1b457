"""Where settings files are: the nearest one upwards, or the one that was named."""

import os
from collections.abc import Sequence
from pathlib import Path

from msgspec import structs

from cenguard.errors import InvalidSettings
from cenguard.geography.catalogue import Catalogue
from cenguard.rules import RULES
from cenguard.settings.model import FILE, PYPROJECT, Settings
from cenguard.text.boundary import boundary, holds, inside, pass_over
from cenguard.text.encodings import utf8


def find_settings(start: Path) -> Path | None:
    """The nearest `cenguard.toml`, or `pyproject.toml` with a `[tool.cenguard]` table, from a folder upwards."""
    found = next(filter(None, map(own_settings, inside((start, *start.parents)))), None)
    if found is None and (root := boundary().root) is not None:
        above = next((path for folder in root.parents for path in (folder / FILE, folder / PYPROJECT) if _is_file(path)), None)
        if above is not None:
            maybe = "" if above.name == FILE else ", whether it holds a table [tool.cenguard] or not"
            pass_over(f"{above} stands above the folder that is answered for, and is not read{maybe}")
    return found


def own_settings(folder: Path) -> Path | None:
    """The settings file that lies in a folder itself."""
    own = folder / FILE
    if _is_file(own) or os.path.islink(own):  # noqa: PTH114 - a link that leads nowhere is a policy that nobody would miss
        return own
    project = folder / PYPROJECT
    return project if _is_file(project) and _has_table(project) else None


def _is_file(path: Path) -> bool:
    return os.path.isfile(path)  # noqa: PTH113 - false, not an error, where a folder above may not be looked into


def _has_table(path: Path) -> bool:
    import tomllib  # most checks read no TOML

    if not holds(path):
        raise InvalidSettings(str(path), boundary().said)
    try:
        text = utf8(path.read_bytes()).decode()
    except (OSError, ValueError):
        return False  # somebody else's file; only one that is named must be right
    try:
        return "cenguard" in text and "cenguard" in tomllib.loads(text).get("tool", {})
    except (ValueError, RecursionError, TypeError):
        return "[tool.cenguard" in text  # what is wrong with it is said where it is read


def settings_for(given: Path | None, start: Path) -> Settings:
    """The settings of a command: the file that was named, else the nearest one from a folder upwards, else none.

    Raises:
        InvalidSettings: the file holds something that is not understood; named from the current folder where that is shorter.
    """
    found = given or find_settings(start)
    if found is None:
        return no_settings()
    if found.is_absolute() and found != given:
        found = min(Path(os.path.relpath(found)), found, key=lambda path: len(str(path)))
    from cenguard.settings.reading import read_settings  # most checks read no settings

    return read_settings(found)


def no_settings() -> Settings:
    """Settings of a team that decided nothing; rules of installed packages count all the same.

    Raises:
        InvalidSettings: an installed package offers something that is no rule.
    """
    from cenguard.settings.installed import INSTALLED, any_rules

    if not any_rules():
        return Settings()
    if not boundary().code:
        pass_over(f"not loaded, since no code of others is run: {INSTALLED}")
        return Settings(not_loaded=(INSTALLED,))
    from cenguard.settings.plugins import load as load_plugins

    return Settings(custom=load_plugins(()))


def with_waivers(settings: Settings, files: Sequence[Path], catalogue: Catalogue) -> Settings:
    """Settings with the waivers of further files.

    Raises:
        InvalidSettings: a file holds something that is not understood.
    """
    if not files:
        return settings
    from cenguard.settings.rule_tables import chooser_of
    from cenguard.settings.waivers import once, read_waivers

    chooser = chooser_of((*RULES, *settings.custom), lenient=bool(settings.not_loaded))
    found = [waiver for path in files for waiver in read_waivers(path, chooser, catalogue)]
    return structs.replace(settings, waivers=once((*settings.waivers, *found)))
