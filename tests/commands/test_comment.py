"""`cenguard comment`, and the shell of the action, the template and `init` that calls it, against a server that answers like theirs."""

import json
import os
from pathlib import Path

import pytest
import yaml

from cenguard.commands import pipelines, pull_request
from cenguard.findings.report import ReportedSource
from tests.commands.platforms import MARK, TOKEN, comment, shell
from tests.commands.test_cli import BAD, GOOD, RECORDINGS, ROOT, run
from tests.reports.samples import quiet, report


def test_one_comment_that_newer_runs_replace(tmp_path, server, job):
    server.comments = {number: f"somebody's {number}" for number in range(1, 151)}
    done = comment(tmp_path, report(), job)

    assert (done.returncode, done.stdout, done.stderr) == (0, b"comment: posted\n", b"")
    assert server.comments[151].startswith(f"{MARK}\n\n### ❌ cenguard: 1 mandatory")
    assert comment(tmp_path, report(fixed=()), job).stdout == b"comment: replaced\n"
    assert "resolved: CEN207" not in server.comments[151]
    assert len(server.comments) == 151
    assert {token for _, _, token in server.asked} <= {TOKEN, f"Bearer {TOKEN}"}


def test_what_is_no_longer_touched_becomes_resolved(tmp_path, server, job):
    assert comment(tmp_path, quiet(), job).stdout == b"comment: nothing to say\n"
    assert server.comments == {}
    comment(tmp_path, report(), job)
    comment(tmp_path, quiet(), job)

    assert server.comments == {1: f"{MARK}\n\n✅ cenguard: resolved, the change no longer touches the network.\n"}


def test_comments_of_other_stacks_stay(tmp_path, server, job):
    server.comments = {1: "<!-- cenguard: net/dev -->\nold", 2: f"> {MARK}\nquoted by a person"}
    comment(tmp_path, report(), job)

    assert server.comments[1].endswith("old")
    assert server.comments[2].startswith("> ")
    assert server.comments[3].startswith(MARK)


def test_a_joined_comment_is_known_by_its_name(tmp_path, server, job):
    """The next push may change other projects: their comment replaces this one all the same."""
    other = (ReportedSource(path="p.json", kind="preview", project="shop", stack="prod", resources=1, complete=True),)
    comment(tmp_path, report(), job, "--name", "networks")
    assert comment(tmp_path, report(sources=other), job, "--name", "networks").stdout == b"comment: replaced\n"

    assert [text.splitlines()[0] for text in server.comments.values()] == ["<!-- cenguard: networks -->"]
    assert "`shop/prod`" in server.comments[1]


def test_the_addresses_of_both(tmp_path, server, github, gitlab):
    comment(tmp_path, report(), github)
    comment(tmp_path, report(), github)
    comment(tmp_path, report(), gitlab, "--number", "8")
    server.comments[2] = MARK
    del server.comments[1]
    comment(tmp_path, report(), gitlab)

    assert [asked[:2] for asked in server.asked if asked[0] != "GET"] == [
        ("POST", "/repos/org/net/issues/7/comments"),
        ("PATCH", "/repos/org/net/issues/comments/1"),
        ("PUT", "/api/v4/projects/42/merge_requests/8/notes/1"),
        ("PUT", "/api/v4/projects/42/merge_requests/7/notes/2"),
    ]


def test_a_job_of_a_fork_comments_where_its_merge_request_is(tmp_path, server, gitlab):
    """The fork may have one of that number, too."""
    comment(tmp_path, report(), {**gitlab, "CI_MERGE_REQUEST_PROJECT_ID": "41"})

    assert {path.partition("/merge_requests/")[0] for _, path, _ in server.asked} == {"/api/v4/projects/41"}


