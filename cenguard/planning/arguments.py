"""The shape of what people write when they declare a network, as pydantic models.

Shape only: what holds between the parts is checked in `cenguard.planning.intent`. Ids, owners and tag values may be outputs of
other resources, so they stay opaque: nothing here reads or prints them.
"""

import ipaddress
import json
import re
from collections.abc import Mapping
from inspect import isclass
from typing import Annotated, Any, TypeVar, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from cenguard.errors import Problem, nearest
from cenguard.geography.areas import AreaPair
from cenguard.geography.bandwidth import Mbps, whole_mbps
from cenguard.planning.plan import Billing, Edition

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_SHOWN = 40


def is_plain(value: object) -> bool:
    """Whether a value is written down now, rather than an output that is known later."""
    return value is None or isinstance(value, (str, int, float, Mapping, list, tuple))


def shown(value: object) -> str:
    """A plain value as a message may quote it; an output is only named as one."""
    if not is_plain(value):
        return "an output of a resource"
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
    if isinstance(value, (bool, float, Mapping, list, tuple)):
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
    # Source: the provider's check of `period`; the service sells years under another unit that the provider never sends.
    if months not in (1, 2, 3, 6, 12):
        raise _refuse(value, "a number of months that is sold: 1, 2, 3, 6 or 12")
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


