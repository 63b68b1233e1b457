"""The engine's calls with their parts closed: the same is read of them as of the protocol's own messages."""

from google.protobuf.json_format import ParseDict
from pulumi.runtime.proto import analyzer_pb2

from cenguard.readers.engine import Conversation
from cenguard.readers.engine_calls import Repeated, provider_of, resource_call, stack_call, urns_of
from cenguard.resources.records import SECRET_SIGNATURE, SIGNATURE
from cenguard.resources.values import SECRET

CORE = "urn:pulumi:dev::net::alicloud:cen/instance:Instance::core"
PROVIDER = {
    "type": "pulumi:providers:alicloud",
    "urn": "urn:pulumi:dev::net::pulumi:providers:alicloud::bj",
    "name": "bj",
    "properties": {"region": "cn-beijing"},
}
SECRET_VALUE = {SIGNATURE: SECRET_SIGNATURE, "value": "s3cr3t-of-the-team"}


def attachment(name, **more):
    """An attachment of a network to the instance, as a call says it."""
    kind = "alicloud:cen/instanceAttachment:InstanceAttachment"
    return {
        "type": kind,
        "urn": f"urn:pulumi:dev::net::{kind}::{name}",
        "name": name,
        "properties": {"childInstanceId": f"vpc-{name}", "childInstanceType": "VPC", **more},
        "options": {"protect": True, "parent": CORE},
        "provider": PROVIDER,
    }


def analyzed(item):
    """The call of `Analyze` about it."""
    return ParseDict(item, analyzer_pb2.AnalyzeRequest())


def test_what_is_read_of_a_call_is_what_the_protocols_message_holds():
    item = attachment("shop")
    edges = {"instanceId": {"urns": [CORE]}, "childInstanceId": {"urns": [CORE, "urn:b"]}}
    stack = {**item, "parent": CORE, "dependencies": [CORE, "urn:b"], "propertyDependencies": edges}
    message = ParseDict({"resources": [stack]}, analyzer_pb2.AnalyzeStackRequest())

    for request in (message, message.SerializeToString()):
        (read,) = stack_call(request).resources
        repeated = Repeated()

        assert (read.type, read.urn, read.parent) == (item["type"], item["urn"], CORE)
        assert urns_of(read.dependencies) == (CORE, "urn:b")
        assert repeated.edges(read) == {"instanceId": (CORE,), "childInstanceId": (CORE, "urn:b")}
        assert repeated.providers[read.provider] == PROVIDER["urn"]
        assert repeated.protect[read.options] is True
        assert provider_of(read.provider).properties.fields["region"].string_value == "cn-beijing"


def test_fields_that_a_newer_engine_adds_are_passed_over():
    later = b"\xa2\x06\x03new"  # field 100, a text
    read = resource_call(analyzed(attachment("shop")).SerializeToString() + later)

    assert read.urn == attachment("shop")["urn"]


def test_a_value_that_many_resources_have_is_held_once_and_a_secret_never():
    conversation = Conversation()
    zones = [{"zoneId": "cn-beijing-a", "vswitchId": "vsw-1"}]
    calls = [resource_call(analyzed(attachment(name, zoneMappings=zones, secret=SECRET_VALUE))) for name in ("shop", "sales")]
    shop, sales = map(conversation.hear, calls)

    assert shop["zoneMappings"] == zones
    assert shop["zoneMappings"] is sales["zoneMappings"]
    assert shop["secret"] is sales["secret"] is SECRET
    assert b"s3cr3t" not in b"".join(conversation._properties)
