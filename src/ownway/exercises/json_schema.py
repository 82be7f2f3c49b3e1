"""The JSON Schema of exercise files, for editors that complete and check while somebody writes: made from the dataclasses."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from ownway.body.measures import MEASURES
from ownway.exercises.fields import ABOUT, BLANKS, LARGEST, MEASURE_KEYS, least_and_most
from ownway.exercises.rules_of_faults import JOINTS
from ownway.exercises.schema import Exercise
from ownway.exercises.sources import sources

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FILE_NAME = "exercise.schema.json"

_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean"}


def json_schema() -> dict[str, Any]:
    """Return the schema (draft 2020-12): each table under ``$defs``, each key with what it means."""
    found: dict[str, Any] = {}
    top = _table(Exercise, found)
    head = {"$schema": DIALECT, "title": "An exercise of Ownway", "description": (Exercise.__doc__ or "").strip()}
    return {**head, **top, "$defs": dict(sorted(found.items()))}


def schema_text() -> str:
    """Return the schema as it is published; the same bytes for the same fields."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def _table(cls: type, found: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(cls)
    keys = {field.name: _key(cls, field, hints[field.name], found) for field in fields(cls)}
    needed = [f.name for f in fields(cls) if f.default is MISSING and f.default_factory is MISSING]
    return {"type": "object", "additionalProperties": False, "properties": keys, "required": needed}


def _key(cls: type, field: Field[Any], hint: Any, found: dict[str, Any]) -> dict[str, Any]:
    value = _value(hint, field.name, found)
    if (cls.__name__, field.name) in BLANKS:
        value |= {"minItems": 1} if value["type"] == "array" else {"minLength": 1}
    if isinstance(field.default, str | int | float) and field.default != "":
        value |= {"default": field.default}
    return {"description": ABOUT[cls.__name__][field.name], **value}


def _value(hint: Any, key: str, found: dict[str, Any]) -> dict[str, Any]:
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return _value(next(a for a in args if a is not NoneType), key, found)
    if origin is Literal:
        return {"enum": list(args)}
    if origin is tuple:
        return {"type": "array", "items": _value(args[0], key, found)}
    if origin is Mapping:
        return {"type": "object", "additionalProperties": _value(args[1], key, found)}
    if isinstance(hint, type) and is_dataclass(hint):
        if hint.__name__ not in found:
            found[hint.__name__] = None  # its place, should it hold itself
            found[hint.__name__] = _table(hint, found)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    return {"type": _PLAIN[hint], **_bounds(hint, key), **_names(hint, key)}


def _bounds(hint: type, key: str) -> dict[str, Any]:
    if hint not in {int, float}:
        return {}
    least, most = least_and_most(key)
    low = {} if least == -LARGEST else {"minimum": least}
    return low if most == LARGEST else {**low, "maximum": most}


def _names(hint: type, key: str) -> dict[str, Any]:
    """Return the names that a text can be where they are known: editors offer them."""
    if hint is not str:
        return {}
    known = {"joints": JOINTS, "sources": tuple(sources()), **dict.fromkeys(MEASURE_KEYS, tuple(MEASURES))}
    return {"enum": list(known[key])} if key in known else {}
