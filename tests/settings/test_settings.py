"""Settings: every key, every place they stand in, and which place wins."""

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

from cenguard.errors import InvalidSettings
from cenguard.findings import Level
from cenguard.reports.formats import FORMATS
from cenguard.rules import RULES
from cenguard.rules.tool_levels import TOOL_FINDINGS
from cenguard.settings import schema as settings_schema
from cenguard.settings.files import find_settings
from cenguard.settings.model import KEYS, OUTPUTS
from cenguard.settings.reading import read_settings
from cenguard.settings.rule_tables import own_options
from cenguard.text.tables import parse_toml
from cenguard.text.toml_lines import lines_of
from tests.commands.test_cli import RECORDINGS, ROOT, codes, run
from tests.commands.test_wrong_input import refused

BAD = RECORDINGS / "basic-replace-package" / "preview.json"
REQUIRE = 'require = {pairs = [{regions = ["cn-beijing", "us-west-1"], min_mbps = 10}]}\n'


def read(tmp_path, text, name="cenguard.toml"):
    path = tmp_path / name
    path.write_text(text)
    return read_settings(path)


EVERYTHING = """
areas = "2026-03"
inventory = ["net.toml", "../net/export.json"]
inventory_days = 3
undetermined = "mandatory"
shared = ["core-*"]
help_url = "https://docs.example.org/net"
unwaivable = ["CEN501", "missing-bandwidth-package", "CEN9"]
[rules.missing-bandwidth-package]
level = "advisory"
[rules.CEN219]
require = {pairs = [{regions = ["cn-beijing", "us-west-1"], min_mbps = 10}]}
[output]
sarif = "out/cenguard.sarif"
[[waiver]]
rule = "CEN202"
reason = "bought ahead"
owner = "net-team"
expires = 2027-03-31
"""


