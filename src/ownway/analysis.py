"""One recording or film through the engine of the live session: an assessment, and its measures as they come.

Frames are looked at and let go; only events are kept. So the memory it takes does not grow with the pictures of a film.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from ownway.body.measures import Values
from ownway.coach.assessment import Assessment, Watched, assess
from ownway.coach.engine import Coach
from ownway.coach.events import Event
from ownway.coach.setting import Setting
from ownway.errors import OwnwayError, later
from ownway.exercises.schema import Exercise
from ownway.media.footage import Footage

# What is done with the measures of a moment: ``take(t_s, values)``; empty where nothing could be judged.
Take = Callable[[float, Values], None]
# Tells somebody who waits how far it is: called with the film's name and length (s, or None), it gives what takes the seconds done.
Progress = Callable[[str, float | None], AbstractContextManager[Callable[[float], None]]]


class NoFramesError(OwnwayError):
    """A recording in which there is not one frame."""

    def __init__(self, source: str) -> None:
        super().__init__(
            later("{source}: expected at least one frame, found none. Give a film or recording of the exercise."),
            source=source,
        )


def analyse(
    path: Path,
    footage: Footage,
    exercise: Exercise,
    height_cm: float | None,
    take: Take,
    progress: Progress | None = None,
) -> Assessment:
    """Judge a film or recording by an exercise, however many sets it holds and however long they are.

    Parameters
    ----------
    path : whose name the assessment bears. footage : it, open; it is read to its end.
    height_cm : the person's height; None where not told, and there are no lengths in cm then.
    take : is given the measures of each frame.

    Raises
    ------
    NoFramesError : there was nothing to look at.
    OwnwayError : the footage turned out to be bad in the middle.
    """
    header = footage.header
    setting = Setting(header.width_px, header.height_px, header.mirrored, height_cm, camera=True)
    coach = Coach(exercise.unlimited(), setting)
    events: list[Event] = []
    hindered: Counter[str] = Counter()
    frames, first_s = 0, 0.0
    bar = nullcontext(_nobody_waits) if progress is None else progress(path.name, footage.duration_s)
    with bar as done:
        for frame in footage.frames:
            first_s = first_s if frames else frame.t_s
            frames += 1
            events.extend(coach.step(frame))
            if coach.hindrance is None:
                take(frame.t_s, coach.measured())
            else:
                hindered[coach.hindrance] += 1
                take(frame.t_s, {})
            done(frame.t_s)
    if not frames:
        raise NoFramesError(path.name)
    events.extend(coach.interrupt())
    watched = Watched(frames, first_s, coach.t_s, hindered)
    return assess(path.name, exercise, height_cm, events, watched, footage.notes)


def _nobody_waits(_t_s: float) -> None:
    pass
