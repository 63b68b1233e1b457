"""Rules of a team's own: loaded from files and packages, run everywhere, refused clearly."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib

import pytest
from click.testing import CliRunner

from cenguard.commands.cli import main
from cenguard.errors import InvalidSettings
from cenguard.rules.options import Option
from cenguard.settings.plugins import load
from tests.commands.test_cli import RECORDINGS, ROOT, run
from tests.commands.test_wrong_input import refused
from tests.pack.engine import PACK, connect, launch_executable, start

PAGE = (ROOT / "docs" / "custom-rules.md").read_text("utf-8")
BLOCKS = re.findall(r"```(python|toml)\n(.*?)```", PAGE, re.DOTALL)
RULES_PY, SETTINGS, TESTS, ENTRY = BLOCKS[0][1], BLOCKS[1][1], BLOCKS[2][1], BLOCKS[3][1]
GOOD = RECORDINGS / "basic-create" / "preview.json"
SMALL = '''"""A rule."""
from cenguard.findings import Level
from cenguard.rules.rule import Effect, Rule, Scope
def check(network):
    return ()
RULE = Rule(code="ACME001", name="a-rule", level=Level.ADVISORY, effect=Effect.COSTS, scope=Scope.STACK, check=check, page=__doc__)
'''


def test_a_python_that_leaves_docstrings_out_takes_its_rules(tmp_path):
    (tmp_path / "rules.py").write_text(SMALL)
    (tmp_path / "cenguard.toml").write_text('plugins = ["rules.py"]\n')

    assert run("check", GOOD, "--settings", f"{tmp_path}/cenguard.toml", env={"PYTHONOPTIMIZE": "2"}).returncode == 0


@pytest.fixture
def example(tmp_path):
    """The worked example of the page, as it stands there."""
    (tmp_path / "ours").mkdir()
    (tmp_path / "tests").mkdir()
    (tmp_path / "ours" / "rules.py").write_text(RULES_PY)
    (tmp_path / "cenguard.toml").write_text(SETTINGS)
    (tmp_path / "tests" / "test_rules.py").write_text(TESTS)
    return tmp_path


SAYS = SMALL.replace("import Level", "import Finding, Level, Verdict").replace("return ()", "return {}")


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("None", "findings were expected, not None"),
        ("['a text']", "a cenguard.findings.Finding was expected, not str"),
        ("[of(subject=network.instances[0])]", "subject of a finding: str was expected, not CenInstance"),
        ("[of(instance=network.instances[0])]", "instance of a finding: str was expected, not CenInstance"),
        ("[of(area_pair=('China', 'Europe'))]", "area_pair of a finding: AreaPair was expected, not tuple"),
        ("[of(because='one')]", "because of a finding: a tuple of str was expected, not str"),
        ("[of(region_pairs=(('cn-beijing', 'eu-central-1'),))]", "region_pairs of a finding: RegionPair was expected, not tuple"),
        ("[of(fix='Mend it.')]", "fix of a finding: Fix was expected, not str"),
        ("[of(verdict='wrong')]", "verdict of a finding: Verdict was expected, not str"),
    ],
)
def test_what_is_no_finding_is_a_rule_that_failed(tmp_path, said, reason):
    of = "def of(**k):\n    return Finding(**{'verdict': Verdict.VIOLATED, 'message': 'm', **k})\n"
    (tmp_path / "rules.py").write_text(SAYS.format(said) + of)
    (tmp_path / "cenguard.toml").write_text('plugins = ["rules.py"]\n')

    done = CliRunner().invoke(main, ["check", str(GOOD), "--settings", f"{tmp_path}/cenguard.toml", "--format", "json"])

    found = {item["rule"]: item for item in json.loads(done.stdout)["findings"]}
    assert done.exit_code == 3
    assert found["CEN901"]["because"] == [reason, f"{tmp_path}/rules.py:4 in check"]
    assert "CEN403" in found


def test_a_table_of_anything_is_an_option():
    option = Option(name="step", about="a", schema={"type": "object", "additionalProperties": True}, default=None)

    assert option.problem({"one": 1, "two": [2]}) is None


@pytest.mark.parametrize(
    ("option", "reason"),
    [
        ("schema={'type': 'float'}, default=1", "option step: its schema: the type 'float' is none of string, integer,"),
        ("schema={'type': 'array', 'items': {'type': 'text'}}, default=None", "its schema: the type 'text' is none of"),
        ("schema={'properties': []}, default=None", "its schema: properties cannot be []"),
        ("schema={'anyOf': 5}, default=None", "its schema: anyOf cannot be 5"),
        ("schema={'type': 'integer', 'enum': [1, 2]}, default=3", "its default: step: 3 is not one of 1, 2"),
        ("schema={'type': 'integer'}, default='one'", "option step: its default: step: an integer was expected, not 'one'"),
    ],
)
def test_an_option_that_nobody_can_set_is_refused(tmp_path, option, reason):
    text = SMALL.replace("page=__doc__", f"page=__doc__, options=(Option(name='step', about='a', {option}),)")
    (tmp_path / "rules.py").write_text(text.replace("def check", "from cenguard.rules.options import Option\ndef check", 1))

    with pytest.raises(InvalidSettings, match=re.escape(reason)):
        load([tmp_path / "rules.py"])


class TestTheWorkedExample:
    def test_its_tests_pass(self, example):
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"],
            cwd=example,
            env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{example}"},
            capture_output=True,
            text=True,
            check=False,
        )

        assert done.returncode == 0, done.stdout
        assert "4 passed" in done.stdout

    def test_it_runs_with_its_settings(self, example):
        report = json.loads(run("check", GOOD, "--format", "json", "--select", "ACME", cwd=example).stdout)

        assert [(item["rule"], item["name"], item["level"], item["resource"]) for item in report["findings"]] == [
            ("ACME001", "package-in-odd-steps", "mandatory", "package")
        ]
        assert report["findings"][0]["message"] == "package holds 5 Mbps, which is no multiple of 10."

    def test_its_option_is_checked(self, example):
        (example / "cenguard.toml").write_text(SETTINGS.replace("step = 10", "step = 0"))

        assert "line 5, rules.package-in-odd-steps.step: at least 1 was expected, not 0" in refused("check", GOOD, cwd=example)

    def test_it_has_a_page_and_a_place_in_the_list(self, example):
        assert b"ACME001  package-in-odd-steps" in run("rules", cwd=example).stdout
        page = run("rules", "acme001", cwd=example).stdout.decode()
        assert page.startswith("# ACME001 package-in-odd-steps\n\nPackages are ordered in steps")
        assert "`step`: Mbps of one step." in page

    def test_it_can_be_waived_and_made_unwaivable(self, example):
        waiver = '[[waiver]]\nrule = "ACME"\nreason = "r"\nowner = "o"\nexpires = 2999-01-01\n'
        (example / "cenguard.toml").write_text(SETTINGS + waiver)
        report = json.loads(run("check", GOOD, "--format", "json", "--select", "ACME001", cwd=example).stdout)
        assert report["summary"]["waived"] == 1
        (example / "cenguard.toml").write_text('unwaivable = ["ACME001"]\n' + SETTINGS + waiver)
        assert run("check", GOOD, "--select", "ACME001", cwd=example).returncode == 1

    @pytest.mark.parametrize("form", ["human", "json", "sarif", "junit", "github", "gitlab", "markdown", "html"])
    def test_every_format_reports_it(self, example, form):
        done = run("check", GOOD, "--format", form, "--select", "ACME", cwd=example)

        assert done.returncode == 1, done.stderr
        assert b"ACME001" in done.stdout or b"package-in-odd-steps" in done.stdout

    def test_the_pack_offers_and_runs_it(self, example):
        pack = example / "policy_pack"
        shutil.copytree(PACK, pack)
        engine = start(pack)
        info = engine.call("GetAnalyzerInfo")
        found = engine.replay(RECORDINGS / "basic-create" / "analyzer.ndjson").found()
        engine.close()

        assert "package-in-odd-steps" in {policy.name for policy in info.policies}
        assert {(code, level) for code, _, level, _ in found} == {("ACME001", "mandatory")}


def written(tmp_path, text, name="rules.py"):
    path = tmp_path / name
    path.write_text(text)
    return path


def settings_naming(path):
    """The settings beside a file of rules, which name it."""
    settings = path.parent / "cenguard.toml"
    settings.write_text(f'plugins = ["{path.name}"]\n')
    return settings


class TestLoading:
    def test_one_rule_or_several(self, tmp_path):
        both = SMALL + "from dataclasses import replace\nRULES = (replace(RULE, code='ACME002', name='b'), RULE)\n"

        assert [rule.code for rule in load([written(tmp_path, SMALL)])] == ["ACME001"]
        assert [rule.code for rule in load([written(tmp_path, both)])] == ["ACME001", "ACME002"]

    def test_nothing_is_left_beside_the_file(self, tmp_path):
        load([written(tmp_path, SMALL)])

        assert [path.name for path in tmp_path.iterdir()] == ["rules.py"]

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("x = (", "line 1: cannot be loaded: SyntaxError"),
            ("import no_such_module\n", "line 1: cannot be loaded: ModuleNotFoundError: No module named 'no_such_module'"),
            ("\n\n1 / 0\n", "line 3: cannot be loaded: ZeroDivisionError"),
            ("import sys\nsys.exit(3)\n", "line 2: cannot be loaded: SystemExit: 3"),
            ("x = 1\n", "offers no rule: a `RULE`, or a tuple `RULES`"),
            ("RULE = 5\n", "offers something that is no rule"),
            ("RULES = ()\n", "offers something that is no rule"),
            ("RULES = (1,)\n", "offers something that is no rule"),
            (SMALL.replace("ACME001", "CEN201"), "CEN201: codes that begin with CEN are cenguard's own"),
            (SMALL.replace("ACME001", "CEN999"), "codes that begin with CEN are cenguard's own"),
            (SMALL.replace("ACME001", "acme-1"), "the code 'acme-1' is none"),
            (SMALL.replace("a-rule", "missing-bandwidth-package"), "the name missing-bandwidth-package is taken by cenguard"),
            (SMALL.replace("a-rule", "undetermined"), "means something else in a policy configuration"),
            (SMALL.replace("a-rule", "A Rule"), "the name 'A Rule' is none"),
            (SMALL.replace("Level.ADVISORY", "'advisory'"), "a level of cenguard.findings.Level"),
            (SMALL.replace("effect=Effect.COSTS", 'effect="X"'), "the effect 'X' is none"),
            (SMALL.replace("page=__doc__", "page=''"), "page is empty"),
            (SMALL.replace("check=check, ", ""), "either check or check_with was expected"),
            (SMALL.replace("check=check, ", "chekc=check, "), "unexpected keyword argument 'chekc'"),
        ],
    )
    def test_what_is_no_rule_is_refused_in_one_line(self, tmp_path, text, said):
        written(tmp_path, text)
        (tmp_path / "cenguard.toml").write_text('plugins = ["rules.py"]\n')
        errors = refused("check", GOOD, cwd=tmp_path)

        assert said in errors
        assert "rules.py" in errors

    def test_two_files_that_take_one_code(self, tmp_path):
        files = [written(tmp_path, SMALL, "a.py"), written(tmp_path, SMALL.replace("a-rule", "b-rule"), "b.py")]

        with pytest.raises(InvalidSettings, match=rf"{files[1]}: ACME001: the code ACME001 is taken by {files[0]}"):
            load(files)

    def test_a_rule_that_raises_is_a_finding(self, tmp_path):
        written(tmp_path, SMALL.replace("    return ()", "    raise KeyError('x')"))
        (tmp_path / "cenguard.toml").write_text('plugins = ["rules.py"]\n')
        done = run("check", GOOD, "--format", "json", cwd=tmp_path)

        assert done.returncode == 3
        assert "Rule ACME001 a-rule failed: KeyError" in done.stdout.decode()

    def test_what_a_rule_prints_is_no_part_of_the_report(self, tmp_path):
        loud = SMALL.replace("    return ()", "    print('asked')\n    return ()") + "print('loaded')\n"
        settings = settings_naming(written(tmp_path, loud))
        done = run("check", GOOD, "--settings", settings, "--format", "json")

        assert json.loads(done.stdout)["findings"]
        assert {"loaded", "asked"} <= set(done.stderr.decode().splitlines())

    def test_a_rule_that_ends_the_process_is_a_finding(self, tmp_path):
        settings = settings_naming(written(tmp_path, SMALL.replace("    return ()", "    raise SystemExit(0)")))
        done = run("check", GOOD, "--settings", settings, "--format", "json")

        assert done.returncode == 3
        assert "Rule ACME001 a-rule failed: SystemExit" in done.stdout.decode()

    def test_a_pack_waits_with_its_port_until_a_file_has_printed(self, tmp_path):
        settings_naming(written(tmp_path, SMALL + "print('loaded')\n"))
        engine = connect(launch_executable(tmp_path, {"PWD": str(tmp_path)}))

        assert "a-rule" in {policy.name for policy in engine.call("GetAnalyzerInfo").policies}
        assert engine.close() == (0, "")

    def test_a_pack_with_a_broken_file_stops_in_one_line(self, tmp_path):
        from tests.pack.engine import launch

        shutil.copytree(PACK, tmp_path / "policy_pack")
        written(tmp_path, "1 / 0\n")
        (tmp_path / "cenguard.toml").write_text('plugins = ["rules.py"]\n')
        out, errors = launch(tmp_path / "policy_pack").communicate(timeout=30)

        assert out == ""
        assert "cannot be loaded: ZeroDivisionError" in errors
        assert "Traceback" not in errors


class TestInstalled:
    def install(self, tmp_path, text=SMALL, value="acme_rules"):
        (tmp_path / "acme_rules.py").write_text(text)
        info = tmp_path / "acme-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme\nVersion: 1.0\n")
        entry = tomllib.loads(ENTRY)["project"]["entry-points"]
        assert list(entry) == ["cenguard.rules"], "the page and this test speak of one group"
        (info / "entry_points.txt").write_text(f"[cenguard.rules]\nacme = {value}\n")
        return {"PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}"}

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            (SMALL, "acme_rules"),
            (SMALL, "acme_rules:RULE"),
            (SMALL + "def offer():\n    return (RULE,)\n", "acme_rules:offer"),
        ],
        ids=["module", "rule", "function"],
    )
    def test_its_rules_count_without_a_setting(self, tmp_path, text, value):
        assert b"ACME001  a-rule" in run("rules", env=self.install(tmp_path, text, value)).stdout

    def test_settings_may_name_its_level(self, tmp_path):
        env = self.install(
            tmp_path,
            SMALL.replace("return ()", "return (Finding(verdict=Verdict.VIOLATED, message='m'),)").replace(
                "import Level", "import Finding, Level, Verdict"
            ),
        )
        (tmp_path / "cenguard.toml").write_text('[rules.a-rule]\nlevel = "mandatory"\n')
        done = run("check", GOOD, "--select", "ACME001", cwd=tmp_path, env=env)

        assert done.returncode == 1

    def test_the_same_file_named_and_installed_is_one_rule(self, tmp_path):
        env = self.install(tmp_path)
        (tmp_path / "cenguard.toml").write_text('plugins = ["acme_rules.py"]\n')

        assert run("rules", cwd=tmp_path, env=env).stdout.count(b"ACME001") == 1

    @pytest.mark.parametrize(
        ("text", "value"), [("1 / 0\n", "acme_rules"), (SMALL, "acme_rules:NOTHING"), ("x = 1\n", "acme_rules")]
    )
    def test_one_that_cannot_be_loaded_is_one_line(self, tmp_path, text, value):
        assert "the installed rules acme (" in refused("check", GOOD, env=self.install(tmp_path, text, value))
