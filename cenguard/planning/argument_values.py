"""The kinds of value that an argument holds, each with its check: what is wrong is said in the words of the page.

Ids, owners and tag values may be outputs of other resources. They stay opaque: nothing here reads or prints them.
"""

import ipaddress
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, GetCoreSchemaHandler
from pydantic_core import PydanticCustomError, core_schema

from cenguard.geography.bandwidth import PERIODS, Mbps, whole_mbps
from cenguard.planning.plan import Billing, Edition

_SHOWN = 40
_EXACT = 2**53
"""Up to here a number that was sent with a fraction is the one that was written."""


def is_plain(value: object) -> bool:
    """Whether a value is written down now, rather than an output that is known later."""
    return value is None or isinstance(value, (str, int, float, Mapping, list, tuple))


def shown(value: object) -> str:
    """A plain value as a message may quote it; an output is only named as one.

    Other languages send whole numbers with a fraction of nothing.
    """
    if not is_plain(value):
        return "an output of a resource"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    try:
        text = json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError):
        return "a value that holds outputs"
    return text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."


def _refuse(value: object, expected: str) -> PydanticCustomError:
    if not is_plain(value):
        return PydanticCustomError("argument", "must be known when the program runs: write it out, outputs will not do here")
    # The text goes in as a value: pydantic would take braces in it for places to fill.
    return PydanticCustomError("argument", "{text}", {"text": f"{shown(value)} is not {expected}"})


def _text(value: object) -> str:
    if isinstance(value, str) and value.strip():
        return value
    raise _refuse(value, "a text")


def _opaque(value: object) -> object:
    if value is None or (isinstance(value, str) and not value.strip()):
        raise PydanticCustomError("argument", "empty")
    if isinstance(value, float) and value.is_integer() and abs(value) <= _EXACT:
        value = int(value)  # so other languages send a number that is written where a text belongs
    if isinstance(value, (bool, float, bytes, Mapping, list, tuple, set, frozenset)):
        raise PydanticCustomError("argument", "must be a text, or an output that yields one")
    return str(value) if isinstance(value, int) else value


def _mbps(value: object) -> Mbps:
    mbps = whole_mbps(value)
    if mbps is None:
        raise _refuse(value, "a whole number of Mbps")
    return mbps


def _positive(value: object) -> Mbps:
    mbps = _mbps(value)
    if mbps < 1:
        raise _refuse(value, "1 Mbps or more")
    return mbps


def _not_negative(value: object) -> Mbps:
    mbps = _mbps(value)
    if mbps < 0:
        raise _refuse(value, "a number of Mbps, or 0 to leave the pair out")
    return mbps


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise _refuse(value, "true or false")


def _edition(value: object) -> Edition:
    try:
        return Edition(value)  # type: ignore[arg-type]  # whatever is no member raises
    except ValueError:
        raise _refuse(value, "basic or enterprise") from None


def _billing(value: object) -> Billing:
    try:
        return Billing(value)  # type: ignore[arg-type]  # whatever is no member raises
    except ValueError:
        raise _refuse(value, "package or traffic") from None


def _payment(value: object) -> str:
    if value in ("PrePaid", "PostPaid"):
        return str(value)
    raise _refuse(value, "PrePaid or PostPaid")


def _period(value: object) -> int:
    months = whole_mbps(value)
    if months not in PERIODS:
        raise _refuse(value, f"a number of months that is sold: {', '.join(map(str, PERIODS[:-1]))} or {PERIODS[-1]}")
    return months


def _cidr(value: object) -> str:
    try:
        return str(ipaddress.IPv4Network(_text(value)))
    except ValueError:
        raise _refuse(value, "an IPv4 block such as 10.0.0.0/16") from None


def _two(value: object) -> object:
    if isinstance(value, (list, tuple)) and len(value) == 2:
        return value
    raise _refuse(value, "a list of two regions")


class Opaque:
    """Marks a value that may be an output: looked at only as far as it is written out."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """What pydantic asks for; the SDK's own type, of which the values are, says nothing to it."""
        return core_schema.no_info_plain_validator_function(self.read)

    @staticmethod
    def read(value: object) -> object:
        """The value, as far as it is written out."""
        return _opaque(value)


class OpaqueOrEmpty(Opaque):
    """Marks such a value that may also be an empty text, as the value of a tag may. Source: TagResources, `Tag.N.Value`."""

    @staticmethod
    def read(value: object) -> object:
        """The value, as far as it is written out."""
        return value if isinstance(value, str) else _opaque(value)


if TYPE_CHECKING:
    from pulumi import Input as Input  # noqa: PLC0414 - handed on

    Map = Mapping
    Row = Sequence
    Tags = Mapping[str, Input[str]]
else:
    # A caller may have typed them as narrowly as they like; what is read of them is plain.
    Map, Row = dict, list
    Tags = dict[str, Annotated[str, OpaqueOrEmpty()]]

    class Input:
        """`pulumi.Input` as it is read here, where Pulumi need not be installed."""

        def __class_getitem__(cls, kind: Any) -> Any:
            """The kind of value, marked as one that may be an output."""
            return Annotated[kind, Opaque()]


Text = Annotated[str, BeforeValidator(_text)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Bandwidth = Annotated[int, BeforeValidator(_positive)]
BandwidthOrNone = Annotated[int, BeforeValidator(_not_negative)]
Months = Annotated[int, BeforeValidator(_period)]
Payment = Annotated[str, BeforeValidator(_payment)]
Block = Annotated[str, BeforeValidator(_cidr)]
TwoRegions = Annotated[Row[Text], BeforeValidator(_two)]
EditionName = Annotated[str, BeforeValidator(_edition)]
BillingName = Annotated[str, BeforeValidator(_billing)]
