"""A diary as JSON: it comes back exactly, and what is no diary is refused with the reason."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from ownway.coach.events import EVENT_TYPES, Event, Repeated, SetEnded
from ownway.coach.records import HurtReport, Measured, Person, SessionRecord
from ownway.programme import archive as parts
from ownway.programme.archive import Archive
from ownway.programme.days import LevelChoice
from ownway.programme.diary import Entry
from ownway.programme.questionnaires import Filled, Kind
from ownway.programme.reminders import Reminder
from ownway.programme.runs import Run
from ownway.programme.screening import Screening
from ownway.report import diary_json
from ownway.report.diary_json import (
    CutOffError,
    DiaryFileError,
    NotADiaryError,
    StrangeDiaryError,
    TooNewDiaryError,
    looks_like_one,
    read,
    write,
)  # fmt: skip
from tests.archives import NOON, archives, everything

FILES = Path(__file__).parent
DOCS = Path(__file__).parents[2] / "docs" / "DATA.md"

Told = dict[str, Any]


def written(archive: Archive) -> bytes:
    return b"".join(write(archive))


@settings(max_examples=40, deadline=None)
@given(archives)
def test_it_comes_back_exactly(archive: Archive) -> None:
    """Whatever diary: read(write(diary)) == diary, and written again it is the same file."""
    data = written(archive)
    assert read(data) == archive
    assert written(read(data)) == data


def test_the_first_version_can_be_read_for_ever() -> None:
    """A file of version 1 as it was written then: it knew no files of exercises, and no repetitions."""
    now = everything()
    sessions = tuple(
        replace(one, record=replace(one.record, exercise_file=None), events=tuple(_counted_nothing(one.events)))
        for one in now.sessions
        if one.record.repetitions is None
    )
    assert read((FILES / "diary_v1.json").read_bytes()) == replace(now, exercises=(), sessions=sessions)


def _counted_nothing(events: Iterable[Event]) -> Iterator[Event]:
    for event in events:
        if not isinstance(event, Repeated):
            yield replace(event, repetitions=None) if isinstance(event, SetEnded) else event


def test_a_file_of_this_version_is_written_as_ever() -> None:
    """A change to what is written needs a new version, and a file of its own here."""
    data = (FILES / f"diary_v{diary_json.VERSION}.json").read_bytes()
    assert read(data) == everything()
    assert written(everything()) == data


def test_other_programs_may_lay_it_out_anew() -> None:
    """Other spaces, another order of the names, and the mark of a byte order are the same diary."""
    told = json.loads(written(everything()))
    again = json.dumps(dict(reversed(told.items())), indent=3).encode("utf-8-sig")
    assert looks_like_one(again)
    assert read(again) == everything()


def test_every_field_is_described() -> None:
    """docs/DATA.md names each of them."""
    kinds = [one for one in vars(parts).values() if is_dataclass(one)]
    told = re.findall(r"`([a-z_]+)`", DOCS.read_text("utf-8"))
    kinds += [Person, SessionRecord, Measured, HurtReport, Run, Entry, Filled, Reminder, Screening, LevelChoice]
    names = {field.name for kind in (*kinds, *EVENT_TYPES.values()) for field in fields(kind)} | set(EVENT_TYPES)
    assert sorted(names - set(told)) == []


@pytest.mark.parametrize("share", [0.0, 0.2, 0.5, 0.9, 0.999])
def test_a_file_that_breaks_off_is_refused(share: float) -> None:
    """Wherever it does."""
    data = written(everything())
    with pytest.raises(CutOffError):
        read(data[: int(len(data) * share)])


@pytest.mark.parametrize(
    "data",
    [b"{}", b"[]", b'{"format": "ownway-diary"}', b'{"format": "other", "version": 1}', b'{"format": "ownway-diary", "version": true}',
     b'{"format": "ownway-diary", "version": 0}', b"[" * 100_000, b'{"version": NaN}', b'{"version": 1' + b"0" * 5000 + b"}"],
)  # fmt: skip
def test_another_program_s_file_is_refused(data: bytes) -> None:
    """Also one that would break a careless reader."""
    with pytest.raises(NotADiaryError if data != b"[" * 100_000 else DiaryFileError):
        read(data)


def test_a_later_version_is_refused() -> None:
    """With the version that wrote it."""
    with pytest.raises(TooNewDiaryError, match="format 3; up to 2"):
        read(b'{"format": "ownway-diary", "version": 3, "strange": []}')


def test_bytes_that_are_no_text_are_refused() -> None:
    """With the line in which they stand."""
    with pytest.raises(CutOffError, match="line 2"):
        read(b'{\n"format": "\xff"}')


def _entry(name: str, value: object) -> Callable[[Told], None]:
    return lambda told: told["entries"][0].update({name: value})


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (_entry("pain_now", 11), "entries[0].pain_now: 11"),
        (_entry("pain_now", True), "entries[0].pain_now: True"),
        (_entry("sleep", 2.5), "entries[0].sleep"),
        (_entry("areas", ["head"]), "entries[0].areas[0]: head"),
        (_entry("note", "x" * 2001), "entries[0].note"),
        (_entry("note", "\ud800"), "entries[0].note"),
        (_entry("note", None), "entries[0].note"),
        (_entry("id", ""), "entries[0].id"),
        (_entry("at", "2026-11-24T12:00:00"), "entries[0].at"),
        (_entry("at", "0001-01-01T00:00:00+14:00"), "entries[0].at"),
        (_entry("at", "never"), "entries[0].at"),
        (_entry("mood", "fine"), "entries[0]: mood"),
        (lambda told: told["entries"].append(told["entries"][0]), "entries[2]: entry"),
        (lambda told: told["entries"].append(7), "entries[2]: 7"),
        (lambda told: told.update(entries={}), "entries"),
        (lambda told: told.update(secrets=[]), "-: secrets"),
        (lambda told: told.pop("person"), "-: person"),
        (lambda told: told["entries"][0].pop("at"), "entries[0]: at"),
        (lambda told: told["person"].update(extras=["pulse"]), "person.extras"),
        (lambda told: told["mornings"].append(told["mornings"][0]), "mornings[2]"),
        (lambda told: told["reminders"][0].update(zone="../../etc/passwd"), "reminders[0]"),
        (lambda told: told["reminders"][0].update(days=[]), "reminders[0]"),
        (lambda told: told["choices"][0].update(level_id="moon"), "choices[0]"),
        (lambda told: told["runs"][0]["run"].update(duration_s=1e300), "runs[0].run.duration_s"),
        (lambda told: told["runs"][0]["run"].update(duration_s=0), "runs[0]"),
        (lambda told: told["sessions"][0]["record"].update(ending="slept"), "sessions[0]"),
        (lambda told: told["sessions"][0]["events"][0].update(kind="flew"), "sessions[0].events[0]: flew"),
        (lambda told: told["sessions"][0]["events"][0].update(t_s="soon"), "sessions[0].events[0].t_s: soon"),
    ],
)  # fmt: skip
def test_what_no_diary_can_have_is_refused(change: Callable[[Told], None], where: str) -> None:
    """And the message says where it stands."""
    told = json.loads(written(everything()))
    change(told)
    with pytest.raises(DiaryFileError, match=re.escape(where)) as refused:
        read(json.dumps(told).encode())
    assert isinstance(refused.value, StrangeDiaryError | NotADiaryError)


def test_a_field_that_is_missing_is_as_on_the_first_day() -> None:
    """So that a later version can have more of them."""
    least = b'{"format": "ownway-diary", "version": 1, "person": {}, "entries": [{"id": "a", "at": "2026-11-24T12:00:00Z"}]}'
    found = read(least)
    assert found.person == Person()
    assert [entry.pain_now for entry in found.entries] == [None]


@pytest.mark.parametrize(("kind", "ticked"), [("rmdq", (5, 5)), ("psfs", ())])
def test_a_questionnaire_that_nobody_can_have_filled_in_is_refused(kind: Kind, ticked: tuple[int, ...]) -> None:
    """A sentence that is ticked twice would make more than 24; of no activities there is no mean."""
    strange = Archive(filled=(Filled("one", kind, NOON, ticked),))
    with pytest.raises(StrangeDiaryError, match="filled"):
        read(b"".join(write(strange)))
