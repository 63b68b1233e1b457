"""Folders and buckets: what is a state in one, what it costs to read it, and what a library's own ways do not hide."""

import json
import os
from contextlib import contextmanager

import msgspec
import pytest

from cenguard.errors import UnreadableInput
from cenguard.fleet.listing import targets_of
from cenguard.fleet.roots import roots_of
from cenguard.fleet.state_names import states_among
from tests.fleet.fleets import Stack, run, terraform


def paths(*given):
    return [target.url for target in targets_of(roots_of([str(root) for root in given]))]


# ---------------------------------------------------------------------- which files are states


def test_of_a_backend_only_its_stacks_and_of_each_the_newest_file():
    files = {
        ".pulumi/meta.yaml": "1",
        ".pulumi/stacks/net/prod.json": "1",
        ".pulumi/stacks/net/prod.json.gz": "3",
        ".pulumi/stacks/net/prod.json.zst": "2",
        ".pulumi/stacks/net/prod.json.bak": "9",
        ".pulumi/stacks/net/prod.json.attrs": "9",
        ".pulumi/stacks/old.json": "1",
        ".pulumi/history/net/prod/prod-1.checkpoint.json": "9",
        ".pulumi/backups/net/prod/prod.1.json": "9",
        "package.json": "9",
        "team/.pulumi/stacks/app/dev.json": "1",
    }

    assert states_among(files) == [".pulumi/stacks/net/prod.json.gz", ".pulumi/stacks/old.json"]


def test_backends_below_a_folder_and_states_of_terraform_beside_them():
    files = dict.fromkeys(
        (
            "a/.pulumi/stacks/app/dev.json", "a/.pulumi/history/app/dev/x.json", "a/package.json", "b/terraform.tfstate",
            "b/terraform.tfstate.backup", "b/.terraform.lock.hcl", "b/terraform.tfstate.tflock", "env:/blue/c/terraform.tfstate", "d/prod",
            "README.md", "e/prod.tfstateenv:dev", "a/net/terraform.tfstate", "a/.pulumi/backups/terraform.tfstate",
            "b/.terraform/terraform.tfstate",
        ),
        "1",
    )  # fmt: skip

    assert states_among(files) == [
        "a/.pulumi/stacks/app/dev.json", "a/net/terraform.tfstate", "b/terraform.tfstate", "d/prod", "e/prod.tfstateenv:dev", "env:/blue/c/terraform.tfstate",
    ]  # fmt: skip


@pytest.mark.parametrize("below", ["", ".pulumi", ".pulumi/stacks", ".pulumi/stacks/net"])
def test_a_root_may_lie_inside_a_backend(tmp_path, below):
    Stack("net").write(tmp_path / ".pulumi/stacks/net/prod.json")
    Stack("net").write(tmp_path / ".pulumi/stacks/net/prod.json.bak")
    root = f"{tmp_path}/{below}".rstrip("/")

    assert paths(root) == [f"{tmp_path}/.pulumi/stacks/net/prod.json"]


def test_a_url_is_the_root_as_given_and_the_path_below_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Stack("net").write(tmp_path / "states/a/net.json")

    assert paths("states") == paths("states/") == ["states/a/net.json"]
    assert paths(f"file://{tmp_path}/states") == [f"file://{tmp_path}/states/a/net.json"]
    assert paths("states/a/net.json") == ["states/a/net.json"]
    assert paths("states", "states/a") == ["states/a/net.json"]


