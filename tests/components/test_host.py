"""The component package as the engine starts it: a process of its own, driven through Construct over gRPC."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf import empty_pb2, json_format, struct_pb2
from pulumi.runtime import rpc
from pulumi.runtime.proto import engine_pb2_grpc, provider_pb2, provider_pb2_grpc, resource_pb2_grpc

from cenguard_components.host import Host
from tests.components.conftest import Recorder
from tests.components.worlds import enterprise, three_regions

ROOT = Path(__file__).resolve().parents[2]
SNAPSHOT = ROOT / "components" / "schema.json"
SIG = "4dabf18193072939515e22adb298388d"
SECRET = "1b47061264138c4ac30d75fd1eb44270"
OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
CEN_NETWORK = "alicloud-cen:index:CenNetwork"


def camel(value: Any, *, keys: bool = False) -> Any:
    """Arguments as another language spells them; the caller's own keys stay as they are."""
    if isinstance(value, dict):
        if SIG in value:
            return value
        maps = {
            "networks",
            "overrides",
            "sizes",
            "existing",
            "vswitches",
            "tags",
            "route_tables",
            "areas",
            "aliases",
            "router_cidrs",
        }
        return {
            (key if keys else _camel(key)): camel(item, keys=not keys and key in maps) if isinstance(item, (dict, list)) else item
            for key, item in value.items()
        }
    return [camel(item) for item in value] if isinstance(value, list) else value


def _camel(key: str) -> str:
    first, *rest = key.split("_")
    return first + "".join(word.capitalize() for word in rest)


class Engine(Recorder, resource_pb2_grpc.ResourceMonitorServicer, engine_pb2_grpc.EngineServicer):
    """The two services of the engine that a component host calls."""


class Running:
    def __init__(self, stub: provider_pb2_grpc.ResourceProviderStub, engine: Engine, address: str) -> None:
        self.stub, self.engine, self.address = stub, engine, address

    def construct(self, args: dict[str, Any], token: str = CEN_NETWORK, **request: Any) -> dict[str, Any]:
        inputs = struct_pb2.Struct()
        json_format.ParseDict(camel(args), inputs)
        answer = self.stub.Construct(
            provider_pb2.ConstructRequest(
                project="net",
                stack="dev",
                dryRun=self.engine.preview,
                parallel=4,
                monitorEndpoint=self.address,
                type=token,
                name="core",
                inputs=inputs,
                accepts_output_values=False,
                **request,
            ),
            timeout=60,
        )
        return {"urn": answer.urn, **json_format.MessageToDict(answer.state)}


