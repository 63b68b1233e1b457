"""Which of Terraform's documents a content is, and one line for each that is none to judge."""

import re
from collections.abc import Callable
from pathlib import Path

import msgspec

from cenguard.errors import UnreadableInput
from cenguard.resources.records import Content, Records

SHOW = "`terraform show -json` (or `tofu show -json`)"
TWO_COMMANDS = "`terraform plan -out=plan.tfplan` and `terraform show -json plan.tfplan > plan.json` (or the same with `tofu`)"
PROGRAM = f"make a plan, and check that: {TWO_COMMANDS}"
_ZIP = b"PK\x03\x04"
_FIRST = re.compile(rb'\A\s*\{\s*"format_version"\s*:')
_TERMINAL = re.compile(rb"\A\s*(\x1b|Warning|Error|\xe2\x95\xb7|\xe2\x94\x82)")
"""How what the tools say to people begins: a colour, the words, or the corner of a frame."""
_EMPTY_STATE = {"format_version", "terraform_version", "checks"}
_OUTPUTS = {
    "valid": "what `validate -json` says of a program",
    "provider_schemas": "what `providers schema -json` writes, the types of providers",
    "function_signatures": "what `metadata functions -json` writes, the functions of the language",
}
"""Other outputs that begin as a state does, by a key of theirs.

Source: OpenTofu 1.13, and the pages under https://developer.hashicorp.com/terraform/cli/commands.
"""
_LOCK = {"ID", "Operation", "Who", "Created"}
"""Keys of what stands beside a state that a command has locked. Source: OpenTofu 1.13."""
_OUTPUT = {"sensitive", "type", "value"}
"""Keys of each output that `output -json` writes. Source: https://developer.hashicorp.com/terraform/cli/commands/output."""
_SMALL = 1 << 20
_HEAD = 1 << 16
_LINE = 1 << 12


class Top(msgspec.Struct):
    """The keys that tell the documents apart."""

    format_version: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    resource: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    values: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    planned_values: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    resource_changes: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    configuration: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    prior_state: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    provider_config: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    root_module: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    encrypted_data: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    encryption_version: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    version: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    terraform_version: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    lineage: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    serial: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    backend: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET


def begins_as_plan(content: Content) -> bool:
    """Whether a document is a plan by how it begins, which saves a pass over a large one."""
    return _FIRST.match(content[:256]) is not None and content.find(b'"planned_values"', 0, _HEAD) > 0


def refuse_text(content: Content, path: str) -> None:
    """Refuse what is no JSON document, by what it is.

    Raises:
        UnreadableInput: it is a binary plan, a program, a stream of events, or what a command said to people.
    """
    if content[: len(_ZIP)] == _ZIP:
        raise UnreadableInput(path, f"is a saved plan in the tool's own binary form: give {SHOW} of it")
    if path.endswith((".tf", ".tofu", ".tf.json", ".tofu.json")):
        raise UnreadableInput(path, f"is a part of a Terraform program, without values: {PROGRAM}")
    if _TERMINAL.match(content[:64]):
        raise UnreadableInput(
            path,
            f"is a message to people, as a `show -json` that failed writes it: mend what it says, and give the JSON of {SHOW}",
        )
    _refuse_events(content, path)


def refuse_folder(folder: Path) -> None:
    """Refuse the folder of a Terraform program: only its tool can run it.

    Raises:
        UnreadableInput: it holds Terraform's files, and no project of Pulumi.
    """
    from cenguard.sources.project import has_configuration, project_file

    if project_file(folder) is None and has_configuration(folder):
        raise UnreadableInput(str(folder), f"holds a Terraform program, without values: {PROGRAM}")


def _refuse_events(content: Content, path: str) -> None:
    if b'"@level"' not in content[:_LINE]:
        return
    lines = content[:_HEAD].split(b"\n")
    first = _object(lines[0])
    if first is None or "@level" not in first or "@message" not in first:
        return
    later = [item for item in map(_object, lines[1:40]) if item is not None]
    if any("format_version" in item for item in later):
        what = "what `state show -json` writes, one resource of a state"
    elif any(str(item.get("type", "")).startswith("list_") for item in (first, *later)):
        what = "what `query -json` writes, a list of what could be imported"
    else:
        what = "the stream of events that `-json` makes of a command"
    raise UnreadableInput(path, f"is {what}, and neither a plan nor a state: give {SHOW} of a plan or state")


def _refuse_other_outputs(content: Content, path: str) -> None:
    """Refuse what has the version of a state and is none: of an empty state that is all there is."""
    keys = msgspec.json.decode(content, type=dict[str, msgspec.Raw]).keys() - _EMPTY_STATE
    if keys:
        what = next((said for key, said in _OUTPUTS.items() if key in keys), f"some other output, with {', '.join(sorted(keys))}")
        raise UnreadableInput(path, f"is {what}, and neither a plan nor a state: give {SHOW} of a plan or state")


def _refuse_beside_state(content: Content, path: str) -> None:
    """Refuse what lies beside a state, or says a part of it."""
    found = msgspec.json.decode(content) if len(content) < _SMALL else None
    if not isinstance(found, dict) or not found:
        return
    if found.keys() >= _LOCK:
        raise UnreadableInput(path, f"is the lock of a state that a command works on: give {SHOW} of the state")
    if all(isinstance(item, dict) and item.keys() == _OUTPUT for item in found.values()):
        raise UnreadableInput(path, f"is what `output -json` writes, the outputs of a state alone: give {SHOW} of the state")


def _object(line: bytes) -> dict[str, object] | None:
    try:
        found = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def reader_of(content: Content, path: str) -> Callable[[Content, str, str], Records] | None:
    """What reads a JSON document of Terraform's; None for a document of somebody else.

    Raises:
        UnreadableInput: it is Terraform's, and no plan or state.
    """
    top = msgspec.json.decode(content, type=Top)
    there = {name for name in Top.__struct_fields__ if getattr(top, name) is not msgspec.UNSET}
    if there & {"encrypted_data", "encryption_version"}:
        raise UnreadableInput(path, "is encrypted: give `tofu show -json` of it, run where the key is")
    if "format_version" in there:
        if "resource" in there:
            raise UnreadableInput(
                path, f"is what `state show -json` writes, one resource of a state: give {SHOW} of the whole state"
            )
        if there & {"planned_values", "resource_changes", "configuration", "prior_state"}:
            from cenguard.readers.terraform.plan import read_plan

            return read_plan
        if "values" not in there:
            _refuse_other_outputs(content, path)
        from cenguard.readers.terraform.state import read_state

        return read_state
    if "backend" in there and "version" in there:
        raise UnreadableInput(
            path, f"says which backend a program keeps its state in, and holds no state: give {SHOW}, or `terraform state pull`"
        )
    if there & {"lineage", "serial"} or {"version", "terraform_version"} <= there:
        from cenguard.readers.terraform.state import read_raw_state

        return read_raw_state
    if "root_module" in there or "provider_config" in there:
        raise UnreadableInput(path, f"is a program without values (`show -json -config` or `-module`): {PROGRAM}")
    _refuse_beside_state(content, path)
    return None
