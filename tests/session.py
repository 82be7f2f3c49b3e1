"""Runs the coach over recordings and over motions written as a function of time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ownway.body.landmarks import Frame, Picture
from ownway.coach.engine import Coach
from ownway.coach.events import Cue, Event
from ownway.coach.setting import Command, Setting
from ownway.exercises.loader import library, setup
from ownway.media.recordings import open_recording
from tests.figure import HEIGHT_CM, HEIGHT_PX, WIDTH_PX, Points

HAMSTRING, ROTATION = "hamstring_stretch", "trunk_rotation"


def replay(
    path: Path, exercise: str, height_cm: float | None = None, keep: Callable[[int], bool] = lambda _: True
) -> list[Event]:
    """Return the events of a recording; ``keep`` chooses frames by their number."""
    with open_recording(path) as recording:
        header = recording.header
        coach = Coach(
            library()[exercise], Setting(header.width_px, header.height_px, header.mirrored, height_cm, camera=True)
        )
        events: list[Event] = []
        for i, frame in enumerate(recording.frames):
            if keep(i):
                events.extend(coach.step(frame))
    events.extend(coach.interrupt())
    return events


class Session:
    """A session driven by hand: ``play`` a motion for a while, give commands, read the events."""

    def __init__(
        self,
        exercise: str,
        *,
        hz: float = 15.0,
        camera: bool = True,
        mirrored: bool = False,
        height_cm: float | None = HEIGHT_CM,
    ) -> None:
        self.coach = Coach(library()[exercise], Setting(WIDTH_PX, HEIGHT_PX, mirrored, height_cm, camera))
        self.hz = hz
        self.t = 0.0
        self.events: list[Event] = []

    def play(self, seconds: float, motion: Callable[[float], Points | None], **frame: object) -> Session:
        """Play ``motion(time since this call began)``; None is nobody in the picture."""
        start = self.t
        for _ in range(round(seconds * self.hz)):
            self.t += 1.0 / self.hz
            picture = Picture.LIVE if self.coach.live().camera else Picture.NONE
            self.step(Frame(self.t, motion(self.t - start), **{"picture": picture, **frame}))  # type: ignore[arg-type]
        return self

    def step(self, frame: Frame) -> None:
        """Give one frame."""
        self.t = frame.t_s
        self.events.extend(self.coach.step(frame))

    def command(self, command: Command) -> Session:
        """Give a command at the present time."""
        self.events.extend(self.coach.command(command, self.t))
        return self

    def of(self, *kinds: type[Event]) -> list[Event]:
        """Return the events of some kinds."""
        return [e for e in self.events if isinstance(e, kinds)]


def cues(events: Iterable[Event], *, voiced: bool = True) -> list[str]:
    """Return the ids of what was said."""
    return [e.cue for e in events if isinstance(e, Cue) and e.voiced == voiced]


def heard(events: Iterable[Event]) -> Iterator[tuple[float, str, str]]:
    """Return when and what was said, with its level."""
    return ((e.t_s, e.cue, e.level) for e in events if isinstance(e, Cue) and e.voiced)


def text_of(exercise: str, cue: str) -> str:
    """Return the words of a cue."""
    return {c.id: c.text for c in (*setup().cues, *library()[exercise].cues)}[cue]


def ease(t: float, start: float, end: float, low: float, high: float) -> float:
    """Return a value that goes gently from ``low`` to ``high`` between two times."""
    s = min(1.0, max(0.0, (t - start) / (end - start)))
    return low + (high - low) * s * s * (3 - 2 * s)
