#!/usr/bin/env bash
# A resource that is replaced with others (the option `replaceWith`) has their names in the state. Pulumi's commands that edit a state put the
# names they worked out behind those that are there, where for `dependencies` they take their place:
# - `pulumi state rename` of any resource doubles the list of every resource of the stack. A script that renames 20 resources makes
#   a million entries of one, and each command after it reads and writes them.
# - `pulumi state repair`, which takes away what refers to a resource that is gone, doubles the lists as well when something else is
#   wrong; a name of one that is gone in such a list it does not take away, and asks to have the state edited by hand.
# `pulumi state move` of such resources, and some renames, end in an assertion of their own, and leave the state as it was. No message tells of
# the doubling. Renames beside `deletedWith` were mended in 2024 (issue 16252 and pull request 16260 of pulumi); no issue of this was found.
# Needs go, and minutes for the first build. Seen with github.com/pulumi/pulumi/pkg/v3 and sdk/v3 3.276.0, whose command is built. It works on a
# folder, and asks nobody.
# cenguard takes what is replaced with what from the program alone, each once (cenguard/resources/forced.py); tests/judging/test_base_states.py,
# test_what_replaces_a_resource_beside_its_values_is_seen.
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
cat > state.py <<'PY'
import json
import sys

URN = "urn:pulumi:dev::net::"
STACK, PROVIDER = URN + "pulumi:pulumi:Stack::net-dev", URN + "pulumi:providers:random::p"
ID = "5d0c3f0e-6a5b-4d0e-9a7c-2f9e4f5a1b63"


def pet(name, **more):
    return {"urn": f"{URN}random:index:Pet::{name}", "custom": True, "id": name, "type": "random:index:Pet", "parent": STACK,
            "provider": f"{PROVIDER}::{ID}"} | more  # fmt: skip


resources = [
    {"urn": STACK, "custom": False, "type": "pulumi:pulumi:Stack"},
    {"urn": PROVIDER, "custom": True, "id": ID, "type": "pulumi:providers:random", "parent": STACK},
    pet("hub"),
    pet("spoke", replaceWith=[f"{URN}random:index:Pet::{sys.argv[1]}"], dependencies=[f"{URN}random:index:Pet::hub"]),
    pet("other", dependencies=[f"{URN}random:index:Pet::{sys.argv[2]}"]),
]
print(json.dumps({"version": 3, "deployment": {"manifest": {"time": "2026-11-01T00:00:00Z", "magic": "", "version": ""}, "resources": resources}}))
PY
cat > told.py <<'PY'
import json
import sys

entries = {item["urn"].rpartition("::")[2]: item for item in json.load(sys.stdin)["deployment"]["resources"]}
spoke, other = entries["spoke"], next(entries[name] for name in entries if name.startswith("other"))
ends = [item.rpartition("::")[2] for item in spoke["replaceWith"]]
print(f"replaceWith {' '.join(ends)}; dependencies {len(spoke['dependencies'])}, of the other {len(other.get('dependencies', []))}")
PY
told() { ../pulumi stack export | python3 told.py | sed "s/^/$1: /"; }
{
    ../pulumi stack init dev >/dev/null 2>&1
    python3 state.py hub hub > state.json
    ../pulumi stack import --file state.json >/dev/null 2>&1
    told "as it was"
    before=other
    for name in other-1 other-2 other-3; do
        ../pulumi state rename "urn:pulumi:dev::net::random:index:Pet::$before" "$name" --yes >/dev/null 2>&1
        before=$name
        told "renamed to $name"
    done
    python3 state.py hub gone > state.json
    ../pulumi stack import --force --file state.json >/dev/null 2>&1
    ../pulumi state repair --yes >/dev/null 2>&1
    told "another reference repaired"
    python3 state.py gone hub > state.json
    ../pulumi stack import --force --file state.json >/dev/null 2>&1
    if ../pulumi state repair --yes >/dev/null 2>&1; then echo "repaired"; else echo "not repaired"; fi
    told "to be repaired"
} | tee ../seen
cat > ../expected <<'END'
as it was: replaceWith hub; dependencies 1, of the other 1
renamed to other-1: replaceWith hub hub; dependencies 1, of the other 1
renamed to other-2: replaceWith hub hub hub hub; dependencies 1, of the other 1
renamed to other-3: replaceWith hub hub hub hub hub hub hub hub; dependencies 1, of the other 1
another reference repaired: replaceWith hub hub; dependencies 1, of the other 0
not repaired
to be repaired: replaceWith gone; dependencies 1, of the other 1
END
diff ../expected ../seen
echo "as before"
