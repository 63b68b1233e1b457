"""`cenguard upgrade` as a user meets it: formats, exit statuses, wrong inputs, the same bytes for the same input."""

import json
import shutil
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from cenguard.commands.cli import main
from cenguard.findings.upgrade_answer import UpgradeAnswer

ROOT = Path(__file__).parents[2]
RECORDINGS = ROOT / "tests" / "recordings"
SCHEMA = ROOT / "docs" / "upgrade.schema.json"
CREATE = RECORDINGS / "basic-create" / "preview.json"
STATE = RECORDINGS / "basic-create" / "export-after-up.json"
ENTERPRISE = RECORDINGS / "enterprise-create" / "preview.json"
ROADS = [
    CREATE,
    STATE,
    RECORDINGS / "basic-create" / "plan.json",
    RECORDINGS / "roads" / "hcl-triangle-create" / "preview.json.gz",
    RECORDINGS / "roads" / "go-basic-create" / "preview.json.gz",
    *sorted((RECORDINGS / "terraform").glob("*-basic-create/plan.json")),
    *sorted((RECORDINGS / "terraform").glob("*-basic-create/terraform.tfstate")),
]


def upgrade(*arguments):
    """The command in this process: status, output, errors."""
    result = CliRunner().invoke(main, ["upgrade", "--today", "2026-11-28", *map(str, arguments)], catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize("source", ROADS, ids=lambda path: "/".join(path.parts[-2:]))
def test_every_road_is_answered_as_the_schema_says(source):
    status, out, err = upgrade(source, "--format", "json")
    said = json.loads(out)

    assert (status, err) == (0, "")
    assert not list(Draft202012Validator(json.loads(SCHEMA.read_text())).iter_errors(said))
    assert [peer["mbps"] for peer in said["peers"]] == [pair["mbps_before"] for pair in said["pairs"] if pair["mbps_before"]]
    assert said["result"]["mandatory"] == 0
    assert said["networks"] == said["stops"] == said["imports"] == []


def test_the_schema_names_the_keys_of_the_answer_in_their_order():
    schema = json.loads(SCHEMA.read_text())

    assert list(schema["properties"]) == [field.encode_name for field in msgspec.structs.fields(UpgradeAnswer)]
    Draft202012Validator.check_schema(schema)


def test_what_the_service_gave_is_what_the_peers_get():
    """`connectivity.json` is what the emulated service answered after the deployment, in Mbps for each pair."""
    given = json.loads((RECORDINGS / "basic-create" / "connectivity.json").read_text())
    said = json.loads(upgrade(STATE, "--format", "json")[1])

    assert len(given) == len(said["pairs"]) == 1
    assert str(said["peers"][0]["mbps"]) in json.dumps(given)


def test_the_answer_is_the_same_bytes_and_the_same_in_files(tmp_path):
    files = {form: tmp_path / f"answer.{form}" for form in ("human", "json", "markdown", "html")}
    asked = [f"-o{form}={path}" for form, path in files.items()]

    for form, path in files.items():
        first, second = upgrade(CREATE, "--format", form), upgrade(CREATE, "--format", form, *asked)
        assert first == second
        assert path.read_text("utf-8") == first[1]
        assert first[0] == 0


def test_every_format_says_the_whole_answer():
    for form in ("human", "markdown", "html"):
        text = " ".join(upgrade(CREATE, "--format", form)[1].split())
        assert "core on Enterprise Edition (2 routers, 2 attachments, 1 peer) carries what it carries today" in text
        assert "1 Kbps" in text or "not documented" in text
        assert "vpc-bj" in text
        assert "4 Mbps" in text
    assert "<script" not in upgrade(CREATE, "--format", "html")[1]


def test_what_is_lost_is_status_1():
    source = RECORDINGS / "roads" / "hcl-triangle-change-limit" / "preview.json.gz"
    status, out, _ = upgrade(source, "--format", "json")
    said = json.loads(out)

    assert status == 1
    assert [item["fate"] for item in said["packages"]] == ["kept", "too-small", "kept"]
    assert upgrade(source, "--billing", "as-is")[0] == 0
    assert "does not carry all that it carries today: 1 package too small" in " ".join(upgrade(source)[1].split())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([ENTERPRISE], "is of Enterprise Edition already"),
        ([CREATE, "--instance", "cor"], "unknown CEN instance 'cor' (there is core); did you mean core?"),
        ([RECORDINGS / "nothing.json"], "nothing.json"),
        ([RECORDINGS / "basic-unchanged" / "preview-default.json"], "does not show the whole stack"),
        ([RECORDINGS / "partial" / "program-stops-half-way" / "preview.json"], "the preview failed"),
        ([CREATE, "--billing", "cash"], "cash"),
        ([CREATE, "-o", "sarif=x"], "no format 'sarif'"),
        ([CREATE, CREATE], "given twice"),
    ],
)
def test_wrong_input_is_one_line_and_nothing_else(arguments, said, tmp_path):
    file = tmp_path / "answer.json"
    status, out, err = upgrade(*arguments, "-o", f"json={file}")

    assert status == 2
    assert out == ""
    assert said in err
    assert len(err.strip().splitlines()) == 1 or "Usage:" in err
    assert not file.exists()


