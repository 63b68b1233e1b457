"""Globs by which people name what they mean."""

from fnmatch import fnmatchcase


def means(pattern: str, name: str) -> bool:
    """Whether a glob means a name.

    Brackets are those of a glob, and also what they are in an address of Terraform: `core[0]` and `core["eu"]` mean the one
    that is called so, and `core[*]` all of them.

    >>> means("core[0]", "core[0]"), means("net.*[*]", 'net.core["eu"]'), means("core[12]", "core2"), means("core[0]", "core[1]")
    (True, True, True, False)
    """
    return fnmatchcase(name, pattern) or ("[" in pattern and fnmatchcase(name, pattern.replace("[", "[[]")))
