"""Counting repetitions: what is one, what counts towards a dose, marks at a count, and the mode without camera."""

from __future__ import annotations

from dataclasses import replace
from importlib import resources
from math import pi, sin

import pytest

from ownway.coach.events import (
    Beat,
    ClockStopped,
    DoseReached,
    Ended,
    FaultBegan,
    Repeated,
    SetEnded,
    Swung,
)
from ownway.coach.repetitions import RepetitionCounter
from ownway.coach.setting import Command
from ownway.coach.summary import summarise
from ownway.errors import ExerciseError
from ownway.exercises.loader import library, parse_exercise
from ownway.exercises.schema import Repetitions
from tests.figure import Points, front, side
from tests.session import Session, cues, ease

SQUAT, BEND = library()["half_squat"], library()["side_bend"]
ONE = Repetitions("knee_flexion_deg", counts_from_deg=40, back_deg=10, tempo_s=4, ends_below_deg=15)
TWO = replace(ONE, sides=2)
TEMPO_S = 4


def counted(spec: Repetitions, angles: list[float | None]) -> list[tuple[str | None, float]]:
    """Return side and farthest angle of what is counted, of angles a tenth of a second apart."""
    counter = RepetitionCounter(spec)
    done = (counter.step(n / 10, angle, 1.0) for n, angle in enumerate(angles))
    return [(one.side, one.peak_deg) for one in done if one is not None]


@pytest.mark.parametrize(
    ("angles", "found"),
    [
        ([0, 30, 60, 70, 60, 30, 10], [(None, 70)]),
        ([0, 39, 0], []),  # not far enough
        ([0, 60, 30, 60, 30, 10], [(None, 60)]),  # half way up and down again is no second one
        ([0, 60, 20, 20], []),  # not back yet
        ([0, -60, 0], []),  # the other way is not the movement
        ([0, 60, None, 10, 60, 10], [(None, 60), (None, 60)]),  # a flicker
    ],
)
def test_what_is_one(angles: list[float | None], found: list[tuple[None, float]]) -> None:
    """Out far enough and back: one. Everything else: none."""
    assert counted(ONE, angles) == found


def test_two_sides_are_told_apart() -> None:
    """Left is positive; straight through the middle both count, and the same side may come twice."""
    assert counted(TWO, [0, 60, 0, 50, 0, -45, 55, 0]) == [("left", 60), ("left", 50), ("right", 45), ("left", 55)]


def test_what_was_not_seen_to_its_end_is_forgotten() -> None:
    """After a pause nobody knows how it went on."""
    counter = RepetitionCounter(ONE)
    counter.step(0.0, 60.0, 1.0)
    counter.forget()
    assert counter.step(9.0, 5.0, 1.0) is None


# ---- in a session -------------------------------------------------------------------------------------------------------------


def squats(deg: float = 70, lean: float = 0.4) -> object:
    """Return the motion of squats in tempo, each 0.4 s of standing and 3.6 s of movement."""

    def motion(t: float) -> Points:
        knee = deg * sin(pi * max(0.0, t % TEMPO_S - 0.4) / 3.6) ** 2
        return side(lean * knee, knee)

    return motion


def squatting(seconds: float, **how: float) -> Session:
    return Session("half_squat").play(3, lambda _t: side()).play(seconds, squats(**how))  # type: ignore[arg-type]


def test_a_set_ends_when_its_repetitions_are_done_well() -> None:
    """Ten, a rest, ten, and the session is over, whatever the clock says; each counts once she stands again."""
    session = squatting(40).play(50, lambda _t: side()).play(42, squats())  # type: ignore[arg-type]
    assert [e.repetitions for e in session.of(SetEnded)] == [10, 10]  # type: ignore[attr-defined]
    assert len(session.of(DoseReached)) == 2
    assert session.of(Ended)[0].how == "done"  # type: ignore[attr-defined]
    assert cues(session.events)[-1] == "twice_ten_done"
    told = summarise(SQUAT, session.events)
    assert (told.repetitions, told.tried, told.counted_sets, told.full_sets) == (20, 20, 2, 2)
    assert {"full_sets", "clean_form", "steady_pace"} <= set(told.went_well)
    assert told.good_s == 80  # worth 4 s each to a plan, however quick
    assert told.half_period_s is None  # that is of what is swung


def test_bad_form_does_not_count() -> None:
    """Three too deep, then good ones: those alone count, and the voice says what to do."""
    session = squatting(12, deg=110).play(8, squats())  # type: ignore[arg-type]
    assert [e.good for e in session.of(Repeated)] == [False, False, False, True, True]  # type: ignore[attr-defined]
    assert {e.fault for e in session.of(FaultBegan)} == {"too_deep"}  # type: ignore[attr-defined]
    assert "half_way" in cues(session.events)
    assert session.coach.live().count == 2
    told = summarise(SQUAT, session.events)  # cut short here
    assert (told.repetitions, told.tried, told.counted_sets) == (2, 5, 0)


