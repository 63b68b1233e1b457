"""A Pulumi project folder: its Pulumi.yaml, and the configuration of one of its stacks.

The SDK reads no configuration file, the engine does; so does this module, without the engine. A value that is encrypted
(`secure:`) cannot be read without its stack's passphrase and is replaced by `SECRET_MARK`.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cenguard.errors import UnreadableInput
from cenguard.readers.program.messages import SECRET_MARK
from cenguard.readers.program.yaml_lines import Document, UnquotedDate, read_yaml
from cenguard.sources.project import NO_PROJECT

SUFFIXES = (".yaml", ".yml", ".json")
_SCHEMA_KEYS = frozenset({"type", "description", "items", "default", "value", "secret"})
"""A mapping of these alone, in the `config` of Pulumi.yaml, describes a value instead of being one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigValue:
    """One configuration value as the engine would hand it to the program: always text."""

    text: str
    secret: bool = False
    path: str = ""
    """The file it comes from; empty when it was given on the command line."""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """What is needed to run the program of one stack."""

    folder: Path
    """Where Pulumi.yaml is."""
    name: str
    stack: str
    organization: str
    program: Path
    """The folder that holds `__main__.py`, or a single Python file."""
    config: Mapping[str, ConfigValue]
    """By full key, such as `alicloud:region`."""
    virtualenv: Path | None = None
    """The environment that the project's own commands use, when there is one."""
    runtime: str = "python"
    environments: tuple[str, ...] = ()
    """Environments outside this folder that the stack takes configuration from."""


def read_project(folder: Path, *, stack: str | None = None, config: Mapping[str, str] | None = None) -> Project:
    """The project in a folder, with the configuration of one stack and the values given over it."""
    if not folder.is_dir():
        raise UnreadableInput(str(folder), "is not a folder" if folder.exists() else "does not exist")
    file = _project_file(folder)
    document = read_yaml(file)
    settings = _mapping(document, document.value, "a mapping with name and runtime")
    name = settings.get("name")
    if not isinstance(name, str) or not name:
        raise document.error("name", "name is missing" if name is None else "name is not text")
    runtime, virtualenv = _runtime(document, settings)
    program = _program(document, settings, folder, runtime)
    values = dict(_declared(document, settings, name))
    files = _stack_files(document, settings, folder)
    chosen = _choose(folder, stack, files)
    environments: tuple[str, ...] = ()
    if chosen in files:
        stack_document = read_yaml(files[chosen])
        values |= dict(_configured(stack_document, name))
        environments = _environments(stack_document.value)
    for key, text in (config or {}).items():
        values[full_key(key, name)] = ConfigValue(text=text)
    return Project(
        folder=folder,
        name=name,
        stack=chosen,
        organization=_organization(stack),
        program=program,
        config=values,
        virtualenv=virtualenv,
        runtime=runtime,
        environments=environments,
    )


def full_key(key: str, project: str) -> str:
    """A configuration key with its namespace; one without gets the project's.

    >>> full_key("limit", "net"), full_key("alicloud:region", "net"), full_key("net:config:limit", "net")
    ('net:limit', 'alicloud:region', 'net:limit')
    """
    namespace, colon, name = key.partition(":")
    if not colon:
        return f"{project}:{key}"
    # The middle word is how the earliest versions of the engine wrote keys; it still reads them.
    return f"{namespace}:{name.removeprefix('config:')}"


def _project_file(folder: Path) -> Path:
    for suffix in SUFFIXES:
        file = folder / f"Pulumi{suffix}"
        if file.is_file():
            return file
    raise UnreadableInput(str(folder), NO_PROJECT)


