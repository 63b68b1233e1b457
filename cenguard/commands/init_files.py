"""The files that `cenguard init` writes."""

from pathlib import Path

PACK = {
    "policy_pack/PulumiPolicy.yaml": """\
# Run with: pulumi preview --policy-pack policy_pack
# The pack runs in the python3 on PATH (an activated environment), which needs: pip install 'cenguard[pulumi]'
# No virtualenv is named here on purpose: while one is missing, the engine waits for the pack for ever, without a word.
runtime:
  name: python
  options:
    toolchain: pip
version: 0.1.0
description: Will the networks of a Cloud Enterprise Network really reach each other?
""",
    "policy_pack/__main__.py": '''\
"""The policy pack: serves cenguard's rules to the engine."""

import sys

try:
    from cenguard.pack import serve
except ImportError:
    sys.exit(f"cenguard is not installed in {sys.executable}: {sys.executable} -m pip install 'cenguard[pulumi]'")

if __name__ == "__main__":
    serve()
''',
}
SETTINGS = {
    "cenguard.toml": """\
# What this repository decided about cenguard's rules: `cenguard rules` lists them.

undetermined = "advisory"            # what hangs on a value nobody knows yet: hide, advisory or mandatory
# shared = ["core-*"]                # CEN instances that other stacks attach to or buy for
# inventory = ["network.inventory.toml"]   # what lives outside this repository

# [rules.missing-bandwidth-package]
# level = "mandatory"                # mandatory, advisory or disabled
""",
}
CI = {
    "github": {
        ".github/workflows/cenguard.yml": """\
# Previews the network on every pull request, comments on it, and blocks the merge while a mandatory finding is open
# (make the check "cenguard" required in the branch's protection).
name: cenguard
on:
  pull_request:
permissions:
  contents: read
  pull-requests: write
concurrency:
  group: cenguard-${{ github.ref }}
  cancel-in-progress: true
jobs:
  cenguard:
    runs-on: ubuntu-latest
    timeout-minutes: 20
    env:
      PULUMI_STACK: dev
      PULUMI_ACCESS_TOKEN: ${{ secrets.PULUMI_ACCESS_TOKEN }}
      ALICLOUD_ACCESS_KEY: ${{ secrets.ALICLOUD_ACCESS_KEY }}
      ALICLOUD_SECRET_KEY: ${{ secrets.ALICLOUD_SECRET_KEY }}
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - uses: pulumi/actions@v6
      - run: |
          python -m pip install --quiet cenguard
          if [ -f requirements.txt ]; then python -m pip install --quiet -r requirements.txt; fi
      - run: pulumi preview --stack "$PULUMI_STACK" --json --show-sames > "$RUNNER_TEMP/preview.json"
      - run: >-
          cenguard check "$RUNNER_TEMP/preview.json" --format github
          -o json="$RUNNER_TEMP/report.json"
      - if: always() && !cancelled()
        env:
          GITHUB_TOKEN: ${{ github.token }}
        # The verdict is the check's: a comment that could not be written (of a fork, say) does not change it.
        run: |
          [ ! -f "$RUNNER_TEMP/report.json" ] || cenguard comment "$RUNNER_TEMP/report.json" || true
""",
    },
    "gitlab": {
        ".gitlab/cenguard.yml": """\
# Include it from .gitlab-ci.yml:
#   include:
#     - local: .gitlab/cenguard.yml
cenguard:
  stage: test
  image: docker.io/pulumi/pulumi-python:latest
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  variables:
    PULUMI_STACK: dev
  script:
    - python3 -m venv .cenguard && . .cenguard/bin/activate
    - python -m pip install --quiet cenguard
    - if [ -f requirements.txt ]; then python -m pip install --quiet -r requirements.txt; fi
    - pulumi preview --stack "$PULUMI_STACK" --json --show-sames > preview.json
    - >-
      cenguard check preview.json
      -o gitlab=gl-code-quality-report.json -o junit=cenguard.xml -o json=cenguard.json -o html=cenguard.html
  after_script:
    # With the variable CENGUARD_TOKEN, an access token with the scope api, the job also comments on the merge request.
    - if [ -n "${CENGUARD_TOKEN:-}" ] && [ -n "${CI_MERGE_REQUEST_IID:-}" ] && [ -f cenguard.json ]; then .cenguard/bin/cenguard comment cenguard.json; fi
  artifacts:
    when: always
    paths: [cenguard.json, cenguard.html]
    reports:
      codequality: gl-code-quality-report.json
      junit: cenguard.xml
""",
    },
}


def system_of(folder: Path) -> str:
    """Which CI system a repository uses, by its files and its remote."""
    if (folder / ".gitlab-ci.yml").is_file():
        return "gitlab"
    if (folder / ".github").is_dir():
        return "github"
    try:
        remotes = (folder / ".git" / "config").read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return "none"
    return next((name for name in ("github", "gitlab") if name in remotes), "none")
