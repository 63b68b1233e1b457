"""Puts a fix in place as a person would: statements below the program, arguments into the call they are for.

>>> program = 'core = alicloud.cen.Instance("core", name="old")'
>>> print(applied(program, '# in the arguments of "core":\\nname="new",\\n'))
core = alicloud.cen.Instance('core', name='new')
"""

import ast
import json
import re
from functools import reduce

from cenguard.sources.changing import applied as at_places

_INSIDE = re.compile(r"# in the arguments of (\".*?\")(?:, added to the opts it has)?:")
_WITHOUT = re.compile(r"# and without (\".*\")")


def applied(program, python):
    """The program with the fix in it."""
    tree = ast.parse(program)
    statements, arguments, gone = _parts(python)
    for name, lines in arguments.items():
        for keyword in ast.parse(f"f({chr(10).join(lines)})", mode="eval").body.keywords:
            _give(_call(tree, name), keyword)
    for name in gone:
        call = _call(tree, name)
        tree.body = [item for item in tree.body if not any(node is call for node in ast.walk(item))]
    # What is added comes before the calls that use it, and after everything else.
    added = ast.parse(statements).body
    users = [item for item in tree.body if any(_names(item) & _targets(new) for new in added)]
    tree.body = [*(item for item in tree.body if item not in users), *added, *users]
    return ast.unparse(ast.fix_missing_locations(tree))


def mended(program, report, rule):
    """The program with what a report says about a rule's findings, all together; None where no edits mend it.

    What the edits are in the file stands in the report. A program that the edits have no certain place in has them by hand.
    """
    found = [item for item in report.findings if item.rule == rule and item.fix]
    carriers = dict.fromkeys(item.fix.with_ or item.fingerprint for item in found)
    codes = [report.written[name] for name in carriers if name in report.written]
    if codes:
        if not all(code.changes for code in codes):
            return None
        return at_places(program, [change for code in codes for change in code.changes])
    snippets = [item.fix.python for item in found if item.fix.python]
    return reduce(applied, snippets, program) if snippets else None


def _parts(python):
    statements, arguments, gone, current = [], {}, [], None
    for line in python.splitlines():
        if found := _INSIDE.fullmatch(line):
            current = arguments.setdefault(json.loads(found[1]), [])
        elif found := _WITHOUT.fullmatch(line):
            gone.append(json.loads(found[1]))
        elif current is not None:
            current.append(line)
        else:
            statements.append(line)
    return "\n".join(statements), arguments, gone


def _call(tree, name):
    """The call that makes the resource of that name."""
    return next(
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant) and node.args[0].value == name
    )


def _give(call, keyword):
    """Set an argument; what is in `opts` already stays."""
    old = next((item for item in call.keywords if item.arg == keyword.arg), None)
    if old is None:
        call.keywords.append(keyword)
    elif keyword.arg == "opts":
        for option in keyword.value.keywords:
            _give(old.value, option)
    elif keyword.arg == "depends_on" and isinstance(old.value, ast.List):
        old.value.elts += keyword.value.elts
    else:
        old.value = keyword.value


def _names(node):
    return {item.id for item in ast.walk(node) if isinstance(item, ast.Name)}


def _targets(node):
    return {item.id for item in getattr(node, "targets", ()) if isinstance(item, ast.Name)}
