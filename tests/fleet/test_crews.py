"""Work that is handed out comes back whole, whoever dies of it."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor

import msgspec
import pytest

from cenguard.errors import UnreadableInput
from cenguard.fleet import crews
from cenguard.fleet.crews import Alone, Cluster, Killed, Pool, crew_of
from tests.fleet.fleets import run, write_fleet


def doubled(batch):
    return [2 * item for item in batch]


def named_first(batch):
    return [next(iter(item)) for item in batch]


def dies_of_7(batch):
    if 7 in batch:
        os._exit(9)
    return doubled(batch)


def hears_no_sigterm(batch):
    """The second piece goes on for half a minute, the first is done as soon as that has begun."""
    piece, begun = batch
    if piece == "first":
        while not begun.exists():
            time.sleep(0.01)
        return
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    written = begun.with_suffix(".part")
    written.write_text(str(os.getpid()))
    written.rename(begun)  # the other piece looks for it at any moment, and ends this one
    time.sleep(30)
    return


def dies_beside_what_hears_no_sigterm(batch):
    """One piece dies as soon as the other has begun, which goes on for half a minute where it is not killed."""
    ((piece, begun),) = batch
    if piece == "dies":
        while not begun.exists():
            time.sleep(0.01)
        os._exit(9)
    if not begun.exists():
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        begun.touch()
        time.sleep(30)
    return piece


def answered(crew, work, batches):
    return {tuple(batch): "killed" if isinstance(answer, Killed) else answer for batch, answer in crew.answers(work, batches)}


BATCHES = [list(range(start, start + 4)) for start in range(0, 24, 4)]


@pytest.fixture(scope="module")
def cluster():
    """A cluster of two workers, each a process of its own."""
    import dask
    from distributed import LocalCluster

    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),  # a worker takes seconds to begin again
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as here,
        crew_of(1, here.scheduler_address) as crew,
    ):
        yield crew


def test_a_pool_answers_every_batch():
    with crew_of(2, None) as pool:
        assert isinstance(pool, Pool)
        assert answered(pool, doubled, BATCHES) == answered(Alone(), doubled, BATCHES)


def test_what_kills_a_process_of_the_pool_is_found_and_nothing_else_is_lost():
    with crew_of(2, None) as pool:
        found = answered(pool, dies_of_7, BATCHES)

    assert found.pop((7,)) == "killed"
    assert sorted(item for batch in found for item in batch) == [item for item in range(24) if item != 7]
    assert all(answer == [2 * item for item in batch] for batch, answer in found.items())


def test_a_process_that_does_not_hear_sigterm_is_not_waited_for(tmp_path):
    """A signal that comes while a process begins is lost on it: the audit had said everything, and never ended."""
    with crew_of(2, None) as pool:
        next(pool.answers(hears_no_sigterm, [[piece, tmp_path / "begun"] for piece in ("first", "second")]))
    process = int((tmp_path / "begun").read_text())

    for child in multiprocessing.active_children():
        if child.pid == process:
            end = time.monotonic() + 5
            while (
                child.exitcode is None and time.monotonic() < end
            ):  # the pool's thread may have been told first, and says it then
                time.sleep(0.01)
            assert child.exitcode is not None


def test_a_broken_pool_is_not_waited_for_either(tmp_path, monkeypatch):
    """Of Python 3.13 on, `shutdown` waits until a broken pool has seen all of its processes end: the audit hung."""
    shutdown = ProcessPoolExecutor.shutdown

    def waits(pool, **options):
        if pool._broken:
            pool._executor_manager_thread.join()
        shutdown(pool, **options)

    monkeypatch.setattr(ProcessPoolExecutor, "shutdown", waits)
    begun = tmp_path / "begun"
    with crew_of(2, None) as pool:
        answered(pool, doubled, BATCHES)  # the death of a process that is only beginning is seen once another one has an answer
        start = time.monotonic()
        found = answered(pool, dies_beside_what_hears_no_sigterm, [[("dies", begun)], [("lives", begun)]])

    assert sorted(found.values()) == ["killed", "lives"]
    assert time.monotonic() - start < 20


INTERRUPTED_AT_ONCE = """
import os, signal, sys
def interrupted(*_): raise KeyboardInterrupt
signal.signal(signal.SIGTERM, interrupted)
forks = []
os.register_at_fork(
    before=lambda: forks.append(1),
    after_in_child=lambda: len(forks) <= 2 and os.kill(os.getpid(), int(sys.argv[1])),  # it is sent once, to those that are there
)
from cenguard.fleet.crews import crew_of
with crew_of(2, None) as crew:
    print(sorted(answer for _, answer in crew.answers(len, [[1], [2, 3]])))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems start a fresh interpreter, and need seconds for it")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_process_that_is_interrupted_while_it_starts_has_no_traceback(number):
    """The keyboard and a CI ask all processes at once, and some had not begun to listen; others take the place of what ended so."""
    command = [sys.executable, "-c", INTERRUPTED_AT_ONCE, str(int(number))]
    told = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)

    assert (told.returncode, told.stdout, told.stderr) == (0, "[1, 2]\n", "")


def test_what_kills_the_workers_of_a_cluster_is_found_and_nothing_else_is_lost(cluster):
    found = answered(cluster, dies_of_7, BATCHES)

    assert found.pop((7,)) == "killed"
    assert sorted(item for batch in found for item in batch) == [item for item in range(24) if item != 7]


def test_a_fleet_on_a_cluster_gives_the_same_bytes(cluster, tmp_path):
    root = write_fleet(tmp_path / "fleet", instances=6)

    assert msgspec.json.encode(run(root, crew=cluster).report) == msgspec.json.encode(run(root).report)


