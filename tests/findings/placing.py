"""What the tests of fixes in users' files share: a program beside its recorded document, and text put at its places."""

import gzip
import shutil
from pathlib import Path

import yaml

from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.sources import read_source
from cenguard.sources.changing import applied
from cenguard.sources.sites import file_at
from cenguard.sources.syntax import knows, tree
from cenguard.sources.terraform import mended

TESTS = Path(__file__).parents[1]
PROGRAMS = Path(__file__).parent / "programs"
LINES = TESTS / "sources" / "recordings"
ROADS = TESTS / "recordings" / "roads"
TERRAFORM = TESTS / "recordings" / "terraform"


def laid_out(name, folder):
    """A recorded program and its document in a folder of their own; the document's path."""
    place = folder / name
    beside = next((item / name for item in (PROGRAMS, LINES, TERRAFORM) if (item / name).is_dir()), None)
    if beside is None:
        place.mkdir()
    else:
        shutil.copytree(beside, place)
    document = place / ("plan.json" if (TERRAFORM / name).is_dir() else "preview.json")
    if not document.exists():
        document.write_bytes(gzip.decompress((ROADS / name / "preview.json.gz").read_bytes()))
    return document


def report_of(document):
    """The report of a document, with the program beside it."""
    return check([read_source(str(document))], Options())


def carriers(report):
    """The findings that carry edits, each with what is written of it."""
    return [(item, report.written[item.fingerprint]) for item in report.findings if item.fix and item.fix.edits]


def changed(code):
    """The files of a text with it in place, by path."""
    paths = dict.fromkeys(change.file for change in code.changes)
    return {path: applied(file_at(path).text, [item for item in code.changes if item.file == path]) for path in paths}


def is_read(path, text):
    """Whether a file's own language reads a text."""
    match path.suffix:
        case ".py":
            compile(text, str(path), "exec")
            return True
        case ".yaml":
            return isinstance(yaml.safe_load(text), dict)
        case ".tf":
            return not tree(".tf", mended(text)).has_error
    assert knows(path.suffix)
    return not tree(path.suffix, text).has_error


def stands_alone(code):
    """Whether a text that is pasted somewhere is read, and neither names what is not there nor does nothing."""
    suffix = {"python": ".py", "typescript": ".ts", "go": ".go", "yaml": ".yaml", "hcl": ".tf", "terraform": ".tf"}[code.language]
    mark = "//" if code.language in ("typescript", "go") else "#"
    lines = [line for line in code.text.splitlines() if not line.startswith(mark)]
    text = "\n".join(lines)
    if not code.bound:
        assert not text.strip(), text  # all of it is for reading
    assert "<the " not in text
    if suffix == ".go":
        text = f"package main\n\nfunc main() {{\n{text}\n}}\n"
    if suffix == ".yaml":
        text = f"resources:\n{text}\n"
        return yaml.safe_load(text) is not None
    return is_read(Path(f"x{suffix}"), text + "\n")
