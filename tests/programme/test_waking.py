"""A bend soon after waking: when somebody is warned."""

from __future__ import annotations

from datetime import time

import pytest

from ownway.exercises.loader import library
from ownway.programme.waking import bends_early


@pytest.mark.parametrize(
    ("wakes_at", "now", "early"),
    [
        (time(7), time(7), True),
        (time(7), time(8, 59), True),
        (time(7), time(9), False),
        (time(7), time(6, 59), False),
        (time(23), time(0, 30), True),
        (time(23), time(1), False),
        (time(0), time(0), True),
        (time(0), time(23, 59), False),
        (time(15), time(16, 30), True),
        (time(15), time(8), False),
        (None, time(7), False),
    ],
)
def test_two_hours_by_the_persons_own_morning(wakes_at: time | None, now: time, early: bool) -> None:
    """Past midnight too, and for whoever works at night; somebody whose morning is not known is never warned."""
    assert bends_early(wakes_at, now) is early


def test_only_a_bend_is_warned_about() -> None:
    """Folding forward is one, turning with a straight back is none; their files say so."""
    assert library()["hamstring_stretch"].bends
    assert not library()["trunk_rotation"].bends
