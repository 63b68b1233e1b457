"""`python -m cenguard`."""

from cenguard.commands.cli import main

main()
