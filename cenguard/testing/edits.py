"""Edits of a report applied: to records, and to the documents that a report was made of.

What is applied to a document knows nothing of how cenguard reads it: it changes a step as somebody would who edits the
program and runs the preview again. So a report whose fixes hold is one whose edits, all applied, leave a document that has
those findings no more.
"""

import copy
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cenguard.judging.edited import edited
from cenguard.resources.addresses import source_in
from cenguard.resources.forces_new import FORCES_NEW
from cenguard.resources.records import UNKNOWN_TEXT
from cenguard.resources.type_table import bridged, native_type, snake, terraform_type
from cenguard.resources.urns import START

__all__ = ["apply_edits", "edited", "edits_of"]

NEW = "new:"


def edits_of(report: Mapping[str, Any]) -> list[dict[str, Any]]:
    """All edits of a JSON report."""
    return [edit for finding in report["findings"] if finding["fix"] for edit in finding["fix"]["edits"]]


def apply_edits(document: Mapping[str, Any], edits: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """A copy of a document with edits in it: of `pulumi preview --json`, or of a plan's `show -json`.

    Raises:
        LookupError: an edit names what the document has not, or what it cannot refer to from another module.
        ValueError: it is another document.
    """
    made = copy.deepcopy(dict(document))
    chosen = list(edits)
    if "steps" in made:
        return _Preview(made).apply(chosen)
    if "resource_changes" in made:
        return _Plan(made).apply(chosen)
    raise ValueError("a preview's document, or a plan's, was expected")


class _Preview:
    """A document of `pulumi preview --json`."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.steps: list[dict[str, Any]] = document["steps"]
        self.before = Counter(step["op"] for step in self.steps)
        self.by_urn = {step["urn"]: step for step in self.steps if step.get("newState")}
        self.deleted = {step["urn"]: step for step in self.steps if step["op"] == "delete"}
        self.start = START + next(iter(self.by_urn)).removeprefix(START).rpartition("::")[0].rpartition("::")[0]
        self.root = next((urn for urn in self.by_urn if "pulumi:pulumi:Stack::" in urn), "")
        types = [step["newState"]["type"] for step in self.by_urn.values()]
        spelled = next((token for token in types if ":index/cen" in token and not token.startswith("hcl:")), "")
        self.package = spelled.partition(":")[0]
        """The package word of the user's, where resources are bridged."""
        self.added: dict[str, str] = {}

    def apply(self, edits: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        for edit in edits:
            if edit["op"] in ("add", "import"):
                self.added[edit["name"]] = self.by_name(edit)
        for edit in edits:
            match edit["op"]:
                case "add" | "import":
                    self.add(edit)
                case "set":
                    self.change(edit)
                case "remove":
                    self.remove(edit["urn"])
        self.count()
        return self.document

    def count(self) -> None:
        """Count the steps again: a document whose summary tells more unchanged resources than it lists hides some."""
        summary = self.document.get("changeSummary")
        if isinstance(summary, dict):
            now = Counter(step["op"] for step in self.steps)
            for op in {*now, *self.before}:
                summary[op] = summary.get(op, 0) + now[op] - self.before[op]

    def by_name(self, edit: Mapping[str, Any]) -> str:
        token = bridged(terraform_type(edit["type"]), self.package) if self.package else edit["type"]
        return f"{self.start}::{token}::{edit['name']}"

    def add(self, edit: Mapping[str, Any]) -> None:
        urn = self.by_name(edit)
        old = self.deleted.pop(urn, None)
        if old is not None:
            self.steps.remove(old)
        token = urn.removeprefix(self.start).partition("::")[2].partition("::")[0]
        state: dict[str, Any] = {"urn": urn, "custom": True, "type": token, "inputs": {}, "parent": self.root}
        state |= {"propertyDependencies": {}, "dependencies": [], "provider": self.provider(edit.get("provider"))}
        step = {"op": "create" if edit["op"] == "add" else "import", "urn": urn, "newState": state}
        self.give(state, edit["properties"], edit.get("options", {}))
        self.steps.append(step)
        self.by_urn[urn] = step

    def provider(self, name: str | None) -> str:
        used = [step["newState"].get("provider", "") for step in self.by_urn.values()]
        fitting = [text for text in used if text and (name is None or text.rpartition("::")[0] == name)]
        default = [text for text in fitting if "::default" in text]
        return next(iter((default if name is None else []) or fitting), name or "")

    def change(self, edit: Mapping[str, Any]) -> None:
        step = self.by_urn[edit["urn"]]
        state = step["newState"]
        self.give(state, edit["properties"], edit["options"])
        old = step.get("oldState")
        if not old or step["op"] not in ("same", "update", "replace"):
            return
        mine = {key: value for key, value in state.get("inputs", {}).items() if not key.startswith("__")}
        theirs = old.get("inputs", {})
        told = {
            key for key in {*mine, *edit["properties"]} if mine.get(key) != UNKNOWN_TEXT or state["propertyDependencies"].get(key)
        }
        different = {key for key in told if _plain(mine.get(key)) != _plain(theirs.get(key))}
        forced = FORCES_NEW.get(native_type(state["type"]) or "", frozenset())
        forced |= {snake(key) for key in forced}
        if step["op"] != "replace":  # what else differs the provider does not take for a change, as the engine has heard
            forced &= {*edit["properties"], *map(snake, edit["properties"])}
        step["op"] = "same" if not different else "replace" if different & forced else "update"
        if step["op"] != "replace" and "id" in old:
            state["id"] = old["id"]

    def give(self, state: dict[str, Any], properties: Mapping[str, Any], options: Mapping[str, Any]) -> None:
        inputs, edges = state.setdefault("inputs", {}), state.setdefault("propertyDependencies", {})
        waits = state.setdefault("dependencies", [])
        view = ":tf:" in state["type"]  # a part of a Terraform module keeps Terraform's names
        for name, value in properties.items():
            key = snake(name) if view else name
            if value is None:
                inputs.pop(key, None)
                edges.pop(key, None)
                continue
            sources: list[str] = []
            inputs[key] = self.value(value, sources)
            edges[key] = sources
            waits += [urn for urn in sources if urn not in waits]
        for reference in options.get("dependsOn", ()):
            urn = self.target(reference["ref"])
            waits += [urn] if urn not in waits else []
        if options.get("protect"):
            state["protect"] = True

    def target(self, ref: str) -> str:
        if ref.startswith(NEW):
            return self.added[ref.removeprefix(NEW)]
        if ref not in self.by_urn:
            raise LookupError(ref)
        return ref

    def value(self, value: Any, sources: list[str]) -> Any:
        if isinstance(value, list):
            return [self.value(item, sources) for item in value]
        if not isinstance(value, dict):
            return value
        if set(value) != {"ref", "property"}:
            return {key: self.value(item, sources) for key, item in value.items()}
        urn = self.target(value["ref"])
        sources.append(urn)
        step = self.by_urn.get(urn)
        state = step["newState"] if step is not None else {}
        stood = (step or {}).get("oldState") or {}
        if step is not None and step["op"] in ("same", "update"):
            return stood.get("id") if value["property"] == "id" else stood.get("outputs", {}).get(value["property"], UNKNOWN_TEXT)
        return state.get("inputs", {}).get(value["property"], UNKNOWN_TEXT)

    def remove(self, urn: str) -> None:
        step = self.by_urn.pop(urn)
        if step.get("oldState"):
            step["op"], step["newState"] = "delete", None
        else:
            self.steps.remove(step)
        for other in self.by_urn.values():
            waits = other["newState"].get("dependencies", [])
            other["newState"]["dependencies"] = [name for name in waits if name != urn]


def _plain(value: Any) -> Any:
    """A list without its order: regions and areas are sets."""
    return sorted(value, key=repr) if isinstance(value, list) else value


class _Plan:
    """What `show -json` writes of a plan of Terraform's or OpenTofu's."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.changes: list[dict[str, Any]] = document["resource_changes"]
        self.by_address = {entry["address"]: entry for entry in self.changes if entry["change"]["actions"] != ["delete"]}
        self.deleted = {entry["address"]: entry for entry in self.changes if entry["change"]["actions"] == ["delete"]}
        self.root: dict[str, Any] = document["configuration"]["root_module"]
        self.added: dict[str, str] = {}

    def apply(self, edits: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        for edit in edits:
            if edit["op"] == "add":
                self.added.setdefault(edit["name"], self.by_name(edit))
        for edit in edits:
            match edit["op"]:
                case "add":
                    self.add(edit)
                case "set":
                    self.change(edit)
                case "remove":
                    self.remove(_bare(edit["urn"]))
                case _:
                    raise LookupError(edit["op"])
        return self.document

    def by_name(self, edit: Mapping[str, Any]) -> str:
        return f"{terraform_type(edit['type'])}.{edit['name']}"

    def add(self, edit: Mapping[str, Any]) -> None:
        address = self.by_name(edit)
        old = self.deleted.pop(address, None)
        kind, _, name = address.partition(".")
        change: dict[str, Any] = {"actions": ["create"], "before": None, "after": {}, "after_unknown": {"id": True}}
        entry = {"address": address, "mode": "managed", "type": kind, "name": name, "change": change}
        block: dict[str, Any] = {"address": address, "mode": "managed", "type": kind, "name": name, "expressions": {}}
        block["provider_config_key"] = edit["provider"] or "alicloud"
        self.root.setdefault("resources", []).append(block)
        self.changes.append(entry)
        self.by_address[address] = entry
        self.give(entry, block, "", edit["properties"], edit["options"])
        if old is not None:  # it is not deleted any more
            self.changes.remove(old)
            stood = old["change"]["before"]
            entry["change"] = {"actions": ["no-op"], "before": stood, "after": stood, "after_unknown": {}}

    def block(self, address: str) -> tuple[dict[str, Any], str]:
        """A resource's block, and the modules around it."""
        module, prefix, rest = self.root, "", address
        while rest.startswith("module."):
            _, name, rest = rest.split(".", 2)
            prefix += f"module.{name}."
            module = module["module_calls"][name.partition("[")[0]]["module"]
        local = rest.partition("[")[0]
        return next(item for item in module["resources"] if item["address"] == local), prefix

    def change(self, edit: Mapping[str, Any]) -> None:
        address = _bare(edit["urn"])
        entry = self.by_address[address]
        block, prefix = self.block(address)
        self.give(entry, block, prefix, edit["properties"], edit["options"])
        change = entry["change"]
        before = change.get("before")
        if not before or change["actions"] == ["create"] or "forget" in change["actions"]:
            return
        told = {key: value for key, value in change["after"].items() if value is not None}
        different = {key for key, value in told.items() if before.get(key) != value}
        forced = {snake(key) for key in FORCES_NEW.get(native_type(entry["type"]) or "", ())}
        waiting = {key for key in change["after_unknown"] if self.is_of_what_is_made(block["expressions"].get(key), prefix)}
        different |= waiting
        change["actions"] = ["no-op"] if not different else ["delete", "create"] if different & forced else ["update"]
        if not different & forced:
            change["after"] = {**{key: value for key, value in before.items() if key not in waiting}, **change["after"]}
            change["after_unknown"] = dict.fromkeys(waiting, True)

    def is_of_what_is_made(self, expression: Any, prefix: str) -> bool:
        """Whether a value is of a resource that is made, so that it stays unknown."""
        names = expression.get("references", ()) if isinstance(expression, dict) else ()
        made = (self.by_address.get(prefix + name) for name in names)
        return any(entry is not None and "create" in entry["change"]["actions"] for entry in made)

    def give(
        self,
        entry: dict[str, Any],
        block: dict[str, Any],
        prefix: str,
        properties: Mapping[str, Any],
        options: Mapping[str, Any],
    ) -> None:
        change = entry["change"]
        after, unknown = change["after"], change.setdefault("after_unknown", {})
        for name, value in properties.items():
            key = snake(name)
            after.pop(key, None)
            unknown.pop(key, None)
            block["expressions"].pop(key, None)
            if value is None:
                after[key] = None
            elif isinstance(value, dict) and set(value) == {"ref", "property"}:
                address = self.target(value["ref"])
                local, output = self.local(address, prefix), snake(value["property"])
                block["expressions"][key] = {"references": [f"{local}.{output}", local]}
                known = self.known(address, output)
                if known is None:
                    unknown[key] = True
                else:
                    after[key] = known
            else:
                after[key] = value
                block["expressions"][key] = {"constant_value": value}
        waits = [self.waited(self.target(item["ref"]), prefix) for item in options.get("dependsOn", ())]
        if waits:
            block["depends_on"] = list(dict.fromkeys([*block.get("depends_on", ()), *waits]))

    def target(self, ref: str) -> str:
        return self.added[ref.removeprefix(NEW)] if ref.startswith(NEW) else _bare(ref)

    def waited(self, address: str, prefix: str) -> str:
        """How a block waits for a resource: for one inside a module, for the module."""
        rest = address.removeprefix(prefix)
        return ".".join(rest.split(".")[:2]).partition("[")[0] if rest.startswith("module.") else rest.partition("[")[0]

    def local(self, address: str, prefix: str) -> str:
        """How a block calls a resource: what lies in another module it cannot name."""
        rest = address.removeprefix(prefix)
        if rest.startswith("module."):
            raise LookupError(address)
        return rest

    def known(self, address: str, output: str) -> Any:
        entry = self.by_address.get(address)
        if entry is None or entry["change"]["actions"] not in (["no-op"], ["update"]):
            return None
        return entry["change"]["before"].get(output)

    def remove(self, address: str) -> None:
        entry = self.by_address.pop(address)
        if entry["change"].get("before"):
            entry["change"] |= {"actions": ["delete"], "after": None, "after_unknown": {}}
        else:
            self.changes.remove(entry)
        block, prefix = self.block(address)
        for item in self.root.get("resources", ()):
            if "depends_on" in item and not prefix:
                item["depends_on"] = [name for name in item["depends_on"] if name != block["address"]]


def _bare(address: str) -> str:
    """An address without the name of its source."""
    source = source_in(address)
    return address.removeprefix(f"{source}:") if source else address
