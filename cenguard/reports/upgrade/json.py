"""The JSON answer of an upgrade: the contract that scripts hold on to (`docs/upgrade.schema.json`)."""

import msgspec

from cenguard.findings.upgrade_answer import UpgradeAnswer
from cenguard.text.printable import printable_json


def render(answer: UpgradeAnswer) -> str:
    """The answer as JSON text, keys in the contract's order."""
    return printable_json(msgspec.json.format(msgspec.json.encode(answer), indent=2).decode()) + "\n"
