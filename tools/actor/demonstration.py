"""What the demonstrator shows of an exercise: the right way, a person's own levels, and what to avoid."""

from __future__ import annotations

from collections.abc import Mapping

from ownway.errors import OwnwayError
from ownway.exercises.loader import RIGHT_WAY
from ownway.exercises.schema import Demonstration, Exercise
from tools.actor.movement import Choice, Movement, chosen

FORM = "shown"  # of a movement: how the figure does it


class NothingShownError(OwnwayError):
    """The exercise's file does not say what its figure shows."""

    def __init__(self, exercise: str) -> None:
        super().__init__(f"{exercise} has no [demonstration], which says what its figure shows")


def shown_by(exercise: Exercise) -> Demonstration:
    """Return what the exercise's figure shows; NothingShownError where its file does not say."""
    if exercise.demonstration is None:
        raise NothingShownError(exercise.id)
    return exercise.demonstration


def demonstrated(exercise: Exercise) -> Mapping[str, Movement]:
    """Return the movements that the figure shows, by name: ``right``, ids of levels, kinds of faults.

    Raises
    ------
    OwnwayError : the exercise shows nothing, or what its movement does not have.
    """
    shown = shown_by(exercise)

    def movement(level: str | None = None, fault: str | None = None) -> Movement:
        return chosen(Choice(movement=exercise.id, level=level, fault=fault, forms=(FORM,)))[0].steady()

    return {
        RIGHT_WAY: movement(),
        **{level.id: movement(level=level.id) for level in shown.levels},
        **{fault.id: movement(fault=fault.id) for fault in shown.faults},
    }
