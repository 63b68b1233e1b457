"""What is worked out of a network once, whoever asks first."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, cast

from cenguard.network.model import Network

T = TypeVar("T")


def once(make: Callable[[Network], T]) -> Callable[[Network], T]:
    """A function of a network that is called once for each, and lives as long as the network does."""

    @wraps(make)
    def known(network: Network) -> T:
        worked_out = network.worked_out
        if make not in worked_out:
            worked_out[make] = make(network)
        return cast("T", worked_out[make])

    return known
