"""Programs in YAML: read without the engine, they say what their previews say."""

import gzip
import json
import shutil
from pathlib import Path

import pytest

from cenguard.errors import UnreadableInput
from cenguard.findings.printers.yaml import string
from cenguard.readers.program.reader import read_program
from cenguard.resources.forced import Forced
from cenguard.resources.records import UNKNOWN_TEXT
from cenguard.resources.values import SECRET, UNKNOWN
from tests.commands.test_cli import RECORDINGS, ROOT, run

PROGRAMS = {
    "yaml-basic-no-package": ROOT / "tests" / "findings" / "programs" / "yaml-basic-no-package",
    "anytf-yaml-basic-no-package": ROOT / "tests" / "findings" / "programs" / "anytf-yaml-basic-no-package",
    "yaml-misarea": ROOT / "tests" / "sources" / "recordings" / "yaml-misarea",
}


def said(report: str) -> list[tuple[str, ...]]:
    return sorted(
        (item["rule"], item["verdict"], item["level"], item["message"], item["fingerprint"])
        for item in json.loads(report)["findings"]
    )


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_says_what_its_preview_says(tmp_path, name):
    shutil.copy(PROGRAMS[name] / "Pulumi.yaml", tmp_path / "Pulumi.yaml")
    preview = tmp_path / "recorded.json"
    preview.write_bytes(gzip.decompress((RECORDINGS / "roads" / name / "preview.json.gz").read_bytes()))
    program, document = run("check", str(tmp_path), "--format", "json"), run("check", str(preview), "--format", "json")
    assert said(program.stdout) == said(document.stdout)
    assert json.loads(program.stdout)["pairs"] == json.loads(document.stdout)["pairs"]
    for item in json.loads(program.stdout)["findings"]:
        line = item["location"]["line"]
        assert (tmp_path / "Pulumi.yaml").read_text().split("\n")[line - 1].strip() == f"{item['resource']}:"


HEAD = "name: net\nruntime: yaml\n"


def read(folder: Path, text: str, stack: str = ""):
    (folder / "Pulumi.yaml").write_text(HEAD + text)
    if stack:
        (folder / "Pulumi.dev.yaml").write_text(stack)
    return {item.name: item for item in read_program(folder).resources}


def core(value: str) -> str:
    return f"resources:\n  core:\n    type: alicloud:cen:Instance\n    properties:\n      description: {value}\n"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("plain", "plain"),
        ("${home}-${mbps}", "cn-beijing-20"),
        ("$${home}", "${home}"),
        ("${mbps}", 20),
        ("${open}", True),
        ("${list[1]}", "b"),
        ('${deep["a.b"].c}', "found"),
        ('${["deep"]["a.b"].c}-${["home"]}', "found-cn-beijing"),
        ('${["a } b"]}-${a/b c}', "quoted-loose"),
        ("${pulumi.stack}", "dev"),
        ("${word}", SECRET),
        ("x-${word}", SECRET),
        ("{'fn::join': ['-', [a, '${home}']]}", "a-cn-beijing"),
        ("{'fn::select': [1, [a, b]]}", "b"),
        ("{'fn::split': ['-', 'a-b']}", ["a", "b"]),
        ("{'fn::toJSON': {b: '<x>', a: 1}}", '{"a":1,"b":"\\u003cx\\u003e"}'),
        ("a$$b$", "a$b$"),
        ("x-${plenty}-${owner}", "x-1e+06-1.234567890123456e+15"),
        ("x-${mbps}-${many}-${share}", "x-20-2000000-2.5"),
        ("'${list}: ${deep}'", "[a b]: map[a.b:map[c:found]]"),
        ("{'${home}': x}", {"cn-beijing": "x"}),
        ("2026-11-20", "2026-11-20"),
        ("{team: ~, stage: prod, list: [a, ~]}", {"stage": "prod", "list": ["a", None]}),
        ("{<<: {team: net}}", {"<<": {"team": "net"}}),
        ("{'Fn::JOIN': ['-', [a, b]]}", "a-b"),
        ("{'fn::secret': x}", SECRET),
        ("{'fn::invoke': {function: 'alicloud:getRegions', return: id}}", UNKNOWN),
        ("{'fn::readFile': ./Pulumi.dev.yaml}", "config:\n  net:mbps: '20'\n  net:many: 2000000\n  net:word:\n    secure: abc\n"),
    ],
)
def test_values(tmp_path, value, expected):
    text = (
        "config:\n  mbps: {type: integer}\n  many: {type: integer}\n  open: {default: true}\n  word: {type: string}\n"
        "variables:\n  a } b: quoted\n  a/b c: loose\n  plenty: 1000000\n  owner: 1234567890123456\n  share: 2.50\n  home: cn-beijing\n  list: [a, b]\n  deep: {a.b: {c: found}}\n"
        + core(value)
    )
    found = read(tmp_path, text, "config:\n  net:mbps: '20'\n  net:many: 2000000\n  net:word:\n    secure: abc\n")
    assert found["core"].inputs["description"] == expected


