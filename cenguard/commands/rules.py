"""`cenguard rules`: the list of rules, and the page of one."""

import click

from cenguard.cli import FORMATS, write
from cenguard.errors import UnknownName


@click.command("rules")
@click.argument("code", required=False)
@click.option("--format", "form", type=click.Choice(FORMATS), default="human", show_default=True)
def command(code: str | None, form: str) -> None:
    """List the rules, or show the page of one (by code or name)."""
    from cenguard.reports.rules import render_list, render_page, render_tool_page
    from cenguard.rules import RULES
    from cenguard.rules.page import TOOL_PAGES
    from cenguard.settings import code_named

    if code is None:
        write(render_list(RULES, form), form)
        return
    wanted = code.upper() if code[:3].upper() == "CEN" else code
    about_the_tool = next((found for found, page in TOOL_PAGES.items() if wanted in (found, page[0])), None)
    if about_the_tool:
        write(render_tool_page(about_the_tool, form), form)
        return
    known = code_named(wanted)
    if known is None:
        raise UnknownName("rule", code, [*(rule.code for rule in RULES), *(rule.name for rule in RULES), *TOOL_PAGES])
    write(render_page(next(rule for rule in RULES if rule.code == known), form), form)
