"""What findings say of Terraform's resources is in Terraform's words."""

import ast
import re
from pathlib import Path

from cenguard.resources.property_names import in_terraform_words
from cenguard.resources.type_table import snake

ROOMS = Path(__file__).parents[2] / "cenguard"
ASKED = ("text", "flag", "number", "unknown")
"""Methods that say, of a property that is not known, what it is called."""


def named():
    """Properties whose values are asked for by a name that is written out."""
    for path in sorted((ROOMS / "assembly").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ASKED:
                yield from (item.value for item in node.args if isinstance(item, ast.Constant) and isinstance(item.value, str))


def test_every_property_that_a_finding_may_name_is_called_as_in_terraform():
    found = {name for name in named() if re.fullmatch(r"[a-z]+[A-Z]\w*", name)}
    assert len(found) > 20
    assert {
        name for name in found if in_terraform_words(f"whether {name} of it is so") != f"whether {snake(name)} of it is so"
    } == set()
