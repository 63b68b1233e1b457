"""Start the pack as the engine starts it, from a folder or as an executable: settings, the port, serve until cancelled."""

import gc
import os
import signal
import stat
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cenguard import __version__
from cenguard.errors import CenguardError
from cenguard.judging.expected import refuse_foreign
from cenguard.judging.inventories import read_inventories
from cenguard.judging.options import Options
from cenguard.pack.protocol import messages_alone
from cenguard.settings.files import find_settings, no_settings
from cenguard.settings.reading import read_settings
from cenguard.sources.project import users_folder

UNLIMITED = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]
"""A stack of some thousand resources is larger than the 4 MB that gRPC allows by default."""

_ENGINE_FLAGS = frozenset({"logtostderr", "v"})

USAGE = """\
cenguard-pack is the policy pack as an executable, which the Pulumi engine starts by itself (3.255 or later):
  pulumi preview --policy-pack "$(command -v cenguard-pack)"
Settings are looked for upwards from the folder you stand in. `cenguard init` writes the pack as a folder for older engines."""


def serve() -> None:
    """Serve as a pack in a folder: settings are found from there, then from the folder the user stands in."""
    pack = Path(sys.argv[0]).resolve()
    _serve(pack if pack.is_dir() else pack.parent, _where_the_user_stands())


def main() -> None:
    """Serve as an executable of its own: settings are found from the folder the user stands in, never from `bin`."""
    match _without_the_engines_flags(sys.argv[1:]):
        case ["--help" | "-h"]:
            print(USAGE)
        case ["--version"]:
            print(f"cenguard-pack {__version__}")
        case [address, *_] if not address.startswith("-"):
            _serve(_where_the_user_stands(), is_executable=True)
        case _:
            sys.stderr.write(USAGE + "\n")
            sys.exit(2)


def _without_the_engines_flags(arguments: list[str]) -> list[str]:
    """The arguments after what the engine hands to each plugin under `--tracing`, `--otel-traces` and `--logflow`: nothing for us."""
    match arguments:
        case ["--tracing", _, *rest]:
            return _without_the_engines_flags(rest)
        case [flag, *rest] if flag.startswith("-") and flag.lstrip("-").partition("=")[0] in _ENGINE_FLAGS:
            return _without_the_engines_flags(rest)
    return arguments


def _where_the_user_stands() -> Path:
    """The project, where the engine was sent to one that has settings; else where the shell is."""
    here = users_folder()
    return here if find_settings(here) is not None else Path(os.environ.get("PWD") or here)


def _serve(*folders: Path, is_executable: bool = False) -> None:
    """Serve the Analyzer protocol on a free port of 127.0.0.1; nothing but the port goes to standard output."""
    if is_executable:  # the engine ends it by an interrupt, and shows the user whatever a process says of one
        signal.signal(signal.SIGINT, lambda *_: os._exit(0))
    try:
        options = options_near(*folders)
        project = _project_settings(*folders)
    except CenguardError as error:
        sys.exit("\n".join(f"cenguard: {line}" for line in str(error).splitlines()))
    with messages_alone():
        try:
            import grpc
            from google.protobuf.message import Message
            from pulumi.runtime.proto import analyzer_pb2_grpc
        except ImportError as error:
            install = f"{sys.executable} -m pip install 'cenguard[pulumi]'"
            sys.exit(f"cenguard: the pack needs the package pulumi, and {error.name} is missing: {install}")
        from cenguard.pack.service import Analyzer

    gc.disable()  # the process lives for one operation, and the records of a stack are no circles
    server = grpc.server(ThreadPoolExecutor(max_workers=4), options=UNLIMITED)
    analyzer = Analyzer(options, lambda: server.stop(grace=1), project)
    analyzer_pb2_grpc.add_AnalyzerServicer_to_server(analyzer, server)
    as_bytes: dict[str, grpc.RpcMethodHandler[bytes, Message]] = {
        call.__name__: grpc.unary_unary_rpc_method_handler(call, response_serializer=lambda answer: answer.SerializeToString())
        for call in (analyzer.Remediate, analyzer.Analyze, analyzer.AnalyzeStack)
    }
    server.add_registered_method_handlers("pulumirpc.Analyzer", as_bytes)  # of these calls the service opens what it needs
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    if is_executable:
        signal.signal(signal.SIGINT, lambda *_: server.stop(grace=1))
        _stop_when_left(lambda: server.stop(grace=1))
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    server.wait_for_termination()


def _stop_when_left(stop: Callable[[], object]) -> None:
    """End with the engine, which holds the other end of standard input; what is no pipe says nothing of it."""
    if sys.stdin is None or not stat.S_ISFIFO(os.fstat(sys.stdin.fileno()).st_mode):
        return

    def watch() -> None:
        while os.read(sys.stdin.fileno(), 4096):
            pass
        stop()

    threading.Thread(target=watch, daemon=True).start()


def options_near(*folders: Path) -> Options:
    """Settings and inventories: those of the pack's own folder or above it, and over them those of where the user stands.

    The engine does not tell a pack where the program is; a pinned pack does not silence a team's own waivers.

    Raises:
        CenguardError: a file holds something that is not understood.
    """
    found = list(filter(None, map(find_settings, folders)))
    above = found[0] if len(found) > 1 and found[0].resolve() != found[-1].resolve() else None
    settings = read_settings(found[-1], above=above) if found else no_settings()
    refuse_foreign(settings, [str(_where_the_user_stands())])
    catalogue = settings.catalogue()
    inventory = read_inventories(settings.inventory, catalogue, at=settings.inventory_at)
    return Options(settings=settings, catalogue=catalogue, inventory=inventory)


def _project_settings(*folders: Path) -> str:
    """The settings file of where the user stands, the last of the folders."""
    return str(find_settings(folders[-1]) or "")