Text = Annotated[str, BeforeValidator(_text)]
Opaque = Annotated[Any, BeforeValidator(_opaque)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Bandwidth = Annotated[int, BeforeValidator(_positive)]
Override = Annotated[int, BeforeValidator(_not_negative)]
BillingName = Annotated[Billing, BeforeValidator(_billing)]
EditionName = Annotated[Edition, BeforeValidator(_edition)]
Tags = dict[str, Opaque]


class Shape(BaseModel):
    """Base of every part: unknown keys are mistakes, and a parsed part does not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Grant(Shape):
    """The permission that the owner of a network gives to the owner of the instance."""

    cen_owner: Opaque


class Network(Shape):
    """One network to attach."""

    region: Text
    kind: Text = "VPC"
    id: Opaque
    cidrs: tuple[Annotated[str, BeforeValidator(_cidr)], ...] = ()
    owner: Opaque | None = None
    grant: Grant | None = None
    name: Text | None = None
    tags: Tags = Field(default_factory=dict)
    vswitches: dict[str, Opaque] = Field(default_factory=dict)
    zones: tuple[Text, ...] = ()
    table: Text | None = None


class Mesh(Shape):
    """Every region with every other."""

    bandwidth: Bandwidth
    billing: BillingName = Billing.PACKAGE


class Hub(Mesh):
    """One region with every other."""

    region: Text


class Pair(Mesh):
    """Two regions."""

    regions: Annotated[tuple[Text, Text], BeforeValidator(_two)]


class OverridePair(Shape):
    """What differs for one pair of a mesh, a hub or a list."""

    bandwidth: Override | None = None
    billing: BillingName | None = None


class Interconnect(Shape):
    """Who talks to whom: exactly one of mesh, hub and pairs."""

    mesh: Mesh | None = None
    hub: Hub | None = None
    pairs: tuple[Pair, ...] | None = None
    overrides: dict[str, OverridePair] = Field(default_factory=dict)


class Existing(Shape):
    """A package bought elsewhere."""

    id: Opaque
    bandwidth: Bandwidth
    attached: Flag = False


class Packages(Shape):
    """Bandwidth packages: what to buy and how, and what is there already."""

    payment_type: Annotated[str, BeforeValidator(_payment)] | None = None
    period: Annotated[int, BeforeValidator(_period)] | None = None
    auto_renew: Flag | None = None
    sizes: dict[str, Bandwidth] = Field(default_factory=dict)
    existing: dict[str, Existing] = Field(default_factory=dict)


class Instance(Shape):
    """The CEN instance: how a new one is called, or the id of an existing one."""

    name: Text | None = None
    tags: Tags = Field(default_factory=dict)
    existing_id: Opaque | None = None


class RouteTable(Shape):
    """A route table of one's own, in the router of one region."""

    region: Text
    name: Text | None = None


SCALARS: Mapping[str, TypeAdapter[Any]] = {
    "edition": TypeAdapter(EditionName),
    "tags": TypeAdapter(Tags),
    "protect": TypeAdapter(Flag),
    "areas": TypeAdapter(dict[str, Text]),
    "aliases": TypeAdapter(dict[str, Text]),
}
"""Arguments without named parts."""

S = TypeVar("S", bound=BaseModel)


def shape(model: type[S], raw: object, path: str, problems: list[Problem]) -> S | None:
    """The model made of a plain map; None when it has problems, which are added to the list."""
    try:
        return model.model_validate(without_none(raw))
    except ValidationError as error:
        problems += [_problem(item, path, model) for item in error.errors(include_url=False)]
        return None


def scalar(name: str, raw: object, problems: list[Problem]) -> Any:
    """The value of an argument without named parts; None when it has problems."""
    try:
        return SCALARS[name].validate_python(without_none(raw))
    except ValidationError as error:
        problems += [_problem(item, name, None) for item in error.errors(include_url=False)]
        return None


def entries(raw: object, path: str, problems: list[Problem]) -> Mapping[str, object]:
    """A map by the caller's keys; keys become names of resources, so their letters are limited."""
    if not isinstance(raw, Mapping):
        problems.append(Problem(path, "must be a map by keys of your choice, known when the program runs"))
        return {}
    problems += [
        Problem(path, f"key {shown(key)} may hold only letters, digits and . _ -")
        for key in raw
        if not isinstance(key, str) or not _KEY.fullmatch(key)
    ]
    return raw


def area_pair_of(text: str, known: Mapping[str, object]) -> AreaPair | str:
    """The area pair that a key such as `China/Europe` names, in either order; else what is wrong with it."""
    parts = text.split("/")
    if len(parts) != 2:
        return f"{shown(text)} is not two areas with a slash between, such as China/Europe"
    for part in parts:
        if part not in known:
            close = nearest(part, known)
            return f"{shown(part)} is not an area" + (f"; did you mean {close}?" if close else f": {', '.join(known)}")
    return AreaPair(*parts)


def without_none(value: object) -> object:
    """The value without the keys that hold nothing: other languages send what was left out as null."""
    if isinstance(value, Mapping):
        return {key: without_none(item) for key, item in value.items() if item is not None}
    return [without_none(item) for item in value] if isinstance(value, (list, tuple)) else value


def _problem(error: ErrorDetails, path: str, model: type[BaseModel] | None) -> Problem:
    # Pydantic names the arms of a union in the place; people wrote no such key.
    where = [part for part in error["loc"] if not (isinstance(part, str) and part.startswith("function-"))]
    full = path + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in where)
    match error["type"]:
        case "missing":
            return Problem(full, "missing")
        case "extra_forbidden":
            known = _names(model, where[:-1])
            close = nearest(str(where[-1]), known)
            return Problem(full, "is not an argument" + (f"; did you mean {close}?" if close else f": {', '.join(known)}"))
        case "model_type" | "model_attributes_type" | "dict_type":
            return Problem(full, "must be a map of named values, known when the program runs")
        case "tuple_type":
            return Problem(full, "must be a list, known when the program runs")
        case _:
            return Problem(full, error["msg"])


def _names(model: type[BaseModel] | None, where: list[Any]) -> tuple[str, ...]:
    """The names that the part at a place has."""
    kind: Any = model
    for part in where:
        kind = _arm(kind)
        kind = kind.model_fields[part].annotation if _is_model(kind) else _arm(kind, within=True)
    kind = _arm(kind)
    return tuple(kind.model_fields) if _is_model(kind) else ()


def _is_model(kind: Any) -> bool:
    return isclass(kind) and issubclass(kind, BaseModel)


def _arm(kind: Any, *, within: bool = False) -> Any:
    """The type without `| None`; with `within`, what a list or a map of it holds."""
    arms = [arm for arm in get_args(kind) if arm not in (type(None), ...)]
    optional = type(None) in get_args(kind)
    return arms[-1] if arms and (within or optional) else kind
