"""The instances of a program's modules: what stands in their files, which call makes them, and what they are made from."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cenguard.readers.terraform.documents import ConfiguredModule, ConfiguredResource, Expression, ModuleCall
from cenguard.resources.addresses import segments

MOST_STEPS = 64
"""Steps that a reference is followed: more than modules are ever nested, and an end for what names itself."""


def module_sources(root: ConfiguredModule, above: str = "", depth: int = 0) -> dict[str, str]:
    """Where each module comes from, variables replaced, by the names of the modules down to it: `span`, `site.net`."""
    found: dict[str, str] = {}
    for name, call in (root.module_calls or {}).items() if depth <= MOST_STEPS else ():
        found[f"{above}{name}"] = call.source
        found |= module_sources(call.module, f"{above}{name}.", depth + 1)
    return found


class Repetition(NamedTuple):
    """What one instance of a resource, or of a module, is made from: its key, and the expression that gives the keys."""

    key: str
    made_from: Expression | None
    module: "Module"


class Module:
    """One instance of a module."""

    def __init__(
        self,
        prefix: str,
        configured: ConfiguredModule,
        resources: Mapping[str, ConfiguredResource],
        parent: "Module | None",
        call: ModuleCall | None,
        key: str,
    ) -> None:
        """Take its address with the dot after it, its program, the module that calls it, the call, and its own key."""
        self.prefix, self.configured, self.parent, self.call = prefix, configured, parent, call
        self.resources = resources
        """What its files hold, by address in the module."""
        self.repetition = Repetition(key, call.for_each_expression if call else None, parent) if parent else None
        self.children: dict[str, dict[str, Module]] = {}
        """By the name of the call, then by key."""

    @property
    def address(self) -> str:
        """Its address; empty for the root."""
        return self.prefix.removesuffix(".")

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the calls from the root down to it, without keys."""
        return tuple(name for name, _ in segments(self.address)[1::2]) if self.prefix else ()

    def and_above(self) -> Iterator["Module"]:
        """The module, and those that call it."""
        here: Module | None = self
        while here is not None:
            yield here
            here = here.parent
