"""The overview of a fleet, one format a file."""
