"""A folder of Terraform's files, and two documents of one program: one line that says what would do."""

import json
from pathlib import Path

import pytest

from cenguard.errors import UnreadableInput
from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.sources import read_estate, read_source

PLAN = '{"format_version": "1.2", "planned_values": {"root_module": {}}, "resource_changes": [], "configuration": {"root_module": {}}}'
STATE = '{"version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "x", "outputs": {}, "resources": []}'


@pytest.mark.parametrize("name", ["main.tf", "main.tf.json", "net.tofu"])
def test_a_folder_of_a_program_names_the_two_commands_that_make_a_plan(tmp_path, name):
    (tmp_path / name).write_text("{}")

    with pytest.raises(UnreadableInput, match=r"terraform plan -out=.*terraform show -json") as refused:
        read_source(str(tmp_path))
    assert "\n" not in str(refused.value)


def test_a_project_of_pulumi_with_such_files_is_one_of_pulumi(tmp_path):
    (tmp_path / "main.tf").write_text("")
    (tmp_path / "Pulumi.yaml").write_text("name: net\nruntime: hcl\n")

    with pytest.raises(UnreadableInput, match="runtime is hcl"):
        read_source(str(tmp_path))


def test_two_documents_without_a_name_are_refused_in_words_of_their_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.json").write_text(PLAN)
    (tmp_path / "other.json").write_text(PLAN)

    with pytest.raises(UnreadableInput, match=r"other\.json: has no name, and neither has plan\.json: .*net=plan\.json"):
        read_estate(["plan.json", "other.json"])


def test_a_state_that_a_plan_knows_nothing_of_is_another_program(tmp_path, monkeypatch):
    """A first plan beside the state of another folder: it was passed over."""
    monkeypatch.chdir(tmp_path)
    recorded = Path(__file__).parents[2] / "recordings" / "terraform"
    (tmp_path / "plan.json").write_text((recorded / "tofu-basic-create" / "plan.json").read_text())
    (tmp_path / "hub.tfstate").write_text((recorded / "terraform-module-for-each" / "terraform.tfstate").read_text())

    for order in (["plan.json", "hub.tfstate"], ["hub.tfstate", "plan.json"]):
        with pytest.raises(UnreadableInput, match=r"has no name, and neither has .*net=plan\.json"):
            read_estate(order)
    assert len(read_estate(["plan.json", "net=hub.tfstate"])) == 2


def test_a_plan_fits_its_state_where_a_package_is_gone_from_the_cloud(tmp_path, monkeypatch):
    """The state has it until the next update: the pair was refused. After that update the package is another one."""
    monkeypatch.chdir(tmp_path)
    recorded = Path(__file__).parents[2] / "recordings" / "terraform" / "terraform-package-gone" / "plan.json"
    plan = json.loads(recorded.read_text())
    lost = [item for item in plan["resource_drift"] if item["change"]["actions"] == ["delete"]]
    state = plan["prior_state"]
    stored = [{**item, "values": item["change"]["before"], "schema_version": 0} for item in lost]
    state["values"]["root_module"]["resources"] += stored
    (tmp_path / "plan.json").write_bytes(recorded.read_bytes())
    (tmp_path / "state.json").write_text(json.dumps(state))
    assert [source.path for source in read_estate(["plan.json", "state.json"])] == ["plan.json"]

    for item in stored:
        item["values"] = {**item["values"], "id": "cenbwp-another"}
    (tmp_path / "state.json").write_text(json.dumps(state))
    with pytest.raises(UnreadableInput, match="give one of them"):
        read_estate(["plan.json", "state.json"])


def test_a_plan_that_only_moves_fits_the_state_before_and_after_it(tmp_path, monkeypatch):
    """A program that is renamed as a whole: of the state after its update no address was known, and the pair was refused."""
    monkeypatch.chdir(tmp_path)
    recorded = Path(__file__).parents[2] / "recordings" / "terraform" / "tofu-basic-create"
    plan, state = (json.loads((recorded / name).read_text()) for name in ("plan-unchanged.json", "state.json"))
    for item in plan["resource_changes"]:
        item["previous_address"] = f"{item['type']}.former_{item['name']}"
    (tmp_path / "plan.json").write_text(json.dumps(plan))
    (tmp_path / "after.json").write_text(json.dumps(state))
    for item in state["values"]["root_module"]["resources"]:
        item |= {"address": f"{item['type']}.former_{item['name']}", "name": f"former_{item['name']}"}
    (tmp_path / "before.json").write_text(json.dumps(state))

    for name in ("before.json", "after.json"):
        assert [source.path for source in read_estate(["plan.json", name])] == ["plan.json"]


def test_a_base_without_a_name_beside_named_sources_says_how_to_name_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("net", "shop"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "plan.json").write_text(PLAN)
    (tmp_path / "old.tfstate").write_text(STATE)
    sources = read_estate(["net=net/plan.json", "shop=shop/plan.json"])

    with pytest.raises(
        UnreadableInput, match=r"old\.tfstate: has no name, and the sources have \(net, shop\); .*--base net=old\.tfstate"
    ):
        check(sources, Options(base=tuple(read_estate(["old.tfstate"]))))
