"""The new network as a program of one `CenNetwork`, in Python or YAML, with single resources for what stands beside it."""

from collections.abc import Mapping
from typing import Any

from cenguard.findings.fix import Edit, Import
from cenguard.findings.printers import python, yaml
from cenguard.findings.printers.words import NEW, Words, named_in, quoted
from cenguard.geography.catalogue import default_catalogue
from cenguard.geography.regions import surrounding
from cenguard.resources.type_table import camel
from cenguard.sources.project import Language
from cenguard.upgrade.planning import UpgradePlan
from cenguard.upgrade.program_text import laid_out, statements_of, with_tables
from cenguard.upgrade.project_files import Texts, opening, pulumi_yaml, python_project, regions_of
from cenguard.upgrade.records import owner_of

_NO_WORDS = Words({})
VARIABLE = "network"


def is_fit(plan: UpgradePlan) -> bool:
    """Whether one `CenNetwork` can be the new network: it plans its packages itself, and makes no router without a network."""
    attached = {item.held.region for item in plan.attachments if not item.held.stays}
    if not attached or set(plan.today.regions) - attached:
        return False
    for peer in plan.peers:
        if peer.pair.of_a_ccn:
            continue
        package = peer.package
        if peer.mbps is None or not float(peer.mbps).is_integer() or peer.mbps < 1:
            return False
        if package is not None and (package.area_pair is None or not package.mbps or not float(package.mbps).is_integer()):
            return False
    return True


def names_tables(plan: UpgradePlan) -> bool:
    """Whether anything beside the network names a region's table, which `CenNetwork` hands out in Python only."""
    tables = _tables(plan, "", "").keys()
    return any(not tables.isdisjoint(named_in(edit)) for edit in plan.carried)


def arguments_of(plan: UpgradePlan) -> dict[str, Any]:
    """The arguments of the `CenNetwork`, with the names that Python has for them."""
    networks = {}
    for item in plan.attachments:
        held = item.held
        if held.stays:
            continue
        network: dict[str, Any] = {"region": held.region} | ({} if held.kind == "VPC" else {"kind": held.kind})
        network["id"] = plan.ids.of_network(held)
        owner = owner_of(plan.today, held)
        network |= {"owner": owner} if owner else {}
        if item.zones:
            network["vswitches"] = {zone: plan.ids.of_switch(switch) for zone, switch in sorted(item.zones.items())}
        networks[item.key] = network
    pairs, existing = [], {}
    for peer in plan.peers:
        if peer.pair.of_a_ccn or peer.mbps is None:
            continue
        pairs.append(
            {"regions": list(peer.regions.names), "bandwidth": int(peer.mbps)}
            | ({"billing": "traffic"} if peer.by_traffic else {})
        )
        if peer.package is not None and peer.package.area_pair is not None:
            existing[str(peer.package.area_pair)] = {
                "id": plan.ids.of_package(peer.package),
                "bandwidth": int(peer.package.mbps or 0),
                "attached": True,
            }
    found: dict[str, Any] = {"edition": "enterprise", "networks": networks}
    found |= {"interconnect": {"pairs": pairs}} if pairs else {}
    found |= {"packages": {"existing": dict(sorted(existing.items()))}} if existing else {}
    found["instance"] = {"existing_id": plan.new.cen}
    areas = _areas(plan)
    return found | ({"areas": areas} if areas else {})


def _areas(plan: UpgradePlan) -> dict[str, str]:
    """Areas of regions that the user's own catalogue places otherwise than the one that components plan with."""
    own, shipped = plan.today.network.catalogue, default_catalogue()
    found = {}
    for region in plan.today.regions:
        area = own.area_of(region)
        if isinstance(area, str) and area != shipped.area_of(surrounding(region)):
            found[region] = area
    return found


