"""`cenguard rules`: the list of rules, and the page of one."""

from pathlib import Path

import click

from cenguard.commands.options import format_option
from cenguard.commands.printing import write
from cenguard.errors import UnknownName


@click.command("rules", short_help="List the rules, or show the page of one.")
@click.argument("code", required=False)
@click.option(
    "--settings",
    "settings_file",
    type=click.Path(path_type=Path),
    help="A settings file: its rules of your own, and its levels; by default cenguard.toml is found upwards.",
)
@format_option
def command(code: str | None, settings_file: Path | None, form: str) -> None:
    """List the rules, or show the page of one (by code or name)."""
    from cenguard.reports.rules import Here, render_list, render_page, render_tool_page
    from cenguard.rules import RULES
    from cenguard.rules.tool_pages import TOOL_PAGES
    from cenguard.settings.files import settings_for
    from cenguard.settings.rule_tables import code_named

    settings = settings_for(settings_file, Path.cwd())
    every = (*RULES, *settings.custom)
    here = Here(settings.levels, settings.layers or (settings.source,))
    if code is None:
        write(render_list(every, form, here), form)
        return
    wanted = code.upper() if code[-1:].isdigit() else code
    about_the_tool = next((found for found, page in TOOL_PAGES.items() if wanted in (found, page[0])), None)
    if about_the_tool:
        write(render_tool_page(about_the_tool, form), form)
        return
    known = code_named(wanted, every)
    if known is None:
        raise UnknownName("rule", code, [*(rule.code for rule in every), *(rule.name for rule in every), *TOOL_PAGES])
    write(render_page(next(rule for rule in every if rule.code == known), form, here), form)
