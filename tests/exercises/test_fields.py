"""What a key means is said once, for editors, docs and messages; none is forgotten."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from ownway.body.measures import MEASURES
from ownway.exercises import ranges
from ownway.exercises.fields import ABOUT, BLANKS
from ownway.exercises.json_schema import FILE_NAME, json_schema, schema_text
from ownway.exercises.schema import Exercise
from ownway.exercises.shelf import built_in
from tools import fields as fields_tool

DOCS = Path(__file__).parents[2] / "docs"


def tables(cls: Any) -> Iterator[type]:
    """Yield the dataclass of an exercise file and those of all tables within it."""
    yield cls
    for hint in get_type_hints(cls).values():
        for part in (hint, *get_args(hint), *(inner for arg in get_args(hint) for inner in get_args(arg))):
            if is_dataclass(part):
                yield from tables(part)


TABLES = {cls.__name__: cls for cls in tables(Exercise)}


def test_every_key_has_a_sentence() -> None:
    """Each field of each table, and nothing that is no field; a sentence ends in a full stop."""
    assert {name: set(about) for name, about in ABOUT.items()} == {
        name: {field.name for field in fields(cls)} for name, cls in TABLES.items()
    }
    assert all(words.endswith(".") for about in ABOUT.values() for words in about.values())
    assert all(key in ABOUT[table] for table, key in BLANKS)


def test_ranges_are_those_of_measures() -> None:
    """A measure that was renamed takes its range with it."""
    assert MEASURES.keys() >= ranges._OWN.keys()
    assert all(ranges.span_of(name).least < ranges.span_of(name).most for name in MEASURES)


def test_what_is_published_is_that_of_the_code() -> None:
    """Schema and docs; ``python -m tools.fields`` brings them up to date."""
    assert (DOCS / FILE_NAME).read_text(encoding="utf-8") == schema_text()
    text = fields_tool.PAGE.read_text(encoding="utf-8")
    assert text == fields_tool.page(text)
    assert fields_tool.WRITTEN.keys() == ABOUT.keys()
    assert all(f"| `{key}` |" in text for about in ABOUT.values() for key in about)


def complaints(schema: dict[str, Any], value: Any, whole: dict[str, Any], path: str = "") -> Iterator[str]:
    """Yield what a value is wrong in, by the few words of JSON Schema that ours uses; an unknown word is a complaint."""
    if "$ref" in schema:
        yield from complaints(whole["$defs"][schema["$ref"].rsplit("/", 1)[1]], value, whole, path)
        return
    kinds: dict[str, type | tuple[type, ...]] = {
        "object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "boolean": bool,
    }  # fmt: skip
    rules: dict[str, Callable[[Any], bool]] = {
        "type": lambda rule: isinstance(value, kinds[rule]),
        "enum": lambda rule: value in rule,
        "minimum": lambda rule: value >= rule,
        "maximum": lambda rule: value <= rule,
        "minLength": lambda rule: len(value) >= rule,
        "minItems": lambda rule: len(value) >= rule,
        "required": lambda rule: value.keys() >= set(rule),
        **dict.fromkeys(("description", "default", "properties", "items", "additionalProperties"), lambda _: True),
        **dict.fromkeys(("$schema", "$defs", "title"), lambda _: True),
    }
    yield from (f"{path}: {word}" for word, rule in schema.items() if not rules[word](rule))
    if isinstance(value, list):
        for index, entry in enumerate(value):
            yield from complaints(schema["items"], entry, whole, f"{path}/{index}")
    elif isinstance(value, dict):
        known, others = schema.get("properties", {}), schema["additionalProperties"]
        for key, entry in value.items():
            if key in known or others:
                yield from complaints(known.get(key, others), entry, whole, f"{path}/{key}")
            else:
                yield f"{path}/{key}: unknown"


@pytest.mark.parametrize("id_", built_in().exercises)
def test_the_schema_takes_what_ownway_takes(id_: str) -> None:
    """Every file of the library fits it; and a wrong one does not."""
    schema, data = json_schema(), tomllib.loads(built_in().shelved[id_].text)
    assert list(complaints(schema, data, schema)) == []
    wrong = {**data, "camera": {**data["camera"], "view": "above"}, "colour": 1}
    assert list(complaints(schema, wrong, schema)) == ["/camera/view: enum", "/colour: unknown"]
    assert json.loads(schema_text()) == schema
