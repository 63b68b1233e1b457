"""The user's own frame among those of the SDK, the interpreter, libraries and generated code."""

import msgspec
import pytest

from cenguard.readers.sources import read_source
from cenguard.sources.lines import Lines, forget
from tests.sources.programs import files, place

GO = "project:///../../../../network"


@pytest.mark.parametrize(
    "position",
    [
        "project:///node_modules/@pulumi/provider.ts#139,9",
        "project:///app/node_modules/x/index.ts#1,1",
        "project:///.venv/lib/python3.11/site-packages/x.py#9",
        "project:///.venv/bin/run#9",
        "project:///environment/bin/run.py#9",
        "project:///sdks/alicloud/cenInstance.ts#3,1",
        "project:///../lib/x.py#9",
        "project:///vendor/github.com/pulumi/x.go#9",
        "file:///etc/x.py#9",
        "project:///__main__.py",
        "project:///__main__.py#²",
        "",
    ],
)
def test_a_frame_of_somebody_elses_is_passed_over(tmp_path, position):
    files(tmp_path, {"Pulumi.yaml": "name: net\nruntime: nodejs\n", "environment/pyvenv.cfg": ""})

    assert place(tmp_path, position, "project:///index.ts#3,9") == "index.ts:3"


def test_a_path_with_signs_that_an_address_does_not_hold(tmp_path):
    files(tmp_path, {"Pulumi.yaml": "name: net\n"})

    assert place(tmp_path, "project:///my%20net/%E5%8C%97.ts#3,9") == "my net/北.ts:3"


LIBRARY, CALLER = "project:///venv/lib/site-packages/pulumi/resource.py#9", "project:///venv/run.py#1"


def test_traces_that_begin_alike_are_told_apart(tmp_path):
    """What was seen in one trace holds for another only as far as both are the same."""
    told = {
        "hub": ("project:///hub.py#3", [LIBRARY, "project:///hub.py#3", CALLER], "hub.py:3"),
        "next": ("project:///hub.py#4", [LIBRARY, "project:///hub.py#4", CALLER], "hub.py:4"),
        "in a library": (CALLER, [LIBRARY, CALLER, "project:///hub.py#5"], "hub.py:5"),
        "in a helper": ("project:///hub.py#6", [LIBRARY, "project:///helper.py#2", "project:///hub.py#6"], "helper.py:2"),
        "helper again": ("project:///hub.py#7", [LIBRARY, "project:///helper.py#2", "project:///hub.py#7"], "helper.py:2"),
        "only apart": ("project:///hub.py#8", [LIBRARY, CALLER], "hub.py:8"),
        "apart and another": ("project:///hub.py#9", [LIBRARY, CALLER, "project:///hub.py#2"], "hub.py:2"),
        "without": ("", [LIBRARY, "project:///hub.py#10"], "hub.py:10"),
    }
    urns = {name: f"urn:pulumi:dev::net::alicloud:cen/instance:Instance::{name}" for name in told}
    steps = [
        {
            "op": "create",
            "urn": urns[name],
            "newState": {
                "urn": urns[name],
                "custom": True,
                "type": "alicloud:cen/instance:Instance",
                "sourcePosition": position,
                "stackTrace": [{"sourcePosition": item} for item in trace],
            },
        }
        for name, (position, trace, _) in told.items()
    ]
    document = tmp_path / "preview.json"
    document.write_bytes(msgspec.json.encode({"steps": steps, "changeSummary": {"create": len(steps)}}))
    forget()
    lines = Lines([read_source(str(document))])

    for urn, (_, _, expected) in zip(urns.values(), told.values(), strict=True):
        assert str(lines.place(urn)) == expected, urn