@pytest.mark.parametrize(
    ("kind", "default", "text", "expected"),
    [("boolean", "true", "false", False), ("integer", "5", "0", 0), ("string", "-old", '""', "")],
)
def test_what_the_stack_sets_counts_before_a_default(tmp_path, kind, default, text, expected):
    program = f"config:\n  x: {{type: {kind}, default: {default}}}\n" + core("${x}")
    assert read(tmp_path, program, f"config:\n  net:x: {text}\n")["core"].inputs["description"] == expected


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("integer", "1_000", 1000),
        ("integer", "010", 8),
        ("integer", "0x10", 16),
        ("integer", "-0b11", -3),
        ("integer", "08", None),
        ("integer", "1__0", None),
        ("integer", " 20", None),
        ("integer", "2.0", None),
        ("number", "010", 10),
        ("number", "1e3", 1000),
        ("number", "20 ", None),
        ("boolean", "T", True),
        ("boolean", "tRUE", None),
        ("boolean", "0", False),
    ],
)
def test_a_number_of_the_configuration_is_what_go_makes_of_it(tmp_path, kind, text, expected):
    program, stack = f"config:\n  x: {{type: {kind}}}\n" + core("${x}"), f"config:\n  net:x: '{text}'\n"
    if expected is not None:
        assert read(tmp_path, program, stack)["core"].inputs["description"] == expected
        return
    with pytest.raises(UnreadableInput, match=f"the configuration value x is no {kind}"):
        read(tmp_path, program, stack)


@pytest.mark.parametrize("text", ["a$b", "a$$b", "${a}", "$${a}", "$$$", "a$", "$$${"])
def test_a_text_of_a_fix_is_read_as_what_was_meant(tmp_path, text):
    assert read(tmp_path, core(string(text)))["core"].inputs["description"] == text


def test_words_of_the_language_are_taken_in_any_case(tmp_path):
    """
    The engine warns of them and makes the resources.

    A program with `Resources` was one without any: nothing found.
    """
    found = read(
        tmp_path,
        """
Variables: {home: cn-beijing}
Resources:
  first: {type: "alicloud:cen:Instance"}
  core:
    Type: alicloud:cen:Instance
    NAME: hub
    Properties: {cenInstanceName: "${home}", Tags: {Name: x}}
    Options: {Protect: true, dependson: ["${first}"]}
""",
    )
    assert found["hub"].inputs == {"cenInstanceName": "cn-beijing", "Tags": {"Name": "x"}}
    assert found["hub"].protect
    assert found["hub"].dependencies == (found["first"].urn,)


def test_properties_may_be_those_of_a_variable(tmp_path):
    text = "variables:\n  hub: {description: a, tags: {team: net}}\n" + core("x").partition("    properties")[0]
    found = read(tmp_path, f"{text}    properties: ${{hub}}\n")
    assert found["core"].inputs == {"description": "a", "tags": {"team": "net"}}


def _is_bound(report) -> bool:
    return any(item["fix"]["code"]["bound"] for item in report["findings"] if item["fix"] and item["fix"]["code"])


def test_a_finding_about_a_program_in_another_case_has_its_line_and_no_edit(tmp_path):
    program = (PROGRAMS["yaml-basic-no-package"] / "Pulumi.yaml").read_text()
    (tmp_path / "Pulumi.yaml").write_text(program)
    plain = json.loads(run("check", str(tmp_path), "--format", "json").stdout)
    (tmp_path / "Pulumi.yaml").write_text(program.replace("resources:", "Resources:").replace("properties:", "Properties:"))
    other = json.loads(run("check", str(tmp_path), "--format", "json").stdout)
    assert [(item["rule"], item["location"]) for item in other["findings"]] == [
        (item["rule"], item["location"]) for item in plain["findings"]
    ]
    assert [_is_bound(plain), _is_bound(other)] == [True, False]


