"""`python -m cenguard`."""

from cenguard.cli import main

main()
