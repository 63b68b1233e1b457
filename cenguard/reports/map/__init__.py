"""The map: what connects the regions of an instance, drawn."""
