"""Kinds of networks, and what tells them.

Source: AttachCenChildInstance, `ChildInstanceType` and `ChildInstanceId`.
"""

NETWORK_IDS = {"vpc-": "VPC", "vbr-": "VBR", "ccn-": "CCN"}
"""What the ids of networks begin with, four letters each."""


def kind_of_id(identifier: str | None) -> str | None:
    """The kind of network that an id belongs to, where its beginning tells.

    >>> kind_of_id("ccn-1"), kind_of_id("net-1")
    ('CCN', None)
    """
    return NETWORK_IDS.get(identifier[:4]) if identifier else None
