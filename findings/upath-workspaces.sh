#!/usr/bin/env bash
# Terraform's and OpenTofu's backends for S3 keep the states of workspaces below `env:/`, unless `workspace_key_prefix` says otherwise
# (`env:/prod/net.tfstate`). universal_pathlib, the paths over fsspec's stores, takes such a name for the address of another store: over a
# bucket that has one workspace, `rglob` and `glob("**/…")` end in "Protocol not known: 'env'", whatever else there is. Nor can the key
# be joined to the bucket's path (`bucket / "env:/prod/net.tfstate"`). The same key is read as part of an address, from its parts,
# and by `iterdir` and `walk`; fsspec itself finds and reads all. That an address of another store cannot be joined is meant so
# (pull request 264 of the library); no issue of it was found in which the name is a key.
# Needs python3. Seen with universal_pathlib 0.3.10, fsspec 2026.9.0 and s3fs 2026.9.0. No service is asked: the states are in fsspec's own
# memory, and the bucket's path is only made.
# cenguard lists with fsspec (cenguard/fleet/stores.py); tests/fleet/test_stores.py,
# test_workspaces_by_the_paths_that_terraforms_backends_give_them.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check universal_pathlib==0.3.10 fsspec==2026.9.0 s3fs==2026.9.0
cat > program.py <<'PY'
import fsspec
from upath import UPath

KEY = "env:/prod/net.tfstate"
store = fsspec.filesystem("memory")
for name in ("app/net.tfstate", "net.tfstate", KEY):
    store.pipe(f"/states/{name}", name.encode())
states = UPath("memory://states")


def tell(what, made):
    try:
        print(f"{what}: {made()}")
    except ValueError as error:
        print(f"{what}: {type(error).__name__}: {error}")


def names(paths):
    return ", ".join(sorted(str(path).removeprefix("memory://states/") for path in paths))


tell("fsspec find", lambda: ", ".join(path.removeprefix("/states/") for path in store.find("/states")))
tell("rglob", lambda: names(states.rglob("*.tfstate")))
tell("glob **", lambda: names(states.glob("**/*.tfstate")))
tell("walk", lambda: names(folder / file for folder, _, files in states.walk() for file in files))
tell("iterdir", lambda: names(states.iterdir()))
tell("joined", lambda: (states / KEY).read_text())
tell("joined in a bucket", lambda: UPath("s3://states") / KEY)
tell("its parts", lambda: states.joinpath(*KEY.split("/")).read_text())
tell("its address", lambda: UPath(f"memory://states/{KEY}").read_text())
tell("its address in a bucket", lambda: UPath(f"s3://states/{KEY}"))
store.rm("/states/env:", recursive=True)
tell("rglob without a workspace", lambda: names(states.rglob("*.tfstate")))
PY
env/bin/python program.py | tee seen
for what in rglob "glob \*\*" joined "joined in a bucket"; do
    grep -qx "$what: ValueError: Protocol not known: 'env'" seen
done
grep -qxF "fsspec find: app/net.tfstate, env:/prod/net.tfstate, net.tfstate" seen
grep -qxF "walk: app/net.tfstate, env:/prod/net.tfstate, net.tfstate" seen
grep -qxF "iterdir: app, env:, net.tfstate" seen
grep -qxF "its parts: env:/prod/net.tfstate" seen
grep -qxF "its address: env:/prod/net.tfstate" seen
grep -qxF "its address in a bucket: s3://states/env:/prod/net.tfstate" seen
grep -qxF "rglob without a workspace: app/net.tfstate, net.tfstate" seen
echo "as before"
