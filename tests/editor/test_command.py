"""The command `cenguard lsp` by itself."""

import subprocess
import sys

from tests.commands.test_cli import ROOT


def test_without_the_extra_it_is_named_in_one_line():
    text = (
        "import sys; sys.modules['pygls'] = None; sys.argv = ['cenguard', 'lsp']; from cenguard.commands.cli import main; main()"
    )
    found = subprocess.run(
        [sys.executable, "-c", text], check=False, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    assert found.returncode == 2
    assert found.stderr == "cenguard: cenguard lsp: needs the extra `editor`: pip install 'cenguard[editor]'\n"
    assert found.stdout == ""


def test_a_client_that_is_gone_ends_it_without_a_word():
    found = subprocess.run(
        [sys.executable, "-m", "cenguard", "lsp"],
        check=False,
        cwd=ROOT,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
    )
    assert found.stdout == b""
    assert b"Traceback" not in found.stderr
