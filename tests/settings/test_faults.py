"""Everything that is wrong in a settings file is told at once: line, key, and what was meant."""

import pytest

from cenguard.errors import InvalidSettings
from cenguard.settings.reading import read_settings
from tests.commands.test_cli import GOOD, run


def faults(tmp_path, text, name="cenguard.toml"):
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(InvalidSettings) as caught:
        read_settings(path)
    return [str(fault).removeprefix(f"{path}: ") for fault in caught.value.faults]


MANY = """\
undetermined = "maybe"
CEN206 = "advisory"
shared = [1]
[prices]
"Europe/Chna" = 1
currency = "usd"
[rules]
missing-bandwidth-packag = "advisory"
CEN203 = "warning"
[rules.CEN201]
levl = 1
[rules.CEN502]
package_mbps = "much"
area_pairs = {"China/Eurpe" = 5}
[output]
sarrif = "x"
[[waiver]]
rule = "CEN201"
expires = "2027-03-31"
"""


def test_every_fault_is_told_in_the_order_of_its_line(tmp_path):
    found = faults(tmp_path, MANY)

    assert [fault.partition(":")[0] for fault in found] == [
        "line 1, undetermined",
        "line 2, CEN206",
        "line 3, shared",
        "line 5, prices.Europe/Chna",
        "line 6, prices.currency",
        "line 8, rules.missing-bandwidth-packag",
        "line 9, rules.CEN203",
        "line 11, rules.CEN201.levl",
        "line 13, rules.CEN502.package_mbps",
        "line 14, rules.CEN502.area_pairs",
        "line 16, output.sarrif",
        "line 17, waiver[1]",
        "line 19, waiver[1].expires",
    ]


def test_the_command_prints_a_line_for_each_and_ends_with_2(tmp_path):
    (tmp_path / "cenguard.toml").write_text(MANY)
    done = run("check", GOOD, "--settings", tmp_path / "cenguard.toml")
    lines = done.stderr.decode().splitlines()

    assert (done.returncode, done.stdout) == (2, b"")
    assert len(lines) == 13
    assert all(line.startswith("cenguard: ") and "cenguard.toml: line " in line for line in lines)


def test_faults_of_files_that_the_settings_name_are_told_with_them(tmp_path):
    (tmp_path / "w.toml").write_text(
        '[[waiver]]\nrule = "CEN2999"\nreason = "x"\nowner = "y"\nexpires = 2027-01-01\n[[waiverr]]\n'
    )
    found = faults(tmp_path, 'waivers = ["w.toml", "gone.toml"]\nundetermined = 1\n')

    assert [fault for fault in found if fault.startswith("line")] == [
        "line 1, waivers: gone.toml: there is no such file",
        "line 2, undetermined: a text was expected, not 1",
    ]
    assert any("w.toml: line 2, waiver[1].rule: unknown rule 'CEN2999'" in fault for fault in found)
    assert any("w.toml: line 6, waiverr: is not a key of this file; did you mean waiver?" in fault for fault in found)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            'CEN206 = "advisory"\n',
            'line 1, CEN206: is not a key of this file; it is a rule, and belongs in the table [rules]: write CEN206 = "advisory" there',
        ),
        ('missing-bandwidth-package = "disabled"\n', 'write missing-bandwidth-package = "disabled" there'),
        ('missing-bandwith-package = "disabled"\n', 'write missing-bandwidth-package = "disabled" there'),
        ("[CEN219]\nrequire = 'every-pair'\n", "line 1, CEN219: is not a key of this file; it is a rule: write [rules.CEN219]"),
        ("cen201 = 5\n", "write CEN201 = LEVEL there"),
        ("require = 'every-pair'\n", "it is an option of a rule, and belongs in [rules.required-pair-unmet]"),
        ("level = 'advisory'\n", "it belongs in a rule's own table, [rules.NAME]"),
        ("sarif = 'x'\n", "it is a format, and belongs in [output]"),
        ("owner = 'x'\n", "it belongs in a table [[waiver]]"),
        ('"China/Europe" = 5\n', "it belongs in [prices]"),
        ("currency = 'USD'\n", "it belongs in [prices]"),
        ("taken = 2026-01-01\n", "it belongs in a file that `inventory` names"),
        (
            "[rules.CEN201]\nundetermined = 'hide'\n",
            "line 2, rules.CEN201.undetermined: is not a key of this table; it belongs above the first table of the file: what follows",
        ),
        ("[rules]\nshared = 'x'\n", "line 2, rules.shared: is no rule; it belongs above the first table of the file"),
        ("[output]\nexpect = 'x'\n", "line 2, output.expect: is not a key of this table; it belongs above the first table"),
        ("[rules]\nCEN203 = 'off'\n", "'off' is not one of mandatory, advisory, disabled; write \"disabled\""),
        ("[rules.CEN203]\nlevel = 'error'\n", 'write "mandatory"'),
        ("[rules]\nCEN203 = false\n", 'a level or a table was expected, not False; write "disabled"'),
        ("[rules]\nCEN203 = 'advisry'\n", "did you mean advisory?"),
    ],
)
def test_what_was_meant(tmp_path, text, said):
    (found,) = faults(tmp_path, text)

    assert said in found


