"""A project folder: which program, which stack, which configuration."""

import json

import pytest

from cenguard.errors import UnreadableInput
from cenguard.readers.program.messages import SECRET_MARK
from cenguard.readers.program.project import read_project

PROJECT = "name: net\nruntime: python\n"


@pytest.fixture
def folder(tmp_path):
    """A project folder with the files given, and a program."""

    def make(**files):
        (tmp_path / "__main__.py").write_text("")
        (tmp_path / "Pulumi.yaml").write_text(PROJECT)
        for name, text in files.items():
            (tmp_path / f"{name.replace('__', '.')}.yaml").write_text(text)
        return tmp_path

    return make


def texts(project):
    return {key: value.text for key, value in project.config.items()}


def test_without_stacks_it_is_the_stack_dev_without_configuration(folder):
    project = read_project(folder())

    assert (project.name, project.stack, project.organization, texts(project)) == ("net", "dev", "organization", {})
    assert project.program == project.folder


def test_the_only_stack_is_taken(folder):
    assert read_project(folder(Pulumi__prod="config: {net:a: b}")).stack == "prod"


def test_several_stacks_need_a_choice(folder):
    place = folder(Pulumi__prod="", Pulumi__test="")

    with pytest.raises(UnreadableInput, match=r"choose one with --stack \(prod, test\)"):
        read_project(place)
    assert read_project(place, stack="test").stack == "test"


def test_a_stack_that_is_not_there_is_refused_with_those_that_are(folder):
    with pytest.raises(UnreadableInput, match="no configuration for the stack prd; there is one for prod, test"):
        read_project(folder(Pulumi__prod="", Pulumi__test=""), stack="prd")


def test_a_stack_of_a_project_without_files_is_a_new_one(folder):
    project = read_project(folder(), stack="acme/net/fresh")

    assert (project.stack, project.organization, texts(project)) == ("fresh", "acme", {})


VALUES = """config:
  alicloud:region: cn-beijing
  net:text: "5"
  net:number: 5
  net:float: 1.50
  net:flag: true
  net:no: no
  net:time: 12:30:45
  net:date: 2026-11-20
  net:octal: 0o17
  net:large: 1234567890123456
  net:nothing:
  net:list: [a, 1, true]
  net:map: {b: {c: 1.0}, a: ü}
  bare: mine
  net:config:old: kept
"""


def test_values_reach_the_program_as_the_engine_sends_them(folder):
    """Text for everything; JSON for structures; the words of YAML 1.1 (`no`, `12:30:45`) are text."""
    assert texts(read_project(folder(Pulumi__dev=VALUES))) == {
        "alicloud:region": "cn-beijing",
        "net:text": "5",
        "net:number": "5",
        "net:float": "1.5",
        "net:flag": "true",
        "net:no": "no",
        "net:time": "12:30:45",
        "net:date": "2026-11-20 00:00:00 +0000 UTC",
        "net:octal": "15",
        "net:large": "1234567890123456",
        "net:nothing": "",
        "net:list": '["a",1,true]',
        "net:map": '{"a":"ü","b":{"c":1}}',
        "net:bare": "mine",
        "net:old": "kept",
    }


def test_each_value_knows_its_line(folder):
    value = read_project(folder(Pulumi__dev=VALUES)).config["net:flag"]

    assert value.path.endswith("Pulumi.dev.yaml")
    assert value.line == 6


def test_encrypted_values_are_marked_at_any_depth(folder):
    """One encrypted member makes the whole key secret, as it does for the engine."""
    config = read_project(
        folder(Pulumi__dev="config:\n  token: {secure: v1:x}\n  map: {a: {secure: v1:y}, b: 1}\n  plain: x\n")
    ).config

    assert config["net:token"].text == SECRET_MARK
    assert json.loads(config["net:map"].text) == {"a": SECRET_MARK, "b": 1}
    assert {key: value.secret for key, value in config.items()} == {"net:token": True, "net:map": True, "net:plain": False}


DECLARED = """name: net
runtime: {name: python, options: {toolchain: pip}}
stackConfigDir: stacks
config:
  alicloud:region: {value: cn-beijing}
  alicloud:protocol: HTTP
  mbps: {type: integer, default: 5}
  owner: {type: string, description: who to ask}
  net:mesh:
    default: [a, b]
  free: {hub: a}
"""


def test_the_project_gives_values_to_every_stack(folder):
    """A description without a value gives none; the stack's own values and the command's go over it."""
    place = folder(Pulumi=DECLARED)
    (place / "stacks").mkdir()
    (place / "stacks" / "Pulumi.dev.yaml").write_text("config: {net:mbps: 10, alicloud:protocol: HTTPS}")
    project = read_project(place, config={"alicloud:protocol": "HTTP2", "extra": "e"})

    assert texts(project) == {
        "alicloud:region": "cn-beijing",
        "alicloud:protocol": "HTTP2",
        "net:mbps": "10",
        "net:mesh": '["a","b"]',
        "net:free": '{"hub":"a"}',
        "net:extra": "e",
    }
    assert project.config["alicloud:region"].line == 5


