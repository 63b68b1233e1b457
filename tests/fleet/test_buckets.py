"""Buckets: what it costs to read one, and what a library's own ways do not hide."""

import asyncio
import json
import logging
from collections import Counter
from typing import ClassVar

import fsspec
import msgspec
import pytest
from fsspec.asyn import AsyncFileSystem

from cenguard.errors import UnreadableInput
from cenguard.fleet import bucket_parameters, patience, roots, stores
from tests.fleet.fleets import Stack, run, terraform, write_fleet


class Bucket(AsyncFileSystem):
    """A bucket that counts requests, is busy now and then, and hides what it may not show."""

    protocol = "bucket"
    cachable = False
    files: ClassVar[dict] = {}
    asked: ClassVar[Counter] = Counter()
    busy = short = lists_busy = 0
    refusal = failure = None
    at_once = most_at_once = 0
    denied = names_files = False

    @classmethod
    def _strip_protocol(cls, path):
        return path.removeprefix("bucket://").rstrip("/")

    async def _find(self, path, *, detail=False, prefix=None, **_kwargs):
        type(self).asked["list"] += 1
        if type(self).asked["list"] <= self.lists_busy:
            raise self.failure or OSError("Connection aborted")
        if self.denied:
            return {}
        if self.names_files and path in self.files:
            return [path]
        found = {
            name: {"name": name, "type": "file", "size": len(content), "ETag": f'"{hash(content)}"'}
            for name, content in self.files.items()
            if name.startswith(f"{path}/{prefix or ''}")
        }
        return found if detail else sorted(found)

    async def _ls(self, path, *, detail=True, **_kwargs):
        type(self).asked["list"] += 1
        below = {name: len(content) for name, content in self.files.items() if name.startswith(f"{path}/")}
        here = {
            name: {"name": name, "type": "file", "size": size, "ETag": f'"{hash(self.files[name])}"'}
            for name, size in below.items()
            if "/" not in name[len(path) + 1 :]
        }
        folders = {f"{path}/{name[len(path) + 1 :].partition('/')[0]}" for name in below if name not in here}
        found = [*here.values(), *({"name": name, "type": "directory", "size": 0} for name in sorted(folders))]
        return found if detail else [item["name"] for item in found]

    async def _info(self, path, **_kwargs):
        type(self).asked[f"head {path}"] += 1
        return {"name": path, "type": "file", "size": len(self.files[path])}

    async def _cat_file(self, path, **_kwargs):
        cls = type(self)
        cls.asked[path] += 1
        if cls.denied:
            raise PermissionError("AccessDenied")
        if cls.failure:
            raise cls.failure
        if cls.refusal:
            logging.getLogger("gcsfs").error("non-retriable exception")
            raise cls.refusal
        if path not in cls.files:
            raise FileNotFoundError(path)
        cls.at_once += 1
        cls.most_at_once = max(cls.most_at_once, cls.at_once)
        try:
            await asyncio.sleep(0.01)
        finally:
            cls.at_once -= 1
        if cls.asked[path] <= cls.busy:
            raise OSError("SlowDown: please reduce your request rate")
        if cls.asked[path] <= cls.short and "core" in path:
            return cls.files[path][:-20]
        return cls.files[path]


@pytest.fixture
def bucket(tmp_path, monkeypatch):
    """The bucket of a fleet, with the fleet's folder."""
    root = write_fleet(tmp_path / "fleet", instances=6)
    files = {f"states/{path.relative_to(root)}": path.read_bytes() for path in root.rglob("*") if path.is_file()}
    fsspec.register_implementation("bucket", Bucket, clobber=True)
    monkeypatch.setattr(Bucket, "files", files)
    for name, value in (
        ("asked", Counter()),
        ("busy", 0),
        ("short", 0),
        ("at_once", 0),
        ("most_at_once", 0),
        ("denied", False),
        ("refusal", None),
    ):
        monkeypatch.setattr(Bucket, name, value)
    monkeypatch.setattr(patience, "PAUSE", 0.001)
    stores._store.cache_clear()
    return root


def told(report, root, url):
    return msgspec.json.encode(report).decode().replace(str(root), url)


