"""Programs of tests, each in a fork of one process that has the SDK loaded already.

Loading it takes a second, a program of ten resources a tenth of one: what reads hundreds of programs reads them here. How
`cenguard check` starts a program, `tests/readers/test_program.py` holds, and the pages and examples that the command reads.
"""

import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from cenguard.readers.program import reader

ROOT = Path(__file__).parents[1]
SERVE = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from tests.warm_programs import serve; sys.path.remove({str(ROOT)!r}); serve()"


@contextmanager
def warm_programs():
    """Within it, `read_program` of this process runs Python programs in forks; gives what tells the last one's prints."""
    with (
        tempfile.TemporaryFile() as prints,
        subprocess.Popen(
            [sys.executable, "-P", "-c", SERVE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=prints
        ) as process,
        pytest.MonkeyPatch.context() as patch,
    ):

        def start(job):
            prints.truncate(0)
            process.stdin.write(f"{job}\n".encode())
            process.stdin.flush()
            return int(process.stdout.readline())

        patch.setattr(reader, "start", start)

        def printed():
            prints.seek(0)
            return prints.read().decode()

        yield printed
        process.stdin.close()


def serve():
    """Read the path of one job after the other; answer each with the status of the process that ran it."""
    import gc
    import os

    import pulumi.runtime
    import pulumi_alicloud

    from cenguard.readers.program import failure, monitor, sdk_patches
    from cenguard.readers.program.child import answer

    kept = [pulumi.runtime, failure, monitor, sdk_patches]
    kept += [getattr(pulumi_alicloud, name).__name__ for name in ("cen", "vpc", "vpn", "expressconnect")]  # loaded when asked
    gc.collect()
    gc.freeze()
    jobs, answers = os.fdopen(os.dup(0)), os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)  # what a program prints
    for job in jobs:
        process = os.fork()
        if not process:
            try:
                answer(job.rstrip("\n"))
            finally:
                os._exit(1 if sys.exc_info()[0] else 0)
        answers.write(f"{os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])}\n")
        answers.flush()
