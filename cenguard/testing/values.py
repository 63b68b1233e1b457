"""What a world is given: values taken from other resources, and inventories of what stands elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cenguard.geography.areas import area_pair
from cenguard.network.known import Inventory, KnownAttachment, KnownInstance, KnownPackage, KnownRouter
from cenguard.resources.values import UNKNOWN


@dataclass(frozen=True, slots=True)
class Hidden:
    """A value that comes from other resources, by their logical names."""

    sources: tuple[str, ...]
    output: str | None = None
    """The output that is read, where it is read as it is; None for something computed."""
    value: Any = UNKNOWN
    """What is known of a computed value."""


def of(name: str, output: str = "id") -> Hidden:
    """An output of a resource: known where the resource stands or echoes an input, else unknown with a dependency."""
    return Hidden((name,), output)


def unknown_from(*names: str, value: Any = UNKNOWN) -> Hidden:
    """A value computed from several resources, as `Output.all(...).apply(...)` makes one; `value` where it is known."""
    return Hidden(names, None, value)


def stack_output(stack: str) -> Hidden:
    """An output of another stack, which this input does not tell."""
    return Hidden((stack,))


def an_inventory(
    *,
    packages: Iterable[tuple[str, str, str, float | None, str | None]] = (),
    instances: Iterable[str] = (),
    complete: Iterable[str] = (),
    attachments: Iterable[tuple[str, str, str]] = (),
    routers: Iterable[tuple[str, str, str, str]] = (),
) -> Inventory:
    """An inventory, row by row.

    Packages are (id, area, area, Mbps, instance), attachments (instance, region, network id), routers (id, instance,
    region, edition); `complete` instances are known with all that belongs to them.
    """
    whole = set(complete)
    return Inventory(
        packages={
            name: KnownPackage(id=name, area_pair=area_pair(a, b), bandwidth=mbps, instance=instance)
            for name, a, b, mbps, instance in packages
        },
        instances={name: KnownInstance(id=name, complete=name in whole) for name in (*instances, *whole)},
        attachments=tuple(
            KnownAttachment(instance=instance, region=region, kind="VPC", id=network) for instance, region, network in attachments
        ),
        routers={
            name: KnownRouter(id=name, instance=instance, region=region, edition=edition)
            for name, instance, region, edition in routers
        },
    )
