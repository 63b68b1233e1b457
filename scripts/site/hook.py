"""What MkDocs is told beyond mkdocs.yml: generated pages, files from outside docs/, and links that are true in both places.

A page links as it does in the repository. Whatever it links to there is taken into the site, and the link is turned into
the one that holds there.
"""

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from reference import pages

ROOT = Path(__file__).resolve().parents[2]
DOCS = "docs/"
EXAMPLES = "examples/README.md"
STARTS = ("CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "policy_pack/README.md", EXAMPLES)
"""Pages from outside docs/ that the navigation names."""
ALONE = ("index.md", "tutorial.md")
"""Pages that are a section of their own: a list beside them would hold nothing else."""
HOME = {"README.md": "index.md"}
"""Pages of the repository that another page of the site stands for."""
LINK = re.compile(r"(?<=\]\()([^)\s#]+)(#[^)\s]*)?(?=[\s)])")
FENCE = re.compile(r"^ {0,3}(```+|~~~+)")
FILE = re.compile(r"^<!-- file: (\S+) -->\n```(\w+)$", re.MULTILINE)
COMMENT = re.compile(r"^<!-- .*? -->\n?", re.MULTILINE)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """List the pages of the folders that the navigation names."""
    config.nav = [_listed(entry) for entry in config.nav or []]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages, and what pages link to outside docs/."""
    generated = pages()
    if not (ROOT / EXAMPLES).exists():
        generated[EXAMPLES] = _list_of_examples()
    for src, text in generated.items():
        files.append(File.generated(config, src, content=text))
    queue = [*_repository_pages(), *STARTS, *_examples()]
    seen: set[str] = set(queue)
    while queue:
        name = queue.pop()
        path = ROOT / name
        if not path.is_file():
            continue
        if not name.startswith(DOCS):
            files.append(File.generated(config, name, abs_src_path=str(path)))
        if path.suffix != ".md":
            continue
        text = path.read_text("utf-8")
        for target in _targets(name, text):
            if target not in seen and target not in HOME:
                seen.add(target)
                queue.append(target)
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Turn the repository's links into the site's, and comments into what they stand for."""
    del config, files
    if page.file.src_uri in ALONE:
        page.meta.setdefault("hide", ["navigation"])
    markdown = FILE.sub(r'```\2 title="\1"', markdown)
    markdown = COMMENT.sub("", markdown)
    place = _place(page.file.src_uri)
    return "".join(_lines(markdown, lambda line: LINK.sub(lambda found: _link(found, place, page.file.src_uri), line)))


def _link(found: re.Match[str], place: str, src: str) -> str:
    target = _resolved(place, found[1])
    if target is None or (target != EXAMPLES and not (ROOT / target).exists()):
        return found[0]
    wanted = HOME.get(target) or target.removeprefix(DOCS)
    return posixpath.relpath(wanted, posixpath.dirname(src) or ".") + (found[2] or "")


def _place(src: str) -> str:
    """Where a page of the site lies in the repository."""
    return src if (ROOT / src).is_file() and not (ROOT / DOCS / src).is_file() else DOCS + src


def _targets(name: str, text: str) -> Iterator[str]:
    for line in _outside_of_code(text):
        for found in LINK.finditer(line):
            target = _resolved(name, found[1])
            if target is not None and (ROOT / target).is_file():
                yield target


def _resolved(place: str, link: str) -> str | None:
    """The file of the repository that a link leads to; a folder stands for its README."""
    if re.match(r"[a-z]+:|/", link):
        return None
    target = posixpath.normpath(posixpath.join(posixpath.dirname(place), link))
    if target.startswith(".."):
        return None
    return f"{target}/README.md" if (ROOT / target / "README.md").is_file() or target == "examples" else target


def _repository_pages() -> Iterator[str]:
    for path in sorted((ROOT / DOCS).rglob("*.md")):
        yield path.relative_to(ROOT).as_posix()


def _examples() -> Iterator[str]:
    for path in sorted((ROOT / "examples").glob("*/README.md")):
        yield path.relative_to(ROOT).as_posix()


def _list_of_examples() -> str:
    rows = ["# Examples", "", "| | |", "| --- | --- |"]
    for path in sorted((ROOT / "examples").glob("*/README.md")):
        title, *rest = path.read_text("utf-8").splitlines()
        about = next((line for line in rest if line and not line.startswith(("#", "```", "|"))), "")
        rows.append(f"| [{title.removeprefix('# ')}]({path.parent.name}/README.md) | {about} |")
    return "\n".join(rows) + "\n"


def _outside_of_code(text: str) -> Iterator[str]:
    kept: list[str] = []
    list(_lines(text, lambda line: kept.append(line) or line))
    yield from kept


def _lines(text: str, change: Any) -> Iterator[str]:
    """Every line, changed where it is not part of a block of code."""
    fence = ""
    for line in text.splitlines(keepends=True):
        mark = FENCE.match(line)
        if fence:
            fence = "" if mark and mark[1].startswith(fence) and not line.strip(" `~\n") else fence
            yield line
        elif mark:
            fence = mark[1]
            yield line
        else:
            yield change(line)


def _listed(entry: Any) -> Any:
    if not isinstance(entry, dict):
        return entry
    ((title, value),) = entry.items()
    if isinstance(value, list):
        return {title: [_listed(item) for item in value]}
    if not value.endswith("/"):
        return entry
    return {title: list(_folder(value))}


def _folder(name: str) -> Iterator[Any]:
    """The pages of a folder: of docs/, else of the repository, where every folder has its README."""
    inside = ROOT / DOCS / name
    if inside.is_dir():
        first = [f"{name}index.md"] if (inside / "index.md").exists() else []
        yield from first + [f"{name}{path.name}" for path in sorted(inside.glob("*.md")) if path.name != "index.md"]
        return
    yield f"{name}README.md"
    for path in sorted((ROOT / name).glob("*/README.md")):
        yield {path.parent.name: PurePosixPath(name, path.parent.name, "README.md").as_posix()}
