"""Judging: sources become a report; levels, base, purchases, and what the tool says of itself."""
