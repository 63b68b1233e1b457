"""A document without its owner: the same network, the same findings, and no name, id, tag or address that was in it."""
