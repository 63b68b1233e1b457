"""Words of the language of programs in YAML, which the engine takes in any case: `Resources`, `Protect`, `Fn::ToJSON`.

It warns of them and goes on, so a program that is written so is made as any other: run with `RunTemplate` of
github.com/pulumi/pulumi-yaml 1.38.1, `findings/pulumi-yaml-any-case.sh`.
"""

from collections.abc import Mapping, Sequence

from cenguard.errors import nearest

FIRST = "fn::"
RESOURCE = ("type", "name", "defaultProvider", "properties", "options", "get", "metadata")
"""What a resource has."""
OPTIONS = (
    "additionalSecretOutputs", "aliases", "customTimeouts", "deleteBeforeReplace", "dependsOn", "ignoreChanges", "import", "parent",
    "protect", "provider", "providers", "version", "pluginDownloadURL", "replaceOnChanges", "retainOnDelete", "replaceWith",
    "deletedWith", "hideDiffs", "replacementTrigger", "envVarMappings",
)  # fmt: skip
"""What its `options` have."""
_LISTS_OF_TEXTS = ("additionalSecretOutputs", "ignoreChanges", "replaceOnChanges")
"""Options that hold no expression."""
_TOP = ("name", "description", "pulumi", "config", "configuration", "variables", "resources", "outputs", "components")
_VALUE = ("type", "name", "secret", "default", "value", "items")
_LOOK_UP = ("id", "state")
_FUNCTIONS = (
    "fn::invoke", "fn::join", "fn::toJSON", "fn::toBase64", "fn::fromBase64", "fn::select", "fn::split", "fn::stackReference",
    "fn::assetArchive", "fn::secret", "fn::readFile",
)  # fmt: skip


def _by_small_letters(*words: str) -> Mapping[str, str]:
    return {item.lower(): item for item in words}


_AT_TOP, _OF_VALUE, _OF_RESOURCE = _by_small_letters(*_TOP), _by_small_letters(*_VALUE), _by_small_letters(*RESOURCE)
_OF_OPTIONS, _OF_LOOK_UP, _CALLED = _by_small_letters(*OPTIONS), _by_small_letters(*_LOOK_UP), _by_small_letters(*_FUNCTIONS)


def word(where: tuple[str, ...], key: str) -> str:
    """What a key means at a place: the word of the language that it spells in some way, else itself.

    >>> word((), "Resources"), word(("resources", "core"), "TYPE"), word(("resources", "core", "options"), "dependson")
    ('resources', 'type', 'dependsOn')
    >>> word(("resources", "core", "properties"), "Type"), word(("variables",), "Fn::ToJSON")
    ('Type', 'fn::toJSON')
    """
    small = key.lower()
    if small.startswith(FIRST):
        return _CALLED.get(small, f"{FIRST}{key[len(FIRST) :]}")
    match where:
        case ():
            return _AT_TOP.get(small, key)
        case ("config" | "configuration", _):
            return _OF_VALUE.get(small, key)
        case ("resources", _):
            return _OF_RESOURCE.get(small, key)
        case ("resources", _, "options"):
            return _OF_OPTIONS.get(small, key)
        case ("resources", _, "get"):
            return _OF_LOOK_UP.get(small, key)
    return key


def not_taken(key: str, held: object, words: Sequence[str]) -> str | None:
    """Why a key of a resource or of its options is refused, with what it holds; the engine refuses it as well.

    >>> not_taken("depends_on", [], OPTIONS)
    'depends_on is nothing that the options of a resource have; did you mean dependsOn?'
    >>> not_taken("ignoreChanges", "tags", OPTIONS), not_taken("ignoreChanges", ["tags"], OPTIONS)
    ('a list of texts was expected', None)
    """
    if key in words:
        if words is not OPTIONS or key not in _LISTS_OF_TEXTS or held is None:
            return None
        is_right = isinstance(held, list) and all(isinstance(item, str) for item in held)
        return None if is_right else "a list of texts was expected"
    hint = nearest(key, words)
    has = "the options of a resource have" if words is OPTIONS else "a resource has"
    return f"{key} is nothing that {has}{f'; did you mean {hint}?' if hint else ': ' + ', '.join(words)}"
