#!/usr/bin/env bash
# Two objects of a bucket may be called `net/prod.json` and `net//prod.json`: where a folder that ends in a slash was put before "/prod.json",
# as scripts do (`$FOLDER/$NAME`). cloudpathlib keeps what it reads in a local folder under the object's name, where the two are one
# file, and takes the copy of the first for one of the second. What the second of them gives depends on their dates:
#   the second object is     its `read_text` gives
#   of the same date         the content of the first, without a message (dates count by the second: a copied bucket has many of one)
#   older                    an error that the local file has changes: it advises to push them to the cloud, which is the other's content
#   newer                    its own content
# A script over the states of a fleet takes one stack for another one. The paths differ, and so do `etag` and `stat`;
# all paths of a client share the copies, in the default way of caching. With `file_cache_mode="close_file"` each is read as it is.
# From the bucket downwards `rglob`, `glob` and `walk` never show the one with two slashes; `iterdir` of "net//" does. Issue 351 of the
# library is about keys that begin with slashes, or have several, and are not found; none was found in which another object is read.
# Needs python3. Seen with cloudpathlib 0.26.0 and boto3 1.43.117; moto 5.2.5 is the service.
# cenguard reads a bucket by its keys, with fsspec (cenguard/fleet/stores.py); tests/fleet/test_buckets.py,
# test_a_url_may_end_in_a_slash_and_a_folder_may_have_no_name.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check cloudpathlib==0.26.0 boto3==1.43.117 botocore==1.43.117 'moto[s3]==5.2.5'
cat > program.py <<'PY'
import os
from datetime import UTC, datetime

import boto3
from cloudpathlib import S3Client
from cloudpathlib.exceptions import OverwriteNewerLocalError
from moto import mock_aws
from moto.s3.models import s3_backends

os.environ |= {"AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "word", "AWS_DEFAULT_REGION": "us-east-1"}
ONE, OTHER = "net/prod.json", "net//prod.json"


def dated(one, other):
    """Say on which days the two objects were written."""
    (kept,) = (backend["aws"].buckets["states"].keys for _, backend in s3_backends.items() if "states" in backend["aws"].buckets)
    for key, day in ((ONE, one), (OTHER, other)):
        kept[key].last_modified = datetime(2026, 11, day, tzinfo=UTC)


def read(first, second, **options):
    client = S3Client(**options)
    paths = [client.CloudPath(f"s3://states/{key}") for key in (first, second)]
    told = []
    for path in paths:
        try:
            told.append(f"{path.key} has {path.read_text()}")
        except OverwriteNewerLocalError as error:
            told.append(f"{path.key}: OverwriteNewerLocalError, advises to push: {'push your changes to the cloud' in str(error)}")
    return f"{', '.join(told)}; equal paths {paths[0] == paths[1]}, equal etags {paths[0].etag == paths[1].etag}"


with mock_aws():
    service = boto3.client("s3")
    service.create_bucket(Bucket="states")
    for key in (ONE, OTHER):
        service.put_object(Bucket="states", Key=key, Body=f"<{key}>".encode())
    print("boto3:", ", ".join(f"{key} has {service.get_object(Bucket='states', Key=key)['Body'].read().decode()}" for key in (ONE, OTHER)))
    dated(2, 2)
    print("same date:", read(ONE, OTHER))
    print("same date:", read(OTHER, ONE))
    print("same date, close_file:", read(ONE, OTHER, file_cache_mode="close_file"))
    dated(2, 1)
    print("older:", read(ONE, OTHER))
    dated(2, 3)
    print("newer:", read(ONE, OTHER))
    client = S3Client()
    print("rglob:", *(path.key for path in client.CloudPath("s3://states/").rglob("*.json")))
    print("iterdir of net//:", *(path.key for path in client.CloudPath("s3://states/net//").iterdir() if path.key != "net"))
PY
env/bin/python -W ignore program.py | tee seen
cat > expected <<'END'
boto3: net/prod.json has <net/prod.json>, net//prod.json has <net//prod.json>
same date: net/prod.json has <net/prod.json>, net//prod.json has <net/prod.json>; equal paths False, equal etags False
same date: net//prod.json has <net//prod.json>, net/prod.json has <net//prod.json>; equal paths False, equal etags False
same date, close_file: net/prod.json has <net/prod.json>, net//prod.json has <net//prod.json>; equal paths False, equal etags False
older: net/prod.json has <net/prod.json>, net//prod.json: OverwriteNewerLocalError, advises to push: True; equal paths False, equal etags False
newer: net/prod.json has <net/prod.json>, net//prod.json has <net//prod.json>; equal paths False, equal etags False
rglob: net/prod.json
iterdir of net//: net//prod.json
END
diff expected seen
echo "as before"
