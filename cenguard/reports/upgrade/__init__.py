"""The answer of an upgrade, one format a file."""
