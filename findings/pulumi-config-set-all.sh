#!/usr/bin/env bash
# `pulumi config set-all --json` takes what `pulumi config --json` prints, says its help, and the second has `--show-secrets` so that secrets
# can go along: that is how a stack's configuration gets into another stack. A list or a mapping that has a secret in it cannot: its whole
# text is encrypted, and what comes of that is put where a list or mapping has to stand. The command ends with "invalid character 'v'
# looking for beginning of value", which names no key, and saves nothing of the rest either. Secrets by themselves, and lists and
# mappings without any, go through, and so does all of it with `pulumi config cp`.
# Needs go, and minutes for the first build. Seen with github.com/pulumi/pulumi/pkg/v3 and sdk/v3 3.276.0, whose command is built. It works on a
# folder, and asks nobody. No issue of it was found.
# cenguard reads a stack's file, with an encrypted value at any depth as one that is not known (cenguard/readers/program/project.py);
# tests/readers/test_project.py, test_encrypted_values_are_marked_at_any_depth.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
mkdir command net
cd command
printf 'package finding\n' > finding.go
go mod init finding >/dev/null 2>&1
go get github.com/pulumi/pulumi/pkg/v3/cmd/pulumi@v3.276.0 github.com/pulumi/pulumi/sdk/v3@v3.276.0 >/dev/null 2>&1
go build -o ../pulumi github.com/pulumi/pulumi/pkg/v3/cmd/pulumi
cd ../net
printf 'name: net\nruntime: yaml\n' > Pulumi.yaml
export PULUMI_BACKEND_URL="file://$place" PULUMI_HOME="$place/home" PULUMI_CONFIG_PASSPHRASE="" PULUMI_SKIP_UPDATE_CHECK=true
pulumi() { ../pulumi "$@" 2>>errors; }
for stack in plain secret inside; do
    pulumi stack init "$stack" >/dev/null
    pulumi config set owner team --stack "$stack"
done
pulumi config set --path 'hub.region' cn-beijing --stack plain
pulumi config set --secret token word --stack secret
pulumi config set --path 'hub.region' cn-beijing --stack inside
pulumi config set --path 'hub.token' word --secret --stack inside
values() { sed -n '/^config:/,$p' "Pulumi.$1.yaml" 2>/dev/null | tail -n +2 | sed 's/secure: .*/secure/' | tr -s ' \n' ' ' | sed 's/ *$//'; }
{
    for stack in plain secret inside; do
        pulumi stack init "all-$stack" >/dev/null
        if pulumi config set-all --stack "all-$stack" --json "$(pulumi config --json --show-secrets --stack "$stack")"; then said="taken"; else said="refused"; fi
        pulumi stack init "copy-$stack" >/dev/null
        pulumi config cp --stack "$stack" --dest "copy-$stack"
        echo "$stack, set-all, $said:$(values "all-$stack")"
        echo "$stack, cp:$(values "copy-$stack")"
    done
    grep -o "invalid character.*" errors
} | tee ../seen
cat > ../expected <<'END'
plain, set-all, taken: net:hub: region: cn-beijing net:owner: team
plain, cp: net:hub: region: cn-beijing net:owner: team
secret, set-all, taken: net:owner: team net:token: secure
secret, cp: net:owner: team net:token: secure
inside, set-all, refused:
inside, cp: net:hub: region: cn-beijing token: secure net:owner: team
invalid character 'v' looking for beginning of value
END
diff ../seen ../expected
echo "as before"
