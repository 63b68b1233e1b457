"""Every recorded program with its mistake: the fixes' text is read, and put where it says it is what the edits ask for."""

import json
import shutil
import subprocess
from functools import cache

import pytest

from cenguard.findings.fix import Add, Import, Set
from cenguard.reports.sarif import render
from cenguard.resources.urns import name_in_urn
from cenguard.sources.lines import forget
from tests.findings.placing import carriers, changed, is_read, laid_out, report_of, stands_alone

BOUND = {
    "ts-misarea": ("typescript", {"CEN202"}),
    "ts-basic-no-package": ("typescript", {"CEN201"}),
    "yaml-misarea": ("yaml", {"CEN202"}),
    "yaml-basic-no-package": ("yaml", {"CEN201"}),
    "anytf-yaml-basic-no-package": ("yaml", {"CEN201"}),
    "anytf-python-misarea": ("python", {"CEN202"}),
    "hcl-basic-no-package": ("hcl", {"CEN201"}),
    "tofu-misarea": ("terraform", {"CEN202"}),
    "tofu-basic-no-package": ("terraform", {"CEN201"}),
}
"""Programs whose resources stand at their top, each by its own line: language, and rules whose fixes have exact places."""
UNBOUND = {
    "go-misarea": "go",  # a function and a loop
    "tfmod-misarea": "hcl",  # a module inside a program in Python
    "hcl-triangle-no-package": "hcl",  # no program beside it
    "terraform-module-for-each": "terraform",
}


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """The report of each program, read once."""

    @cache
    def of(name):
        forget()
        return report_of(laid_out(name, tmp_path_factory.mktemp("program")))

    return of


@pytest.mark.parametrize("name", [*BOUND, *UNBOUND])
def test_the_text_is_in_the_language_of_the_program_and_read_by_it(name, seen):
    language = UNBOUND.get(name) or BOUND[name][0]

    for _, code in carriers(seen(name)):
        assert code.language == language
        assert stands_alone(code)


@pytest.mark.parametrize("name", BOUND)
def test_the_mistake_has_a_fix_with_places(name, seen):
    found = {item.rule for item, code in carriers(seen(name)) if code.bound and code.changes and item.level == "mandatory"}

    assert BOUND[name][1] <= found


@pytest.mark.parametrize("name", UNBOUND)
def test_what_a_line_makes_several_of_is_never_bound(name, seen):
    found = carriers(seen(name))

    assert not [code for _, code in found if code.bound or code.changes]
    assert all(code.why_not for _, code in found)


@pytest.mark.parametrize("name", BOUND)
def test_put_in_place_the_file_says_what_the_edits_ask_for(name, seen):
    report = seen(name)
    for _, code in carriers(report):
        if not code.changes:
            continue
        for path, text in changed(code).items():
            assert is_read(path, text)
            for edit in code.edits:
                if isinstance(edit, Add | Import):
                    for value in [item for item in edit.properties.values() if isinstance(item, str)]:
                        assert value in text
                elif isinstance(edit, Set):
                    assert name_in_urn(edit.urn).rpartition(".")[2].replace("-", "_") in text.replace("-", "_")


@pytest.mark.parametrize("name", BOUND)
def test_sarif_has_the_same_at_lines_and_columns(name, seen, monkeypatch):
    """Whoever knows nothing but SARIF gets the same file."""
    report = seen(name)
    found = {item.fingerprint: code for item, code in carriers(report) if code.bound and code.changes}
    results = json.loads(render(report))["runs"][0]["results"]
    offered = {item["partialFingerprints"]["cenguard/v1"]: item["fixes"] for item in results if "fixes" in item}

    assert set(offered) == set(found)
    for fingerprint, (fix,) in offered.items():
        wanted = {path.name: text for path, text in changed(found[fingerprint]).items()}
        for change in fix["artifactChanges"]:
            path = next(
                path for path in changed(found[fingerprint]) if path.name == change["artifactLocation"]["uri"].rpartition("/")[2]
            )
            assert by_lines(path.read_text(), change["replacements"]) == wanted[path.name]


def by_lines(text, replacements):
    """A text with SARIF's replacements, which count lines and columns from one; without columns they are of whole lines."""
    starts, ends = [0], []
    for line in text.splitlines(keepends=True):
        ends.append(starts[-1] + len(line.rstrip("\r\n")))
        starts.append(starts[-1] + len(line))
    places = []
    for number, item in enumerate(replacements):
        region = item["deletedRegion"]
        start = starts[region["startLine"] - 1] + region.get("startColumn", 1) - 1
        last = region["endLine"] - 1
        end = starts[last] + region["endColumn"] - 1 if "endColumn" in region else ends[last]
        places.append((start, end, number, item["insertedContent"]["text"]))
    for start, end, _, put in sorted(places, reverse=True):
        text = text[:start] + put + text[end:]
    return text


@pytest.mark.parametrize("name", ["hcl-basic-no-package", "tofu-misarea", "tofu-basic-no-package"])
def test_terraform_formats_nothing_anew(name, seen):
    if shutil.which("terraform") is None:
        pytest.skip("no terraform on PATH: its own formatter is asked only where it is")
    for _, code in carriers(seen(name)):
        for path, text in changed(code).items():
            if (
                subprocess.run(
                    ["terraform", "fmt", "-"], input=path.read_text(), capture_output=True, text=True, check=True
                ).stdout
                != path.read_text()
            ):
                continue  # the program itself is not in its form
            done = subprocess.run(["terraform", "fmt", "-"], input=text, capture_output=True, text=True, check=True)
            assert done.stdout == text


def test_the_sites_of_a_changed_file_are_found_again(seen, tmp_path):
    """What was written is bound in its turn: a second fix finds the first one's resources' neighbours where they are."""
    report = seen("yaml-basic-no-package")
    code = next(code for item, code in carriers(report) if item.rule == "CEN201")
    ((path, text),) = changed(code).items()
    before = path.read_text()
    path.write_text(text)
    try:
        forget()
        again = report_of(path.parent / "preview.json")
        assert next(code for item, code in carriers(again) if item.rule == "CEN201").bound
    finally:
        path.write_text(before)
        forget()
