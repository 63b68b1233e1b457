"""A file of waivers that several roads lead to: what stands in it counts once."""

import pytest
from click.testing import CliRunner

from cenguard.commands.cli import main
from cenguard.geography.catalogue import default_catalogue
from cenguard.settings.files import with_waivers
from cenguard.settings.reading import read_settings

WAIVERS = """\
[[waiver]]
rule = "CEN201"
resource = "lab"
reason = "lab"
owner = "net"
expires = 2099-01-31

[[waiver]]
rule = "CEN202"
resource = "lab"
reason = "lab"
owner = "net"
expires = 2099-01-31
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "waivers.toml").write_text(WAIVERS)
    (tmp_path / "organisation.toml").write_text('waivers = "waivers.toml"\n')
    (tmp_path / "cenguard.toml").write_text('extends = "organisation.toml"\nwaivers = ["waivers.toml", "./waivers.toml"]\n')
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_file_counts_once_however_often_it_is_named(folder):
    settings = read_settings(folder / "cenguard.toml")

    assert [waiver.rule for waiver in settings.waivers] == ["CEN201", "CEN202"]
    assert with_waivers(settings, [folder.parent / folder.name / "waivers.toml"], default_catalogue()).waivers == settings.waivers


def test_nothing_is_said_to_name_the_same_as_itself(folder):
    done = CliRunner().invoke(main, ["waivers", "cenguard.toml", "waivers.toml"])
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "2 waivers, 0 of them expired")

    (folder / "copy.toml").write_text(WAIVERS)
    done = CliRunner().invoke(main, ["waivers", "waivers.toml", "copy.toml"])
    assert (done.exit_code, done.stdout.count("names the same as the one in waivers.toml, line")) == (1, 2)


def test_what_only_an_acceptance_takes_is_not_passed_over_by_a_look(folder):
    done = CliRunner().invoke(main, ["waivers", "waivers.toml", "--select", "CEN201"])

    assert done.exit_code == 2
    assert "--select, --ignore and -o go with --from" in done.stderr
