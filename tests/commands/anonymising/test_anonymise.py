"""`cenguard anonymise`: nothing of the owner is left, and nothing that decides is lost."""

import json
import re
import shutil
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from cenguard.commands.anonymise import command
from cenguard.commands.anonymising.files import anonymise
from cenguard.commands.anonymising.strings import Kind, Part, Strings
from cenguard.commands.anonymising.words import Words
from cenguard.errors import CenguardError, UnreadableInput
from cenguard.geography.catalogue import default_catalogue
from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.sources import read_estate
from cenguard.resources.records import MARKS
from tests.commands.test_cli import RECORDINGS, run

CREATE = RECORDINGS / "basic-create" / "preview.json"
NOT_DOCUMENTS = {"run.json", "connectivity.json", "analyzer.ndjson", "analyzer-up.ndjson"}
STRINGS = Strings(Words(default_catalogue()))


def documents_of(folder):
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".json", ".ndjson", ".tfstate") and path.name not in NOT_DOCUMENTS and "before" not in path.name
    ]


def is_read(path):
    try:
        read_estate([str(path)])
    except CenguardError:
        return False
    return True


def texts(value):
    """Every key and string."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize(
    "folder",
    sorted(path for path in RECORDINGS.iterdir() if path.is_dir() and path.name not in ("halves", "policy", "roads")),
    ids=lambda path: path.name,
)
def test_every_recorded_document_is_judged_as_before(folder, tmp_path):
    """The command checks both and writes nothing where they differ: what it says, this test believes."""
    read = [path for path in documents_of(folder) if is_read(path)]
    assert read
    for path in read:
        done = CliRunner().invoke(command, [str(path), "-o", str(tmp_path / path.name)], standalone_mode=False)

        assert done.exception is None, (path, done.exception)
        assert (tmp_path / path.name).read_text() != path.read_text() or path.name == "nothing.json"
        (tmp_path / path.name).unlink()  # a state that is there is not written over


@pytest.mark.parametrize(
    "path",
    [
        CREATE,
        RECORDINGS / "enterprise-create" / "export-after-up.json",
        RECORDINGS / "terraform" / "terraform-module-for-each" / "plan.json",
        RECORDINGS / "bridged" / "hcl-peers-create" / "preview.json",
    ],
    ids=lambda path: path.parent.name,
)
def test_ids_names_blocks_and_accounts_are_gone(path, tmp_path):
    old = path.read_text()
    new = anonymise([path], default_catalogue()).texts[str(path)]
    given = set(re.findall(r"\b(?:cen|cenbwp|vpc|vsw|tr|vtb|tr-attach)-[0-9a-z]{8,}\b", old))
    given |= set(re.findall(r"\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}/\d+", old)) | set(re.findall(r"\b1\d{15}\b", old))
    given |= {name for name in re.findall(r'::([\w-]{6,})"', old) if name not in MARKS}
    given |= {
        name
        for name in re.findall(r'_?[nN]ame":\s*"([^"]{6,})"', old)
        if not name.startswith(("alicloud", "registry.", "terraform-"))
    }

    assert given
    assert {item for item in given if re.search(rf"(?<![\w-]){re.escape(item)}(?![\w-])", new)} == set()


def test_what_was_equal_stays_equal_and_the_order_stays(tmp_path):
    rows = {"deployment": {"resources": [{"urn": f"urn:pulumi:s::p::alicloud:vpc/network:Network::{name}", "id": f"vpc-{name}x", "type": "t:m:T"} for name in ("zeta", "alpha", "zeta")]}}  # fmt: skip
    path = tmp_path / "export.json"
    path.write_text(json.dumps(rows))

    made = json.loads(anonymise([path], default_catalogue()).texts[str(path)])["deployment"]["resources"]

    assert made[0] == made[2] != made[1]
    assert made[1]["urn"] < made[0]["urn"]
    assert made[1]["id"] < made[0]["id"]
    assert made[0]["id"].startswith("vpc-")


class TestStrings:
    @pytest.mark.parametrize(
        "text",
        ["cn-beijing", "cn-hangzhou-h", "us-west-1a", "China", "PrePaid", "2026-11-22T22:29:59.649801088Z", "4.0.0", ">= 1.285", "v2.0.0-beta1", "1.17.0-dev20261101", "3.1.0-alpha.17+8e4f2a", "true", "10", "alicloud:vpc/network:Network"],
    )  # fmt: skip
    def test_what_the_schema_or_the_catalogue_knows_stays(self, text):
        assert STRINGS.parts(text) == (text,)

    @pytest.mark.parametrize(
        ("text", "kinds"),
        [
            ("cen-1a2b3c:vpc-9z8y:VPC:cn-beijing", ["id", "id"]),
            ("urn:pulumi:prod::net::alicloud:cen/instance:Instance::core", ["name", "name", "name"]),
            ('module.site["berlin"].alicloud_vpc.net[0]', ["name", "name", "name"]),
            ("data.alicloud_vpcs.all.ids[0]", ["name"]),
            ("each.value.area", ["name"]),
            ("10.1.2.3", ["block"]),
            ("10.1.0.0/16", ["block"]),
            ("1234567890123456", ["account"]),
            ("13800138000", ["account"]),
            ("1.4.2-somebody", ["name"]),
            ("034640f4-dc6d-4a5f-b078-268a5e838a2d", ["uuid"]),
            ("Our network for the bank", ["text"]),
        ],
    )
    def test_what_somebody_gave_is_replaced(self, text, kinds):
        assert [part.kind.value for part in STRINGS.parts(text) if isinstance(part, Part)] == kinds

    def test_a_position_keeps_its_line(self):
        assert STRINGS.parts("project:///src/bank.py#12,5") == ("project:///program.py#12,5",)
        assert STRINGS.parts("project:///../venv/pulumi/resource.py#7") == ("project:///../library.py#7",)

    def test_a_name_that_is_a_word_of_the_schema_is_a_name_in_its_place(self):
        assert Part(Kind.NAME, "create") in STRINGS.reference("alicloud_vpc.create.id")


class TestBlocks:
    def blocks(self, *blocks, tmp_path):
        path = tmp_path / "export.json"
        path.write_text(json.dumps({"deployment": {"resources": [{"inputs": {"cidrBlock": block}} for block in blocks]}}))
        made = json.loads(anonymise([path], default_catalogue()).texts[str(path)])
        return [row["inputs"]["cidrBlock"] for row in made["deployment"]["resources"]]

    def test_what_held_and_what_overlapped_still_does(self, tmp_path):
        import ipaddress

        old = ["10.0.0.0/8", "10.1.0.0/16", "10.1.2.0/24", "172.16.0.0/12", "10.1.0.0/16", "192.168.1.0/24"]
        new = self.blocks(*old, tmp_path=tmp_path)

        def relations(blocks):
            known = [ipaddress.ip_network(block) for block in blocks]
            return [
                (one.prefixlen, [one.overlaps(other) for other in known], [one.supernet_of(other) for other in known])
                for one in known
            ]

        assert relations(new) == relations(old)
        assert not {*new} & {*old}

    def test_everything_stays_everything(self, tmp_path):
        assert self.blocks("0.0.0.0/0", "10.0.0.0/16", tmp_path=tmp_path)[0] == "0.0.0.0/0"

    def test_reserved_addresses_stay_reserved(self, tmp_path):
        import ipaddress

        (new,) = self.blocks("100.64.3.0/24", tmp_path=tmp_path)

        assert ipaddress.ip_network(new).subnet_of(ipaddress.ip_network("100.64.0.0/10"))
        assert new != "100.64.3.0/24"


class TestSecrets:
    def test_a_ciphertext_and_a_plain_text_are_gone(self, tmp_path):
        mark = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}
        rows = [
            {
                "inputs": {
                    "a": {**mark, "ciphertext": "AbCdEfGhIjKl"},
                    "b": {**mark, "ciphertext": "AbCdEfGhIjKl"},
                    "c": {**mark, "plaintext": '"hunter22"'},
                }
            }
        ]
        path = tmp_path / "export.json"
        path.write_text(json.dumps({"deployment": {"resources": rows}}))

        text = anonymise([path], default_catalogue()).texts[str(path)]
        made = json.loads(text)["deployment"]["resources"][0]["inputs"]

        assert made["a"] == made["b"]
        assert made["c"]["plaintext"] == '"secret"'
        assert "AbCdEf" not in text
        assert "hunter" not in text


class TestTags:
    def test_keys_and_values_are_gone(self, tmp_path):
        path = tmp_path / "export.json"
        path.write_text(
            json.dumps(
                {
                    "deployment": {
                        "resources": [{"inputs": {"tags": {"costcentre": "payments", "bandwidth": "a"}, "bandwidth": 5}}]
                    }
                }
            )
        )

        made = json.loads(anonymise([path], default_catalogue()).texts[str(path)])["deployment"]["resources"][0]["inputs"]

        assert made["bandwidth"] == 5
        assert not {"costcentre", "bandwidth", "payments"} & {*made["tags"], *made["tags"].values()}


class TestSeveral:
    def test_a_document_and_its_inventory_share_one_map(self, tmp_path):
        shutil.copy(RECORDINGS / "external-package" / "preview.json", tmp_path / "preview.json")
        package = re.search(r"cenbwp-[\w-]+", (tmp_path / "preview.json").read_text())[0]
        (tmp_path / "bought.inventory.toml").write_text(
            f'taken = 2026-11-20\n\n[[package]]\nid = "{package}"\narea_pair = ["China", "North-America"]\nbandwidth = 10\n'
        )

        done = run("anonymise", "preview.json", "bought.inventory.toml", "-o", "shown", cwd=tmp_path)

        assert done.returncode == 0, done.stderr
        text = (tmp_path / "shown" / "bought.inventory.toml").read_text()
        assert text.endswith("\n")
        row = tomllib.loads(text)["package"][0]
        assert row["area_pair"] == ["China", "North-America"]
        assert row["id"] != package
        assert row["id"] in (tmp_path / "shown" / "preview.json").read_text()

    def test_a_plan_and_its_export_are_checked_together(self, tmp_path):
        folder = RECORDINGS / "basic-change-limit"

        done = run("anonymise", folder / "plan.json", folder / "export.json", "-o", tmp_path / "both")

        assert done.returncode == 0, done.stderr
        assert {path.name for path in (tmp_path / "both").iterdir()} == {"plan.json", "export.json"}


class TestWrongInput:
    def refused(self, *arguments, cwd):
        done = run("anonymise", *arguments, cwd=cwd)
        said = done.stderr.decode()
        assert done.returncode == 2, said
        assert "Traceback" not in said
        return said

    def test_the_document_itself_is_not_written_over(self, tmp_path):
        shutil.copy(CREATE, tmp_path / "p.json")

        assert "is a document itself" in self.refused("p.json", "-o", "p.json", cwd=tmp_path)
        assert (tmp_path / "p.json").read_text() == CREATE.read_text()

    def test_a_folder_is_no_document(self, tmp_path):
        assert "is a folder" in self.refused(tmp_path, "-o", "x.json", cwd=tmp_path)

    @pytest.mark.parametrize("content", ["not json", "[1, 2", '"text"', "", "\ud800", '{"a": ' * 5_000 + "1" + "}" * 5_000])
    def test_what_is_no_document_is_refused_in_one_line(self, content, tmp_path):
        (tmp_path / "p.json").write_bytes(content.encode("utf-8", "surrogatepass"))

        said = self.refused("p.json", "-o", "x.json", cwd=tmp_path)

        assert "p.json" in said
        assert len(said.strip().splitlines()) == 1
        assert not (tmp_path / "x.json").exists()

    def test_json_that_check_does_not_read_is_refused(self, tmp_path):
        (tmp_path / "p.json").write_text('{"a": 1}')

        assert "was expected" in self.refused("p.json", "-o", "x.json", cwd=tmp_path)
        assert not (tmp_path / "x.json").exists()

    def test_a_missing_file_is_named(self, tmp_path):
        assert "nothing.json" in self.refused("nothing.json", "-o", "x.json", cwd=tmp_path)

    def test_standard_input_is_not_taken_for_a_missing_file(self, tmp_path):
        assert "standard input: is not read here" in self.refused("-", "-o", "x", cwd=tmp_path)

    def test_two_of_one_name_do_not_go_into_one_folder(self, tmp_path):
        for name in ("a", "b"):
            (tmp_path / name).mkdir()
            shutil.copy(CREATE, tmp_path / name / "p.json")

        assert "one file name" in self.refused("a/p.json", "b/p.json", "-o", "both", cwd=tmp_path)


def test_what_the_files_beside_a_document_settle_is_told_apart(tmp_path):
    """Whoever gets the document has no files: it says what the old one says by itself."""
    plan = RECORDINGS / "terraform" / "terraform-enterprise" / "plan.json"
    alone = shutil.copy(plan, tmp_path / "alone.json")
    first, second = (
        CliRunner().invoke(command, [str(path), "-o", str(tmp_path / f"{name}.json")]).stdout
        for name, path in (("beside", plan), ("by-itself", alone))
    )

    assert "are those of the document by itself" in first
    assert "are the same" in second
    assert (tmp_path / "beside.json").read_text() == (tmp_path / "by-itself.json").read_text()


def test_what_would_be_left_is_said_and_nothing_is_written(tmp_path, monkeypatch):
    """The last look finds a value that the walk has missed, whatever the reason."""
    import cenguard.commands.anonymising.files as files

    monkeypatch.setattr(
        files, "text_of", lambda parts, _names: "".join(part if isinstance(part, str) else part.text for part in parts)
    )

    with pytest.raises(UnreadableInput, match="would be left"):
        anonymise([Path(CREATE)], default_catalogue())


def test_what_begins_as_a_plugin_s_name_does_is_a_name(tmp_path):
    path = tmp_path / "preview.json"
    path.write_text(CREATE.read_text().replace('"core"', '"pulumi-bank-core"'))

    assert "pulumi-bank-core" in path.read_text()
    assert "bank" not in anonymise([path], default_catalogue()).texts[str(path)]


def test_names_of_providers_may_hold_colons(tmp_path):
    text = CREATE.read_text().replace("pulumi:providers:alicloud::bj", "pulumi:providers:alicloud::bj::main")
    (tmp_path / "preview.json").write_text(text)

    assert run("anonymise", tmp_path / "preview.json", "-o", tmp_path / "shown.json").returncode == 0
    shown = set(re.findall(r"pulumi:providers:alicloud::([^\"]*?)(?:::[0-9a-f-]{36})?\"", (tmp_path / "shown.json").read_text()))
    assert len(shown) == 2
    assert not any("bj" in name or "main" in name for name in shown)


def test_hosts_paths_and_numbers_of_the_owner_are_gone(tmp_path):
    """What begins with a host and has slashes was taken for a provider's address; keys and numbers in a variable's default stayed."""
    plan = json.loads((RECORDINGS / "terraform" / "terraform-basic-create" / "plan.json").read_text())
    public = "registry.terraform.io/aliyun/alicloud"
    text = json.dumps(plan).replace(public, "registry.bank.example/bank/alicloud")
    plan = json.loads(text)
    (change, *_) = (item["change"]["after"] for item in plan["resource_changes"] if item["type"] == "alicloud_cen_instance")
    change["tags"] = {"code": "git.bank.example/bank/net", "folder": "../bank/net"}
    root = plan["configuration"]["root_module"]
    root["module_calls"] = {
        "net": {"source": "app.bank.example/bank/net/alicloud", "module": {}},
        "own": {"source": "./bank", "module": {}},
        "hub": {"source": "github.com/owner/bank-hub", "module": {}},
        "public": {"source": "registry.terraform.io/bank/net/alicloud", "module": {}},
    }
    root["variables"] = {"desk": {"default": {"bank_desk": 13800001234}, "description": "of the bank"}}
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(plan))
    done = run("anonymise", path, "-o", tmp_path / "shown.json")
    shown = (tmp_path / "shown.json").read_text()

    assert done.returncode == 0
    assert "bank" not in shown
    assert "13800001234" not in shown
    assert '/alicloud"' in shown
    again = (RECORDINGS / "terraform" / "terraform-basic-create" / "plan.json").read_text()
    assert public in again
    (tmp_path / "public.json").write_text(again)
    assert public in anonymise([tmp_path / "public.json"], default_catalogue()).texts[str(tmp_path / "public.json")]


def test_roles_keep_whether_their_accounts_are_one(tmp_path):
    """Whose account makes a network decides CEN103: the role was one name, and nothing could be written."""
    document = json.loads(CREATE.read_text())
    for step in document["steps"]:
        if step["urn"].endswith(("alicloud::bj", "alicloud::sv")):
            account = "1111222233334444" if step["urn"].endswith("bj") else "5555666677778888"
            role = f"acs:ram::{account}:role/network-admin"
            step["newState"]["inputs"]["assumeRole"] = json.dumps({"roleArn": role})
    path = tmp_path / "preview.json"
    path.write_text(json.dumps(document))
    new = anonymise([path], default_catalogue()).texts[str(path)]
    roles = re.findall(r"acs:ram::(\d{16}):role/([\w.-]+)", new)

    assert "CEN103" in {item.rule for item in check(read_estate([str(path)]), Options()).findings}
    assert len(roles) == 2
    assert len({account for account, _ in roles}) == 2
    assert len({name for _, name in roles}) == 1
    assert not re.search("1111222233334444|5555666677778888|network-admin", new)
