"""Reads the resources of a program in YAML without running anything: its language has values, references and few functions.

What a provider or another stack would answer is unknown, as in the preview of a new stack. What the language has besides
(components, functions that are not known here, a compiler) is refused: a preview's document shows it.

Source: https://www.pulumi.com/docs/iac/languages-sdks/yaml/yaml-language-reference/, and `pkg/pulumiyaml` of pulumi-yaml 1.38.1.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cenguard.errors import UnreadableInput, nearest
from cenguard.readers.program.project import Project
from cenguard.readers.program.yaml_configuration import configured, is_integer, keep_names_apart, of_itself
from cenguard.readers.program.yaml_lines import Document, read_yaml
from cenguard.readers.program.yaml_references import Piece, pieces, steps
from cenguard.readers.program.yaml_values import (
    FUNCTIONS,
    UNKNOWN_HERE,
    Value,
    as_text,
    forced_by,
    former_urns,
    hidden_in,
    joined,
    part_of,
    resource_urn,
    stack_urn,
    text_or_none,
    token,
    without_nulls,
)
from cenguard.readers.program.yaml_words import FIRST, OPTIONS, RESOURCE, not_taken, word
from cenguard.resources.forced import Forced
from cenguard.resources.location import Location
from cenguard.resources.records import Change, Resource, decode
from cenguard.resources.stack_names import stack_outputs
from cenguard.resources.taken_over import leave_to_what_stands
from cenguard.resources.urns import STACK_REFERENCE, type_in_urn
from cenguard.resources.values import SECRET, UNKNOWN, is_known
from cenguard.sources.yaml_keys import MAINS

INSTEAD = "give the document that `pulumi preview --json --show-sames` writes instead"
_PROVIDERS = "pulumi:providers:"


@dataclass(slots=True)
class Program:
    """What the program declares."""

    resources: list[Resource] = field(default_factory=list)
    outputs: dict[str, Any] = field(default_factory=dict)
    aliases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """URNs that a resource may have in the state, by its URN."""
    forced: dict[str, Forced] = field(default_factory=dict)


def read(project: Project, answers: Mapping[str, Mapping[str, Any]]) -> Program:
    """The resources that a program would register; `answers` has the outputs of other stacks by their names.

    Raises:
        UnreadableInput: it names what is not there, or has what cannot be read without running it.
    """
    return _Reading(project, answers).program()


class _Reading:
    def __init__(self, project: Project, answers: Mapping[str, Mapping[str, Any]]) -> None:
        file = next((project.program / name for name in MAINS if (project.program / name).is_file()), None)
        if file is None:
            raise UnreadableInput(
                str(project.program), f"holds no {MAINS[1]} or {MAINS[2]}, the program that Pulumi.yaml speaks of"
            )
        self.project, self.answers = project, answers
        self.document: Document = read_yaml(file, word)
        self.file = file
        self.found = Program()
        self.top = self._mapping(self.document.value or {}, "a mapping")
        self.made: dict[str, Resource] = {}
        self.urns: dict[str, Resource] = {}
        self.known: dict[str, Value] = {}
        self.busy: list[str] = []
        self.defaults: dict[str, str] = {}

    def program(self) -> Program:
        if self.top.get("components"):
            raise self._refused(("components",), "the program declares components")
        self.resources = self._mapping(self.top.get("resources") or {}, "a mapping of resources", "resources")
        self.variables = self._mapping(self.top.get("variables") or {}, "a mapping of variables", "variables")
        keep_names_apart(self.document, self.project, self.top)
        for name, declared in self.resources.items():
            self._is_readable(name, declared)
        for name, declared in self.resources.items():
            if declared.get("defaultProvider") is True:
                kind = str(declared["type"])
                self.defaults[kind.removeprefix(_PROVIDERS)] = name
        for name in self.resources:
            self._resource(name)
        for name in self.variables:
            self._named(name, ("variables", name))
        outputs = self._mapping(self.top.get("outputs") or {}, "a mapping of outputs", "outputs")
        self.found.outputs = {name: self._value(item, ("outputs", name)).value for name, item in outputs.items()}
        return self.found

    # What is declared.

    def _is_readable(self, name: str, declared: Any) -> None:
        where = ("resources", name)
        said = self._mapping(declared, "a resource with its type", *where)
        for of, words, inside in ((said, RESOURCE, where), (said.get("options"), OPTIONS, (*where, "options"))):
            for key, held in of.items() if isinstance(of, dict) else ():
                if wrong := not_taken(key, held, words):
                    raise self.document.error(*inside, key, wrong)
        if not isinstance(said.get("type"), str):
            raise self.document.error(*where, "the resource has no type")
        package = said["type"].partition(":")[0]
        packages = self.top.get("packages")
        if said["type"].startswith(_PROVIDERS) or not isinstance(packages, dict) or package not in packages:
            return
        of = packages[package]
        if (of.get("source") if isinstance(of, dict) else of) != "terraform-provider":
            raise self._refused((*where, "type"), f"{said['type']} is built by another process")

    def _resource(self, name: str) -> Resource:
        if name in self.made:
            return self.made[name]
        where = ("resources", name)
        self._begin(name, where)
        said = self.resources[name]
        options = self._mapping(said.get("options") or {}, "a mapping of options", *where, "options")
        values = self._properties(said.get("properties") or {}, (*where, "properties"))
        kind = token(said["type"])
        label = self._value(said["name"], (*where, "name")).value if "name" in said else name
        if not isinstance(label, str):
            raise self.document.error(*where, "name", "a name that is known was expected")
        parents = self._references(options.get("parent"), (*where, "options", "parent"))
        parent = self.urns.get(parents[0]) if parents else None
        dependencies = {key: tuple(sorted(item.urns)) for key, item in values.items()}
        waits = self._references(options.get("dependsOn"), (*where, "options", "dependsOn"))
        inputs = without_nulls({key: item.value for key, item in values.items()})
        get = said.get("get")
        line = self.document.line(*where)
        imported = self._value(options["import"], (*where, "options", "import")).value if "import" in options else None
        is_provider = kind.startswith(_PROVIDERS)
        resource = Resource(
            urn=resource_urn(self.project, kind, label, None if parent is None else parent.urn),
            type=kind,
            inputs=inputs,
            id=text_or_none(imported),
            dependencies=tuple(sorted({*waits, *(urn for urns in dependencies.values() for urn in urns)})),
            property_dependencies=dependencies,
            provider="" if is_provider else self._provider(kind, options, where, parent),
            parent=parent.urn if parent is not None else stack_urn(self.project),
            protect=self._flag(options, "protect", where, inherited=bool(parent and parent.protect)),
            retain_on_delete=self._flag(options, "retainOnDelete", where, inherited=bool(parent and parent.retain_on_delete)),
            delete_first=self._flag(options, "deleteBeforeReplace", where, inherited=False),
            custom=True,
            change=Change.CREATE,
            imported="import" in options,
            ignore_changes=tuple(str(item) for item in options.get("ignoreChanges") or ()),
            locate=lambda: Location(self._path, line),
        )
        leave_to_what_stands(resource)
        if get is not None:
            self._look_up(resource, self._mapping(get, "what is looked up", *where, "get"), (*where, "get"))
        if kind == STACK_REFERENCE:
            resource.change, resource.external, resource.id = Change.READ, True, text_or_none(inputs.get("name"))
        if resource.urn in self.urns:
            raise self.document.error(*where, f"another resource has its type and its name, {label}")
        self.urns[resource.urn] = resource
        aliases = options.get("aliases"), self.found.aliases
        if former := former_urns(resource, *aliases, self._references, self._value, (*where, "options", "aliases")):
            self.found.aliases[resource.urn] = former
        self.found.forced |= forced_by(resource.urn, options, self._references, self._value, (*where, "options"))
        self.busy.pop()
        self.made[name] = resource
        self.found.resources.append(resource)
        return resource

    def _properties(self, given: Any, where: tuple[str, ...]) -> dict[str, Value]:
        """The properties one by one, or what a variable holds of them (`properties: ${hub}`)."""
        if isinstance(given, dict):
            return {key: self._value(item, (*where, key)) for key, item in given.items()}
        whole = self._value(given, where)
        if not is_known(whole.value):
            raise self._refused(where, "properties are only known where it is run")
        items = self._mapping(whole.value, "a mapping of properties", *where).items()
        return {key: Value(item, whole.urns) for key, item in items}

    def _look_up(self, resource: Resource, get: Mapping[str, Any], where: tuple[str, ...]) -> None:
        """Make it a resource that exists: its id is what the program says, and nothing else is known."""
        identity = self._value(get.get("id"), (*where, "id"))
        state = self._mapping(get.get("state") or {}, "a mapping of properties", *where, "state")
        resource.inputs = {key: self._value(item, (*where, "state", key)).value for key, item in state.items()}
        resource.id = text_or_none(identity.value)
        resource.dependencies = tuple(sorted({*resource.dependencies, *identity.urns}))
        resource.change, resource.external = Change.READ, True

    @property
    def _path(self) -> str:
        return Path(os.path.relpath(self.file, self.project.folder)).as_posix()

    def _provider(self, kind: str, options: Mapping[str, Any], where: tuple[str, ...], parent: Resource | None) -> str:
        """The provider: the one that is said, one handed down, one that stands for all, or the package's own."""
        package = kind.partition(":")[0]
        said = self._references(options.get("provider"), (*where, "options", "provider"))
        said += self._references(options.get("providers"), (*where, "options", "providers"))
        fitting = [urn for urn in said if type_in_urn(urn) == _PROVIDERS + package]
        if fitting:
            return fitting[0]
        if parent is not None and parent.type.partition(":")[0] == package and parent.provider:
            return parent.provider
        if package in self.defaults:
            return self._resource(self.defaults[package]).urn
        urn = resource_urn(self.project, _PROVIDERS + package, "default", None)
        if urn not in self.urns and package != "pulumi":
            inputs = {
                key.partition(":")[2]: SECRET if value.secret else value.text
                for key, value in self.project.config.items()
                if key.partition(":")[0] == package
            }
            made = Resource(urn=urn, type=_PROVIDERS + package, inputs=inputs, custom=True, change=Change.CREATE)
            self.urns[urn] = made
            self.found.resources.append(made)
        return urn if package != "pulumi" else ""

    def _flag(self, options: Mapping[str, Any], name: str, where: tuple[str, ...], *, inherited: bool) -> bool:
        return inherited if name not in options else self._value(options[name], (*where, "options", name)).value is True

    def _references(self, value: Any, where: tuple[str, ...]) -> list[str]:
        """The resources that an option names."""
        if value is None:
            return []
        items = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else [value]
        found: list[str] = []
        for item in items:
            found += sorted(self._value(item, where).urns)
        return found

    # Values.

    def _value(self, value: Any, where: tuple[str, ...]) -> Value:
        if isinstance(value, str):
            return self._text(value, where)
        if isinstance(value, list):
            return joined([self._value(item, (*where, str(index))) for index, item in enumerate(value)], list)
        if isinstance(value, dict):
            called = next((key for key in value if key.startswith(FIRST)), None)
            if called is not None:
                if len(value) > 1 or called.count(":") < 2:
                    raise self.document.error(*where, called, "a function stands alone in its mapping")
                return self._call(called, value[called], (*where, called))
            keys = [as_text(self._text(key, where).value) if "$" in key else key for key in value]
            items = [self._value(item, (*where, key)) for key, item in value.items()]
            return joined(items, lambda values: dict(zip(keys, values, strict=True)))
        return Value(value)

    def _text(self, text: str, where: tuple[str, ...]) -> Value:
        try:
            parts = pieces(text)
        except ValueError as problem:
            raise self.document.error(*where, str(problem)) from None
        if len(parts) == 1 and isinstance(parts[0], Piece):
            return self._reference(parts[0], where)
        values = [self._reference(part, where) if isinstance(part, Piece) else Value(part) for part in parts]
        urns = frozenset(urn for item in values for urn in item.urns)
        hidden = next((item.value for item in values if not is_known(item.value)), None)
        if hidden is not None:
            return Value(hidden, urns)
        counted = [isinstance(part, Piece) and is_integer(self.project, self.top, part.text) for part in parts]
        return Value("".join(as_text(item.value, counted=of) for item, of in zip(values, counted, strict=True)), urns)

    def _reference(self, piece: Piece, where: tuple[str, ...]) -> Value:
        try:
            name, path = steps(piece.text)
        except ValueError as problem:
            raise self.document.error(*where, str(problem)) from None
        if name in self.resources:
            return self._of_resource(self._resource(name), path)
        found = self._named(name, where)
        return Value(part_of(found.value, path), found.urns)

    def _of_resource(self, resource: Resource, path: Sequence[str | int]) -> Value:
        """What a resource answers: what it was given where that is known, its URN, and nothing else."""
        urns = frozenset({resource.urn})
        if not path:
            return Value(UNKNOWN, urns)
        match path[0]:
            case "urn":
                return Value(resource.urn, urns)
            case "id":
                return Value(resource.id if resource.id is not None else UNKNOWN, urns)
        if resource.type == STACK_REFERENCE:
            return Value(self._of_stack(resource, path), urns)
        if resource.external or path[0] not in resource.inputs:
            return Value(UNKNOWN, urns)
        return Value(part_of(resource.inputs[str(path[0])], path[1:]), urns)

    def _of_stack(self, resource: Resource, path: Sequence[str | int]) -> Any:
        name = resource.inputs.get("name", resource.name)
        answers = stack_outputs(name, self.project.name, self.answers) if isinstance(name, str) else None
        if answers is None or path[0] != "outputs" or len(path) < 2 or path[1] not in answers:
            return UNKNOWN
        return part_of(decode(answers[str(path[1])]), path[2:])

    def _named(self, name: str, where: tuple[str, ...]) -> Value:
        """A variable, a configuration value, or what the language says of the program itself."""
        if name in self.known:
            return self.known[name]
        if name in self.variables:
            self._begin(name, ("variables", name))
            found = self._value(self.variables[name], ("variables", name))
            self.busy.pop()
        elif name == "pulumi":
            found = Value(of_itself(self.project))
        else:
            found = Value(self._configured(name, where))
        self.known[name] = found
        return found

    def _configured(self, name: str, where: tuple[str, ...]) -> Any:
        try:
            return configured(self.project, self.top, name)
        except KeyError:
            names = [
                *self.resources,
                *self.variables,
                *(key.removeprefix(f"{self.project.name}:") for key in self.project.config),
            ]
            hint = nearest(name, names)
            end = f"; did you mean {hint}?" if hint else ""
            raise self.document.error(*where, f"no resource, variable or configuration value is called {name}{end}") from None
        except ValueError as problem:
            raise self.document.error(*where, str(problem)) from None

    # Functions.

    def _call(self, name: str, argument: Any, where: tuple[str, ...]) -> Value:
        given = self._value(argument, where)
        if name in UNKNOWN_HERE or name.count(":") > 2:  # `fn::alicloud:cen:getInstances` is an invoke, too
            return Value(UNKNOWN, given.urns)
        if name == "fn::secret":
            return Value(SECRET, given.urns)
        if name == "fn::readFile":
            return Value(self._content(given.value, where), given.urns)
        if name not in FUNCTIONS:
            raise self._refused(where, f"{name} is a function that is not known here")
        hidden = hidden_in(given.value)
        if hidden is not None and not (name == "fn::select" and is_known(given.value)):
            return Value(hidden, given.urns)
        try:
            return Value(FUNCTIONS[name](given.value), given.urns)
        except (TypeError, ValueError, IndexError, AttributeError, KeyError):
            raise self.document.error(*where, f"{name} does not take these arguments") from None

    def _content(self, name: Any, where: tuple[str, ...]) -> Any:
        from cenguard.text.boundary import holds

        if not is_known(name):
            return name
        path = Path(self.project.program, name) if isinstance(name, str) else None
        if path is None or not holds(path):
            raise self._refused(where, "reads a file outside of the project")
        try:
            return path.read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            raise self.document.error(*where, f"{name} cannot be read") from None

    # What is wrong.

    def _begin(self, name: str, where: tuple[str, ...]) -> None:
        if name in self.busy:
            circle = " → ".join([*self.busy[self.busy.index(name) :], name])
            raise self.document.error(*where, f"refers to itself: {circle}")
        self.busy.append(name)

    def _mapping(self, value: Any, expected: str, *where: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self.document.error(*where, f"{expected} was expected")
        return value

    def _refused(self, where: tuple[str, ...], what: str) -> UnreadableInput:
        return NotReadHere(
            self.document.path,
            f"{what}, so the program cannot be read without the engine: {INSTEAD}",
            f"line {self.document.line(*where)}",
        )


class NotReadHere(UnreadableInput):
    """A program that is right, and of which something is only known where it is run."""

    def __init__(self, source: str, reason: str, where: str) -> None:
        """Say which part, and what to give instead."""
        super().__init__(source, reason, where=where)
