"""A recording monitor: programs run through the real SDK, and every registration is kept as the engine would get it."""

import asyncio
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pulumi
import pytest
from pulumi.runtime import rpc
from pulumi.runtime.mocks import MockMonitor, MockResourceArgs, Mocks
from pulumi.runtime.stack import run_in_stack

COMPUTED = ("transitRouterId", "transitRouterAttachmentId", "transitRouterRouteTableId")


@dataclass
class Registered:
    """One resource as it was registered."""

    type: str
    name: str
    urn: str
    parent: str
    custom: bool
    inputs: Mapping[str, Any]
    dependencies: frozenset[str]
    property_dependencies: Mapping[str, frozenset[str]]
    provider: str
    protect: bool
    aliases: tuple[str, ...]

    @property
    def short(self) -> str:
        """`cen/instance:Instance core`."""
        return f"{self.type.removeprefix('alicloud:').removeprefix('alicloud-cen:index:')} {self.name}"


@dataclass
class Deployment:
    """What a program registered."""

    resources: list[Registered] = field(default_factory=list)
    outputs: dict[str, Any] = field(default_factory=dict)
    exports: Mapping[str, Any] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    error: BaseException | None = None

    def of(self, kind: str) -> dict[str, Registered]:
        """Resources of a type such as `BandwidthLimit`, by name."""
        return {item.name: item for item in self.resources if item.type.rsplit(":", 1)[-1] == kind}

    def named(self, name: str, kind: str) -> Registered:
        return self.of(kind)[name]

    def upstream(self, item: Registered) -> set[str]:
        """URNs of everything a resource waits for, directly or through others."""
        by_urn = {found.urn: found for found in self.resources}
        seen: set[str] = set()
        queue = list(item.dependencies)
        while queue:
            urn = queue.pop()
            if urn not in seen and urn in by_urn:
                seen.add(urn)
                queue += by_urn[urn].dependencies
        return seen


class _Service(Mocks):
    """Answers as the service would: ids after an update, nothing that is not known in a preview."""

    def __init__(self, preview: bool) -> None:
        self.preview = preview

    def new_resource(self, args: MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        if not args.custom:
            return "", {}
        if self.preview:
            return None, args.inputs
        return f"{args.name}_id", {**{key: f"{args.name}_{key}" for key in COMPUTED}, **args.inputs}

    def call(self, args: Any) -> dict[str, Any]:
        raise AssertionError(f"no look-up is expected: {args.token}")


class _Recorder(MockMonitor):
    def __init__(self, service: _Service) -> None:
        super().__init__(service)
        self.deployment = Deployment()
        self.lock = threading.Lock()

    def make_urn(self, parent: str, type_: str, name: str) -> str:
        under = parent.split("::")[2] if parent else ""
        qualified = type_ if not under or under == "pulumi:pulumi:Stack" else f"{under}${type_}"
        return f"urn:pulumi:dev::net::{qualified}::{name}"

    def RegisterResource(self, request: Any) -> Any:
        answer = super().RegisterResource(request)
        with self.lock:
            self.deployment.resources.append(
                Registered(
                    type=request.type,
                    name=request.name,
                    urn=answer.urn,
                    parent=request.parent,
                    custom=request.custom,
                    inputs=rpc.deserialize_properties(request.object, keep_unknowns=True),
                    dependencies=frozenset(request.dependencies),
                    property_dependencies={key: frozenset(value.urns) for key, value in request.propertyDependencies.items()},
                    provider=request.provider.rsplit("::", 1)[0],
                    protect=request.protect,
                    aliases=tuple(_alias(alias) for alias in request.aliases),
                )
            )
        return answer

    def RegisterResourceOutputs(self, request: Any) -> Any:
        with self.lock:
            self.deployment.outputs[request.urn] = rpc.deserialize_properties(request.outputs, keep_unknowns=True)
        return super().RegisterResourceOutputs(request)


class _Engine:
    def __init__(self, deployment: Deployment) -> None:
        self.deployment = deployment

    def Log(self, request: Any) -> None:
        self.deployment.warnings.append(request.message)


def _alias(alias: Any) -> str:
    return alias.urn or f"{alias.spec.name} at {'the root' if alias.spec.noParent else alias.spec.parentUrn}"


Deploy = Callable[..., Deployment]


@pytest.fixture
def deploy() -> Iterator[Deploy]:
    """Runs a program and keeps what it registered; `preview` leaves ids unknown, as the engine does."""

    def run(
        program: Callable[[], Any],
        *,
        preview: bool = False,
        config: Mapping[str, Any] | None = None,
        secret_keys: tuple[str, ...] = (),
    ) -> Deployment:
        recorder = _Recorder(_Service(preview))
        pulumi.runtime.set_mocks(_Service(preview), project="net", stack="dev", preview=preview, monitor=recorder)
        pulumi.runtime.settings.SETTINGS.engine = _Engine(recorder.deployment)
        texts = {key: value if isinstance(value, str) else json.dumps(value) for key, value in (config or {}).items()}
        pulumi.runtime.set_all_config(texts, list(secret_keys))
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        executor = ThreadPoolExecutor(4)
        loop.set_default_executor(executor)
        try:
            loop.run_until_complete(run_in_stack(lambda: program() and None))
        except Exception as error:
            recorder.deployment.error = error
        finally:
            executor.shutdown()
            loop.close()
            asyncio.set_event_loop(None)
        stack = next((urn for urn in recorder.deployment.outputs if "pulumi:pulumi:Stack" in urn), None)
        if stack is not None:
            recorder.deployment.exports = recorder.deployment.outputs[stack]
        return recorder.deployment

    yield run
    pulumi.runtime.set_all_config({}, [])
