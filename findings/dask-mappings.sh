#!/usr/bin/env bash
# Dask names a task by what it is to do and what with, and does tasks of one name once. Two mappings that are equal have one name, also
# where they are in another order or do other things: of what is asked about {"us-west-1": 6, "eu-central-1": 4} and about the same two
# the other way round, both get one answer, and so do a `defaultdict(list)`, a `defaultdict(int)` and a `Counter`. In one call of
# `Client.map` it is the answer about the last of them; with `submit`, `dask.bag` and `delayed(…, pure=True)` that about the first.
# Python keeps the order of a mapping, and what is read of JSON and YAML has it: a function that takes the first peer, route or rule
# which fits decides about one stack by the order of another one's, without a message.
# With an OrderedDict, a list of pairs or `pure=False` each is a task of its own. That functions are taken for pure is documented. That
# the order does not count is meant so (pull request 12603 of dask says it in passing); what it means for a function is not told
# there, nor in the documentation, and no issue of it was found.
# Needs python3. Seen with dask and distributed 2026.8.0.
# cenguard hands out its batches with `pure=False` (cenguard/fleet/crews.py); tests/fleet/test_crews.py,
# test_batches_that_dask_takes_for_one_are_two.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check dask==2026.8.0 distributed==2026.8.0
cat > program.py <<'PY'
from collections import Counter, OrderedDict, defaultdict

import dask
import dask.bag
from distributed import Client

PEERS = {"us-west-1": 6, "eu-central-1": 4}  # the first that is in reach is taken
BACKUP = {"eu-central-1": 4, "us-west-1": 6}


def first(peers):
    return next(iter(peers))


def bought(packages):
    return packages["cn-beijing"]


def told(what, found):
    print(f"{what}: {list(found)}")


if __name__ == "__main__":
    told("Python", map(first, [PEERS, BACKUP]))
    told("dask.bag", (found for (found,) in dask.compute(*(dask.bag.from_sequence([each]).map(first) for each in (PEERS, BACKUP)), scheduler="sync")))
    told("delayed, pure", dask.compute(*map(dask.delayed(first, pure=True), [PEERS, BACKUP]), scheduler="sync"))
    told("delayed", dask.compute(*map(dask.delayed(first), [PEERS, BACKUP]), scheduler="sync"))
    with Client(processes=False, n_workers=1, dashboard_address=None) as client:
        told("map", client.gather(client.map(first, [PEERS, BACKUP])))
        futures = [client.submit(first, each) for each in (PEERS, BACKUP)]
        told("submit", client.gather(futures))
        told("map, pure=False", client.gather(client.map(first, [PEERS, BACKUP], pure=False)))
        told("map, OrderedDict", client.gather(client.map(first, [OrderedDict(PEERS), OrderedDict(BACKUP)])))
        told("map, lists of pairs", client.gather(client.map(dict, [list(PEERS.items()), list(BACKUP.items())])))
        told("map, defaultdict(list) and (int), Counter", client.gather(client.map(bought, [defaultdict(list), defaultdict(int), Counter()])))
    told("Python, the same", map(bought, [defaultdict(list), defaultdict(int), Counter()]))
PY
env/bin/python program.py 2>/dev/null | tee seen
cat > expected <<'END'
Python: ['us-west-1', 'eu-central-1']
dask.bag: ['us-west-1', 'us-west-1']
delayed, pure: ['us-west-1', 'us-west-1']
delayed: ['us-west-1', 'eu-central-1']
map: ['eu-central-1', 'eu-central-1']
submit: ['us-west-1', 'us-west-1']
map, pure=False: ['us-west-1', 'eu-central-1']
map, OrderedDict: ['us-west-1', 'eu-central-1']
map, lists of pairs: [{'us-west-1': 6, 'eu-central-1': 4}, {'eu-central-1': 4, 'us-west-1': 6}]
map, defaultdict(list) and (int), Counter: [0, 0, 0]
Python, the same: [[], 0, 0]
END
diff expected seen
echo "as before"
