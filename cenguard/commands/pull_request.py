"""The comment on a pull request of GitHub or a merge request of GitLab: posted once, replaced by newer runs.

Sources: https://docs.github.com/en/rest/issues/comments, https://docs.gitlab.com/api/notes/#merge-requests
"""

import json
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException, IncompleteRead
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import HTTPRedirectHandler, Request, build_opener

from cenguard.errors import CenguardError
from cenguard.text.printable import printable

PATIENCE = 30
"""Seconds for one answer."""
PAGES = 50
"""Of 100 comments each: nobody reads more."""
LARGEST = 1 << 26
"""Bytes of one answer."""
PAUSES = (1, 2, 4)
"""Seconds before each further attempt, where the server does not say when to ask again."""
LONGEST = 120
"""Seconds after which a run asks nothing again, whatever it has waited for: a job has minutes for all that it does."""
_BUSY = frozenset({500, 502, 503, 504})
_FORBIDDEN, _TOO_OFTEN = 403, 429
_MARKER = "<!-- cenguard: "
"""How every comment of ours begins."""


class CannotComment(CenguardError):
    """The comment was not posted: what is missing, or what the server said."""

    def __init__(
        self,
        text: str,
        *,
        is_passing: bool = False,
        may_be_done: bool = False,
        wait: int | None = None,
        status: int | None = None,
    ) -> None:
        """Take what is said, whether it may pass, and whether what was asked for may have been done all the same."""
        super().__init__(text)
        self.is_passing, self.may_be_done, self.wait, self.status = is_passing, may_be_done, wait, status


@dataclass(frozen=True, slots=True)
class Place:
    """Where the comments of one change are, and how they are asked for."""

    comments: str
    """Address of the list, and of a new one."""
    one: str
    """Address of a comment, before its number."""
    replace: str
    """Method that replaces one."""
    headers: Mapping[str, str]
    needs: str
    """What the token must be allowed."""
    user: str
    """Address of who the token is of."""
    change: str = ""
    """Address of the change itself."""
    is_gitlab: bool = False
    commit: str = ""
    """The one that the job is about; empty where nobody says."""
    until: float = field(default_factory=lambda: time.monotonic() + LONGEST)
    """When nothing is asked again any more."""

    @property
    def stamp(self) -> str:
        """What a comment of this commit is known by, whatever stack it is about; empty where the commit is not known."""
        return f"<!-- commit {self.commit} -->" if self.commit else ""

    def has_time(self, wait: float) -> bool:
        """Whether something can be asked again after so many seconds."""
        return time.monotonic() + wait <= self.until


def place_of(env: Mapping[str, str], number: int | None) -> Place:
    """The change that the job at hand is about.

    Raises:
        CannotComment: the job is none of a pull request or merge request, or has no token.
    """
    if env.get("GITLAB_CI"):
        return _gitlab(env, number)
    if env.get("GITHUB_REPOSITORY"):
        return _github(env, number)
    raise CannotComment("comment: a job of GitHub Actions (GITHUB_REPOSITORY) or of GitLab (GITLAB_CI) was expected")


def _token(env: Mapping[str, str], name: str) -> str:
    """A token without the line end that a copied one has.

    Raises:
        CannotComment: it is none; a library would say so with all of it.
    """
    token = env.get(name, "").strip()
    if not all("!" <= letter <= "~" for letter in token):
        raise CannotComment(f"comment: {name} holds a blank, a line end or a letter that no token has")
    return token


def _github(env: Mapping[str, str], number: int | None) -> Place:
    token = _token(env, "GITHUB_TOKEN") or _token(env, "GH_TOKEN")
    if not token:
        raise CannotComment("comment: GITHUB_TOKEN is not set; a token that may write to pull requests was expected")
    told, commit = _event(env)
    pull = number or told
    if pull is None:
        raise CannotComment("comment: the job is not about a pull request; give its --number")
    server = env.get("GITHUB_API_URL", "https://api.github.com").rstrip("/")
    api = f"{server}/repos/{quote(env['GITHUB_REPOSITORY'])}"
    return Place(
        user=f"{server}/user",
        comments=f"{api}/issues/{pull}/comments",
        one=f"{api}/issues/comments",
        change=f"{api}/pulls/{pull}",
        commit=commit,
        replace="PATCH",
        headers={
            "Authorization": f"Bearer {token}",
            "Accept": "application/vnd.github+json",
            "X-GitHub-Api-Version": "2022-11-28",
        },
        needs="permissions: pull-requests: write (a run for a fork has none)",
    )


