"""Buckets of OSS: what the library that reads them leaves out or cuts off is listed and read all the same."""

import os
import sys
from types import ModuleType, SimpleNamespace
from typing import ClassVar

import msgspec
import pytest
from fsspec.asyn import AsyncFileSystem

from cenguard.errors import UnreadableInput
from cenguard.fleet import patience, stores
from cenguard.fleet.oss import oss_system
from tests.fleet.fleets import run, write_fleet


class StsAuth:
    """Signs with what a request has."""

    def __init__(self, key, secret, token, version):
        self.given = key, secret, token, version

    def _sign_request(self, req, bucket_name, key):
        req.signed = (*self.given, req.region, req.product, req.cloudbox_id, bucket_name, key)


class Answer:
    """An object that was asked for: `read` ends at the length that the service told, which is that of what is packed."""

    def __init__(self, content, told, held):
        self.content, self.told, self.held = content, told, held
        self.resp = SimpleNamespace(read=self.whole, release=lambda: held.discard(self))
        held.add(self)

    async def whole(self):
        if not self.content:
            raise OSError("Response payload is not completed")
        self.held.discard(self)
        return self.content

    async def read(self):
        content, self.content = self.content[: self.told], b""
        return content


class Library(AsyncFileSystem):
    """Stands for `ossfs.AioOSSFileSystem`: what it makes of URLs, and the two requests that are made of it, as they were seen."""

    protocol = "oss"
    cachable = False
    files: ClassVar[dict] = {}
    packed: ClassVar[set] = set()
    asked: ClassVar[list] = []
    failed: ClassVar[set] = set()
    held: ClassVar[set] = set()
    denied = ""
    refusal = None
    cut = False
    page = 1000

    def __init__(self, key="", secret="", token="", **_options):
        super().__init__()
        self._endpoint = os.environ["OSS_ENDPOINT"]
        self._auth = "as of old"

    @classmethod
    def _strip_protocol(cls, path):
        return path.removeprefix("oss:/")

    def split_path(self, path):
        bucket, _, key = self._strip_protocol(path).lstrip("/").partition("/")
        return bucket, key

    async def _call_oss(self, method, *, bucket, prefix="", marker="", max_keys=100, key=""):
        self.asked.append(prefix or key)
        if self.denied:
            raise PermissionError(self.denied)
        if self.refusal:
            raise self.refusal
        if bucket != "states":
            raise FileNotFoundError("The specified bucket does not exist.")
        if method == "list_objects":
            return self._page(prefix, marker, max_keys)
        if key not in self.files:
            raise FileNotFoundError("The specified key does not exist.")
        content = b"" if self._fails(key) else self.files[key]
        return Answer(content, 40 if key in self.packed else len(content), self.held)

    def _fails(self, what):
        """Whether this is the first time that it is asked for, and each is to fail once."""
        first = what not in self.failed
        self.failed.add(what)
        return first and self.cut

    def _page(self, prefix, marker, max_keys):
        assert 0 < max_keys <= 1000
        if self._fails(f"{prefix} {marker}"):
            raise OSError("QpsLimitExceeded")
        keys = [key for key in sorted(self.files) if key.startswith(prefix) and key > marker]
        here = keys[: min(max_keys, self.page)]
        found = [
            SimpleNamespace(
                key=key,
                size=40 if key in self.packed else len(self.files[key]),
                etag=str(hash(self.files[key])),
                last_modified=1789997600,
            )
            for key in here
        ]
        return SimpleNamespace(object_list=found, is_truncated=here != keys, next_marker=here[-1] if here else "")


