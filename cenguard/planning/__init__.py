"""Planning: what a user wants becomes area pairs, packages, limits or peers."""
