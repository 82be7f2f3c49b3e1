"""A recording folded into numbers: what a program, a report and a person are told."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from ownway.body.landmarks import Frame
from ownway.coach.assessment import Assessment, Watched, as_json, assess
from ownway.coach.engine import Coach
from ownway.coach.events import Event, FaultEnded, SetEnded, from_dict
from ownway.coach.setting import Setting
from ownway.exercises.loader import library
from tests.figure import HEIGHT_CM, HEIGHT_PX, WIDTH_PX, Points, front, side
from tests.session import HAMSTRING, ROTATION, ease


def assessed(
    exercise_id: str, seconds: float, motion: object, hz: float = 20.0, notes: tuple[str, ...] = ()
) -> Assessment:
    """Return the assessment of a motion written as a function of time; None is nobody in the picture."""
    exercise = library()[exercise_id].unlimited()
    coach = Coach(exercise, Setting(WIDTH_PX, HEIGHT_PX, mirrored=False, height_cm=HEIGHT_CM, camera=True))
    events: list[Event] = []
    hindered: Counter[str] = Counter()
    frames = round(seconds * hz)
    for i in range(frames):
        events.extend(coach.step(Frame(i / hz, motion(i / hz))))  # type: ignore[operator]
        if coach.hindrance is not None:
            hindered[coach.hindrance] += 1
    events.extend(coach.interrupt())
    return assess("film", exercise, HEIGHT_CM, events, Watched(frames, 0.0, (frames - 1) / hz, hindered), notes)


def holds(*starts: float, hold_s: float = 12.0, depth_deg: float = 80.0) -> object:
    """Return a motion with a fold of 3 s at each start, a hold and a rise of 3 s."""

    def at(t: float) -> Points:
        return side(
            sum(ease(t, s, s + 3, 0, depth_deg) - ease(t, s + 3 + hold_s, s + 6 + hold_s, 0, depth_deg) for s in starts)
        )

    return at


def test_a_film_may_hold_more_sets_than_a_session_has() -> None:
    """Three holds are three sets: nothing ends after two, and each is timed from rest to leaving."""
    result = assessed(HAMSTRING, 75.0, holds(4.0, 28.0, 52.0))
    assert result.not_judged is None
    assert [s.start_s for s in result.sets] == pytest.approx([4.0, 28.0, 52.0], abs=0.3)
    assert [s.hold_start_s for s in result.sets] == pytest.approx([7.0, 31.0, 55.0], abs=0.3)
    assert [s.hold_end_s for s in result.sets] == pytest.approx([19.0, 43.0, 67.0], abs=0.4)
    assert [s.hold_s for s in result.sets] == pytest.approx([12.0] * 3, abs=0.5)
    assert [s.peak_trunk_flexion_deg for s in result.sets] == pytest.approx([80.0] * 3, abs=6)
    assert result.judged_fraction == 1.0
    assert result.swings == ()


def test_a_hold_longer_than_the_dose_is_told_whole() -> None:
    """Seventy seconds are seventy seconds, though a session would have asked to come up after 45."""
    (one,) = assessed(HAMSTRING, 85.0, holds(4.0, hold_s=70.0), hz=10).sets
    assert one.hold_s == pytest.approx(70.0, abs=0.6)


@pytest.mark.parametrize("lost_s", [0.6, 6.0])
def test_a_short_loss_of_the_person_is_survived_and_a_long_one_pauses(lost_s: float) -> None:
    """Lost for less than a second the hold goes on; lost for six, its clock waits and the hold is still one."""
    motion = holds(4.0, hold_s=20.0)
    result = assessed(HAMSTRING, 36.0, lambda t: None if 14.0 <= t < 14.0 + lost_s else motion(t))  # type: ignore[operator]
    (one,) = result.sets
    assert one.hold_s == pytest.approx(20.0 - (lost_s if lost_s > 1 else 0.0), abs=0.6)
    assert [r.reason for r in result.refusals] == (["no_person"] if lost_s > 1 else [])
    for refusal in result.refusals:
        assert [refusal.start_s, refusal.end_s] == pytest.approx([14.0, 20.1], abs=0.3)


@pytest.mark.parametrize("hz", [6.0, 15.0, 60.0])
def test_lost_on_the_way_up_a_hold_keeps_what_was_seen(hz: float) -> None:
    """Lost from a second before the end until the person nearly stands: the rest of the hold was seen, and counts."""
    motion = holds(4.0, hold_s=12.0)
    result = assessed(HAMSTRING, 26.0, lambda t: None if 18.0 <= t < 21.0 else motion(t), hz=hz)  # type: ignore[operator]
    (one,) = result.sets
    assert one.hold_s == pytest.approx(11.0, abs=0.9)


def test_picking_something_up_is_no_set() -> None:
    """Down for a second and a half is neither a hold nor a fault."""
    result = assessed(HAMSTRING, 20.0, holds(6.0, hold_s=1.5))
    assert result.sets == ()
    assert result.faults == ()


@pytest.mark.parametrize(
    ("motion", "reason"),
    [
        (lambda t: None, "no_person"),
        (lambda t: front(0.0), "not_side_on"),
        (lambda t: side(0.0, shift_m=0.5 * t - 1.0), "not_still"),
    ],
)
def test_what_cannot_be_judged_says_why(motion: object, reason: str) -> None:
    """Nobody, the wrong view, and somebody who only walks through: each gives its reason, and no numbers."""
    result = assessed(HAMSTRING, 4.0, motion)
    assert result.not_judged == reason
    assert result.judged_fraction == 0.0
    assert (result.sets, result.faults) == ((), ())


def test_swings_are_told_with_their_side_and_their_time() -> None:
    """Left, right, left: as the person's own, with the peak where it was; the good time is that of the swinging."""
    result = assessed(
        ROTATION,
        18.0,
        lambda t: front(
            40 * (ease(t, 4, 6, 0, 1) - ease(t, 7, 10, 0, 2) + ease(t, 11, 14, 0, 2) - ease(t, 15, 17, 0, 1))
        ),
    )
    assert [s.side for s in result.swings] == ["left", "right", "left"]
    assert [s.peak_deg for s in result.swings] == pytest.approx([40.0] * 3, abs=3)
    assert [s.sure for s in result.swings] == [1.0] * 3
    assert result.sets == ()
    assert 8.0 < result.swing_time_s < 14.0


