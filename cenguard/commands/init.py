"""`cenguard init`: a policy pack, settings and a CI file for a repository of one's own. Never overwrites."""

from pathlib import Path

import click

from cenguard.commands import init_files as starting
from cenguard.errors import UnreadableInput

CI = ("auto", "github", "gitlab", "none")


@click.command("init")
@click.argument("folder", default=".", type=click.Path(path_type=Path), metavar="[DIR]")
@click.option(
    "--ci", type=click.Choice(CI), default="auto", show_default=True, help="Which CI file; auto looks at what the repository has."
)
def command(folder: Path, ci: str) -> None:
    """Write a policy pack folder, cenguard.toml and a CI file into DIR; a file that is there already stays as it is."""
    if not folder.is_dir():
        raise UnreadableInput(str(folder), "there is no such folder; one that holds a Pulumi project was expected")
    files = {**starting.PACK, **starting.SETTINGS}
    chosen = starting.system_of(folder) if ci == "auto" else ci
    files.update(starting.CI.get(chosen, {}))
    for name, text in files.items():
        path = folder / name
        if path.exists():
            click.echo(f"kept     {path.as_posix()} (it was there)")
            continue
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except OSError as error:
            raise UnreadableInput(str(path), f"cannot be written: {error.strerror}") from None
        click.echo(f"written  {path.as_posix()}")
    if ci == "auto" and chosen == "none":
        click.echo("no CI file: neither GitHub nor GitLab is in use here; --ci github or --ci gitlab writes one")
    click.echo("\nNow:  cenguard check\n      pulumi preview --policy-pack policy_pack")
