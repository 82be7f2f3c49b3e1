"""The guided run: its ways, its parts, and what is said when.

The source text asks for a run of a quarter of an hour. Running a little and walking a little, in turns, is how people
began in a trial with ordinary back pain (ASTEROID, BJSM 2024, n=40); the lengths of the turns, of the walk before and of
the walk after are chosen by us: gentle enough for somebody who has not run for years.

A run is led without the server, which stays at home. So everything that will be said is known before it begins.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ownway.coach.events import Ran
from ownway.coach.records import SessionRecord
from ownway.errors import later
from ownway.programme.runs import Kind, Run

RUN = "run"  # how sessions, plan and questions call it
VERSION = 1  # of the ways, as exercises have one

WayId = Literal["walk", "easy", "half", "steady"]
PartKind = Literal["warm_up", "run", "walk", "brisk", "cool_down"]
Tone = Literal["rising", "falling", "deep_bell"]
RunEnding = Literal["done", "stopped", "hurt"]

RUN_ENDINGS: tuple[RunEnding, ...] = ("done", "stopped", "hurt")

MAIN_S = 900.0  # the source text's quarter of an hour
WARM_UP_S, COOL_DOWN_S = 180.0, 120.0  # chosen by us, see above

WARNING_S = 10.0  # before the pace changes; as before the end of a hold
LONG_FROM_S = (
    300.0  # a part as long as this is told how much of it is left; chosen by us: shorter ones pass by themselves
)


@dataclass(frozen=True, slots=True)
class Way:
    """A way to spend the quarter of an hour.

    Attributes
    ----------
    turns : how often it is gone through.
    parts : kind and seconds of what makes one turn.
    """

    id: WayId
    title: str
    text: str
    turns: int
    parts: tuple[tuple[PartKind, float], ...]

    @property
    def running_s(self) -> float:
        """Return how long one turn is run; 0 where all of it is walked."""
        return sum(length_s for kind, length_s in self.parts if kind == "run")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the way, from its start on the clock of the run (pauses left out)."""

    kind: PartKind
    start_s: float
    length_s: float

    @property
    def end_s(self) -> float:
        """Return when it is over."""
        return self.start_s + self.length_s


@dataclass(frozen=True, slots=True)
class RunCue:
    """Something to say at a moment of the run.

    Attributes
    ----------
    id : its name in the list of what was said.
    tone : what sounds with it: faster now, slower now, done. None for what is only said.
    """

    id: str
    at_s: float
    text: str
    tone: Tone | None = None

    @property
    def changes(self) -> bool:
        """Return whether it begins a part or ends the run: such a cue is told late rather than never."""
        return self.tone is not None


@dataclass(frozen=True, slots=True)
class Told:
    """A guided run as the page tells of it once it is over.

    Attributes
    ----------
    id : made by the page, so that what is sent twice is kept once.
    started_at, ended_at : aware.
    run_s, walk_s : how long the person ran and walked; pauses and parts that were passed over are left out.
    pain_before : 0..10, None where not told.
    """

    id: str
    way: WayId
    started_at: datetime
    ended_at: datetime
    run_s: float
    walk_s: float
    ending: RunEnding
    pain_before: int | None


WAYS: Mapping[WayId, Way] = {
    way.id: way
    for way in (
        Way("walk", later("Walk briskly"), later("15 minutes at a pace that warms you."), 1, (("brisk", MAIN_S),)),
        Way(
            "easy",
            later("Run a little"),
            later("Five times: 1 minute running, 2 minutes walking."),
            5,
            (("run", 60.0), ("walk", 120.0)),
        ),
        Way(
            "half",
            later("Run more than walk"),
            later("Five times: 2 minutes running, 1 minute walking."),
            5,
            (("run", 120.0), ("walk", 60.0)),
        ),
        Way("steady", later("Run all the way"), later("15 minutes, so slowly that you could talk."), 1, (("run", MAIN_S),)),
    )
}  # fmt: skip

# What stands on the screen for each part.
PARTS: Mapping[PartKind, str] = {
    "warm_up": later("Warm-up walk"),
    "run": later("Run"),
    "walk": later("Walk"),
    "brisk": later("Brisk walk"),
    "cool_down": later("Slow walk"),
}

