"""The words of selectors, which choose networks in settings."""

from cenguard.network.prefixes import parsed

PREFIXES = ("tag", "cidr", "region", "kind")


def fault(text: str) -> str | None:
    """What is wrong with a selector; None for one that may be used.

    >>> fault("cidr:10.0.0.0/40"), fault("tag:env"), fault("app-*")
    ('10.0.0.0/40 is no IPv4 block', 'tag:KEY=GLOB was expected', None)
    """
    word, colon, rest = text.partition(":")
    if not text:
        return "a selector was expected, not an empty text"
    if not colon or word not in PREFIXES:
        return None
    if word == "cidr" and parsed(rest) is None:
        return f"{rest} is no IPv4 block"
    if word == "tag" and "=" not in rest:
        return "tag:KEY=GLOB was expected"
    return None
