#!/usr/bin/env bash
# An object of Alibaba Cloud's OSS that is stored packed, with `Content-Encoding: gzip` so that browsers unpack it, is unpacked by the
# two file systems of `ossfs` alike. AioOSSFileSystem then gives as many bytes of it as it has while it is packed, and nothing says so:
# of 6,400 bytes of JSON the first 88. Its HTTP client unpacks, and aiooss2 ends at the Content-Length, which is that of what
# travels. OSSFileSystem gives all of it. `info` and `find` have the packed size in either.
# Needs python3 and a C compiler (for crcmod, which oss2 asks for). Seen with ossfs 2025.5.0, aiooss2 0.2.11, oss2 2.18.4, aiohttp 3.14.5.
# What answers here is a stand-in for the service: GetObject and HeadObject of such an object.
# cenguard reads the answer itself (cenguard/fleet/oss.py); tests/fleet/test_oss.py, test_what_is_stored_packed_is_read_to_its_end.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check ossfs==2025.5.0 aiooss2==0.2.11 oss2==2.18.4 fsspec==2026.9.0 aiohttp==3.14.5
cat > program.py <<'PY'
import gzip
import logging
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import fsspec
from ossfs import AioOSSFileSystem

logging.disable(logging.CRITICAL)
PLAIN = b'{"version": 4, "resources": []}\n' * 200
PACKED = gzip.compress(PLAIN, mtime=0)
HEADERS = {"ETag": '"5B3C1A2E053D763E1B002CC607C5A0FE"', "Last-Modified": "Sun, 01 Nov 2026 10:00:00 GMT", "Content-Type": "application/json"}
STORED = {"/states/plain.json": (PLAIN, {}), "/states/packed.json": (PACKED, {"Content-Encoding": "gzip"})}


class Service(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        content, more = STORED[self.path]
        self.send_response(200)
        for name, value in {**HEADERS, **more, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)

    do_HEAD = do_GET


service = ThreadingHTTPServer(("127.0.0.1", 0), Service)
Thread(target=service.serve_forever, daemon=True).start()
options = {"endpoint": f"http://127.0.0.1:{service.server_port}", "key": "id", "secret": "word"}
for system in (fsspec.filesystem("oss", **options), AioOSSFileSystem(**options)):
    for name in ("plain", "packed"):
        got = system.cat_file(f"states/{name}.json")
        said = "whole" if got == PLAIN else "packed" if got == PACKED else "cut" if PLAIN.startswith(got) else "something else"
        count = "as many bytes as it has packed" if len(got) == len(PACKED) else f"{len(got)} bytes"
        print(f"{type(system).__name__}, stored {name}: {said}, {count}")
PY
timeout 120 env/bin/python program.py | tee seen
for system in OSSFileSystem AioOSSFileSystem; do
    grep -qxF "$system, stored plain: whole, 6400 bytes" seen
done
grep -qxF "OSSFileSystem, stored packed: whole, 6400 bytes" seen
grep -qxF "AioOSSFileSystem, stored packed: cut, as many bytes as it has packed" seen
echo "as before"
