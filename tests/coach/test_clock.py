"""The clock of one set: what was not good form never counted, also where that is known late."""

from __future__ import annotations

from ownway.coach.clock import Clock


def test_it_can_be_stopped_at_a_moment_that_has_passed() -> None:
    """Ten seconds after the start it is known that the last three did not count."""
    clock = Clock()
    clock.start(5.0)
    clock.stop(12.0)
    assert clock.at(15.0) == 7.0


def test_a_stop_can_be_moved_back_and_never_forward() -> None:
    """It stopped at 12; later it is known that 11 was right. That it was told again for 14 changes nothing."""
    clock = Clock()
    clock.start(5.0)
    clock.stop(12.0)
    clock.stop(11.0)
    clock.stop(14.0)
    assert clock.at(20.0) == 6.0


def test_no_second_counts_twice() -> None:
    """A start that lies before the last stop begins at that stop; a stop before the start takes nothing from before."""
    clock = Clock()
    clock.start(0.0)
    clock.stop(10.0)
    clock.start(8.0)
    assert clock.at(12.0) == 12.0
    clock.stop(3.0)
    assert clock.at(12.0) == 10.0
