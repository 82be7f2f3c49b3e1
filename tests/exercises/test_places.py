"""Where things stand in a TOML text."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ownway.exercises import places
from ownway.exercises.places import Places

ROOT = Path(__file__).parents[2]
FILES = sorted([*ROOT.glob("src/**/*.toml"), *ROOT.glob("tests/**/*.toml"), ROOT / "pyproject.toml"])

TRICKY = (
    r'''
title = "a # no comment" # a comment with "quotes" and [brackets
'quoted key' = 1
"dotted.inside" = 'C:\no\escape'
a.b."c d".e = true
empty = []
nested = [[1, 2], # one
  ["]", '}'], [
]]
long = """
[not.a.table]
key = "no" \
   and \"""so on"""
ends_in_quotes = """two: """""
raw = """
x = '''
    '''
"""
raw2 = \'\'\'
[[no]] # x
y = \'\'\'
when = [{ measure = "x", above = 2 }, # first
  { measure = "y, z", within = { deep = [1.5, -2e3] } }]
day = 2026-11-24 10:00:00
[table]
x = 1
[[list]]
name = "one"
[list.sub]
k = 1
[[list.items]]
n = 1
[[ list . "items" ]]
n = 2
[[list]]
name = "two"
[[list.items]]
n = 3
[other.deep.er]
v = +inf
'''.replace(r"\'", "'")
)


def paths(data: Any, path: places.Path = ()) -> set[places.Path]:
    """Return the path of everything in parsed TOML."""
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return {path} | {found for key, value in inside for found in paths(value, (*path, key))}


@pytest.mark.parametrize("text", [TRICKY, *(file.read_text(encoding="utf-8") for file in FILES)])
def test_everything_that_tomllib_reads_has_a_place(text: str) -> None:
    """Every key and every entry, and nothing else."""
    assert set(Places(text).lines) == paths(tomllib.loads(text)) - {()}


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), "title ="),
        (("a", "b", "c d", "e"), "a.b."),
        (("nested", 1, 1), '["]"'),
        (("when", 0, "above"), "when ="),
        (("when", 1, "within", "deep", 1), '{ measure = "y'),
        (("list", 0, "items", 1), '[[ list . "items"'),
        (("list", 0, "items", 1, "n"), "n = 2"),
        (("list", 1, "items", 0, "n"), "n = 3"),
        (("other", "deep", "er", "v"), "v = +inf"),
        (("other", "deep"), "[other.deep.er]"),
        (("table", "missing", 3), "[table]"),
    ],
)
def test_a_place_is_the_line_where_it_is_written(path: places.Path, line: str) -> None:
    """What is missing has the line of the table it belongs in."""
    assert TRICKY.split("\n")[Places(TRICKY).line(path) - 1].strip().startswith(line)


TEXTS = st.text(alphabet="ab#[]{}=,.\"\\' ", max_size=8)
VALUES = st.recursive(
    st.integers() | st.booleans() | TEXTS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=4,
)


def written(value: Any) -> str:
    """Return a value as TOML, on as many lines as may be."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, list):
        return "[ # ]\n" + "".join(f"{written(entry)}, # ,\n" for entry in value) + "]"
    return "{" + ", ".join(f"{written(key)} = {written(entry)}" for key, entry in value.items()) + "}"


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(TEXTS, VALUES, max_size=2))
def test_any_value_can_be_walked_over(data: dict[str, Any]) -> None:
    """Quotes, brackets, commas and hashes within texts and keys mislead nobody."""
    text = "".join(f"{written(key)} = {written(value)} # = [\n" for key, value in data.items())
    assert tomllib.loads(text) == data
    assert set(Places(text).lines) == paths(data) - {()}
