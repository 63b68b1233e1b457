"""Settings: levels, options, what is shared, where the other files are. One set of names for every place they stand in."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from cenguard.errors import InvalidSettings
from cenguard.findings import Level
from cenguard.geography.catalogue import Catalogue, default_catalogue, editions, load
from cenguard.rules.rule import Rule
from cenguard.settings.own_areas import own_areas

if TYPE_CHECKING:
    from cenguard.findings.report import Prices
    from cenguard.settings.waivers import Waiver

FILE = "cenguard.toml"
NAMESPACE = "cenguard:"
"""What a stack's own settings begin with, in its configuration."""
PYPROJECT = "pyproject.toml"
UNDETERMINED = ("hide", "advisory", "mandatory")
OUTPUTS = ("human", "json", "sarif", "junit", "github", "gitlab", "markdown", "html")
KEYS = (
    "areas", "inventory", "inventory_days", "waivers", "waiver", "undetermined", "shared", "unwaivable", "plugins", "rules", "output", "help_url", "expect", "placeholders",
    "sources", "prices", "extends",
)  # fmt: skip
INVENTORY_DAYS = 7


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What a team decided about the rules."""

    source: str = ""
    """The file they came from; empty when there is none."""
    given: frozenset[str] = frozenset()
    """The keys that the file sets."""
    levels: Mapping[str, Level] = {}
    """Level by code, where it differs from the rule's own."""
    options: Mapping[str, Mapping[str, Any]] = {}
    """Options of rules that are set, by code."""
    undetermined: str = "advisory"
    """What becomes of undetermined findings: hide, advisory or mandatory."""
    shared: tuple[str, ...] = ()
    """Globs on name, id or URN of instances that other stacks attach to or buy for."""
    expect: tuple[str, ...] = ()
    """Globs on name, id or URN of instances that must be in the input."""
    expect_at: str = ""
    """The line that asks for them."""
    placeholders: tuple[str, ...] = ()
    """Globs on values that stand for something, such as the ids of mocks: unknown, and never joined with each other."""
    unwaivable: frozenset[str] = frozenset()
    """Codes of rules that no waiver hides, and keys that no later layer adds to."""
    waivers: "tuple[Waiver, ...]" = ()
    inventory: tuple[Path, ...] = ()
    inventory_at: Mapping[Path, tuple[str, str]] = {}
    """The file and line that name each of them: one that is not there yet is said where it is read, since `inventory` writes it."""
    inventory_days: int = INVENTORY_DAYS
    """Days after which what rests on an inventory alone is advisory."""
    areas: str | None = None
    """An edition of the area catalogue, or a file."""
    areas_base: Path = msgspec.field(default_factory=Path.cwd)
    custom: tuple[Rule, ...] = ()
    """Rules of a team's own."""
    output: Mapping[str, Path] = {}
    """Files to write by format, besides what is printed."""
    sources: Mapping[str, Path] = {}
    """Names of Terraform documents, each with its file."""
    help_url: str = ""
    """Where a copy of the documentation stands, with a slash at its end; empty where none is named."""
    prices: "Prices | None" = None
    """What bandwidth costs; None where nobody said."""
    layers: tuple[str, ...] = ()
    """The files that were read, the one nearest to the organisation first."""
    not_loaded: tuple[str, ...] = ()
    """What was passed over because no code of the user's is run: plugins, packages. Names of rules that nobody knows may be theirs."""
    remarks: tuple[str, ...] = ()
    """What has no effect in them, in words: a later layer never loosens."""

    @property
    def files(self) -> tuple[str | Path, ...]:
        """The files that they were read from, and those that they name to be read."""
        own = () if self.areas is None or self.areas in editions() else (self.areas_base / self.areas,)
        written = dict.fromkeys(waiver.file for waiver in self.waivers if waiver.file)
        return (self.source, *self.layers, *self.inventory, *own, *written)

    def catalogue(self) -> Catalogue:
        """The area catalogue that the settings name.

        Raises:
            InvalidSettings: the file is no catalogue, or no such edition ships.
        """
        return catalogue_named(self.areas, self.areas_base)


def catalogue_named(name: str | None, base: Path) -> Catalogue:
    """An edition of the catalogue, or a user's own file relative to `base`; the newest edition when None.

    Raises:
        InvalidSettings: neither an edition nor a readable catalogue file.
    """
    if name is None:
        return default_catalogue()
    if name in editions():
        return load(name)
    path = base / name
    if not path.exists():
        raise InvalidSettings(name, f"neither an edition of the area catalogue ({', '.join(editions())}) nor a file")
    return own_areas(path)
