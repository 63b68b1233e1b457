"""`cenguard` alone: what is in a folder, and commands that do what they say when they are typed as they stand there."""

import os
import re
import subprocess

import pytest

from tests.commands.repositories import script
from tests.commands.test_cli import BAD, RECORDINGS, ROOT, TYPED, run

PLAN = RECORDINGS / "terraform" / "tofu-basic-no-package" / "plan.json"
STATE = RECORDINGS / "terraform" / "terraform-basic-create" / "terraform.tfstate"
EXPORT = RECORDINGS / "basic-create" / "export-after-up.json"
PROGRAM = ROOT / "examples" / "missing-package"
TERRAFORM = """\
case "$1" in -chdir=*) cd "${1#-chdir=}" && shift ;; esac
case "$*" in
  init*) mkdir -p .terraform ;;
  "plan -out=plan.tfplan" | "plan -out=plan.tfplan -var-file=prod.tfvars") test -d .terraform && cp "$PLAN" plan.tfplan ;;
  "show -json plan.tfplan") cat plan.tfplan ;;
  *) echo "unknown: $*" >&2; exit 1 ;;
esac"""
TERRAGRUNT = """\
[ "$*" = "run --all --json-out-dir plans -- plan" ] || { echo "unknown: $*" >&2; exit 1; }
find . -name terragrunt.hcl -printf '%h\\n' | while read -r unit; do
  if [ -f "$unit/main.tf" ]; then mkdir -p "plans/$unit"; cp "$PLAN" "plans/$unit/tfplan.json"; fi
done"""
PULUMI = """\
case "$*" in
  "preview --stack dev --json --show-sames") cat "$PREVIEW" ;;
  "preview --cwd 'my net' --stack dev --json --show-sames" | "preview --cwd my net --stack dev --json --show-sames") cat "$PREVIEW" ;;
  *) echo "unknown: $*" >&2; exit 1 ;;
esac"""


@pytest.fixture
def said(tmp_path):
    """What the command says in a folder."""

    def say(folder=tmp_path):
        done = run(cwd=folder)
        assert (done.returncode, done.stderr) == (0, b"")
        return done.stdout.decode()

    return say


@pytest.fixture
def typed(tmp_path_factory):
    """Type every command below a heading, as a person would: the status of each."""
    tools = tmp_path_factory.mktemp("bin")
    script(tools / "pulumi", PULUMI)
    script(tools / "terraform", TERRAFORM)
    script(tools / "tofu", TERRAFORM)
    script(tools / "terragrunt", TERRAGRUNT)
    script(tools / "cenguard", f'exec {TYPED} "$@"')
    env = {**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}", "PLAN": str(PLAN), "PREVIEW": str(BAD)}

    def type_all(text, heading, folder):
        lines = text.partition(f"\n{heading}")[2].split("\n\n")[0].splitlines()[1:]
        commands = [re.split(r"  +", line.strip())[0] for line in lines]
        assert commands
        return [
            (command, subprocess.run(["bash", "-c", command], cwd=folder, env=env, capture_output=True, check=False).returncode)
            for command in commands
        ]

    return type_all


def project(folder, runtime="python", program=None):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "Pulumi.yaml").write_text(f"name: network\nruntime:\n  name: {runtime}\n")
    if program:
        (folder / "__main__.py").write_bytes((program / "__main__.py").read_bytes())


class TestProjects:
    def test_a_program_in_python_is_run(self, tmp_path, said, typed):
        project(tmp_path, program=PROGRAM)

        assert "Pulumi project in this folder, python: dev" in said()
        assert typed(said(), "Pulumi project", tmp_path) == [("cenguard check", 1), ("cenguard fix", 1)]

    def test_a_program_in_yaml_is_read(self, tmp_path, said, typed):
        (tmp_path / "Pulumi.yaml").write_text("name: network\nruntime: yaml\nresources: {}\n")

        assert typed(said(), "Pulumi project in this folder, yaml", tmp_path)[0] == ("cenguard check", 0)

    def test_of_several_stacks_one_is_named(self, tmp_path, said, typed):
        project(tmp_path / "net", program=PROGRAM)
        for name in ("prod", "dev"):
            (tmp_path / "net" / f"Pulumi.{name}.yaml").write_text("config: {}\n")

        assert "Pulumi project in net, python: dev, prod" in said()
        assert typed(said(), "Pulumi project", tmp_path)[0] == ("cenguard check net --stack dev", 1)

    @pytest.mark.parametrize("folder", [".", "my net"])
    def test_a_program_in_another_language_is_previewed(self, tmp_path, said, typed, folder):
        project(tmp_path / folder, "nodejs")

        assert [status for _, status in typed(said(), "Pulumi project", tmp_path)] == [0, 1]

    @pytest.mark.parametrize("folder", [".", "infra/wan", "my infra"])
    def test_a_terraform_folder_is_planned(self, tmp_path, said, typed, folder):
        place = tmp_path / folder
        place.mkdir(parents=True, exist_ok=True)
        (place / "main.tf").write_text("")
        (place / "prod.tfvars").write_text("")

        assert "Terraform in " in said()
        assert [status for _, status in typed(said(), "Terraform in", tmp_path)] == [0, 0, 0, 1]
        assert "init" not in said(), "what is initialized needs it no more"

    def test_opentofu_is_called_by_its_name(self, tmp_path, said, typed):
        (tmp_path / "main.tofu").write_text("")

        assert typed(said(), "OpenTofu in this folder", tmp_path)[0] == ("tofu init", 0)

    @pytest.mark.parametrize(
        "units", [["."], ["live/net"], ["live/net", "live/shop 1"], [f"live/net{index}" for index in range(6)]]
    )
    def test_units_of_terragrunt_are_planned_by_it(self, tmp_path, said, typed, units):
        (tmp_path / "live").mkdir()
        for name in [*units, *(["live"] if units != ["."] else [])]:
            (tmp_path / name).mkdir(parents=True, exist_ok=True)
            (tmp_path / name / "terragrunt.hcl").write_text("")
            if name != "live":  # which its units include
                (tmp_path / name / "main.tf").write_text("")

        assert "Terraform" not in said(), "a unit that is planned without Terragrunt has none of its inputs"
        assert "live," not in said()
        (plan, planned), (check, checked) = typed(said(), "Terragrunt", tmp_path)
        assert (planned, checked) == (0, 1)
        assert plan.startswith("terragrunt run --all")
        assert check.count("tfplan.json") == (len(units) if len(units) <= 4 else 1)

    def test_units_that_terragrunt_makes_from_a_stack(self, tmp_path, said):
        (tmp_path / "terragrunt.stack.hcl").write_text("")

        assert "cenguard check $(find plans -name tfplan.json)" in said()

    def test_a_document_that_is_there_is_checked(self, tmp_path, said, typed):
        project(tmp_path / "net", "go")
        (tmp_path / "net" / "preview.json").write_bytes(BAD.read_bytes())

        assert typed(said(), "Pulumi project in net, go", tmp_path) == [("cenguard check net/preview.json", 1)]

    def test_many_projects_are_counted(self, tmp_path, said):
        for index in range(10):
            project(tmp_path / f"net{index}")

        assert "… and 4 more projects: net6, net7, net8, net9\n" in said()

    def test_below_a_project_its_folder_is_named(self, tmp_path, said, typed):
        project(tmp_path)
        inside = tmp_path / "modules" / "parts"
        inside.mkdir(parents=True)

        assert f"inside of the Pulumi project {tmp_path}" in said(inside)
        assert [status for _, status in typed(said(inside), "This folder is inside", inside)] == [0, 0]


