"""What `ignore_changes` of a program keeps from the old state: whole properties, and what paths lead to inside of them.

Source: documents of the engine, which hold the old value and nowhere the program's; `PropertyPath.Reset` of pulumi's
sdk/go/common/resource, run in `findings/pulumi-ignored-paths.sh`.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from cenguard.resources.property_paths import steps
from cenguard.resources.records import Resource


def with_ignored(record: Resource, old: Resource) -> Resource:
    """A resource of a program whose `ignore_changes` keep values of the old state."""
    inputs, edges = dict(record.inputs), dict(record.property_dependencies)
    for path in record.ignore_changes:
        way = steps(path)
        if not way:
            continue
        before = inputs
        inputs = kept(old.inputs, inputs, way)
        if len(way) > 1:
            continue
        for key in {*old.inputs, *before} if way == ["*"] else way:
            edges.pop(key, None)
            if key in old.property_dependencies:
                edges[key] = old.property_dependencies[key]
    return msgspec.structs.replace(record, inputs=inputs, property_dependencies=edges)


def kept(old: Any, new: Any, way: Sequence[Any]) -> Any:
    """The new value with the old one at the end of a way; as it is where the way leads through only one of them.

    >>> kept({"a": [{"b": 1, "c": 1}]}, {"a": [{"b": 2, "c": 2}, {"b": 3}]}, ["a", 0, "b"])
    {'a': [{'b': 1, 'c': 2}, {'b': 3}]}
    """
    step, rest = way[0], way[1:]
    if step == "*":
        return _all_kept(old, new, rest)
    if isinstance(step, int):
        if not isinstance(old, list) or not isinstance(new, list) or step >= min(len(old), len(new)):
            return new
        return [*new[:step], kept(old[step], new[step], rest) if rest else old[step], *new[step + 1 :]]
    if not isinstance(new, dict):
        return new
    if rest:
        goes_on = step in new and isinstance(old, dict)
        return {**new, step: kept(old.get(step), new[step], rest)} if goes_on else new
    if isinstance(old, dict) and step in old:
        return {**new, step: old[step]}
    return {key: value for key, value in new.items() if key != step}


def _all_kept(old: Any, new: Any, rest: Sequence[Any]) -> Any:
    if isinstance(old, list) and isinstance(new, list):
        pairs = zip(old, new, strict=False)
        return [*(kept(was, now, rest) if rest else was for was, now in pairs), *new[len(old) :]]
    if not isinstance(old, dict) or not isinstance(new, dict):
        return new
    if not rest:
        return dict(old)
    return {**new, **{key: kept(old[key], new[key], rest) for key in old}} if old.keys() <= new.keys() else new
