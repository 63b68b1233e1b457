"""What nobody is told of a resource that an update imports: the values that its program leaves to what stands.

`ignoreChanges` keeps what the provider reads, and neither the program nor the import step of a preview says what that is: both
have the program's own value. `pulumi import` shows no value at all before it has read them. Seen with engine 3.276: a limit of
9 Mbps in the program, 4 in the cloud, ignored, stays at 4.
"""

from cenguard.resources import tokens
from cenguard.resources.property_paths import steps
from cenguard.resources.records import READ, SAME, Resource, settle_inputs
from cenguard.resources.type_table import native_type
from cenguard.resources.values import UNKNOWN


def leave_to_what_stands(resource: Resource) -> None:
    """Take what the program ignores of a resource for unknown where it is imported: what stands counts."""
    for path in resource.ignore_changes if resource.imported else ():
        way = steps(path)
        if not way or isinstance(way[0], int):
            continue
        ignored = resource.inputs.keys() if way[0] == "*" else {way[0]}
        resource.inputs = {**resource.inputs, **dict.fromkeys(ignored, UNKNOWN)}
        edges = resource.property_dependencies.items()
        resource.property_dependencies = {key: urns for key, urns in edges if key not in ignored}


def is_untold(resource: Resource) -> bool:
    """Whether a step imports something of a CEN and shows no value of it: but for an instance, no program leaves all of them out."""
    kind = native_type(resource.type) or resource.type
    return not resource.inputs and kind.startswith(tokens.CEN) and kind != tokens.INSTANCE


def take_for_read(resource: Resource) -> None:
    """Take what `pulumi import` is about to read for something that stands, of which nothing but its id is known."""
    resource.change, resource.id = READ, resource.import_id or None


def read_now(resource: Resource, found: Resource) -> None:
    """Take what an import has read for the resource."""
    resource.change, resource.inputs = SAME, found.inputs
    settle_inputs(resource.inputs)