def python_program(plan: UpgradePlan, name: str, package: str | None) -> Texts:
    """A project in Python.

    Args:
        plan: what the Basic network becomes, with an id for everything that it names.
        name: the project's name.
        package: what pip installs cenguard from; None where only this machine has it.
    """
    beside, marks = with_tables(_beside(plan), _tables(plan, f"{VARIABLE}.region_table_ids[", "]"))
    single = statements_of(beside, Language.PYTHON, regions_of(plan), taken=(VARIABLE, "CenNetwork", "stack_settings"))
    arguments = arguments_of(plan)
    rows = [
        f"    {key}={laid_out(value, lambda item: python.value(item, _NO_WORDS), lambda word: f'{quoted(word)}: ', '    ')},"
        for key, value in arguments.items()
    ]
    imports = ["import pulumi"] + (["import pulumi_alicloud as alicloud"] if single.texts else [])
    ours = ["from cenguard_components import CenNetwork"]
    made = ""
    if single.providers:
        ours.append("from cenguard_components.providers import stack_settings")
        settings = [
            f'{item.variable} = alicloud.Provider({quoted(item.name)}, **{{**stack_settings(), "region": {quoted(item.region)}}})'
            for item in single.providers
        ]
        handed = ", ".join(f"{quoted(item.region)}: {item.variable}" for item in single.providers)
        rows.append(f"    providers={{{handed}}},")
        made = "\n".join(settings) + "\n\n"
    head = f'"""{opening(plan)}"""\n\n' + "\n".join(imports) + "\n\n" + "\n".join(ours) + "\n\n"
    text = f"{head}{made}{VARIABLE} = CenNetwork(\n    {quoted(plan.new.name)},\n" + "\n".join(rows) + "\n)\n"
    text += "".join(f"\n{_marked(statement, marks)}\n" for statement in single.texts)
    text += "".join(
        f"{start}pulumi.export({quoted(item)}, {VARIABLE}.{item})\n"
        for start, item in (("\n", "cen_id"), ("", "transit_router_ids"), ("", "attachment_ids"), ("", "interconnection_ids"))
    )
    return {**python_project(name, package), "__main__.py": text}


def yaml_program(plan: UpgradePlan, name: str) -> Texts:
    """A project in YAML, of a network beside which nothing names a region's table."""
    key = yaml.shaped(plan.new.name)
    single = statements_of(_beside(plan), Language.YAML, regions_of(plan), taken=(key,))
    lines = [f"  {key}:", "    type: alicloud-cen:index:CenNetwork", "    properties:"]
    for argument, value in arguments_of(plan).items():
        lines += _yaml_rows(camel(argument), _camel(value, argument), "      ")
    text = "\n".join(lines) + "\n"
    for item in single.providers:
        text += (
            f"  {item.variable}:\n    type: pulumi:providers:alicloud\n    name: {yaml.string(item.name)}\n"
            f"    properties:\n      region: {yaml.string(item.region)}\n"
        )
    text += "".join(f"{statement}\n" for statement in single.texts)
    outputs = "".join(
        f"  {item}: ${{{key}.{item}}}\n" for item in ("cenId", "transitRouterIds", "attachmentIds", "interconnectionIds")
    )
    note = (
        "# `pulumi package add` of the folder components/ of cenguard's repository notes under packages where alicloud-cen is.\n"
    )
    return {"Pulumi.yaml": f"{pulumi_yaml(name, 'yaml', opening(plan))}{note}resources:\n{text}outputs:\n{outputs}"}


def _yaml_rows(key: str, value: Any, indent: str) -> list[str]:
    """A key of a mapping, with its value on one line where it fits."""
    flat = yaml.value(value, _NO_WORDS)
    if len(indent) + len(key) + 2 + len(flat) <= 110 and not (isinstance(value, Mapping) and len(value) > 1 and len(indent) < 8):
        return [f"{indent}{yaml.string(key)}: {flat}"]
    if isinstance(value, Mapping) and value:
        rows = [f"{indent}{yaml.string(key)}:"]
        for name, item in value.items():
            rows += _yaml_rows(name, item, f"{indent}  ")
        return rows
    if isinstance(value, (list, tuple)) and value:
        return [f"{indent}{yaml.string(key)}:", *(f"{indent}  - {yaml.value(item, _NO_WORDS)}" for item in value)]
    return [f"{indent}{yaml.string(key)}: {flat}"]


_OWN_KEYS = frozenset({"networks", "vswitches", "existing", "areas"})
"""Arguments whose keys are the user's."""


def _camel(value: Any, argument: str = "") -> Any:
    """A value with names as every language but Python has them."""
    if isinstance(value, Mapping):
        own = argument in _OWN_KEYS
        return {(name if own else camel(name)): _camel(item, "" if own else name) for name, item in value.items()}
    return [_camel(item) for item in value] if isinstance(value, list) else value


def _beside(plan: UpgradePlan) -> list[Edit]:
    """Resources beside the network: what stays as it is and is imported, and what is carried over."""
    return [edit for edit in plan.new.edits if isinstance(edit, Import)] + list(plan.carried)


def _tables(plan: UpgradePlan, start: str, end: str) -> dict[str, str]:
    return {f"{NEW}{plan.new.name}-{region}-table": f"{start}{quoted(region)}{end}" for region in plan.today.regions}


def _marked(text: str, marks: Mapping[str, str]) -> str:
    for mark, said in marks.items():
        text = text.replace(mark, said)
    return text
