"""What there is to read: the states below all roots, each once, with its URL and the name it is read under."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import count

import msgspec

from cenguard.errors import UnreadableInput
from cenguard.fleet.roots import LOCAL, Root, split_url
from cenguard.fleet.state_names import inside_store, source_name, states_among
from cenguard.fleet.stores import full_path
from cenguard.fleet.stores import listed as files_of
from cenguard.text.printable import listed, name_as_text


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


def targets_of(roots: Sequence[Root], remarks: list[str] | None = None) -> list[Target]:
    """Every state below the roots, by URL; `remarks` takes what is said of the folders that are not looked into.

    Raises:
        UnreadableInput: a root cannot be listed, or holds no state.
    """
    found: dict[str, Target] = {}
    given = [os.path.realpath(root.path) for root in roots if root.is_local]
    for root in roots:
        links: list[str] = []
        here = _below(root, links)
        said = _not_followed(root, links, given)
        if not here:
            expected = ".json and .tfstate files, packed or not, were expected, or a backend's stacks"
            raise UnreadableInput(root.url, f"holds no state: {expected}{f'; {said}' if said else ''}")
        if said and remarks is not None:
            remarks.append(said)
        place = os.path.realpath(root.path) if root.is_local else root.path  # a folder may be given twice, by two paths
        parameters = split_url(root.path)[1]  # a bucket of the same name may stand at another endpoint
        for item in here:
            found.setdefault(f"{item.protocol}:{full_path(item.protocol, place, item.path)}{parameters}", item)
    targets = sorted(found.values(), key=lambda item: item.url)
    counts = Counter(item.name for item in targets)
    named = [item if counts[item.name] == 1 else msgspec.structs.replace(item, name=_whole_name(item.url)) for item in targets]
    return list(_apart(named))


def _not_followed(root: Root, links: Sequence[str], given: Sequence[str]) -> str:
    """What is said of links to folders that lie below no root: their states are not read."""
    outside = []
    for path in sorted(links):
        place = os.path.realpath(f"{root.path}/{path}")
        if not any(place == folder or place.startswith(f"{folder.rstrip('/')}/") for folder in given):
            outside.append(f"{root.url.rstrip('/')}/{path}")
    if not outside:
        return ""
    several = len(outside) > 1
    return (
        f"{listed(outside)} {'are links' if several else 'is a link'} to {'folders' if several else 'a folder'}, which "
        f"{'are' if several else 'is'} not looked into: give {'each' if several else 'it'} as well"
    )


def _apart(targets: Sequence[Target]) -> Iterator[Target]:
    """The states, no two of one name: what a name cannot hold is left out of it, and two folders may differ in that alone."""
    taken = {item.name for item in targets}
    said: set[str] = set()
    for item in targets:
        name = item.name
        if name in said:
            name = next(text for number in count(2) if (text := f"{name}-{number}") not in taken)
            taken.add(name)
        said.add(name)
        yield item if name == item.name else msgspec.structs.replace(item, name=name)


def places_here(targets: Iterable[Target]) -> Iterator[str]:
    """Where the states of this machine lie; a link below a root stays as it is listed."""
    real = cache(os.path.realpath)
    for item in targets:
        if item.protocol == LOCAL:
            yield f"{real(item.root)}/{item.path}" if item.path else real(item.root)


def _whole_name(url: str) -> str:
    plain = split_url(url)[0]
    return source_name(plain.partition("://")[2] or plain)[0]


def _below(root: Root, links: list[str]) -> list[Target]:
    files = {item.path: item for item in files_of(root.protocol, root.url, root.path, links)}
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
        found.append(
            Target(
                name_as_text(url), root.protocol, place, path, item.size, item.mark, name_as_text(name), name_as_text(workspace)
            )
        )
    return found