@pytest.mark.parametrize("status", [401, 403, 404, 500, 301])
def test_what_the_server_refuses_is_said_in_one_line(tmp_path, server, job, status):
    """Nor is a redirect followed: the token is for one address."""
    server.status, server.location = status, f"{server.address}/elsewhere"
    done = comment(tmp_path, report(), job)

    assert done.returncode == 2
    assert f"answered {status}" in done.stderr.decode()
    assert ("the token needs" in done.stderr.decode()) == (status in (401, 403, 404))
    assert len(done.stderr.splitlines()) == 1
    assert TOKEN.encode() not in done.stderr + done.stdout
    assert [path for _, path, _ in server.asked if "elsewhere" in path] == []


@pytest.mark.parametrize(
    ("method", "status", "headers"),
    [
        ("GET", 429, {"Retry-After": "0"}),
        ("GET", 502, {"Retry-After": "0"}),
        ("POST", 403, {"Retry-After": "0"}),
        ("POST", 429, {"Retry-After": "0"}),
        ("POST", 503, {"Retry-After": "0"}),
        ("POST", 0, {"Retry-After": "0"}),
    ],
)
def test_a_busy_server_is_asked_again_and_the_comment_stands_once(tmp_path, server, job, method, status, headers):
    """Also where the comment was taken, and only the answer was lost."""
    server.faults = [(method, status, headers)]
    done = comment(tmp_path, report(), job)

    assert (done.returncode, done.stderr) == (0, b"")
    assert [text.partition("\n")[0] for text in server.comments.values()] == [MARK]


def test_who_asks_too_often_is_told_so_and_not_that_the_token_may_not(tmp_path, server, github):
    server.faults = [("GET", 403, {"X-RateLimit-Remaining": "0", "Retry-After": "3000"})] * 2
    done = comment(tmp_path, report(), github)

    assert done.returncode == 2
    assert "asked too often; ask again in 3000 s" in done.stderr.decode()
    assert "the token needs" not in done.stderr.decode()


