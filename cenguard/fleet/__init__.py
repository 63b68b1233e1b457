"""Fleets: thousands of states read, joined by CEN instance, and judged as one input, by as many processes as there are."""
