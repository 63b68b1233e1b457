"""Geography: areas, regions, pairs, Mbps, and the dated catalogue of which region lies in which area."""
