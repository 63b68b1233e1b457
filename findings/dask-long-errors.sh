#!/usr/bin/env bash
# An error of more than 10,000 characters that ends a task of Dask's is another error where its result is waited for: the worker makes a
# new one of the same class out of two texts of its own, ("Long error message", what the error said), whatever the class takes. The
# messages of services and of checkers that list what they found are of that length.
# - An OSError has a text for its number: `error.errno == errno.EACCES` is false, and its file's name is gone.
# - A class with two arguments, as (status, body), is content with the two: its status is "Long error message".
# - A class with another number of arguments is no longer itself: `except` passes over it, it is a bare Exception.
# - A class that takes any number is itself, and what it kept of its arguments is gone.
# So what decides by the error's class or number (try again, pass over, give up) decides otherwise for the long ones alone. No message says
# so, and in the worker, or with `concurrent.futures`, each is whole. The limit is `distributed.admin.max-error-length`, which the
# configuration's reference describes as one for tracebacks. That the text is cut is issue 2248 of distributed; of what becomes of
# the error no issue was found.
# Needs python3. Seen with distributed 2026.8.0.
# On a cluster cenguard's tasks end in answers: a state that may not be read is a line with a short reason (cenguard/fleet/reading.py);
# tests/fleet/test_buckets.py, test_a_long_answer_of_a_service_is_a_short_reason.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check dask==2026.8.0 distributed==2026.8.0
cat > program.py <<'PY'
import errno
from concurrent.futures import ProcessPoolExecutor

from distributed import Client


class Refused(Exception):
    def __init__(self, status, body):
        super().__init__(status, body)
        self.status = status


class Findings(Exception):
    def __init__(self, found):
        super().__init__(found)
        self.found = found


def denied(length):
    raise PermissionError(errno.EACCES, "x" * length, "prod.json")


def refused(length):
    raise Refused(503, "x" * length)


def checked(length):
    raise Findings(["x"] * (length // 5))


def missing(length):
    raise KeyError("cen-1", "x" * length)


def told(error):
    kept = {name: value if isinstance(value, int | str | None) else len(value) for name, value in vars(error).items()}
    if isinstance(error, OSError):
        kept |= {"errno": error.errno, "filename": error.filename}
    return f"{type(error).__name__}, {kept}, first argument {error.args[0] if len(str(error.args[0])) < 50 else '…'}"


if __name__ == "__main__":
    with Client(processes=True, n_workers=1, threads_per_worker=1, dashboard_address=None) as client, ProcessPoolExecutor(1) as pool:
        for task in (denied, refused, checked, missing):
            for length in (5_000, 15_000):
                print(f"{task.__name__} {length}, concurrent.futures: {told(pool.submit(task, length).exception())}")
                print(f"{task.__name__} {length}, distributed: {told(client.submit(task, length, pure=False).exception())}")
PY
env/bin/python program.py 2>/dev/null | tee seen
cat > expected <<'END'
denied 5000, concurrent.futures: PermissionError, {'errno': 13, 'filename': 'prod.json'}, first argument 13
denied 5000, distributed: PermissionError, {'errno': 13, 'filename': 'prod.json'}, first argument 13
denied 15000, concurrent.futures: PermissionError, {'errno': 13, 'filename': 'prod.json'}, first argument 13
denied 15000, distributed: PermissionError, {'errno': 'Long error message', 'filename': None}, first argument Long error message
refused 5000, concurrent.futures: Refused, {'status': 503}, first argument 503
refused 5000, distributed: Refused, {'status': 503}, first argument 503
refused 15000, concurrent.futures: Refused, {'status': 503}, first argument 503
refused 15000, distributed: Refused, {'status': 'Long error message'}, first argument Long error message
checked 5000, concurrent.futures: Findings, {'found': 1000}, first argument …
checked 5000, distributed: Findings, {'found': 1000}, first argument …
checked 15000, concurrent.futures: Findings, {'found': 3000}, first argument …
checked 15000, distributed: Exception, {}, first argument Long error message
missing 5000, concurrent.futures: KeyError, {}, first argument cen-1
missing 5000, distributed: KeyError, {}, first argument cen-1
missing 15000, concurrent.futures: KeyError, {}, first argument cen-1
missing 15000, distributed: KeyError, {}, first argument Long error message
END
diff expected seen
echo "as before"
