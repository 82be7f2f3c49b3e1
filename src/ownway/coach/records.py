"""What is remembered of a person and of each session: the records that ``store`` keeps and every page draws from.

Nothing of a picture and nothing of a landmark is among them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Literal

from ownway.exercises.schema import Exercise

Mode = Literal["camera", "timer", "sample"]
Units = Literal["cm", "ft"]
Figure = Literal["f", "m"]
When = Literal["before", "after"]
Where = Literal["lower_back", "upper_back", "leg", "neck_or_shoulder", "chest", "elsewhere"]
Numbness = Literal["no", "leg", "between_legs"]

MODES: tuple[Mode, ...] = ("camera", "timer", "sample")
UNITS: tuple[Units, ...] = ("cm", "ft")
FIGURES: tuple[Figure, ...] = ("f", "m")
WHENS: tuple[When, ...] = ("before", "after")
WHERES: tuple[Where, ...] = ("lower_back", "upper_back", "leg", "neck_or_shoulder", "chest", "elsewhere")
NUMBNESSES: tuple[Numbness, ...] = ("no", "leg", "between_legs")


@dataclass(frozen=True, slots=True)
class Person:
    """What is remembered of a person besides the diary.

    Attributes
    ----------
    height_asked : True once the question was answered or skipped.
    figure : who shows the movements on the pages, a woman or a man.
    wakes_at : when the person usually wakes, by the clock on the wall; None where not told.
    birth_year : None where not told.
    language : of pages and voice, as a code such as "de"; None for what the browser asks for.
    voice : name of the voice that speaks; None, or where a computer has none of that name, its usual one.
    half_period_s : the person's own tempo from one side of a swing to the other; None for that of the exercise.
    range_deg : so far the person wants to turn at most, to either side; None for the coach's own limit.
    extras : what the diary asks for besides pain.
    """

    height_cm: float | None = None
    units: Units = "cm"
    height_asked: bool = False
    figure: Figure = "f"
    wakes_at: time | None = None
    birth_year: int | None = None
    language: str | None = None
    voice: str | None = None
    half_period_s: float | None = None
    range_deg: float | None = None
    extras: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """Somebody who exercises on this computer.

    Attributes
    ----------
    name : as they want to be called; empty while there is nobody else.
    locked : a PIN is asked for.
    language : a code such as "de"; None for what the browser asks for.
    """

    id: int
    name: str = ""
    locked: bool = False
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """How far and how fast the person moved in a session; None for what was not seen, or is not part of the exercise.

    Attributes
    ----------
    reach_zone : id of the lowest zone that the fingers reached in good form. reach_cm : their height above the floor there.
    range_left_deg, range_right_deg : how far it went to the person's own left and right; range_deg : how far, of what has but
        one side. The farthest that was reached twice.
    half_period_s : the usual time from one side of a swing to the other (the median).
    """

    reach_zone: str | None = None
    reach_cm: float | None = None
    range_left_deg: float | None = None
    range_right_deg: float | None = None
    half_period_s: float | None = None
    range_deg: float | None = None


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """One session as it stands in the history.

    Attributes
    ----------
    started_at, ended_at : aware, in UTC; ``ended_at`` is None while the session runs.
    ending : value of ``coach.events.Ending``, None while the session runs.
    pain_before, pain_after : 0..10 (NPRS), None where not told.
    good_s : seconds in good form, over all sets; of repetitions, what those done well are worth at the asked tempo.
    counted_sets : sets long enough to count.
    swings_left, swings_right : swings to the person's own left and right.
    measured : None while the session runs.
    exercise_file : digest of the exercise's file as it was used; None where an earlier version did not keep it.
    repetitions : done well, over all sets; None where the dose is none of repetitions.
    dose_sets, dose_s : the sets, and the seconds of each, that were asked for; None where the exercise's file said it.
    """

    id: str
    exercise_id: str
    exercise_version: int
    mode: Mode
    started_at: datetime
    ended_at: datetime | None = None
    ending: str | None = None
    height_cm: float | None = None
    pain_before: int | None = None
    pain_after: int | None = None
    good_s: float = 0.0
    counted_sets: int = 0
    swings_left: int = 0
    swings_right: int = 0
    dose_sets: int | None = None
    dose_s: float | None = None
    measured: Measured | None = None
    exercise_file: str | None = None
    repetitions: int | None = None

    def asked(self, exercise: Exercise) -> Exercise:
        """Return this session's exercise with the dose that it asked for."""
        if self.dose_sets is None or self.dose_s is None:
            return exercise
        return exercise.dosed(self.dose_sets, self.dose_s)


@dataclass(frozen=True, slots=True)
class HurtReport:
    """What the person said after *It hurts*.

    Attributes
    ----------
    where : the part of the body, None where not told.
    pain : 0..10 (NPRS), None where not told.
    down_leg : the pain runs down a leg, None where not told.
    numb : numbness or tingling: nowhere, in a leg, or between the legs; None where not told.
    """

    where: Where | None
    pain: int | None
    down_leg: bool | None
    numb: Numbness | None