def test_references_depend_on_what_they_name_and_echo_what_it_was_given(tmp_path):
    found = read(
        tmp_path,
        """
variables:
  through: ${core.id}
resources:
  limit:
    type: alicloud:cen:BandwidthLimit
    properties:
      instanceId: ${through}
      regionIds: ["${here.region}", us-west-1]
    options: {dependsOn: ["${core}"], provider: "${here}", protect: true, deleteBeforeReplace: true}
  here:
    type: pulumi:providers:alicloud
    defaultProvider: true
    properties: {region: cn-beijing}
  core:
    type: alicloud:cen:Instance
  stands:
    type: alicloud:cen:Instance
    get: {id: cen-1}
  part:
    type: alicloud:vpc:Network
    options: {parent: "${limit}"}
""",
    )
    urn = "urn:pulumi:dev::net::alicloud:cen/instance:Instance::core"
    limit = found["limit"]
    assert limit.inputs == {"instanceId": UNKNOWN, "regionIds": ["cn-beijing", "us-west-1"]}
    assert limit.property_dependencies["instanceId"] == (urn,)
    assert (limit.delete_first, found["core"].delete_first) == (True, False)
    assert urn in limit.dependencies
    assert limit.provider == found["core"].provider == found["here"].urn
    assert found["stands"].id == "cen-1"
    assert found["stands"].external
    assert (
        found["part"].urn == "urn:pulumi:dev::net::alicloud:cen/bandwidthLimit:BandwidthLimit$alicloud:vpc/network:Network::part"
    )
    assert found["part"].protect


def test_a_provider_may_stand_under_another_resource(tmp_path):
    found = read(
        tmp_path,
        """
resources:
  core: {type: alicloud:cen:Instance}
  us: {type: pulumi:providers:alicloud, properties: {region: us-west-1}, options: {parent: "${core}"}}
  shop: {type: alicloud:vpc:Network, options: {provider: "${us}"}}
""",
    )
    assert found["shop"].provider == found["us"].urn


def test_an_alias_says_what_it_was_called(tmp_path):
    (tmp_path / "Pulumi.yaml").write_text(
        HEAD + "resources:\n  core:\n    type: alicloud:cen:Instance\n    options: {aliases: [{name: hub}]}\n"
    )
    records = read_program(tmp_path)
    start = "urn:pulumi:dev::net::alicloud:cen/instance:Instance::"
    assert records.aliases == {f"{start}core": (f"{start}hub",)}


@pytest.mark.parametrize(
    ("alias", "expected"),
    [
        ("{parent: '${old}'}", "alicloud:cen/instance:Instance$alicloud:vpc/network:Network::net"),
        ("{parent: '${old.urn}', name: first}", "alicloud:cen/instance:Instance$alicloud:vpc/network:Network::first"),
        ("{urn: 'urn:pulumi:dev::net::alicloud:vpc/network:Network::first'}", "alicloud:vpc/network:Network::first"),
    ],
)
def test_an_alias_names_a_former_parent_as_a_resource_or_the_whole(tmp_path, alias, expected):
    resources = (
        f"  net: {{type: alicloud:vpc:Network, options: {{aliases: [{alias}]}}}}\n  old: {{type: alicloud:cen:Instance}}\n"
    )
    (tmp_path / "Pulumi.yaml").write_text(f"{HEAD}resources:\n{resources}")
    start = "urn:pulumi:dev::net::"

    assert read_program(tmp_path).aliases == {f"{start}alicloud:vpc/network:Network::net": (start + expected,)}


