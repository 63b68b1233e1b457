"""Wrong input gets one clear line, status 2, and never a traceback of ours."""

import json
import os

import pytest

from tests.commands.test_cli import BAD, GOOD, RECORDINGS, run


def refused(*arguments, **options):
    done = run(*arguments, **options)
    errors = done.stderr.decode()

    assert done.returncode == 2, errors
    assert done.stdout == b""
    assert "Traceback" not in errors
    assert len(errors.strip().splitlines()) == 1, errors
    return errors


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (GOOD.read_bytes()[:9000], "is not whole JSON"),
        (b'{"AWSTemplateFormatVersion": "2010-09-09", "Resources": {}}', "no document of Pulumi"),
        (b"", "is empty"),
        (b"   \n", "is empty"),
        (b"\x00\xff\x13\x37" * 100, "is not JSON"),
        (b"[1, 2, 3]", "is a list in JSON"),
        (b'{"steps": 5}', "Expected `array`"),
        (b'{"steps": [{"op": "create"}]}', "missing required field `urn`"),
        (b'{"steps": [{"op": "explode", "urn": "u", "newState": {"urn": "u", "type": "t"}}], "changeSummary": {}}', "no step of a preview"),
        (b'{"steps": [' + b"[" * 100_000, "preview"),
        (b"\xff\xfe\x00", "is not"),
        (b'{"name": "caf\xe9"}', "is not whole JSON"),
        (b'{"version": ' + b"9" * 5000 + b"}", "is not whole JSON"),
    ],
    ids=[
        "truncated", "another tool", "empty", "blank", "binary", "a list", "a number for steps", "a step without urn", "an unknown step",
        "deep nesting", "broken UTF-16", "an old encoding", "a number without end",
    ],
)  # fmt: skip
def test_a_document(tmp_path, content, said):
    path = tmp_path / "input.json"
    path.write_bytes(content)
    errors = refused("check", path)

    assert said in errors
    assert "input.json" in errors


def test_200_mb_of_rubbish(tmp_path):
    path = tmp_path / "rubbish.json"
    with path.open("wb") as file:
        for _ in range(200):
            file.write(b"x" * 1_000_000)

    assert "is not JSON" in refused("check", path)


def test_a_document_as_powershell_writes_it_is_read(tmp_path):
    path = tmp_path / "preview.json"
    path.write_bytes(b"\xff\xfe" + GOOD.read_text().encode("utf-16-le"))

    assert run("check", path).returncode == 0


def test_something_that_does_not_exist():
    assert "there is no such file or folder" in refused("check", "nowhere.json")


def test_a_folder_without_a_project(tmp_path):
    assert "Pulumi.yaml" in refused("check", tmp_path)


@pytest.mark.parametrize(
    ("project", "said"),
    [
        ("name: x\nruntime: nodejs\n", "nodejs"),
        ("name: [x\n", "line"),
        ("runtime: python\n", "name"),
        ("", "Pulumi.yaml"),
    ],
    ids=["another language", "broken YAML", "no name", "empty"],
)
def test_a_project_file(tmp_path, project, said):
    (tmp_path / "Pulumi.yaml").write_text(project)
    (tmp_path / "__main__.py").write_text("")

    assert said in refused("check", tmp_path)


def program(tmp_path, source):
    (tmp_path / "Pulumi.yaml").write_text("name: x\nruntime: python\n")
    (tmp_path / "__main__.py").write_text(source)
    return run("check", tmp_path)


def test_a_program_that_raises_shows_its_own_traceback(tmp_path):
    done = program(tmp_path, "def inner():\n    raise ValueError('no such shop')\n\ninner()\n")
    errors = done.stderr.decode()

    assert done.returncode == 2
    assert "__main__.py" in errors
    assert "ValueError: no such shop" in errors
    assert "cenguard/" not in errors


def test_a_program_that_leaves(tmp_path):
    done = program(tmp_path, "import sys\nprint('bye')\nsys.exit(0)\n")

    assert done.returncode == 2
    assert done.stdout == b""
    assert b"exit" in done.stderr


