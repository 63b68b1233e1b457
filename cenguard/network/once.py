"""What is worked out of a network once, whoever asks first."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, TypeVarTuple

from cenguard.network.model import Network

T = TypeVar("T")
Items = TypeVarTuple("Items")


def once(make: Callable[[Network], T]) -> Callable[[Network], T]:
    """A function of a network that is called once for each, and lives as long as the network does."""

    @wraps(make)
    def known(network: Network) -> T:
        worked_out = network.worked_out
        if make not in worked_out:
            worked_out[make] = make(network)
        found: T = worked_out[make]
        return found

    return known


def once_each(make: Callable[[Network, *Items], T]) -> Callable[[Network, *Items], T]:
    """The same of a network and something of it: an instance, a package, an instance and two regions."""

    @wraps(make)
    def known(network: Network, *items: *Items) -> T:
        worked_out: dict[tuple[Any, ...], Any] | None = network.worked_out.get(make)
        if worked_out is None:
            worked_out = network.worked_out[make] = {}
        if items not in worked_out:
            worked_out[items] = make(network, *items)
        found: T = worked_out[items]
        return found

    return known
