"""Files of a written project that do not hang on what the network is: the project's own, settings, inventory."""

import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from cenguard.geography.catalogue import editions
from cenguard.inventory.inventory_text import inventory_file
from cenguard.resources.records import PROVIDER
from cenguard.settings.model import FILE, PYPROJECT, Settings
from cenguard.text.encodings import utf8
from cenguard.text.toml_text import file_text, key_text, value_text
from cenguard.upgrade.planning import UpgradePlan

Texts: TypeAlias = Mapping[str, str]
"""Text by the name of the file."""
INVENTORY = "network.inventory.toml"
_CARRIED = ("undetermined", "shared", "placeholders", "unwaivable", "inventory_days", "help_url", "rules", "prices")
"""Keys of the user's settings that decide how the new network is judged; what is about the old one stays there."""


def opening(plan: UpgradePlan) -> str:
    """What the program says of itself at its top, in one line."""
    return f"{plan.new.name} on Enterprise Edition, as `cenguard upgrade` wrote it: instance, networks and packages are kept by their ids."


def project_name(plan: UpgradePlan) -> str:
    """The name of the written project."""
    return f"{plan.new.name}-enterprise"


def pulumi_yaml(name: str, runtime: str, description: str) -> str:
    """A project file."""
    return f"name: {value_text(name)}\ndescription: {value_text(description)}\nruntime:{'' if runtime.startswith(chr(10)) else ' '}{runtime}\n"


def python_project(name: str, package: str | None) -> Texts:
    """The files of a project in Python beside its program; `package` is what pip installs cenguard from, where that is known."""
    runtime = "\n  name: python\n  options:\n    toolchain: pip\n    virtualenv: venv"
    needs = ["pulumi>=3.200", "pulumi-alicloud>=4.0.0"]
    needs += [package] if package else ["# and cenguard itself, from where you have it: cenguard_components comes with it"]
    return {
        "Pulumi.yaml": pulumi_yaml(name, runtime, "A Cloud Enterprise Network of Enterprise Edition"),
        "requirements.txt": "\n".join(needs) + "\n",
    }


def regions_of(plan: UpgradePlan) -> dict[str, str]:
    """The region of each provider of the new network, by its URN."""
    return {record.urn: str(record.inputs["region"]) for record in plan.new.records.resources if record.type == PROVIDER}


def checking_files(plan: UpgradePlan, settings: Settings, areas: str | None, directory: Path) -> Texts:
    """What `cenguard check` of the written project needs: its settings, an inventory, and an area catalogue of the user's own.

    Args:
        plan: what the Basic network becomes.
        settings: the settings that the input was read under.
        areas: what was given over their area catalogue: an edition, or a file from the current folder.
        directory: where the project will stand.
    """
    found = {INVENTORY: inventory_file(_inventory_head(plan), plan.inventory)}
    named: dict[str, Any] = {}
    inherited = areas is None and len(settings.layers) > 1 and _table(Path(settings.layers[-1])).get("areas") != settings.areas
    edition = areas if areas is not None else None if inherited else settings.areas
    if edition is not None and edition not in editions():
        path = (Path() if areas is not None else settings.areas_base) / edition
        edition = f"areas{path.suffix}"
        found[edition] = utf8(path.read_bytes()).decode()
    named |= {"areas": edition} if edition is not None else {}
    named["inventory"] = [INVENTORY]
    found[FILE] = _settings_text({**named, **_carried(settings, directory)})
    return found


def _inventory_head(plan: UpgradePlan) -> tuple[str, ...]:
    return (
        f"What stands beside this program: the packages of {plan.new.name} that its peers draw on.",
        "Renew it from the answers of `aliyun cbn` with `cenguard inventory`.",
    )


def _carried(settings: Settings, directory: Path) -> dict[str, Any]:
    """The user's own settings that the new network is judged by, as their file has them; what that extends is extended."""
    if not settings.layers:
        return {}
    *above, path = map(Path, settings.layers)
    table = _table(path)
    found: dict[str, Any] = {"extends": _from(directory, above[-1])} if above else {}
    found |= {key: table[key] for key in _CARRIED if key in table}
    plugins = [_from(directory, path.parent / item) for item in _listed(table.get("plugins", []))]
    return found | ({"plugins": plugins} if plugins else {})


def _table(path: Path) -> Mapping[str, Any]:
    """What a settings file holds."""
    table: Mapping[str, Any] = tomllib.loads(utf8(path.read_bytes()).decode())
    return table.get("tool", {}).get("cenguard", {}) if path.name == PYPROJECT else table


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _from(directory: Path, path: Path) -> str:
    """A file as the settings of the written project name it."""
    return Path(os.path.relpath(path.resolve(), directory)).as_posix()


def _settings_text(values: Mapping[str, Any]) -> str:
    """Settings as a file: plain keys first, then tables."""
    plain = "".join(f"{key_text(key)} = {value_text(value)}\n" for key, value in values.items() if not isinstance(value, Mapping))
    tables = [text for key, value in values.items() if isinstance(value, Mapping) for text in _tables(key_text(key), value)]
    return file_text(["Settings of this project, for `cenguard check`."], [plain, *tables])


def _tables(name: str, table: Mapping[str, Any]) -> Iterator[str]:
    plain = {key: value for key, value in table.items() if not isinstance(value, Mapping)}
    if plain:
        yield f"[{name}]\n" + "".join(f"{key_text(key)} = {value_text(value)}\n" for key, value in plain.items())
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _tables(f"{name}.{key_text(key)}", value)
