"""What the demonstrator shows of an exercise: the right way, a person's own levels, and what to avoid."""

from __future__ import annotations

from collections.abc import Mapping

from ownway.errors import OwnwayError
from ownway.exercises.schema import Exercise
from tools.actor.movement import Choice, Movement, chosen

RIGHT = "right"
_FORM = "shown"


class NothingShownError(OwnwayError):
    """The exercise's file does not say what its figure shows."""

    def __init__(self, exercise: str) -> None:
        super().__init__(f"{exercise} has no [demonstration], which says what its figure shows")


def demonstrated(exercise: Exercise) -> Mapping[str, Movement]:
    """Return the movements that the figure shows, by name: ``right``, ids of levels, kinds of faults.

    Raises
    ------
    OwnwayError : the exercise shows nothing, or what its movement does not have.
    """
    shown = exercise.demonstration
    if shown is None:
        raise NothingShownError(exercise.id)

    def movement(level: str | None = None, fault: str | None = None) -> Movement:
        return chosen(Choice(movement=exercise.id, level=level, fault=fault, forms=(_FORM,)))[0].steady()

    return {
        RIGHT: movement(),
        **{level.id: movement(level=level.id) for level in shown.levels},
        **{fault.id: movement(fault=fault.id) for fault in shown.faults},
    }