@pytest.mark.parametrize("busy", [0, 1, 3])
def test_a_bucket_is_the_folder_and_each_state_costs_one_request(bucket, busy):
    """Many are on the way at once; a busy bucket is asked again, and nothing is lost."""
    Bucket.busy = busy

    report = run("bucket://states").report

    assert told(report, bucket, "bucket://states") == told(run(bucket).report, bucket, "bucket://states")
    assert {key: count for key, count in Bucket.asked.items() if key != "list"} == dict.fromkeys(Bucket.files, busy + 1)
    assert Bucket.asked["list"] <= 2
    assert 10 < Bucket.most_at_once <= stores.AT_ONCE


def test_a_bucket_that_stays_busy_is_said_state_by_state(bucket, monkeypatch):
    monkeypatch.setattr(Bucket, "busy", 99)
    monkeypatch.setattr(patience, "ATTEMPTS", 2)

    with pytest.raises(UnreadableInput, match=r"SlowDown: please reduce your request rate; nothing else could be read"):
        run("bucket://states")


@pytest.mark.parametrize("slash", [str, lambda path: path.rstrip("/")], ids=["kept", "taken off"])
def test_a_url_may_end_in_a_slash_and_a_folder_may_have_no_name(bucket, monkeypatch, slash):
    """Of the libraries of S3, Google and Azure the first alone takes the slash off."""
    Bucket.files["states/apps//lost.json"] = Bucket.files["states/apps/none.json"]
    plain = run("bucket://states").report
    monkeypatch.setattr(Bucket, "_strip_protocol", staticmethod(lambda path: slash(path.removeprefix("bucket://"))))
    stores._store.cache_clear()

    assert run("bucket://states/").report.stacks == plain.stacks
    below = run("bucket://states/apps/").report
    assert "bucket://states/apps//lost.json" in {item.url for item in plain.stacks} & {item.url for item in below.stacks}
    assert [item.url.rpartition("/")[2] for item in below.unread] == ["damaged.json"]


def test_one_state_of_a_bucket_and_a_folder_that_has_the_name_of_an_object(bucket, monkeypatch):
    """The library of Azure lists an object as its bare name, and then nothing of a folder of that name."""
    Bucket.files |= {"states/apps": b"", "states/apps-old.json": Bucket.files["states/apps/none.json"]}
    monkeypatch.setattr(Bucket, "names_files", True)

    assert [item.url for item in run("bucket://states/apps/none.json").report.stacks] == ["bucket://states/apps/none.json"]
    below = {item.url.removeprefix("bucket://states/") for item in run("bucket://states/apps").report.stacks}
    assert below == {item.url.removeprefix(f"{bucket}/") for item in run(bucket / "apps").report.stacks}


def test_a_state_that_came_without_its_end_is_asked_for_again(bucket, tmp_path):
    """A proxy that loses the end of an answer, a state that was written just then: the next run asks again as well."""
    Bucket.short = 1
    whole = msgspec.json.encode(run(bucket).report).decode()
    assert told(run("bucket://states").report, bucket, "bucket://states") == whole.replace(str(bucket), "bucket://states")

    Bucket.asked.clear()
    Bucket.short = 2
    short = run("bucket://states", resume=tmp_path / "journal").report
    assert short.summary.unread > 5
    Bucket.short = 0
    report = run("bucket://states", resume=tmp_path / "journal").report
    assert told(report, bucket, "bucket://states") == whole.replace(str(bucket), "bucket://states")


def test_a_folder_that_was_made_in_the_console_of_a_bucket_is_no_state(bucket):
    Bucket.files |= {"states/new/": b"", "states/old_$folder$": b""}

    assert told(run("bucket://states").report, bucket, "bucket://states") == told(run(bucket).report, bucket, "bucket://states")
    with pytest.raises(UnreadableInput, match=r"^bucket://states/new: holds no state"):
        run("bucket://states/new")


def test_a_state_that_is_deleted_in_between_is_said_and_the_rest_is_read(bucket, monkeypatch):
    class Gone(dict):
        def __contains__(self, path):
            return not path.endswith("none.json") and super().__contains__(path)

    monkeypatch.setattr(Bucket, "files", Gone(Bucket.files))

    report = run("bucket://states").report

    assert ("bucket://states/apps/none.json", "is not there any more: it was deleted after it was listed") in [
        (item.url, item.reason) for item in report.unread
    ]
    assert report.summary.stacks > 20


def test_a_bucket_that_may_not_be_read_is_no_empty_one(bucket):
    """Some libraries answer an empty listing: an object that is asked for by name tells."""
    Bucket.denied = True

    with pytest.raises(UnreadableInput, match=r"^bucket://states: may not be read: AccessDenied$"):
        run("bucket://states")


