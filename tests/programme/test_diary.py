"""What an entry means, how questionnaires are scored, and what counts as a change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ownway.programme.diary import CORRECTED_WITHIN, Area, Entry, Feel, changes_kind, corrects, is_empty
from ownway.programme.questionnaires import AGAIN_AFTER, RMDQ, Change, Compared, Filled, change, compared, due

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def test_an_entry_in_which_nothing_was_told_is_empty() -> None:
    """A zero is told."""
    assert is_empty(Entry("e", NOON))
    assert not is_empty(Entry("e", NOON, pain_now=0))


@pytest.mark.parametrize(
    ("areas", "feels", "changes"),
    [(("lower_back",), ("dull",), False), (("lower_back", "calf_left"), (), True), (("foot_right",), (), True),
     ((), ("tingling",), True), ((), ("numb",), True), (("buttock_left",), ("burning",), False)],
)  # fmt: skip
def test_pain_newly_in_a_leg_or_numb_is_of_another_kind(
    areas: tuple[Area, ...], feels: tuple[Feel, ...], changes: bool
) -> None:
    """Told for the first time; told again, it is known."""
    entry = Entry("e", NOON, areas=areas, feels=feels)
    assert changes_kind(entry, [Entry("before", NOON, areas=("lower_back",))]) is changes
    assert not changes_kind(entry, [entry])


def test_questionnaires_are_scored_as_their_authors_do() -> None:
    """RMDQ: the sentences that hold, of 24. PSFS: the mean of the person's own activities."""
    assert len(RMDQ) == len(set(RMDQ)) == 24
    assert Filled("f", "rmdq", NOON, ticked=(1, 2, 24)).score == 3.0
    assert Filled("f", "psfs", NOON, activities=(("a", 3), ("b", 4))).score == 3.5
    assert Filled("f", "psfs", NOON).score == 0.0


@pytest.mark.parametrize(
    ("measure", "before", "now", "became"),
    [("pain", 5, 3, "better"), ("pain", 8, 6, "unclear"), ("pain", 3, 2, "unclear"), ("pain", 3, 5, "worse"),
     ("rmdq", 12, 7, "better"), ("rmdq", 20, 15, "unclear"), ("rmdq", 4, 9, "worse"),
     ("psfs", 3, 5, "better"), ("psfs", 5, 4, "unclear"), ("psfs", 5, 3, "worse")],
)  # fmt: skip
def test_a_change_is_one_only_when_it_is_large_enough(measure: str, before: float, now: float, became: Change) -> None:
    """By points and by share; in either direction what is smaller is called unclear."""
    assert change(measure, before, now) == became


def test_a_questionnaire_is_due_at_first_and_every_two_weeks() -> None:
    """Not a moment sooner."""
    assert due(None, NOON)
    assert due(NOON - AGAIN_AFTER, NOON)
    assert not due(NOON - AGAIN_AFTER + timedelta(seconds=1), NOON)


def test_another_number_soon_after_mends_the_first() -> None:
    """Within ten minutes; later it is a new entry, and what lies ahead is mended by nothing."""
    entry = Entry("e", NOON, pain_now=7)
    assert corrects(entry, NOON)
    assert not corrects(entry, NOON + CORRECTED_WITHIN)
    assert not corrects(entry, NOON - timedelta(seconds=1))


def test_scores_are_compared_between_two_times() -> None:
    """RMDQ: said to tell little at its ends. PSFS: by what both times have in common, one activity alone needing more."""
    twelve, six, three = (Filled("f", "rmdq", NOON, ticked=tuple(range(n))) for n in (12, 6, 3))
    assert compared(twelve, six) == Compared(12, 6, "better")
    assert compared(six, three) == Compared(6, 3, "unclear", says_little=True)
    before = Filled("f", "psfs", NOON, activities=(("Tying shoes", 2), ("Garden", 4), ("Stairs", 9)))
    both = Filled("f", "psfs", NOON, activities=(("tying shoes", 4), ("Garden", 6), ("Running", 0)))
    one = Filled("f", "psfs", NOON, activities=(("Garden", 6),))
    assert compared(before, both) == Compared(3, 5, "better")
    assert compared(before, one) == Compared(4, 6, "unclear")
    assert compared(before, Filled("f", "psfs", NOON, activities=(("Running", 6),))) is None
