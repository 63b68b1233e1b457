"""What a bucket's library has to be told: from the URL, as `pulumi login` takes it, and from the environment.

Source of the parameters: https://gocloud.dev/howto/blob/ (S3, Azure), which the engine's own backends read their URLs with
(retrieved 2026-11). What the engine needs a parameter for and a reader does not is passed over.
"""

import os
from typing import Any
from urllib.parse import parse_qsl

from cenguard.errors import UnreadableInput, nearest
from cenguard.fleet.roots import split_url

_S3 = frozenset(
    {"region", "profile", "endpoint", "disable_https", "disableSSL", "use_path_style", "s3ForcePathStyle", "anonymous"}
)
_AZURE = frozenset({"storage_account"})
_GOOGLE = frozenset({"anonymous"})
_KNOWN = {"s3": _S3, "s3a": _S3, "az": _AZURE, "abfs": _AZURE, "abfss": _AZURE, "azblob": _AZURE, "gs": _GOOGLE, "gcs": _GOOGLE}
_PASSED_OVER = {
    "awssdk",
    "hostname_immutable",
    "accelerate",
    "dualstack",
    "fips",
    "rate_limiter_capacity",
    "no_tmp_dir",
    "metadata",
}


def options_of(protocol: str, url: str, at_once: int, attempts: int) -> dict[str, Any]:
    """The options that a bucket's file system is opened with.

    Raises:
        UnreadableInput: the URL has a parameter that nothing is known of.
    """
    given = _parameters(protocol, url)
    if protocol in ("s3", "s3a"):
        return _s3(given, at_once, attempts)
    if protocol == "oss":  # of the environment it takes the endpoint alone, and asks as nobody without a key
        names = {
            "key": ("OSS_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_ID", "ALICLOUD_ACCESS_KEY"),
            "secret": ("OSS_ACCESS_KEY_SECRET", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ALICLOUD_SECRET_KEY"),
            "token": ("OSS_SESSION_TOKEN", "ALIBABA_CLOUD_SECURITY_TOKEN", "ALICLOUD_SECURITY_TOKEN"),
        }
        found = {key: next(filter(None, map(os.environ.get, words)), None) for key, words in names.items()}
        return {key: value for key, value in found.items() if value}
    if protocol in ("gs", "gcs"):
        return {"token": "anon"} if _on(given, "anonymous") else {}
    if protocol == "azblob":  # the engine's name of the account, where the library has one of its own
        account = given.get("storage_account") or os.environ.get("AZURE_STORAGE_ACCOUNT")
        return {"account_name": account} if account else {}
    return {"account_name": given["storage_account"]} if "storage_account" in given else {}


def _s3(given: dict[str, str], at_once: int, attempts: int) -> dict[str, Any]:
    # A remembered listing answers for states that are gone; only ten requests are in flight unless it is told otherwise; and
    # an object that may be read in pieces is asked for its size first.
    config: dict[str, Any] = {"max_pool_connections": at_once, "retries": {"max_attempts": attempts, "mode": "standard"}}
    options: dict[str, Any] = {"use_listings_cache": False, "max_concurrency": 1, "config_kwargs": config}
    if _on(given, "use_path_style", "s3ForcePathStyle"):
        config["s3"] = {"addressing_style": "path"}
    if "region" in given:
        options["client_kwargs"] = {"region_name": given["region"]}
    if "profile" in given:
        options["profile"] = given["profile"]
    if endpoint := given.get("endpoint"):
        scheme = "http" if _on(given, "disable_https", "disableSSL") else "https"
        options["endpoint_url"] = endpoint if "://" in endpoint else f"{scheme}://{endpoint}"
    if _on(given, "anonymous"):
        options["anon"] = True
    return options


def _parameters(protocol: str, url: str) -> dict[str, str]:
    plain, parameters = split_url(url)
    given = dict(parse_qsl(parameters.removeprefix("?"), keep_blank_values=True))
    known = _KNOWN.get(protocol, frozenset())
    for name in given:
        if name not in known and name not in _PASSED_OVER:
            near = nearest(name, known)
            meant = f"did you mean {near}?" if near else f"known: {', '.join(sorted(known))}"
            # the URL is not repeated as a whole: what is no parameter here may be the key of whoever signed it
            raise UnreadableInput(plain, f"{protocol}:// takes no parameter {name!r}; {meant}")
    return given


def _on(given: dict[str, str], *names: str) -> bool:
    return any(given.get(name, "").lower() in ("true", "1") for name in names)
