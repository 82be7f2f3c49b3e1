"""A diary as tables for a spreadsheet or a statistics program: one CSV file a kind, in a zip file."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, fields
from datetime import date, datetime, time
from typing import Any

from ownway.coach.events import SetEnded
from ownway.coach.records import HurtReport, Measured, Person, SessionRecord
from ownway.programme.archive import Archive, ArchivedSession
from ownway.programme.diary import Entry
from ownway.programme.questionnaires import RMDQ, Filled
from ownway.programme.runs import Run

Row = Sequence[object]
Table = tuple[Sequence[str], Iterable[Row]]

# What a spreadsheet takes for the beginning of a formula; such a text gets an apostrophe in front, which marks it as text (OWASP).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_PACKED_AT = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip file can say, so that the same diary gives the same bytes
_SCALED = ("pain", "pain_before", "pain_after", "pain_now", "pain_worst", "pain_average", "sleep")

_RECORD = tuple(field.name for field in fields(SessionRecord) if field.name != "measured")
_MEASURED = tuple(field.name for field in fields(Measured))
_HURT = tuple(field.name for field in fields(HurtReport))
_ENTRY = tuple(field.name for field in fields(Entry))
_RUN = tuple(field.name for field in fields(Run))
_SETS = ("set_no", "set_start_s", "set_end_s", "clock_s", "counted", "full", "reach_zone", "repetitions")


def write(archive: Archive) -> bytes:
    """Return the zip file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, (header, rows) in tables(archive).items():
            whole.writestr(zipfile.ZipInfo(f"{name}.csv", _PACKED_AT), _table(header, rows), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def tables(archive: Archive) -> Mapping[str, Table]:
    """Return the tables by name: the header, with units, and the rows, the oldest first."""
    sessions, sets, measures = _of_sessions(archive.sessions)
    return {
        "sessions": (
            (*map(_headed, (*_RECORD, "begun", *_MEASURED)), *(f"hurt_{_headed(n)}" for n in _HURT)),
            sessions,
        ),
        "sets": (("session_id", *_SETS), sets),
        "set_measures": (("session_id", "set_no", "measure", "value"), measures),
        "entries": (tuple(map(_headed, _ENTRY)), [astuple(entry) for entry in archive.entries]),
        "questionnaires": (
            ("id", "kind", "at", "score_points"),
            [(f.id, f.kind, f.at, f.score) for f in archive.filled],
        ),
        "questionnaire_answers": (("questionnaire_id", "kind", "number", "text", "value"), _answers(archive.filled)),
        "mornings": (("day", "feeling"), [astuple(one) for one in archive.mornings]),
        "day_marks": (("day", "item", "mark"), [astuple(one) for one in archive.marks]),
        "levels": (("exercise_id", "level_id", "chosen_at"), [astuple(one) for one in archive.choices]),
        "runs": (("id", *_RUN), [(one.id, *astuple(one.run)) for one in archive.runs]),
        "reminders": (
            ("id", "at", "days", "zone", "made_at"),
            [(one.id, one.at, one.days, one.zone, one.made_at) for one in archive.reminders],
        ),
        "screening_answers": (
            ("number", "begun_at", "finished_at", "question", "answer", "cleared_at"),
            [
                (one.number, one.begun_at, one.finished_at, question, answer, one.cleared.get(question))
                for one in archive.screenings
                for question, answer in one.answers.items()
            ],
        ),
        "settings": (
            ("setting", "value"),
            [("name", archive.name), *((f.name, getattr(archive.person, f.name)) for f in fields(Person))],
        ),
    }


def cell(value: object) -> str:
    """Return what stands in a cell: nothing for what is not known, moments with their zone, texts that no spreadsheet runs."""
    for kind, shown in _SHOWN.items():
        if isinstance(value, kind):
            return shown(value)
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


_SHOWN: Mapping[Any, Callable[[Any], str]] = {
    bool: lambda value: "true" if value else "false",
    int: str,
    float: repr,
    datetime: datetime.isoformat,
    date: date.isoformat,
    time: lambda value: value.isoformat("minutes"),
    tuple: lambda value: cell(" ".join(map(str, value))),
}


def _headed(name: str) -> str:
    return f"{name}_0_10" if name in _SCALED else name


def _table(header: Sequence[str], rows: Iterable[Row]) -> str:
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(header)
    table.writerows([cell(value) for value in row] for row in rows)
    return written.getvalue()


def _of_sessions(sessions: Iterable[ArchivedSession]) -> tuple[list[Row], list[Row], list[Row]]:
    """Return the rows of the sessions, of their sets, and of what was measured in these, from going through them once."""
    rows: list[Row] = []
    sets: list[Row] = []
    measures: list[Row] = []
    for one in sessions:
        record, hurt = one.record, one.hurt
        found = record.measured or Measured()
        rows.append(
            (
                *(getattr(record, name) for name in _RECORD),
                one.begun,
                *(getattr(found, name) for name in _MEASURED),
                *(None if hurt is None else getattr(hurt, name) for name in _HURT),
            )
        )
        for event in one.events:
            if isinstance(event, SetEnded):
                sets.append((record.id, *(getattr(event, name) for name in _SETS)))
                measures.extend((record.id, event.set_no, name, value) for name, value in event.best.items())
    return rows, sets, measures


def _answers(filled: Iterable[Filled]) -> list[Row]:
    rows: list[Row] = []
    for one in filled:
        if one.kind == "rmdq":
            rows.extend((one.id, one.kind, n, text, int(n in one.ticked)) for n, text in enumerate(RMDQ, 1))
        else:
            rows.extend((one.id, one.kind, n, text, value) for n, (text, value) in enumerate(one.activities, 1))
    return rows
