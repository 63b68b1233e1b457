"""Folders and buckets: what lies in one, and what is in its files, with many requests in flight.

A bucket's state costs one request. Each library has its own way to spend a second one, or to answer "nothing" where it may
not look; what was seen of each stands beside what is done about it.
"""

import logging
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from cenguard.errors import UnreadableInput
from cenguard.fleet.bucket_parameters import options_of
from cenguard.fleet.patience import ATTEMPTS, ENOUGH, answer_of, is_refused, patiently, patiently_awaited
from cenguard.fleet.roots import LOCAL, split_url
from cenguard.text.printable import in_one_line

AT_ONCE = 40
"""Requests in flight in one process."""
PACKAGES = {
    "s3": "s3fs",
    "s3a": "s3fs",
    "oss": "ossfs",
    "gs": "gcsfs",
    "gcs": "gcsfs",
    "az": "adlfs",
    "abfs": "adlfs",
    "abfss": "adlfs",
    "azblob": "adlfs",
}
"""The package that reads each kind of bucket."""
_PROBE = "cenguard-asks-for-no-such-object"
_MOST_LISTED = 100
"""Folders beside a backend that are listed one by one."""
_REASON = 300
"""Characters of a library's own words that are said."""
_KEYS = (re.compile(r"(://)[^\s/'\"@]*(@)"), re.compile(r"(\?)[\w.%-]+=[^\s'\"]*()"))
"""What of a web address may be somebody's key: a name and password before its host, and what follows its question mark."""
_LOGS = (
    "aiobotocore",
    "aiohttp",
    "aiooss2",
    "asyncio",
    "azure",
    "botocore",
    "fsspec",
    "gcsfs",
    "google",
    "oss2",
    "ossfs",
    "s3fs",
    "urllib3",
)
"""Loggers of the libraries, which say on standard error, with tracebacks, what is said here in a line."""


class Listed:
    """A file below a root: its path there, and what changes when it does."""

    __slots__ = ("changed", "mark", "path", "size")

    def __init__(self, path: str, size: int, mark: str, changed: str) -> None:
        self.path, self.size, self.mark, self.changed = path, size, mark, changed


# ---------------------------------------------------------------------- opening


def open_store(protocol: str, url: str) -> Any:
    """The file system that a URL names.

    Raises:
        UnreadableInput: the library that reads it is not installed, or knows no such protocol.
    """
    if protocol in ("gs", "gcs"):  # else it asks for the bucket's layout, once more before each object where it may not know it
        os.environ.setdefault("GCSFS_EXPERIMENTAL_ZB_HNS_SUPPORT", "false")
    for name in _LOGS:
        logging.getLogger(name).addHandler(logging.NullHandler())  # who has set up logging still sees it
    needed = PACKAGES.get(protocol)
    if needed and url.partition("://")[2][:1] in ("", "/", "?"):
        raise UnreadableInput(url, f"names no bucket: {protocol}://BUCKET/FOLDER was expected")
    options = options_of(protocol, url, AT_ONCE, ATTEMPTS)
    try:
        import fsspec

        if protocol == "oss":
            return _opened_oss(url, options)
        kind = "az" if protocol == "azblob" else protocol
        return fsspec.filesystem(kind, skip_instance_cache=protocol != "memory", **options)
    except UnreadableInput:
        raise
    except ImportError:
        missing = (
            f"pip install 'cenguard[fleet]' {needed}" if needed else "install the extra `fleet`, and the package that reads it"
        )
        raise UnreadableInput(url, f"{protocol}:// cannot be read here: {missing}") from None
    except ValueError as error:
        if needed:  # what its library says of the account
            raise UnreadableInput(url, f"cannot be opened: {said(error)}") from None
        known = ", ".join(f"{name}://" for name in (LOCAL, "s3", "oss", "gs", "az"))
        raise UnreadableInput(url, f"{protocol}:// is nothing that can be read ({said(error)}); {known} are") from None
    except Exception as error:  # noqa: BLE001 - credentials are looked up here, by a library each
        raise UnreadableInput(url, f"cannot be opened: {said(error)}") from None


def _opened_oss(url: str, options: dict[str, Any]) -> Any:
    from cenguard.fleet.oss import oss_system

    system = oss_system()
    if not os.environ.get("OSS_ENDPOINT"):  # the library says so in a line of its own, and fails later
        raise UnreadableInput(url, "needs the variable OSS_ENDPOINT, such as https://oss-cn-hangzhou.aliyuncs.com")
    return system(**options)


