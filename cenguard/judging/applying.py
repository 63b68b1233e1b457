"""What fixes are in the user's files, all together: which can be made, which cannot, and why."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cenguard.errors import UnreadableInput
from cenguard.findings.code import Code, code_of
from cenguard.findings.fix import Add, Import, Ref, Remove, Set
from cenguard.findings.printers.words import said_of
from cenguard.findings.report import Report, ReportedFinding
from cenguard.resources.property_names import words_of
from cenguard.resources.tokens import PACKAGE
from cenguard.sources.bindings import Bindings
from cenguard.sources.changing import applied
from cenguard.sources.lines import Lines
from cenguard.sources.sites import Change, File, file_at
from cenguard.text.printable import printable

_NAMES = {"typescript": "TypeScript", "go": "Go"}


@dataclass(slots=True)
class Plan:
    """The files that change, and what of the report changes them."""

    files: dict[Path, str] = field(default_factory=dict)
    """The new text of each, as it stands in the file, with its byte order mark."""
    made: list[ReportedFinding] = field(default_factory=list)
    """Findings whose edits are in the files."""
    left: list[tuple[ReportedFinding, str]] = field(default_factory=list)
    """Those whose edits are not, each with the reason."""
    codes: list[Code] = field(default_factory=list)
    """What is in the files."""
    changes: list[Change] = field(default_factory=list)
    """The same as changes of the files as they are."""


def plan_of(report: Report, lines: Lines, wanted: Mapping[str, str], languages: Iterable[str]) -> Plan:
    """What a report's fixes are in the files that its program is written in.

    `wanted` has, by fingerprint, why a finding's edits are not asked for, and an empty text for those that are; `languages` are
    those in which files are changed.
    """
    plan = Plan()
    groups: dict[Path, list[tuple[ReportedFinding, Code]]] = {}
    known = frozenset(languages)
    for finding in report.findings:
        if finding.fix is None or finding.fingerprint not in wanted:
            continue
        code = (report.written or {}).get(finding.fingerprint)
        reason = wanted[finding.fingerprint] or _why_not(finding, code, known)
        if reason or code is None:
            plan.left.append((finding, reason))
        else:
            groups.setdefault(_unit(code), []).append((finding, code))
    bindings = Bindings(lines)
    for group in groups.values():
        _together(plan, group, bindings)
    return plan


def _why_not(finding: ReportedFinding, code: Code | None, languages: frozenset[str]) -> str:
    if finding.fix is None or not finding.fix.edits:
        return "it has to be mended by hand"
    if code is None:
        return "fixes are not written in the language of the program, only said"
    if code.language not in languages:
        return f"files in {_NAMES.get(code.language, code.language)} are not changed, the text is for pasting"
    if code.why_not or not code.changes:
        return code.why_not or "nothing of it is written in a file"
    return "the program says so already: it is newer than the document" if is_there(code) else ""


def is_there(code: Code) -> bool:
    """Whether the files are as the edits want them."""
    for change in code.changes:
        file = file_at(change.file)
        if file is None or file.text[change.start : change.end] != change.text:
            return False
    return True


def _unit(code: Code) -> Path:
    """What is changed as one: a file, or in Terraform's language a folder."""
    first = code.changes[0].file
    return first.parent if code.language in ("hcl", "terraform") else first


def _together(plan: Plan, group: Sequence[tuple[ReportedFinding, Code]], bindings: Bindings) -> None:
    """Add what can be made at once; what contradicts the others is left."""
    whole = _written([code for _, code in group], bindings)
    kept: list[tuple[ReportedFinding, Code]] = list(group)
    if not whole.changes:
        kept = []
        for item in group:
            attempt = _written([code for _, code in (*kept, item)], bindings)
            if attempt.changes:
                kept, whole = [*kept, item], attempt
            else:
                plan.left.append((item[0], attempt.why_not))
    plan.made += [finding for finding, _ in kept]
    plan.codes += [code for _, code in kept]
    plan.changes += whole.changes
    for path in dict.fromkeys(change.file for change in whole.changes):
        file = file_at(path)
        assert file is not None  # it was read a moment ago
        plan.files[path] = text_in(file, applied(file.text, [change for change in whole.changes if change.file == path]))


def _written(codes: Sequence[Code], bindings: Bindings) -> Code:
    found = code_of([edit for code in codes for edit in code.edits], bindings, [urn for code in codes for urn in code.about])
    assert found is not None  # it was written a moment ago
    return found


def text_in(file: File, text: str) -> str:
    """A text as it stands in a file."""
    return f"\ufeff{text}" if file.marked else text


def costs_of(codes: Iterable[Code]) -> list[str]:
    """What edits buy, and what they take out, a line each."""
    said: list[str] = []
    for code, edit in ((of, edit) for of in codes for edit in of.edits):
        if isinstance(edit, Remove):
            said.append(f"takes out {said_of(edit.urn)}")
        elif isinstance(edit, Import):
            said.append(f"takes {edit.name} into the program")
        elif isinstance(edit, Add) and edit.type == PACKAGE and edit.name in code.again:
            said.append(f"keeps {edit.name}, which the update deletes: nothing is bought")
        elif isinstance(edit, Add) and edit.type == PACKAGE:
            terms = edit.properties
            areas = f"{terms.get('geographicRegionAId')}/{terms.get('geographicRegionBId')}"
            said.append(f"buys {edit.name}: {terms.get('bandwidth')} Mbps {areas}, {_terms(terms)}")
        elif isinstance(edit, Add) and edit.properties.get("bandwidthType") == "DataTransfer":
            said.append(f"pays {edit.name} by traffic, up to {edit.properties.get('bandwidth')} Mbps")
        elif isinstance(edit, Set) and edit.properties:
            words = words_of(edit.urn)
            values = ", ".join(f"{words(name)}: {_short(value)}" for name, value in edit.properties.items())
            said.append(f"changes {said_of(edit.urn)}: {values}")
    return [printable(item) for item in dict.fromkeys(said)]


def _terms(properties: Mapping[str, Any]) -> str:
    """How a package is paid; one that does not say so is sold for a month, prepaid (CEN401)."""
    payment = properties.get("paymentType") or properties.get("chargeType") or "PrePaid"
    if payment == "PostPaid":
        return "pay as you go"
    months = properties.get("period") or 1
    return f"{payment} for {months} month{'' if months == 1 else 's'}, not refundable"


def _short(value: object) -> str:
    match value:
        case None:
            return "taken away"
        case Ref():
            return said_of(value.urn)
        case list() | tuple():
            return "/".join(map(_short, value))
        case _:
            return str(value)


def write_files(files: Mapping[Path, str]) -> None:
    """Write files whole, all of them or none.

    Raises:
        UnreadableInput: a file is no more what it was when it was read, or cannot be written.
    """
    ready: list[tuple[Path, Path]] = []
    try:
        for path, text in files.items():
            place = path.resolve()
            file = file_at(path)
            if file is None or place.read_bytes() != text_in(file, file.text).encode():
                raise UnreadableInput(str(path), "has changed since it was checked: nothing is written")
            handle, name = tempfile.mkstemp(prefix=f".{place.name}.", dir=place.parent)
            ready.append((Path(name), place))
            with os.fdopen(handle, "wb") as out:
                out.write(text.encode())
            shutil.copymode(place, name)
        for new, place in ready:
            new.replace(place)
    except OSError as error:
        raise UnreadableInput(str(error.filename), f"cannot be written: {error.strerror}") from None
    finally:
        for new, _ in ready:
            new.unlink(missing_ok=True)
