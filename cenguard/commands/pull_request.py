"""The comment on a pull request of GitHub or a merge request of GitLab: posted once, replaced by newer runs.

Sources: https://docs.github.com/en/rest/issues/comments, https://docs.gitlab.com/api/notes/#merge-requests
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPException
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


class CannotComment(CenguardError):
    """The comment was not posted: what is missing, or what the server said."""


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
    change: str = ""
    """Address of the change itself."""
    is_gitlab: bool = False


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


def _github(env: Mapping[str, str], number: int | None) -> Place:
    token = env.get("GITHUB_TOKEN") or env.get("GH_TOKEN")
    if not token:
        raise CannotComment("comment: GITHUB_TOKEN is not set; a token that may write to pull requests was expected")
    pull = number or _pull(env)
    if pull is None:
        raise CannotComment("comment: the job is not about a pull request; give its --number")
    api = f"{env.get('GITHUB_API_URL', 'https://api.github.com').rstrip('/')}/repos/{quote(env['GITHUB_REPOSITORY'])}"
    return Place(
        comments=f"{api}/issues/{pull}/comments",
        one=f"{api}/issues/comments",
        change=f"{api}/pulls/{pull}",
        replace="PATCH",
        headers={
            "Authorization": f"Bearer {token}",
            "Accept": "application/vnd.github+json",
            "X-GitHub-Api-Version": "2022-11-28",
        },
        needs="permissions: pull-requests: write (a run for a fork has none)",
    )


def _pull(env: Mapping[str, str]) -> int | None:
    try:
        event = json.loads(Path(env.get("GITHUB_EVENT_PATH", "")).read_text("utf-8"))
        found = (event.get("pull_request") or event.get("issue") or {}).get("number")
        if isinstance(found, int):
            return found
    except (OSError, ValueError, AttributeError):
        pass
    match = re.fullmatch(r"refs/pull/(\d+)/(?:merge|head)", env.get("GITHUB_REF", ""))
    return int(match[1]) if match else None


def _gitlab(env: Mapping[str, str], number: int | None) -> Place:
    token = env.get("CENGUARD_TOKEN")
    if not token:
        raise CannotComment("comment: CENGUARD_TOKEN is not set; an access token with the scope api was expected")
    request = number or env.get("CI_MERGE_REQUEST_IID")
    if not request or not env.get("CI_API_V4_URL") or not env.get("CI_PROJECT_ID"):
        raise CannotComment("comment: the job is not about a merge request; run it in pipelines of merge requests")
    api = f"{env['CI_API_V4_URL'].rstrip('/')}/projects/{quote(env['CI_PROJECT_ID'], safe='')}/merge_requests"
    change = f"{api}/{quote(str(request), safe='')}"
    return Place(
        comments=f"{change}/notes",
        one=f"{change}/notes",
        change=change,
        is_gitlab=True,
        replace="PUT",
        headers={"PRIVATE-TOKEN": token},
        needs="an access token with the scope api and the role Reporter or more",
    )


def say(place: Place, marker: str, text: str) -> str:
    """Post a comment, or replace the older one that begins with the marker; what was done, in a word.

    Where there is nothing to say, an older comment becomes "resolved", and without one nothing is written.

    Raises:
        CannotComment: the server did not take it.
    """
    old = next(
        (
            item["id"]
            for item in pages(place, place.comments)
            if isinstance(item.get("id"), int) and str(item.get("body", "")).startswith(marker)
        ),
        None,
    )
    if not text:
        if old is None:
            return "nothing to say"
        text = f"{marker}\n\n✅ cenguard: resolved, the change no longer touches the network.\n"
    if old is None:
        ask(place, "POST", place.comments, {"body": text})
        return "posted"
    ask(place, place.replace, f"{place.one}/{old}", {"body": text})
    return "replaced"


def pages(place: Place, address: str) -> Iterator[dict[str, Any]]:
    """The members of a list, page by page.

    Raises:
        CannotComment: the server did not answer with one.
    """
    for page in range(1, PAGES + 1):
        rows = ask(place, "GET", f"{address}?per_page=100&page={page}")
        if not isinstance(rows, list):
            raise CannotComment(f"comment: {address} answered no list")
        yield from (row for row in rows if isinstance(row, dict))
        if len(rows) < 100:
            return


class _NoRedirect(HTTPRedirectHandler):
    """A token goes where it was meant to go, and nowhere else."""

    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None


def ask(place: Place, method: str, address: str, body: Mapping[str, Any] | None = None) -> Any:
    """What a server answers.

    Raises:
        CannotComment: it did not, or says no.
    """
    if not address.startswith(("https://", "http://")):
        raise CannotComment(f"comment: {address} is no address of an API")
    content = json.dumps(body).encode() if body is not None else None
    headers = {**place.headers, "User-Agent": "cenguard", **({"Content-Type": "application/json"} if body is not None else {})}
    request = Request(address, data=content, headers=headers, method=method)  # noqa: S310 - looked at above
    try:
        with build_opener(_NoRedirect).open(request, timeout=PATIENCE) as answer:
            return json.loads(answer.read(LARGEST) or b"null")
    except HTTPError as error:
        hint = f"; the token needs {place.needs}" if error.code in (401, 403, 404) else ""
        raise CannotComment(f"comment: {address} answered {error.code} {printable(str(error.reason))}{hint}") from None
    except (URLError, HTTPException, OSError, ValueError) as error:
        raise CannotComment(f"comment: {address} did not answer: {printable(str(getattr(error, 'reason', error)))}") from None
