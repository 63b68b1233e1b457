"""The component host: what Pulumi programs of every language talk to."""

import json
import sys
from typing import Any

import pulumi
import pulumi.provider

from cenguard import __version__
from cenguard.planning.arguments import BandwidthPoolArgs, CenNetworkArgs, InterconnectionArgs, RegionalHubArgs
from cenguard_components import BandwidthPool, CenNetwork, Interconnection, RegionalHub
from cenguard_components.schema import NAME, camel, outputs, python_names, schema, schema_names

COMPONENTS: dict[type[pulumi.ComponentResource], type[Any]] = {
    BandwidthPool: BandwidthPoolArgs,
    CenNetwork: CenNetworkArgs,
    Interconnection: InterconnectionArgs,
    RegionalHub: RegionalHubArgs,
}


class Host(pulumi.provider.Provider):
    """Makes the components where another process asks for them.

    Unlike the host of Pulumi's SDK it leaves it to a component to say what is wrong with its arguments, all of it at once.
    """

    def __init__(self) -> None:
        super().__init__(__version__, json.dumps(schema(COMPONENTS, __version__)))

    def construct(
        self, name: str, resource_type: str, inputs: Any, options: pulumi.ResourceOptions | None = None
    ) -> pulumi.provider.ConstructResult:
        """Build a component.

        Raises:
            pulumi.RunError: its arguments are wrong, or the package has no such component.
        """
        found = {f"{NAME}:index:{component.__name__}": component for component in COMPONENTS}
        if resource_type not in found:
            raise pulumi.RunError(f"{resource_type} is no component of {NAME} {__version__}; it has {', '.join(sorted(found))}")
        component: Any = found[resource_type]
        try:
            made = component(name, python_names(COMPONENTS[component], inputs), options)
        except pulumi.InputPropertiesError as error:
            # The SDK's server cannot send an InputPropertiesError (grpc's asyncio wants another status than it makes),
            # and wraps any other exception in its own frames.
            raise pulumi.RunError(schema_names(COMPONENTS[component], error.message)) from None
        state = {camel(output): getattr(made, output) for output in outputs(component)}
        return pulumi.provider.ConstructResult(made.urn, {key: value for key, value in state.items() if value is not None})


def serve() -> None:
    """Serve until the engine is done; the arguments of the process are the engine's.

    Under `--tracing` and `--otel-traces` there is an endpoint among them, which the SDK would take for the engine's address.
    """
    if "--tracing" in sys.argv[:-1]:
        at = sys.argv.index("--tracing")
        del sys.argv[at : at + 2]
    pulumi.provider.main(Host(), sys.argv[1:])
