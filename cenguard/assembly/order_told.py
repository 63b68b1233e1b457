"""What a document tells of order, and what not: `depends_on` of a module, or that names one, is in no document of Pulumi."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain

from cenguard.assembly.references import References
from cenguard.network import Blocker
from cenguard.network.order import Order
from cenguard.resources import tokens
from cenguard.resources.addresses import LOCAL
from cenguard.resources.modules import CONSTRUCTED, EXPANDED
from cenguard.resources.records import PROVIDER, Resource
from cenguard.resources.urns import START, kind_in_urn, name_in_urn, stack_of

_STACK = "::pulumi:pulumi:Stack::"
_SETTLE = "a reference to an output of that module, or a plan of the same code (`terraform show -json`), would settle it"


def order_of(refs: References, joining: Iterable[str]) -> Order:
    """Who waits for whom; a resource also waits for its parent, and for what its provider is configured from.

    Who waits for a Terraform module waits for all that it makes, and so does who names a component. `joining` are the URNs that
    questions will be about, with those of grants.
    """
    records = refs.records
    components = _Components(refs)
    parts: dict[str, list[str]] = {}
    if any(kind.endswith(CONSTRUCTED) for kind in refs.by_type):
        for record in records.values():
            if record.view_of:
                parts.setdefault(record.view_of, []).append(record.urn)
    late = {record.urn for record in refs.by_type.get(PROVIDER, ()) if record.dependencies}

    def waits_on(urn: str) -> Sequence[str]:
        record = records.get(urn)
        if record is None:
            return ()
        waits = record.dependencies
        if components.urns and not components.urns.isdisjoint(waits):
            waits = (*waits, *components.within(waits, record))
        if record.parent and _STACK not in record.parent:
            waits = (*waits, record.parent)
        if urn in parts:
            waits = (*waits, *parts[urn])
        return (*waits, record.provider) if record.provider in late else waits

    grants = (record.urn for token in tokens.GRANTS for record in refs.by_type.get(token, ()))
    return Order(waits_on, chain(joining, grants))


class _Components:
    """What is made inside a component that a resource depends on.

    The SDK of a program names the children of its own components. Of a packaged one it names the component, which is there when all
    its children are: `DependenciesOf` of pkg/resource/graph in pulumi/pulumi counts them too.
    """

    def __init__(self, refs: References) -> None:
        self._records = refs.records
        self.urns = {item.urn for items in refs.by_type.values() if items and _is_component(items[0]) for item in items}

    def within(self, waits: Iterable[str], record: Resource) -> list[str]:
        """What the components among some dependencies of a resource hold, at any depth; one that it is in itself is not there yet."""
        above = set()
        at: Resource | None = record
        while at is not None and at.urn not in above:
            above.add(at.urn)
            at = self._records.get(at.parent)
        seen = {urn: None for urn in waits if urn in self.urns and urn not in above}
        held = list(seen)
        for urn in held:
            fresh = [child for child in self._children.get(urn, ()) if child not in seen]
            seen.update(dict.fromkeys(fresh))
            held += fresh
        return held

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for record in self._records.values():
            if record.parent:
                found[record.parent].append(record.urn)
        return found


def _is_component(record: Resource) -> bool:
    # what a program makes itself is custom in its records, whatever it is; a component has no provider
    grouped = not (record.custom and record.provider)
    return grouped and record.urn.startswith(START) and not record.type.startswith("pulumi:")


def _deployed_apart(urn: str, targets: Iterable[str]) -> Blocker | None:
    """Why no document tells whether a target is there in time, where another stack makes it: whoever deploys them knows."""
    own = stack_of(urn)
    other = min((stack for target in targets if (stack := stack_of(target)) != own), default=None)
    if other is None:
        return None
    here, there = (f"{project}/{stack}" if urn.startswith(START) else project or stack for stack, project in (own, other))
    return Blocker(
        f"order of {there} before {here}",
        f"which of {there} and {here} is deployed first is in no document",
        f"deploying {there} first, and checking {here} beside what stands then, would settle it",
    )


class ModuleOrder:
    """Which module each resource is made by, and between which of them an order cannot be seen.

    Source: hcl-module-depends-on and hcl-modules-create in `tests/recordings/`: the deployment keeps an order that no
    document holds.
    """

    def __init__(self, refs: References) -> None:
        self._records = refs.records
        self._modules: dict[str, str] = {"": ""}
        self._locals = frozenset([record.urn for record in refs.by_type.get(LOCAL, ())])
        self._through: dict[str, str] = {}

    def hidden(self, urn: str, targets: Iterable[str]) -> Blocker | None:
        """Why it cannot be told whether a resource waits for any of the targets."""
        targets = frozenset(targets)
        if apart := _deployed_apart(urn, targets):
            return apart
        if self._locals and (local := self._local_above(urn)):
            return Blocker(
                f"order {local}",
                f"what {name_in_urn(local)} is made of is in no plan of Terraform",
                "the .tf files beside the plan, depends_on, or a reference without the local between, would settle it",
            )
        own = self._module(urn)
        for target in sorted(targets):  # the first of several modules is named
            other = self._module(target)
            if own == other and not self._is_view(urn):
                continue
            stack, project = stack_of(urn)
            if not (own or other):
                return None
            if self._is_view(urn) or self._is_view(target):
                module = own or other
                return Blocker(
                    f"order in {module}",
                    f"the order in which the Terraform module {name_in_urn(module)} makes its resources is in no document of Pulumi",
                    "a plan of its own code (`terraform show -json`) would settle it",
                )
            return Blocker(f"modules {project}/{stack}", "depends_on of a module is in no document of Pulumi", _SETTLE)
        return None

    def _local_above(self, urn: str) -> str:
        """A local that a resource waits for, through any number of steps; empty for none."""
        waiting, seen = [urn], {urn}
        while waiting:
            here = waiting.pop()
            if here in self._locals:
                return here
            if here in self._through:
                if self._through[here]:
                    return self._through[here]
                continue
            record = self._records.get(here)
            steps = (*record.dependencies, *filter(None, [record.parent])) if record is not None else ()
            waiting += [step for step in steps if step not in seen]
            seen.update(steps)
        self._through.update(dict.fromkeys(seen, ""))
        return ""

    def _is_view(self, urn: str) -> bool:
        record = self._records.get(urn)
        return record is not None and bool(record.view_of)

    def _module(self, urn: str) -> str:
        """URN of the innermost module around a resource; empty for one of the program itself."""
        record = self._records.get(urn)
        if record is None:
            return ""
        if record.view_of:
            return record.view_of
        return self._around(record.parent)

    def _around(self, parent: str) -> str:
        passed: list[str] = []
        at = parent
        while at not in self._modules:
            self._modules[at] = ""  # no resource is its own parent, but a document may say so
            passed.append(at)
            kind = kind_in_urn(at)
            if kind.endswith(CONSTRUCTED) or kind.startswith(EXPANDED):
                self._modules[at] = at
                break
            above = self._records.get(at)
            at = above.parent if above is not None else ""
        found = self._modules[at]
        self._modules.update(dict.fromkeys(passed, found))
        return found
