"""The stop rules: what someone is told after *It hurts*."""

from __future__ import annotations

import pytest

from ownway.coach.records import HurtReport
from ownway.programme.pain import ADVICE, advise_after, advise_on_hurt, must_stop


@pytest.mark.parametrize(
    ("pain", "before", "stops"),
    [(5, None, False), (6, None, True), (6, 6, True), (4, 2, True), (3, 2, False), (None, 9, False), (0, 0, False)],
)
def test_stops_from_six_or_two_above_the_beginning(pain: int | None, before: int | None, stops: bool) -> None:
    """Six of ten stops; so do two points more than at the beginning; one more does not."""
    assert must_stop(pain, before) is stops


def test_numbness_between_the_legs_is_an_emergency_and_stands_alone() -> None:
    """Nothing may distract from it, however small the pain."""
    assert advise_on_hurt(HurtReport(where="lower_back", pain=1, down_leg=False, numb="between_legs"), 1) == (
        "emergency_saddle",
    )


def test_chest_pain_is_an_emergency() -> None:
    """Pain in the chest is never sent home to rest."""
    assert advise_on_hurt(HurtReport(where="chest", pain=2, down_leg=None, numb=None), None) == ("emergency_chest",)


@pytest.mark.parametrize(
    "report",
    [
        HurtReport(where="leg", pain=2, down_leg=True, numb="no"),
        HurtReport(where="lower_back", pain=2, down_leg=False, numb="leg"),
    ],
)
def test_anything_new_in_a_leg_sends_to_someone(report: HurtReport) -> None:
    """Leg pain or numbness stops the day and asks for a professional, whatever the pain."""
    assert advise_on_hurt(report, 2)[0] == "see_someone"


def test_every_milder_answer_still_names_the_emergency_signs() -> None:
    """The questions do not ask for bladder or bowel, so the last line does."""
    for pain in (None, 0, 5, 10):
        assert (
            advise_on_hurt(HurtReport(where=None, pain=pain, down_leg=None, numb=None), None)[-1] == "emergency_signs"
        )


def test_a_session_that_ended_worse_is_told_to_rest() -> None:
    """Two points more after than before: leave it for today."""
    assert advise_after(5, 3) == ("stop_today",)
    assert advise_after(3, 3) == ()
    assert advise_after(None, 3) == ()


def test_no_advice_promises_or_diagnoses() -> None:
    """The stated purpose decides what a product is: no such words anywhere."""
    for text in ADVICE.values():
        assert not any(word in text.lower() for word in ("treat", "cure", "diagnos", "disc", "injur"))
