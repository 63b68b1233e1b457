"""What a bucket's library is told: from the URL, and from the environment."""

import os
import sys

import pytest

from cenguard.errors import UnreadableInput
from cenguard.fleet import patience, stores
from cenguard.fleet.bucket_parameters import options_of


def opened_with(url):
    return options_of(url.partition("://")[0], url, stores.AT_ONCE, patience.ATTEMPTS)


def test_a_url_may_be_as_the_login_to_a_backend_has_it(monkeypatch):
    """`pulumi login` takes the region, the endpoint and the profile from the URL: the same URL is audited."""
    told = opened_with(
        "s3://states/net?region=cn-north-1&endpoint=minio:9000&disableSSL=true&s3ForcePathStyle=true&profile=net&awssdk=v2"
    )
    monkeypatch.setenv("AZURE_STORAGE_ACCOUNT", "ours")

    assert told["client_kwargs"] == {"region_name": "cn-north-1"}
    assert (told["endpoint_url"], told["profile"]) == ("http://minio:9000", "net")
    assert told["config_kwargs"]["s3"] == {"addressing_style": "path"}
    assert opened_with("s3://states?endpoint=https://minio")["endpoint_url"] == "https://minio"
    assert {"endpoint_url", "profile", "client_kwargs"}.isdisjoint(opened_with("s3://states"))
    assert opened_with("azblob://states") == {"account_name": "ours"}
    assert opened_with("azblob://states?storage_account=theirs") == {"account_name": "theirs"}


def test_a_parameter_that_nobody_knows_is_refused():
    with pytest.raises(UnreadableInput, match=r"^s3://states: s3:// takes no parameter 'regoin'; did you mean region\?$"):
        opened_with("s3://states?regoin=x")


def test_credentials_of_oss_are_handed_over(monkeypatch):
    for name in (
        "OSS_ACCESS_KEY_ID",
        "OSS_ACCESS_KEY_SECRET",
        "OSS_SESSION_TOKEN",
        "ALIBABA_CLOUD_SECURITY_TOKEN",
        "ALICLOUD_SECURITY_TOKEN",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ALIBABA_CLOUD_ACCESS_KEY_ID", "id")
    monkeypatch.setenv("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "word")

    assert opened_with("oss://states") == {"key": "id", "secret": "word"}


def test_the_layout_of_a_bucket_of_google_is_not_asked_for(monkeypatch):
    monkeypatch.delenv("GCSFS_EXPERIMENTAL_ZB_HNS_SUPPORT", raising=False)
    monkeypatch.setitem(sys.modules, "gcsfs", None)
    with pytest.raises(UnreadableInput, match=r"pip install .* gcsfs"):
        stores.open_store("gs", "gs://x")

    assert os.environ.pop("GCSFS_EXPERIMENTAL_ZB_HNS_SUPPORT") == "false"