def test_without_a_pole_the_side_is_sure_and_the_degrees_are_not() -> None:
    """Arms hanging: the same swings are counted to the same sides, less sure; nobody is accused of too wide a turn."""

    def motion(t: float) -> Points:
        turn = 75 * (ease(t, 4, 7, 0, 1) - ease(t, 8, 12, 0, 2) + ease(t, 13, 16, 0, 1))
        return front(turn, pole=False)

    result = assessed(ROTATION, 18.0, motion)
    assert [s.side for s in result.swings] == ["left", "right"]
    assert all(s.sure < 0.7 for s in result.swings)
    assert result.faults == ()


def test_it_is_plain_json_with_rounded_numbers() -> None:
    """What is written is what is documented: a version, seconds and degrees with three decimals at most."""
    data = json.loads(json.dumps(as_json(assessed(HAMSTRING, 26.0, holds(4.0), notes=("two_people",)))))
    assert data["version"] == 1
    assert data["notes"] == ["two_people"]
    assert data["sets"][0]["reach"].keys() == {"zone", "distance_cm"}
    numbers = [v for s in data["sets"] for v in s.values() if isinstance(v, float)]
    assert all(round(v, 3) == v for v in numbers)


def test_logs_from_before_still_tell_their_story() -> None:
    """Events that were kept before beginnings and sureness were written down are read and folded."""
    exercise = library()[HAMSTRING]
    log = [
        {"kind": "calibrated", "t_s": 2.0, "near_side": "left", "values": {}},
        {"kind": "sight_lost", "t_s": 5.0, "reason": "no_person"},
        {"kind": "sight_regained", "t_s": 7.0, "reason": "no_person", "lost_s": 3.0},
        {"kind": "fault_began", "t_s": 9.0, "fault": "bent_knees", "fault_start_s": 8.4, "value": 20.0},
        {"kind": "fault_ended", "t_s": 11.0, "fault": "bent_knees", "fault_start_s": 8.4, "worst": 22.0, "mended": True},
        {"kind": "set_ended", "t_s": 40.0, "set_no": 1, "set_start_s": 8.0, "set_end_s": 38.0, "clock_s": 27.0,
         "counted": True, "full": False, "reach_zone": "toes", "best": {"trunk_flexion_deg": 88.0}},
    ]  # fmt: skip
    events = [from_dict(row) for row in log]
    assert isinstance(events[-1], SetEnded)
    assert isinstance(events[-2], FaultEnded)
    result = assess("old", exercise, None, events, Watched(400, 0.0, 40.0, {"no_person": 30}))
    assert [(s.start_s, s.hold_s, s.sure) for s in result.sets] == [(8.0, 27.0, 1.0)]
    assert [(f.start_s, f.end_s, f.unit) for f in result.faults] == [(8.4, 11.0, "deg")]
    assert [(r.start_s, r.end_s) for r in result.refusals] == [(5.0, 7.0)]
