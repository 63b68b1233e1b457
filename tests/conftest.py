"""What every test shares: generated cases are the same in each run, and which tests are slow."""

import os
import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.browsing import browser, look
from tests.warm_programs import warm_programs

__all__ = ["browser", "look"]

# A script has its background jobs pass an interruption over, and with them every command that a test starts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

UNTIMED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
"""A machine that does other things besides is no fault of an example."""
settings.register_profile("same", derandomize=True, database=None, **UNTIMED)  # a red run means a change
settings.register_profile(
    "explore", max_examples=2000, **UNTIMED
)  # HYPOTHESIS_PROFILE=explore scripts/test …: to look for new ones
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


@pytest.fixture(scope="module")
def warm():
    """Programs that a module's tests read in this process run in forks of one that has the SDK."""
    with warm_programs() as printed:
        yield printed


TESTS = Path(__file__).parent
SLOW = (
    "commands", "components", "docs", "editor", "engine", "fleet", "pack",
    "reports/test_in_a_browser.py", "readers/test_mutations.py", "readers/test_program.py", "readers/test_program_recordings.py", "rules/test_collection.py",
    "test_agreement.py", "assembly/test_blockers.py", "commands/test_cli.py", "commands/test_cli_projects.py", "test_determinism.py", "test_distribution.py",
    "test_estates.py", "test_examples.py", "test_hostile_names.py", "testing/test_kit.py", "settings/test_plugins.py", "test_random_edits.py",
    "upgrade/test_command.py", "commands/test_terminal.py", "test_three_ways.py", "commands/test_unreadable_paths.py", "commands/test_wrong_input.py", "upgrade/test_program.py",
)  # fmt: skip
"""Tests that start programs, packs, sites or commands, or try many cases: `scripts/test --fast` leaves them out."""


def pytest_collection_modifyitems(items):
    """Mark what is slow, by where it lies, and what a browser shows."""
    for item in items:
        if "look" in item.fixturenames:
            item.add_marker(pytest.mark.browser)
        if item.path.is_relative_to(TESTS) and item.path.relative_to(TESTS).as_posix().startswith(SLOW):
            item.add_marker(pytest.mark.slow)
