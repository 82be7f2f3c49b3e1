"""One fault as it is watched."""

from __future__ import annotations

import pytest

from ownway.body.measures import Values
from ownway.coach.events import Event, FaultBegan, FaultEnded
from ownway.coach.faults import FaultWatch
from ownway.exercises.schema import Fault


def fault(**changes: object) -> Fault:
    row: dict[str, object] = {
        "kind": "bent", "measure": "knee", "above": 15.0, "clear_below": 11.0, "for_s": 0.5, "clear_for_s": 0.4,
        "phases": ("hold",), "cue": "straighten", "source": "a test",
    }  # fmt: skip
    return Fault(**{**row, **changes})  # type: ignore[arg-type]


def watched(watch: FaultWatch, course: list[tuple[float, Values]], *, sure: float = 1.0) -> list[Event]:
    events = (watch.step(t, v, sure, armed=True, not_before_s=0.0) for t, v in course)
    return [e for e in events if e is not None]


def knee(*spans: tuple[float, float | None]) -> list[tuple[float, Values]]:
    """Return ten frames a second; each span is (until when, value)."""
    course: list[tuple[float, Values]] = []
    t = 0.0
    for until_s, value in spans:
        while t < until_s - 1e-9:
            course.append((round(t, 3), {"knee": value}))
            t += 0.1
    return course


def test_it_is_told_from_its_beginning_to_its_end() -> None:
    """Bent from 1.0 to 3.0 s: told so, though it became certain half a second later, and mended later still."""
    began, ended = watched(FaultWatch(fault(), 0.5), knee((1.0, 5.0), (3.0, 22.0), (4.0, 5.0)))
    assert isinstance(began, FaultBegan)
    assert isinstance(ended, FaultEnded)
    assert [began.fault_start_s, began.t_s] == pytest.approx([1.0, 1.5])
    assert ended.fault_end_s == pytest.approx(3.0)
    assert (ended.mended, ended.worst) == (True, 22.0)


def test_who_was_bent_on_the_way_was_bent_from_the_first_moment() -> None:
    """It must last in the phase as long as anywhere; but it began where it was first seen, or with the phase's set."""
    watch = FaultWatch(fault(), 0.5)
    course = knee((3.0, 22.0))
    events = (watch.step(t, v, 1.0, armed=t >= 2.0, not_before_s=1.7) for t, v in course)
    (began,) = (e for e in events if e is not None)
    assert isinstance(began, FaultBegan)
    assert (began.t_s, began.fault_start_s) == (2.5, 1.7)


def test_what_is_unsure_accuses_nobody() -> None:
    """Below the level in data the coach stays silent; a row may ask for more than the others."""
    bent = knee((3.0, 30.0))
    assert watched(FaultWatch(fault(), 0.5), bent, sure=0.4) == []
    assert watched(FaultWatch(fault(sure_from=0.8), 0.5), bent, sure=0.7) == []
    (began,) = watched(FaultWatch(fault(sure_from=0.8), 0.5), bent, sure=0.9)
    assert isinstance(began, FaultBegan)
    assert began.sure == pytest.approx(0.9)


def test_what_is_missing_accuses_nobody_and_ends_what_was() -> None:
    """A value that is gone for a second takes the fault back, as of when it went."""
    assert watched(FaultWatch(fault(), 0.5), knee((3.0, None))) == []
    began, ended = watched(FaultWatch(fault(), 0.5), knee((2.0, 22.0), (4.0, None)))
    assert isinstance(began, FaultBegan)
    assert isinstance(ended, FaultEnded)
    assert ended.fault_end_s == pytest.approx(2.0)
    assert not ended.mended


def test_a_measure_may_know_the_beginning_better() -> None:
    """Bouncing is certain after four swings; it began with the first of them. Another measure may tell how bad it was."""
    watch = FaultWatch(fault(since="since", tells="told", for_s=0.0), 0.5)
    began = watch.step(1.0, {"knee": 22.0, "since": 0.3, "told": 71.0}, 1.0, armed=True, not_before_s=0.0)
    assert isinstance(began, FaultBegan)
    assert (began.fault_start_s, began.value) == (0.3, 71.0)