def test_a_worker_that_is_killed_in_between_loses_nothing(tmp_path):
    from distributed import LocalCluster

    root = write_fleet(tmp_path / "fleet", instances=12)
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as here,
        crew_of(1, here.scheduler_address) as crew,
    ):
        pids = [worker.process.pid for worker in here.workers.values()]
        killed = []

        def step(_what, done, _everything):
            if done and not killed:
                os.kill(pids[0], 9)
                killed.append(pids[0])

        found = run(root, crew=crew, step=step).report

    assert killed
    assert msgspec.json.encode(found) == msgspec.json.encode(run(root).report)


def test_workers_of_a_cluster_stand_in_folders_of_their_own(cluster, tmp_path, monkeypatch):
    write_fleet(tmp_path / "fleet", instances=2)
    monkeypatch.chdir(tmp_path)

    assert msgspec.json.encode(run("fleet", crew=cluster).report) == msgspec.json.encode(run("fleet").report)


def test_a_folder_that_a_worker_does_not_have_is_not_said_to_be_deleted(tmp_path):
    class Elsewhere(Alone):
        def answers(self, work, batches):
            for batch in batches:
                yield batch, work([msgspec.structs.replace(item, root="/no/such/folder") for item in batch])

    write_fleet(tmp_path / "fleet", instances=1)

    with pytest.raises(UnreadableInput, match="is not on the machine of the worker that was to read it"):
        run(tmp_path / "fleet", crew=Elsewhere())


@pytest.mark.parametrize("ends", ["close", "scale"])
def test_a_cluster_that_goes_away_is_a_line_and_the_journal_stays(tmp_path, monkeypatch, ends):
    """Which of the two is seen first hangs on the moment: a cluster that is closed loses its workers before its scheduler."""
    from distributed import LocalCluster

    said = r"(the scheduler went away, or was started again, while the audit ran|no worker of the cluster is left); with --resume"

    monkeypatch.setattr(crews, "LOOK", 1)
    monkeypatch.setattr(crews, "PATIENCE", 1)
    root, journal = write_fleet(tmp_path / "fleet", instances=12), tmp_path / "journal"
    monkeypatch.setattr("cenguard.fleet.audit.MOST_STATES", 1)
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as here:
        gone = []

        def step(_what, done, _everything):
            if done > 2 and not gone:
                gone.append(done)
                here.close() if ends == "close" else here.scale(0)

        with crew_of(1, here.scheduler_address) as crew, pytest.raises(UnreadableInput, match=said):
            run(root, crew=crew, step=step, resume=journal)

    assert gone
    assert journal.read_bytes().count(b'{"state":') > 2
    assert msgspec.json.encode(run(root, resume=journal).report) == msgspec.json.encode(run(root).report)


def test_a_worker_of_another_version_is_refused(cluster, monkeypatch):
    monkeypatch.setattr(crews, "__version__", "99.0")

    with pytest.raises(UnreadableInput, match=r"has cenguard .*, and 99\.0 is here: install the same on both"):
        Cluster(cluster._client.scheduler.address)


def test_batches_that_dask_takes_for_one_are_two(cluster):
    batches = [[{"us-west-1": 6, "eu-central-1": 4}], [{"eu-central-1": 4, "us-west-1": 6}]]

    assert sorted(answer for _, answer in cluster.answers(named_first, batches)) == [["eu-central-1"], ["us-west-1"]]


def test_an_answer_that_is_an_error_of_ours_is_raised(cluster):
    for crew in (Alone(), cluster):
        with pytest.raises(TypeError):
            list(crew.answers(doubled, [[None]]))


def test_a_state_that_kills_whoever_reads_it_is_named(tmp_path, monkeypatch):
    """The rest is read, and the report is that of a fleet without it."""
    root = write_fleet(tmp_path / "fleet", instances=2)
    script = tmp_path / "audit.py"
    script.write_text(
        "import os, sys\n"
        "from cenguard.fleet import reading\n"
        "read = reading.read_state_of\n"
        "reading.read_state_of = lambda content, path, name='': os._exit(9) if path.endswith('none.json') else read(content, path, name)\n"
        "if __name__ == '__main__':\n"
        "    from cenguard.commands.cli import main\n"
        "    main()\n"
    )
    command = [sys.executable, str(script), "audit", str(root), "--workers", "2", "--fail-on", "never"]

    told = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)

    assert told.returncode == 0, told.stderr
    assert f"{root}/apps/none.json: ended every process that read it" in told.stderr
    assert "2 states not read" in told.stdout


def test_processes_that_end_between_two_batches_are_replaced():
    """As the system ends one that idles when memory is short: no batch was in it, and none is to blame."""
    crew = Pool(1)

    def batches():
        yield [1]
        executor = crew._pool
        for process in list(executor._processes.values()):
            process.kill()
        while not executor._broken:
            time.sleep(0.01)
        yield [2]
        yield [3]

    try:
        assert answered(crew, doubled, batches()) == {(1,): [2], (2,): [4], (3,): [6]}
    finally:
        crew.close()


def test_a_pool_that_was_let_go_of_prints_nothing_of_its_own(capsys, monkeypatch):
    """Its threads may close one end of a pipe both at a time, which one of them printed beside the line of an interruption."""
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    pool = Pool(1)
    assert list(pool.answers(doubled, [[1]])) == [([1], [2])]
    of_pool = next(thread for thread in threading.enumerate() if type(thread).__module__ == "concurrent.futures.process")
    pool.close()

    said = []
    for thread in (of_pool, threading.current_thread()):
        threading.excepthook(threading.ExceptHookArgs([OSError, OSError(9, "Bad file descriptor"), None, thread]))
        said.append("Bad file descriptor" in capsys.readouterr().err)

    assert said == [False, True]
