"""What a string of a document is made of: parts that stay, and parts that somebody gave."""

import re
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from cenguard.commands.anonymising.words import ACCOUNT, ID, PROVIDERS, TOKEN, UUID, Words
from cenguard.geography.blocks import block
from cenguard.resources.urns import START


class Kind(StrEnum):
    """What a part is, and what its new name looks like."""

    NAME = "name"
    TEXT = "text"
    ID = "id"
    UUID = "uuid"
    ACCOUNT = "account"
    BLOCK = "block"
    SECRET = "secret"  # noqa: S105 - a kind


class Part(NamedTuple):
    """A part that is replaced, the same everywhere by the same."""

    kind: Kind
    text: str


Parts = tuple["str | Part", ...]

_POSITION = re.compile(
    r"(?P<project>project://)?/?(?P<path>[^\s#:]*(?(project)|\.(py|ts|js|go|yaml|yml|hcl|tf|java|cs|sh)))(?P<rest>([#:]\d+([,:]\d+)?)?)\Z"
)
_NAME_WITH_KEY = re.compile(r'([^\[\]"]+)\["((?:[^"\\]|\\.)*)"\]([^\[\]"]*)\Z')
_PROVIDER = re.compile(r"((?:module\.[\w-]+(?:\[[^\]]*\])?\.?)*)(:?)([a-z][\w-]*)(?:\.([\w-]+))?\Z")
_STATE_PROVIDER = re.compile(r'((?:module\.[\w-]+\.)*)provider\["([^"]+)"\](?:\.([\w-]+))?\Z')
_RESOURCE_TYPE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)+\Z")
_SEGMENT = re.compile(r'([^.\[\]]+)((?:\[(?:"(?:[^"\\]|\\.)*"|\d+|\*|[\w.]+)\])*)(\.|\Z)')
_INDEX = re.compile(r'\[("(?:[^"\\]|\\.)*"|\d+|\*|[\w.]+)\]')
_TEMPLATE = re.compile(r"\$\{([^}]*)\}\Z")
_IPV6 = re.compile(r"[0-9a-f]{0,4}(:[0-9a-f]{0,4}){2,7}(/\d+)?\Z")
_REGION = re.compile(r"(ccn-)?[a-z]{2}-[a-z]+(-\d+)?(-[a-z]+)?\Z")
_SCHEMA_PATH = re.compile(r"[A-Za-z_]\w*((\.[A-Za-z_]\w*)|(\[\d+\]))*\Z")
_REGISTRY = re.compile(r"([a-z0-9.-]+\.[a-z]+(?::\d+)?/)?([\w-]+)/([\w-]+)\Z")
_ARN = re.compile(r"(acs:[a-z]+:[\w*-]*:)(\d+):((?:role|user|group|policy|saml-provider|oidc-provider)/)?(.+)\Z")
"""What an account has, such as the role that a provider takes on: `acs:ram::ACCOUNT:role/NAME`. Who it is decides CEN103."""
_PUBLIC = ("registry.terraform.io/", "registry.opentofu.org/", "terraform.io/")
"""Registries that are everybody's: the host of another one, and whose providers it has, are their owner's."""
_WITHOUT_NAME = {"each", "count", "path", "self", "terraform"}


