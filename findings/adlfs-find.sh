#!/usr/bin/env bash
# `find(PATH, detail=True)` of adlfs, fsspec's reader of Azure's containers, gives a mapping of names for a folder, and a list with the
# bare name for an object: who asks for the size or ETag of one state meets "'list' object has no attribute 'items'". What lies in a
# folder that has the name of an object (`net` beside `net/prod.json`, as two keys of Terraform's backend azurerm may be) is then not
# found, and no message says so: `find`, `walk`, `ls` and `isdir` of the folder see the object alone, and `glob` below it ends in the
# same AttributeError. From the container downwards everything is there. The file systems of S3 and Google answer `find` with a mapping.
# Needs python3, node and npm. Seen with adlfs 2026.8.0, azure-storage-blob 12.31.1, fsspec 2026.9.0, and azurite 3.35.0 as the service.
# cenguard/fleet/stores.py lists such a path by its beginning; tests/fleet/test_buckets.py,
# test_one_state_of_a_bucket_and_a_folder_that_has_the_name_of_an_object.
set -euo pipefail
place=$(mktemp -d); service=; trap '[ -z "$service" ] || kill "$service"; rm -rf "$place"' EXIT; cd "$place"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check adlfs==2026.8.0 azure-storage-blob==12.31.1 fsspec==2026.9.0 aiohttp==3.14.5
npm install --silent --no-fund --no-audit azurite@3.35.0 > installed 2>&1 || { cat installed; exit 1; }
port=$(python3 -c "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])")
timeout 120 node node_modules/azurite/dist/src/blob/main.js --silent --inMemoryPersistence --skipApiVersionCheck --blobPort "$port" > service.log 2>&1 &
service=$!
cat > program.py <<'PY'
import sys
import time

import adlfs
from azure.core.exceptions import ServiceRequestError
from azure.storage.blob import BlobServiceClient

# The account and key that the emulator documents.
KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
ACCOUNT = f"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey={KEY};"
ACCOUNT += f"BlobEndpoint=http://127.0.0.1:{sys.argv[1]}/devstoreaccount1;"
service = BlobServiceClient.from_connection_string(ACCOUNT, retry_total=0)
for _ in range(60):
    try:
        container = service.create_container("states")
        break
    except ServiceRequestError:
        time.sleep(0.5)
for name in ("apps/a.json", "net", "net/prod.json"):
    container.upload_blob(name, b"{}")


def tell(method, *path, **more):
    system = adlfs.AzureBlobFileSystem(connection_string=ACCOUNT, skip_instance_cache=True)
    try:
        answer = getattr(system, method)(*path, **more)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return f"{type(answer).__name__}: {' '.join(answer)}"


print("find the folder apps,", tell("find", "states/apps", detail=True))
print("find the object apps/a.json,", tell("find", "states/apps/a.json", detail=True))
print("find net,", tell("find", "states/net", detail=True))
print("ls net,", tell("ls", "states/net", detail=False))
print("glob net/*,", tell("glob", "states/net/*"))
print("find all,", tell("find", "states", detail=True))
PY
timeout 120 env/bin/python program.py "$port" | tee seen
grep -qxF "find the folder apps, dict: states/apps/a.json" seen
grep -qxF "find the object apps/a.json, list: states/apps/a.json" seen
grep -qxF "find net, list: states/net" seen
grep -qxF "ls net, list: states/net" seen
grep -qxF "glob net/*, AttributeError: 'list' object has no attribute 'items'" seen
grep -qxF "find all, dict: states/apps/a.json states/net states/net/prod.json" seen
echo "as before"
