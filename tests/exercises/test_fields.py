"""What a key means is said once, for editors, docs and messages; none is forgotten."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from jsonschema import Draft202012Validator

from ownway.body.measures import MEASURES
from ownway.exercises import ranges
from ownway.exercises.building import build
from ownway.exercises.fields import ABOUT, BLANKS
from ownway.exercises.findings import Finding
from ownway.exercises.json_schema import FILE_NAME, json_schema, schema_text
from ownway.exercises.places import Path as KeyPath
from ownway.exercises.schema import Exercise
from ownway.exercises.shelf import built_in
from ownway.exercises.starter import starting_file
from tests.exercises.test_broken_files import BROKEN
from tests.exercises.test_starter import PLAIN
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


CHECKED = Draft202012Validator(json_schema())


def test_the_schema_is_one() -> None:
    """By the schema of schemas; and what is published is the same."""
    Draft202012Validator.check_schema(json_schema())
    assert json.loads(schema_text()) == json_schema()


@pytest.mark.parametrize("id_", built_in().exercises)
def test_the_schema_takes_what_ownway_takes(id_: str) -> None:
    """Every file of the library fits it."""
    assert list(CHECKED.iter_errors(tomllib.loads(built_in().shelved[id_].text))) == []


def test_it_takes_what_new_writes() -> None:
    """Held or repeated; else an editor would underline what it just got."""
    for wanted in (PLAIN, replace(PLAIN, counts="hold", measure="trunk_flexion_deg")):
        assert list(CHECKED.iter_errors(tomllib.loads(starting_file(wanted)))) == []


def test_it_refuses_what_ownway_cannot_read() -> None:
    """Each key that is unknown, missing, or of another type, and at its place."""
    refused = 0
    for broken in (broken for broken in BROKEN if broken.is_toml):
        data, found = tomllib.loads(broken.text), list[Finding]()
        build(Exercise, data, (), found)
        if found:
            places = {tuple(error.absolute_path) for error in CHECKED.iter_errors(data)}
            assert places == {_place_in_schema(one) for one in found}, broken.what
            refused += 1
    assert refused >= 25


def _place_in_schema(finding: Finding) -> KeyPath:
    """Return where the schema tells of a key: one that is unknown or missing at the table it belongs to."""
    of_table = finding.expected.message in {"the key {key}", "a key that is known here"}
    return finding.path[:-1] if of_table else finding.path