def test_a_program_that_prints_does_not_spoil_the_report(tmp_path):
    (tmp_path / "Pulumi.yaml").write_text("name: x\nruntime: python\n")
    (tmp_path / "__main__.py").write_text("print('hello')\n")
    done = run("check", tmp_path, "--format", "json")

    assert json.loads(done.stdout)["findings"] == []
    assert b"hello" in done.stderr


def test_a_package_that_is_not_installed(tmp_path):
    done = program(tmp_path, "import nowhere_to_be_found\n")

    assert done.returncode == 2
    assert b"nowhere_to_be_found" in done.stderr


def test_several_stacks_without_a_choice(tmp_path):
    (tmp_path / "Pulumi.yaml").write_text("name: x\nruntime: python\n")
    (tmp_path / "__main__.py").write_text("")
    for stack in ("dev", "prod"):
        (tmp_path / f"Pulumi.{stack}.yaml").write_text("config: {}\n")
    errors = refused("check", tmp_path)

    assert "dev" in errors
    assert "prod" in errors


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("shred = []\n", "line 1, shred: is not a key of this file; did you mean shared?"),
        ('undetermined = "loud"\n', "'loud' is not one of hide, advisory, mandatory"),
        ('\n[rules.missing-bandwith-package]\nlevel = "advisory"\n', "did you mean missing-bandwidth-package?"),
        ('[rules.CEN201]\nlevel = "mandatroy"\n', "did you mean mandatory?"),
        ("[rules.CEN201]\nlevl = 1\n", "line 2, rules.CEN201.levl"),
        ("shared = 5\n", "a list of texts was expected"),
        ("shared = [\n", "is not TOML"),
        ('areas = "1999-01"\n', "neither an edition"),
        ('inventory = ["gone.toml"]\n', "gone.toml: there is no such file"),
    ],
)
def test_settings(tmp_path, settings, said):
    path = tmp_path / "cenguard.toml"
    path.write_text(settings)

    assert said in refused("check", GOOD, "--settings", path)


@pytest.mark.parametrize(
    ("inventory", "said"),
    [
        ('[[package]]\nid = "p"\narea_pair = ["China"]\n', "two areas were expected"),
        ('[[package]]\nid = "p"\narea_pair = ["China", "Eurpe"]\n', "did you mean Europe?"),
        ('[[package]]\narea_pair = ["China", "Europe"]\n', "id is missing"),
        ('[[instance]]\nid = "cen-1"\ncomplete = "yes"\n', "true or false was expected"),
        ('[[attachment]]\ninstance = "cen-1"\nregion = "cn-beijing"\nkind = "VPCS"\n', "did you mean VPC?"),
        ('[instance]\nid = "cen-1"\n', "write [[instance]]"),
        ('taken = "yesterday"\n', "a date without quotes"),
        ("[stack]\nx = 5\n", "a table of outputs was expected"),
    ],
)
def test_an_inventory(tmp_path, inventory, said):
    path = tmp_path / "net.toml"
    path.write_text(inventory)
    errors = refused("check", GOOD, "--inventory", path)

    assert said in errors
    assert "net.toml" in errors