def _event(env: Mapping[str, str]) -> tuple[int | None, str]:
    """The pull request that a run is about, and its last commit (`GITHUB_SHA` may be one of the branch that it goes to)."""
    try:
        event = json.loads(Path(env.get("GITHUB_EVENT_PATH", "")).read_text("utf-8"))
        found = event.get("pull_request") or event.get("issue") or {}
        if isinstance(found.get("number"), int):
            return found["number"], _commit((found.get("head") or {}).get("sha"))
    except (OSError, ValueError, AttributeError):
        pass
    match = re.fullmatch(r"refs/pull/(\d+)/(?:merge|head)", env.get("GITHUB_REF", ""))
    return (int(match[1]) if match else None), ""


def _commit(told: object) -> str:
    return told if isinstance(told, str) and re.fullmatch(r"[0-9a-f]{7,64}", told) else ""


def _gitlab(env: Mapping[str, str], number: int | None) -> Place:
    token = _token(env, "CENGUARD_TOKEN")
    if not token:
        raise CannotComment("comment: CENGUARD_TOKEN is not set; an access token with the scope api was expected")
    request = number or env.get("CI_MERGE_REQUEST_IID")
    # A job of a fork runs in the fork, and its merge request is one of the project that it was forked from.
    project = env.get("CI_MERGE_REQUEST_PROJECT_ID") or env.get("CI_PROJECT_ID")
    if not request or not env.get("CI_API_V4_URL") or not project:
        raise CannotComment("comment: the job is not about a merge request; run it in pipelines of merge requests")
    server = env["CI_API_V4_URL"].rstrip("/")
    api = f"{server}/projects/{quote(project, safe='')}/merge_requests"
    change = f"{api}/{quote(str(request), safe='')}"
    return Place(
        user=f"{server}/user",
        comments=f"{change}/notes",
        one=f"{change}/notes",
        change=change,
        is_gitlab=True,
        commit=_commit(env.get("CI_COMMIT_SHA")),
        replace="PUT",
        headers={"PRIVATE-TOKEN": token},
        needs="an access token with the scope api and the role Reporter or more",
    )


def say(place: Place, marker: str, text: str, *, again: bool = True) -> str:
    """Post a comment, or replace the older one that begins with the marker; what was done, in a word.

    Where there is nothing to say, an older comment becomes "resolved", and without one nothing is written. Of several (two runs at once
    posted one each) one is left.

    Raises:
        CannotComment: the server did not take it.
    """
    found = own(place, place.comments, marker)
    if not text:
        if not found:
            return "nothing to say"
        text = f"{marker}\n\n✅ cenguard: resolved, the change no longer touches the network.\n"
    text = text.replace("\n", f"\n{place.stamp}\n", 1) if place.stamp and again else text
    if not found:
        try:
            ask(place, "POST", place.comments, {"body": text})
        except CannotComment as error:
            wait = PAUSES[0] if error.wait is None else error.wait
            if not error.may_be_done or not again or not place.has_time(wait):
                raise
            time.sleep(wait)
            return say(place, marker, text, again=False)  # it is looked for first
        return "posted"
    ask(place, place.replace, f"{place.one}/{found[0]['id']}", {"body": text})
    for item in found[1:]:
        with suppress(CannotComment):  # what is true stands already
            ask(place, "DELETE", f"{place.one}/{item['id']}")
    return "replaced"


def doubt(place: Place, marker: str, warning: str) -> str:
    """Say in comments that stand, of whatever stack where no marker is given, that they may be out of date; what was done, in a word.

    One of the same commit is not: another job of this run has written it.

    Raises:
        CannotComment: the server did not take it.
    """
    bodies = {item["id"]: str(item["body"]) for item in own(place, place.comments, marker or _MARKER)}
    found = {key: body for key, body in bodies.items() if warning not in body and not (place.stamp and place.stamp in body)}
    for key, body in found.items():
        start, _, rest = body.partition("\n")
        ask(place, place.replace, f"{place.one}/{key}", {"body": f"{start}\n\n{warning}\n{rest}"})
    return "said that a report is missing" if found else "nothing to say"


