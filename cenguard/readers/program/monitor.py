"""Answers the SDK in the engine's place: records every resource, knows nothing of any cloud.

What the engine would do besides, checking inputs with the provider and comparing with the last state, has no counterpart
here. Everything a provider would compute is unknown, as in the preview of a new stack.
"""

import json
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import grpc
from google.protobuf import empty_pb2, struct_pb2
from pulumi import RunError
from pulumi.runtime.proto import engine_pb2, provider_pb2, resource_pb2

from cenguard.readers.program import wire
from cenguard.readers.program.aliases import former_urns
from cenguard.readers.program.messages import SECRET_MARK, Job, Registered
from cenguard.readers.program.package_host import ConstructFailed, PackageHost
from cenguard.readers.program.transforms import Transforms
from cenguard.resources.records import SECRET_TEXT, STACK, UNKNOWN_TEXT
from cenguard.resources.stack_names import stack_outputs
from cenguard.resources.urns import STACK_REFERENCE, provider_urn

_PROVIDERS = "pulumi:providers:"
_FEATURES = (
    "SECRETS", "RESOURCE_REFERENCES", "OUTPUT_VALUES", "ALIAS_SPECS", "REPLACEMENT_TRIGGER", "DELETED_WITH", "REPLACE_WITH",
    "PARAMETERIZATION", "INVOKE_DEPENDS_ON",
)  # fmt: skip
_INVOKED: Any = getattr(resource_pb2, "ResourceInvokeResponse", None) or provider_pb2.InvokeResponse
"""The answer to an invoke; older protocols take the provider's."""
_CALLBACK_FEATURES = ("TRANSFORMS", "INVOKE_TRANSFORMS", "RESOURCE_HOOKS", "ERROR_HOOKS", "STATE_MIGRATIONS")


class _Unimplemented(grpc.RpcError):
    """What a stub raises for a method the engine does not have; the SDK then takes an older road."""

    def code(self) -> grpc.StatusCode:
        return grpc.StatusCode.UNIMPLEMENTED

    def details(self) -> str:
        return "not available without an engine"


class Refused(RunError):
    """A registration that the engine would refuse."""


