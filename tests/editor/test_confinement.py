"""What an agent reaches by `cenguard mcp`: documents below one folder, and nothing else."""

import json
import shutil

import pytest

from tests.editor.agent_client import RECORDINGS, asked, run, told

MARK = "TheSecretOutside"
BY_FLAG = ("--run-programs",)


@pytest.fixture
def root(tmp_path):
    """A folder with a document, beside one that is nobody's business, each file of which holds a mark."""
    root, outside = tmp_path / "root", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    preview = (RECORDINGS / "basic-create" / "preview.json").read_text()
    (root / "preview.json").write_text(preview)
    (outside / "preview.json").write_text(preview.replace("::core", f"::{MARK}"))
    for name in ("cenguard.toml", "waivers.toml", "inventory.toml"):
        (outside / name).write_text(f'{MARK} = 1\nname = "{MARK}"\n')
    (outside / "areas.json").write_text(f'{{"{MARK}": 1}}')
    return root


def opened_outside(root):
    """A variable for a server that writes down, by the interpreter's own audit, what is opened beside its root."""
    (root.parent / "audit").mkdir()
    (root.parent / "audit" / "sitecustomize.py").write_text(
        "import os, sys\n"
        "def heard(event, args):\n"
        "    if event in ('open', 'os.listdir', 'os.scandir') and args and isinstance(args[0], str):\n"
        f"        if {str(root.parent / 'outside')!r} in os.path.realpath(args[0]):\n"
        f"            os.write(os.open({str(root.parent / 'heard')!r}, os.O_WRONLY | os.O_CREAT | os.O_APPEND), args[0].encode())\n"
        "sys.addaudithook(heard)\n"
    )
    env = {"PYTHONPATH": str(root.parent / "audit")}
    run("check", "../outside/preview.json", cwd=root, env=env)
    (root.parent / "heard").unlink()  # it hears what the command may do
    return env


def test_no_path_leads_outside(root):
    outside = root.parent / "outside"
    (root / "link.json").symlink_to(outside / "preview.json")
    (root / "folder").symlink_to(outside)
    (root / "store" / ".pulumi" / "stacks" / "network").mkdir(parents=True)
    (root / "store" / ".pulumi" / "stacks" / "network" / "dev.json").symlink_to(outside / "preview.json")
    (root / "linked").mkdir()
    (outside / "stacks" / MARK).mkdir(parents=True)
    shutil.copy(RECORDINGS / "basic-unchanged" / "export.json", outside / "stacks" / MARK / "dev.json")
    (root / "linked" / ".pulumi").symlink_to(outside)
    sources = [
        "../outside/preview.json", str(outside / "preview.json"), "link.json", "folder", "folder/preview.json",
        "net=../outside/preview.json", "net=link.json", "../outside", "..", "/", "store", "linked",
        "../outside/none.json", f"net={outside / 'none.json'}",
    ]  # fmt: skip
    calls = [("check", {"sources": [source]}) for source in sources]
    calls += [("check", {"sources": ["preview.json"], "base": source}) for source in (sources[0], "link.json", "b=link.json")]
    calls += [
        ("check", {"sources": ["preview.json"], "settings": name})
        for name in ("../outside/cenguard.toml", "folder/cenguard.toml")
    ]
    calls += [("explain", {"sources": [sources[0]], "from": "cn-beijing", "to": "us-west-1"})]
    results = asked(root, *calls, env=opened_outside(root))

    for call, result in zip(calls, results, strict=True):
        assert result.is_error, call
        assert result.structured_content is None
        assert MARK not in told(result)
        assert "leads outside" in told(result), (call, told(result))
    assert not (root.parent / "heard").exists()


def test_no_setting_leads_outside(root):
    settings = {
        "inventory": 'inventory = ["../outside/inventory.toml"]',
        "document": 'inventory = ["../outside/preview.json"]',
        "link": 'inventory = ["link.toml"]',
        "waivers": 'waivers = "../outside/waivers.toml"',
        "areas": 'areas = "../outside/areas.json"',
        "extends": 'extends = "../outside/cenguard.toml"',
        "extended": 'extends = "extends.toml"',
        "sources": '[sources]\nnet = "../outside/preview.json"',
        "plugins": 'plugins = ["../outside/ours.py"]',
    }
    (root / "link.toml").symlink_to(root.parent / "outside" / "inventory.toml")
    for name, text in settings.items():
        (root / f"{name}.toml").write_text(text)
    results = asked(
        root,
        *(("check", {"sources": ["preview.json"], "settings": f"{name}.toml"}) for name in settings),
        env=opened_outside(root),
    )

    for name, result in zip(settings, results, strict=True):
        if name == "plugins":  # which are not loaded at all
            assert "not loaded, since no code of others is run: the plugin '../outside/ours.py'" in told(result)
            continue
        assert result.is_error, name
        assert told(result).count("leads outside") == 1
        assert MARK not in told(result)
    assert not (root.parent / "heard").exists()


