"""Some states read, wherever there is a processor for it: the work that is handed out in the first half of an audit."""

import os
from collections.abc import Sequence

from cenguard.errors import UnreadableInput
from cenguard.fleet.journal import line_of
from cenguard.fleet.listing import Target
from cenguard.fleet.parts import StateHead, parts_of
from cenguard.fleet.patience import is_refused
from cenguard.fleet.roots import LOCAL
from cenguard.fleet.stores import Outcome, contents, full_path, said
from cenguard.judging.placeholders import blank
from cenguard.readers.sources import EXPECTED
from cenguard.readers.states import read_state_of
from cenguard.text.printable import printable

_STATE_EXPECTED = "a checkpoint or export of Pulumi, or a state of Terraform or OpenTofu was expected"
"""What is said in the place of every document that a check takes: no audit does."""


def read_batch(targets: Sequence[Target], placeholders: Sequence[str]) -> list[bytes]:
    """Each state of a batch as a line of the journal, in whatever order they came; all of them lie below one root."""
    first = targets[0]
    waiting = {full_path(item.protocol, item.root, item.path): item for item in targets}
    lines: list[bytes] = []
    for last in (False, True):
        again: dict[str, Target] = {}
        for path, outcome in contents(first.protocol, first.root, list(waiting)):
            line = _line(waiting[path], outcome, placeholders, last=last)
            if line is None:
                again[path] = waiting[path]
            else:
                lines.append(line)
        waiting = again
    return lines


def _line(target: Target, outcome: Outcome, placeholders: Sequence[str], *, last: bool = False) -> bytes | None:
    """What was read of a state; None of one that came in another size than it was listed with and is damaged, but for the last time."""
    head = StateHead(url=target.url, size=target.size, mark=target.mark, name=target.name)
    if isinstance(outcome, BaseException):
        head.reason, head.mark = _why(outcome, target), ""  # it is asked for again the next time
        return line_of(head, ())
    if len(outcome) != target.size:  # it changed after it was listed, or came without its end: the mark is of another content
        head.mark = ""
    try:
        records = read_state_of(outcome, target.url, target.name)
    except UnreadableInput as error:
        if not head.mark and not last:  # somebody may write it just now
            return None
        reason = error.reason.replace(EXPECTED, _STATE_EXPECTED)
        head.reason = printable(f"{error.where}: {reason}" if error.where else reason)
        return line_of(head, ())
    blank([records], placeholders)
    head.kind, head.project, head.stack = records.kind, records.project, records.stack
    if target.workspace and records.kind == "terraform-state":
        head.stack = target.workspace
    head.lineage, head.written = records.lineage, f"{records.serial:020}" if records.serial else ""
    head.resources, head.cen = records.resource_count, records.cen_count
    parts = parts_of(records)
    head.parts = [part for part, _ in parts]
    return line_of(head, [body for _, body in parts])


def unread_line(target: Target, reason: str) -> bytes:
    """A state that nobody could read, as a line of the journal; it is asked for again the next time."""
    return line_of(StateHead(url=target.url, size=target.size, name=target.name, reason=reason), ())


def _why(error: BaseException, target: Target) -> str:
    if isinstance(error, FileNotFoundError):
        if target.protocol == LOCAL and not os.path.lexists(target.root):
            return (
                "is not on the machine of the worker that was to read it: a cluster reads folders that each of its machines has"
            )
        return "is not there any more: it was deleted after it was listed"
    if is_refused(error):
        return printable(f"may not be read: {said(error)}")
    return printable(f"cannot be read: {said(error)}")