def test_in_pyproject_the_places_have_their_whole_names(tmp_path):
    found = faults(
        tmp_path, "[tool.cenguard]\nCEN206 = 'advisory'\n[tool.cenguard.rules.CEN201]\nundetermined = 'hide'\n", "pyproject.toml"
    )

    assert "belongs in the table [tool.cenguard.rules]" in found[0]
    assert "above the first table of the file, right below [tool.cenguard]" in found[1]


def test_a_thousand_waivers_are_read_in_a_time_that_grows_with_their_number(tmp_path):
    """The lines of a file are found once, not once a waiver: counted in the work, not in seconds."""
    from cenguard.text.toml_lines import lines_of

    row = '[[waiver]]\nrule = "CEN201"\nresource = "r{0}"\nreason = "x"\nowner = "y"\nexpires = 2027-01-01\n'
    (tmp_path / "cenguard.toml").write_text("".join(row.format(number) for number in range(1000)))
    lines_of.cache_clear()

    assert len(read_settings(tmp_path / "cenguard.toml").waivers) == 1000
    assert lines_of.cache_info().misses == 1


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            '[[waivers]]\nrule = "CEN201"\n',
            "line 1, waivers: names files; a waiver that stands right here is a table [[waiver]]",
        ),
        ('[sources]\n"a:b" = "plan.json"\n', "line 2, sources.a:b: a source's name cannot hold ':'"),
        ('[rules.CEN904]\nlevel = "advisory"\n', "line 1, rules.CEN904: is what cenguard says of itself, and has no settings"),
        ('inventory = "net\\u0000.toml"\n', "line 1, inventory: 'net\\x00.toml': no file has such a name"),
        ('[output]\njson = "out\\u0000.json"\n', "line 2, output.json: 'out\\x00.json': no file has such a name"),
        ('unwaivable = ["CEN201", " "]\n', "line 1, unwaivable: holds an empty text"),
        ('[waiver]\nrule = "CEN408"\n', "line 1, waiver: tables were expected: write [[waiver]]"),
    ],
)
def test_a_fault_says_what_was_meant(tmp_path, text, fault):
    assert faults(tmp_path, text) == [fault]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{}".encode("utf-16-be") + b"\xd8", "is not UTF-8 text; a JSON area catalogue was expected"),
        (None, "cannot be read: Is a directory"),
    ],
)
def test_areas_that_cannot_be_read(tmp_path, content, said):
    areas = tmp_path / "areas.json"
    if content is None:
        areas.mkdir()
    else:
        areas.write_bytes(content)
    (tmp_path / "cenguard.toml").write_text('areas = "areas.json"\n')
    with pytest.raises(InvalidSettings, match=said):
        read_settings(tmp_path / "cenguard.toml").catalogue()


def test_a_plugin_is_a_python_file(tmp_path):
    (tmp_path / "rules.txt").write_text("RULE = 1\n")

    assert faults(tmp_path, 'plugins = ["rules.txt"]\n') == [
        f"{tmp_path / 'rules.txt'}: is no Python file: its name was expected to end with .py"
    ]