@pytest.mark.parametrize("again", ["{0}/states", "file://{0}/states", "./states/../states", "link", "states/net"])
def test_a_folder_that_is_given_twice_is_read_once(tmp_path, monkeypatch, again):
    """By whatever two paths it is given: Terraform's states say nothing by which one could tell."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "states/net/terraform.tfstate"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(terraform("cen-1", ["cn-beijing", "us-west-1"], "vpc")))
    (tmp_path / "link").symlink_to("states")

    assert len(paths("states", again.format(tmp_path))) == 1


def test_a_text_file_lists_roots_as_seen_from_its_folder(tmp_path):
    Stack("net").write(tmp_path / "lists/states/net.json")
    Stack("app").write(tmp_path / "other/app.json")
    (tmp_path / "lists/urls.txt").write_text(f"# all of them\n\nstates\nfile://{tmp_path}/other\n")

    assert paths(tmp_path / "lists/urls.txt") == [f"file://{tmp_path}/other/app.json", "states/net.json"]


def test_terraform_states_of_one_name_are_told_apart(tmp_path):
    """Every one of them has the same addresses: their folders are their names."""
    for number, folder in enumerate(("a/net", "b/net", "env:/blue/net")):
        path = tmp_path / folder / "terraform.tfstate"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(terraform("cen-1", ["cn-beijing", "us-west-1"], f"vpc-{number}")))

    report = run(tmp_path).report

    assert [(item.project, item.stack) for item in report.stacks] == [
        ("a/net", "default"),
        ("b/net", "default"),
        ("env/blue/net", "blue"),
    ]
    assert len(report.instances[0].stacks) == 3


def test_two_backends_may_have_stacks_of_one_name(tmp_path):
    """Both count; a copy of a state counts once."""
    for number, team in enumerate(("red", "blue")):
        stack = Stack("app")
        stack.attachment("shop", "cen-1", ("cn-beijing", "us-west-1")[number], f"vpc-{number}")
        stack.write(tmp_path / team / ".pulumi/stacks/app/prod.json", "checkpoint")
    stack.write(tmp_path / "copy/app.json")

    found = run(tmp_path)

    (instance,) = found.report.instances
    assert instance.regions == ("cn-beijing", "us-west-1")
    assert len(instance.stacks) == 2
    assert found.remarks == (
        f"{tmp_path}/copy/app.json says the same stack as {tmp_path}/blue/.pulumi/stacks/app/prod.json, which counts",
    ) or found.remarks == (
        f"{tmp_path}/red/.pulumi/stacks/app/prod.json says the same stack as {tmp_path}/copy/app.json, which counts",
    )
    assert "⟦" not in msgspec.json.encode(found.report).decode()


def test_many_copies_of_a_state_are_one_line(tmp_path):
    """A bucket that keeps a copy of each day: the line that matters is not below hundreds."""
    stack = Stack("app")
    stack.attachment("shop", "cen-1", "cn-beijing", "vpc-1")
    for day in range(10):
        stack.write(tmp_path / f"day-{day}/app.json")

    (remark,) = run(tmp_path).remarks

    assert remark.startswith(f"{tmp_path}/day-")
    assert " and 3 more say the same stack as " in remark


@pytest.mark.parametrize(
    "form",
    ["file://~/my states", "file://~/my%20states", "file://localhost{0}/my%20states", "file://{0}/my states?metadata=skip"],
)
def test_a_url_of_a_folder_may_be_as_the_login_has_it(tmp_path, monkeypatch, form):
    monkeypatch.setenv("HOME", str(tmp_path))
    url = form.format(tmp_path)
    Stack("net").write(tmp_path / "my states/net.json")

    assert paths(url) == [f"{url}/net.json"]
    assert len(run(url).report.stacks) == 1


def test_what_is_no_state_is_told_what_an_audit_reads(tmp_path):
    """And not what `cenguard check` reads: a preview or a project folder is no state."""
    Stack("net").write(tmp_path / "net.json")
    (tmp_path / "page.json").write_text("<html>403</html>")

    (unread,) = run(tmp_path).report.unread

    assert unread.reason == "is not JSON; a checkpoint or export of Pulumi, or a state of Terraform or OpenTofu was expected"


def test_workspaces_by_the_paths_that_terraforms_backends_give_them(tmp_path):
    """s3 and oss (which keeps the default one there as well), local, azurerm."""
    for number, name in enumerate(
        (
            "env:/blue/net/terraform.tfstate",
            "env:/terraform.tfstate",
            "net/terraform.tfstate.d/green/terraform.tfstate",
            "net/terraform.tfstate",
            "az/net.tfstateenv:red",
            "team/env:/teal/net/terraform.tfstate",
        )
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(terraform("cen-1", ["cn-beijing"], f"vpc-{number}")))

    told_of = {item.url.removeprefix(f"{tmp_path}/"): item.stack for item in run(tmp_path).report.stacks}

    assert told_of == {
        "env:/blue/net/terraform.tfstate": "blue",
        "env:/terraform.tfstate": "default",
        "net/terraform.tfstate.d/green/terraform.tfstate": "green",
        "net/terraform.tfstate": "default",
        "az/net.tfstateenv:red": "red",
        "team/env:/teal/net/terraform.tfstate": "teal",
    }


def test_a_file_that_goes_while_its_folder_is_listed_takes_no_other_with_it(tmp_path, monkeypatch):
    """Whoever writes a state beside it makes a lock, and lets go of it."""
    locks = [tmp_path / f"states/{name}.lock.info" for name in "abc"]
    for name in "abc":
        Stack(name).write(tmp_path / f"states/{name}.json")
    for lock in locks:
        lock.touch()
    scandir = os.scandir

    @contextmanager
    def and_gone(path):
        entries = sorted(scandir(path), key=lambda item: not item.name.endswith(".info"))
        for lock in locks:
            lock.unlink(missing_ok=True)
        yield entries

    monkeypatch.setattr(os, "scandir", and_gone)
    assert len(paths(tmp_path / "states")) == 3


def test_a_link_to_a_folder_is_not_looked_into_and_that_is_said(tmp_path, monkeypatch):
    """It may lead anywhere, above the root too; what lies there is another root."""
    monkeypatch.chdir(tmp_path)
    for folder in ("states/a", "elsewhere"):
        Stack(folder.rpartition("/")[2]).write(tmp_path / folder / "net.json")
    (tmp_path / "states/again").symlink_to("a")
    assert run("states").remarks == ()

    (tmp_path / "states/more").symlink_to("../elsewhere")
    told = "states/more is a link to a folder, which is not looked into: give it as well"
    assert run("states").remarks == (told,)
    assert run("states", "elsewhere").remarks == ()

    (tmp_path / "links").mkdir()
    (tmp_path / "links/more").symlink_to("../elsewhere")
    with pytest.raises(UnreadableInput, match=r"holds no state: .*; links/more is a link to a folder"):
        run("links")
