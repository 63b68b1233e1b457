"""What a fix is where a component makes the resource: an argument of the component, which has names of its own for it.

A property of a child is no argument of `CenNetwork`, and an option of the component does not reach a child that states it. Arguments
are said as the component's own messages say them, `networks.KEY.kind`, each in the spelling of the program's language.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from cenguard.findings.fix import Add, Edit, Options, Ref, Set
from cenguard.findings.printers.words import NEW, Line, said_of
from cenguard.resources import tokens
from cenguard.resources.urns import START, type_in_urn
from cenguard.sources.project import Language
from cenguard.text.printable import printable

_OURS = "alicloud-cen:index:"
_NETWORK, _HUB = f"{_OURS}CenNetwork", f"{_OURS}RegionalHub"
ARGUMENTS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        (tokens.INSTANCE_ATTACHMENT, "childInstanceType"): "networks.KEY.kind",
        (tokens.INSTANCE_ATTACHMENT, "childInstanceRegionId"): "networks.KEY.region",
        (tokens.INSTANCE_ATTACHMENT, "childInstanceId"): "networks.KEY.id",
        (tokens.INSTANCE_ATTACHMENT, "childInstanceOwnerId"): "networks.KEY.owner",
        (tokens.VPC_ATTACHMENT, "vpcOwnerId"): "networks.KEY.owner",
        (tokens.VBR_ATTACHMENT, "vbrOwnerId"): "networks.KEY.owner",
        (tokens.PACKAGE, "bandwidth"): "packages.sizes.A/B",
        (tokens.PACKAGE, "paymentType"): "packages.payment_type",
        (tokens.PACKAGE, "period"): "packages.period",
        (tokens.PACKAGE, "autoRenew"): "packages.auto_renew",
        (tokens.LIMIT, "bandwidthLimit"): "interconnect.overrides.a/b.bandwidth",
        (tokens.PEER, "bandwidth"): "interconnect.overrides.a/b.bandwidth",
    }
)
"""Arguments of `CenNetwork` behind the properties of its children; those of the smaller components lack the words before."""
_OUTPUTS = (".id", ".owner")
_SMALLER = MappingProxyType(
    {f"{_OURS}BandwidthPool": "packages.", f"{_OURS}Interconnection": "interconnect.overrides.a/b.", _HUB: ""}
)
_INTERCONNECT = frozenset({tokens.PEER, tokens.LIMIT, tokens.PACKAGE, tokens.PACKAGE_ATTACHMENT})


def component_in(urn: str) -> str:
    """The class of the component that makes a resource; empty where the program itself does.

    >>> component_in("urn:pulumi:dev::net::x:net:Backbone$alicloud:cen/instance:Instance::core")
    'Backbone'
    """
    maker = _maker(urn)
    return printable(maker.rpartition(":")[2]) if maker and not maker.startswith("pulumi:") else ""


def arguments(edit: Set, language: Language, text_of: Callable[[Any], str]) -> list[Line] | None:
    """What to set in the arguments of a component of ours; None where the program, or another component, makes the resource."""
    maker = _maker(edit.urn)
    if not maker.startswith(_OURS) or edit.options.depends_on:
        return None
    found = [(ARGUMENTS.get((type_in_urn(edit.urn), name)), held) for name, held in edit.properties.items()]
    if edit.options.protect is not None:
        found.append(("protect", edit.options.protect))
    before = _SMALLER.get(maker, "")
    if any(name is None or held is None for name, held in found):
        return None
    return [
        Line("set", f"{_spelled(name.removeprefix(before), language)}: {_value(name, held, language, text_of)}")
        for name, held in found
        if name
    ]


def _spelled(path: str, language: Language) -> str:
    """An argument as a language spells it; keys stay as they are.

    >>> _spelled("packages.payment_type", Language.YAML), _spelled("packages.sizes.A/B", Language.GO)
    ('packages.paymentType', 'Packages.Sizes.A/B')
    """
    if language is Language.PYTHON:
        return path
    words = [re.sub(r"_([a-z])", lambda letter: letter[1].upper(), word) for word in path.split(".")]
    if language is Language.GO:
        words = [word if "/" in word else word[0].upper() + word[1:] for word in words]
    return ".".join(words)


def _value(name: str, value: Any, language: Language, text_of: Callable[[Any], str]) -> str:
    """The value of an argument; in Go it is no `pulumi.Input`, but for those that may be another resource's output."""
    if language is Language.GO and isinstance(value, (str, bool, int, float)) and not name.endswith(_OUTPUTS):
        return json.dumps(value)
    return text_of(value)


def instead(edits: Sequence[Edit], language: Language, expression: Callable[[str], str]) -> tuple[Set, list[Line]] | None:
    """The change and the arguments of a component of ours that makes what its child waits for; None where no such thing is meant.

    Made beside the component, it would wait for what the component makes, and the component for it.
    """
    new = [edit for edit in edits if isinstance(edit, Add)]
    waiting = [edit for edit in edits if isinstance(edit, Set)]
    if len(new) != 1 or not waiting or len(waiting) + 1 != len(edits):
        return None
    made, first = new[0], waiting[0]
    waits = Options(depends_on=(f"{NEW}{made.name}",))
    if any(edit != Set(urn=edit.urn, options=waits) or _maker(edit.urn) != _maker(first.urn) for edit in waiting):
        return None
    maker = _maker(first.urn)
    if made.type in tokens.GRANTS and language is Language.PYTHON and maker.startswith(_OURS) and len(waiting) == 1:
        return first, _grant(made, expression)
    router = made.properties.get("transitRouterId")
    if made.type == tokens.ROUTER_CIDR and maker in (_NETWORK, _HUB) and isinstance(router, Ref) and _maker(router.urn) == maker:
        path = _spelled("router_cidrs" if maker == _HUB else "router_cidrs.REGION", language)
        return first, [Line("set", f"{path}: {json.dumps([made.properties.get('cidr')])}")]
    return None


def _grant(made: Add, expression: Callable[[str], str]) -> list[Line]:
    """The arguments behind the grant of a network."""
    owner = made.properties.get("cenOwnerId")
    said = f'"{owner}"' if isinstance(owner, str) else "the account of the CEN instance"
    lines = [Line("set", f"networks.KEY.grant.cen_owner: {said}")]
    if made.provider is not None:
        lines.append(Line("set", f"grant_providers.KEY: {expression(made.provider)}"))
    return lines


def rather(new: Iterable[Edit], urns: Iterable[str]) -> str:
    """What to change in place of new resources, where `CenNetwork` makes the network around them; empty where nothing is."""
    if not any(isinstance(edit, Add) and edit.type in _INTERCONNECT for edit in new):
        return ""
    made = [urn for urn in urns if _maker(urn) == _NETWORK]
    urn = next((urn for urn in made if type_in_urn(urn) == tokens.INSTANCE), next(iter(made), None))
    return f"a CenNetwork makes {said_of(urn)}: change its interconnect and packages, in place of what follows" if urn else ""


def _maker(urn: str) -> str:
    parts = urn.split("::", 3)
    around = parts[2].split("$")[:-1] if urn.startswith(START) and len(parts) > 3 else []
    return around[-1] if around else ""
