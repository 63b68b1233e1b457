"""Who waits for whom: what a resource names, and what that names, through any number of steps."""

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet


class Order:
    """Who waits for whom, through any number of steps."""

    def __init__(self, waits_on: Callable[[str], Iterable[str]], landmarks: Iterable[str]) -> None:
        """Take what tells the direct dependencies of a URN, and the URNs that questions will be asked about.

        Each resource's landmarks are one integer with a bit a landmark, worked out once: a chain of ten thousand
        resources that wait for each other costs no more than its edges.
        """
        self._waits_on = waits_on
        self._landmarks = landmarks  # walked when the first question needs it, and then only
        self._bits: dict[str, int] = {}
        self._reach: dict[str, int] = {}

    def waits_for_any(self, urn: str, targets: AbstractSet[str]) -> bool:
        """Whether a resource is made after at least one of the targets."""
        if not targets.isdisjoint(self._waits_on(urn)):
            return True
        if not self._bits:  # most resources name what they wait for: then nobody needs them
            self._bits = {landmark: 1 << index for index, landmark in enumerate(self._landmarks)}
        reached = self._reached(urn)
        return any(reached & self._bits.get(target, 0) for target in targets)

    def named_by(self, urn: str) -> tuple[str, ...]:
        """What a resource itself depends on, without further steps."""
        return tuple(self._waits_on(urn))

    def _reached(self, start: str) -> int:
        reach, bits = self._reach, self._bits
        stack: list[tuple[str, Iterator[str], int]] = [(start, iter(self._waits_on(start)), 0)]
        if start in reach:
            return reach[start]
        on_path = {start}
        while stack:
            urn, rest, mask = stack.pop()
            for step in rest:
                mask |= bits.get(step, 0)
                if step in reach:
                    mask |= reach[step]
                elif step not in on_path:
                    on_path.add(step)
                    stack.append((urn, rest, mask))
                    stack.append((step, iter(self._waits_on(step)), 0))
                    break
            else:
                reach[urn] = mask
                if stack:
                    above, above_rest, above_mask = stack.pop()
                    stack.append((above, above_rest, above_mask | mask))
        return reach[start]
