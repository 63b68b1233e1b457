"""Printers: one a language, from edits to its text, and to the changes of a file where the place is certain."""
