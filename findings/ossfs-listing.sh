#!/usr/bin/env bash
# What `ossfs`, fsspec's reader of Alibaba Cloud's OSS, leaves out of a bucket without a word. `find` and `walk` go folder by folder.
# - They never come to an object below a folder without a name (`net//prod.json`, which `$FOLDER/$NAME` makes of a folder that ends in
#   a slash), and show a file `net//` of no bytes in its place.
# - A folder that this user may not list is passed over by `fsspec.filesystem("oss")`: the bucket is smaller. AioOSSFileSystem of the
#   same package raises oss2's own error, which is neither a PermissionError nor an OSError, as a reader by fsspec expects it.
# - `find` with a prefix makes one flat listing, which has everything; `fsspec.filesystem("oss")` remembers it as that of the folder, so
#   that from then on `ls` and `find` of the folder show what has the prefix, and nothing else.
# Needs python3 and a C compiler (for crcmod, which oss2 asks for). Seen with ossfs 2025.5.0, aiooss2 0.2.11, oss2 2.18.4, fsspec 2026.9.0.
# What answers here is a stand-in for the service: GetBucket (ListObjects) as its documentation has it.
# cenguard lists such a bucket as a whole (cenguard/fleet/oss.py); tests/fleet/test_oss.py, test_a_bucket_is_listed_as_a_whole.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check ossfs==2025.5.0 aiooss2==0.2.11 oss2==2.18.4 fsspec==2026.9.0 aiohttp==3.14.5
cat > program.py <<'PY'
import logging
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, quote, urlsplit

import fsspec
from ossfs import AioOSSFileSystem

logging.disable(logging.CRITICAL)
OBJECTS = ["apps/a.json", "apps/b.json", "net//prod.json", "net/dev.json", "net/prod.json", "top.json"]
refused = {}


class Service(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, text):
        self.send_response(status)
        self.send_header("Content-Type", "application/xml")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(text.encode())

    def do_GET(self):
        url = urlsplit(self.path)
        asked = {key: values[0] for key, values in parse_qs(url.query).items()}
        prefix, delimiter = asked.get("prefix", ""), asked.get("delimiter", "")
        if url.path.strip("/") != "states":
            self.answer(404, "<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>")
        elif prefix in refused:
            status, code = refused[prefix]
            self.answer(status, f"<Error><Code>{code}</Code><Message>{code}</Message></Error>")
        else:
            rows, folders = "", []
            for key in OBJECTS:
                if key.startswith(prefix):
                    head, found, _ = key[len(prefix) :].partition(delimiter) if delimiter else (key, "", "")
                    if found:
                        folders.append(prefix + head + delimiter)
                    else:
                        rows += (
                            f"<Contents><Key>{quote(key, safe='')}</Key><LastModified>2026-11-01T10:00:00.000Z</LastModified>"
                            '<ETag>"5B3C1A2E053D763E1B002CC607C5A0FE"</ETag><Type>Normal</Type><Size>2</Size>'
                            "<StorageClass>Standard</StorageClass></Contents>"
                        )
            rows += "".join(f"<CommonPrefixes><Prefix>{quote(item, safe='')}</Prefix></CommonPrefixes>" for item in dict.fromkeys(folders))
            self.answer(
                200,
                f"<ListBucketResult><Name>states</Name><Prefix>{quote(prefix, safe='')}</Prefix><Marker></Marker><MaxKeys>100</MaxKeys>"
                f"<Delimiter>{quote(delimiter, safe='')}</Delimiter><EncodingType>url</EncodingType><IsTruncated>false</IsTruncated>"
                f"{rows}</ListBucketResult>",
            )

    do_HEAD = do_GET


service = ThreadingHTTPServer(("127.0.0.1", 0), Service)
Thread(target=service.serve_forever, daemon=True).start()
options = {"endpoint": f"http://127.0.0.1:{service.server_port}", "key": "id", "secret": "word", "skip_instance_cache": True}


def find(system, *path, **more):
    try:
        found = system.find(*path, **more)
        return " ".join(item.removeprefix("states/") for item in found)
    except Exception as error:
        return f"{type(error).__module__}.{type(error).__name__}, an OSError: {isinstance(error, OSError)}"


SYSTEMS = {"OSSFileSystem": lambda: fsspec.filesystem("oss", **options), "AioOSSFileSystem": lambda: AioOSSFileSystem(**options)}
for name, opened in SYSTEMS.items():
    refused.clear()
    system = opened()
    print(f"{name}: {type(system).__name__}")
    print(f"{name}, everything: {find(system, 'states')}")
    system = opened()
    print(f"{name}, with the prefix p: {find(system, 'states/net', prefix='p')}")
    print(f"{name}, with the prefix d: {find(system, 'states/net', prefix='d')}")
    print(f"{name}, the folder after it: {find(system, 'states/net')}")
    refused["apps/"] = 403, "AccessDenied"
    print(f"{name}, apps may not be listed: {find(opened(), 'states')}")
PY
timeout 120 env/bin/python program.py | tee seen
for system in OSSFileSystem AioOSSFileSystem; do
    grep -qxF "$system, everything: apps/a.json apps/b.json net// net/dev.json net/prod.json top.json" seen
done
grep -qxF "OSSFileSystem: OSSFileSystem" seen
grep -qxF "OSSFileSystem, the folder after it: net/dev.json" seen
grep -qxF "AioOSSFileSystem, the folder after it: net// net/dev.json net/prod.json" seen
grep -qxF "OSSFileSystem, apps may not be listed: net// net/dev.json net/prod.json top.json" seen
grep -qxF "AioOSSFileSystem, apps may not be listed: oss2.exceptions.AccessDenied, an OSError: False" seen
echo "as before"
