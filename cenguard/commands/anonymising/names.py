"""New names for what is replaced: numbered in the order of what they stand for, so that nothing which is sorted moves."""

import re
from collections import defaultdict
from collections.abc import Iterable

from cenguard.commands.anonymising.strings import Kind, Part
from cenguard.commands.anonymising.words import ID
from cenguard.geography.blocks import RESERVED, block


class NewNames:
    """What each part becomes."""

    def __init__(self, parts: Iterable[Part]) -> None:
        """Number everything that is to be replaced.

        Raises:
            ValueError: no shift of the addresses leaves every relation as it is; the block in the way.
        """
        by_kind: dict[str, set[str]] = defaultdict(set)
        for part in parts:
            by_kind[self._group(part)].add(part.text)
        self._new: dict[Part, str] = {}
        for group, texts in sorted(by_kind.items()):
            if group == Kind.BLOCK:
                self._blocks(texts)
                continue
            width = max(4, len(str(2 * len(texts))))
            number = 0
            for text in sorted(texts):
                while (number := number + 1) and (new := self._numbered(group, text, number, width)) in texts:
                    """A new name is none of the old ones."""
                self._new[Part(Kind(group.partition(" ")[0]), text)] = new

    def of(self, part: Part) -> str:
        """The new text of a part."""
        return self._new[part]

    def account(self, number: int) -> int:
        """The new account number for one that is a number."""
        return int(self._new[Part(Kind.ACCOUNT, str(number))])

    @staticmethod
    def _group(part: Part) -> str:
        if part.kind is Kind.ID:
            match = ID.match(part.text)
            return f"id {match[1]}" if match else part.kind
        if part.kind is Kind.ACCOUNT:
            return f"account {len(part.text)}"
        return part.kind

    @staticmethod
    def _numbered(group: str, text: str, number: int, width: int) -> str:
        kind, _, more = group.partition(" ")
        match kind:
            case "id":
                return f"{more}-{number:0{width}}"
            case "account":
                return str(10 ** (len(text) - 1) + number)
            case "uuid":
                return f"00000000-0000-4000-8000-{number:012}"
            case "secret":
                return f"ciphertext-{number:0{width}}"
            case _:
                return f"{kind}-{number:0{width}}"

    def _blocks(self, texts: set[str]) -> None:
        plain = {text: found for text in texts if (found := _addresses(text)) is not None}
        six = sorted(texts - {*plain})
        for number, text in enumerate(six, start=1):
            length = text.partition("/")[2]
            self._new[Part(Kind.BLOCK, text)] = f"2001:db8:{number:x}::{'/' + length if length else ''}"
        mask = _mask({*plain.values()})
        for text, (address, prefix) in plain.items():
            new = address ^ _kept_bits(mask, prefix)
            spelled = ".".join(str(new >> shift & 255) for shift in (24, 16, 8, 0))
            self._new[Part(Kind.BLOCK, text)] = spelled if prefix is None else f"{spelled}/{prefix}"


def _addresses(text: str) -> tuple[int, int | None] | None:
    address, slash, length = text.partition("/")
    if block(text if slash else f"{text}/32") is None:
        return None
    a, b, c, d = map(int, address.split("."))
    return (a << 24) | (b << 16) | (c << 8) | d, int(length) if slash else None


def _kept_bits(mask: int, length: int | None) -> int:
    """The part of a mask that a prefix of this length has; bits after the prefix stay as they were."""
    return mask if length is None else mask & ~((1 << (32 - length)) - 1)


def _mask(originals: set[tuple[int, int | None]]) -> int:
    """Bits to turn over: one mask for all keeps what held, overlapped or was equal; none of the new may be one of the old."""
    reserved = [found for text in RESERVED if (found := block(text)) is not None]

    def place(address: int) -> int | None:
        return next((number for number, row in enumerate(reserved) if row.first <= address <= row.last), None)

    stubborn = 0
    for high in range(256):
        for low in (5, 9, 37, 73, 131):
            mask = high << 24 | low << 16 | low << 8
            for address, length in originals:
                new = address ^ _kept_bits(mask, length)
                if (length != 0 and (new, length) in originals) or place(new) != place(address):
                    stubborn = address
                    break
            else:
                return mask
    raise ValueError(f"{stubborn >> 24}.…")


def text_of(parts: Iterable["str | Part"], names: NewNames) -> str:
    """A string put together again."""
    return "".join(part if isinstance(part, str) else names.of(part) for part in parts)


def worth_looking(text: str) -> bool:
    """Whether a string is long enough to be told from what anybody writes: six characters or more, not all digits and marks."""
    return len(text) >= 6 and re.search(r"[^\W_]", text) is not None
