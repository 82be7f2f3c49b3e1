"""Dataclasses as plain JSON data and back. The way back trusts nothing: what a field may hold, its type and two tables say."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from ownway.coach.events import EVENT_TYPES, Event, to_dict
from ownway.programme.diary import LONGEST_NOTE

Read = Callable[[Any], Any]

# Numbers by the name of their field, from and to; and lengths of texts. All as the diary's own tables hold them, else chosen by us:
# wide enough for everything that somebody does, narrow enough that every page can show it.
LIMITS: Mapping[str, tuple[float, float]] = {
    **dict.fromkeys(("pain", "pain_before", "pain_after", "pain_now", "pain_worst", "pain_average", "sleep"), (0, 10)),
    "number": (1, 1_000_000),
    "ticked": (1, 24),
    "activities": (0, 10),
    "active_min": (0, 1440),
    "birth_year": (1850, 2200),
    "height_cm": (30, 300),
    "range_deg": (0, 180),
    "half_period_s": (0, 3600),
}
_WIDEST = (-1e9, 1e9)
LONGEST: Mapping[str, int] = {
    "id": 32,
    "exercise_id": 64,
    "level_id": 32,
    "toml": 400_000,
    "name": 40,
    "language": 8,
    "zone": 64,
    "note": LONGEST_NOTE,
    "medicine": LONGEST_NOTE,
}
_LONG = 200
_EARLIEST, _LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


class StrangeValueError(ValueError):
    """A value that its place cannot hold. ``where`` is the way to it, the outermost first."""

    def __init__(self, value: object) -> None:
        self.value = value
        self.where: list[str] = []
        super().__init__(str(value)[:80])

    def within(self, name: str) -> StrangeValueError:
        """Return the error as seen from one step further out."""
        self.where.insert(0, name)
        return self


def to_plain(value: Any) -> Any:
    """Return a record as JSON data: its fields by their names, moments and days in ISO 8601."""
    if isinstance(value, Event):
        return to_dict(value)
    if is_dataclass(value):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: to_plain(one) for name, one in value.items()}
    return [to_plain(one) for one in value] if isinstance(value, tuple) else value


@lru_cache(maxsize=1024)
def reader(hint: Any, name: str = "") -> Read:
    """Return what reads a value of this type from plain data.

    Parameters
    ----------
    name : of the field, for its limits.

    The reader raises StrangeValueError for what cannot be one.
    """
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        (kind,) = (one for one in inner if one is not NoneType)
        some = reader(kind, name)
        return lambda plain: None if plain is None else some(plain)
    if origin is Literal:
        return lambda plain: plain if isinstance(plain, str) and plain in inner else _refuse(plain)
    if origin is tuple:
        return _tuple_reader(inner, name)
    if origin in (dict, Mapping):
        return _mapping_reader(reader(inner[1], name))
    if hint is Event:
        return _event
    return _record_reader(hint) if is_dataclass(hint) else _simple(hint, name)


def _simple(hint: type, name: str) -> Read:
    low, high = LIMITS.get(name, _WIDEST)
    longest = LONGEST.get(name, _LONG)
    simple: dict[type, Read] = {
        bool: lambda plain: plain if isinstance(plain, bool) else _refuse(plain),
        int: lambda plain: _whole(plain, low, high),
        float: lambda plain: _number(plain, low, high),
        str: lambda plain: _text(plain, longest, least=1 if name == "id" else 0),
        datetime: _moment,
        date: lambda plain: _iso(date, plain),
        time: lambda plain: _iso(time, plain),
    }
    return simple[hint]


def _refuse(plain: object) -> Any:
    raise StrangeValueError(plain)


def _whole(plain: object, low: float, high: float) -> int:
    if isinstance(plain, bool) or not isinstance(plain, int) or not low <= plain <= high:
        raise StrangeValueError(plain)
    return plain


def _number(plain: object, low: float, high: float) -> float:
    if isinstance(plain, bool) or not isinstance(plain, int | float) or not low <= plain <= high:
        raise StrangeValueError(plain)
    return float(plain) if math.isfinite(plain) else _refuse(plain)


def _text(plain: object, longest: int, least: int) -> str:
    if not isinstance(plain, str) or not least <= len(plain) <= longest:
        raise StrangeValueError(plain)
    if "\0" in plain or any("\ud800" <= letter <= "\udfff" for letter in plain):  # no diary can keep them
        raise StrangeValueError(plain.encode("utf-8", "replace"))
    return plain


def _moment(plain: object) -> datetime:
    moment: datetime = _iso(datetime, plain)
    if moment.tzinfo is None:
        raise StrangeValueError(plain)
    try:
        moment = moment.astimezone(UTC)
    except OverflowError:
        raise StrangeValueError(plain) from None
    return moment if _EARLIEST <= moment < _LATEST else _refuse(plain)


def _iso(kind: Any, plain: object) -> Any:
    if not isinstance(plain, str) or len(plain) > _LONG:
        raise StrangeValueError(plain)
    try:
        found = kind.fromisoformat(plain)
    except ValueError:
        raise StrangeValueError(plain) from None
    if isinstance(found, date) and not _EARLIEST.year <= found.year < _LATEST.year:
        raise StrangeValueError(plain)
    return found.replace(second=0, microsecond=0, tzinfo=None) if isinstance(found, time) else found


def _tuple_reader(inner: tuple[Any, ...], name: str) -> Read:
    if inner[-1] is Ellipsis:
        one = reader(inner[0], name)
        return lambda plain: tuple(read_at(one, item, f"[{place}]") for place, item in enumerate(_list(plain)))
    parts = tuple(reader(kind, name) for kind in inner)

    def read(plain: object) -> tuple[Any, ...]:
        items = _list(plain)
        if len(items) != len(parts):
            raise StrangeValueError(plain)
        return tuple(part(item) for part, item in zip(parts, items, strict=True))

    return read


def _mapping_reader(one: Read) -> Read:
    def read(plain: object) -> dict[str, Any]:
        return {_text(key, _LONG, 1): read_at(one, item, key) for key, item in _object(plain).items()}

    return read


def _record_reader(cls: Any) -> Read:
    hints = get_type_hints(cls)
    readers = {field.name: reader(hints[field.name], field.name) for field in fields(cls)}
    needed = {f.name for f in fields(cls) if f.default is MISSING and f.default_factory is MISSING}

    def read(plain: object) -> Any:
        told = _object(plain)
        if not needed <= told.keys() <= readers.keys():
            raise StrangeValueError(", ".join(sorted(needed - told.keys()) or sorted(told.keys() - readers.keys())))
        return cls(**{name: read_at(readers[name], item, name) for name, item in told.items()})

    return read


def _event(plain: object) -> Event:
    told = dict(_object(plain))
    kind = told.pop("kind", None)
    cls: Any = EVENT_TYPES.get(kind) if isinstance(kind, str) else None
    if cls is None:
        raise StrangeValueError(kind)
    event: Event = reader(cls)(told)
    return event


def read_at(read: Read, plain: Any, name: str) -> Any:
    """Return what is read there, or raise what is strange in it with the way to it."""
    try:
        return read(plain)
    except StrangeValueError as error:
        raise error.within(name) from None


def _list(plain: object) -> list[Any]:
    return plain if isinstance(plain, list) else _refuse(plain)


def _object(plain: object) -> dict[str, Any]:
    return plain if isinstance(plain, dict) else _refuse(plain)
