"""Paths of properties, as `ignoreChanges` has them.

Source: `ParsePropertyPath` of pulumi's sdk/go/common/resource, run in `findings/pulumi-ignored-paths.sh`.
"""

import re
from typing import Any

_STEP = re.compile(r'\.?(?:\[(?:(?P<index>\d+)|(?P<all>\*)|"(?P<quoted>(?:\\"|[^"])+)")\]|(?P<name>[^.\[]+))')


def steps(path: str) -> list[Any]:
    """The names and indexes of a path; nothing where it is none, which the engine passes over.

    >>> steps("bandwidth"), steps('tags["a.b"]'), steps("zoneMappings[0].vswitchId"), steps("zoneMappings[*].zoneId"), steps("a[")
    (['bandwidth'], ['tags', 'a.b'], ['zoneMappings', 0, 'vswitchId'], ['zoneMappings', '*', 'zoneId'], [])
    """
    found: list[Any] = []
    place = 0
    while place < len(path):
        step = _STEP.match(path, place)
        if step is None or (place == 0 and path.startswith(".")):
            return []
        index = step["index"]
        found.append(int(index) if index is not None else step["all"] or step["name"] or step["quoted"].replace('\\"', '"'))
        place = step.end()
    return found