def test_what_a_parent_was_called_goes_for_what_is_in_it(tmp_path):
    core = "  core: {type: alicloud:cen:Instance, options: {aliases: [{name: hub}, {type: 'alicloud:vpc:Network'}]}}\n"
    net = "  core-net: {type: alicloud:vpc:Network, options: {parent: '${core}'}}\n"
    (tmp_path / "Pulumi.yaml").write_text(f"{HEAD}resources:\n{net}{core}")
    found = read_program(tmp_path).aliases[
        "urn:pulumi:dev::net::alicloud:cen/instance:Instance$alicloud:vpc/network:Network::core-net"
    ]

    assert found == (
        "urn:pulumi:dev::net::alicloud:cen/instance:Instance$alicloud:vpc/network:Network::hub-net",
        "urn:pulumi:dev::net::alicloud:vpc/network:Network$alicloud:vpc/network:Network::core-net",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "resources:\n  a: {type: x:y:Z, name: one}\n  b: {type: x:y:Z, name: one}\n",
            "line 5: another resource has its type and its name, one",
        ),
        (
            core("${hmoe}") + "variables:\n  home: x\n",
            "Pulumi.yaml: line 7: no resource, variable or configuration value is called hmoe; did you mean home?",
        ),
        (core("${core.id}"), "line 4: refers to itself: core → core"),
        (core("${a"), "line 7: a reference begins with ${ and does not end"),
        (core("'${[0].id}'"), "line 7: ${[0].id} is no reference"),
        (core("{'fn::cidr': x}"), "line 7: fn::cidr is a function that is not known here"),
        ("components:\n  a: {}\n", "line 3: the program declares components"),
        (
            "packages:\n  site: ./module\nresources:\n  a:\n    type: site:index:Module\n",
            "site:index:Module is built by another process",
        ),
        ("config:\n  region: {type: string}\n" + core("${region}"), "the configuration value region is not set"),
        ("resources:\n  a: {}\n", "line 4: the resource has no type"),
        ("resources:\n  a:\n    type: x:y:Z\n    propertes: {}\n", "propertes is nothing that a resource has"),
        ("resources:\n  a:\n    type: x:y:Z\n    options: {depends_on: []}\n", "line 6: depends_on is nothing that the options"),
        ("resources:\n  a:\n    type: x:y:Z\n    options: {replaceOnChanges: 5}\n", "line 6: a list of texts was expected"),
        ("resources:\n  a:\n    type: x:y:Z\n    options: {ignoreChanges: tags}\n", "line 6: a list of texts was expected"),
        ("variables:\n  a: &all {b: c}\n  d: *all\n", "line 5: *all is an alias, which the engine refuses in a program"),
        (core("{2026: x}"), "line 7: a key is not text: put 2026 in quotes"),
        ("resources: [a]\n", "line 3: a mapping of resources was expected"),
    ],
)
def test_what_is_wrong_or_only_the_engine_knows_is_one_line(tmp_path, text, expected):
    with pytest.raises(UnreadableInput) as caught:
        read(tmp_path, text)
    assert expected in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("program", "stack", "expected"),
    [
        (
            core("x"),
            "config:\n  net:core: big\n",
            "line 4: a configuration value is called core, too: Pulumi makes no such resource",
        ),
        (core("x"), "config:\n  net:core: {secure: AAAA}\n", "Pulumi makes no such resource"),
        ("config:\n  core: {default: big}\n" + core("x"), "", "line 6: a configuration value is called core, too"),
        (
            "variables:\n  size: 5\n" + core("${size}"),
            "config:\n  size: 9\n",
            "line 4: a configuration value is called size, too",
        ),
        (core("x"), "config:\n  alicloud:core: big\n", None),
    ],
)
def test_a_configuration_value_of_the_name_of_a_resource_or_variable_is_refused(tmp_path, program, stack, expected):
    """Pulumi leaves the resource out, or takes the value for the variable (`findings/pulumi-yaml-same-names.sh`)."""
    if expected is None:
        assert "core" in read(tmp_path, program, stack)
        return
    with pytest.raises(UnreadableInput) as caught:
        read(tmp_path, program, stack)
    assert expected in str(caught.value)


def test_what_forces_a_replacement_is_told(tmp_path):
    (tmp_path / "Pulumi.yaml").write_text(
        HEAD
        + """
resources:
  core:
    type: alicloud:cen:Instance
  other:
    type: alicloud:cen:Instance
    options: {replaceOnChanges: [cenInstanceName], replaceWith: ["${core}"], replacementTrigger: "2"}
"""
    )
    records = read_program(tmp_path)
    urns = {item.name: item.urn for item in records.resources}

    assert records.forced == {urns["other"]: Forced(on=("cenInstanceName",), beside=(urns["core"],), trigger="2")}


def test_an_integer_of_thousands_of_digits_is_a_text(tmp_path):
    """As for the reader that Pulumi has; it ended in a traceback."""
    long = "7" * 5000
    found = read(tmp_path, core("a ${long}") + f"variables:\n  long: {long}\n")

    assert found["core"].inputs["description"] == f"a {long}"


WHOLE = {
    "whole": {"tags": '${net.outputs["ids"]}'},
    "part": {"description": '${net.outputs["ids"]["owner"]}'},
    "known": {"description": '${net.outputs["ids"]["core"]}'},
}


def test_a_member_that_another_stack_does_not_tell_is_unknown(tmp_path):
    made = {name: {"type": "alicloud:cen:Instance", "properties": held} for name, held in WHOLE.items()}
    reference = {"net": {"type": "pulumi:pulumi:StackReference", "properties": {"name": "org/net/prod"}}}
    (tmp_path / "Pulumi.yaml").write_text(
        HEAD + json.dumps({"resources": {**reference, **made}})[1:-1].replace('"resources": ', "resources: ")
    )
    told = {"org/net/prod": {"ids": {"core": "cen-2", "owner": UNKNOWN_TEXT}}}
    found = {item.name: item.inputs for item in read_program(tmp_path, stack="dev", config={}, stack_outputs=told).resources}

    assert found["whole"]["tags"] == {"core": "cen-2", "owner": UNKNOWN}
    assert (found["known"]["description"], found["part"]["description"]) == ("cen-2", UNKNOWN)