@pytest.mark.parametrize(
    ("areas", "said"),
    [
        ("{", "line 1"),
        ('{"schema": 2}', "schema 1 was expected"),
        ('{"schema": 1, "regions": [{"id": "x-1", "title": "X", "area": "Chna"}]}', "did you mean China?"),
        ('{"schema": 1, "regions": [{"id": "x-1", "title": "X", "area": null}]}', "two candidates"),
        ('{"schema": 1, "regions": [{"id": "x-1"}]}', "title is missing"),
        ('{"schema": 1, "areas": [{"id": "A", "title": "A", "certainty": "sure"}]}', "is not one of"),
        ('{"schema": 1, "aeras": []}', "did you mean areas?"),
        ('{"schema": 1, "areas": [{"id": "A", "title": "A"}, {"id": "A", "title": "B"}]}', "areas[1].id: 'A' is there twice"),
    ],
)
def test_an_area_catalogue(tmp_path, areas, said):
    path = tmp_path / "areas.json"
    path.write_text(areas)
    errors = refused("areas", "--areas", path)

    assert said in errors
    assert "areas.json" in errors


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["needs", "cn-bejing", "us-west-1"], "did you mean cn-beijing?"),
        (["explain", BAD, "--from", "cn-beijing", "--to", "eu-centrl-1"], "did you mean eu-central-1?"),
        (["explain", BAD, "--from", "cn-beijing", "--to", "eu-central-1"], "attached are core: cn-beijing, us-west-1"),
        (["explain", BAD, "--from", "cn-beijing", "--to", "us-west-1", "--instance", "cor"], "did you mean core?"),
        (["areas", "cn-hongkng"], "did you mean cn-hongkong?"),
        (["rules", "CEN999"], "unknown rule"),
        (["check", GOOD, "--select", "CEN99"], "unknown rule"),
        (["check", GOOD, "--ignore", "missing-package"], "did you mean"),
        (["check", GOOD, "--select", "CEN201", "--ignore", "CEN2"], "--ignore: leaves out every rule that --select names"),
        (["check", GOOD, "--ignore", "CEN"], "--ignore: leaves out every rule: nothing would be asked"),
        (["check", GOOD, "--areas", "2018"], "neither an edition"),
        (["explain", BAD.parent / "preview-default.json", "--from", "cn-beijing", "--to", "us-west-1"], "--show-sames"),
    ],
)
def test_a_name_that_does_not_exist(arguments, said):
    assert said in refused(*arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        ["needs", "cn-beijing"],
        ["needs", "cn-beijing", "us-west-1", "--mbps", "0"],
        ["check", GOOD, "--stack", "dev"],
        ["check", GOOD, GOOD],
        ["check", GOOD, "--format", "xml"],
        ["check", GOOD, "--fail-on", "sometimes"],
        ["check", "--config", "novalue"],
        ["explain", GOOD],
        ["nonsense"],
    ],
)
def test_usage_that_is_wrong_says_what_was_expected(arguments):
    done = run(*arguments)

    assert done.returncode == 2
    assert done.stdout == b""
    assert b"Error: " in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(("below", "said"), [("", "cenguard.toml: "), ("a", "../cenguard.toml: ")])
@pytest.mark.parametrize("command", [("check", "p.json"), ("rules",), ("explain", "p.json", "--from", "a", "--to", "b")])
def test_settings_found_upwards_are_named_from_here(tmp_path, below, said, command):
    (tmp_path / "cenguard.toml").write_text("[rules.CEN201]\nlevl = 1\n")
    (tmp_path / "a").mkdir()

    assert refused(*command, cwd=tmp_path / below).startswith(f"cenguard: {said}")


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "preview.json", "-o", "json=preview.json"],
        ["check", "other.json", "--base", "preview.json", "-o", "sarif=./preview.json"],
        ["map", "preview.json", "-o", "preview.html"],
        ["upgrade", "preview.json", "-o", "html=preview.json"],
        ["audit", ".", "-o", "json=preview.json"],
        ["audit", "preview.json", "-o", "json=preview.html"],
        ["report", "preview.json", "-o", "json=preview.json"],
    ],
)
def test_a_document_is_not_written_over_with_what_is_said_of_it(tmp_path, arguments):
    """A saved preview or state was gone, and the next command refused the report as no document."""
    path = tmp_path / "preview.json"
    path.write_bytes(GOOD.read_bytes())
    (tmp_path / "other.json").write_bytes(GOOD.read_bytes())
    (tmp_path / "preview.html").symlink_to(path)

    assert "is read here, and is not written over" in refused(*arguments, cwd=tmp_path)
    assert path.read_bytes() == GOOD.read_bytes()


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", GOOD, "--settings", "own.toml"],
        ["check", GOOD, "--waivers", "own.toml"],
        ["check", GOOD, "--inventory", "own.toml"],
        ["upgrade", GOOD, "--zones", "own.toml"],
        ["audit", ".", "--waivers", "own.toml"],
        ["audit", ".", "--resume", "own.toml"],
    ],
)
def test_what_an_option_names_is_not_written_over_either(tmp_path, arguments):
    """The team's waivers were a report, and the next check refused them."""
    (tmp_path / "own.toml").write_text("")
    (tmp_path / "state.json").write_bytes(GOOD.read_bytes())

    assert "is read here, and is not written over" in refused(*arguments, "-o", "json=own.toml", cwd=tmp_path)
    assert (tmp_path / "own.toml").read_text() == ""