class TestChangedFiles:
    CALL = "import * as a from 'a';\n\nconst core = new a.cen.Instance(\n  'core', {\n    name: 'x',\n  });\n"

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (CALL, "index.ts:3"),
            ("const core = 1;\n", None),
            ("\n\n\n\n\n", None),
            ("//\n//\nconst name = 'core';\n", None),
            ("//\n//\n// new a.cen.Instance('core')\n", None),
            ("//\n//\nexport const x = sites.map(site => a.make(site));\n", "index.ts:3"),
        ],
        ids=["as it was", "shorter", "blank there", "no call there", "a comment there", "a call there"],
    )
    def test_typescript(self, tmp_path, text, expected):
        files(tmp_path, {"Pulumi.yaml": "name: net\nruntime: nodejs\n", "index.ts": text})

        assert place(tmp_path, "project:///index.ts#3,14") == expected

    def test_a_name_on_a_later_line_than_its_call(self, tmp_path):
        files(tmp_path, {"Pulumi.yaml": "name: net\n", "index.ts": "const core = a\n  .cen\n  .instance('core');\n"})

        assert place(tmp_path, "project:///index.ts#3,4") == "index.ts:3"

    def test_a_form_feed_ends_no_line(self, tmp_path):
        text = "import pulumi_alicloud as a\n\f\nNOTE = '\u2028'\n\ncore = a.cen.Instance('core')\n"
        files(tmp_path, {"Pulumi.yaml": "name: net\nruntime: python\n", "__main__.py": text})

        assert place(tmp_path, "project:///__main__.py#5") == "__main__.py:5"
        assert place(tmp_path, "project:///__main__.py#4") is None

    def test_the_arguments_are_no_call(self, tmp_path):
        files(tmp_path, {"Pulumi.yaml": "name: net\n", "index.ts": self.CALL})

        assert place(tmp_path, "project:///index.ts#5,4") is None

    def test_python(self, tmp_path):
        files(tmp_path, {"Pulumi.yaml": "name: net\n", "__main__.py": "core = 1\n"})

        assert place(tmp_path, "project:///__main__.py#1") == "__main__.py:1"
        assert place(tmp_path, "project:///__main__.py#2") is None


class TestGo:
    PROGRAM = 'package main\n\nfunc main() {\n\tcen.NewInstance(ctx, "core", nil)\n}\n'

    @pytest.mark.parametrize(
        "module",
        [
            "module network\n",
            'module "network" // ours\n',
            "// module other\nmodule network\n\ngo 1.25\n",
            "module (\n\tnetwork\n)\n",
        ],
    )
    def test_a_file_of_the_module(self, tmp_path, module):
        files(tmp_path, {"Pulumi.yaml": "name: net\nruntime: go\n", "go.mod": module, "main.go": self.PROGRAM})

        assert place(tmp_path, "project:///../../github.com/pulumi/x@v3/run.go#9", f"{GO}/main.go#4") == "main.go:4"

    def test_the_module_above_the_project(self, tmp_path):
        files(
            tmp_path,
            {
                "go.mod": "module network\n",
                "infra/Pulumi.yaml": "name: net\n",
                "infra/main.go": self.PROGRAM,
                "hub/hub.go": self.PROGRAM,
            },
        )

        assert place(tmp_path / "infra", f"{GO}/infra/main.go#4") == "main.go:4"
        assert place(tmp_path / "infra", f"{GO}/hub/hub.go#4") == "../hub/hub.go:4"

    @pytest.mark.parametrize("path", ["absent.go#4", "v2@v2.0.1/main.go#4", "vendor/x/main.go#4", "main.go#3", "main.go#40"])
    def test_what_is_no_line_of_the_module(self, tmp_path, path):
        files(
            tmp_path,
            {
                "Pulumi.yaml": "name: net\n",
                "go.mod": "module network\n",
                "main.go": self.PROGRAM,
                "vendor/x/main.go": self.PROGRAM,
                "v2@v2.0.1/main.go": self.PROGRAM,
            },
        )

        assert place(tmp_path, f"{GO}/{path}") is None

    def test_another_module(self, tmp_path):
        files(tmp_path, {"Pulumi.yaml": "name: net\n", "go.mod": "module networks\n", "main.go": self.PROGRAM})

        assert place(tmp_path, f"{GO}/main.go#4") is None


