"""How lines run on the map without crossing a region: through the gaps between columns, and over the top of the map."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cenguard.reports.map.layout import Layout

LANE = 24
"""Height of a lane over the map."""
LABEL = 90
"""As wide as most labels: two of them stand so far apart, or one above the other."""
HEIGHT = 20
"""Height of a label, and a little more."""
PARTS = (0.5, *(0.5 + sign * step / 20 for step in range(1, 8) for sign in (-1, 1)))
"""Where a label may stand on its line, from the middle outwards: nearer to the ends it would lie on the regions."""
_STEP, _CHANNELS = 6, 10
"""Distance of the lines that climb in one gap, and how many there are before they share."""


@dataclass(frozen=True, slots=True)
class End:
    """Where a line may begin: the two sides of a region or an area."""

    column: int
    left: float
    right: float
    y: float


@dataclass(frozen=True, slots=True)
class Route:
    """A line with the place of its label."""

    path: str
    x: float
    y: float


def route(pairs: Sequence[tuple[End, End]], layout: Layout) -> tuple[list[Route], int]:
    """A line for each pair, in order, and how many lanes over the map they use."""
    uses: dict[tuple[int, float], int] = {}
    pairs = [(_spread(a, uses), _spread(b, uses)) for a, b in pairs]
    found: dict[int, Route] = {}
    far = [index for index, (a, b) in enumerate(pairs) if abs(a.column - b.column) > 1]
    far.sort(key=lambda index: (abs(pairs[index][0].column - pairs[index][1].column), index))
    climbs: dict[tuple[int, str], int] = {}
    for lane, index in enumerate(far, 1):
        found[index] = _over(*_ordered(*pairs[index]), -lane * LANE, layout, climbs)
    taken: list[tuple[float, float]] = []
    near = [index for index in range(len(pairs)) if index not in found]
    for index in sorted(near, key=lambda index: pairs[index][0].column != pairs[index][1].column):
        first, second = _ordered(*pairs[index])
        if first.column == second.column:  # its label cannot give way: the others do
            found[index] = _beside(first, second, layout, climbs)
        else:
            found[index] = _across(first, second, taken)
        taken.append((found[index].x, found[index].y))
    return [found[index] for index in range(len(pairs))], len(far)


def _spread(end: End, uses: dict[tuple[int, float], int]) -> End:
    """Lines of one region leave it at different heights."""
    count = uses.get((end.column, end.y), 0)
    uses[end.column, end.y] = count + 1
    place = (count + 1) // 2 * (1 if count % 2 else -1)
    return replace(end, y=end.y + (place + 3) % 7 * 6 - 18)


def _ordered(a: End, b: End) -> tuple[End, End]:
    return (a, b) if (a.column, a.y) <= (b.column, b.y) else (b, a)


def _channel(climbs: dict[tuple[int, str], int], column: int, side: str) -> int:
    count = climbs.get((column, side), 0)
    climbs[column, side] = count + 1
    return 12 + _STEP * (count % _CHANNELS)


def _over(a: End, b: End, lane: float, layout: Layout, climbs: dict[tuple[int, str], int]) -> Route:
    """Out of the gap beside the first, over everything, and down the gap before the second."""
    x1 = layout.columns[a.column][1] + _channel(climbs, a.column, "right")
    x2 = layout.columns[b.column][0] - _channel(climbs, b.column, "left")
    path = f"M{n(a.right)} {n(a.y)}H{n(x1 - 4)}Q{n(x1)} {n(a.y)} {n(x1)} {n(a.y - 4)}V{n(lane + 4)}Q{n(x1)} {n(lane)} {n(x1 + 4)} {n(lane)}"
    path += f"H{n(x2 - 4)}Q{n(x2)} {n(lane)} {n(x2)} {n(lane + 4)}V{n(b.y - 4)}Q{n(x2)} {n(b.y)} {n(x2 + 4)} {n(b.y)}H{n(b.left)}"
    return Route(path, (x1 + x2) / 2, lane)


def _beside(a: End, b: End, layout: Layout, climbs: dict[tuple[int, str], int]) -> Route:
    """One above the other: round the left side."""
    x = layout.columns[a.column][0] - _channel(climbs, a.column, "left") - 8
    path = f"M{n(a.left)} {n(a.y)}C{n(x)} {n(a.y)} {n(x)} {n(b.y)} {n(b.left)} {n(b.y)}"
    return Route(path, a.left * 0.25 + x * 0.75, (a.y + b.y) / 2)


def _across(a: End, b: End, taken: Sequence[tuple[float, float]]) -> Route:
    """To the next column; the label stands where no other one does, or where it hides least of others."""
    middle = (a.right + b.left) / 2
    path = f"M{n(a.right)} {n(a.y)}C{n(middle)} {n(a.y)} {n(middle)} {n(b.y)} {n(b.left)} {n(b.y)}"
    places = []
    for part in PARTS:
        rest = 1 - part
        x = rest**3 * a.right + 3 * rest * part * middle + part**3 * b.left
        y = (rest**3 + 3 * rest * rest * part) * a.y + (3 * rest * part * part + part**3) * b.y
        places.append((x, y))
    return Route(path, *min(places, key=lambda place: _hidden(place, taken)))


def _hidden(place: tuple[float, float], taken: Sequence[tuple[float, float]]) -> float:
    """How much of other labels one would hide."""
    x, y = place
    return sum(max(0.0, LABEL - abs(x - beside)) * max(0.0, HEIGHT - abs(y - above)) for beside, above in taken)


def n(number: float) -> str:
    """A number as drawings write it."""
    return f"{number:.1f}".rstrip("0").rstrip(".")