@pytest.mark.parametrize(("status", "wait"), [(429, 60), (429, 3600), (429, "9" * 5000), (503, 90), (502, None)])
def test_a_server_that_stays_busy_is_left_alone_after_two_minutes(monkeypatch, server, github, status, wait):
    """Whatever a run asks for: jobs have minutes, and their verdict is not the comment's."""
    clock = [0.0]
    monkeypatch.setattr(pull_request.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(pull_request.time, "sleep", lambda seconds: clock.__setitem__(0, clock[0] + seconds))
    headers = {} if wait is None else {"Retry-After": str(wait)}
    place = pull_request.place_of({**github, "GH_TOKEN": ""}, 7)
    for method in ("GET", "POST", "GET", "POST"):
        server.faults = [(method, status, headers)] * 9
        with pytest.raises(pull_request.CannotComment, match=f"answered {status}"):
            pull_request.say(place, MARK, "text")

    assert clock[0] <= pull_request.LONGEST


def test_of_two_that_runs_at_once_have_posted_one_is_left(tmp_path, server, job):
    server.comments = {1: f"{MARK}\none", 2: "somebody's", 3: f"{MARK}\ntwo"}
    assert comment(tmp_path, report(), job).stdout == b"comment: replaced\n"

    assert sorted(server.comments) == [1, 2]
    assert "1 mandatory" in server.comments[1]


@pytest.mark.parametrize("user", [{"id": 1}, None], ids=["a token of a user", "the token of a job"])
def test_a_persons_copy_of_our_comment_is_theirs(tmp_path, server, github, user):
    server.user = user
    server.comments, server.authors = {1: f"{MARK}\ncopied\n\nWhy is that?"}, {1: {"id": 9, "type": "User"}}
    assert comment(tmp_path, report(), github).stdout == b"comment: posted\n"
    assert comment(tmp_path, report(), github).stdout == b"comment: replaced\n"

    assert server.comments[1].endswith("Why is that?")
    assert sorted(server.comments) == [1, 2]


def test_a_server_that_tells_nobody_who_asks_takes_the_comment_all_the_same(tmp_path, server, job):
    server.user, server.unknown = None, 405
    assert comment(tmp_path, report(), job).stdout == b"comment: posted\n"
    assert comment(tmp_path, report(), job).stdout == b"comment: replaced\n"


class TestAReportIsMissing:
    """A job that did not come to its end leaves none: what an earlier run found is not to be taken for this one's."""

    def test_an_older_comment_says_that_it_may_be_out_of_date(self, tmp_path, server, job):
        run("comment", "--of", "1", env=job)
        assert server.comments == {}
        comment(tmp_path, report(), job)
        before = server.comments[1]
        server.comments[2] = "somebody's"
        for _ in range(2):
            done = run("comment", "--of", "1", env=job)
            assert (done.returncode, done.stderr) == (0, b"")
            assert server.comments[1].startswith(f"{MARK}\n\n⚠️ A newer run has left no report")
            assert server.comments[1].count("⚠️ A newer") == 1
            assert server.comments[2] == "somebody's"
        comment(tmp_path, report(), job)
        assert server.comments[1] == before

    def test_a_comment_that_another_job_of_the_commit_has_written_is_not_out_of_date(self, tmp_path, server, job):
        """No report tells which stack the job was about, but a fresh comment is none of an earlier commit."""
        server.comments = {1: "<!-- cenguard: net/dev -->\n<!-- commit abc0001 -->\n\nold"}
        for sha in ("abc0002", "abc0003"):
            (tmp_path / "event.json").write_text(json.dumps({"pull_request": {"number": 7, "head": {"sha": sha}}}))
            env = {**job, "CI_COMMIT_SHA": sha}
            comment(tmp_path, quiet() if sha == "abc0003" else report(), env)
            assert server.comments[2].startswith(f"{MARK}\n<!-- commit {sha} -->\n\n")
            run("comment", "--of", "1", env=env)
            assert "A newer run" not in server.comments[2]
            assert server.comments[1].count("⚠️ A newer run has left no report") == 1
        run("comment", "--of", "1", env={**job, "GITHUB_EVENT_PATH": "", "GITHUB_REF": "refs/pull/7/merge"})
        assert "⚠️ A newer run has left no report" in server.comments[2]  # which commit it would be is not known

    def test_a_comment_of_several_says_how_many_are_missing(self, tmp_path, server, job):
        comment(tmp_path, report(), job, "--name", "networks", "--of", "3")
        assert server.comments[1].startswith("<!-- cenguard: networks -->\n\n⚠️ 2 reports of 3 are missing, ")

        comment(tmp_path, quiet(), job, "--name", "networks", "--of", "2")
        assert "resolved" not in server.comments[1].partition("###")[0]
        assert "A newer run has left no report" in server.comments[1]
        server.comments[2] = f"{MARK}\nanother"
        run("comment", "--name", "networks", "--of", "2", env=job)
        assert server.comments[2] == f"{MARK}\nanother"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"GITHUB_TOKEN": ""}, "GITHUB_TOKEN is not set"),
        ({"GITHUB_EVENT_PATH": "", "GITHUB_REF": "refs/heads/main"}, "not about a pull request"),
        ({"GITHUB_REPOSITORY": ""}, "a job of GitHub Actions"),
        ({"GITHUB_API_URL": "file:///etc/passwd?"}, "is no address of an API"),
        ({"GITHUB_API_URL": "http://127.0.0.1:1"}, "did not answer"),
        ({"GITHUB_API_URL": "http://[::1"}, "did not answer"),
        ({"GITHUB_API_URL": f"http://user:{TOKEN}@127.0.0.1:1/api"}, "http://127.0.0.1:1/api/repos"),
        ({"GITHUB_API_URL": f"http://user:{TOKEN}@127.0.0.1/api"}, "http://127.0.0.1/api/repos"),
        ({"GITHUB_API_URL": f"http://user:/{TOKEN}@127.0.0.1/api"}, "http://127.0.0.1/api/repos"),
        ({"GITHUB_TOKEN": f"{TOKEN}\n{TOKEN}"}, "GITHUB_TOKEN holds"),
        ({"GITLAB_CI": "true", "CENGUARD_TOKEN": f"→{TOKEN}"}, "CENGUARD_TOKEN holds"),
        ({"GITLAB_CI": "true"}, "CENGUARD_TOKEN is not set"),
        ({"GITLAB_CI": "true", "CENGUARD_TOKEN": "x"}, "not about a merge request"),
    ],
)
def test_what_is_missing_is_said_in_one_line(tmp_path, github, change, said):
    unset = {"GH_TOKEN": "", "CENGUARD_TOKEN": "", "CI_MERGE_REQUEST_IID": "", "CI_API_V4_URL": ""}
    done = comment(tmp_path, report(), {**unset, **github, **change})

    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert len(done.stderr.splitlines()) == 1
    assert TOKEN.encode() not in done.stderr + done.stdout