class TestReading:
    def test_every_key(self, tmp_path):
        found = read(tmp_path, EVERYTHING.replace(', "CEN9"', ""))

        assert found.areas == "2026-03"
        assert found.inventory == (tmp_path / "net.toml", tmp_path / "../net/export.json")
        assert found.inventory_days == 3
        assert found.help_url == "https://docs.example.org/net/"
        assert found.undetermined == "mandatory"
        assert found.shared == ("core-*",)
        assert found.unwaivable == {"CEN501", "CEN201"}
        assert found.levels == {"CEN201": Level.ADVISORY}
        assert found.options == {"CEN219": {"require": {"pairs": [{"regions": ["cn-beijing", "us-west-1"], "min_mbps": 10}]}}}
        assert found.output == {"sarif": tmp_path / "out/cenguard.sarif"}
        assert [(waiver.codes, waiver.owner) for waiver in found.waivers] == [({"CEN202"}, "net-team")]
        assert found.given == set(tomllib.loads(EVERYTHING))

    def test_a_level_alone_is_a_level(self, tmp_path):
        found = read(tmp_path, '[rules]\nCEN206 = "advisory"\nmissing-bandwidth-package = "disabled"\n')

        assert found.levels == {"CEN206": Level.ADVISORY, "CEN201": Level.DISABLED}

    def test_the_same_in_a_table_of_pyproject(self, tmp_path):
        text = EVERYTHING.replace(', "CEN9"', "")
        head, _, tables = text.partition("[rules")
        moved = (
            "[tool.cenguard]\n"
            + head
            + ("[rules" + tables)
            .replace("[rules", "[tool.cenguard.rules")
            .replace("[output]", "[tool.cenguard.output]")
            .replace("[[waiver]]", "[[tool.cenguard.waiver]]")
        )
        own = read(tmp_path, text)
        theirs = read(tmp_path, moved, "pyproject.toml")

        for key in ("areas", "inventory", "undetermined", "shared", "unwaivable", "levels", "options", "output", "given"):
            assert getattr(own, key) == getattr(theirs, key), key
        assert len(theirs.waivers) == 1

    def test_a_mark_at_the_beginning_and_windows_line_ends(self, tmp_path):
        (tmp_path / "cenguard.toml").write_bytes(b'\xef\xbb\xbfshared = ["a"]\r\n[rules.CEN201]\r\nlevl = 1\r\n')

        with pytest.raises(InvalidSettings, match=r"line 3, rules.CEN201.levl"):
            read_settings(tmp_path / "cenguard.toml")

    def test_the_nearest_file_upwards(self, tmp_path):
        deep = tmp_path / "a" / "b"
        deep.mkdir(parents=True)
        (tmp_path / "cenguard.toml").write_text("")
        (tmp_path / "a" / "pyproject.toml").write_text('[project]\nname = "cenguard"\n')

        assert find_settings(deep) == tmp_path / "cenguard.toml"
        (tmp_path / "a" / "pyproject.toml").write_text("[tool.cenguard]\n")
        assert find_settings(deep) == tmp_path / "a" / "pyproject.toml"

    def test_a_link_that_leads_nowhere_is_no_folder_without_settings(self, tmp_path):
        """A policy that is linked from where it was not fetched: the check went on without it, in silence."""
        (tmp_path / "cenguard.toml").symlink_to("policy/cenguard.toml")

        assert refused("check", BAD, cwd=tmp_path) == "cenguard: cenguard.toml: cannot be read: No such file or directory\n"

    @pytest.mark.parametrize(
        ("key", "said"),
        [
            ("waivers", "other.toml: there is no such file"),
            ("inventory", "other.toml: there is no such file"),
            ("areas", "other.toml: neither an edition of the area catalogue (2019-01, 2026-03) nor a file"),
        ],
    )
    def test_a_file_that_is_not_there_is_said_at_the_line_that_names_it(self, tmp_path, key, said):
        (tmp_path / "cenguard.toml").write_text(f'undetermined = "advisory"\n{key} = "other.toml"\n')

        assert refused("check", BAD, cwd=tmp_path) == f"cenguard: cenguard.toml: line 2, {key}: {said}\n"

    def test_an_inventory_may_be_named_before_it_is_written(self, tmp_path):
        (tmp_path / "cenguard.toml").write_text('inventory = "network.toml"\n')
        export = RECORDINGS / "basic-unchanged" / "export.json"
        written = run("inventory", export, "-o", tmp_path / "network.toml", "--settings", tmp_path / "cenguard.toml")

        assert written.returncode == 0
        assert (tmp_path / "network.toml").exists()

    def test_a_table_in_a_pyproject_that_is_no_toml(self, tmp_path):
        (tmp_path / "pyproject.toml").write_text("[tool.cenguard]\nundetermined = 'mandatory'\n[tool.ruff\n")

        assert "pyproject.toml: is not TOML" in refused("check", BAD, cwd=tmp_path)

    def test_a_plugin_that_is_a_link_to_itself(self, tmp_path):
        (tmp_path / "own.py").symlink_to("own.py")
        (tmp_path / "cenguard.toml").write_text("plugins = ['own.py']\n")

        assert "own.py: there is no such file (named in" in refused("check", BAD, "--settings", tmp_path / "cenguard.toml")

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("\nareas = 5\n", "line 2, areas: a text was expected, not 5"),
            ("inventory = [1]\n", "line 1, inventory: a list of texts was expected, not [1]"),
            ('inventory = [""]\n', "holds an empty text"),
            ('help_url = "docs"\n', "line 1, help_url: an address that begins with https:// was expected"),
            ('help_url = "https://a b"\n', "line 1, help_url: an address"),
            ("help_url = 5\n", "line 1, help_url: a text was expected"),
            ("inventory_days = 1.5\n", "a whole number was expected, not 1.5"),
            ("inventory_days = true\n", "a whole number was expected, not True"),
            ("inventory_days = -1\n", "at least 0 was expected, not -1"),
            ('unwaivable = ["CEN299"]\n', "line 1, unwaivable: unknown rule 'CEN299'"),
            ("undetermind = 1\n", "did you mean undetermined?"),
            ("rules = 5\n", "line 1, rules: a table was expected"),
            ("[rules]\nCEN201 = 5\n", "line 2, rules.CEN201: a level or a table was expected, not 5"),
            ('[rules]\nCEN201 = "advisry"\n', "line 2, rules.CEN201: 'advisry' is not one of"),
            ("[rules.CEN904]\n", "is what cenguard says of itself"),
            ('[rules]\nrule-failed = "advisory"\n', "line 2, rules.rule-failed: is what cenguard says of itself"),
            ("[rules.CEN502]\npackage_mbps = nan\n", "line 2, rules.CEN502.package_mbps: a number with an end was expected, not nan"),
            ("[rules.CEN412]\ndays = inf\n", "line 2, rules.CEN412.days: a number with an end was expected, not inf"),
            ("[rules.CEN999]\n", "line 1, rules.CEN999: is no rule"),
            ('[rules]\nCEN903 = "advisry"\n', "line 2, rules.CEN903: 'advisry' is not one of"),
            ("[rules.CEN907]\ndays = 5\n", "line 2, rules.CEN907.days: is not a key of this table"),
            ("[rules.CEN201]\n[rules.missing-bandwidth-package]\n", "line 2, rules.missing-bandwidth-package: is the rule that CEN201 names already"),
            ("[rules.CEN219]\nrequire = 5\n", "line 2, rules.CEN219.require"),
            ("[rules.CEN219]\nrequire = {hubb = 5}\n", "did you mean hub?"),
            ("[rules.CEN219]\nrequir = 5\n", "did you mean require?"),
            ('[rules.CEN219]\nrequire = {hub = "cn-bejing"}\n', "no region 'cn-bejing'; did you mean cn-beijing?"),
            ('[rules.CEN501]\nareas = ["Chnia"]\n', "no area 'Chnia'; did you mean China?"),
            ('[rules.CEN502]\narea_pairs = {"China/Eurpe" = 5}\n', "no area 'Eurpe'; did you mean Europe?"),
            ('[rules.CEN502]\narea_pairs = {"China-Europe" = 5}\n', "two areas joined by a slash were expected"),
            ('[rules.CEN503]\ntags = {team = "("}\n', "line 2, rules.CEN503.tags: team: '(' is no regular expression"),
            ("[rules.CEN201]\nrequire = 5\n", "line 2, rules.CEN201.require: is not a key of this table"),
            ("[output]\nsarrif = 'x'\n", "line 2, output.sarrif: is not a key of this table; did you mean sarif?"),
            ("[output]\nsarif = 5\n", "line 2, output.sarif"),
            ("waivers = [{rule = 'CEN201'}]\n", "is a table [[waiver]]"),
            ("waivers = 'gone.toml'\n", "line 1, waivers: gone.toml: there is no such file"),
            ("plugins = ['gone.py']\n", "there is no such file (named in"),
            ("plugins = ['a.py', 'a.py']\n", "names a file twice"),
            ("a = 1\na = 2\n", "is not TOML"),
            ("a = " + "[" * 5000, "is not TOML"),
            ("a = " + "1" * 5000 + "\n", "is not TOML"),
            ("areas = '" + "x" * 100 + "'\n", "neither an edition"),
        ],
    )  # fmt: skip
    def test_what_is_not_understood_is_refused(self, tmp_path, text, said):
        path = tmp_path / "cenguard.toml"
        path.write_text(text)

        assert said in refused("check", BAD, "--settings", path)

    def test_a_pyproject_that_is_named_and_says_nothing(self, tmp_path):
        (tmp_path / "pyproject.toml").write_text("[tool.ruff]\n")

        assert "holds no table [tool.cenguard]" in refused("check", BAD, "--settings", tmp_path / "pyproject.toml")


