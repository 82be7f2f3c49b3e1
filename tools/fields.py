"""Writes what is known of the keys of exercise files into the docs: their tables, the measures, the sources, and the JSON Schema.

``python -m tools.fields`` brings ``docs/EXERCISES.md`` (between its marks) and ``docs/exercise.schema.json`` up to date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from ownway.body.measures import MEASURES
from ownway.exercises import schema
from ownway.exercises.fields import ABOUT
from ownway.exercises.json_schema import FILE_NAME, schema_text
from ownway.exercises.ranges import about
from ownway.exercises.sources import sources

DOCS = Path(__file__).parent.parent / "docs"
PAGE = DOCS / "EXERCISES.md"

# How each table is written in a file, in the order of a file.
WRITTEN = {
    "Exercise": "The top of the file",
    "Camera": "`[camera]`",
    "Dose": "`[dose]`",
    "Finish": "`dose.finishes`, a list",
    "Hold": "`[hold]`",
    "Repetitions": "`[repetitions]`",
    "Comfort": "`[repetitions.comfort]`",
    "Phase": "`[[phases]]`",
    "Transition": "`[[phases.next]]`, the ways out of the phase above it",
    "Condition": "Conditions: `when`, `clock_while`, `say_while`, `only_while`, lists",
    "Fault": "`[[faults]]`",
    "Mark": "`[[marks]]`",
    "CueText": "`[[cues]]`",
    "Rung": "`[[levels]]`",
    "Claim": "`[[claims]]`",
    "WithoutPole": "`[without_pole]`",
    "Reach": "`[reach]`",
    "Zone": "`[[reach.zones]]` and `[reach.embrace]`",
    "Demonstration": "`[demonstration]`",
    "Picture": "`[[demonstration.pictures]]`",
    "KeyPosture": "`posture` of a picture, a level or a fault, an inline table",
    "Variant": "`[[demonstration.levels]]` and `[[demonstration.faults]]`",
}
_KINDS = {str: "text", int: "whole number", float: "number", bool: "true or false"}
_VIEWS = {"side": "Side-on", "front": "Facing the camera", None: "From either, while repetitions are counted"}


def tables() -> str:
    """Return a table for each table of a file: key, kind, whether it must be there, and what it means."""
    return "\n\n".join(f"### {written}\n\n{_table(name)}" for name, written in WRITTEN.items())


def _table(name: str) -> str:
    cls = getattr(schema, name)
    hints = get_type_hints(cls)
    head = "| key | kind | usual | meaning |\n|---|---|---|---|\n"
    return head + "\n".join(
        f"| `{field.name}` | {_kind(hints[field.name])} | {_usual(field)} | {ABOUT[name][field.name]} |"
        for field in fields(cls)
    )


def _kind(hint: Any) -> str:
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return _kind(next(a for a in args if a is not NoneType))
    if origin is Literal:
        return ", ".join(f"`{arg}`" for arg in args)
    if origin is tuple:
        inner = _kind(args[0])
        return "tables" if inner == "table" else f"list of {inner}"
    return _KINDS.get(hint, "table")


def _usual(field: Field[Any]) -> str:
    if field.default is MISSING and field.default_factory is MISSING:
        return "**needed**"
    if isinstance(field.default, bool):
        return str(field.default).lower()
    return f"{field.default}" if isinstance(field.default, str | int | float) and field.default != "" else ""


def measures() -> str:
    """Return a table of the measures for each view."""
    return "\n\n".join(f"### {title}\n\n{_measures(view)}" for view, title in _VIEWS.items())


def _measures(view: str | None) -> str:
    head = "| measure | unit | what it is |\n|---|---|---|\n"
    return head + "\n".join(
        f"| `{name}` | {row.unit} | {about(name)} |"
        for name, row in MEASURES.items()
        if row.view == view and "_raw" not in name
    )


def cited() -> str:
    """Return a table of the sources that a claim can name."""
    head = "| id | source |\n|---|---|\n"
    return head + "\n".join(f"| `{id_}` | {source.text} |" for id_, source in sources().items())


def page(text: str) -> str:
    """Return the page with what stands between its marks made anew."""
    for name, made in _parts():
        text = _put(text, name, made)
    return text


def _put(text: str, name: str, made: str) -> str:
    begin, end = f"<!-- {name}: python -m tools.fields -->", f"<!-- end of {name} -->"
    between = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    return between.sub(lambda _: f"{begin}\n{made}\n{end}", text)


def _parts() -> Iterator[tuple[str, str]]:
    yield "fields", f"\n{tables()}\n"
    yield "measures", f"\n{measures()}\n"
    yield "sources", f"\n{cited()}\n"


def main() -> None:
    """Write both."""
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    (DOCS / FILE_NAME).write_text(schema_text(), encoding="utf-8")


if __name__ == "__main__":
    main()