@pytest.fixture
def fleet(tmp_path, monkeypatch):
    """A fleet in a bucket, with its folder."""
    for name, content in {
        "oss2.auth": {"StsAuth": StsAuth, "AUTH_VERSION_4": "v4"},
        "oss2": {},
        "ossfs": {"AioOSSFileSystem": Library},
    }.items():
        module = ModuleType(name)
        vars(module).update(content)
        monkeypatch.setitem(sys.modules, name, module)
    root = write_fleet(tmp_path / "fleet", instances=3)
    files = {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    for name, value in {"files": files, "packed": set(), "asked": [], "failed": set(), "held": set()}.items():
        monkeypatch.setattr(Library, name, value)
    monkeypatch.setenv("OSS_ENDPOINT", "https://oss-cn-hangzhou.aliyuncs.com")
    monkeypatch.delenv("OSS_REGION", raising=False)
    monkeypatch.setattr(patience, "PAUSE", 0.001)
    stores._store.cache_clear()
    yield root
    stores._store.cache_clear()


def told(report, root):
    return msgspec.json.encode(report).decode().replace(str(root), "oss://states")


def test_a_bucket_is_the_folder_whether_its_url_ends_in_a_slash_or_not(fleet):
    report = run("oss://states").report

    assert told(report, fleet) == told(run(fleet).report, fleet)
    assert run("oss://states/").report.stacks == report.stacks
    one = report.stacks[0].url
    assert [item.url for item in run(one).report.stacks] == [one]


def test_a_bucket_is_listed_as_a_whole(fleet):
    """Folder by folder each costs a request, and what lies below an empty name is never come to."""
    Library.files["apps//lost.json"] = Library.files["apps/none.json"]

    report = run("oss://states").report

    assert "oss://states/apps//lost.json" in {item.url for item in report.stacks}
    assert len(Library.asked) <= len(Library.files) + 3
    below = run("oss://states/apps/").report
    assert "oss://states/apps//lost.json" in {item.url for item in below.stacks}
    assert [item.url.rpartition("/")[2] for item in below.unread] == ["damaged.json"]


def test_what_is_stored_packed_is_read_to_its_end(fleet):
    before = run("oss://states").report
    Library.packed = set(Library.files)

    assert run("oss://states").report == before


def test_a_state_that_changed_within_the_second_is_read_again(fleet, tmp_path):
    """The time that the service tells has whole seconds; its ETag changes with the content."""
    run("oss://states", resume=tmp_path / "journal")
    Library.asked.clear()
    Library.files["apps/none.json"] = Library.files["apps/none.json"].replace(b"none", b"some")

    run("oss://states", resume=tmp_path / "journal")

    assert "apps/none.json" in Library.asked
    assert len(Library.asked) <= 4


def test_each_page_of_a_listing_and_each_answer_may_fail_once(fleet, monkeypatch):
    """A page is asked for again, and not the whole listing; an answer that was cut gives its connection back, of which there are few."""
    monkeypatch.setattr(Library, "cut", True)
    monkeypatch.setattr(Library, "page", 3)

    assert told(run("oss://states").report, fleet) == told(run(fleet).report, fleet)
    assert not Library.held


@pytest.mark.parametrize(
    ("url", "denied", "expected"),
    [
        ("oss://other", "", r"^oss://other: there is no such folder, bucket or file$"),
        ("oss://states", "AccessDenied", r"^oss://states: may not be read: AccessDenied"),
        ("oss://states/none", "", r"^oss://states/none: holds no state"),
    ],
)
def test_a_bucket_that_cannot_be_listed_says_why(fleet, monkeypatch, url, denied, expected):
    monkeypatch.setattr(Library, "denied", denied)

    with pytest.raises(UnreadableInput, match=expected):
        run(url)


class ServerError(Exception):
    """As the library of OSS raises what it has no name for, with all that the service answered."""

    status = 403
    code = "InvalidAccessKeyId"
    message = "The Access Key Id you provided does not exist."

    @property
    def details(self):
        return {"Code": self.code, "Message": self.message, "OSSAccessKeyId": "LTAI-mine", "SignatureProvided": "abc="}

    def __str__(self):
        return str({"status": self.status, "details": self.details})


def test_a_key_that_is_wrong_is_said_at_once_and_without_the_key(fleet, monkeypatch):
    """The library makes an OSError of it, whose words are the whole answer: key, signature and all, after twenty seconds."""
    refusal = OSError(5, str(ServerError()))
    refusal.__cause__ = ServerError()
    monkeypatch.setattr(Library, "refusal", refusal)

    with pytest.raises(UnreadableInput) as found:
        run("oss://states")

    assert str(found.value) == (
        "oss://states: may not be read: The Access Key Id you provided does not exist (InvalidAccessKeyId)"
    )
    assert len(Library.asked) == 1


@pytest.mark.parametrize(
    ("endpoint", "told", "expected"),
    [
        ("https://oss-cn-hangzhou.aliyuncs.com", "", "cn-hangzhou"),
        ("oss-ap-southeast-1-internal.aliyuncs.com", "", "ap-southeast-1"),
        ("https://oss-cn-hzfinance.aliyuncs.com", "", ""),
        ("https://oss-accelerate.aliyuncs.com", "", ""),
        ("https://oss-accelerate.aliyuncs.com", "cn-beijing", "cn-beijing"),
        ("https://states.example.com", "", ""),
    ],
)
def test_requests_are_signed_for_the_region_of_the_bucket(fleet, monkeypatch, endpoint, told, expected):
    """The library signs as the service takes it of old buckets alone."""
    monkeypatch.setenv("OSS_ENDPOINT", endpoint)
    monkeypatch.setenv("OSS_REGION", told)

    auth = oss_system()(key="id", secret="word")._auth

    if not expected:
        assert auth == "as of old"
        return
    request = SimpleNamespace()
    auth._sign_request(request, "states", "net.json")
    assert request.signed == ("id", "word", "", "v4", expected, "oss", None, "states", "net.json")


def test_who_has_no_key_signs_nothing(fleet):
    assert oss_system()()._auth == "as of old"