def test_a_document_does_not_lead_to_files_outside(root):
    """The lines of its resources are looked up in the program's files, which a document names as it likes."""
    outside = root.parent / "outside"
    (root.parent / "Pulumi.yaml").write_text("name: network\nruntime: yaml\n")
    (outside / "main.tf").write_text(f'resource "alicloud_cen_instance" "{MARK}" {{}}\n')
    plan = json.loads((RECORDINGS / "basic-create" / "preview.json").read_text())
    for step in plan["steps"]:
        for state in (step.get("newState"), step.get("oldState")):
            if state and "sourcePosition" in state:
                state["sourcePosition"] = f"project:///../../..{outside}/main.tf#1,1"
    (root / "plan.json").write_text(json.dumps(plan))
    (root / "tf").mkdir()
    shutil.copy(RECORDINGS / "terraform" / "terraform-basic-create" / "plan.json", root / "tf")
    (root / "tf" / "main.tf").symlink_to(outside / "main.tf")
    (root / "tf" / "net.tf").write_text('module "net" {\n  source = "../../outside"\n}\n')
    results = asked(
        root, ("check", {"sources": ["plan.json"]}), ("check", {"sources": ["tf/plan.json"]}), env=opened_outside(root)
    )

    assert not any(result.is_error for result in results)
    assert not (root.parent / "heard").exists()


def test_settings_above_the_root_are_not_read_and_that_is_said_once(root):
    (root.parent / "cenguard.toml").write_text('[rules]\nCEN111 = "mandatory"\n')
    (root / "net").mkdir()
    shutil.move(root / "preview.json", root / "net" / "preview.json")
    above, named = asked(
        root,
        ("check", {"sources": ["net/preview.json"]}),
        ("check", {"sources": ["net/preview.json"], "settings": "../cenguard.toml"}),
    )

    assert above.structured_content["summary"]["mandatory"] == 0
    assert (
        told(above).count(f"{root.parent / 'cenguard.toml'} stands above the folder that is answered for, and is not read") == 1
    )
    assert named.is_error

    (root / "cenguard.toml").write_text("")
    [found] = asked(root, ("check", {"sources": ["net/preview.json"]}))
    assert "stands above" not in told(found)


def test_without_the_flag_no_code_is_run_and_the_document_to_make_is_named(root):
    code = f"open({str(root / 'ran')!r}, 'w').close()\n"
    (root / "Pulumi.yaml").write_text("name: network\nruntime: python\n")
    (root / "__main__.py").write_text(code)
    (root / "ours.py").write_text(code)
    for name in ("json", "click", "msgspec", "cenguard", "sitecustomize", "acme"):
        (root / f"{name}.py").write_text(code)
    (root / "cenguard.toml").write_text(
        'plugins = ["ours.py"]\nextends = "acme:policy.toml"\n[rules]\nACME001 = "mandatory"\n'
        '[[waiver]]\nrule = "ACME001"\nreason = "r"\nowner = "o"\nexpires = 2099-01-01\n'
    )
    program, document, rules = asked(root, ("check", {"sources": []}), ("check", {"sources": ["preview.json"]}), ("rules", {}))

    assert program.is_error
    assert "pulumi preview --json --show-sames > preview.json" in told(program)
    assert not document.is_error
    assert told(document).count("not loaded") == 1
    assert "acme:policy.toml" in told(document)
    assert "ours.py" in told(document)
    assert not {"CEN902", "CEN903", "CEN905"} & {item["rule"] for item in document.structured_content["findings"]}
    assert "not loaded" in told(rules)
    assert not (root / "ran").exists()


def test_with_the_flag_programs_and_plugins_run_and_what_they_print_stays_off_the_wire(root):
    (root / "Pulumi.yaml").write_text("name: network\nruntime: python\n")
    (root / "__main__.py").write_text(
        "import os\nprint('{\"jsonrpc\": \"2.0\"}', flush=True)\nos.write(1, b'noise')\nprint('late')\n"
        "import pulumi\npulumi.export('a', 1)\n"
    )
    (root / "ours.py").write_text(PLUGIN)
    (root / "cenguard.toml").write_text('plugins = ["ours.py"]\n')
    program, document, outside = asked(
        root,
        ("check", {"sources": ["."]}),
        ("check", {"sources": ["preview.json"]}),
        ("check", {"sources": [".."]}),
        options=BY_FLAG,
    )

    assert program.structured_content["sources"][0]["kind"] == "program"
    assert "ACME001" in {item["rule"] for item in document.structured_content["findings"]}
    assert "not loaded" not in told(document)
    assert outside.is_error


PLUGIN = '''
import os

print("{ noise")
os.write(1, b"noise")
from cenguard.findings import Level
from cenguard.rules.about import finding_about
from cenguard.rules.rule import Rule, Scope


def check(network):
    """Nothing may be called so."""
    print("[ noise")
    for instance in network.instances:
        yield finding_about(instance, f"{instance.label} is called so.", question="it is", fix="Call it otherwise.")


RULE = Rule(
    code="ACME001", name="called-so", level=Level.ADVISORY, effect="Q", scope=Scope.STACK, check=check, page=check.__doc__
)
'''
