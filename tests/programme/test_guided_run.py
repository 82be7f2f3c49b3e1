"""The guided run: its parts, what is said when, and what of it the plan and the list of runs see."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from ownway.programme.days import Days
from ownway.programme.guided_run import (
    COOL_DOWN_S,
    MAIN_S,
    PARTS,
    RUN,
    WARM_UP_S,
    WAYS,
    RunEnding,
    Told,
    Way,
    WayId,
    as_run,
    cues,
    parts,
    record,
    total_s,
    way_of,
)  # fmt: skip
from ownway.programme.plan import plan_for
from ownway.programme.runs import Run, outings, shared

START = datetime(2026, 2, 2, 9, tzinfo=UTC)
every_way = pytest.mark.parametrize("way", WAYS.values(), ids=lambda way: way.id)


def told(
    way: WayId = "easy", *, run_s: float = 300.0, walk_s: float = 900.0, ending: RunEnding = "done", paused_s: float = 0
) -> Told:
    """Return a whole run, unless told otherwise."""
    end = START + timedelta(seconds=run_s + walk_s + paused_s)
    return Told("a" * 16, way, START, end, run_s, walk_s, ending, 2)


@every_way
def test_a_way_is_a_quarter_of_an_hour_between_two_walks(way: Way) -> None:
    """Part follows part without a gap; the first and the last are walked."""
    laid = parts(way)
    assert (laid[0].kind, laid[0].length_s) == ("warm_up", WARM_UP_S)
    assert (laid[-1].kind, laid[-1].length_s) == ("cool_down", COOL_DOWN_S)
    assert sum(part.length_s for part in laid[1:-1]) == MAIN_S
    assert laid[0].start_s == 0.0
    assert all(one.end_s == other.start_s for one, other in pairwise(laid))
    assert {part.kind for part in laid} <= set(PARTS)


@every_way
def test_a_cue_has_six_words_at_most_and_room_around_it(way: Way) -> None:
    """Three seconds lie between two of them; in five sixths of the minutes nobody speaks more than twice."""
    said = cues(way)
    assert all(1 <= len(cue.text.split()) <= 6 for cue in said)
    assert all(later.at_s - sooner.at_s >= 3.0 for sooner, later in pairwise(said))
    minutes = [sum(60 * m <= cue.at_s < 60 * m + 60 for cue in said) for m in range(20)]
    assert sum(count <= 2 for count in minutes) >= 17


@every_way
def test_every_part_is_begun_with_a_word_and_a_tone(way: Way) -> None:
    """Those, and the end, are what is told late rather than never; rising is faster, falling is slower."""
    changes = [cue for cue in cues(way) if cue.changes]
    assert [cue.at_s for cue in changes] == [*(part.start_s for part in parts(way)), total_s(way)]
    tones = {cue.id: cue.tone for cue in changes}
    assert tones["cool_down"] == "falling"
    assert tones["done"] == "deep_bell"
    assert tones.get("run", "rising") == "rising"


def test_what_is_heard_on_running_a_little() -> None:
    """Ten seconds before each change, the half once, and the last run is called the last."""
    heard = [(cue.at_s, cue.text) for cue in cues(WAYS["easy"])]
    assert heard[:5] == [
        (0.0, "Walk easily. Warm up."),
        (170.0, "Ten seconds."),
        (180.0, "Run gently, so you could talk."),
        (230.0, "Ten seconds."),
        (240.0, "Walk now. Breathe calmly."),
    ]
    assert [at_s for at_s, text in heard if text == "Halfway."] == [630.0]
    assert [at_s for at_s, text in heard if text == "Last run, gently."] == [900.0]
    assert heard[-2:] == [(1080.0, "Walk slowly. Cool down."), (1200.0, "Done. Well run.")]


def test_what_is_heard_on_a_long_part() -> None:
    """No ten seconds, but the half and what is left; whoever walks is not told to run, nor praised for it."""
    run, walk = ([cue.text for cue in cues(WAYS[way])] for way in ("steady", "walk"))
    assert run[2:7] == [
        "Run gently, so you could talk.", "Stay easy: you could talk.", "Halfway.", "Five minutes left.", "One minute left."
    ]  # fmt: skip
    assert not any("un" in text.split()[0] for text in walk)
    assert walk[-1] == "Done. Well walked."


@every_way
def test_the_way_is_read_again_from_the_record(way: Way) -> None:
    """The record is a session like others: read(write(x)) == x; an exercise has no way."""
    kept, ran = record(told(way.id))
    assert way_of(kept) == way
    assert (kept.exercise_id, kept.mode, kept.good_s) == (RUN, "timer", 1200.0)
    assert (ran.run_s, ran.walk_s) == (300.0, 900.0)
    assert as_run(kept).kind == ("walk" if way.id == "walk" else "run")
    assert way_of(replace(kept, exercise_id="trunk_rotation")) is None


def test_a_pause_makes_a_run_longer_but_no_more_of_it() -> None:
    """As with a watch: how long, and how much of it in motion."""
    run = as_run(record(told(paused_s=120.0))[0])
    assert (run.duration_s, run.moving_s) == (1320.0, 1200.0)


@pytest.mark.parametrize(("run_s", "walk_s", "counts"), [(300, 900, True), (120, 480, True), (180, 400, False)])
def test_a_guided_run_counts_from_ten_minutes_on(run_s: float, walk_s: float, counts: bool) -> None:
    """For the stretch too, as any run does; a shorter one leaves the day as it was."""
    kept, _ = record(told(run_s=run_s, walk_s=walk_s, ending="stopped"))
    plan = plan_for(START.date(), Days(sessions=(kept,)))
    assert [line.state for line in plan.lines] == (["covered", "open", "done"] if counts else ["open"] * 3)


def test_a_run_that_hurt_ends_the_day_and_asks_about_the_morning() -> None:
    """As an exercise does."""
    kept, _ = record(told(run_s=60, walk_s=240, ending="hurt"))
    days = Days(sessions=(kept,))
    assert {line.state for line in plan_for(START.date(), days).lines} == {"enough"}
    assert plan_for(START.date() + timedelta(days=1), days).ask_morning


def by_watch(begun_s: float, duration_s: float) -> Run:
    """Return what a watch tells that was started so many seconds after the guided run."""
    at = START + timedelta(seconds=begun_s)
    return Run(at, duration_s, duration_s, 2400.0, 140.0, kind="run", source="fit")


@pytest.mark.parametrize(
    ("begun_s", "duration_s", "same"),
    [(0, 1200, True), (-300, 1800, True), (400, 500, True), (700, 1200, False), (1300, 1200, False), (-90_000, 1200, False)],
)  # fmt: skip
def test_a_watch_that_went_along_tells_of_the_same_run(begun_s: float, duration_s: float, same: bool) -> None:
    """Started early, late, or just for a while: half of the shorter one in common is enough, whichever is asked."""
    led = as_run(record(told())[0])
    assert shared(led, by_watch(begun_s, duration_s)) is same
    assert shared(by_watch(begun_s, duration_s), led) is same


def test_an_outing_is_listed_once() -> None:
    """With what the watch measured, and both names, so that both are forgotten together; the newest first."""
    led = as_run(record(told())[0])
    found = outings({"led": led}, {"twin": by_watch(60, 1100), "later": by_watch(40_000, 1200)})
    assert [outing.ids for outing in found] == [("later",), ("led", "twin")]
    assert (found[1].run.distance_m, found[1].led, found[0].led) == (2400.0, led, None)
