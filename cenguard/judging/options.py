"""What a check is asked for, with what the stacks' own configuration sets."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from cenguard.errors import UnreadableInput
from cenguard.geography.catalogue import Catalogue, default_catalogue
from cenguard.judging.tool_findings import (
    TOOL_CODES,
)
from cenguard.network.known import Inventory, laid_together
from cenguard.resources.records import Records
from cenguard.rules import RULES, select
from cenguard.rules.rule import Rule
from cenguard.settings.model import NAMESPACE, Settings

if TYPE_CHECKING:
    from cenguard.settings.waivers import Waiving


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What a check is asked for."""

    settings: Settings = msgspec.field(default_factory=Settings)
    catalogue: Catalogue = msgspec.field(default_factory=default_catalogue)
    inventory: Inventory = msgspec.field(default_factory=Inventory)
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    base: tuple[Records, ...] | None = None
    """What to compare with, where the sources' own old states are not what is meant."""
    today: dt.date | None = None
    """The day of the check; None for the day it is."""
    fixes: bool = True
    """Whether somebody prints what takes the findings away: it is made and proved for nobody else."""
    members: bool = False
    """Whether each group of networks is reported with all of its networks, and not with some examples only."""

    @property
    def day(self) -> dt.date:
        """The day of the check; everything that a date decides asks here."""
        return self.today or dt.datetime.now(tz=dt.UTC).date()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule there is: our own, and the team's."""
        return (*RULES, *self.settings.custom)

    @property
    def knows_elsewhere(self) -> bool:
        """Whether an inventory tells anything of what stands elsewhere."""
        return self.inventory != Inventory()

    def waiving(self) -> "Waiving":
        """The waivers at work on one check."""
        from cenguard.settings.waivers import Waiving

        return Waiving(self.settings.waivers, self.day, self.settings.unwaivable)


def with_stack_settings(sources: Sequence[Records], options: Options) -> tuple[Options, tuple[str, ...]]:
    """The options with what the stacks' own configuration sets, and what of it has no effect.

    Raises:
        InvalidSettings: a stack's configuration holds something that is not understood.
    """
    remarks: list[str] = []
    if any(source.reads for source in sources):
        from cenguard.inventory.lookups import inventory_of_lookups

        listed = inventory_of_lookups(sources, options.catalogue)
        if listed is not None:
            options = msgspec.structs.replace(options, inventory=laid_together([listed, options.inventory]))
    for source in sorted(sources, key=lambda item: (item.project, item.stack)):
        if any(key.startswith(NAMESPACE) for key in source.config):
            from cenguard.settings.layers import with_stack_config

            layered = with_stack_config(
                options.settings,
                source.config,
                f"configuration of {source.project}/{source.stack}",
                f"urn:pulumi:{source.stack}::{source.project}::",
            )
            options = msgspec.structs.replace(options, settings=layered.settings)
            remarks += layered.remarks
    return options, tuple(remarks)


def chosen_codes(options: Options) -> frozenset[str]:
    """Codes of the rules that a check runs.

    Raises:
        UnknownName: a word names no rule.
        UnreadableInput: no rule is left, so that whatever the network is, nothing would be found.
    """
    everything = frozenset(rule.code for rule in options.rules) | frozenset(TOOL_CODES)
    wanted = select(options.select, options.rules, tool=TOOL_CODES) if options.select else everything
    if options.select:  # what the tool says of itself is never selected away by naming other rules
        wanted |= frozenset(TOOL_CODES)
    if not options.ignore:
        return wanted
    left = wanted - select(options.ignore, options.rules, tool=TOOL_CODES)
    if left <= frozenset(TOOL_CODES) < wanted:
        what = "every rule that --select names" if options.select else "every rule"
        raise UnreadableInput("--ignore", f"leaves out {what}: nothing would be asked")
    return left