def test_a_token_is_taken_without_the_line_end_that_a_copy_has(tmp_path, server, gitlab):
    assert comment(tmp_path, report(), {**gitlab, "CENGUARD_TOKEN": f"{TOKEN}\n"}).stdout == b"comment: posted\n"
    assert {token for _, _, token in server.asked} == {TOKEN}


def test_a_pull_request_told_by_the_reference_alone(tmp_path, server, github):
    comment(tmp_path, report(), {**github, "GITHUB_EVENT_PATH": "", "GITHUB_REF": "refs/pull/9/merge"})

    assert server.asked[-1][1] == "/repos/org/net/issues/9/comments"


def step(name):
    (found,) = [
        item for item in yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["runs"]["steps"] if item["name"] == name
    ]
    return found["run"]


class TestTheAction:
    @pytest.fixture
    def env(self, tmp_path, github, tool):
        return {
            **github,
            "RUNNER_TEMP": str(tmp_path),
            "GITHUB_OUTPUT": str(tmp_path / "output"),
            "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
            "SOURCES": "preview.json\n",
            "BASES": "",
            "ONLY_NEW": "false",
            "FAIL_ON": "mandatory",
            "SETTINGS": "",
        }

    def test_a_check_and_its_comment(self, tmp_path, server, env):
        (tmp_path / "preview.json").write_bytes(BAD.read_bytes())
        checked = shell(step("Check"), tmp_path, env)
        commented = shell(step("Comment"), tmp_path, env)

        assert (checked.returncode, checked.stderr) == (1, b"")
        assert checked.stdout.startswith(b"::error file=__main__.py,line=")
        outputs = dict(line.split("=", 1) for line in (tmp_path / "output").read_text().splitlines())
        assert outputs.pop("status") == "1"
        document = json.loads(Path(outputs["report"]).read_text())
        handed = {name: json.loads(outputs.pop(name)) for name in ("buys", "cuts", "by_traffic")}
        assert handed == {"buys": document["purchases"], "cuts": document["cuts"], "by_traffic": document["traffic"]}
        assert {name: Path(path).stat().st_size > 0 for name, path in outputs.items()} == {
            "report": True,
            "sarif": True,
            "html": True,
        }
        assert (commented.returncode, commented.stdout) == (0, b"comment: posted\n")
        assert server.comments[1] == (tmp_path / "summary.md").read_text("utf-8")

    def test_inputs_reach_the_command_as_they_are(self, tmp_path, env):
        hostile = 'a b"; touch owned; $(touch owned) `touch owned`.json'
        (tmp_path / hostile).write_bytes(BAD.read_bytes())
        (tmp_path / "base.json").write_bytes((RECORDINGS / "basic-replace-package" / "export.json").read_bytes())
        (tmp_path / "s.toml").write_text('[rules]\nCEN201 = {level = "advisory"}\n')
        given = {
            "SOURCES": f"\n{hostile}\n",
            "BASES": "base.json\n",
            "ONLY_NEW": "true",
            "FAIL_ON": "never",
            "SETTINGS": "s.toml",
        }
        done = shell(step("Check"), tmp_path, {**env, **given})

        assert (done.returncode, done.stderr) == (0, b"")
        assert not (tmp_path / "owned").exists()

    def test_a_document_that_cannot_be_read_is_status_2_and_an_older_comment_says_so(self, tmp_path, server, env):
        (tmp_path / "preview.json").write_bytes(GOOD.read_bytes())
        shell(step("Check"), tmp_path, env)
        shell(step("Comment"), tmp_path, env)
        (tmp_path / "preview.json").write_text("{")
        done = shell(step("Check"), tmp_path, env)

        assert done.returncode == 2
        assert shell(step("Comment"), tmp_path, env).returncode == 0
        assert len(server.comments) == 1
        assert "A newer run has left no report" in server.comments[1]

    def test_a_comment_that_is_not_taken_does_not_change_the_verdict(self, tmp_path, server, env):
        (tmp_path / "preview.json").write_bytes(GOOD.read_bytes())
        server.status = 403
        assert shell(step("Check"), tmp_path, env).returncode == 0
        done = shell(step("Comment"), tmp_path, env)

        assert done.returncode == 0
        assert b"::warning title=cenguard::" in done.stdout
        assert b"pull-requests: write" in done.stderr


