#!/usr/bin/env bash
# `pulumi config refresh` gets back the configuration of a stack's last deployment, as when its file was lost. Into the stack's file it also
# writes what `Pulumi.yaml` says for all stacks: each value of the project, and each default. From then on they are the stack's own, and
# what the project changes no longer reaches it: with `default: 9` where there was 5 the other stacks go to 9, and this one keeps 5. So it
# is of values (`value:`) like `alicloud:region`. The file that is written has no mark of where a line came from, and no message says
# so. A file that was not lost becomes such a one, too: of the one before a copy is kept.
# That values of an ESC environment are written there as well is issue 22108 of pulumi, taken for a bug; of those of the project no
# issue was found, and the documentation of the command has one sentence.
# Needs go, and minutes for the first build. Seen with github.com/pulumi/pulumi/pkg/v3 and sdk/v3 3.276.0, whose command is built, and
# github.com/pulumi/pulumi-yaml 1.38.1, whose language host runs a program of outputs alone. It works on a folder, and asks nobody.
# cenguard takes a stack's own value before the project's, as the engine does (cenguard/readers/program/project.py);
# tests/readers/test_project.py, test_the_project_gives_values_to_every_stack.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
mkdir command bin net
cd command
printf 'package finding\n' > finding.go
go mod init finding >/dev/null 2>&1
go get github.com/pulumi/pulumi/pkg/v3/cmd/pulumi@v3.276.0 github.com/pulumi/pulumi/sdk/v3@v3.276.0 \
    github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml@v1.38.1 >/dev/null 2>&1
go build -o ../bin/ github.com/pulumi/pulumi/pkg/v3/cmd/pulumi github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml
cd ../net
export PATH="$place/bin:$PATH"
export PULUMI_BACKEND_URL="file://$place" PULUMI_HOME="$place/home" PULUMI_CONFIG_PASSPHRASE="" PULUMI_SKIP_UPDATE_CHECK=true
cat > Pulumi.yaml <<'YAML'
name: net
runtime: yaml
config:
  mbps: {type: integer, default: 5}
  alicloud:region: {value: cn-beijing}
outputs:
  mbps: ${mbps}
YAML
said() { sed -n '/^config:/,$p' "Pulumi.$1.yaml" | tail -n +2 | tr -s ' \n' ' '; }
for stack in dev prod; do
    pulumi stack init "$stack" >/dev/null 2>&1
    pulumi config set owner team --stack "$stack"
    pulumi up --yes --skip-preview --stack "$stack" >/dev/null 2>&1
done
{
    echo "before, both:$(said prod)"
    pulumi config refresh --stack prod >/dev/null 2>&1
    echo "dev:$(said dev)"
    echo "prod, refreshed:$(said prod)"
    sed -i 's/default: 5/default: 9/; s/cn-beijing/us-west-1/' Pulumi.yaml
    for stack in dev prod; do
        pulumi up --yes --skip-preview --stack "$stack" >/dev/null 2>&1
        echo "$stack, after the project was changed: $(pulumi stack output mbps --stack "$stack") in $(pulumi config get alicloud:region --stack "$stack")"
    done
} | tee ../seen
cat > ../expected <<'END'
before, both: net:owner: team
dev: net:owner: team
prod, refreshed: net:owner: team alicloud:region: cn-beijing net:mbps: "5"
dev, after the project was changed: 9 in us-west-1
prod, after the project was changed: 5 in cn-beijing
END
diff <(sed 's/ *$//' ../seen) ../expected
echo "as before"
