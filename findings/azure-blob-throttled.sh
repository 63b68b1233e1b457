#!/usr/bin/env bash
# A service that is busy may say when to ask again: 429 or 503, with `Retry-After` (RFC 6585, RFC 9110). Azure's SDK for Python has a
# policy for it in azure-core, which waits as long as it is told and asks again, after either. The client of Azure's containers has one
# of its own that looks neither at 429, which is an error after one request, nor at the header: told to wait two seconds, it waits
# more than 15. The client in Node.js does not ask again after 429 either, and after a 503 it asks at once.
# Microsoft's page on retries in the SDK for Python speaks of one policy for all services, and names these containers first
# (https://learn.microsoft.com/azure/developer/python/sdk/fundamentals/http-pipeline-retries, retrieved 2026-11).
#   told to wait 2 s       azure-core   azure-storage-blob   adlfs       @azure/storage-blob
#   429                    read         an error             an error    an error
#   503                    after 2 s    after 15 to 21 s     the same    at once
# So adlfs, fsspec's reader of these containers, gives up a listing at its first 429, as a proxy or gateway before a service sends it.
# Needs python3, node and npm. Seen with azure-storage-blob 12.31.1, azure-core 1.41.0, adlfs 2026.8.0 (PyPI) and @azure/storage-blob
# 12.28.0 (npm). What answers here is a stand-in for the service that is busy once.
# cenguard asks for listings and states again itself (cenguard/fleet/patience.py); tests/fleet/test_buckets.py,
# test_a_listing_is_asked_for_again_as_a_state_is and test_a_bucket_is_the_folder_and_each_state_costs_one_request.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check azure-storage-blob==12.31.1 azure-core==1.41.0 requests==2.32.5 adlfs==2026.8.0 fsspec==2026.9.0 aiohttp==3.14.5
npm install --silent --no-fund --no-audit @azure/storage-blob@12.28.0 > installed 2>&1 || { cat installed; exit 1; }
cat > program.py <<'PY'
import os
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import adlfs
from azure.core import PipelineClient
from azure.core.exceptions import HttpResponseError
from azure.core.pipeline.policies import RetryPolicy
from azure.core.rest import HttpRequest
from azure.storage.blob import BlobServiceClient

KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="  # the one that emulators document


class Busy(BaseHTTPRequestHandler):
    """Is busy once, and asks for two seconds; then it answers."""

    status, asked = 0, []

    def do_GET(self):
        self.asked.append(time.monotonic())
        first = len(self.asked) == 1
        body = b"<?xml version='1.0'?><Error><Code>ServerBusy</Code><Message>The server is busy.</Message></Error>" if first else b"{}"
        self.send_response(self.status if first else 200)
        for name, value in {
            "Content-Type": "application/xml" if first else "application/json",
            "Content-Length": len(body),
            "ETag": '"0x1"',
            "Last-Modified": "Sun, 01 Nov 2026 02:03:04 GMT",
            "x-ms-blob-type": "BlockBlob",
            **({"x-ms-error-code": "ServerBusy", "Retry-After": 2} if first else {"Content-Range": f"bytes 0-1/{len(body)}"}),
        }.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Busy)
threading.Thread(target=server.serve_forever, daemon=True).start()
ADDRESS = f"http://127.0.0.1:{server.server_port}"
ACCOUNT = f"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey={KEY};BlobEndpoint={ADDRESS}/devstoreaccount1;"


def core():
    client = PipelineClient(ADDRESS, policies=[RetryPolicy()])
    client.send_request(HttpRequest("GET", f"{ADDRESS}/devstoreaccount1/states/net.json")).raise_for_status()


def blob():
    BlobServiceClient.from_connection_string(ACCOUNT).get_blob_client("states", "net.json").download_blob().readall()


def fsspec():
    adlfs.AzureBlobFileSystem(connection_string=ACCOUNT, skip_instance_cache=True).cat_file("states/net.json")


NODE = """
const { BlobServiceClient } = require("@azure/storage-blob");
const blob = BlobServiceClient.fromConnectionString(process.env.ACCOUNT).getContainerClient("states").getBlobClient("net.json");
blob.downloadToBuffer(0, 2).catch((error) => { console.log("status", error.statusCode); process.exit(1); });
"""


def node():
    subprocess.run(["node", "-e", NODE], env=os.environ | {"ACCOUNT": ACCOUNT}, check=True, capture_output=True, text=True)


for status in (429, 503):
    for name, ask in {"azure-core": core, "azure-storage-blob": blob, "adlfs": fsspec, "@azure/storage-blob": node}.items():
        Busy.status, Busy.asked = status, []
        try:
            ask()
            told = "read"
        except HttpResponseError as error:
            told = f"status {error.status_code}"
        except subprocess.CalledProcessError as error:
            told = error.stdout.strip()
        waited = Busy.asked[-1] - Busy.asked[0]
        when = "at once" if waited < 1 else "as told" if waited < 10 else "15 s and more later" if waited >= 15 else "otherwise"
        requests = f"after asking again {when}" if len(Busy.asked) == 2 else "at the first request"
        print(f"{status}, {name}: {told} {requests}", flush=True)
PY
timeout 240 env/bin/python program.py | tee seen
cat > expected <<'TEXT'
429, azure-core: read after asking again as told
429, azure-storage-blob: status 429 at the first request
429, adlfs: status 429 at the first request
429, @azure/storage-blob: status 429 at the first request
503, azure-core: read after asking again as told
503, azure-storage-blob: read after asking again 15 s and more later
503, adlfs: read after asking again 15 s and more later
503, @azure/storage-blob: read after asking again at once
TEXT
diff expected seen
echo "as before"
