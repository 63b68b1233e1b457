#!/usr/bin/env bash
# Two objects of a bucket may be called `net/prod.json` and `net//prod.json`: where a folder that ends in a slash was put before "/prod.json",
# as scripts do (`$FOLDER/$NAME`). cloudpathlib keeps what it reads in a local folder under the object's name, where the two are one
# file: whichever of them is read second is given the content of the first, without a message, unless it is the newer one by its date.
# A script over the states of a fleet takes one stack for another one. The paths differ, and so do `etag` and `stat` of the two;
# all paths of a client share the copies, in the default way of caching. With `file_cache_mode="close_file"` each is read as it is.
# From the bucket downwards `rglob`, `glob` and `walk` never show the one with two slashes; `iterdir` of "net//" does.
# The documentation's page on caching says that a file is fetched again when it is newer in the cloud, and has no word of names. Issue 351 of
# the library is about keys that begin with slashes, or have several, and are not found; none was found in which another object is read.
# Needs python3. Seen with cloudpathlib 0.26.0 and boto3 1.43.117; moto 5.2.5 is the service.
# cenguard reads a bucket by its keys, with fsspec (cenguard/fleet/stores.py); tests/fleet/test_buckets.py,
# test_a_url_may_end_in_a_slash_and_a_folder_may_have_no_name.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check cloudpathlib==0.26.0 boto3==1.43.117 botocore==1.43.117 'moto[s3]==5.2.5'
cat > program.py <<'PY'
import os

import boto3
from cloudpathlib import S3Client
from moto import mock_aws

os.environ |= {"AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "word", "AWS_DEFAULT_REGION": "us-east-1"}
KEYS = ("net/prod.json", "net//prod.json")


def read(keys, **options):
    client = S3Client(**options)
    paths = [client.CloudPath(f"s3://states/{key}") for key in keys]
    told = ", ".join(f"{path.key} has {path.read_text()}" for path in paths)
    return f"{told}; equal paths {paths[0] == paths[1]}, equal etags {paths[0].etag == paths[1].etag}"


with mock_aws():
    service = boto3.client("s3")
    service.create_bucket(Bucket="states")
    for key in KEYS:
        service.put_object(Bucket="states", Key=key, Body=f"<{key}>".encode())
    print("boto3:", ", ".join(f"{key} has {service.get_object(Bucket='states', Key=key)['Body'].read().decode()}" for key in KEYS))
    for keys in (KEYS, KEYS[::-1]):
        print("cloudpathlib:", read(keys))
    print("cloudpathlib, close_file:", read(KEYS, file_cache_mode="close_file"))
    client = S3Client()
    print("rglob:", *(path.key for path in client.CloudPath("s3://states/").rglob("*.json")))
    print("iterdir of net//:", *(path.key for path in client.CloudPath("s3://states/net//").iterdir() if path.key != "net"))
PY
env/bin/python -W ignore program.py | tee seen
cat > expected <<'END'
boto3: net/prod.json has <net/prod.json>, net//prod.json has <net//prod.json>
cloudpathlib: net/prod.json has <net/prod.json>, net//prod.json has <net/prod.json>; equal paths False, equal etags False
cloudpathlib: net//prod.json has <net//prod.json>, net/prod.json has <net//prod.json>; equal paths False, equal etags False
cloudpathlib, close_file: net/prod.json has <net/prod.json>, net//prod.json has <net//prod.json>; equal paths False, equal etags False
rglob: net/prod.json
iterdir of net//: net//prod.json
END
diff expected seen
echo "as before"
