"""What `cenguard init` writes for a repository of several projects runs as it is written, with recorded documents."""

import json
import os
import re

import pytest
import yaml

from cenguard.commands import pipelines
from cenguard.commands.package_address import package_address, requirement
from cenguard.commands.repository import Stack, stacks_below
from tests.commands.platforms import shell
from tests.commands.repositories import change, loaded, repository, tools
from tests.commands.test_cli import run
from tests.commands.test_wrong_input import refused
from tests.docs.test_pipelines import problems

STACKS = {"apps/shop": ["dev", "prod"], "infra/wan": ["dev", "prod"], "net": ["dev", "prod"]}


@pytest.fixture
def place(tmp_path):
    """Outside of the folder in which fixtures keep their files."""
    (tmp_path / "repository").mkdir()
    return tmp_path / "repository"


def test_it_finds_projects_and_their_stacks(place):
    repository(place)
    said = run("init", place, "--ci", "github", "--pack", "executable").stdout.decode()
    found = dict(re.findall(rf"found    {place}/(\S+) \((?:pulumi|terraform)\): (.*)", said))

    assert {folder: stacks.split(", ") for folder, stacks in found.items()} == STACKS
    assert "planned in the workspace of its name" in said


class TestGitHub:
    @pytest.fixture
    def workflow(self, place):
        self.base = repository(place)
        assert run("init", place, "--ci", "github", "--pack", "executable").returncode == 0
        return loaded(place / ".github" / "workflows" / "cenguard.yml")

    @pytest.fixture
    def env(self, tmp_path, github, tool, workflow):
        found = tools(tmp_path / "tools")
        path = f"{tool}{os.pathsep}{found['PATH']}"
        return {**github, **found, "PATH": path, "RUNNER_TEMP": str(tmp_path), "GITHUB_STEP_SUMMARY": ""}

    def step(self, workflow, job, name):
        (found,) = [step["run"] for step in workflow["jobs"][job]["steps"] if step.get("name") == name]
        return found

    def outputs(self, done, path):
        assert done.returncode == 0, done.stderr.decode()
        return dict(line.split("=", 1) for line in path.read_text().splitlines())

    def rows(self, workflow, place, env, tmp_path):
        """What a matrix of the stacks that a change touches is made of."""
        output = tmp_path / "changed"
        output.unlink(missing_ok=True)
        given = {**env, "BASE": self.base, "GITHUB_OUTPUT": str(output)}
        found = self.outputs(shell(self.step(workflow, "changed", "Changed"), place, given), output)
        rows = json.loads(found["stacks"])
        assert int(found["count"]) == len(rows)
        return rows

    def test_it_is_a_workflow(self, workflow):
        assert problems(workflow, "github-workflows") == []

    def test_a_program_of_the_pull_request_finds_no_token_that_may_write(self, workflow):
        jobs = workflow["jobs"]

        assert workflow["permissions"] == {"contents": "read"}
        assert [name for name, job in jobs.items() if "pull-requests" in job.get("permissions", {})] == ["cenguard"]
        checkouts = [
            step for job in jobs.values() for step in job["steps"] if step.get("uses", "").startswith("actions/checkout@")
        ]
        assert [step["with"]["persist-credentials"] for step in checkouts] == [False] * len(jobs)

    @pytest.mark.parametrize(
        ("files", "folders"),
        [
            (["net/Pulumi.yaml"], {"net"}),
            (["net/index.ts", "infra/wan/attachment/main.tf"], {"net", "infra/wan"}),
            (["shared/tags.json"], set(STACKS)),
            (["README.md", "docs/plan.md"], set()),
            (["cenguard.toml"], set(STACKS)),
        ],
    )
    def test_the_matrix_has_what_a_change_touches(self, place, workflow, env, tmp_path, files, folders):
        (place / "shared").mkdir()
        (place / "docs").mkdir()
        (place / "cenguard.toml").unlink()
        (place / ".github" / "workflows" / "cenguard.yml").unlink()
        change(place, *files)
        rows = self.rows(workflow, place, env, tmp_path)

        assert {row["PROJECT"] for row in rows} == folders
        assert all(len([row for row in rows if row["PROJECT"] == folder]) == 2 for folder in folders)

    def test_without_an_answer_of_git_everything_is_checked(self, place, workflow, env, tmp_path):
        self.base = "0" * 40
        assert len(self.rows(workflow, place, env, tmp_path)) == 6

    def test_every_step_runs_and_one_comment_says_it_all(self, place, workflow, env, tmp_path, server):
        change(place, "shared.json")
        statuses = {}
        for row in self.rows(workflow, place, env, tmp_path):
            job = workflow["jobs"]["check"]
            given = {name: row[name] for name in job["env"] if name in row}
            assert {name for name, value in job["env"].items() if "matrix." in value} == set(given)
            made = shell(self.step(workflow, "check", "Document"), place, {**env, **given})
            assert made.returncode == 0, made.stderr.decode()
            checked = shell(self.step(workflow, "check", "Check"), place, {**env, **given})
            statuses[row["PROJECT"], row["STACK"]] = checked.returncode
            annotated = re.findall(r"file=([^,]+)", checked.stdout.decode())
            assert all((place / name).exists() or "__main__.py" in name for name in annotated), annotated
        names = {path.name for path in (place / "cenguard-reports").glob("*.json")}

        assert statuses == {
            (folder, stack): int((folder, stack) in {("net", "prod"), ("infra/wan", "prod")})
            for folder in STACKS
            for stack in STACKS[folder]
        }
        assert names == {f"{folder.replace('/', '-')}-{stack}.json" for folder in STACKS for stack in STACKS[folder]}
        reports = {path.stem: json.loads(path.read_text()) for path in (place / "cenguard-reports").glob("*.json")}
        assert reports["infra-wan-prod"]["sources"][0]["project"] == "infra/wan/prod"

        output = tmp_path / "joined"
        last = {**env, "CHANGED": "success", "CHECKED": "failure", "COUNT": "6", "GITHUB_OUTPUT": str(output)}
        found = self.outputs(shell(self.step(workflow, "cenguard", "Outputs"), place, last), output)
        assert {name: bool(json.loads(value)) for name, value in found.items()} == {
            "buys": True,
            "cuts": True,
            "by_traffic": False,
        }
        assert shell(self.step(workflow, "cenguard", "Comment"), place, last).stdout == b"comment: posted\n"
        assert shell(self.step(workflow, "cenguard", "Comment"), place, last).stdout == b"comment: replaced\n"
        assert server.comments[1].startswith("<!-- cenguard: networks -->")
        assert shell(self.step(workflow, "cenguard", "Verdict"), place, last).returncode == 1

    def test_a_report_that_is_missing_claims_nothing(self, place, workflow, env, tmp_path):
        output = tmp_path / "joined"
        last = {**env, "CHANGED": "success", "CHECKED": "failure", "COUNT": "2", "GITHUB_OUTPUT": str(output)}
        done = shell(self.step(workflow, "cenguard", "Outputs"), place, last)

        assert (done.returncode, output.exists()) == (0, False)
        assert shell(self.step(workflow, "cenguard", "Verdict"), place, last).returncode == 1

    def test_a_change_that_touches_nothing_is_a_pass_and_buys_nothing(self, place, workflow, env, tmp_path, server):
        server.comments = {1: "<!-- cenguard: networks -->\nold"}
        output = tmp_path / "joined"
        last = {**env, "CHANGED": "success", "CHECKED": "skipped", "COUNT": "0", "GITHUB_OUTPUT": str(output)}
        found = self.outputs(shell(self.step(workflow, "cenguard", "Outputs"), place, last), output)

        assert found == {"buys": "[]", "cuts": "[]", "by_traffic": "[]"}
        assert shell(self.step(workflow, "cenguard", "Comment"), place, last).returncode == 0
        assert "resolved" in server.comments[1]
        assert shell(self.step(workflow, "cenguard", "Verdict"), place, last).returncode == 0

    @pytest.mark.parametrize(
        ("change_", "status", "said"),
        [
            ({"TOOL": "bicep"}, 2, "TOOL: pulumi, terraform or tofu was expected, not 'bicep'"),
            ({"PROJECT": "gone"}, 1, "gone: No such file or directory"),
            ({"STACK": "stage"}, 255, "unknown preview --stack stage"),
        ],
    )
    def test_what_is_wrong_stops_before_the_check(self, place, workflow, env, change_, status, said):
        row = {"PROJECT": "net", "STACK": "dev", "TOOL": "pulumi", "DOCUMENT": "net/dev.preview.json"}
        done = shell(self.step(workflow, "check", "Document"), place, {**env, **row, **change_})

        assert done.returncode == status
        assert said in done.stderr.decode()


