#!/usr/bin/env bash
# `ossfs`, fsspec's reader of Alibaba Cloud's OSS, signs each request with the service's first algorithm ("OSS KEY:…"). The service no
# longer takes it of accounts made since March 2025, nor for buckets made since September 2025
# (https://www.alibabacloud.com/help/en/oss/developer-reference/guidelines-for-upgrading-v1-signatures-to-v4-signatures, retrieved
# 2026-11). A request that is denied for it (403, AccessDenied) is an empty bucket to `fsspec.filesystem("oss")`. Nothing that ossfs is
# given changes it: `region`, `sign_version` and whatever else oss2 or others call it are taken by its file systems and dropped without
# a word. The library below it can do it: oss2 has AuthV4, and its own Bucket signs "OSS4-HMAC-SHA256" with the same key.
# Needs python3 and a C compiler (for crcmod, which oss2 asks for). Seen with ossfs 2025.5.0, aiooss2 0.2.11, oss2 2.18.4, fsspec 2026.9.0.
# What answers here is a stand-in for the service that looks at the signature's kind, and lists a bucket with one object.
# cenguard signs with the new one (cenguard/fleet/oss.py); tests/fleet/test_oss.py, test_requests_are_signed_for_the_region_of_the_bucket.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check ossfs==2025.5.0 aiooss2==0.2.11 oss2==2.18.4 fsspec==2026.9.0 aiohttp==3.14.5
cat > program.py <<'PY'
import logging
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import fsspec
import oss2
from ossfs import AioOSSFileSystem

logging.disable(logging.CRITICAL)
kinds = []
FOUND = (
    "<ListBucketResult><Name>states</Name><Prefix></Prefix><Marker></Marker><MaxKeys>100</MaxKeys><Delimiter></Delimiter>"
    "<EncodingType>url</EncodingType><IsTruncated>false</IsTruncated><Contents><Key>net.json</Key>"
    '<LastModified>2026-11-01T10:00:00.000Z</LastModified><ETag>"5B3C1A2E053D763E1B002CC607C5A0FE"</ETag><Type>Normal</Type>'
    "<Size>2</Size><StorageClass>Standard</StorageClass></Contents></ListBucketResult>"
)


class Service(BaseHTTPRequestHandler):
    """A bucket of today: it takes the new signature alone."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        kinds.append(self.headers.get("authorization", "none").split(" ")[0])
        new = kinds[-1] == "OSS4-HMAC-SHA256"
        text = FOUND if new else "<Error><Code>AccessDenied</Code><Message>no longer supported</Message></Error>"
        self.send_response(200 if new else 403)
        self.send_header("Content-Type", "application/xml")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(text.encode())

    do_HEAD = do_GET


service = ThreadingHTTPServer(("127.0.0.1", 0), Service)
Thread(target=service.serve_forever, daemon=True).start()
endpoint = f"http://127.0.0.1:{service.server_port}"
options = {"endpoint": endpoint, "key": "id", "secret": "word", "skip_instance_cache": True}
more = {"region": "cn-hangzhou", "sign_version": "v4", "auth_version": "v4", "signature_version": "v4"}


def tell(name, ask):
    kinds.clear()
    try:
        found = " ".join(ask()) or "an empty bucket"
    except Exception as error:
        found = type(error).__name__
    print(f"{name}: {' '.join(sorted(set(kinds)))}, {found}")


tell("OSSFileSystem", lambda: fsspec.filesystem("oss", **options).find("states"))
tell("OSSFileSystem with a region", lambda: fsspec.filesystem("oss", **options, **more).find("states"))
tell("AioOSSFileSystem", lambda: AioOSSFileSystem(**options).find("states"))
tell("AioOSSFileSystem with a region", lambda: AioOSSFileSystem(**options, **more).find("states"))
bucket = oss2.Bucket(oss2.AuthV4("id", "word"), endpoint, "states", region="cn-hangzhou")
tell("oss2", lambda: [item.key for item in oss2.ObjectIterator(bucket)])
PY
timeout 120 env/bin/python program.py | tee seen
for way in "OSSFileSystem" "OSSFileSystem with a region"; do
    grep -qxF "$way: OSS, an empty bucket" seen
    grep -qxF "Aio$way: OSS, AccessDenied" seen
done
grep -qxF "oss2: OSS4-HMAC-SHA256, net.json" seen
echo "as before"