class Strings:
    """Splits strings; `words` says what stays."""

    def __init__(self, words: Words) -> None:
        """Take what is nobody's."""
        self._stays = cache(words.stays)
        self.parts = cache(self._parts)
        self.name = cache(self._name)
        self.reference = cache(self._reference)
        self.provider = cache(self._provider)

    def _parts(self, text: str) -> Parts:
        """Of a value whose place says nothing about what it is."""
        if not text or self._stays(text):
            return (text,)
        for read in (self._urn, self._arn, self._position, self._block, self._state_provider, self._address, self._compound):
            found = read(text)
            if found is not None:
                return found
        return (self._atom(text),)

    def _name(self, text: str) -> Parts:
        """Of a name: nothing of it stays, but zones and numbers among its keys."""
        if text.startswith(("module.", "alicloud_", "data.")) and self._address(text):
            return self._reference(text)  # Pulumi runs modules of Terraform under their addresses
        keyed = _NAME_WITH_KEY.match(text)
        if keyed:
            rest: Parts = (Part(Kind.NAME, keyed[3]),) if keyed[3].strip("-") else (keyed[3],)
            return (Part(Kind.NAME, keyed[1]), '["', *self._key(keyed[2]), '"]', *rest)
        if text.startswith("default_") and text[8:].replace("_", "").isdigit():
            return (text,)  # the engine's own name of a default provider
        return (Part(Kind.NAME, text),) if text and text != "default" else (text,)

    def _key(self, text: str) -> Parts:
        return (text,) if self._stays(text) else (self._atom(text),)

    def _atom(self, text: str) -> "str | Part":
        if UUID.match(text):
            return Part(Kind.UUID, text)
        if ACCOUNT.match(text):
            return Part(Kind.ACCOUNT, text)
        if ID.match(text):
            return Part(Kind.ID, text)
        if len(text) < 80 and not re.search(r"\s", text):
            return Part(Kind.NAME, text)
        return Part(Kind.TEXT, text)

    def _urn(self, text: str) -> Parts | None:
        if not text.startswith(START):
            return None
        pieces = text[len(START) :].split("::", 3)
        if len(pieces) < 4:
            return None
        stack, project, kind, rest = pieces
        name, colons, identity = (
            rest.rpartition("::") if kind.rpartition("$")[2].startswith("pulumi:providers:") else ("", "", "")
        )
        if not UUID.match(identity):  # a name may hold colons itself
            name, colons = rest, ""
        of_stack = kind == "pulumi:pulumi:Stack" and rest == f"{project}-{stack}"
        named = (*self._name(project), "-", *self._name(stack)) if of_stack else self._name(name)
        own = (colons, *self._parts(identity)) if colons else ()
        return (START, *self._name(stack), "::", *self._name(project), f"::{kind}::", *named, *own)

    def _arn(self, text: str) -> Parts | None:
        found = _ARN.match(text)
        if found is None:
            return None
        return (found[1], Part(Kind.ACCOUNT, found[2]), ":", found[3] or "", Part(Kind.NAME, found[4]))

    def _position(self, text: str) -> Parts | None:
        found = _POSITION.match(text)
        if found is None or not (found["project"] or found["rest"] or "/" in text or text.startswith("__")):
            return None
        path = "../library.py" if ".." in found["path"].split("/") else "program.py"
        return (f"{'project:///' if found['project'] else ''}{path}{found['rest']}",)

    def _block(self, text: str) -> Parts | None:
        if text in ("0.0.0.0/0", "::/0"):
            return (text,)
        if block(text) or block(f"{text}/32") or _IPV6.match(text):
            return (Part(Kind.BLOCK, text),)
        return None

    def _compound(self, text: str) -> Parts | None:
        """Several values in one: ids joined by colons, an organisation with project and stack."""
        for mark in (":", "/", ","):
            pieces = text.split(mark)
            if len(pieces) > 1 and all(re.fullmatch(r"[\w.-]+", piece) for piece in pieces):
                of_public = text.startswith(_PUBLIC) and is_registry_address(text)
                if TOKEN.match(text) or of_public or (mark == ":" and pieces[0] in PROVIDERS):
                    return (text,)
                found: list[str | Part] = []
                for piece in pieces:
                    found += [mark, *((piece,) if piece in (".", "..") else self._parts(piece))]
                return tuple(found[1:])
        return (text,) if TOKEN.match(text) else None

    def _state_provider(self, text: str) -> Parts | None:
        found = _STATE_PROVIDER.match(text)
        if found is None:
            return None
        alias: Parts = (".", *self._name(found[3])) if found[3] else ()
        return (*self._modules(found[1]), 'provider["', *self.registry(found[2]), '"]', *alias)

    def registry(self, text: str) -> Parts:
        """Of a provider's address: of a registry that is not everybody's, what the provider is called stays alone."""
        found = _REGISTRY.match(text)
        if found is None or not found[1] or text.startswith(_PUBLIC):
            return (text,)
        return (Part(Kind.NAME, found[1][:-1]), "/", Part(Kind.NAME, found[2]), f"/{found[3]}")

    def _provider(self, text: str) -> Parts:
        """Of a provider's configuration in Terraform: `module.net:alicloud.fra`."""
        found = _PROVIDER.match(text)
        if found is None:
            return self._parts(text)
        alias: Parts = (".", *self._name(found[4])) if found[4] else ()
        return (*self._modules(found[1]), found[2], found[3], *alias)

    def _modules(self, text: str) -> Parts:
        return self._reference(text) if text else ()

    def _address(self, text: str) -> Parts | None:
        """Of an address or a reference of Terraform, where the string is one for certain."""
        template = _TEMPLATE.match(text)
        if template:
            return ("${", *self._reference(template[1]), "}")
        segments = _segments(text)
        if segments is None or len(segments) < 2:
            return None
        first = segments[0][0]
        known = first in (
            "module",
            "data",
            "var",
            "local",
            "each",
            "count",
            "ephemeral",
            "action",
            "list",
            "check",
            "output",
            "resource",
        )
        return self._reference(text) if known or _RESOURCE_TYPE.match(first) else None

    def _reference(self, text: str) -> Parts:
        """Of an address or a reference: types and attributes stay, names and keys do not."""
        segments = _segments(text)
        if segments is None:
            return self._parts_of_name(text)
        found: list[str | Part] = []
        expects = "start"
        for word, indices, dot in segments:
            if expects == "start":
                found.append(word)
                expects = {"module": "module", "data": "type", "ephemeral": "type", "action": "type", "list": "type", "resource": "type",
                           "var": "names", "local": "names", "check": "names", "output": "names"}.get(word, "attributes" if word in _WITHOUT_NAME else "name")  # fmt: skip
                if word == "each":
                    expects = "each"
            elif expects == "type":
                found.append(word)
                expects = "name"
            elif expects == "name":
                found += self._name(word)
                expects = "attributes"
            elif expects == "module":
                found += self._name(word)
                expects = "inside"
            elif expects == "inside":
                if word in ("module", "data") or (_RESOURCE_TYPE.match(word) and dot):
                    found.append(word)
                    expects = {"module": "module", "data": "type"}.get(word, "name")
                else:
                    found += self._name(word)
                    expects = "names"
            elif expects == "each":
                found.append(word)
                expects = "names" if word == "value" else "attributes"
            elif expects == "names":
                found += self._name(word)
            else:
                found.append(word)
            for index in _INDEX.findall(indices):
                found.append("[")
                found += ('"', *self._key(index[1:-1]), '"') if index.startswith('"') else (index,)
                found.append("]")
            found.append(dot)
        return tuple(found)

    def _parts_of_name(self, text: str) -> Parts:
        return (text,) if self._stays(text) or not text else (self._atom(text),)


def _segments(text: str) -> list[tuple[str, str, str]] | None:
    found: list[tuple[str, str, str]] = []
    place = 0
    while place < len(text):
        match = _SEGMENT.match(text, place)
        if match is None or re.search(r"[\s/:]", match[1]):
            return None
        found.append((match[1], match[2], match[3]))
        place = match.end()
    return found


def is_region(text: str) -> bool:
    """Whether a value is spelled like a region, known or not.

    >>> is_region("cn-nowhere-7"), is_region("core")
    (True, False)
    """
    return _REGION.match(text) is not None


def is_schema_path(text: str) -> bool:
    """Whether a string can be the path of a property: `zoneMappings[0].zoneId`."""
    return _SCHEMA_PATH.match(text) is not None


def is_registry_address(text: str) -> bool:
    """Whether a string can be a provider's address.

    >>> is_registry_address("registry.terraform.io/aliyun/alicloud"), is_registry_address("aliyun/alicloud"), is_registry_address("shop/net")
    (True, True, False)
    """
    found = _REGISTRY.match(text)
    return found is not None and (bool(found[1]) or found[3] in PROVIDERS)