class TestGitLab:
    def test_every_job_runs_and_one_note_says_it_all(self, place, tmp_path, gitlab, tool, server):
        base = repository(place)
        assert run("init", place, "--ci", "gitlab", "--pack", "executable").returncode == 0
        jobs = loaded(place / ".gitlab" / "cenguard.yml")
        assert problems(jobs, "gitlab-ci") == []
        change(place, "net/index.ts")
        found = tools(tmp_path / "tools")
        env = {**gitlab, **found, "PATH": f"{tool}{os.pathsep}{found['PATH']}", "CI_MERGE_REQUEST_DIFF_BASE_SHA": base}
        (place / ".gitlab").rename(tmp_path / "written")
        (place / "cenguard.toml").unlink()
        change(place, "net/index.ts")
        statuses = {}
        for name in jobs["cenguard"]["needs"]:
            given = {**env, **jobs[name]["variables"]}
            statuses[name] = shell("\n".join(jobs[".cenguard"]["script"]), place, given).returncode
            kept = jobs[name]["artifacts"]["reports"].values()
            assert {(place / path).exists() for path in kept} == {name.startswith("cenguard net")}
        assert statuses.pop("cenguard net prod") == 1
        assert set(statuses.values()) == {0}

        install, joined = jobs["cenguard"]["script"]
        assert "pip install" in install
        done = shell(joined, place, env)
        assert (done.returncode, done.stdout) == (0, b"comment: posted\n"), done.stderr
        assert server.comments[1].startswith("<!-- cenguard: networks -->")
        lines = dict(line.split("=", 1) for line in (place / "cenguard.env").read_text().splitlines())
        assert {name: bool(json.loads(value)) for name, value in lines.items()} == {
            "buys": True,
            "cuts": True,
            "by_traffic": False,
        }


