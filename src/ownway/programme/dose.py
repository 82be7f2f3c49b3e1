"""What a session today asks for: the dose that the plan leaves, at the person's level, within the person's own limits.

Pure: the coach of a session, the pages around it and the diary all ask here, so that they agree.
"""

from __future__ import annotations

from dataclasses import dataclass

from ownway.coach.records import Person
from ownway.exercises.schema import Exercise
from ownway.programme.levels import Standing
from ownway.programme.plan import Line

# Chosen by us: a whole number of ten seconds, since what is left is told aloud and read from the ring; rounded down, so that
# a day in pieces never comes to more than its dose ...
STEP_S = 10
# ... but for a remainder that is shorter than getting ready for it. Half a minute is four slow swings to either side.
LEAST_S = 30.0


@dataclass(frozen=True, slots=True)
class Asked:
    """How much a session asks for: ``sets`` of ``full_s`` seconds in good form."""

    sets: int
    full_s: float


def asked_today(line: Line) -> Asked | None:
    """Return what a session of this line's movement asks for; None for what has no levels, such as the run.

    While the line is open it is what is left today: sets where the level is counted in sets, seconds where it is not. Who
    begins although nothing is left (done already, left out, covered by a run) gets the level's own whole dose, which is
    never more than that of the source text.
    """
    if line.standing is None:
        return None
    level = line.standing.level
    if line.state != "open":
        return Asked(level.sets, level.full_s)
    if line.sets_left:
        return Asked(min(line.sets_left, level.sets), level.full_s)
    return Asked(level.sets, min(level.full_s, max(LEAST_S, line.left_s // STEP_S * STEP_S)))


def fitted(exercise: Exercise, line: Line | None, person: Person, beside: Standing | None = None) -> Exercise:
    """Return the exercise as it is coached today: what the plan asks for, at the person's level, by their own limits.

    Parameters
    ----------
    line : of today's plan; None for an exercise that the plan does not know.
    beside : where the person stands in such a one, which is asked for whole; None where it has no ladder.
    """
    suited = exercise.suited(person.half_period_s, person.range_deg)
    stands = beside if line is None else line.standing
    if stands is None:
        return suited
    asked = Asked(stands.level.sets, stands.level.full_s) if line is None else asked_today(line)
    at_level = suited if stands.level.pole else suited.bare()
    return at_level if asked is None else at_level.dosed(asked.sets, asked.full_s)
