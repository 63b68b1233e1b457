"""Suggestions on the lines of a change, in the form of GitHub and of GitLab: a click puts a fix into the branch.

Posted where a fix is certain and all of it lies in lines that the change adds. A newer run takes away what no longer holds, and leaves
what it would say again. Sources: https://docs.github.com/en/rest/pulls/comments, https://docs.gitlab.com/api/discussions/,
https://docs.gitlab.com/user/project/merge_requests/reviews/suggestions/
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from cenguard.commands.pull_request import CannotComment, Place, ask, own, pages
from cenguard.findings.report import Report, ReportedChange, ReportedFinding
from cenguard.reports.file_changes import Line, Suggestion, lines_of_patch, suggestion
from cenguard.reports.markdown import fence_around, prose, text
from cenguard.reports.names import names_of, with_names
from cenguard.reports.words import is_open

MOST = 20
"""Suggestions of one run: nobody clicks more, and the comment says everything."""
_REVIEW = "**Yours to decide:** it buys, replaces, detaches, or proposes a size or a payment."


class _Said(NamedTuple):
    """A suggestion where it stands: file, last line, and all of its text."""

    path: str
    line: int | None
    """None of an older one whose lines are not there any more."""
    body: str


def suggest(place: Place, marker: str, report: Report) -> str:
    """Post what is suggested, and take away what is not any more; how many stand, in words, empty for none.

    Raises:
        CannotComment: the server did not take it.
    """
    start = marker.replace("<!-- cenguard:", "<!-- cenguard suggests:", 1)
    wanted = _wanted(place, report, start) if any(map(_changes, report.findings)) else {}
    standing: set[_Said] = set()
    for item in own(place, place.comments if place.is_gitlab else f"{place.change}/comments", start):
        said = _standing(item)
        if said in wanted:
            standing.add(said)
        elif said.line is not None:  # what is outdated is folded by itself, with what people answered
            ask(
                place, "DELETE", f"{place.one if place.is_gitlab else place.change.rpartition('/')[0] + '/comments'}/{item['id']}"
            )
    new = {said: made for said, made in wanted.items() if said not in standing}
    if new:
        post = _on_gitlab(place) if place.is_gitlab else _on_github(place)
        for said, made in new.items():
            post(said, made)
    return f"{len(wanted)} on lines of the change" if wanted else ""


def _changes(item: ReportedFinding) -> Sequence[ReportedChange]:
    return item.fix.code.changes if is_open(item) and item.fix is not None and item.fix.code is not None else ()


def _standing(item: Mapping[str, Any]) -> _Said:
    """A suggestion of an earlier run, as either server tells it."""
    position = item.get("position")
    told = position if isinstance(position, dict) else item
    path, line = told.get("new_path", told.get("path")), told.get("new_line", told.get("line"))
    return _Said(str(path), line if isinstance(line, int) else None, str(item.get("body", "")).replace("\r\n", "\n").strip())


def _wanted(place: Place, report: Report, start: str) -> dict[_Said, Suggestion]:
    files = _files(place)
    found: dict[_Said, Suggestion] = {}
    for item in report.findings:
        changes = _changes(item)
        made = suggestion(changes, files) if changes else None
        if made is not None and len(found) < MOST:
            found[_Said(made.path, made.last, _body(item, made, start, is_gitlab=place.is_gitlab))] = made
    return found


def _files(place: Place) -> dict[str, dict[int, Line]]:
    """The lines of every file that the change touches."""
    path, patch, listed = ("new_path", "diff", "diffs") if place.is_gitlab else ("filename", "patch", "files")
    return {
        str(item[path]): lines_of_patch(item[patch])
        for item in pages(place, f"{place.change}/{listed}")
        if isinstance(item.get(path), str) and isinstance(item.get(patch), str)
    }


def _body(item: ReportedFinding, made: Suggestion, start: str, *, is_gitlab: bool) -> str:
    fix = item.fix
    summary = prose(with_names(fix.summary, names_of(item))) if fix is not None else ""
    fence = fence_around("\n".join(made.lines))
    form = f"suggestion:-{made.last - made.first}+0" if is_gitlab else "suggestion"
    parts = [
        f"{start}\n\n**{item.rule} {text(item.name)}**: {prose(with_names(item.message, names_of(item)))}",
        f"**Fix:** {summary}",
    ]
    if fix is not None and fix.applicability != "safe":
        parts.append(_REVIEW)
    return "\n\n".join([*parts, "\n".join([f"{fence}{form}", *made.lines, fence])])


def _on_github(place: Place) -> Callable[[_Said, Suggestion], None]:
    head = _object(ask(place, "GET", place.change), "head").get("sha")

    def post(said: _Said, item: Suggestion) -> None:
        several = {"start_line": item.first, "start_side": "RIGHT"} if item.first < item.last else {}
        where = {"commit_id": head, "path": item.path, "line": item.last, "side": "RIGHT", **several}
        ask(place, "POST", f"{place.change}/comments", {"body": said.body, **where})

    return post


def _on_gitlab(place: Place) -> Callable[[_Said, Suggestion], None]:
    refs = _object(ask(place, "GET", place.change), "diff_refs")
    shas = {name: refs.get(name) for name in ("base_sha", "start_sha", "head_sha")}

    def post(said: _Said, item: Suggestion) -> None:
        where = {"position_type": "text", **shas, "old_path": item.path, "new_path": item.path, "new_line": item.last}
        ask(place, "POST", f"{place.change}/discussions", {"body": said.body, "position": where})

    return post


def _object(answer: Any, key: str) -> Mapping[str, Any]:
    found = answer.get(key) if isinstance(answer, dict) else None
    if not isinstance(found, dict):
        raise CannotComment(f"comment: the server does not say the {key} of the change")
    return found
