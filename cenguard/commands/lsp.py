"""`cenguard lsp`: the language server of editors."""

import click

from cenguard.commands.cli import INTERRUPTED
from cenguard.errors import UnreadableInput


@click.command("lsp", short_help="Serve an editor: findings at the line, fixes as actions.")
def command() -> None:
    """Serve an editor over standard input and output: findings at the line, fixes as actions.

    Programs run only in a workspace that the editor says it trusts.
    """
    try:
        from cenguard.editor.server import serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise UnreadableInput("cenguard lsp", "needs the extra `editor`: pip install 'cenguard[editor]'") from None
    serve(INTERRUPTED)
