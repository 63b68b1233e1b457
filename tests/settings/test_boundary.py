"""Where reading answers for somebody else: one folder, and no code of it."""

import pytest

from cenguard.errors import CenguardError, InvalidSettings, UnreadableInput
from cenguard.findings import Level
from cenguard.readers.sources import read_source
from cenguard.settings.files import find_settings, settings_for
from cenguard.settings.reading import read_settings
from cenguard.text.boundary import Boundary, within

PLUGIN = "open('ran', 'w').close()\nraise SystemExit('a plugin was loaded')\n"


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A folder beside one that is none of its business."""
    (tmp_path / "root").mkdir()
    (tmp_path / "outside").mkdir()
    monkeypatch.chdir(tmp_path / "root")
    return tmp_path / "root"


def confined(root, read, *, code=False):
    with within(Boundary(root=root.resolve(), code=code)):
        return read()


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ('inventory = "../outside/i.toml"', "line 1, inventory"),
        ('waivers = ["../outside/w.toml"]', "line 1, waivers"),
        ('areas = "../outside/areas.json"', "line 1, areas"),
        ('extends = "../outside/cenguard.toml"', "line 1, extends"),
        ('[sources]\nnet = "../outside/plan.json"', "line 2, sources.net"),
    ],
)
def test_what_a_setting_names_outside_is_refused_with_its_line_whether_it_is_there_or_not(root, written, line):
    (root / "cenguard.toml").write_text(written)
    for there in (False, True):
        if there:
            for name in ("i.toml", "w.toml", "areas.json", "cenguard.toml", "plan.json"):
                (root.parent / "outside" / name).write_text("")

        with pytest.raises(InvalidSettings) as refused:
            confined(root, lambda: read_settings(root / "cenguard.toml"))

        assert line in str(refused.value)
        assert "leads outside" in str(refused.value)


@pytest.mark.parametrize("name", ["cenguard.toml", "pyproject.toml", "i.toml", "w.toml", "up.toml"])
def test_a_link_leads_nowhere_else_either(root, name):
    outside = root.parent / "outside" / name
    outside.write_text("[tool.cenguard]\n" if name == "pyproject.toml" else "")
    named = {"i.toml": 'inventory = "i.toml"', "w.toml": 'waivers = "w.toml"', "up.toml": 'extends = "up.toml"'}
    if name in named:
        (root / "cenguard.toml").write_text(named[name])
    (root / name).symlink_to(outside)

    with pytest.raises(CenguardError, match="leads outside"):
        confined(root, lambda: settings_for(None, root))


def test_a_source_outside_a_link_and_a_pipe_are_refused(root):
    import os

    (root.parent / "outside" / "export.json").write_text("{}")
    (root / "link.json").symlink_to(root.parent / "outside" / "export.json")
    (root / "folder").symlink_to(root.parent / "outside")
    os.mkfifo(root / "pipe")

    for source in ("../outside/export.json", "link.json", "folder", "folder/export.json", str(root.parent / "outside")):
        with pytest.raises(UnreadableInput, match="leads outside"):
            confined(root, lambda source=source: read_source(source))
    with pytest.raises(UnreadableInput, match="neither a file nor a folder"):
        confined(root, lambda: read_source("pipe"))


def test_the_search_upwards_ends_at_the_root(root):
    (root.parent / "cenguard.toml").write_text("nonsense = 1")
    (root / "net").mkdir()

    assert confined(root, lambda: find_settings(root / "net")) is None
    assert find_settings(root / "net") == root.parent / "cenguard.toml"


def test_a_program_is_not_run_and_the_document_to_make_is_named(root):
    (root / "Pulumi.yaml").write_text("name: net\nruntime: python\n")
    (root / "__main__.py").write_text(PLUGIN)

    with pytest.raises(UnreadableInput, match=r"pulumi preview --json --show-sames > preview\.json"):
        confined(root, lambda: read_source("."))


def test_without_code_a_plugin_is_passed_over_and_so_are_names_that_may_be_its_rules(root):
    (root / "ours.py").write_text(PLUGIN)
    (root / "cenguard.toml").write_text(
        'plugins = ["ours.py"]\nunwaivable = ["ACME001", "CEN501"]\n'
        '[rules]\nACME001 = "advisory"\nCEN206 = "mandatory"\n[rules.unnamed-instance]\nlevel = "advisory"\nwords = ["x"]\n'
        '[[waiver]]\nrule = "ACME001"\nreason = "r"\nowner = "o"\nexpires = 2030-01-01\n'
    )

    settings = confined(root, lambda: read_settings(root / "cenguard.toml"))

    assert settings.not_loaded == ("the plugin 'ours.py'",)
    assert settings.levels == {"CEN206": Level.MANDATORY}
    assert settings.unwaivable == {"CEN501"}
    assert settings.waivers == ()
    assert not (root / "ran").exists()


@pytest.mark.parametrize("name", ["CEN777", "undetermined"])
def test_what_can_be_no_plugins_rule_is_refused_all_the_same(root, name):
    (root / "ours.py").write_text(PLUGIN)
    (root / "cenguard.toml").write_text(f'plugins = ["ours.py"]\n[rules]\n{name} = "advisory"\n')

    with pytest.raises(InvalidSettings, match=name):
        confined(root, lambda: read_settings(root / "cenguard.toml"))


def test_without_plugins_an_unknown_rule_is_refused(root):
    (root / "cenguard.toml").write_text('[rules]\nACME001 = "advisory"\n')

    with pytest.raises(InvalidSettings, match="ACME001"):
        confined(root, lambda: read_settings(root / "cenguard.toml"))


def test_a_package_that_settings_extend_is_not_imported_and_nothing_is_loosened_for_it(root, monkeypatch):
    package = root / "acme"
    package.mkdir()
    (package / "__init__.py").write_text(PLUGIN)
    (package / "policy.toml").write_text("")
    monkeypatch.syspath_prepend(str(root))
    (root / "cenguard.toml").write_text(
        'extends = "acme:policy.toml"\n[rules]\nCEN201 = "disabled"\nCEN402 = "mandatory"\nACME1 = "mandatory"\n'
    )

    settings = confined(root, lambda: read_settings(root / "cenguard.toml"))

    assert settings.not_loaded == ("the package that 'acme:policy.toml' lies in",)
    assert settings.levels == {"CEN402": Level.MANDATORY}
    assert settings.remarks == ()
    assert not (root / "ran").exists()


def test_a_plugin_outside_is_refused_even_where_code_is_run(root):
    (root.parent / "outside" / "ours.py").write_text(PLUGIN)
    (root / "cenguard.toml").write_text('plugins = ["../outside/ours.py"]\n')

    with pytest.raises(InvalidSettings, match="leads outside"):
        confined(root, lambda: read_settings(root / "cenguard.toml"), code=True)
    assert not (root / "ran").exists()