def own(place: Place, address: str, start: str) -> list[dict[str, Any]]:
    """Our comments of a list that begin with a text: a person may have copied one, and has words of their own below.

    Raises:
        CannotComment: the server does not tell them.
    """
    found = [
        item for item in pages(place, address) if isinstance(item.get("id"), int) and str(item.get("body", "")).startswith(start)
    ]
    if not found:
        return []
    us: Any = None
    with suppress(CannotComment):  # the token of a job is no user's, and not every server tells
        us = ask(place, "GET", place.user)
    number = us.get("id") if isinstance(us, dict) else None

    def is_ours(item: Mapping[str, Any]) -> bool:
        author = item.get("author" if place.is_gitlab else "user")
        if not isinstance(author, dict):
            return True
        return bool(author.get("id") == number if number is not None else author.get("type", "Bot") == "Bot")

    return list(filter(is_ours, found))


def pages(place: Place, address: str) -> Iterator[dict[str, Any]]:
    """The members of a list, page by page.

    Raises:
        CannotComment: the server did not answer with one.
    """
    for page in range(1, PAGES + 1):
        rows = ask(place, "GET", f"{address}?per_page=100&page={page}")
        if not isinstance(rows, list):
            raise CannotComment(f"comment: {_shown(address)} answered no list")
        yield from (row for row in rows if isinstance(row, dict))
        if len(rows) < 100:
            return


class _NoRedirect(HTTPRedirectHandler):
    """A token goes where it was meant to go, and nowhere else."""

    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None


def ask(place: Place, method: str, address: str, body: Mapping[str, Any] | None = None) -> Any:
    """What a server answers, which is asked again where it is busy, or wants to be asked later.

    Raises:
        CannotComment: it did not, or says no.
    """
    # Nobody reads credentials that stand before a host, and a library takes them for its port, and says so.
    if not address.startswith(("https://", "http://")) or _shown(address) != address:
        raise CannotComment(f"comment: {_shown(address)} is no address of an API")
    for pause in PAUSES:
        try:
            return _ask(place, method, address, body)
        except CannotComment as error:
            wait = pause if error.wait is None else error.wait
            # What may have been posted is not posted again unseen.
            if not error.is_passing or (error.may_be_done and method == "POST") or not place.has_time(wait):
                raise
        time.sleep(wait)
    return _ask(place, method, address, body)


def _shown(address: str) -> str:
    """An address without the credentials that it may have before its host."""
    return re.sub(r"//.*@", "//", address)


def _ask(place: Place, method: str, address: str, body: Mapping[str, Any] | None) -> Any:
    content = json.dumps(body).encode() if body is not None else None
    headers = {**place.headers, "User-Agent": "cenguard", **({"Content-Type": "application/json"} if body is not None else {})}
    try:
        request = Request(address, data=content, headers=headers, method=method)  # noqa: S310 - looked at by who calls
        with build_opener(_NoRedirect).open(request, timeout=PATIENCE) as answer:
            return json.loads(answer.read(LARGEST) or b"null")
    except HTTPError as error:
        raise _refusal(place, address, error) from None
    except (URLError, HTTPException, OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        lost = isinstance(reason, (ConnectionResetError, BrokenPipeError, IncompleteRead))
        text = f"comment: {_shown(address)} did not answer: {printable(str(reason))}"
        raise CannotComment(text, is_passing=lost, may_be_done=lost) from None


def _refusal(place: Place, address: str, error: HTTPError) -> CannotComment:
    """What an answer says that is no success."""
    text = f"comment: {_shown(address)} answered {error.code} {printable(str(error.reason))}"
    wait = _seconds(error.headers.get("Retry-After"))
    is_throttled = error.code == _TOO_OFTEN or (
        error.code == _FORBIDDEN and (wait is not None or error.headers.get("X-RateLimit-Remaining") == "0" or _is_limit(error))
    )
    if is_throttled:
        later = f"; ask again in {wait} s" if wait is not None else ""
        return CannotComment(f"{text}: it was asked too often{later}", is_passing=True, wait=wait)
    hint = f"; the token needs {place.needs}" if error.code in (401, _FORBIDDEN, 404) else ""
    is_busy = error.code in _BUSY
    return CannotComment(f"{text}{hint}", is_passing=is_busy, may_be_done=is_busy, wait=wait, status=error.code)


def _seconds(text: str | None) -> int | None:
    return int(text[:9]) if text is not None and text.isascii() and text.isdigit() else None


def _is_limit(error: HTTPError) -> bool:
    """Whether GitHub's text speaks of its second limit, which not every answer tells by a header."""
    with suppress(OSError, HTTPException):
        return b"rate limit" in error.read(1 << 16).lower()
    return False