@lru_cache(maxsize=8)
def _store(protocol: str, url: str) -> Any:
    return open_store(protocol, url)


def said(error: BaseException) -> str:
    """What a library says of a failure, in one line.

    It may repeat what it asked for, and Azure's addresses end in the signature by which whoever has it may read.

    >>> said(ValueError("Bad status line, url='http://states.example/net?sv=2024&sig=rvV4%3D'"))
    "Bad status line, url='http://states.example/net?…'"
    """
    told = answer_of(error) or str(error)
    if isinstance(error, OSError) and error.strerror and told.startswith("[Errno"):  # other words name the host
        told = error.strerror
    text = in_one_line(told) or type(error).__name__
    cause = error.__cause__ or error.__context__
    if cause is not None and text in ("Forbidden", "Bad Request", "Access Denied") and str(cause) != text:
        text = f"{text}: {in_one_line(str(cause))}"
    for rest in (
        " Content: <?xml",
        " authenticationerrordetail:",
    ):  # that of Azure has the whole answer follow, and what was signed
        text = text.partition(rest)[0]
    for key in _KEYS:
        text = key.sub(r"\1…\2", text)
    return text if len(text) <= _REASON else f"{text[:_REASON]}…"


# ---------------------------------------------------------------------- listing


def listed(protocol: str, url: str, path: str, links: list[str] | None = None) -> list[Listed]:
    """Every file below a root; `links` takes the paths of links to folders, which are not followed: they may lead anywhere.

    Raises:
        UnreadableInput: there is no such folder or bucket, or it may not be read.
    """
    return _listed_here(url, path, links if links is not None else []) if protocol == LOCAL else _listed_there(protocol, url)


def _listed_here(url: str, path: str, links: list[str]) -> list[Listed]:
    if os.path.isfile(path):  # noqa: PTH113
        told = os.stat(path)  # noqa: PTH116
        return [_entry_here("", told)]
    found: list[Listed] = []
    waiting = [("", path)]
    while waiting:
        below, folder = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        if not (below.endswith(".pulumi/") and entry.name in ("history", "backups")):
                            waiting.append((f"{below}{entry.name}/", entry.path))
                    elif entry.is_file():
                        with suppress(FileNotFoundError):  # a lock that was let go of, a file that another took the place of
                            found.append(_entry_here(f"{below}{entry.name}", entry.stat()))
                    elif entry.is_symlink() and entry.is_dir():
                        links.append(f"{below}{entry.name}")
        except FileNotFoundError:
            if not below:
                raise UnreadableInput(url, "there is no such folder, bucket or file") from None
        except OSError as error:
            raise UnreadableInput(f"{url.rstrip('/')}/{below}".rstrip("/"), f"cannot be listed: {error.strerror}") from None
    return found


def _entry_here(path: str, told: os.stat_result) -> Listed:
    """A file as its folder tells of it; who copies a time of change along (`cp -p`, `touch -r`) does not copy the inode's."""
    return Listed(path, told.st_size, f"{told.st_mtime_ns}-{told.st_ctime_ns}", f"{told.st_mtime_ns:020}")


def _listed_there(protocol: str, url: str) -> list[Listed]:
    store = _store(protocol, url)
    base = _path_in(store, url)
    try:
        told = _everything_below(store, base)
        if not told:
            _ask_for_one(store, base)
    except FileNotFoundError:
        raise UnreadableInput(url, "there is no such folder, bucket or file") from None
    except Exception as error:  # noqa: BLE001 - each library has its own
        what = "may not be read" if is_refused(error) else "cannot be listed"
        raise UnreadableInput(url, f"{what}: {said(error)}") from None
    return [
        _entry(name, info, base)
        for name, info in told.items()
        if info.get("type", "file") == "file" and not name.endswith("/")  # an object that only stands for a folder
    ]


def _path_in(store: Any, url: str) -> str:
    """The path of a URL as its file system takes it: the way that fsspec documents for paths of its own."""
    plain = split_url(url)[0]
    if plain.startswith("azblob://"):  # the engine's name for it, which the library does not know
        plain = f"az{plain.removeprefix('azblob')}"
    return str(store._strip_protocol(plain)).rstrip("/")  # noqa: SLF001 - not every library takes the slash off