class TestTheTemplate:
    @pytest.fixture
    def job(self):
        _, jobs = yaml.safe_load_all((ROOT / "templates" / "check.yml").read_text("utf-8"))
        return jobs["cenguard"]

    @pytest.fixture
    def env(self, gitlab, tool):
        given = {"CENGUARD_FAIL_ON": "mandatory", "CENGUARD_OPTIONS": "--quiet --ignore CEN4", "CENGUARD_SOURCES": "preview.json"}
        return {**gitlab, **given, "PATH": f"{tool}:{os.environ['PATH']}"}

    def test_a_check_and_its_note(self, tmp_path, server, job, env):
        (tmp_path / "preview.json").write_bytes(BAD.read_bytes())
        checked = shell("\n".join(job["script"]), tmp_path, env)
        after = shell("\n".join(job["after_script"]), tmp_path, env)

        assert (checked.returncode, checked.stderr) == (1, b"")
        assert (after.returncode, after.stdout, after.stderr) == (0, b"comment: posted\n", b"")
        assert server.comments[1] == (tmp_path / "cenguard.md").read_text("utf-8")
        lines = dict(line.split("=", 1) for line in (tmp_path / "cenguard.env").read_text().splitlines())
        assert json.loads(lines["buys"]) == json.loads((tmp_path / "cenguard.json").read_text())["purchases"]
        kept = [*job["artifacts"]["paths"], *job["artifacts"]["reports"].values()]
        assert [name for name in kept if not (tmp_path / name).stat().st_size] == []

    @pytest.mark.parametrize("missing", ["CENGUARD_TOKEN", "CI_MERGE_REQUEST_IID"])
    def test_without_a_token_or_a_merge_request_there_is_no_note(self, tmp_path, server, job, env, missing):
        (tmp_path / "preview.json").write_bytes(BAD.read_bytes())
        shell("\n".join(job["script"]), tmp_path, env)
        done = shell("\n".join(job["after_script"]), tmp_path, {**env, missing: ""})

        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
        assert server.asked == []


class TestWhatInitWritesForOneStack:
    """Several are in test_init_repository."""

    def test_the_workflow_of_github(self, tmp_path, server, github, tool):
        steps = yaml.safe_load(pipelines.github([pipelines.PLACEHOLDER], tmp_path, None))["jobs"]["cenguard"]
        *_, check, say = steps["steps"]
        (tmp_path / "dev.preview.json").write_bytes(BAD.read_bytes())
        path = f"{tool}:{os.environ['PATH']}"
        env = {
            **github,
            **steps["env"],
            "RUNNER_TEMP": str(tmp_path),
            "PATH": path,
            "GITHUB_STEP_SUMMARY": "",
            "GITHUB_OUTPUT": "",
        }

        assert shell(check["run"], tmp_path, env).returncode == 1
        assert shell(say["run"], tmp_path, env).stdout == b"comment: posted\n"
        assert server.comments[1].startswith("<!-- cenguard: network/dev -->")
        server.status = 403
        assert shell(say["run"], tmp_path, env).returncode == 0
        server.status = 200
        (tmp_path / "cenguard-reports" / "dev.json").unlink()
        done = shell(say["run"], tmp_path, env)
        assert (done.stdout, done.stderr) == (b"comment: said that a report is missing\n", b"")
