"""Whole diaries for tests: one with something of everything, and as many made-up ones as a property wants."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, get_type_hints

from hypothesis import strategies as st

from ownway.coach.events import EVENT_TYPES, Event, Ran
from ownway.coach.records import HurtReport, Measured, Person, SessionRecord
from ownway.exercises.shelf import built_in, digest_of
from ownway.programme.archive import (
    Archive,
    ArchivedExercise,
    ArchivedMark,
    ArchivedMorning,
    ArchivedRun,
    ArchivedSession,
)  # fmt: skip
from ownway.programme.days import FEELINGS, ITEMS, MARKS, LevelChoice
from ownway.programme.diary import AREAS, EXTRAS, FEELS, Entry
from ownway.programme.levels import ladders
from ownway.programme.questionnaires import Filled
from ownway.programme.reminders import DAYS, Reminder
from ownway.programme.runs import Run
from ownway.programme.screening import BY_ID, Screening

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
A_FILE = 'id = "hamstring_stretch"\ntitle = "As it was ümlaut"\n'  # no whole exercise: what it says is not read here

# A value for each type that a field of an event has.
_VALUES = {
    "float": 1.5,
    "float | None": 1.25,
    "int": 2,
    "int | None": 4,
    "bool": True,
    "str": "ümlaut “quoted”",
    "str | None": "toes",
    "Side": "left",
    "Side | None": "left",
    "dict[str, float]": {"trunk_flexion_deg": 3.5},
    "dict[str, float | None]": {"trunk_flexion_deg": 88.25, "reach_cm": None},
}


def one_of_each() -> tuple[Event, ...]:
    """Return an event of every kind."""
    made: list[Event] = []
    kinds: Iterable[Any] = EVENT_TYPES.values()
    for cls in kinds:
        types: dict[str, Any] = {name: field.type for name, field in cls.__dataclass_fields__.items()}
        made.append(cls(**{field.name: _VALUES[types[field.name]] for field in fields(cls)}))
    return tuple(made)


def everything() -> Archive:
    """Return a diary with something in every field."""
    bend = SessionRecord(
        id="bend", exercise_id="hamstring_stretch", exercise_version=1, mode="camera", started_at=NOON, ended_at=NOON + HOUR,
        ending="hurt", height_cm=171.5, pain_before=2, pain_after=4, good_s=64.2, counted_sets=2, dose_sets=2, dose_s=45.0,
        measured=Measured(reach_zone="toes", reach_cm=12.5), exercise_file=digest_of(A_FILE),
    )  # fmt: skip
    turn = SessionRecord(
        id="turn", exercise_id="trunk_rotation", exercise_version=1, mode="timer", started_at=NOON + HOUR, ended_at=NOON + 2 * HOUR,
        ending="done", good_s=120.0, swings_left=20, swings_right=19,
        measured=Measured(range_left_deg=41.0, range_right_deg=38.5, half_period_s=3.2),
    )  # fmt: skip
    squats = SessionRecord(
        id="squats", exercise_id="half_squat", exercise_version=1, mode="camera", started_at=NOON + 4 * HOUR,
        ended_at=NOON + 5 * HOUR, ending="done", good_s=72.0, counted_sets=2, repetitions=20,
        measured=Measured(range_deg=62.5),
    )  # fmt: skip
    led = SessionRecord(
        id="led", exercise_id="run", exercise_version=1, mode="timer", started_at=NOON + 6 * HOUR, ended_at=NOON + 6.5 * HOUR,
        ending="done", pain_before=1, good_s=1200.0,
    )  # fmt: skip
    running = SessionRecord("running", "trunk_rotation", 1, "sample", NOON + 3 * HOUR)
    return Archive(
        name="Ada",
        person=Person(171.5, "ft", True, "m", time(6, 30), 1980, "de", "Anna", 4.0, 40.0, ("sleep", "medicine")),
        screenings=(
            Screening(
                1, NOON - HOUR, {"fever": "no", "cancer": "unsaid"}, False, (), NOON, {"fever": NOON}, NOON + HOUR
            ),
            Screening(2, NOON + HOUR, {"fever": "yes"}, True, ("cancer",)),
        ),
        reminders=(Reminder("reminder", time(18, 30), ("MO", "SA"), "Europe/Berlin", NOON),),
        mornings=(ArchivedMorning(date(2026, 11, 23), "better"), ArchivedMorning(date(2026, 11, 24), "worse")),
        marks=(ArchivedMark(date(2026, 11, 24), "run", "done"),),
        choices=(LevelChoice("hamstring_stretch", "toes", NOON), LevelChoice("trunk_rotation", "two_crossed", NOON)),
        runs=(
            ArchivedRun("run", Run(NOON, 1830.5, 1800.0, 5012.0, 144.0, "run", "gpx")),
            ArchivedRun("watch", Run(NOON + 6 * HOUR, 1900.0, 1850.0, 3100.0, 120.0, "run", "fit")),
            ArchivedRun("walk", Run(NOON + 30 * HOUR, 1200.0, 1100.0, None, None, "walk", "fit")),
        ),
        entries=(
            Entry(
                "entry", NOON, 3, 5, 4, ("lower_back", "calf_left"), ("dull", "numb"), "after the garden", 7, 45, "none"
            ),
            Entry("note", NOON + HOUR, note='=HYPERLINK("http://evil.example")\nsecond line, with a comma'),
        ),
        filled=(
            Filled("rmdq", "rmdq", NOON, ticked=(1, 2, 24)),
            Filled("psfs", "psfs", NOON + HOUR, activities=(("carrying wood", 3), ("sitting", 5))),
        ),
        exercises=(ArchivedExercise(digest_of(A_FILE), A_FILE),),
        sessions=(
            ArchivedSession(bend, True, HurtReport("leg", 6, True, "leg"), one_of_each()),
            ArchivedSession(turn, True),
            ArchivedSession(running),
            ArchivedSession(squats, True),
            ArchivedSession(led, True, None, (Ran(1200.0, 600.0, 600.0),)),
        ),
    )


# ---- made-up diaries --------------------------------------------------------------------------------------------------------

_moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - they get a zone
_days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
_scores = st.none() | st.integers(0, 10)
_numbers = st.floats(0, 1e6)
_some = st.none() | _numbers
_words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
_ids = st.text("abcdefghijklmnopqrstuvwxyz0123456789-_", min_size=1, max_size=12)
_FREE: dict[Any, st.SearchStrategy[Any]] = {
    str: _words,
    str | None: st.none() | _words,
    float: st.floats(-1e6, 1e6),
    float | None: st.none() | st.floats(-1e6, 1e6),
    int: st.integers(0, 100),
    int | None: st.none() | st.integers(0, 100),
    bool: st.booleans(),
    dict[str, float]: st.dictionaries(_ids, _numbers, max_size=2),
    dict[str, float | None]: st.dictionaries(_ids, _some, max_size=2),
}


def _event(cls: type[Event]) -> st.SearchStrategy[Event]:
    hints = get_type_hints(cls)
    made = {one.name: _FREE.get(hints[one.name], st.sampled_from(("left", "right"))) for one in fields(cls)}
    return st.builds(cls, **made)


_events = st.lists(st.sampled_from(tuple(EVENT_TYPES.values())).flatmap(_event), max_size=4).map(tuple)
_measured = st.none() | st.builds(
    Measured, reach_zone=st.none() | _words, reach_cm=_some, range_left_deg=st.none() | st.floats(0, 90),
    range_right_deg=st.none() | st.floats(0, 90), half_period_s=st.none() | st.floats(0, 60),
    range_deg=st.none() | st.floats(0, 180),
)  # fmt: skip
_records = st.builds(
    SessionRecord, id=_ids, exercise_id=st.sampled_from(tuple(ladders())), exercise_version=st.integers(1, 9),
    mode=st.sampled_from(("camera", "timer", "sample")), started_at=_moments, ended_at=st.none() | _moments,
    ending=st.none() | st.sampled_from(("done", "hurt")), height_cm=st.none() | st.floats(100, 230), pain_before=_scores,
    pain_after=_scores, good_s=_numbers, counted_sets=st.integers(0, 9), swings_left=st.integers(0, 99),
    swings_right=st.integers(0, 99), dose_sets=st.none() | st.integers(1, 9), dose_s=_some, measured=_measured,
    exercise_file=st.none() | st.sampled_from(tuple(one.digest for one in built_in().shelved.values())),
    repetitions=st.none() | st.integers(0, 99),
)  # fmt: skip
_hurts = st.none() | st.builds(
    HurtReport, where=st.sampled_from((None, "leg")), pain=_scores, down_leg=st.sampled_from((None, True, False)),
    numb=st.sampled_from((None, "no", "between_legs")),
)  # fmt: skip
_people = st.builds(
    Person, height_cm=st.none() | st.floats(100, 230), units=st.sampled_from(("cm", "ft")), height_asked=st.booleans(),
    figure=st.sampled_from(("f", "m")), wakes_at=st.none() | st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    birth_year=st.none() | st.integers(1900, 2020), language=st.sampled_from((None, "de")), voice=st.none() | _words.filter(bool),
    half_period_s=st.none() | st.floats(3, 6), range_deg=st.none() | st.floats(20, 65),
    extras=st.sets(st.sampled_from(EXTRAS)).map(lambda some: tuple(one for one in EXTRAS if one in some)),
)  # fmt: skip
_entries = st.builds(
    Entry, id=_ids, at=_moments, pain_now=_scores, pain_worst=_scores, pain_average=_scores,
    areas=st.sets(st.sampled_from(AREAS), max_size=3).map(lambda some: tuple(one for one in AREAS if one in some)),
    feels=st.sets(st.sampled_from(FEELS), max_size=3).map(lambda some: tuple(one for one in FEELS if one in some)),
    note=_words, sleep=_scores, active_min=st.none() | st.integers(0, 600), medicine=_words,
)  # fmt: skip
_filled = st.builds(
    Filled, id=_ids, kind=st.sampled_from(("rmdq", "psfs")), at=_moments,
    ticked=st.lists(st.integers(1, 24), max_size=4, unique=True).map(tuple),
    activities=st.lists(st.tuples(_words, st.integers(0, 10)), max_size=3).map(tuple),
).filter(lambda one: one.kind == "rmdq" or bool(one.activities))  # fmt: skip
_runs = st.builds(
    ArchivedRun, _ids,
    st.builds(
        Run, _moments, st.floats(60, 86400), st.floats(0, 86400), _some, _some, st.sampled_from(("run", "walk")),
        st.sampled_from(("gpx", "tcx", "fit")),
    ),
)  # fmt: skip
_reminders = st.builds(
    Reminder, _ids, st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    st.sets(st.sampled_from(DAYS), min_size=1).map(lambda some: tuple(day for day in DAYS if day in some)),
    st.sampled_from(("UTC", "Europe/Berlin")), _moments,
)  # fmt: skip
_asked = st.sampled_from(tuple(BY_ID))
_screenings = st.builds(
    Screening, number=st.integers(1, 99), begun_at=_moments,
    answers=st.dictionaries(_asked, st.sampled_from(("yes", "no", "unsaid")), max_size=3), short=st.booleans(),
    carried=st.lists(_asked, max_size=2).map(tuple), finished_at=st.none() | _moments,
    cleared=st.dictionaries(_asked, _moments, max_size=2), outdated_at=st.none() | _moments,
)  # fmt: skip
_choices = st.sampled_from(
    tuple((exercise, level.id) for exercise, ladder in ladders().items() for level in ladder)
).flatmap(lambda chosen: st.builds(LevelChoice, st.just(chosen[0]), st.just(chosen[1]), _moments))


def _many(one: st.SearchStrategy[Any], same: Any, order: Any = None) -> st.SearchStrategy[tuple[Any, ...]]:
    """Return a strategy for a few of a kind, none twice, in the order in which a diary gives them."""
    some = st.lists(one, max_size=4, unique_by=same)
    return some.map(lambda found: tuple(sorted(found, key=order) if order else found))


archives: st.SearchStrategy[Archive] = st.builds(
    Archive,
    name=_words.filter(lambda name: len(name) <= 40),
    person=_people,
    screenings=_many(_screenings, (lambda one: one.number, lambda one: one.begun_at), lambda one: one.number),
    reminders=_many(_reminders, (lambda one: one.id, lambda one: (one.at, one.days, one.zone)), lambda one: (one.made_at, one.id)),
    mornings=_many(st.builds(ArchivedMorning, _days, st.sampled_from(FEELINGS)), lambda one: one.day, lambda one: one.day),
    marks=_many(
        st.builds(ArchivedMark, _days, st.sampled_from(ITEMS), st.sampled_from(MARKS)),
        lambda one: (one.day, one.item), lambda one: (one.day, one.item),
    ),
    choices=_many(_choices, lambda one: (one.exercise_id, one.level_id, one.chosen_at)),
    runs=_many(_runs, lambda one: one.id, lambda one: (one.run.started_at, one.id)),
    entries=_many(_entries, (lambda one: one.id, lambda one: one.at), lambda one: one.at),
    exercises=st.sets(st.sampled_from([ArchivedExercise(one.digest, one.text) for one in built_in().shelved.values()])).map(
        lambda some: tuple(sorted(some, key=lambda one: one.digest))
    ),
    filled=_many(_filled, (lambda one: one.id, lambda one: one.at), lambda one: one.at),
    sessions=_many(
        st.builds(ArchivedSession, _records, st.booleans(), _hurts, _events),
        lambda one: one.record.id, lambda one: (one.record.started_at, one.record.id),
    ),
)  # fmt: skip