def _everything_below(store: Any, base: str) -> dict[str, dict[str, Any]]:
    """Every file, but for the history and the copies of a backend at the top: they are many times larger than its stacks."""
    if "/.pulumi" in f"/{base}":
        return _find(store, base)
    found = _if_there(store, f"{base}/.pulumi/stacks")
    if not found:
        return _find(store, base)
    here = patiently(lambda: store.ls(base, detail=True), ENOUGH)
    beside = [item for item in here if item["name"].rstrip("/") not in (base, f"{base}/.pulumi")]
    folders = [item["name"].rstrip("/") for item in beside if item["type"] == "directory"]
    without_name = any(item["type"] == "directory" and item["name"].rstrip("/") == base for item in here)
    if without_name or len(folders) > _MOST_LISTED:  # no library lists one by its path; many would take longer than the history
        return _find(store, base)
    found |= {item["name"]: item for item in beside if item["type"] == "file"}
    for folder in folders:
        found |= _if_there(store, folder)
    return found


def _if_there(store: Any, path: str) -> dict[str, dict[str, Any]]:
    try:
        return _find(store, path)
    except FileNotFoundError:
        return {}


def _find(store: Any, path: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] | list[str] = patiently(lambda: store.find(path, detail=True), ENOUGH)
    if isinstance(found, list):
        # adlfs, of an object: without what is told of it, and without what lies below a folder of its name
        bucket, _, key = path.partition("/")
        beginning = patiently(lambda: store.find(bucket, prefix=key, detail=True), ENOUGH).items()
        found = {name: info for name, info in beginning if name == path or name.startswith(f"{path}/")}
    return found


def _ask_for_one(store: Any, base: str) -> None:
    """A bucket that may not be read looks empty with some libraries: an object that is asked for by name tells."""
    try:
        patiently(lambda: store.cat_file(f"{base}/{_PROBE}"), ENOUGH)
    except FileNotFoundError as error:
        told = str(error).replace(f"{base.partition('/')[0]}/", "").lower()  # a path has the bucket's name
        if "bucket" in told or "ContainerNotFound" in str(error.__cause__):
            raise


def _entry(name: str, info: dict[str, Any], base: str) -> Listed:
    path = "" if name == base else name.removeprefix(f"{base}/")  # which may begin with a slash of its own
    when = next((info[key] for key in ("LastModified", "last_modified", "updated", "mtime", "created") if info.get(key)), "")
    changed = when.isoformat() if hasattr(when, "isoformat") else str(when)
    etag = next((str(info[key]) for key in ("ETag", "etag", "md5Hash", "content_md5") if info.get(key)), "")
    return Listed(path, int(info.get("size") or 0), etag.strip('"') or changed, changed)


# ---------------------------------------------------------------------- reading

Outcome = bytes | BaseException


def contents(protocol: str, url: str, paths: Sequence[str]) -> Iterator[tuple[str, Outcome]]:
    """The content of some files by their full paths, as they come, or why each could not be read."""
    if protocol == LOCAL:
        for path in paths:
            try:
                yield path, Path(path).read_bytes()
            except OSError as error:
                yield path, error
        return
    store = _store(protocol, url)
    if getattr(store, "async_impl", False):
        yield from _in_flight(store, paths)
        return
    from concurrent.futures import ThreadPoolExecutor, as_completed

    with ThreadPoolExecutor(AT_ONCE) as threads:
        waiting = {threads.submit(patiently, partial(store.cat_file, path)): path for path in paths}
        for future in as_completed(waiting):
            failure = future.exception()
            yield waiting[future], future.result() if failure is None else failure


def _in_flight(store: Any, paths: Sequence[str]) -> Iterator[tuple[str, Outcome]]:
    """All at once on the library's own loop; `_cat_file` is the request itself, `cat` may ask for the object's head before."""
    import asyncio
    from concurrent.futures import Future, as_completed

    gate = asyncio.Semaphore(AT_ONCE)

    async def one(path: str) -> bytes:
        async with gate:
            content: bytes = await patiently_awaited(lambda: store._cat_file(path))  # noqa: SLF001
            return content

    waiting: dict[Future[bytes], str] = {asyncio.run_coroutine_threadsafe(one(path), store.loop): path for path in paths}
    for future in as_completed(waiting):
        failure = future.exception()
        yield waiting[future], future.result() if failure is None else failure


def full_path(protocol: str, root: str, path: str) -> str:
    """The path of a file below a root, as its file system takes it; `root` is a local path or a whole URL."""
    if protocol == LOCAL:
        return str(Path(root) / path) if path else root
    base = _path_in(_store(protocol, root), root)
    return f"{base}/{path}" if path else base