class TestYaml:
    HEAD = "name: net\nruntime: yaml\n"

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("resources:\n  core:\n    type: alicloud:cen:Instance\n", 4),
            ("resources:\n  core: {type: 'alicloud:cen/instance:Instance'}\n", 4),
            ("resources:\n  hub:\n    name: core\n    type: alicloud:cen:Instance\n", 4),
            ("resources:\n  hub:\n    name: core\n    type: alicloud:cen:Instance\n  core:\n    type: alicloud:vpc:Network\n", 4),
            ("resources:\n  core:\n    name: hub\n    type: alicloud:cen:Instance\n", None),
            ("resources:\n  core:\n    type: alicloud:vpc:Network\n", None),
            ("variables:\n  core:\n    type: alicloud:cen:Instance\n", None),
            ("resources:\n  other:\n    type: x\n    properties:\n      core:\n        type: alicloud:cen:Instance\n", None),
            ("# resources:\n#   core:\n#     type: alicloud:cen:Instance\n", None),
            ("description: |\n  resources:\n    core:\n      type: alicloud:cen:Instance\n", None),
            ("resources: [\n", None),
            ("resources: 3\n", None),
        ],
    )
    def test_the_key_of_a_resource(self, tmp_path, text, expected):
        files(tmp_path, {"Pulumi.yaml": self.HEAD + text})

        assert place(tmp_path, "project:///../x/pulumi-yaml/pkg/pulumiyaml/run.go#1026") == (
            f"Pulumi.yaml:{expected}" if expected else None
        )

    def test_the_file_that_the_language_host_takes(self, tmp_path):
        program = "resources:\n  core:\n    type: alicloud:cen:Instance\n"
        files(tmp_path, {"Pulumi.yaml": self.HEAD + program, "Main.yaml": "\n\n" + program})
        assert place(tmp_path) == "Main.yaml:4"

        files(tmp_path, {"Main.json": '{"resources":\n\t{"core": {"type": "alicloud:cen:Instance"}}}'})
        assert place(tmp_path) == "Main.json:2"

    def test_a_program_in_a_folder_of_its_own(self, tmp_path):
        files(
            tmp_path,
            {"Pulumi.yaml": f"{self.HEAD}main: src\n", "src/Main.yaml": "resources:\n  core:\n    type: alicloud:cen:Instance\n"},
        )

        assert place(tmp_path) == "src/Main.yaml:2"

    def test_a_program_that_another_one_writes(self, tmp_path):
        files(
            tmp_path,
            {
                "Pulumi.yaml": "name: net\nruntime: {name: yaml, options: {compiler: cue export}}\nresources: {core: {type: 'alicloud:cen:Instance'}}\n"
            },
        )

        assert place(tmp_path) is None


class TestWhichProject:
    def test_the_file_of_another_project_is_not_ours(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        files(tmp_path, {"Pulumi.yaml": "name: other\nruntime: yaml\nresources:\n  core:\n    type: alicloud:cen:Instance\n"})

        assert place(tmp_path) is None
        assert place(tmp_path, project="other") == "Pulumi.yaml:4"

    def test_a_document_below_the_project(self, tmp_path):
        files(
            tmp_path,
            {
                "Pulumi.yaml": "name: net\nruntime: yaml\nresources:\n  core:\n    type: alicloud:cen:Instance\n",
                "out/preview.json": "",
            },
        )

        assert place(tmp_path / "out") == "Pulumi.yaml:4"

    def test_a_document_elsewhere_belongs_to_the_project_that_the_command_runs_in(self, tmp_path, monkeypatch):
        files(
            tmp_path,
            {"net/Pulumi.yaml": "name: net\nruntime: yaml\nresources:\n  core:\n    type: alicloud:cen:Instance\n", "out/x": ""},
        )
        monkeypatch.chdir(tmp_path / "net")

        assert place(tmp_path / "out") == "Pulumi.yaml:4"
        assert place(tmp_path / "out", source="standard input") == "Pulumi.yaml:4"

    def test_without_any_project_file_the_documents_own_folder_is_looked_at(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        files(
            tmp_path,
            {"net/index.ts": "new a.Instance('core');\n", "net/go.mod": "module network\n", "net/main.go": TestGo.PROGRAM},
        )

        assert place(tmp_path / "net", "project:///index.ts#1,1") == "index.ts:1"
        assert place(tmp_path / "net", "project:///index.ts#2,1") is None
        assert place(tmp_path / "net", f"{GO}/main.go#4") == "main.go:4"
