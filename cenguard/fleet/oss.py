"""Buckets of OSS, with every object in their listings and every byte in what is read.

`ossfs` walks a bucket folder by folder, a request each: it never comes to what lies below an empty name (`net//prod.tfstate`, which
whoever puts a folder with a slash at its end before a name makes), and tells no ETag. What is stored with `Content-Encoding: gzip` it
unpacks, and cuts at the length that it has when it is packed. It signs as OSS no longer takes it for buckets made since September 2025
(https://www.alibabacloud.com/help/en/oss/developer-reference/guidelines-for-upgrading-v1-signatures-to-v4-signatures, retrieved 2026-11).
Seen with ossfs 2025.5.0 and aiooss2 0.2.11.
"""

import os
import re
from functools import partial
from typing import Any

from cenguard.fleet.patience import ENOUGH, patiently_awaited

_REGIONAL = re.compile(r"(?:https?://)?oss-((?:cn|ap|eu|me|na|us)-(?!hz|sz)[a-z]+(?:-\d+)?)(?:-internal)?\.aliyuncs\.com/?")
"""Endpoints of finance and government (oss-cn-hzfinance, oss-cn-north-2-gov-1) have names that are not always those of their regions."""
MOST = 1000
"""Objects in an answer: the most that the service lists at once."""
CONNECTIONS = 100
"""More than there are requests in flight, each of which holds one: a page of a listing that was cut never gives its own back."""


def region_of(endpoint: str) -> str:
    """The region of a bucket's endpoint, with which its requests are signed; "" where it does not say.

    >>> region_of("https://oss-cn-hangzhou-internal.aliyuncs.com"), region_of("https://oss-accelerate.aliyuncs.com")
    ('cn-hangzhou', '')
    """
    told = _REGIONAL.fullmatch(endpoint)
    return told[1] if told else ""


def oss_system() -> Any:
    """The kind of file system that reads buckets of OSS, many requests at once.

    Raises:
        ImportError: the library that reads them is not installed.
    """
    from oss2.auth import AUTH_VERSION_4, StsAuth
    from ossfs import AioOSSFileSystem  # the name of the protocol alone gives the one that asks for one object after the other

    class Signature(StsAuth):  # type: ignore[misc]  # the libraries have no types
        """The signature of today, which is of a region; a key without a token has an empty one."""

        def __init__(self, key: str, secret: str, token: str, region: str) -> None:
            super().__init__(key, secret, token, AUTH_VERSION_4)
            self.region = region

        def _sign_request(self, req: Any, bucket_name: str, key: str) -> None:
            req.region, req.product, req.cloudbox_id = self.region, "oss", None  # which requests of aiooss2 do not have
            super()._sign_request(req, bucket_name, key)

    class Oss(AioOSSFileSystem):  # type: ignore[misc]
        """Its concurrent file system, with ways of its own to sign, to list and to read."""

        def __init__(self, key: str = "", secret: str = "", token: str = "", **options: Any) -> None:
            super().__init__(key=key, secret=secret, token=token, psize=CONNECTIONS, **options)
            region = os.environ.get("OSS_REGION") or region_of(self._endpoint or "")
            if region and key:
                self._auth = Signature(key, secret, token, region)

        @classmethod
        def _strip_protocol(cls, path: str) -> str:
            # its names have no slash at their beginning, what it makes of a URL has
            return str(super()._strip_protocol(path)).strip("/")

        async def _find(self, path: str, **_options: Any) -> dict[str, dict[str, Any]]:
            bucket, key = self.split_path(path)
            found = await self._beginning_with(bucket, f"{key}/" if key else "")
            if key and not found:  # the path may be an object
                first = await self._beginning_with(bucket, key, most=1)
                return {name: info for name, info in first.items() if name == f"{bucket}/{key}"}
            return found

        async def _beginning_with(self, bucket: str, prefix: str, most: int = 0) -> dict[str, dict[str, Any]]:
            found: dict[str, dict[str, Any]] = {}
            marker = ""
            while True:
                page = partial(self._call_oss, "list_objects", bucket=bucket, prefix=prefix, marker=marker, max_keys=most or MOST)
                told = await patiently_awaited(
                    page, ENOUGH
                )  # its own iterator asks three times at once, and not when told to wait
                for item in told.object_list:
                    name = f"{bucket}/{item.key}"
                    found[name] = {
                        "name": name,
                        "type": "file",
                        "size": item.size,
                        "ETag": item.etag,
                        "LastModified": item.last_modified,
                    }
                if most or not told.is_truncated:
                    return found
                marker = told.next_marker

        async def _cat_file(self, path: str, **_options: Any) -> bytes:
            bucket, key = self.split_path(path)
            answer = await self._call_oss("get_object", bucket=bucket, key=key)
            try:
                content: bytes = await answer.resp.read()  # `answer.read()` ends at the length of what is packed
            finally:  # else an answer that was cut keeps its connection, and the next requests wait for one for ever
                answer.resp.release()
            return content

    return Oss
