"""From plain data to the dataclasses of ``schema``: what does not fit is collected, with the way of keys to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from ownway.errors import NOTHING, Said, later
from ownway.exercises.fields import LARGEST
from ownway.exercises.findings import Finding, did_you_mean, nearest, said, shown
from ownway.exercises.places import Path
from ownway.exercises.salvage import PUT_ASIDE

T = TypeVar("T")

_KINDS: dict[Any, str] = {
    str: later('a text in quotation marks, "like this"'),
    int: later("a whole number"),
    float: later("a number"),
    bool: later("true or false"),
    list: later("a list in brackets, [like, this]"),
    dict: later("a table"),
}


def build(cls: type[T], data: Mapping[str, Any], path: Path, found: list[Finding]) -> T:
    """Return ``cls`` filled from ``data``; what does not fit goes to ``found``, and its fields stay unset: see ``is_whole``.

    A key that is nearly one of those known is told, and taken for it, so that nothing else seems to be missing.
    """
    hints = get_type_hints(cls)
    meant = _meant(data, hints, path, found)
    result = object.__new__(cls)
    for field in fields(cls):  # type: ignore[arg-type]
        if field.name in meant:
            key = meant[field.name]
            before = _count(found)
            value = _fit(hints[field.name], data[key], (*path, key), found)
            if _count(found) == before or _is_of_tables(value):
                object.__setattr__(result, field.name, value)
        elif field.default is not MISSING:
            object.__setattr__(result, field.name, field.default)
        elif field.default_factory is not MISSING:
            object.__setattr__(result, field.name, field.default_factory())
        else:
            wanted = said(later("the key {key}"), key=field.name)
            mend = said(later("Add it: {about}."), about=said(_KINDS[_kind(hints[field.name])]))
            found.append(Finding((*path, field.name), wanted, None, mend))
    return result


def is_whole(value: Any) -> bool:
    """Return whether all fields are set, of what was built and of all within it."""
    if isinstance(value, tuple):
        return all(map(is_whole, value))
    if not is_dataclass(value):
        return True
    return all(hasattr(value, field.name) and is_whole(getattr(value, field.name)) for field in fields(value))


def _is_of_tables(value: Any) -> bool:
    """Return whether a value is a table or a list of tables: what could be read of it is worth looking at."""
    return is_dataclass(value) or (isinstance(value, tuple) and bool(value) and all(map(is_dataclass, value)))


def _count(found: list[Finding]) -> int:
    """Return how much has been found that leaves a field unset."""
    return sum(finding.expected.message != _UNKNOWN for finding in found)


_UNKNOWN = later("a key that is known here")
UNSAID = said("")  # expected where a value is missing for a reason that is told already


def _meant(data: Mapping[str, Any], hints: Mapping[str, Any], path: Path, found: list[Finding]) -> dict[str, str]:
    """Return which key of ``data`` is meant for which field."""
    meant = {name: name for name in hints if name in data}
    for key in data:
        if key not in hints:
            free = [name for name in hints if name not in meant]
            near = nearest(key, free)
            if near is not None or data[key] is not PUT_ASIDE:
                found.append(Finding((*path, key), said(_UNKNOWN), shown(key), did_you_mean(key, free or hints)))
            if near is not None:
                meant[near] = key
    return meant


_MOST_BITS = 63  # no number of a file comes near, and each of these can be reckoned with


def _kind(hint: Any) -> Any:
    """Return the plain type that TOML has for a hint."""
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return _kind(next(a for a in args if a is not NoneType))
    if origin is Literal:
        return str
    if origin is tuple:
        return list
    return dict if origin is Mapping or is_dataclass(hint) else hint


def _fit(hint: Any, value: Any, path: Path, found: list[Finding]) -> Any:
    """Return ``value`` as the type ``hint`` asks for."""
    if value is PUT_ASIDE:
        found.append(Finding(path, UNSAID))
        return None
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return _fit(next(a for a in args if a is not NoneType), value, path, found)
    if origin is Literal:
        if value not in args:
            names = ", ".join(map(str, args))
            found.append(
                Finding(path, said(later("one of {names}"), names=names), shown(value), _nearest_of(value, args))
            )
        return value
    return _of_kind(_kind(hint), hint, value, path, found)


def _of_kind(kind: Any, hint: Any, value: Any, path: Path, found: list[Finding]) -> Any:
    """Return ``value``, and all within it, as the plain type ``kind`` of TOML and the type ``hint``."""
    origin, args = get_origin(hint), get_args(hint)
    if kind in {int, float} and isinstance(value, int) and value.bit_length() > _MOST_BITS:
        wanted = said(later("a number from {least} to {most}"), least=f"{-LARGEST:g}", most=f"{LARGEST:g}")
        found.append(Finding(path, wanted, shown(value)))
        return None
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        found.append(Finding(path, said(_KINDS[kind]), shown(value), _brackets(hint, value, path)))
        return None
    if origin is tuple:
        return tuple(_fit(args[0], v, (*path, i), found) for i, v in enumerate(value))
    if origin is Mapping:
        return {k: _fit(args[1], v, (*path, k), found) for k, v in value.items()}
    if is_dataclass(hint):
        return build(hint, value, path, found)  # type: ignore[arg-type]
    return value


def _brackets(hint: Any, value: Any, path: Path) -> Said:
    """Return the remedy for the name of a table in too few brackets, or in too many."""
    if is_dataclass(hint) and isinstance(value, list):
        return said(later("Write its name [{name}]: there is only one."), name=path[-1])
    if isinstance(value, dict) and any(map(is_dataclass, get_args(hint))):
        return said(later("Write its name [[{name}]]: there can be several."), name=path[-1])
    return NOTHING


def _nearest_of(value: Any, known: tuple[Any, ...]) -> Any:
    near = nearest(value, map(str, known))
    return said(later("Did you mean {name}?"), name=near) if near else said("")
