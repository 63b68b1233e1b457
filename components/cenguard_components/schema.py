"""The package as Pulumi programs of other languages see it: made of the components' arguments and outputs."""

import ast
import inspect
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Annotated, Any, get_args, get_origin

import pulumi
from typing_extensions import get_type_hints, is_typeddict

from cenguard.planning.argument_shapes import parts
from cenguard.planning.argument_values import Opaque
from cenguard.planning.arguments import WantedNetwork

NAME = "alicloud-cen"
LANGUAGES = ("csharp", "go", "java", "nodejs", "python")
_WORDS = {str: "string", int: "integer", bool: "boolean"}
_SCHEMA_NAMES = {WantedNetwork: "Network"}
"""Types that are called otherwise there: every language but Python keeps the user's word."""


def camel(name: str) -> str:
    """A Python name as configuration and schemas spell it.

    >>> camel("assume_role_with_oidc")
    'assumeRoleWithOidc'
    """
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def schema(components: Mapping[type[pulumi.ComponentResource], type[Any]], version: str) -> dict[str, Any]:
    """The schema of a package of components, each with the kind of its arguments.

    Source of the format: https://www.pulumi.com/docs/iac/guides/building-extending/packages/schema/
    """
    types = {kind: None for arguments in components.values() for kind in _used(arguments)}
    return {
        "name": NAME,
        "displayName": NAME,
        "version": version,
        "language": {language: {"respectSchemaVersion": True} for language in LANGUAGES},
        "meta": {"supportPack": True},  # else what `pulumi package gen-sdk` writes in Go imports a folder that is not there
        "dependencies": [],
        "resources": {_token(component): _resource(component, arguments) for component, arguments in components.items()},
        "types": {_token(kind): _object(kind) for kind in types},
    }


def outputs(component: type[pulumi.ComponentResource]) -> tuple[str, ...]:
    """Names of a component's outputs."""
    return tuple(inspect.get_annotations(component))


def python_names(kind: Any, value: Any) -> Any:
    """A value of a kind with the names that Python gives; the caller's own keys, and what is no name here, stay."""
    if isinstance(value, dict):
        if is_typeddict(kind):
            hints = get_type_hints(kind)
            known = {camel(name): name for name in hints}
            found = {(known[key] if key in known else key): item for key, item in value.items()}  # noqa: SIM401 - typed
            return {name: python_names(hints.get(name), item) for name, item in found.items()}
        return {key: python_names(_held(kind), item) for key, item in value.items()}
    return [python_names(_held(kind), item) for item in value] if isinstance(value, list) else value


def schema_names(kind: type[Any], message: str) -> str:
    """What is said of the arguments of a kind, with the names that programs of other languages write."""
    names = {name for part in (kind, *_used(kind)) for name in get_type_hints(part)}
    return re.sub(r"\b[a-z]+(?:_[a-z]+)+\b", lambda found: camel(found[0]) if found[0] in names else found[0], message)


def _held(kind: Any) -> Any:
    """What a list or a map holds."""
    return (get_args(kind) or (None,))[-1]


def _used(kind: type[Any]) -> Iterator[type[Any]]:
    """The kinds of map inside a kind, each after those that it holds."""
    for hint in get_type_hints(kind).values():
        inner = hint if is_typeddict(hint) else _held(hint)
        if is_typeddict(inner):
            yield from _used(inner)
            yield inner


def _token(kind: type[Any]) -> str:
    return f"{NAME}:index:{_SCHEMA_NAMES.get(kind, kind.__name__)}"


def _resource(component: type[pulumi.ComponentResource], arguments: type[Any]) -> dict[str, Any]:
    described, hints = _descriptions(component), inspect.get_annotations(component)
    taken = _object(arguments)
    return {
        "isComponent": True,
        "description": inspect.getdoc(component),
        "type": "object",
        "inputProperties": taken["properties"],
        "requiredInputs": taken.get("required", []),
        "properties": {camel(name): {**_output(hint), "description": described[name]} for name, hint in hints.items()},
        "required": sorted(camel(name) for name, hint in hints.items() if type(None) not in get_args(hint)),
    }


def _object(kind: type[Any]) -> dict[str, Any]:
    described = {
        name: text for part in (*getattr(kind, "__orig_bases__", ()), kind) for name, text in _descriptions(part).items()
    }
    required = sorted(camel(name) for name in kind.__required_keys__)
    return {
        "type": "object",
        "description": inspect.getdoc(kind),
        "properties": {camel(name): {**_type(hint), "description": described[name]} for name, hint in parts(kind).items()},
        **({"required": required} if required else {}),
    }


def _type(hint: Any) -> dict[str, Any]:
    """One argument's type. `plain` is what must be known when the program runs."""
    plain = {"plain": True}
    if get_origin(hint) is Annotated:
        hint, *marks = get_args(hint)
        if any(isinstance(mark, Opaque) for mark in marks):
            plain = {}
    if is_typeddict(hint):
        return {"$ref": f"#/types/{_token(hint)}", **plain}
    if get_origin(hint) is list:
        return {"type": "array", "items": _type(_held(hint)), **plain}
    if get_origin(hint) is dict:
        return {"type": "object", "additionalProperties": _type(_held(hint)), **plain}
    return {"type": _WORDS[hint], **plain}


def _output(hint: Any) -> dict[str, Any]:
    if get_origin(hint) is dict:
        return {"type": "object", "additionalProperties": _output(_held(hint))}
    (kind,) = (item for item in get_args(hint) if item is not type(None))
    return _output(kind) if get_origin(kind) is pulumi.Output else {"type": _WORDS[kind]}


def _descriptions(kind: type[Any]) -> dict[str, str]:
    """The text under each annotation of a class; Python does not keep it."""
    source = inspect.getsource(kind) if getattr(kind, "__module__", "").startswith("cenguard") else "class Nothing: ..."
    (body,) = (node.body for node in ast.parse(source).body if isinstance(node, ast.ClassDef))
    return {
        name.target.id: inspect.cleandoc(text.value.value)
        for name, text in pairwise(body)
        if isinstance(name, ast.AnnAssign) and isinstance(name.target, ast.Name)
        and isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant) and isinstance(text.value.value, str)
    }  # fmt: skip