class TestOptions:
    def check(self, tmp_path, settings):
        (tmp_path / "cenguard.toml").write_text(settings)
        return run("check", RECORDINGS / "basic-create" / "preview.json", "--format", "json", "--select", "CEN219", cwd=tmp_path)

    def test_an_option_reaches_its_rule(self, tmp_path):
        assert codes(self.check(tmp_path, "")) == set()
        assert codes(self.check(tmp_path, "[rules.required-pair-unmet]\n" + REQUIRE)) == {("CEN219", "mandatory")}

    def test_a_level_and_an_option_together(self, tmp_path):
        assert codes(self.check(tmp_path, '[rules.CEN219]\nlevel = "advisory"\n' + REQUIRE)) == {("CEN219", "advisory")}

    def test_files_of_the_settings_are_written(self, tmp_path):
        self.check(tmp_path, '[output]\nsarif = "cenguard.sarif"\nmarkdown = "comment.md"\n')

        assert json.loads((tmp_path / "cenguard.sarif").read_text())["version"] == "2.1.0"
        assert (tmp_path / "comment.md").is_file()


class TestSchema:
    def test_the_published_file_is_current(self):
        assert (ROOT / "docs" / "settings.schema.json").read_text() == settings_schema.text(), (
            "run: python -m cenguard.settings.schema > docs/settings.schema.json"
        )

    def test_readers_of_the_draft_of_2020_and_of_draft_7_read_it_alike(self):
        """Editors of TOML read every schema as draft 7, validators by what it names: no word may mean two things, or be new."""

        def words(schema):
            for key, value in schema.items() if isinstance(schema, dict) else ():
                yield key
                if key in ("properties", "patternProperties"):
                    for item in value.values():
                        yield from words(item)
                elif key in ("anyOf", "allOf", "oneOf"):
                    for item in value:
                        yield from words(item)
                elif isinstance(value, dict):
                    yield from words(value)

        document = settings_schema.document()
        both = {"$schema", "title", "description", "type", "additionalProperties", "properties", "propertyNames", "required", "enum", "default",
                "examples", "anyOf", "items", "minItems", "maxItems", "minimum", "minLength", "pattern", "format"}  # fmt: skip

        assert set(words(document)) <= both
        for draft in (jsonschema.Draft7Validator, jsonschema.Draft202012Validator):
            draft.check_schema(document)
            assert list(draft(document).iter_errors(settings_schema.json_like(tomllib.loads(EVERYTHING)))) == []
            assert list(draft(document).iter_errors({"prices": {"China/Europe": -1}}))
            assert list(draft(document).iter_errors({"extends": 5}))

    def test_it_names_every_key_and_rule(self):
        schema = settings_schema.document()

        assert set(schema["properties"]) == set(KEYS)
        named = {word for rule in (*RULES, *TOOL_FINDINGS.values()) for word in (rule.name, rule.code)}
        assert named == set(schema["properties"]["rules"]["properties"])
        jsonschema.Draft202012Validator.check_schema(schema)

    def test_it_accepts_what_is_read(self):
        values = json.loads(json.dumps(tomllib.loads(EVERYTHING), default=str))

        jsonschema.validate(values, settings_schema.document())

    @pytest.mark.parametrize(
        "text", ["shred = 1", "undetermined = 'loud'", "[rules.CEN201]\nlevl = 1", "[[waiver]]\nrule = 'CEN201'"]
    )
    def test_it_refuses_what_is_refused(self, text):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(tomllib.loads(text), settings_schema.document())

    @pytest.mark.parametrize("rule", [rule for rule in RULES if own_options(rule)], ids=lambda rule: rule.code)
    def test_options_are_schemas_and_defaults_fit_them(self, rule):
        for option in own_options(rule):
            words = settings_schema.option_schema(option)
            jsonschema.Draft202012Validator.check_schema(words)
            assert option.about
            if option.default is not None:
                assert option.problem(option.default) is None
                jsonschema.validate(settings_schema.json_like(option.default), words)

    def test_formats_of_reports_are_those_that_exist(self):
        assert OUTPUTS == FORMATS


