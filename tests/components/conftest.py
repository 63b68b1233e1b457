"""A recording monitor: programs run through the real SDK, and every registration is kept as the engine would get it."""

import asyncio
import json
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pulumi
import pytest
from google.protobuf import empty_pb2
from google.protobuf.json_format import MessageToDict
from pulumi.runtime import rpc
from pulumi.runtime.proto import engine_pb2, resource_pb2

COMPUTED = ("transitRouterId", "transitRouterAttachmentId", "transitRouterRouteTableId")
FEATURES = ("SECRETS", "RESOURCE_REFERENCES", "ALIAS_SPECS", "DELETED_WITH")


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
    delete_before_replace: bool
    aliases: tuple[str, ...]
    raw: Mapping[str, Any]
    """The inputs as the protocol writes them."""


@dataclass
class Deployment:
    """What a program registered."""

    resources: list[Registered] = field(default_factory=list)
    outputs: dict[str, Any] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)
    asked: list[tuple[str, str | None, str]] = field(default_factory=list)
    """What was asked of the cloud: function, region and instance."""
    error: BaseException | None = None

    @property
    def exports(self) -> Mapping[str, Any]:
        return next((value for urn, value in self.outputs.items() if "pulumi:pulumi:Stack" in urn), {})

    def of(self, kind: str) -> dict[str, Registered]:
        """Resources of a type such as `BandwidthLimit`, by name."""
        return {item.name: item for item in self.resources if item.type.rsplit(":", 1)[-1] == kind}

    def custom(self) -> list[Registered]:
        return [item for item in self.resources if item.custom and not item.type.startswith("pulumi:")]

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


class Recorder:
    """Stands for the engine: in a preview it knows no ids, in an update it makes them up from the names."""

    def __init__(self, preview: bool, standing: Mapping[str, str] | None = None, refused: tuple[str, ...] = ()) -> None:
        self.preview = preview
        self.standing = standing or {}
        """Edition of the router that the instance has in a region."""
        self.refused = refused
        """Regions in which nobody may ask."""
        self.deployment = Deployment()

    def GetDeploymentInfo(self, *_: Any) -> Any:
        features = [getattr(resource_pb2, f"RESOURCE_MONITOR_FEATURE_{name}") for name in FEATURES]
        return resource_pb2.DeploymentInfo(project="net", stack="dev", dryRun=self.preview, supportedFeatures=features)

    def SupportsFeature(self, *_: Any) -> Any:
        return resource_pb2.SupportsFeatureResponse(hasSupport=True)

    def RegisterResource(self, request: Any, *_: Any) -> Any:
        under = request.parent.split("::")[2] if request.parent else ""
        qualified = request.type if under in ("", "pulumi:pulumi:Stack") else f"{under}${request.type}"
        urn = f"urn:pulumi:dev::net::{qualified}::{request.name}"
        assert urn not in {item.urn for item in self.deployment.resources}, f"registered twice: {urn}"
        self.deployment.resources.append(
            Registered(
                type=request.type,
                name=request.name,
                urn=urn,
                parent=request.parent,
                custom=request.custom,
                inputs=rpc.deserialize_properties(request.object, keep_unknowns=True),
                dependencies=frozenset(request.dependencies),
                property_dependencies={key: frozenset(value.urns) for key, value in request.propertyDependencies.items()},
                provider=request.provider.rsplit("::", 1)[0],
                protect=request.protect,
                delete_before_replace=request.deleteBeforeReplace,
                aliases=tuple(_alias(alias) for alias in request.aliases),
                raw=MessageToDict(request.object),
            )
        )
        answer = resource_pb2.RegisterResourceResponse(urn=urn, object=request.object)
        if request.custom and not self.preview:
            answer.id = f"{request.name}_id"
            for key in COMPUTED:
                if key not in answer.object:
                    answer.object[key] = f"{request.name}_{key}"
        elif request.type.startswith("pulumi:providers:"):
            answer.id = rpc.UNKNOWN
        return answer

    def Invoke(self, request: Any, *_: Any) -> Any:
        """A provider answers for its region, the stack's own for the configured one."""
        made = {
            item.urn: item.inputs["region"] for item in self.deployment.resources if item.type.startswith("pulumi:providers:")
        }
        region = made.get(request.provider.rsplit("::", 1)[0]) or pulumi.runtime.get_config("alicloud:region")
        self.deployment.asked.append((request.tok.rsplit(":", 1)[-1], region, request.args["cenId"]))
        response = resource_pb2.ResourceInvokeResponse()
        if region in self.refused:
            response.failures.add(reason="Forbidden.RAM")
            return response
        standing = [{"type": self.standing[region]}] if region in self.standing else []
        getattr(response, "return").update({"transitRouters": standing})
        return response

    def RegisterResourceOutputs(self, request: Any, *_: Any) -> Any:
        self.deployment.outputs[request.urn] = rpc.deserialize_properties(request.outputs, keep_unknowns=True)
        return empty_pb2.Empty()

    def SignalAndWaitForShutdown(self, *_: Any) -> Any:
        return empty_pb2.Empty()

    def Log(self, request: Any, *_: Any) -> Any:
        if request.severity >= engine_pb2.WARNING:
            self.deployment.messages.append(request.message)
        return empty_pb2.Empty()


class _AtOnce(ThreadPoolExecutor):
    """Answers the SDK's calls in the same thread, so that a test is the same in every run."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def _alias(alias: Any) -> str:
    return alias.urn or f"{alias.spec.name} at {'the root' if alias.spec.noParent else alias.spec.parentUrn}"


Deploy = Callable[..., Deployment]


def run_program(
    program: Callable[[], Any],
    *,
    preview: bool = False,
    config: Mapping[str, Any] | None = None,
    secret_keys: tuple[str, ...] = (),
    standing: Mapping[str, str] | None = None,
    refused: tuple[str, ...] = (),
) -> Deployment:
    """Run a program and keep what it registered; `preview` leaves ids unknown, as the engine does.

    `standing` says which edition the router of a region has, `refused` where nobody may ask.
    """
    recorder = Recorder(preview, standing, refused)
    texts = {key: value if isinstance(value, str) else json.dumps(value) for key, value in (config or {}).items()}
    pulumi.runtime.set_all_config(texts, list(secret_keys))
    pulumi.runtime.configure(
        pulumi.runtime.Settings(project="net", stack="dev", monitor=recorder, engine=recorder, dry_run=preview, parallel=1)
    )
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.set_default_executor(_AtOnce())

    def once() -> None:
        program()

    try:
        loop.run_until_complete(pulumi.runtime.run_in_stack(once))
    except Exception as error:
        recorder.deployment.error = error
    finally:
        loop.close()
        asyncio.set_event_loop(None)
        pulumi.runtime.set_all_config({}, [])
    return recorder.deployment


@pytest.fixture
def deploy() -> Deploy:
    """Runs a program against the recording monitor."""
    return run_program