class TestWhatIsFound:
    def test_opentofu_backends_workspaces_and_a_folder_without_values(self, tmp_path):
        for name, files in {
            "a": ["main.tofu"],
            "b": ["main.tf", "env/dev.tfvars", "env/x.auto.tfvars", "backend/dev.tfbackend"],
            "c": ["main.tf"],
        }.items():
            for file in files:
                (tmp_path / name / file).parent.mkdir(parents=True, exist_ok=True)
                (tmp_path / name / file).write_text("")
        (tmp_path / "c" / "terraform.tfstate.d" / "stage").mkdir(parents=True)
        (tmp_path / "c" / ".terraform.lock.hcl").write_text('provider "registry.opentofu.org/aliyun/alicloud" {}\n')
        found = [
            (item.folder, item.tool, item.name, item.var_file, item.backend_config, item.workspace)
            for item in stacks_below(tmp_path)
        ]

        assert found == [
            ("a", "tofu", "default", "", "", ""),
            ("b", "terraform", "dev", "env/dev.tfvars", "backend/dev.tfbackend", ""),
            ("c", "tofu", "stage", "", "", "stage"),
        ]

    @pytest.mark.parametrize(
        ("files", "stacks"),
        [
            ({"Pulumi.json": '{"name": "net", "runtime": "yaml"}', "Pulumi.prod.json": "{}", "Pulumi.yaml.md": ""}, ["prod"]),
            ({"Pulumi.yml": "name: net\nruntime: yaml\n", "Pulumi.prod.yml": "", "Pulumi.old.json": "{}"}, ["prod"]),
            (
                {"Pulumi.yaml": "name: net\nruntime: go\nstackConfigDir: of\n", "of/Pulumi.a.yaml": "", "of/Pulumi.b.yaml": ""},
                ["a", "b"],
            ),
            ({"Pulumi.yaml": "name: net\nruntime: go\nconfig: of\n", "of/Pulumi.a.yaml": "", "Pulumi.b.yaml": ""}, ["a"]),
            ({"Pulumi.yaml": "name: net\nruntime: go\nconfig: {a: 1}\n", "Pulumi.b.yaml": ""}, ["b"]),
            ({"Pulumi.yaml": "name: [\n", "Pulumi.b.yaml": ""}, ["b"]),
        ],
    )
    def test_a_project_file_is_found_under_each_of_its_names_and_its_stacks_where_it_says(self, tmp_path, files, stacks):
        for name, text in files.items():
            (tmp_path / "net" / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "net" / name).write_text(text)

        assert [(stack.folder, stack.tool, stack.name) for stack in stacks_below(tmp_path)] == [
            ("net", "pulumi", name) for name in stacks
        ]

    @pytest.mark.parametrize(("count", "after"), [(50, "needs"), (51, ".post")])
    def test_a_job_of_gitlab_needs_no_more_than_gitlab_allows(self, tmp_path, count, after):
        stacks = [Stack(folder=f"net{number}", tool="pulumi", name="dev") for number in range(count)]
        job = yaml.safe_load(pipelines.gitlab(stacks, tmp_path, None))["cenguard"]

        assert job["stage"] == (".post" if after == ".post" else "test")
        assert len(job.get("needs", ())) == (0 if after == ".post" else count)

    @pytest.mark.parametrize(("count", "ci", "is_said"), [(256, "github", False), (257, "github", True), (257, "gitlab", False)])
    def test_more_stacks_than_a_matrix_of_github_takes_are_said(self, tmp_path, count, ci, is_said):
        (tmp_path / "net").mkdir()
        (tmp_path / "net" / "Pulumi.yaml").write_text("name: x\nruntime: yaml\n")
        for number in range(count):
            (tmp_path / "net" / f"Pulumi.s{number}.yaml").write_text("")
        said = run("init", tmp_path, "--ci", ci, "--pack", "executable").stdout.decode()

        assert ("a change that touches more than 256 of the 257 stacks fails" in said) is is_said

    def test_a_name_that_a_pipeline_cannot_hold_is_left_out_and_said(self, tmp_path):
        (tmp_path / "a $(b)").mkdir()
        (tmp_path / "a $(b)" / "Pulumi.yaml").write_text("name: x\nruntime: yaml\n")
        said = run("init", tmp_path, "--ci", "github", "--pack", "executable").stdout.decode()

        assert "left out" in said
        assert "a $(b)" not in (tmp_path / ".github" / "workflows" / "cenguard.yml").read_text()

    @pytest.mark.parametrize("beside", [False, True])
    def test_units_of_terragrunt_are_left_to_it(self, tmp_path, beside):
        (tmp_path / "live" / "net").mkdir(parents=True)
        (tmp_path / "live" / "net" / "terragrunt.hcl").write_text("")
        (tmp_path / "live" / "net" / "main.tf").write_text("")
        if beside:
            (tmp_path / "Pulumi.yaml").write_text("name: x\nruntime: yaml\n")
        said = run("init", tmp_path, "--ci", "github", "--pack", "executable").stdout.decode()
        workflow = tmp_path / ".github" / "workflows" / "cenguard.yml"

        assert f"left out {(tmp_path / 'live' / 'net').as_posix()}: one command of Terragrunt plans all of its units" in said
        assert workflow.exists() is beside
        assert not beside or "live/net" not in workflow.read_text()
        assert "cenguard    says what to type for each project" in said

    def test_settings_of_a_project_are_those_of_its_check(self, tmp_path):
        (tmp_path / "net").mkdir()
        (tmp_path / "net" / "Pulumi.yaml").write_text("name: x\nruntime: yaml\n")
        (tmp_path / "net" / "cenguard.toml").write_text("")
        run("init", tmp_path, "--ci", "github", "--pack", "executable")

        assert (
            loaded(tmp_path / ".github" / "workflows" / "cenguard.yml")["jobs"]["cenguard"]["env"]["SETTINGS"]
            == "net/cenguard.toml"
        )

    @pytest.mark.parametrize("arguments", [["gone"], ["--ci", "jenkins"], ["--pack", "zip"]])
    def test_wrong_input(self, tmp_path, arguments):
        if arguments == ["gone"]:
            assert "there is no such folder" in refused("init", tmp_path / "gone")
        else:
            done = run("init", tmp_path, *arguments)
            assert done.returncode == 2
            assert b"Traceback" not in done.stderr