def test_the_voice_tells_the_count_now_and_then() -> None:
    """Each mark once, when so many are left; with a smaller dose what it does not reach is left out."""
    said = cues(squatting(41).events)
    assert [cue for cue in said if cue.endswith("_more")] == ["five_more", "three_more", "one_more"]
    four = SQUAT.dosed(1, 16)
    assert (four.dose.repetitions, four.dose.counts_from_repetitions, four.last_cue) == (4, 4, "done")
    assert [mark.cue for mark in four.marks] == ["steady", "three_more", "one_more"]
    assert four.dosed(2, 40) == replace(SQUAT.dosed(2, 40), marks=four.marks, dose=four.dosed(2, 40).dose)


def test_a_rest_within_a_set_waits() -> None:
    """Whoever stands still is not hurried and not ended; the clock waits, and the count goes on."""
    session = squatting(12).play(30, lambda _t: side()).play(8, squats())  # type: ignore[arg-type]
    assert session.coach.live().count == 5
    assert [e.why for e in session.of(ClockStopped)] == ["resting"]  # type: ignore[attr-defined]
    assert not session.of(SetEnded)


def test_a_pause_spoils_only_what_was_under_way() -> None:
    """What was done stays counted; the one in the middle of which it came does not count."""
    session = squatting(10).command(Command.PAUSE).play(5, lambda _t: side())
    session.command(Command.RESUME).play(2, lambda _t: side()).play(4, squats())  # type: ignore[arg-type]
    assert session.coach.live().count == 3


def test_without_camera_time_counts_and_the_tempo_is_told() -> None:
    """A repetition a tempo; down and up are said at first, then only shown and ticked."""
    session = Session("half_squat", camera=False).play(133, lambda _t: None)
    assert [e.repetitions for e in session.of(SetEnded)] == [10, 10]  # type: ignore[attr-defined]
    assert session.of(Ended)[0].how == "done"  # type: ignore[attr-defined]
    beats = session.of(Beat)
    assert len(beats) == pytest.approx(40, abs=2)
    assert {e.side for e in beats} == {None}  # type: ignore[attr-defined]
    assert cues(session.events).count("up") == 6  # three times a set
    assert {"five_more", "one_more", "twice_ten_done"} <= set(cues(session.events))
    assert summarise(SQUAT, session.events).repetitions == 20
    assert 15 <= (summarise(SQUAT, session.events[:-20]).repetitions or 0) < 20  # the plug was pulled


def test_both_sides_together_are_the_dose() -> None:
    """Five to either side are ten; each is told by its side."""
    session = Session("side_bend").play(3, lambda _t: front(pole=False))
    session.play(43, lambda t: front(lean_deg=20 * sin(pi * t / TEMPO_S), pole=False))
    assert [e.side for e in session.of(Swung)][:4] == ["left", "right", "left", "right"]  # type: ignore[attr-defined]
    assert session.of(Ended)[0].how == "done"  # type: ignore[attr-defined]
    told = summarise(BEND, session.events)
    assert (told.repetitions, told.swings_left, told.swings_right) == (10, 5, 5)
    assert not told.faults


def test_what_has_no_repetitions_counts_none() -> None:
    """A stretch stays what it was."""
    session = Session("hamstring_stretch").play(4, lambda _t: side()).play(14, lambda t: side(ease(t, 0, 4, 0, 80)))
    told = summarise(library()["hamstring_stretch"], session.events)
    assert (told.repetitions, told.tried) == (None, 0)
    live = session.coach.live()
    assert (live.count, live.full_count) == (0, None)


# ---- in the file --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("full_s = 40", "full_s = 41", "dose.full_s: expected 40"),
        (
            'measure = "knee_flexion_deg"\ncounts',
            'measure = "heel_lift_cm"\ncounts',
            "repetitions.measure: expected an angle in degrees",
        ),
        ("starts_from_deg = 6", "starts_from_deg = 60", "repetitions.starts_from_deg: expected less"),
        ("ends_below_deg = 15", "ends_below_deg = 45", "repetitions.ends_below_deg: expected less"),
        (
            "counts_from_repetitions = 5",
            "counts_from_repetitions = 11",
            "dose.counts_from_repetitions: expected at most",
        ),
        ('paces = ["down", "up"]', 'paces = ["down", "jump"]', "repetitions.paces[2]"),
        ("left_count = 5", "left_count = 5\nat_s = 3", "marks[five_more]: expected exactly one of"),
        ("repetitions = 10\n", "", "marks[one_more].left_count: expected a dose"),
        ("set_full = true\ndose_met = true", "dose_met = true", "phases[squat].next[1]"),
    ],
)
def test_a_mistake_in_the_file_is_named(old: str, new: str, said: str) -> None:
    """Each contradiction by its key."""
    text = (resources.files("ownway.exercises") / "library" / "half_squat.toml").read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(ExerciseError) as caught:
        parse_exercise(text.replace(old, new, 1), "mine.toml")
    assert said in str(caught.value)
