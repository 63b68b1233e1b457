"""The engine's protocol without the SDK around it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType


@contextmanager
def messages_alone() -> Iterator[None]:
    """While this lasts, the messages of `pulumi.runtime.proto` can be imported without what `pulumi` loads for programs.

    That is a third of the pack's start, which every preview waits for. Afterwards `pulumi` is as if nobody had imported it:
    who does gets the whole of it. Where it is loaded already, as in a pack that is a folder, nothing is changed.
    """
    spec = find_spec("pulumi") if "pulumi" not in sys.modules else None
    if spec is None or not spec.submodule_search_locations:
        yield
        return
    places = list(spec.submodule_search_locations)
    for name, folder in (("pulumi", ""), ("pulumi.runtime", "runtime")):
        module = ModuleType(name)
        module.__path__ = [str(Path(place, folder)) for place in places]
        sys.modules[name] = module
    try:
        yield
    finally:
        for name in [name for name in sys.modules if name.partition(".")[0] == "pulumi"]:
            del sys.modules[name]