class TestDocumentsAndStates:
    def test_what_no_project_owns(self, tmp_path, said, typed):
        (tmp_path / "plan.json").write_bytes(PLAN.read_bytes())
        (tmp_path / "stack.json").write_bytes(EXPORT.read_bytes())
        (tmp_path / "package.json").write_text('{"name": "web"}')
        (tmp_path / "half.json").write_text('{"steps": [')

        assert typed(said(), "Documents: plan.json\n"[:-1], tmp_path) == [("cenguard check plan.json", 1)]
        assert typed(said(), "States: stack.json", tmp_path) == [("cenguard check stack.json", 0)]
        assert "package.json" not in said()
        assert "half.json" not in said()

    def test_a_backend_is_audited(self, tmp_path, said, typed):
        stacks = tmp_path / ".pulumi" / "stacks" / "network"
        stacks.mkdir(parents=True)
        (stacks / "prod.json").write_bytes(EXPORT.read_bytes())

        assert typed(said(), "States of a Pulumi backend", tmp_path) == [("cenguard audit .pulumi", 0)]

    def test_many_states_are_one_input(self, tmp_path, said, typed):
        for index in range(6):
            (tmp_path / f"net{index}").mkdir()
            (tmp_path / f"net{index}" / "main.tf").write_text("")
            (tmp_path / f"net{index}" / "terraform.tfstate").write_bytes(STATE.read_bytes())

        assert [command for command, _ in typed(said(), "States:", tmp_path)] == ["cenguard audit ."]


class TestCdkForTerraform:
    """Its stacks are written as Terraform, into a folder that holds no program of its own."""

    def test_each_stack_is_planned_where_it_is_written(self, tmp_path, said):
        (tmp_path / "cdktf.json").write_text('{"language": "python", "app": "python main.py"}')
        assert "-chdir=cdktf.out/stacks/STACK init" in said()

        for name in ("net", "shop"):
            (tmp_path / "cdktf.out" / "stacks" / name).mkdir(parents=True)
            (tmp_path / "cdktf.out" / "stacks" / name / "cdk.tf.json").write_text("{}")
        text = said()

        assert "CDK for Terraform in this folder: net, shop" in text
        assert "No Pulumi project" not in text
        assert "terraform -chdir=cdktf.out/stacks/shop show -json plan.tfplan > cdktf.out/stacks/shop/plan.json" in text
        assert text.count("cdktf synth") == 1


class TestNothing:
    def test_an_empty_folder_says_how_to_begin(self, tmp_path, said, typed):
        text = said()

        assert text.startswith(f"cenguard 0.1.0 in {tmp_path}\n\nNo Pulumi project, no files of Terraform or OpenTofu")
        assert typed(text, "To begin", tmp_path)[0] == ("cenguard needs cn-beijing us-west-1 --mbps 20", 0)

    def test_nothing_is_written_or_run(self, tmp_path, said):
        project(tmp_path)
        (tmp_path / "__main__.py").write_text("open('was-run', 'w')")
        said()

        assert sorted(path.name for path in tmp_path.iterdir()) == ["Pulumi.yaml", "__main__.py"]

    def test_names_that_would_draw_on_a_terminal_do_not(self, tmp_path, said):
        project(tmp_path / "a\x1b[31m")

        assert "\x1b" not in said()

    def test_a_command_that_does_not_exist_is_still_refused(self):
        assert run("chekc").returncode == 2
