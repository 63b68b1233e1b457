"""What there is to read: the states below all roots, each once, with its URL and the name it is read under."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import msgspec

from cenguard.errors import UnreadableInput
from cenguard.fleet.roots import LOCAL, Root, split_url
from cenguard.fleet.state_names import inside_store, source_name, states_among
from cenguard.fleet.stores import full_path, listed


class Target(msgspec.Struct, frozen=True):
    """A state to read."""

    url: str
    """The root as given, and the path below it."""
    protocol: str
    root: str
    """Of a local root its path, from the top: a worker of a cluster stands in a folder of its own. Of any other the whole URL."""
    path: str
    """Below the root; empty where the root is the state."""
    size: int
    mark: str
    """What changes when the state does."""
    name: str
    """What it is called if it is Terraform's: its folder."""
    workspace: str = ""


def targets_of(roots: Sequence[Root]) -> list[Target]:
    """Every state below the roots, by URL.

    Raises:
        UnreadableInput: a root cannot be listed, or holds no state.
    """
    found: dict[str, Target] = {}
    for root in roots:
        here = _below(root)
        if not here:
            raise UnreadableInput(
                root.url, "holds no state: .json and .tfstate files, packed or not, were expected, or a backend's stacks"
            )
        place = os.path.realpath(root.path) if root.is_local else root.path  # a folder may be given twice, by two paths
        parameters = split_url(root.path)[1]  # a bucket of the same name may stand at another endpoint
        for item in here:
            found.setdefault(f"{item.protocol}:{full_path(item.protocol, place, item.path)}{parameters}", item)
    targets = sorted(found.values(), key=lambda item: item.url)
    counts = Counter(item.name for item in targets)
    return [item if counts[item.name] == 1 else msgspec.structs.replace(item, name=_whole_name(item.url)) for item in targets]


def places_here(targets: Iterable[Target]) -> Iterator[str]:
    """Where the states of this machine lie; a link below a root stays as it is listed."""
    real = cache(os.path.realpath)
    for item in targets:
        if item.protocol == LOCAL:
            yield f"{real(item.root)}/{item.path}" if item.path else real(item.root)


def _whole_name(url: str) -> str:
    plain = split_url(url)[0]
    return source_name(plain.partition("://")[2] or plain)[0]


def _below(root: Root) -> list[Target]:
    files = {item.path: item for item in listed(root.protocol, root.url, root.path)}
    if list(files) == [""]:
        paths = [""]
    else:
        before = inside_store(split_url(root.path)[0])
        paths = [
            path.removeprefix(before) for path in states_among({f"{before}{path}": item.changed for path, item in files.items()})
        ]
    plain, parameters = split_url(root.url)
    base = plain.rstrip("/") or plain
    place = os.path.abspath(root.path) if root.is_local else root.path  # noqa: PTH100 - a link stays as it was given
    found = []
    for path in paths:
        item = files[path]
        name, workspace = source_name(path or plain.rpartition("/")[2])
        url = f"{base}/{path}{parameters}" if path else root.url
        found.append(Target(url, root.protocol, place, path, item.size, item.mark, name, workspace))
    return found
