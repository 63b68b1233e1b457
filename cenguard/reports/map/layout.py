"""Where regions stand on the map: areas as boxes from west to east, regions inside them as on a globe.

Boxes do not overlap and nothing is drawn to scale: fifteen regions of eastern China would be one dot.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cenguard.findings.mapped import InstanceMap, MapRegion

COLUMNS = (
    ("North-America", "South-America"),
    ("Europe", "Middle-East"),
    ("China",),
    ("Asia-Pacific", "Australia"),
)
"""Areas by column, north above south; an area that is not listed gets a column of its own at the end."""
PLACES = {
    "ap-northeast-1": (35.7, 139.7),
    "ap-northeast-2": (37.6, 127.0),
    "ap-south-1": (19.1, 72.9),
    "ap-southeast-1": (1.3, 103.8),
    "ap-southeast-2": (-33.9, 151.2),
    "ap-southeast-3": (3.1, 101.7),
    "ap-southeast-5": (-6.2, 106.8),
    "ap-southeast-6": (14.6, 121.0),
    "ap-southeast-7": (13.8, 100.5),
    "cn-beijing": (39.9, 116.4),
    "cn-chengdu": (30.7, 104.1),
    "cn-fuzhou": (26.1, 119.3),
    "cn-guangzhou": (23.1, 113.3),
    "cn-hangzhou": (30.3, 120.2),
    "cn-heyuan": (23.7, 114.7),
    "cn-hongkong": (22.3, 114.2),
    "cn-huhehaote": (40.8, 111.7),
    "cn-nanjing": (32.1, 118.8),
    "cn-north-2-gov-1": (39.9, 116.4),
    "cn-qingdao": (36.1, 120.4),
    "cn-shanghai": (31.2, 121.5),
    "cn-shenzhen": (22.5, 114.1),
    "cn-wulanchabu": (41.0, 113.1),
    "cn-zhangjiakou": (40.8, 114.9),
    "cn-zhongwei": (37.5, 105.2),
    "eu-central-1": (50.1, 8.7),
    "eu-west-1": (51.5, -0.1),
    "me-central-1": (24.7, 46.7),
    "me-east-1": (25.2, 55.3),
    "na-south-1": (19.4, -99.1),
    "us-east-1": (38.0, -78.0),
    "us-southeast-1": (33.7, -84.4),
    "us-west-1": (37.4, -122.1),
}
"""Latitude and longitude of the cities that the regions are named after."""
CELL_WIDTH, CELL_HEIGHT = 150, 64
NODE_WIDTH = 136
GAP, PAD, HEAD = 190, 14, 30
STACK = 40
"""Between two areas of one column."""
MARGIN = 96
"""Left of the first column, where lines of pairs within it go round it."""
ONE_BY_ONE = 7
"""Up to so many regions each has a side to the gap, so that every line can be followed."""
MOST_ACROSS = 4


@dataclass(frozen=True, slots=True)
class Node:
    """A region with the middle of its place."""

    region: MapRegion
    column: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Box:
    """An area."""

    area: str
    column: int
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle."""
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole map."""

    boxes: tuple[Box, ...]
    nodes: dict[str, Node]
    columns: tuple[tuple[float, float], ...]
    """Left and right edge of each column."""
    width: float
    height: float


UNCERTAIN = "area not certain"


def lay_out(instance: InstanceMap) -> Layout:
    """Place the regions of one instance."""
    by_area: dict[str, list[MapRegion]] = {}
    for region in instance.regions:
        by_area.setdefault(region.area or UNCERTAIN, []).append(region)
    known = {area for column in COLUMNS for area in column}
    columns = [[area for area in column if area in by_area] for column in COLUMNS]
    columns += [[area] for area in sorted(by_area) if area not in known]
    columns = [column for column in columns if column]
    boxes: list[Box] = []
    nodes: dict[str, Node] = {}
    edges: list[tuple[float, float]] = []
    first = {region.id for area in columns[0] for region in by_area[area]} if columns else set()
    left = float(PAD + MARGIN if any(first.issuperset(pair.regions) for pair in instance.pairs) else PAD)
    sizes = {area: _grid(len(regions), len(instance.regions)) for area, regions in by_area.items()}
    heights = [sum(_height(sizes[area]) for area in column) + STACK * (len(column) - 1) for column in columns]
    tallest = max(heights, default=0)
    for index, column in enumerate(columns):
        width = max(_width(sizes[area]) for area in column)
        top = PAD + (tallest - heights[index]) / 2
        for area in column:
            own = _width(sizes[area])
            box = Box(area, index, left + (width - own) / 2, top, own, _height(sizes[area]))
            boxes.append(box)
            nodes.update(_placed(box, by_area[area], sizes[area][0]))
            top += box.height + STACK
        edges.append((left, left + width))
        left += width + GAP
    return Layout(tuple(boxes), nodes, tuple(edges), max(left - GAP + PAD, 320), tallest + 2 * PAD)


def _grid(count: int, everywhere: int) -> tuple[int, int]:
    across = 1 if count <= 3 or everywhere <= ONE_BY_ONE else 2 if count <= 8 else 3 if count <= 15 else MOST_ACROSS
    return across, -(-count // across)


def _width(size: tuple[int, int]) -> float:
    return size[0] * CELL_WIDTH + 2 * PAD


def _height(size: tuple[int, int]) -> float:
    return size[1] * CELL_HEIGHT + PAD + HEAD


def _placed(box: Box, regions: Sequence[MapRegion], across: int) -> dict[str, Node]:
    """Rows from north to south, each from west to east."""
    ordered = sorted(regions, key=lambda region: (-_place(region.id)[0], _place(region.id)[1], region.id))
    found: dict[str, Node] = {}
    for start in range(0, len(ordered), across):
        row = sorted(ordered[start : start + across], key=lambda region: (_place(region.id)[1], region.id))
        for index, region in enumerate(row):
            x = box.x + PAD + (index + 0.5) * CELL_WIDTH
            y = box.y + HEAD + (start // across + 0.5) * CELL_HEIGHT
            found[region.id] = Node(region, box.column, x, y)
    return found


def _place(region: str) -> tuple[float, float]:
    """Where a region lies; one that is not listed lies where the longest listed beginning of its name does."""
    name = region.removeprefix("ccn-")
    while name:
        if name in PLACES:
            return PLACES[name]
        name = name.rpartition("-")[0]
    return (0.0, 0.0)
