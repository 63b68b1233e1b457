"""Start the pack as the engine starts it: read the settings, print the port, serve until cancelled."""

import gc
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cenguard.errors import CenguardError
from cenguard.judging.check import Options
from cenguard.judging.inventories import read_inventories
from cenguard.settings.model import find_settings, no_settings, read_settings

UNLIMITED = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]
"""A stack of some thousand resources is larger than the 4 MB that gRPC allows by default."""


def serve() -> None:
    """Serve the Analyzer protocol on a free port of 127.0.0.1; nothing but the port goes to standard output."""
    try:
        options = options_near(Path(sys.argv[0]).resolve())
    except CenguardError as error:
        sys.exit(f"cenguard: {error}")
    try:
        import grpc
        from pulumi.runtime.proto import analyzer_pb2_grpc
    except ImportError as error:
        sys.exit(f"cenguard: the pack needs the package pulumi, and {error.name} is missing: pip install 'cenguard[pulumi]'")
    from cenguard.pack.service import Analyzer

    gc.disable()  # the process lives for one operation, and a stack's records hold no cycles worth collecting
    server = grpc.server(ThreadPoolExecutor(max_workers=4), options=UNLIMITED)
    analyzer_pb2_grpc.add_AnalyzerServicer_to_server(Analyzer(options, lambda: server.stop(grace=1)), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    server.wait_for_termination()


def options_near(pack: Path) -> Options:
    """Settings and inventories found upwards from the pack's folder, then from the folder the user stands in.

    The engine does not tell a pack where the program is.

    Raises:
        CenguardError: a file holds something that is not understood.
    """
    folder = pack if pack.is_dir() else pack.parent
    found = find_settings(folder) or find_settings(Path(os.environ.get("PWD") or Path.cwd()))
    settings = read_settings(found) if found else no_settings()
    catalogue = settings.catalogue()
    return Options(settings=settings, catalogue=catalogue, inventory=read_inventories(settings.inventory, catalogue))
