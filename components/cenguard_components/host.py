"""The component host: what Pulumi programs of every language talk to."""

from dataclasses import replace
from typing import Any

import pulumi
from pulumi.provider.experimental.analyzer import PropertyDefinition
from pulumi.provider.experimental.component import ComponentProvider
from pulumi.provider.provider import ConstructResult
from pulumi.provider.server import ComponentInitError

from cenguard import __version__
from cenguard_components import BandwidthPool, CenNetwork, Interconnection, RegionalHub

NAME = "alicloud-cen"


class Host(ComponentProvider):
    """Pulumi's own host, but for one thing: the components say what is wrong with arguments, all of it at once.

    Left to itself the host stops at the first argument that is missing, and drops the ones it does not know, so that a
    misspelt name would be silence instead of a message.
    """

    def __init__(self) -> None:
        super().__init__([BandwidthPool, CenNetwork, Interconnection, RegionalHub], NAME, None, __version__)

    def construct(
        self, name: str, resource_type: str, inputs: Any, options: pulumi.ResourceOptions | None = None
    ) -> ConstructResult:
        """Build a component; wrong arguments are told as such, without the host's frames around them."""
        try:
            return super().construct(name, resource_type, inputs, options)
        except ComponentInitError as error:
            if isinstance(error.inner, pulumi.InputPropertiesError):
                # The SDK's server cannot send an InputPropertiesError (grpc's asyncio wants another status than it makes),
                # and wraps any other exception in its own frames.
                raise pulumi.RunError(error.inner.message) from None
            raise

    def map_input_properties(
        self,
        inputs: Any,
        properties: dict[str, PropertyDefinition],
        mapping: dict[str, str],
        component_name: str,
        property_path: str,
    ) -> Any:
        """Arguments by their Python names; what is missing stays missing, and what is not known stays as it is."""
        lenient = {name: replace(definition, optional=True) for name, definition in properties.items()}
        mapped = super().map_input_properties(inputs, lenient, mapping, component_name, property_path)
        if isinstance(inputs, dict):
            mapped = {**mapped, **{name: value for name, value in inputs.items() if name not in properties}}
        return mapped
