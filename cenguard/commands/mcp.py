"""`cenguard mcp`: the model context server, for agents."""

import os
import sys
from pathlib import Path

import click

from cenguard.errors import UnreadableInput


@click.command("mcp", short_help="Answer an agent (Model Context Protocol).")
@click.option(
    "--root",
    type=click.Path(path_type=Path),
    default=".",
    metavar="DIR",
    help="Nothing outside of this folder is read; by default the one where the server is started.",
)
@click.option("--run-programs", is_flag=True, help="Run Pulumi programs, and load plugins and packages that settings name.")
def command(root: Path, *, run_programs: bool) -> None:
    """Answer an agent over standard input and output (Model Context Protocol): check, explain, needs, rules.

    Documents below DIR are read, and nothing is written. Without --run-programs no code of anybody's is run.
    """
    folder = Path(os.path.realpath(root))
    if not folder.is_dir():
        raise UnreadableInput(str(root), "there is no such folder")
    try:
        from cenguard.editor.agents.server import serve
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in ("mcp", "mcp_types", "anyio"):
            raise
        raise UnreadableInput("cenguard mcp", "needs the extra `editor`: pip install 'cenguard[editor]'") from None
    # -P: a file of the folder that has the name of a module is never imported
    serve(folder, (sys.executable, "-P", "-m", "cenguard.commands.confined"), code=run_programs)
