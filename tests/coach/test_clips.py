"""Golden runs: rendered people of exactly known posture, and recordings of real ones, through the whole engine."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ownway.coach.events import (
    DoseReached,
    Event,
    FaultBegan,
    FaultEnded,
    SetBegan,
    SetEnded,
    SightLost,
    Swung,
)  # fmt: skip
from tests.session import HAMSTRING, ROTATION, cues, heard, replay

CLIPS = Path(__file__).parents[1] / "clips"
RECORDINGS = Path(__file__).parents[1] / "recordings"
GOOD = ["A1_bend_good", "A2_bend_two_sets_short", "A6_bend_shallow", "A7_twist_good"]
FAULTY = [
    "A3_bend_bent_knees", "A4_bend_bouncing", "A5_bend_too_fast",
    "A8_twist_over", "A9_twist_too_fast", "A10_twist_feet_turning",
]  # fmt: skip
STRETCHES = ["A1_bend_good", "A2_bend_two_sets_short", "A6_bend_shallow"]
SWINGING = ["A7_twist_good", "A8_twist_over", "A9_twist_too_fast", "A10_twist_feet_turning"]


def truth(clip: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((CLIPS / f"{clip}.json").read_text())
    return data


@cache
def run(clip: str, hz: int = 30) -> tuple[Event, ...]:
    data = truth(clip)
    every = 30 // hz
    return tuple(
        replay(CLIPS / f"{clip}.jsonl.gz", data["exercise"], data["stature_cm"], keep=lambda i: i % every == 0)
    )


def of(events: tuple[Event, ...], kind: type[Event]) -> list[Any]:
    return [e for e in events if isinstance(e, kind)]


@pytest.mark.parametrize("clip", GOOD)
@pytest.mark.parametrize("hz", [30, 10, 6])
def test_good_form_is_never_accused(clip: str, hz: int) -> None:
    """A clip without a fault hears of none, at any frame rate."""
    assert of(run(clip, hz), FaultBegan) == []


@pytest.mark.parametrize("clip", FAULTY)
@pytest.mark.parametrize("hz", [30, 10, 6])
def test_a_fault_is_named_and_said(clip: str, hz: int) -> None:
    """Each faulty clip is found out: exactly its own fault, within the time it lasts, with a cue."""
    events = run(clip, hz)
    (fault,) = truth(clip)["faults"]
    began = of(events, FaultBegan)
    assert {e.fault for e in began} == {fault["kind"]}
    assert fault["start_s"] <= began[0].t_s <= fault["end_s"]
    expected = {
        "bent_knees": "straighten_knees", "bouncing": "hold_still", "too_fast": "soften_down",
        "over_rotation": "smaller_turn", "swinging_too_fast": "slower", "feet_turning": "feet_still",
    }  # fmt: skip
    assert expected[fault["kind"]] in cues(events)


@pytest.mark.parametrize("clip", STRETCHES)
@pytest.mark.parametrize("hz", [30, 10, 6])
def test_holds_are_found_and_timed(clip: str, hz: int) -> None:
    """Every hold of the truth is a set, and its time in good form agrees within 1.2 s."""
    sets = of(run(clip, hz), SetEnded)
    expected = truth(clip)["sets"]
    assert len(sets) == len(expected)
    for found, true in zip(sets, expected, strict=True):
        assert found.set_start_s == pytest.approx(true["hold_start_s"], abs=0.7)
        assert found.clock_s == pytest.approx(true["hold_end_s"] - true["hold_start_s"], abs=1.2)


def test_a_full_hold_reaches_its_dose() -> None:
    """32 s of stillness is a full set, told at the right moments before."""
    events = run("A1_bend_good")
    (reached,) = of(events, DoseReached)
    assert reached.t_s == pytest.approx(36.0, abs=0.5)
    times = {cue: t for t, cue, _ in heard(events)}
    assert times["ten_seconds"] == pytest.approx(reached.t_s - 10, abs=0.3)
    assert times["five"] == pytest.approx(reached.t_s - 5, abs=0.3)
    (one,) = of(events, SetEnded)
    assert (one.full, one.counted) == (True, True)


def test_a_bent_knee_stops_the_clock() -> None:
    """Eight seconds on bent knees are no hold in good form."""
    (one,) = of(run("A3_bend_bent_knees"), SetEnded)
    assert one.clock_s < 1.5
    assert not one.counted


def test_hands_at_the_knees_is_as_good_as_hands_at_the_toes() -> None:
    """A person whose limit is at the knees gets a set and its reach, and hears nothing about going further."""
    events = run("A6_bend_shallow")
    (one,) = of(events, SetEnded)
    assert one.reach_zone == "knees"
    assert one.best["fingertip_to_floor_cm"] == pytest.approx(53.0, abs=5.0)


@pytest.mark.parametrize("clip", SWINGING)
@pytest.mark.parametrize("hz", [30, 10])
def test_swings_are_counted_exactly(clip: str, hz: int) -> None:
    """Side and number of the swings are those of the truth, the peak within 6 degrees and 0.5 s."""
    swings = of(run(clip, hz), Swung)
    expected = truth(clip)["swings"]
    assert [s.side for s in swings] == [s["side"] for s in expected]
    for found, true in zip(swings, expected, strict=True):
        assert found.peak_deg == pytest.approx(true["peak_deg"], abs=6.0)
        assert found.peak_s == pytest.approx(true["t_s"], abs=0.5)


@pytest.mark.parametrize(
    ("clip", "reason", "cue"),
    [("A11_empty_room", "no_person", "cannot_see_you"), ("A12_bend_seen_from_front", "not_side_on", "turn_side")],
)
def test_what_cannot_be_judged_is_refused_in_words(clip: str, reason: str, cue: str) -> None:
    """An empty room and a stretch from the front give a reason and its cue, and no set."""
    events = run(clip)
    assert {e.reason for e in of(events, SightLost)} == {reason}
    assert cue in cues(events)
    assert of(events, SetBegan) == []


@pytest.mark.parametrize("path", sorted(RECORDINGS.glob("*.jsonl.gz")), ids=lambda p: p.name.split(".")[0])
def test_other_movements_of_real_people_give_no_hold(path: Path) -> None:
    """Squats, quick toe touches and twists with swinging arms are no hold and accuse nobody of bent knees."""
    events = replay(path, ROTATION if "twist" in path.name else HAMSTRING, 178.0)
    assert [e for e in events if isinstance(e, DoseReached)] == []
    assert [e.fault for e in events if isinstance(e, FaultBegan) and e.fault == "bent_knees"] == []
    assert [e for e in events if isinstance(e, SetEnded) and e.counted] == []


@pytest.mark.parametrize("clip", [*GOOD, *FAULTY])
def test_every_fault_that_begins_ends(clip: str) -> None:
    """Began and ended alternate for each fault, so that a fold of the log needs no guesses."""
    open_faults: set[str] = set()
    for event in run(clip):
        if isinstance(event, FaultBegan):
            assert event.fault not in open_faults
            open_faults.add(event.fault)
        elif isinstance(event, FaultEnded):
            open_faults.remove(event.fault)
    assert open_faults == set()