@pytest.mark.parametrize("times", [1, 3])
def test_a_listing_is_asked_for_again_as_a_state_is(bucket, monkeypatch, times):
    """Who asks for a token on the way has one more connection that may be lost."""
    monkeypatch.setattr(Bucket, "lists_busy", times)

    assert told(run("bucket://states").report, bucket, "bucket://states") == told(run(bucket).report, bucket, "bucket://states")

    monkeypatch.setattr(stores, "ENOUGH", -1)
    Bucket.asked.clear()
    with pytest.raises(UnreadableInput, match=r"^bucket://states: cannot be listed: Connection aborted$"):
        run("bucket://states")
    assert Bucket.asked["list"] == 1


class AzureError(Exception):
    """As it comes from Azure's library, which has the whole answer follow its words."""

    status_code = 403


class GoogleError(Exception):
    """As it comes from Google's library where nobody is known by a key."""

    code = 401


@pytest.mark.parametrize(
    "refusal",
    [
        OSError("Forbidden: b/states/o/x\na may not"),
        GoogleError("a may not"),
        AzureError("a may not\nContent: <?xml version"),
        AzureError("a may not\nauthenticationerrordetail:The MAC signature found in the HTTP request 'abc=' is not the same"),
    ],
    ids=["Google", "Google, unknown", "Azure", "Azure, unknown"],
)
def test_what_may_not_be_read_is_not_asked_for_again_and_its_library_says_nothing_beside(bucket, monkeypatch, capsys, refusal):
    """Neither is a PermissionError; their libraries log what they raise, with a traceback, where nobody has set up logging."""
    monkeypatch.setattr(Bucket, "refusal", refusal)
    monkeypatch.setattr(logging.root, "handlers", [])

    with pytest.raises(
        UnreadableInput, match=r": may not be read: (Forbidden: b/states/o/x )?a may not; nothing else could be read"
    ):
        run("bucket://states")

    assert max(count for key, count in Bucket.asked.items() if key != "list") == 1
    assert capsys.readouterr().err == ""


def test_a_long_answer_of_a_service_is_a_short_reason(bucket, monkeypatch):
    """A worker says it in a line: an error of some thousand characters is another one when a cluster has carried it."""
    monkeypatch.setattr(Bucket, "refusal", PermissionError(13, "no, " * 5_000, "net/dev.json"))

    with pytest.raises(UnreadableInput, match="may not be read: no, no") as told:
        run("bucket://states")

    assert len(str(told.value)) < 500


def test_a_host_that_does_not_answer_is_named(bucket, monkeypatch):
    """What libraries raise of a connection is an OSError, whose number has other words than it says itself."""

    class Unconnected(OSError):
        def __str__(self):
            return f"Cannot connect to host states.example:443 [{self.strerror}]"

    monkeypatch.setattr(Bucket, "failure", Unconnected(-2, "Name or service not known"))
    monkeypatch.setattr(Bucket, "lists_busy", 99)

    with pytest.raises(
        UnreadableInput, match=r"listed: Cannot connect to host states.example:443 \[Name or service not known\]$"
    ):
        run("bucket://states")


@pytest.mark.parametrize("asked", ["list", "state"])
@pytest.mark.parametrize("kind", [ValueError, lambda text: OSError(5, text)])
def test_a_key_in_the_address_that_failed_is_not_printed(bucket, monkeypatch, kind, asked):
    """Of Azure with a shared access signature, and of a proxy with a password; seen where what answers is no HTTP."""
    words = "400, message='Bad status line', url='http://a:word@proxy:3128/states?restype=container&sig=rvV4%2B%3D'"
    monkeypatch.setattr(Bucket, "failure", kind(words))
    monkeypatch.setattr(Bucket, "lists_busy", 99 if asked == "list" else 0)

    with pytest.raises(UnreadableInput) as told:
        run("bucket://states")

    assert "rvV4" not in str(told.value)
    assert "word@" not in str(told.value)
    assert "url='http://…@proxy:3128/states?…'" in str(told.value)


@pytest.mark.parametrize(
    ("words", "there"),
    [
        ("http://127.0.0.1/b/my-bucket/o/x?alt=media", True),
        ("my-bucket/x", True),
        ("The specified bucket does not exist", False),
    ],
)
def test_a_bucket_that_is_called_one_is_no_missing_one(bucket, monkeypatch, words, there):
    monkeypatch.setattr(Bucket, "files", {})
    monkeypatch.setattr(Bucket, "refusal", FileNotFoundError(words))
    expected = "holds no state" if there else "there is no such folder, bucket or file"

    with pytest.raises(UnreadableInput, match=f"^bucket://my-bucket: {expected}"):
        run("bucket://my-bucket")