def test_a_journal_that_is_not_there_yet_is_no_place_for_a_report(tmp_path):
    """What a long audit had read was gone with its last step."""
    (tmp_path / "state.json").write_bytes(GOOD.read_bytes())

    said = refused("audit", "state.json", "--resume", "kept", "-o", "json=./kept", cwd=tmp_path)

    assert "kept: is the journal, which a report would be written over" in said
    assert not (tmp_path / "kept").exists()


@pytest.mark.parametrize(
    "name", ["__main__.py", "Pulumi.yaml", "Pulumi.dev.yaml", "main.tf", "prod.tfvars", "index.MTS", "report.html"]
)
def test_a_program_is_not_written_over(tmp_path, name):
    """Which modules a program has is not asked: its folder, or a preview beside it, may be what is checked."""
    program = tmp_path / name
    if name == "report.html":  # a link, left by somebody
        program.symlink_to("net.go")
    program.write_text("")

    assert f"{name}: is a program's, and is not written over" in refused("check", GOOD, "-o", f"json={name}", cwd=tmp_path)
    assert (tmp_path / name).read_text() == ""


def test_what_is_anonymised_is_written_over_no_program_and_no_state_either(tmp_path):
    """Into the folder of a program, a copy of another one's state was its own state."""
    (tmp_path / "main.tf").write_text("")
    (tmp_path / "other").mkdir()
    for folder in (tmp_path, tmp_path / "other"):
        (folder / "terraform.tfstate").write_text("mine")
        (folder / "preview.json").write_bytes(GOOD.read_bytes())

    assert "main.tf: is a program's, and is not written over" in refused("anonymise", GOOD, "-o", "main.tf", cwd=tmp_path)
    several = ("other/terraform.tfstate", "other/preview.json")
    assert "terraform.tfstate: is a program's" in refused("anonymise", *several, "-o", ".", cwd=tmp_path)
    assert ((tmp_path / "main.tf").read_text(), (tmp_path / "terraform.tfstate").read_text()) == ("", "mine")


def test_what_loses_nothing_may_be_read_and_written():
    answer = run("check", GOOD, "--settings", os.devnull, "-o", f"json={os.devnull}")

    assert b"is not written over" not in answer.stderr


def test_standard_input_is_a_source_or_the_base():
    done = run("check", "-", "--base", "-", stdin=GOOD.read_bytes())

    assert done.returncode == 2
    assert b"- is given twice" in done.stderr


def test_a_fix_of_what_holds_no_cen_says_so(tmp_path):
    path = tmp_path / "terraform.tfstate"
    path.write_text('{"version": 4, "terraform_version": "1.5.0", "serial": 1, "lineage": "x", "outputs": {}, "resources": []}')
    done = run("fix", path)

    assert done.returncode == 0
    assert done.stderr.startswith(b"note: ")
    assert b"terraform.tfstate: The state is empty" in done.stderr
    assert done.stdout == b"nothing to apply: no CEN in the input (no resource of Alibaba Cloud)\n"


def test_a_value_without_its_key_may_be_a_secret():
    done = run("check", ".", "--config", "hunter2")

    assert done.returncode == 2
    assert b"KEY=VALUE was expected" in done.stderr
    assert b"hunter2" not in done.stderr


def test_a_document_under_two_names_is_given_twice(tmp_path):
    """As two programs of Terraform, each lacks what the other has, and everything is there twice."""
    plan = RECORDINGS / "terraform" / "tofu-change-limit" / "plan.json"
    (tmp_path / "link.json").symlink_to(plan)

    assert f"net={plan}: is given twice: it and {plan} are one file" in refused("check", plan, f"net={plan}")
    assert "b=link.json: is given twice" in refused(
        "explain", f"a={plan}", "b=link.json", "--from", "cn-beijing", "--to", "us-west-1", cwd=tmp_path
    )
    assert "standard input, which is read once" in refused("check", "a=-", "b=-", stdin=b"")
