"""The components that another process builds, as the engine has them built: ours, for a program that uses their package.

A program that uses the SDK of `pulumi package add` only names a component; whoever runs the program asks the package's
provider to construct it. Here the installed `cenguard_components` is that provider, in a process of its own, because the
SDK keeps one stack for each process. It registers what it makes with the monitor that asked.
"""

import importlib.util
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import grpc
from pulumi.runtime.proto import engine_pb2_grpc, provider_pb2, provider_pb2_grpc, resource_pb2_grpc

from cenguard import __version__
from cenguard.readers.program.imports import pip_install
from cenguard.readers.program.messages import Job

PACKAGE = "alicloud-cen"
_NEEDED = ("cenguard_components", "pulumi_alicloud")
_DOCUMENT = "check the document that `pulumi preview --json --show-sames` writes"
_UNLIMITED = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]
_HOST = """
import os, sys, threading
sys.path.insert(0, sys.argv.pop(1))
def until_left():
    sys.stdin.buffer.read()
    os._exit(0)
threading.Thread(target=until_left, daemon=True).start()
from cenguard_components.host import serve
serve()
"""
"""It ends with whoever started it: the program may end its process in any way it likes, and standard input then closes."""


class ConstructFailed(Exception):
    """The provider did not build a component: its arguments are wrong."""


class PackageHost:
    """The provider of our components; it is started for the first one."""

    def __init__(self, monitor: Any, job: Job) -> None:
        self._monitor = monitor
        self._job = job
        self._one_at_a_time = threading.Lock()  # the SDK keeps options for each process
        self._process: subprocess.Popen[bytes] | None = None
        self._stub: Any = None
        self._server: Any = None
        self._address = ""

    @staticmethod
    def refusal(package: str, version: str) -> tuple[str, str] | None:
        """Why components of a package are not built here, and what can be done; None when they are."""
        seen = "its resources are not seen"
        if package != PACKAGE:
            return f"comes from the package {package}, which another process builds: {seen}", _DOCUMENT
        if version != __version__:
            said = f"is of version {version} of the package {PACKAGE}" if version else f"does not say its version of {PACKAGE}"
            return f"{said}, and this is cenguard {__version__}: {seen}", _DOCUMENT
        missing = next((name for name in _NEEDED if importlib.util.find_spec(name) is None), None)
        if missing is not None:
            install = f"run `{pip_install('cenguard[components]')}`"
            return f"comes from the package {PACKAGE}, and {missing} is not installed here: {seen}", f"{install}, or {_DOCUMENT}"
        return None

    def construct(self, request: Any) -> Any:
        """What the provider answers to a registration, once everything in the component is registered with the monitor.

        Raises:
            ConstructFailed: with what the provider says.
        """
        with self._one_at_a_time:
            if self._stub is None:
                self._start()
            try:
                return self._stub.Construct(self._question(request))
            except grpc.RpcError as error:
                text = str(error.details())
                raise ConstructFailed(text.partition(">: ")[2] if text.startswith("Unexpected <class") else text) from None

    def close(self) -> None:
        """End the provider's process."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def _question(self, request: Any) -> Any:
        known = provider_pb2.ConstructRequest.DESCRIPTOR.fields_by_name
        handed_on = {
            name: getattr(request, name)
            for name in ("protect", "additionalSecretOutputs", "ignoreChanges", "replaceOnChanges", "retainOnDelete", "aliases")
            if name in known and (not request.DESCRIPTOR.fields_by_name[name].has_presence or request.HasField(name))
        }
        return provider_pb2.ConstructRequest(
            project=self._job.project,
            stack=self._job.stack,
            organization=self._job.organization,
            config=self._job.config,
            configSecretKeys=self._job.secret_keys,
            dryRun=True,
            parallel=1,
            monitorEndpoint=self._address,
            type=request.type,
            name=request.name,
            parent=request.parent,
            inputs=request.object,
            inputDependencies={
                key: provider_pb2.ConstructRequest.PropertyDependencies(urns=entry.urns)
                for key, entry in request.propertyDependencies.items()
            },
            providers=dict(request.providers),
            dependencies=request.dependencies,
            accepts_output_values=True,
            **handed_on,
        )

    def _start(self) -> None:
        self._server = server = grpc.server(ThreadPoolExecutor(4), options=_UNLIMITED)  # kept: one that is dropped stops
        resource_pb2_grpc.add_ResourceMonitorServicer_to_server(
            _served(resource_pb2_grpc.ResourceMonitorServicer, self._monitor), server
        )
        engine_pb2_grpc.add_EngineServicer_to_server(_served(engine_pb2_grpc.EngineServicer, self._monitor), server)
        self._address = f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
        server.start()
        root = str(Path(__file__).resolve().parents[3])
        # -P, as for the program itself: the folder that one stands in is no place for modules.
        command = [sys.executable, "-P", "-u", "-c", _HOST, root, self._address]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._process.stdout is not None
        port = self._process.stdout.readline().strip()
        if not port.isdigit():
            raise ConstructFailed(f"the package {PACKAGE} did not start: what it said is above")
        channel = grpc.insecure_channel(f"127.0.0.1:{int(port)}", options=_UNLIMITED)
        self._stub = provider_pb2_grpc.ResourceProviderStub(channel)


def _served(service: type[Any], monitor: Any) -> Any:
    """A service of the protocol whose methods are the monitor's; what the monitor does not have, an engine without it has not."""

    def method(name: str) -> Any:
        return lambda _self, request, _context: getattr(monitor, name)(request)

    own = [name for name in vars(service) if name in vars(type(monitor))]
    return type(service.__name__, (service,), {name: method(name) for name in own})()