def test_an_empty_bucket_is_never_nothing_found(bucket, monkeypatch):
    monkeypatch.setattr(Bucket, "files", {})

    with pytest.raises(UnreadableInput, match=r"^bucket://states: holds no state"):
        run("bucket://states")


def test_a_resumed_run_asks_a_bucket_for_what_changed_alone(bucket, tmp_path):
    first = run("bucket://states", resume=tmp_path / "journal").report
    Bucket.asked.clear()
    Bucket.files["states/apps/none.json"] = json.dumps(Stack("none").filler(9).export).encode()

    second = run("bucket://states", resume=tmp_path / "journal").report

    assert {key for key in Bucket.asked if key != "list"} == {"states/apps/none.json"}
    assert second.findings == first.findings
    assert next(item for item in second.stacks if item.url.endswith("none.json")).resources == 11


def test_a_store_that_answers_one_after_the_other_is_asked_by_many_threads(tmp_path):
    root = write_fleet(tmp_path / "fleet", instances=3)
    memory = fsspec.filesystem("memory")
    for path in root.rglob("*"):
        if path.is_file():
            memory.pipe(f"/states/{path.relative_to(root)}", path.read_bytes())
    try:
        report = run("memory://states").report
    finally:
        memory.rm("/states", recursive=True)

    assert told(report, root, "memory://states") == told(run(root).report, root, "memory://states")


def test_what_a_url_says_of_its_bucket_stays_behind_each_path(bucket, monkeypatch):
    monkeypatch.setattr(roots, "PARAMETERS", frozenset({"bucket"}))
    monkeypatch.setattr(bucket_parameters, "_PASSED_OVER", {"endpoint"})

    found = run("bucket://states?endpoint=a", "bucket://states?endpoint=b").report  # two buckets of one name

    names = [item.url for item in found.stacks]
    assert (
        names.count("bucket://states/apps/none.json?endpoint=a") == names.count("bucket://states/apps/none.json?endpoint=b") == 1
    )
    assert len(names) == 2 * len(run(bucket).report.stacks)


@pytest.mark.parametrize("folders", [1, 5])
def test_a_bucket_holds_states_beside_a_backend(bucket, tmp_path, monkeypatch, folders):
    """A folder and a bucket with the same files are the same: what lies beside a backend is no part of its history."""
    monkeypatch.setattr(stores, "_MOST_LISTED", 3)
    root = tmp_path / "both"
    Stack("net").write(root / ".pulumi/stacks/net/prod.json")
    Stack("net").write(root / ".pulumi/history/net/prod/old.checkpoint.json")
    Stack("top").write(root / "package.json")
    (root / "top.tfstate").write_text(json.dumps(terraform("cen-1", ["us-west-1"], "vpc-top")))
    for number in range(folders):
        (root / f"tf{number}").mkdir()
        (root / f"tf{number}/terraform.tfstate").write_text(json.dumps(terraform("cen-1", ["cn-beijing"], f"vpc-{number}")))
    files = {f"states/{path.relative_to(root)}": path.read_bytes() for path in root.rglob("*") if path.is_file()}
    monkeypatch.setattr(Bucket, "files", files)

    report = run("bucket://states").report

    assert len(report.stacks) == folders + 2
    assert told(report, root, "bucket://states") == told(run(root).report, root, "bucket://states")
    Bucket.files["states//net/prod.tfstate"] = (root / "top.tfstate").read_bytes()  # in a folder whose path is the bucket's own
    assert len(run("bucket://states").report.stacks) == folders + 3


def test_what_travels_holds_no_secret(tmp_path):
    """A credential that stands in a state in clear is told from others in the journal, and is not in it."""
    stack = Stack("net")
    stack.resources[1]["inputs"] |= {"accessKey": "LTAI-very-plain", "secretKey": "plain-secret-word"}
    stack.instance("core", "cen-1")
    stack.write(tmp_path / "states/net.json")

    run(tmp_path / "states", resume=tmp_path / "journal")

    content = (tmp_path / "journal").read_text()
    assert "very-plain" not in content
    assert "secret-word" not in content
    assert (tmp_path / "journal").stat().st_mode & 0o077 == 0
