"""A repository with several projects, and tools that answer with recorded documents as the real ones do."""

import os
import subprocess
from pathlib import Path

import yaml

from tests.commands.test_cli import BAD, GOOD, RECORDINGS

TERRAFORM = {
    "dev": RECORDINGS / "terraform" / "terraform-basic-create" / "plan.json",
    "prod": RECORDINGS / "terraform" / "tofu-basic-no-package" / "plan.json",
}
STUBS = {
    # Answers by folder and stack; whatever is asked otherwise is refused, as a misspelt option would be.
    "pulumi": """\
case "$*" in
  install) echo "Finished installing dependencies" ;;
  "preview --stack dev --json --show-sames") cat "$DOCUMENTS/good.json" ;;
  "preview --stack prod --json --show-sames") cat "$DOCUMENTS/$(basename "$PWD").json" ;;
  *) echo "pulumi: unknown $*" >&2; exit 255 ;;
esac""",
    "terraform": """\
case "$*" in
  "init -input=false") echo "Terraform has been successfully initialized!" ;;
  "plan -input=false -out=cenguard.tfplan -var-file=$TF_WORKSPACE.tfvars")
    test -f "$TF_WORKSPACE.tfvars" && cp "$DOCUMENTS/terraform-$TF_WORKSPACE.json" cenguard.tfplan && echo "Plan: 7 to add" ;;
  "show -json cenguard.tfplan") cat cenguard.tfplan ;;
  *) echo "terraform: unknown $*" >&2; exit 1 ;;
esac""",
}


def script(path, text):
    path.write_text(f"#!/bin/bash\n{text}\n", "utf-8")
    path.chmod(0o755)


def tools(place):
    """Stubs of pulumi and terraform, and the environment in which they answer."""
    documents = place / "documents"
    documents.mkdir(parents=True)
    (documents / "good.json").write_bytes(GOOD.read_bytes())
    (documents / "net.json").write_bytes(BAD.read_bytes())
    (documents / "shop.json").write_bytes(GOOD.read_bytes())
    for stack, path in TERRAFORM.items():
        (documents / f"terraform-{stack}.json").write_bytes(path.read_bytes())
    bin_ = place / "bin"
    bin_.mkdir()
    for name, text in STUBS.items():
        script(bin_ / name, text)
    script(bin_ / "tofu", STUBS["terraform"])
    return {"DOCUMENTS": str(documents), "PATH": f"{bin_}{os.pathsep}{os.environ['PATH']}"}


def git(folder, *arguments):
    done = subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def repository(root):
    """Three projects in folders, two stacks each, one of them Terraform; committed, and the commit."""
    for folder, name in (("net", "network"), ("apps/shop", "shop")):
        (root / folder).mkdir(parents=True)
        (root / folder / "Pulumi.yaml").write_text(f"name: {name}\nruntime: nodejs\n")
        for stack in ("dev", "prod"):
            (root / folder / f"Pulumi.{stack}.yaml").write_text("config: {}\n")
    wan = root / "infra" / "wan"
    (wan / "attachment").mkdir(parents=True)
    (wan / "main.tf").write_text('module "one" {\n  source = "./attachment"\n}\n')
    (wan / "attachment" / "main.tf").write_text("# a module that the program calls\n")
    for name in ("dev.tfvars", "prod.tfvars", "terraform.tfvars"):
        (wan / name).write_text("")
    for noise in ("node_modules/x", ".pulumi/y", "env"):
        (root / noise).mkdir(parents=True)
        (root / noise / "Pulumi.yaml").write_text("name: x\nruntime: nodejs\n")
    (root / "env" / "pyvenv.cfg").write_text("")
    (root / "README.md").write_text("networks\n")
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=all")
    return git(root, "rev-parse", "HEAD")


def change(root, *files):
    for name in files:
        path = root / name
        path.write_text((path.read_text() if path.is_file() else "") + "# changed\n")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=change")


def loaded(path: Path):
    """A pipeline; `on` is a yes to YAML 1.1."""
    return {("on" if key is True else key): value for key, value in yaml.safe_load(path.read_text("utf-8")).items()}
