"""The plan's promises, held over many lives: those of the simulator and any that chance makes up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ownway.programme.days import Days, sessions_by_day, was_painful
from ownway.programme.levels import MOST_DAYS_TO_RISE, index_of, ladders, standing
from ownway.programme.plan import BECAUSE, plan_for
from tests.programme.diary import ROTATION, STRETCH, choice, day, session
from tools.simulate import KINDS, Kind, Lived, live

SETS_A_DAY, ROTATION_MOST_S = 2, 180.0  # the source text
SPAN = 40  # days of a made-up diary
ITEMS = (STRETCH, ROTATION, "run")
LEVEL_IDS = [(exercise_id, level.id) for exercise_id, ladder in ladders().items() for level in ladder]

shares = st.sampled_from((0.0, 0.1, 0.3, 0.6, 0.9, 1.0))
kinds = st.builds(
    Kind,
    name=st.just("anybody"),
    comes=shares,
    away=st.builds(lambda begin, length: range(begin, begin + length), st.integers(0, 60), st.integers(0, 40)),
    pain=st.floats(0, 10),
    eases=st.floats(-1, 1),
    likes=st.integers(0, 6),
    flares=shares,
    answers=shares,
    stubborn=st.booleans(),
    runs=shares,
    swaps=shares,
    hold_s=st.floats(5, 45),
    held=st.lists(st.sampled_from(ITEMS), unique=True).map(tuple),
    held_days=st.integers(0, 90),
    chooses=st.dictionaries(st.integers(0, 83), st.sampled_from(LEVEL_IDS), max_size=4),
    hour=st.integers(0, 23),
)
pains = st.none() | st.integers(0, 10)
diaries = st.builds(
    Days,
    sessions=st.lists(
        st.builds(
            session,
            st.integers(0, SPAN),
            st.sampled_from((STRETCH, ROTATION)),
            hour=st.integers(0, 23),
            mode=st.sampled_from(("camera", "timer", "sample")),
            sets=st.integers(0, 4),
            good_s=st.floats(0, 300),
            before=pains,
            after=pains,
            ending=st.sampled_from(("done", "stopped", "hurt", "interrupted")),
        ),
        max_size=40,
    ).map(tuple),
    mornings=st.dictionaries(st.integers(0, SPAN).map(day), st.sampled_from(("better", "same", "worse"))),
    choices=st.lists(
        st.builds(lambda n, pair, h: choice(n, pair[1], pair[0], hour=h), st.integers(0, SPAN), st.sampled_from(LEVEL_IDS), st.integers(0, 23)),
        max_size=5,
    ).map(tuple),
    marks=st.dictionaries(
        st.tuples(st.integers(0, SPAN).map(day), st.sampled_from(ITEMS)), st.sampled_from(("skipped", "swapped", "done"))
    ),
    runs=st.lists(st.integers(0, SPAN).map(day), max_size=10).map(tuple),
)  # fmt: skip
held_back = st.dictionaries(st.sampled_from(ITEMS), st.just("Ask somebody first."))


def at(exercise_id: str, days: Days, number: int) -> int:
    """Return the level on a day as a number."""
    return index_of(exercise_id, standing(exercise_id, days, day(number)).level.id)


def keep_promises(lived: list[Lived]) -> None:
    """Check a life: nothing held back was offered or done, and no day went beyond the dose."""
    for one in lived:
        for plan in (one.plan, one.after):
            assert {line.item for line in plan.offered}.isdisjoint(one.held)
        assert {s.exercise_id for s in one.sessions}.isdisjoint(one.held)
        stretch = [s for s in one.sessions if s.exercise_id == STRETCH]
        assert sum(s.counted_sets for s in stretch) <= SETS_A_DAY
        assert sum(s.good_s for s in stretch) <= SETS_A_DAY * 45
        assert sum(s.good_s for s in one.sessions if s.exercise_id == ROTATION) <= ROTATION_MOST_S


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_people_of_the_simulator_are_kept_safe(kind: Kind) -> None:
    """Three lives of each."""
    for seed in range(3):
        keep_promises(live(kind, seed)[0])


@settings(max_examples=40, deadline=None)
@given(kinds, st.integers(0, 2**32))
def test_anybody_is_kept_safe(kind: Kind, seed: int) -> None:
    """Twelve weeks of anybody: never what is held back, never beyond the dose."""
    keep_promises(live(kind, seed)[0])


@settings(max_examples=10, deadline=None)
@given(kinds, st.integers(0, 2**32))
def test_the_same_life_is_lived_the_same(kind: Kind, seed: int) -> None:
    """Nothing but the diary decides."""
    assert live(kind, seed) == live(kind, seed)


@settings(max_examples=80, deadline=None)
@given(diaries, held_back)
def test_no_plan_of_any_diary_offers_too_much(days: Days, held: Mapping[str, str]) -> None:
    """Held back is never offered, what is left and done stays within the dose, every line says why."""
    by_day = sessions_by_day(days.sessions)
    for number in range(SPAN + 1):
        plan = plan_for(day(number), days, held)
        done = by_day.get(day(number), [])
        assert {line.item for line in plan.offered}.isdisjoint(held)
        for line in plan.lines:
            assert line.because in BECAUSE or line.reason is not None
            if line.state != "open" or line.standing is None:
                continue
            assert line.left_s > 0
            done_s = sum(s.good_s for s in done if s.exercise_id == line.item)
            assert line.left_s + done_s <= (SETS_A_DAY * 45 if line.item == STRETCH else ROTATION_MOST_S)
            if line.item == STRETCH:
                sets = sum(s.counted_sets for s in done if s.exercise_id == STRETCH)
                assert 1 <= line.sets_left <= SETS_A_DAY - sets


@settings(max_examples=80, deadline=None)
@given(diaries, st.sampled_from((STRETCH, ROTATION)))
def test_a_level_never_rises_on_pain(days: Days, exercise_id: str) -> None:
    """From one day to the next it rises by one at most, and not after a painful day or on a worse morning, unless chosen."""
    by_day = sessions_by_day(days.sessions)
    for yesterday, today in pairwise(range(SPAN + 2)):
        done = by_day.get(day(yesterday), [])
        if any(c.chosen_at.date() == day(today) for c in days.choices if c.exercise_id == exercise_id):
            continue
        risen = at(exercise_id, days, today) - at(exercise_id, days, yesterday)
        assert -1 <= risen <= 1
        worked = any(s.exercise_id == exercise_id for s in done)
        if any(was_painful(s) for s in done):
            assert risen <= 0
        if worked and days.mornings.get(day(today)) == "worse":
            assert risen <= 0


@settings(max_examples=60, deadline=None)
@given(diaries)
def test_what_comes_later_changes_nothing_before_it(days: Days) -> None:
    """The plan of a day is the same with and without what lies after that day."""
    for number in range(0, SPAN, 5):
        known = Days(
            sessions=tuple(s for s in days.sessions if s.started_at.date() <= day(number)),
            mornings={d: f for d, f in days.mornings.items() if d <= day(number)},
            choices=tuple(c for c in days.choices if c.chosen_at.date() <= day(number)),
            marks={key: mark for key, mark in days.marks.items() if key[0] <= day(number)},
            runs=tuple(d for d in days.runs if d <= day(number)),
        )
        assert plan_for(day(number), known) == plan_for(day(number), days)


@settings(max_examples=60, deadline=None)
@given(diaries)
def test_nobody_is_stuck(days: Days) -> None:
    """Whatever lies behind, the day after tomorrow offers both exercises, and good days lead up to the highest level."""
    later = day(SPAN + 2)
    assert {STRETCH, ROTATION} <= {line.item for line in plan_for(later, days).offered}
    longest = MOST_DAYS_TO_RISE * max(len(ladder) for ladder in ladders().values())
    good = tuple(session(SPAN + 2 + n, e, good_s=180.0) for n in range(longest) for e in (STRETCH, ROTATION))
    healed = replace(days, sessions=(*days.sessions, *good))
    for exercise_id in (STRETCH, ROTATION):
        risen = standing(exercise_id, healed, later + timedelta(days=longest))
        assert risen.level == ladders()[exercise_id][-1]


@settings(max_examples=100, deadline=None)
@given(diaries, st.sampled_from(LEVEL_IDS))
def test_the_person_may_always_choose(days: Days, chosen: tuple[str, str]) -> None:
    """Any level, whatever lies behind."""
    exercise_id, level_id = chosen
    picked = replace(days, choices=(*days.choices, choice(SPAN + 1, level_id, exercise_id)))
    assert standing(exercise_id, picked, day(SPAN + 1)).level.id == level_id


def test_a_night_worker_keeps_their_days_through_the_change_of_the_clock() -> None:
    """Sessions shortly before midnight count for their own day, in the week in which the clocks change as in any other."""
    lived = live(next(kind for kind in KINDS if kind.name == "night worker"), 1)[0]
    assert all(s.started_at.date() == one.plan.day for one in lived for s in one.sessions)
    assert sum(bool(one.sessions) for one in lived[49:63]) >= 11
