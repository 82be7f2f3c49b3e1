"""A diary as tables: everything that was measured, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, date, datetime, time

import pytest

from ownway.programme.archive import Archive
from ownway.report.diary_csv import cell, write
from tests.archives import everything


def tables(archive: Archive) -> dict[str, list[dict[str, str]]]:
    with zipfile.ZipFile(io.BytesIO(write(archive))) as packed:
        assert packed.testzip() is None
        names = packed.namelist()
        texts = {name: packed.read(name).decode("utf-8") for name in names}
    return {name: list(csv.DictReader(io.StringIO(text, newline=""))) for name, text in texts.items()}


def test_a_table_for_each_kind() -> None:
    """A row for each thing, the oldest first; units stand in the headers, moments have their zone."""
    found = tables(everything())
    assert {name: len(rows) for name, rows in found.items()} == {
        "sessions.csv": 5, "sets.csv": 1, "set_measures.csv": 2, "entries.csv": 2, "questionnaires.csv": 2,
        "questionnaire_answers.csv": 26, "mornings.csv": 2, "day_marks.csv": 1, "levels.csv": 2, "runs.csv": 3,
        "reminders.csv": 1, "screening_answers.csv": 3, "settings.csv": 12,
    }  # fmt: skip
    bend = found["sessions.csv"][0]
    assert bend["started_at"] == "2026-11-24T12:00:00+00:00"
    assert (bend["good_s"], bend["reach_cm"], bend["range_left_deg"]) == ("64.2", "12.5", "")
    assert (bend["pain_before_0_10"], bend["hurt_pain_0_10"], bend["hurt_down_leg"]) == ("2", "6", "true")
    assert found["entries.csv"][0]["areas"] == "lower_back calf_left"
    assert [row["score_points"] for row in found["questionnaires.csv"]] == ["3.0", "4.0"]
    assert [row["number"] for row in found["questionnaire_answers.csv"] if row["value"] == "1"] == ["1", "2", "24"]


def test_an_empty_diary_has_its_headers() -> None:
    """Whoever reads the tables finds the same columns."""
    assert {name for name, rows in tables(Archive()).items() if rows} == {"settings.csv"}
    assert write(Archive()) == write(Archive())


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_text_is_a_formula(text: str) -> None:
    """It gets an apostrophe in front, which a spreadsheet takes for the mark of a text."""
    assert cell(text) == f"'{text}"
    assert cell((text, "x")) == f"'{text} x"


def test_what_stands_in_a_cell() -> None:
    """Numbers as they are, also below zero; nothing for what is not known."""
    moment = datetime(2026, 11, 24, 12, tzinfo=UTC)
    told = [None, True, 3, -0.25, "a note", moment, date(2026, 11, 24), time(6, 30)]
    shown = ["", "true", "3", "-0.25", "a note", "2026-11-24T12:00:00+00:00", "2026-11-24", "06:30"]
    assert [cell(value) for value in told] == shown


def test_a_note_of_many_lines_is_one_cell() -> None:
    """With quotes and commas as they were, the formula's sign aside."""
    (_first, second) = tables(everything())["entries.csv"]
    assert second["note"] == "'" + everything().entries[1].note
