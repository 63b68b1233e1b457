"""Inventories of networks of which several stacks hold a part each, and hand over ids."""

import gzip
import json
import tomllib

from cenguard.judging.inventories import read_inventories
from cenguard.resources import tokens
from cenguard.resources.records import UNKNOWN_TEXT
from cenguard.resources.urns import STACK_REFERENCE
from tests.commands.test_cli import RECORDINGS, run
from tests.commands.test_wrong_input import refused
from tests.inventory.answers import PACKAGES

SECRET = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:abc"}


def test_outputs_that_say_ids_of_attachments_and_tables_are_kept(tmp_path):
    """Another stack joins its networks with them."""
    document = json.loads((RECORDINGS / "enterprise-create" / "export-after-up.json").read_text())
    resources = document["deployment"]["resources"]
    own = {
        name: next(item["id"] for item in resources if item["type"].endswith(name)).rpartition(":")[2]
        for name in ("TransitRouterVpcAttachment", "TransitRouterPeerAttachment", "TransitRouterRouteTable")
    }
    stack = next(item for item in resources if item["type"] == "pulumi:pulumi:Stack")
    stack["outputs"] = {**own, "ids": own, "tags": {**own, "owner": "alice"}, "other": "not an id", "others": {"owner": "alice"}}
    (tmp_path / "export.json").write_text(json.dumps(document))
    done = run("inventory", tmp_path / "export.json", "-o", tmp_path / "net.toml", "--today", "2026-11-20")

    assert done.returncode == 0, done.stderr
    assert tomllib.loads((tmp_path / "net.toml").read_text())["stack"]["network/dev"] == {
        **own,
        "ids": own,
        "tags": {**own, "owner": UNKNOWN_TEXT},
    }


def test_a_network_that_a_secret_output_names_is_not_the_stack_that_says_it(tmp_path):
    urn = "urn:pulumi:dev::app::{}::{}".format
    other = urn(STACK_REFERENCE, "net")
    read = {"urn": other, "type": STACK_REFERENCE, "custom": True, "external": True, "id": "org/net/dev"}
    resources = [{**read, "inputs": {"name": "org/net/dev"}, "outputs": {"name": "org/net/dev", "outputs": {"vpc": SECRET}}}]
    for name in ("first", "second"):
        inputs = {
            "instanceId": "cen-1",
            "childInstanceId": SECRET,
            "childInstanceType": "VPC",
            "childInstanceRegionId": "cn-beijing",
        }
        attachment = {"urn": urn(tokens.INSTANCE_ATTACHMENT, name), "type": tokens.INSTANCE_ATTACHMENT, "custom": True}
        resources.append(
            {
                **attachment,
                "id": f"cen-1:{name}",
                "inputs": inputs,
                "outputs": inputs,
                "dependencies": [other],
                "propertyDependencies": {"childInstanceId": [other]},
            }
        )
    (tmp_path / "export.json").write_text(json.dumps({"version": 3, "deployment": {"manifest": {}, "resources": resources}}))
    done = run("inventory", tmp_path / "export.json", "-o", tmp_path / "app.toml", "--today", "2026-11-20")

    assert done.returncode == 0, done.stderr
    rows = tomllib.loads((tmp_path / "app.toml").read_text())["attachment"]
    assert rows == [{"instance": "cen-1", "region": "cn-beijing", "kind": "VPC"}] * 2


def test_an_id_that_no_inventory_holds_is_refused_where_it_is_gathered(tmp_path):
    """Answers are copied with masks from pages and tickets; what was written of one was refused by the next check."""
    path = tmp_path / "packages.json"
    path.write_text(json.dumps(PACKAGES).replace("cenbwp-1", "cenbwp-4c2z****"))
    said = refused("inventory", path, "-o", tmp_path / "network.inventory.toml")

    assert said == (
        f"cenguard: {path}: holds 'cenbwp-4c2z****' where the id of the service was expected (id of package): no inventory holds it; "
        "give an answer or a document in which nothing is masked\n"
    )
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_s_name_cannot_spoil_what_is_written(tmp_path):
    path = tmp_path / "export\x1b[31m.json"
    path.write_bytes((RECORDINGS / "basic-create/export-after-up.json").read_bytes())
    assert run("inventory", path, "-o", tmp_path / "net.toml").returncode == 0

    assert read_inventories([tmp_path / "net.toml"]).packages


def test_a_state_that_a_backend_has_packed_is_an_inventory(tmp_path):
    export = (RECORDINGS / "basic-create/export-after-up.json").read_bytes()
    (tmp_path / "export.json").write_bytes(export)
    (tmp_path / "export.json.gz").write_bytes(gzip.compress(export))

    assert read_inventories([tmp_path / "export.json.gz"]) == read_inventories([tmp_path / "export.json"])