# What begins a part, and the tone for faster or slower. The first time says how; from then on fewer words do.
_BEGINS: Mapping[PartKind, tuple[str, str, Tone]] = {
    "warm_up": (later("Walk easily. Warm up."), "", "rising"),
    "run": (later("Run gently, so you could talk."), later("Run gently."), "rising"),
    "walk": (later("Walk now. Breathe calmly."), later("Walk now."), "falling"),
    "brisk": (later("Faster now. You can still talk."), "", "rising"),
    "cool_down": (later("Walk slowly. Cool down."), "", "falling"),
}
_LAST_RUN = later("Last run, gently.")
_WARNING = later("Ten seconds.")
_HALFWAY = later("Halfway.")
_EASY = later("Stay easy: you could talk.")
_LEFT: tuple[tuple[float, str], ...] = ((300.0, later("Five minutes left.")), (60.0, later("One minute left.")))
_DONE: Mapping[bool, str] = {
    True: later("Done. Well run."),
    False: later("Done. Well walked."),
}  # by whether it has runs


def parts(way: Way) -> tuple[Part, ...]:
    """Return the parts of a way, from the walk before to the walk after, without a gap."""
    lengths: tuple[tuple[PartKind, float], ...] = (
        ("warm_up", WARM_UP_S),
        *(way.parts * way.turns),
        ("cool_down", COOL_DOWN_S),
    )
    found: list[Part] = []
    for kind, length_s in lengths:
        found.append(Part(kind, found[-1].end_s if found else 0.0, length_s))
    return tuple(found)


def total_s(way: Way) -> float:
    """Return how long all of it takes."""
    return parts(way)[-1].end_s


def cues(way: Way) -> tuple[RunCue, ...]:
    """Return all that is said on a way, in order. Between these there is silence."""
    laid = parts(way)
    said = [*_beginnings(laid), *_warnings(laid), *_on_long(laid)]
    if way.turns > 1:
        said.append(RunCue("halfway", WARM_UP_S + MAIN_S / 2, _HALFWAY))
    said.append(RunCue("done", laid[-1].end_s, _DONE[way.running_s > 0], "deep_bell"))
    return tuple(sorted(said, key=lambda cue: cue.at_s))


def _beginnings(laid: tuple[Part, ...]) -> Iterator[RunCue]:
    counts = {kind: sum(part.kind == kind for part in laid) for kind in PARTS}
    seen: dict[PartKind, int] = dict.fromkeys(PARTS, 0)
    for part in laid:
        first, again, tone = _BEGINS[part.kind]
        seen[part.kind] += 1
        last = part.kind == "run" and 1 < seen["run"] == counts["run"]
        text = _LAST_RUN if last else first if seen[part.kind] == 1 else again
        yield RunCue(part.kind, part.start_s, text, tone)


def _warnings(laid: tuple[Part, ...]) -> Iterator[RunCue]:
    """Yield a word shortly before the pace changes; after a long part the last minute was told, which is enough."""
    for part in laid[:-1]:
        if part.length_s < LONG_FROM_S:
            yield RunCue("ten_seconds", part.end_s - WARNING_S, _WARNING)


def _on_long(laid: tuple[Part, ...]) -> Iterator[RunCue]:
    for part in laid:
        if part.length_s >= LONG_FROM_S:
            if part.kind == "run":
                yield RunCue("stay_easy", part.start_s + part.length_s / 4, _EASY)
            yield RunCue("halfway", part.start_s + part.length_s / 2, _HALFWAY)
            for left_s, text in _LEFT:
                yield RunCue(f"left_{left_s:.0f}", part.end_s - left_s, text)


def record(told: Told) -> tuple[SessionRecord, Ran]:
    """Return the run as a session of the diary, and the one event that it has.

    As with an exercise, the dose that was asked for stands in the record: the runs, and the seconds of each; nothing to run
    on a walk. From it ``way_of`` reads the way again.
    """
    way = WAYS[told.way]
    kept = SessionRecord(
        id=told.id,
        exercise_id=RUN,
        exercise_version=VERSION,
        mode="timer",
        started_at=told.started_at,
        ended_at=told.ended_at,
        ending=told.ending,
        pain_before=told.pain_before,
        good_s=told.run_s + told.walk_s,
        dose_sets=way.turns if way.running_s else 0,
        dose_s=way.running_s,
    )
    return kept, Ran(told.run_s + told.walk_s, run_s=told.run_s, walk_s=told.walk_s)


def way_of(session: SessionRecord) -> Way | None:
    """Return the way of a guided run; None for what is none, or for a way that there is no longer."""
    if session.exercise_id != RUN:
        return None
    dose = (session.dose_sets, session.dose_s)
    return next((way for way in WAYS.values() if (way.turns if way.running_s else 0, way.running_s) == dose), None)


def as_run(session: SessionRecord) -> Run:
    """Return a guided run as one among the runs and walks of the diary; nobody measured how far it was."""
    way = way_of(session)
    kind: Kind = "walk" if way is not None and not way.running_s else "run"
    ended_at = session.ended_at or session.started_at
    duration_s = max(session.good_s, (ended_at - session.started_at).total_seconds())
    return Run(session.started_at, duration_s, session.good_s, None, None, kind=kind, source="guided")