@pytest.fixture(scope="module")
def host() -> Iterator[Running]:
    engine = Engine(preview=True)
    server = grpc.server(ThreadPoolExecutor(8))
    resource_pb2_grpc.add_ResourceMonitorServicer_to_server(engine, server)
    engine_pb2_grpc.add_EngineServicer_to_server(engine, server)
    address = f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
    server.start()
    # -P, and a folder of no importance: a clone must be enough, without anything in the module path.
    # Before its address the engine hands over what every plugin gets under `--tracing`, as it was seen to.
    process = subprocess.Popen(
        [sys.executable, "-u", str(ROOT / "components"), "--tracing", "tcp://127.0.0.1:1", address],
        cwd="/",
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    with grpc.insecure_channel(f"127.0.0.1:{int(line)}") as channel:
        yield Running(provider_pb2_grpc.ResourceProviderStub(channel), engine, address)
    process.terminate()
    process.wait()
    server.stop(None)


@pytest.fixture
def fresh(host: Running) -> Running:
    host.engine.deployment.resources.clear()
    host.engine.preview = True
    return host


def test_a_program_of_another_language_gets_the_same_resources(fresh):
    state = fresh.construct(three_regions())
    found = fresh.engine.deployment

    assert state["urn"].endswith("::core")
    assert set(found.of("BandwidthLimit")) == {
        "core-cn-beijing-eu-central-1",
        "core-cn-beijing-us-west-1",
        "core-eu-central-1-us-west-1",
    }
    assert {item.inputs["bandwidthLimit"] for item in found.of("BandwidthLimit").values()} == {20}
    assert found.of("BandwidthPackage")["core-China-Europe"].inputs["period"] == 6


def test_an_instance_that_stands_is_asked_from_another_language_too(fresh):
    """The host asks while it constructs, so nothing may wait for the answer in its own loop."""
    fresh.engine.standing = {"us-west-1": "Basic"}
    try:
        with pytest.raises(grpc.RpcError, match="cen-1 stands on Basic Edition in us-west-1"):
            fresh.construct(enterprise(instance={"existing_id": "cen-1"}))
    finally:
        fresh.engine.standing = {}

    assert [item.name for item in fresh.engine.deployment.custom()] == []


def test_an_unknown_id_stays_unknown_and_a_secret_one_stays_secret(fresh):
    args = three_regions()
    args["networks"]["shop"]["id"] = {SIG: OUTPUT}
    args["networks"]["plant"]["id"] = {SIG: OUTPUT, "value": "vpc-hidden", "secret": True}
    fresh.construct(args)
    attachments = fresh.engine.deployment.of("InstanceAttachment")

    assert attachments["core-shop"].raw["childInstanceId"] == rpc.UNKNOWN
    assert attachments["core-plant"].raw["childInstanceId"] == {SIG: SECRET, "value": "vpc-hidden"}
    assert "vpc-hidden" not in json.dumps(attachments["core-sales"].raw)


def test_an_id_brings_its_dependencies(fresh):
    shop = "urn:pulumi:dev::net::alicloud:vpc/network:Network::shop"
    args = three_regions()
    args["networks"]["shop"]["id"] = {SIG: OUTPUT, "dependencies": [shop]}
    fresh.construct(args)

    assert shop in fresh.engine.deployment.of("InstanceAttachment")["core-shop"].property_dependencies["childInstanceId"]


def test_outputs_come_back_by_the_callers_keys(fresh):
    fresh.engine.preview = False
    state = fresh.construct(three_regions())

    assert state["cenId"] == "core_id"
    assert state["attachmentIds"] == {key: f"core-{key}_id" for key in ("shop", "sales", "plant")}
    assert state["packageIds"]["China/North-America"] == "core-China-North-America_id"


def test_every_problem_comes_in_one_message_with_the_names_of_the_arguments(fresh):
    """The host of Pulumi itself stops at the first missing argument and drops the ones it does not know."""
    args = three_regions()
    del args["networks"]["plant"]["region"]
    args["networks"]["shop"]["kind"] = "VCP"
    args["networks"]["sales"]["cidr"] = ["10.0.0.0/8"]
    args["interconnect"]["mesh"]["bandwidth"] = 2.5

    with pytest.raises(grpc.RpcError) as raised:
        fresh.construct(args)
    message = raised.value.details()

    assert "CenNetwork has 4 invalid arguments:" in message
    assert "networks.plant.region: missing" in message
    assert 'networks.shop.kind: "VCP" is not VPC, VBR or CCN' in message
    assert "networks.sales.cidr: is not an argument; did you mean cidrs?" in message
    assert "interconnect.mesh.bandwidth: 2.5 is not a whole number of Mbps" in message
    assert not fresh.engine.deployment.resources


def test_a_message_has_the_names_that_other_languages_write(fresh):
    args = three_regions(router_cidrs={"cn-beijing": ["10.8.0.0/24"]})
    del args["packages"]["payment_type"]
    args["networks"]["payment_type_net"] = {"region": "cn-beijing"}
    args["packages"]["existing"] = {"China/Europe": {"id": "cenbwp-1", "bandwidth": 20, "attached": True}}

    with pytest.raises(grpc.RpcError) as raised:
        fresh.construct(args)
    message = raised.value.details()

    assert "packages.paymentType: missing" in message
    assert "routerCidrs: needs the enterprise edition" in message
    assert "name that one in instance.existingId" in message
    assert "networks.payment_type_net.id: missing" in message


def test_the_stacks_configuration_reaches_the_regions_providers(fresh):
    fresh.construct(
        enterprise(),
        config={"alicloud:region": "cn-hangzhou", "alicloud:secretKey": "hidden", "alicloud:protocol": "HTTP"},
        configSecretKeys=["alicloud:secretKey"],
    )
    provider = fresh.engine.deployment.of("alicloud")["core-us-west-1"]

    assert (provider.inputs["region"], provider.inputs["protocol"]) == ("us-west-1", "HTTP")
    assert provider.raw["secretKey"] == {SIG: SECRET, "value": "hidden"}


@pytest.mark.parametrize(
    ("token", "args", "kind"),
    [
        ("BandwidthPool", {"cen_id": "cen-1", "payment_type": "PostPaid", "sizes": {"China/Europe": 5}}, "BandwidthPackage"),
        (
            "Interconnection",
            {"cen_id": "cen-1", "edition": "basic", "regions": ["cn-beijing", "us-west-1"], "bandwidth": 5, "package_id": "x"},
            "BandwidthLimit",
        ),
        (
            "RegionalHub",
            {
                "cen_id": "cen-1",
                "edition": "basic",
                "region": "cn-beijing",
                "networks": {"a": {"region": "cn-beijing", "id": "vpc-1"}},
            },
            "InstanceAttachment",
        ),
    ],
)
def test_the_small_components_are_in_the_package(fresh, token, args, kind):
    fresh.construct(args, token=f"alicloud-cen:index:{token}")

    assert len(fresh.engine.deployment.of(kind)) == 1


def test_the_schema_is_as_committed(host):
    """It is the contract with every other language. To renew it on purpose: scripts/component-pages"""
    answer = host.stub.GetSchema(provider_pb2.GetSchemaRequest(version=0), timeout=60)

    assert json.loads(SNAPSHOT.read_text("utf-8")) == json.loads(answer.schema)


def test_an_sdk_that_is_generated_to_be_published_is_whole():
    """Without it the generator of Go leaves `go.mod` out, and imports a folder by the package's name with its hyphen, which is not there."""
    assert json.loads(Host().schema)["meta"] == {"supportPack": True}


def test_the_outputs_are_those_of_the_contract_and_no_other():
    resources = json.loads(Host().schema)["resources"]

    assert {token.rsplit(":", 1)[-1]: set(item["properties"]) for token, item in resources.items()} == {
        "CenNetwork": {"cenId", "attachmentIds", "packageIds", "interconnectionIds", "transitRouterIds", "routeTableIds"},
        "RegionalHub": {"attachmentIds", "transitRouterId", "tableId", "routeTableIds"},
        "Interconnection": {"interconnectionId"},
        "BandwidthPool": {"packageIds"},
    }


def test_everything_in_the_schema_is_described():
    schema = json.loads(Host().schema)
    parts = [*schema["types"].items(), *schema["resources"].items()]

    assert [name for name, part in parts if not part.get("description")] == []
    assert [
        f"{name}.{key}"
        for name, part in parts
        for key, item in {**part.get("inputProperties", {}), **part["properties"]}.items()
        if not item.get("description")
    ] == []


def test_component_modules_keep_their_annotations_real():
    """The host reads annotations at run time; a lazy one is a text to it, and breaks it."""
    for path in sorted((ROOT / "components" / "cenguard_components").glob("*.py")):
        imports = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ImportFrom)]
        assert "__future__" not in {node.module for node in imports}, path


def test_the_host_needs_no_more_than_its_requirements():
    """In a clone Pulumi installs `components/requirements.txt` alone; what the command needs beside that is not there."""
    probe = (
        "import sys\n"
        "class Missing:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name in ('msgspec', 'click', 'rich', 'fsspec', 'tree_sitter'):\n"
        "            raise ModuleNotFoundError(f'No module named {name!r}', name=name)\n"
        "sys.meta_path.insert(0, Missing())\n"
        "import cenguard_components.host\n"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


def test_the_host_answers_a_ping_of_its_version(host):
    assert host.stub.GetPluginInfo(empty_pb2.Empty(), timeout=30).version