class Monitor:
    """The resource monitor and the engine, as one object that the SDK takes instead of two addresses.

    The SDK calls its methods from several threads.
    """

    def __init__(self, job: Job) -> None:
        self.resources: list[Registered] = []
        self.transforms = Transforms(self)
        self._job = job
        self._lock = threading.RLock()
        self._nameless = 0
        self._without_default = _names(job.config.get("pulumi:disable-default-providers", "[]"))
        self._urns: dict[str, Registered] = {}
        self._packages: dict[str, tuple[str, str]] = {}
        self._handed_down: dict[str, dict[str, str]] = {}
        self._places = wire.Places(Path(job.folder))
        self._host = PackageHost(self, job)
        self._callers: dict[str, tuple[str, int] | None] = {}
        self._former: dict[str, list[str]] = {}

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """A method that a newer SDK asks for."""
        if not name[:1].isupper():
            raise AttributeError(name)

        def missing(*_: Any, **__: Any) -> Any:
            raise _Unimplemented

        return missing

    def close(self) -> None:
        """The program has ended."""
        self._host.close()

    # What the engine can do.

    def GetDeploymentInfo(self, _request: Any, *_: Any) -> Any:  # noqa: N802 - the protocol's name, like all that follow
        """The stack, and the features of this monitor that the SDK knows."""
        names = [*_FEATURES, *(_CALLBACK_FEATURES if self.transforms.available else ())]
        features = [getattr(resource_pb2, f"RESOURCE_MONITOR_FEATURE_{name}", None) for name in names]
        return resource_pb2.DeploymentInfo(
            project=self._job.project,
            stack=self._job.stack,
            organization=self._job.organization,
            dryRun=True,
            supportedFeatures=[feature for feature in features if feature is not None],
        )

    def SupportsFeature(self, request: Any, *_: Any) -> Any:  # noqa: N802
        """The same, asked one at a time by an older SDK in its own spelling (`aliasSpecs`)."""
        name = "".join(f"_{letter}" if letter.isupper() else letter.upper() for letter in request.id)
        known = name in _FEATURES or (name in _CALLBACK_FEATURES and self.transforms.available)
        return resource_pb2.SupportsFeatureResponse(hasSupport=known)

    def SignalAndWaitForShutdown(self, _request: Any, *_: Any) -> Any:  # noqa: N802
        """The program has reached its end."""
        return empty_pb2.Empty()

    def RegisterPackage(self, request: Any, *_: Any) -> Any:  # noqa: N802
        """A package that takes parameters; resources then name it by a reference."""
        name, version = request.name, request.version
        for kind in ("parameterization", "extension"):
            with suppress(ValueError):
                if request.HasField(kind):
                    name, version = getattr(request, kind).name, getattr(request, kind).version
        reference = f"{name}@{version}"
        with self._lock:
            self._packages[reference] = (name, version)
        return resource_pb2.RegisterPackageResponse(ref=reference)

    # Resources.

    def RegisterResource(self, request: Any, *_: Any) -> Any:  # noqa: N802
        """A resource to create."""
        urn = self._urn(request)
        request = self.transforms.applied(request, urn)
        kind = request.type
        refusal = self._host.refusal(*self._package(request)) if request.remote else None
        if request.remote and refusal is None:
            return self._construct(request, urn)
        is_provider = kind.startswith(_PROVIDERS)
        inputs = wire.plain_properties(request.object)
        dependencies = {key: sorted(entry.urns) for key, entry in sorted(request.propertyDependencies.items())}
        if request.remote:
            for key, urns in wire.output_dependencies(request.object).items():
                dependencies[key] = sorted(urns.union(dependencies.get(key, ())))
        with self._lock:
            above = self._urns.get(request.parent)
            self._former[urn] = former_urns(request, urn, self._former)
            if is_provider and request.version:
                inputs.setdefault("version", request.version)
            self._add(
                Registered(
                    urn=urn,
                    type=kind,
                    inputs=inputs,
                    id=request.importId or None,
                    dependencies=sorted({*request.dependencies, *(urn for urns in dependencies.values() for urn in urns)}),
                    property_dependencies=dependencies,
                    provider=self._provider(request) if (request.custom or request.remote) and not is_provider else "",
                    parent=request.parent,
                    protect=_own_or_inherited(request, "protect", inherited=above is not None and above.protect),
                    retain=_own_or_inherited(request, "retainOnDelete", inherited=above is not None and above.retain),
                    delete_first=request.deleteBeforeReplace,
                    imported=bool(request.importId),
                    ignore_changes=list(request.ignoreChanges),
                    replace_on_changes=list(request.replaceOnChanges),
                    replace_with=list(getattr(request, "replace_with", ())),  # older SDKs have none
                    replacement_trigger=wire.option(request, "replacement_trigger"),
                    aliases=self._former[urn],
                    unseen=refusal,
                    place=self._places.place(request) or self._caller(urn, request.parent),
                )
            )
            if not request.custom:
                handed = {package: provider_urn(reference) for package, reference in request.providers.items()}
                self._handed_down[urn] = {**self._handed_down.get(request.parent, {}), **handed}
        identity = request.importId if request.custom else ""
        return resource_pb2.RegisterResourceResponse(
            urn=urn,
            id=UNKNOWN_TEXT if is_provider else identity,
            object=_answer(request.object, inputs) if request.custom else None,
        )

    def RegisterResourceOutputs(self, request: Any, *_: Any) -> Any:  # noqa: N802
        """What a component or the stack makes of its children."""
        with self._lock:
            if request.urn in self._urns:
                self._urns[request.urn].outputs = wire.plain_properties(request.outputs)
        return empty_pb2.Empty()

    def ReadResource(self, request: Any, *_: Any) -> Any:  # noqa: N802
        """A resource that exists already. Its id is what the program gave, its properties are unknown."""
        identity = "" if holds_mark(request.id) else request.id
        properties = struct_pb2.Struct()
        if request.type == STACK_REFERENCE:
            properties.update({"name": request.id, "outputs": self._outputs_of(request.id)})
        with self._lock:
            urn = self._urn(request)
            self._add(
                Registered(
                    urn=urn,
                    type=request.type,
                    inputs=wire.plain_properties(request.properties),
                    id=identity or None,
                    dependencies=sorted(request.dependencies),
                    provider=self._provider(request),
                    parent=request.parent,
                    read=True,
                    place=self._places.place(request),
                )
            )
        answer = resource_pb2.ReadResourceResponse(urn=urn, properties=properties)
        if "id" in answer.DESCRIPTOR.fields_by_name:  # older SDKs keep the id they sent
            answer.id = identity
        return answer

    def ExistsResource(self, _request: Any, *_: Any) -> Any:  # noqa: N802
        """Whether a resource exists: nobody here knows."""
        return resource_pb2.ExistsResourceResponse(unknown=True)

    # Functions.

    def Invoke(self, request: Any, *_: Any) -> Any:  # noqa: N802
        """A function of a provider: it asks the cloud, so the answer is unknown whatever the arguments are."""
        if request.tok == "pulumi:pulumi:getResource":
            return self._resource(request)
        response = _INVOKED()
        if "unknown" in response.DESCRIPTOR.fields_by_name:
            response.unknown = True
        return response

    def Call(self, _request: Any, *_: Any) -> Any:  # noqa: N802
        """A method of a resource, unknown for the same reason; the SDK knows it from an unknown member."""
        response = provider_pb2.CallResponse()
        getattr(response, "return").update({"result": UNKNOWN_TEXT})
        return response

    # The engine.

    def Log(self, request: Any, *_: Any) -> Any:  # noqa: N802
        """A message of the program, which the engine would print."""
        if request.severity != engine_pb2.DEBUG and not request.ephemeral:
            severity = engine_pb2.LogSeverity.Name(request.severity).lower()
            with suppress(OSError, ValueError):  # the program may have closed its standard error
                print(f"{severity}: {request.message}", file=sys.stderr)
        return empty_pb2.Empty()

    def RequirePulumiVersion(self, _request: Any, *_: Any) -> Any:  # noqa: N802
        """The version of the command that will run the program later is not known; it will ask again."""
        return engine_pb2.RequirePulumiVersionResponse()

    # Transforms and hooks arrive as callbacks.

    def RegisterStackTransform(self, callback: Any, *_: Any) -> Any:  # noqa: N802
        """A change to every later resource."""
        self.transforms.add_for_stack(callback)
        return empty_pb2.Empty()

    def RegisterStackInvokeTransform(self, _callback: Any, *_: Any) -> Any:  # noqa: N802
        """A change to every later function call; their answers are unknown all the same."""
        return empty_pb2.Empty()

    def RegisterResourceHook(self, _request: Any, *_: Any) -> Any:  # noqa: N802
        """Something to run before or after an operation; there are no operations here."""
        return empty_pb2.Empty()

    RegisterErrorHook = RegisterResourceHook

    def _construct(self, request: Any, urn: str) -> Any:
        """A component of ours that another process builds: its own registration comes from there."""
        self._callers[urn] = self._places.place(request)
        try:
            built = self._host.construct(request)
        except ConstructFailed as error:
            where = "{}:{}: ".format(*place) if (place := self._callers[urn]) else ""
            raise Refused(f"{where}{request.type} resource '{request.name}' has a problem: {error}") from None
        entries = resource_pb2.RegisterResourceResponse.PropertyDependencies
        return resource_pb2.RegisterResourceResponse(
            urn=built.urn,
            object=built.state,
            propertyDependencies={key: entries(urns=entry.urns) for key, entry in built.stateDependencies.items()},
        )

    def _caller(self, urn: str, parent: str) -> tuple[str, int] | None:
        """The line that a component from another process was called in, for it and for what it holds."""
        if urn not in self._callers and parent in self._callers:
            self._callers[urn] = self._callers[parent]
        return self._callers.get(urn)

    def _urn(self, request: Any) -> str:
        parent, name = str(request.parent), str(request.name)
        prefix = ""
        if parent and not parent.split("::", 3)[2].endswith(STACK):
            prefix = parent.split("::", 3)[2] + "$"
        start = f"urn:pulumi:{self._job.stack}::{self._job.project}::{prefix}{request.type}::"
        if not holds_mark(name):
            return start + name
        # A name made from something unknown: readable, and its own, since on an update it is another each time.
        name = name.replace(UNKNOWN_TEXT, "unknown").replace(SECRET_MARK, "secret")
        with self._lock:
            self._nameless += 1
            return f"{start}{name}#{self._nameless}"

    def _add(self, resource: Registered) -> None:
        if resource.urn in self._urns:
            where = "{}:{}: ".format(*resource.place) if resource.place else ""
            raise Refused(f"{where}duplicate resource URN '{resource.urn}'; give each resource of a type its own name")
        self._urns[resource.urn] = resource
        self.resources.append(resource)

    def _package(self, request: Any) -> tuple[str, str]:
        reference = getattr(request, "packageRef", "")
        if reference in self._packages:
            return self._packages[reference]
        return request.type.partition(":")[0], request.version

    def _provider(self, request: Any) -> str:
        """The URN of a resource's provider: its own, one handed down by a component, else the package's default one."""
        if request.provider:
            return provider_urn(request.provider)
        package, version = self._package(request)
        inherited = self._handed_down.get(request.parent, {}).get(package)
        if inherited or getattr(request, "remote", False):
            return inherited or ""
        if {package, "*"} & self._without_default:
            raise Refused(f"default provider for '{package}' disabled; '{request.name}' must use an explicit provider")
        return self._default_provider(package, version, request.pluginDownloadURL)

    def _default_provider(self, package: str, version: str, address: str) -> str:
        """The provider that the engine would make from the stack's configuration, made once for each version."""
        name = "default" + "".join(f"_{part}" for part in version.replace("-", ".").replace("+", ".").split(".") if part)
        if address:
            name += "_" + "".join(letter if letter.isalnum() or letter in "-_." else "_" for letter in address)
        urn = f"urn:pulumi:{self._job.stack}::{self._job.project}::{_PROVIDERS}{package}::{name}"
        if urn not in self._urns:
            inputs: dict[str, Any] = {}
            for key, text in self._job.config.items():
                namespace, _, member = key.partition(":")
                if namespace == package:
                    inputs[member] = SECRET_TEXT if key in self._job.secret_keys else text
            if version:
                inputs["version"] = version
            if address:
                inputs["pluginDownloadURL"] = address
            self._add(Registered(urn=urn, type=_PROVIDERS + package, inputs=inputs))
        return urn

    def _outputs_of(self, stack: str) -> Mapping[str, Any] | str:
        found = stack_outputs(stack, self._job.project, self._job.stack_outputs)
        return UNKNOWN_TEXT if found is None else wire.told(found)

    def _resource(self, request: Any) -> Any:
        """A resource that is looked up by its URN, as the SDK does for references to resources."""
        urn = request.args.fields["urn"].string_value
        response = _INVOKED()
        getattr(response, "return").update({"urn": urn, "id": "", "state": {}})
        return response


def holds_mark(text: str) -> bool:
    """Whether a text was made from something unknown or secret."""
    return UNKNOWN_TEXT in text or SECRET_MARK in text


def _names(text: str) -> set[str]:
    """A list of names from configuration; what is no such list names nothing."""
    try:
        names = json.loads(text)
    except ValueError:
        return set()
    return {name for name in names if isinstance(name, str)} if isinstance(names, list) else set()


def _own_or_inherited(request: Any, option: str, *, inherited: bool) -> bool:
    """An option of a resource, or its parent's where it says nothing."""
    try:
        stated = request.HasField(option)
    except ValueError:  # an older protocol, where the option is always stated
        stated = True
    return bool(getattr(request, option)) if stated else inherited


def _answer(struct: Any, inputs: Mapping[str, Any]) -> Any:
    """What the provider would answer at a preview: the inputs, without those that hold anything unknown."""
    answer = struct_pb2.Struct()
    for key, value in struct.fields.items():
        if not wire.holds_unknown(inputs.get(key)):
            answer.fields[key].CopyFrom(value)
    return answer