@pytest.mark.parametrize(
    ("text", "where", "reason"),
    [
        pytest.param("runtime: python\n", "line 1", "name is missing", id="no name"),
        pytest.param("name: [a]\nruntime: python\n", "line 1", "name is not text", id="a name that is a list"),
        pytest.param("name: net\n", "line 1", "runtime is missing", id="no runtime"),
        pytest.param("name: net\nruntime: nodejs\n", "line 2", "the program's runtime is nodejs", id="another language"),
        pytest.param(
            "name: net\nruntime:\n  name: go\n", "line 2", "the program's runtime is go", id="another language, in full"
        ),
        pytest.param("name: net\nruntime: python\nmain: src\n", "line 3", "src does not exist", id="a program that is not there"),
        pytest.param(
            "name: net\n  runtime: python\n", "line 2", "is not valid YAML: mapping values are not allowed here", id="bad indent"
        ),
        pytest.param("name: net\nname: two\nruntime: python\n", "line 2", "'name' is there twice", id="a key twice"),
        pytest.param("- a\n", "line 1", "a mapping with name and runtime was expected", id="a list"),
        pytest.param("", "line 1", "a mapping with name and runtime was expected", id="empty"),
        pytest.param(
            "name: net\nruntime: python\nconfig: [a]\n",
            "line 3",
            "a mapping of configuration values was expected",
            id="config as list",
        ),
        pytest.param("{" * 5000, "", "is not valid YAML", id="nested without end"),
        pytest.param("a: &a [*a]", "", "is not valid YAML: nested too deeply", id="a value inside itself"),
        pytest.param("a: \x00", "", "is not valid YAML", id="a control character"),
    ],
)
def test_a_project_file_that_is_wrong_is_refused_with_its_line(folder, text, where, reason):
    with pytest.raises(UnreadableInput) as refused:
        read_project(folder(Pulumi=text))

    assert refused.value.source.endswith("Pulumi.yaml")
    assert refused.value.where.startswith(where)
    assert refused.value.reason.startswith(reason)
    assert "\n" not in refused.value.reason


def test_a_stack_file_that_is_wrong_is_refused_with_its_line(folder):
    with pytest.raises(UnreadableInput, match=r"Pulumi.dev.yaml: line 2: a mapping of configuration values was expected"):
        read_project(folder(Pulumi__dev="# ours\nconfig: text\n"))


def test_a_folder_that_holds_no_project_is_refused(tmp_path):
    with pytest.raises(UnreadableInput, match=r"holds no Pulumi.yaml"):
        read_project(tmp_path)
    with pytest.raises(UnreadableInput, match="does not exist"):
        read_project(tmp_path / "none")
    (tmp_path / "Pulumi.yaml").write_text(PROJECT)
    with pytest.raises(UnreadableInput, match=r"holds no __main__.py"):
        read_project(tmp_path)


def test_bytes_that_are_no_text_are_refused(folder):
    place = folder()
    (place / "Pulumi.yaml").write_bytes(b"\xff\xfe\x00name")

    with pytest.raises(UnreadableInput, match="is not UTF-8 text"):
        read_project(place)


def test_a_single_file_may_be_the_program(folder):
    place = folder(Pulumi=PROJECT + "main: app.py\n")
    (place / "app.py").write_text("")

    assert read_project(place).program == place / "app.py"


DATES = """config:
  day: 2026-11-20
  quoted: "2026-11-20"
  single: '2026-11-20'
  time: 2026-11-20T10:11:12Z
  spaced: 2026-11-20 10:11:12
  offset: 2026-11-20T10:11:12+08:00
  part: 2026-11-20T10:11:12.50Z
  short: 2026-1-2
  nested: {from: 2026-11-20, until: 2026-11-20T10:11:12.5Z}
  listed: [2026-11-20]
  none: 2026-13-45
  no-zone: 2026-11-20T10:11:12
  words: 2026-11-20 to 2026-12-01
  clock: 12:30
"""


def test_a_date_without_quotes_reaches_the_program_as_the_engine_prints_it(folder):
    """Run with `workspace.LoadProjectStack` of github.com/pulumi/pulumi/sdk/v3 3.200.0, value for value."""
    assert texts(read_project(folder(Pulumi__dev=DATES))) == {
        "net:day": "2026-11-20 00:00:00 +0000 UTC",
        "net:quoted": "2026-11-20",
        "net:single": "2026-11-20",
        "net:time": "2026-11-20 10:11:12 +0000 UTC",
        "net:spaced": "2026-11-20 10:11:12 +0000 UTC",
        "net:offset": "2026-11-20 10:11:12 +0800 +0800",
        "net:part": "2026-11-20 10:11:12.5 +0000 UTC",
        "net:short": "2026-01-02 00:00:00 +0000 UTC",
        "net:nested": '{"from":"2026-11-20 00:00:00 +0000 UTC","until":"2026-11-20 10:11:12.5 +0000 UTC"}',
        "net:listed": '["2026-11-20 00:00:00 +0000 UTC"]',
        "net:none": "2026-13-45",
        "net:no-zone": "2026-11-20T10:11:12",
        "net:words": "2026-11-20 to 2026-12-01",
        "net:clock": "12:30",
    }


@pytest.mark.parametrize("value", ["2026-11-20", "{default: 2026-11-20}", "{value: [2026-11-20]}", "{from: 2026-11-20}"])
def test_the_engine_refuses_such_a_date_in_the_projects_own_file(folder, value):
    with pytest.raises(UnreadableInput, match=r"line 4.*a date without quotes"):
        read_project(folder(Pulumi=f"name: net\nruntime: python\nconfig:\n  net:day: {value}\n"))


def test_a_quoted_one_is_a_text_there_too(folder):
    assert texts(read_project(folder(Pulumi='name: net\nruntime: python\nconfig:\n  net:day: "2026-11-20"\n'))) == {
        "net:day": "2026-11-20"
    }