class TestLines:
    TEXT = (
        'a = 1\n# [x]\nlist = [\n  "b = 3",\n  {c = 1},\n]\ntext = """\n[fake]\nq = 1\n"""\n[rules."x y".\'z\']\nlevel = "a"\n'
        '[[waiver]]\nrule = "C" # [[waiver]]\n[[waiver]]\n  deep.x = 3\n[waiver.more]\nk = 1\n[[waiver]]\nk=2\n'
    )

    def test_every_path_of_the_parser_has_a_line(self):
        found = lines_of(self.TEXT)
        lines = self.TEXT.splitlines()

        def walk(value, path=()):
            if isinstance(value, dict):
                for key, item in value.items():
                    yield from walk(item, (*path, key))
            elif isinstance(value, list) and value and isinstance(value[0], dict):
                for index, item in enumerate(value):
                    yield from walk(item, (*path, index))
            elif path:
                yield path

        for path in walk(tomllib.loads(self.TEXT)):
            assert str(path[-1]) in lines[found[path] - 1], path

    def test_depths_that_nothing_understands_cost_nothing(self):
        """Every part of a place is kept with all that are above it."""
        found = lines_of("[a" + ".a" * 3000 + "]\n" + ".".join("b" * 3000) + " = 1\n")

        assert max(map(len, found)) <= 200
        assert len(found) <= 201

    def test_a_path_without_a_line_has_that_of_what_holds_it(self):
        table = parse_toml(self.TEXT, "x.toml")

        assert table.file.line(("waiver", 1, "nothing")) == 15
        assert table.where("list") == "line 3, list"


def test_the_page_names_every_key():
    page = (Path(ROOT) / "docs" / "settings.md").read_text()

    for key in KEYS:
        assert f"`{key}`" in page or f"[[{key}]]" in page, key