def test_no_cen_is_said_as_check_says_it(tmp_path):
    document = json.loads(STATE.read_text())
    document["deployment"]["resources"] = [
        item for item in document["deployment"]["resources"] if "alicloud:cen" not in item["type"]
    ]
    source = tmp_path / "export.json"
    source.write_text(json.dumps(document))
    status, out, err = upgrade(source)

    assert (status, out) == (2, "")
    assert "no CEN in the input" in err


def test_two_instances_want_one_named(tmp_path):
    document = json.loads(STATE.read_text())
    text = json.dumps(document["deployment"]["resources"])
    twin = json.loads(text.replace("::core", "::twin").replace("::att-", "::other-").replace("::package", "::spare"))
    for item in twin:
        if "id" in item and item["type"].startswith("alicloud:cen"):
            item["id"] = item["id"].replace("cen-", "cen-2").replace("cenbwp-", "cenbwp-2")
    known = {item["urn"] for item in document["deployment"]["resources"]}
    changed = json.loads(json.dumps(twin).replace('"cen-', '"cen-2').replace('"cen-22', '"cen-2'))
    document["deployment"]["resources"] += [item for item in changed if item["urn"] not in known]
    source = tmp_path / "export.json"
    source.write_text(json.dumps(document))
    status, out, err = upgrade(source)

    assert (status, out) == (2, "")
    assert "has 2 Basic CEN instances" in err
    assert upgrade(source, "--instance", "core")[0] == 0


def test_prices_and_an_inventory_are_taken_as_check_takes_them(tmp_path):
    shutil.copy(STATE, tmp_path / "export.json")
    settings = tmp_path / "cenguard.toml"
    settings.write_text('[prices]\ncurrency = "USD"\n"China/North-America" = 100.0\nconnection_hour = 0.05\n')
    said = json.loads(upgrade(tmp_path / "export.json", "--settings", settings, "--format", "json")[1])

    assert said["costs"] == {
        "currency": "USD",
        "packages_kept": 500.0,
        "packages_idle": 0.0,
        "connections": 4,
        "connection_hours": 2920,
        "amount": 646.0,
    }


def test_a_hostile_name_is_harmless_in_every_format(tmp_path):
    document = STATE.read_text().replace("vpc-bj", "vpc\\u001b[31m<script>x</script>\\n::error::")
    source = tmp_path / "export.json"
    source.write_text(document)

    for form in ("human", "json", "markdown", "html"):
        out = upgrade(source, "--format", form)[1]
        assert "\x1b[31m<script" not in out
        assert not any(line.lstrip().startswith("::error") for line in out.splitlines())
        if form in ("html", "markdown"):
            assert "<script>x" not in out