def _mapping(document: Document, value: Any, expected: str, *path: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise document.error(*path, f"{expected} was expected")
    return value


def _runtime(document: Document, settings: Mapping[str, Any]) -> tuple[str, Path | None]:
    """The language of a program that can be read here, and the project's own environment; refuses other languages."""
    runtime = settings.get("runtime")
    options: Any = {}
    if isinstance(runtime, dict):
        options, runtime = runtime.get("options") or {}, runtime.get("name")
    if not isinstance(runtime, str):
        raise document.error("runtime", "runtime is missing")
    if runtime == "yaml" and not (isinstance(options, dict) and options.get("compiler")):
        return runtime, None
    if runtime != "python":
        raise document.error(
            "runtime",
            f"the program's runtime is {runtime}{' with a compiler' if runtime == 'yaml' else ''}; only python and yaml programs can be run here: "
            "give the document that `pulumi preview --json --show-sames` writes instead",
        )
    named = options.get("virtualenv") if isinstance(options, dict) else None
    folder = Path(document.path).parent
    for candidate in (named, "venv", ".venv"):
        if isinstance(candidate, str) and (folder / candidate / "pyvenv.cfg").is_file():
            return runtime, folder / candidate
    return runtime, folder / named if isinstance(named, str) else None


def _program(document: Document, settings: Mapping[str, Any], folder: Path, runtime: str) -> Path:
    main = settings.get("main")
    if main is not None and not isinstance(main, str):
        raise document.error("main", "main is not text")
    program = folder / main if main else folder
    if program.is_dir():
        if runtime == "python" and not (program / "__main__.py").is_file():
            raise UnreadableInput(str(program), "holds no __main__.py, the program that Pulumi.yaml speaks of")
    elif not program.is_file():
        raise document.error("main", f"{main} does not exist")
    return program


def _stack_files(document: Document, settings: Mapping[str, Any], folder: Path) -> dict[str, Path]:
    """The configuration file of every stack that has one."""
    named = settings.get("stackConfigDir")
    if named is None and isinstance(settings.get("config"), str):
        named = settings["config"]  # the older name of the same setting
    if named is not None and not isinstance(named, str):
        raise document.error("stackConfigDir", "stackConfigDir is not text")
    place = folder / named if named else folder
    if not place.is_dir():
        return {}
    found: dict[str, Path] = {}
    for suffix in SUFFIXES:
        for file in sorted(place.glob(f"Pulumi.*{suffix}")):
            found.setdefault(file.name.removeprefix("Pulumi.").removesuffix(suffix), file)
    return found


def _choose(folder: Path, stack: str | None, files: Mapping[str, Path]) -> str:
    known = ", ".join(sorted(files))
    if stack is not None:
        name = stack.rpartition("/")[2]
        if not name:
            raise UnreadableInput(str(folder), f"{stack!r} is not the name of a stack")
        if files and name not in files:
            raise UnreadableInput(str(folder), f"has no configuration for the stack {name}; there is one for {known}")
        return name
    if len(files) > 1:
        raise UnreadableInput(str(folder), f"has several stacks: choose one with --stack ({known})")
    return next(iter(files), "dev")


def _organization(stack: str | None) -> str:
    """The organization in a stack's full name; the engine's own default where it has none."""
    parts = (stack or "").split("/")
    return parts[0] if len(parts) > 1 and parts[0] else "organization"


def _declared(document: Document, settings: Mapping[str, Any], project: str) -> Iterator[tuple[str, ConfigValue]]:
    """Values that Pulumi.yaml gives to every stack: plain, or as a description's `value` or `default`."""
    config = settings.get("config")
    if config is None or isinstance(config, str):
        return
    for key, value in _mapping(document, config, "a mapping of configuration values", "config").items():
        given, path = value, ["config", key]
        if isinstance(value, dict) and value and value.keys() <= _SCHEMA_KEYS:
            where = "value" if "value" in value else "default"
            given = value.get(where)
            path.append(where)
            if given is None:
                continue
        if _holds_date(given):
            raise document.error(*path, "is a date without quotes, which the engine refuses in this file: put it in quotes")
        yield full_key(key, project), _config_value(document, given, path)


def _holds_date(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_holds_date, value.values()))
    return any(map(_holds_date, value)) if isinstance(value, list) else isinstance(value, UnquotedDate)


def _configured(document: Document, project: str) -> Iterator[tuple[str, ConfigValue]]:
    settings = document.value
    if settings is None:
        return
    config = _mapping(document, settings, "a mapping with config").get("config")
    if config is None:
        return
    for key, value in _mapping(document, config, "a mapping of configuration values", "config").items():
        yield full_key(key, project), _config_value(document, value, ["config", key])


def _config_value(document: Document, value: Any, path: list[str]) -> ConfigValue:
    plain, secret = _without_secrets(value)
    match plain:
        case None:
            text = ""
        case str():
            text = plain
        case bool() | dict() | list():
            text = json.dumps(plain, separators=(",", ":"), sort_keys=True, ensure_ascii=False)
        case _:
            text = str(plain)
    return ConfigValue(text=text, secret=secret, path=document.path, line=document.line(*path))


def _without_secrets(value: Any) -> tuple[Any, bool]:
    """A value with its encrypted parts replaced by the mark, and whether there were any."""
    if isinstance(value, dict):
        if value.keys() == {"secure"} and isinstance(value["secure"], str):
            return SECRET_MARK, True
        members = {key: _without_secrets(item) for key, item in value.items()}
        return {key: item for key, (item, _) in members.items()}, any(secret for _, secret in members.values())
    if isinstance(value, list):
        items = [_without_secrets(item) for item in value]
        return [item for item, _ in items], any(secret for _, secret in items)
    return value, False


def _environments(settings: Any) -> tuple[str, ...]:
    imports = settings.get("environment") if isinstance(settings, dict) else None
    if isinstance(imports, dict):
        imports = imports.get("imports")
    if not isinstance(imports, list):
        return ()
    return tuple(name if isinstance(name, str) else next(iter(name), "") for name in imports if isinstance(name, (str, dict)))
