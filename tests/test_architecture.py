"""What the tools of scripts/test do not hold: type tokens equal the SDK's, and components keep off lazy annotations."""

import re
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

from cenguard.resources import tokens

ROOT = Path(__file__).parents[1]
TOKENS = sorted(
    {
        value
        for value in vars(tokens).values()
        if isinstance(value, str) and value.startswith("alicloud:") and "/" in value and ":" in value[9:]
    }
)


@pytest.mark.parametrize("token", TOKENS)
def test_a_type_token_is_one_of_the_sdk(token):
    import pulumi_alicloud

    folder = Path(pulumi_alicloud.__file__).parent
    module = token.split(":")[1].partition("/")[0]
    text = "\n".join(path.read_text("utf-8") for path in (folder / module).glob("*.py"))

    assert f"'{token}'" in text


def test_there_are_tokens_to_compare():
    assert len(TOKENS) >= 11


@pytest.mark.parametrize("path", sorted((ROOT / "components" / "cenguard_components").glob("*.py")), ids=lambda path: path.name)
def test_a_component_module_has_no_lazy_annotations(path):
    """The component host reads annotations, and fails on ones that are text."""
    assert "from __future__" not in path.read_text()


def test_the_project_speaks_of_itself_alone():
    places = re.compile(r"(?<![\w.])/(?:work|farm|tmp/bash_jobs)/")
    files = [
        path
        for folder in ("cenguard", "components", "policy_pack", "docs", "scripts", "examples", "benchmarks")
        for path in (ROOT / folder).rglob("*")
    ]
    texts = [
        path
        for path in files
        if path.suffix in (".py", ".md", ".yaml", ".toml", ".json", "") and path.is_file() and ".venv" not in str(path)
    ]

    assert [path for path in texts if places.search(path.read_text("utf-8", "ignore"))] == []


@pytest.mark.parametrize("path", sorted((ROOT / "cenguard").rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_says_what_it_is_for(path):
    assert path.read_text("utf-8").lstrip().startswith(('"""', "r'''", 'r"""'))


def test_no_file_is_longer_than_a_reader_keeps_in_mind():
    long = [
        str(path.relative_to(ROOT))
        for folder in ("cenguard", "components", "tests")
        for path in (ROOT / folder).rglob("*.py")
        if len(path.read_text("utf-8").splitlines()) > 400
    ]

    assert long == []


@pytest.fixture(scope="module")
def below():
    """By room, the rooms that it imports; a type checker's imports do not count."""
    graph = grimp.build_graph("cenguard", exclude_type_checking_imports=True)
    found = {room: set() for room in graph.find_children("cenguard")}
    for module in graph.modules - {"cenguard"}:
        room = ".".join(module.split(".")[:2])
        imported = {".".join(name.split(".")[:2]) for name in graph.find_modules_directly_imported_by(module)}
        found[room] |= imported - {room, "cenguard"}
    return found


def test_the_house_has_ten_floors(below):
    """A room stands one floor above the highest that it imports; import-linter holds that none imports what stands above."""
    floors = {}
    for room in TopologicalSorter(below).static_order():
        floors[room] = 1 + max((floors[item] for item in below[room]), default=0)

    assert max(floors.values()) <= 10, sorted(floors.items(), key=lambda item: item[1])


def test_the_house_has_at_most_25_rooms_and_110_arrows(below):
    """Rooms are folders: the tree of errors, which any may raise, and the door of `python -m` are files of their own."""
    files = {"cenguard.errors", "cenguard.__main__"}
    rooms = {room: imported - files for room, imported in below.items() if room not in files}

    assert len(rooms) <= 25
    assert sum(map(len, rooms.values())) <= 110, rooms