class TestThePackage:
    """It works for whoever ran it, or is theirs to say."""

    @pytest.mark.parametrize(
        ("direct", "address"),
        [
            (None, "cenguard[lines]==1.2.0"),
            ({"url": "https://git.example/n/cenguard.git", "vcs_info": {"vcs": "git", "commit_id": "0f3a", "requested_revision": "main"}}, "cenguard[lines] @ git+https://git.example/n/cenguard.git@0f3a"),
            ({"url": "ssh://git@git.example/n/cenguard.git", "vcs_info": {"vcs": "git", "commit_id": "0f3a"}}, "cenguard[lines] @ git+ssh://git@git.example/n/cenguard.git@0f3a"),
            ({"url": "https://me:secret@git.example/c.git", "vcs_info": {"vcs": "git", "commit_id": "0f3a"}}, "cenguard[lines] @ git+https://git.example/c.git@0f3a"),
            ({"url": "https://token@files.example/cenguard-1.2.0-py3-none-any.whl", "archive_info": {}}, "cenguard[lines] @ https://files.example/cenguard-1.2.0-py3-none-any.whl"),
            ({"url": "https://git.example/mono.git", "subdirectory": "tools/cenguard", "vcs_info": {"vcs": "git", "commit_id": "0f3a"}}, "cenguard[lines] @ git+https://git.example/mono.git@0f3a#subdirectory=tools/cenguard"),
            ({"url": "file:///home/me/cenguard", "dir_info": {"editable": True}}, None),
            ({"url": "file:///home/me/cenguard-1.2.0-py3-none-any.whl", "archive_info": {}}, None),
            ({"url": 'https://x/"; rm -rf /', "archive_info": {}}, None),
            ({"url": "https://x/c", "dir_info": {}}, None),
            ({"url": 5}, None),
            ([], None),
        ],
    )  # fmt: skip
    def test_by_where_it_came_from(self, direct, address):
        assert requirement("1.2.0", direct) == address

    def test_a_copy_of_this_machine_is_a_variable_for_the_reader(self, tmp_path):
        assert package_address() is None
        said = run("init", tmp_path, "--ci", "github", "--pack", "executable").stdout.decode()
        written = loaded(tmp_path / ".github" / "workflows" / "cenguard.yml")

        assert written["env"]["CENGUARD_PACKAGE"] == "${{ vars.CENGUARD_PACKAGE }}"
        assert "CENGUARD_PACKAGE: set this variable" in said

    def test_without_it_the_pipeline_stops_in_one_line(self, tmp_path):
        run("init", tmp_path, "--ci", "github", "--pack", "executable")
        steps = loaded(tmp_path / ".github" / "workflows" / "cenguard.yml")["jobs"]["cenguard"]["steps"]
        (install,) = [step["run"] for step in steps if step.get("name") == "Install"]
        done = shell(install, tmp_path, {"RUNNER_TEMP": str(tmp_path), "CENGUARD_PACKAGE": ""})

        assert done.returncode == 2
        assert done.stderr.startswith(b"CENGUARD_PACKAGE is not set")
        assert done.stderr.count(b"\n") == 1


def test_no_two_stacks_leave_their_reports_in_one_place(tmp_path):
    """One would be written over the other, and GitHub takes no second artifact of a name."""
    named = [(".", "net-prod"), ("net", "prod"), ("a/b", "c"), ("a", "b-c"), ("a-b", "c")]
    stacks = [Stack(folder=folder, tool="terraform", name=name) for folder, name in named]

    assert len({pipelines.environment(stack, stacks, tmp_path)["REPORT"] for stack in stacks}) == len(stacks)
