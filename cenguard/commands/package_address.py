"""From where the running cenguard was installed: what a pipeline's pip takes to have the same.

Source: https://packaging.python.org/en/latest/specifications/direct-url/
"""

import json
import re
from importlib.metadata import Distribution, PackageNotFoundError
from typing import Any
from urllib.parse import urlsplit, urlunsplit

_SAFE = re.compile(r"[A-Za-z0-9@:/._+=#&?%~-]+")


def package_address(extras: str = "lines") -> str | None:
    """The requirement that installs the running copy elsewhere; None where only this machine has it.

    A folder or a wheel of this machine is at hand nowhere else; what replaces it is for the reader to say.
    """
    try:
        distribution = Distribution.from_name("cenguard")
        direct = json.loads(distribution.read_text("direct_url.json") or "null")
    except (PackageNotFoundError, ValueError):
        return None
    return requirement(distribution.version, direct, extras)


def requirement(version: str, direct: Any, extras: str = "lines") -> str | None:
    """The requirement for a version and what pip noted of its address; `direct` is None for one of an index.

    >>> requirement("0.1.0", None)
    'cenguard[lines]==0.1.0'
    >>> requirement("0.1.0", {"url": "https://git.example/net.git", "vcs_info": {"vcs": "git", "commit_id": "0f3a"}})
    'cenguard[lines] @ git+https://git.example/net.git@0f3a'
    >>> requirement("0.1.0", {"url": "file:///home/me/cenguard", "dir_info": {"editable": True}})
    """
    name = f"cenguard[{extras}]" if extras else "cenguard"
    if direct is None:
        return f"{name}=={version}"
    if not isinstance(direct, dict) or not isinstance(direct.get("url"), str):
        return None
    url = _without_password(direct["url"])
    vcs = direct.get("vcs_info")
    if url is None or url.startswith("file:") or not _SAFE.fullmatch(url):
        return None
    part = f"#subdirectory={direct['subdirectory']}" if isinstance(direct.get("subdirectory"), str) else ""
    if isinstance(vcs, dict) and vcs.get("vcs") == "git" and isinstance(vcs.get("commit_id"), str):
        address = f"{name} @ git+{url}@{vcs['commit_id']}{part}"
    elif "archive_info" in direct:
        address = f"{name} @ {url}{part}"
    else:
        return None
    return address if _SAFE.fullmatch(address.replace(" ", "").replace("[", "").replace("]", "")) else None


def _without_password(url: str) -> str | None:
    """An address without what only its owner may know; `git@` of ssh is no secret."""
    parts = urlsplit(url)
    user, at, host = parts.netloc.rpartition("@")
    if at and (":" in user or parts.scheme in ("http", "https")):
        return urlunsplit((parts.scheme, host, *parts[2:]))
    return url
