"""The words for what an assessment holds: names of faults, reasons, notes and units, times and sizes as people read them.

One table a kind of thing. Texts are marked here and translated where they are told. An id without a row (an exercise of
somebody's own may bring new ones) is told by its id, underscores aside.
"""

from __future__ import annotations

from dataclasses import dataclass
from gettext import NullTranslations

from ownway.coach.assessment import FaultSeen, Reached
from ownway.coach.events import Side
from ownway.errors import later
from ownway.exercises.loader import setup
from ownway.exercises.schema import Exercise
from ownway.report import written


@dataclass(frozen=True, slots=True)
class FaultWords:
    """A fault's name, and how its worst value is told."""

    name: str
    worst: str


@dataclass(frozen=True, slots=True)
class ReasonWords:
    """Why something could not be judged; ``hint`` where the live coach's does not fit a film."""

    reason: str
    hint: str | None = None


FAULTS = {
    "bent_knees": FaultWords(later("bent knees"), later("bent by up to {worst}")),
    "bouncing": FaultWords(later("bouncing"), later("up and down by up to {worst}")),
    "too_fast": FaultWords(later("too fast"), later("as quick as {worst}")),
    "over_rotation": FaultWords(later("turned too far"), later("turned as far as {worst}")),
    "swinging_too_fast": FaultWords(later("swung too fast"), later("from side to side in {worst}")),
    "feet_turning": FaultWords(later("feet turned along"), later("turned by up to {worst}")),
    "leaning": FaultWords(later("leaned to the side"), later("leaned by up to {worst}")),
    "squatting": FaultWords(later("squatted"), later("knees bent by up to {worst}")),
    "head_dropping": FaultWords(later("dropped the head"), later("by up to {worst}")),
    "too_far": FaultWords(later("too far"), later("as far as {worst}")),
    "bending_knees": FaultWords(later("bent the knees"), later("bent by up to {worst}")),
    "turning": FaultWords(later("turned"), later("turned by up to {worst}")),
    "dropping": FaultWords(later("dropped onto the seat"), later("as quick as {worst}")),
    "leaning_far": FaultWords(later("leaned far forward"), later("leaned by up to {worst}")),
    "too_deep": FaultWords(later("too deep"), later("knees bent by up to {worst}")),
    "heels_lifting": FaultWords(later("lifted the heels"), later("by up to {worst}")),
}

REASONS = {
    "stuck": ReasonWords(
        later("the picture stood still"), later("Record again, with a camera that delivers a moving picture.")
    ),
    "too_dark": ReasonWords(later("it was too dark")),
    "no_person": ReasonWords(later("no person was seen")),
    "two_people": ReasonWords(
        later("more than one person was in the picture"), later("Record with one person in the picture.")
    ),
    "too_slow": ReasonWords(
        later("there were too few pictures a second"), later("Record with at least 10 pictures a second.")
    ),
    "feet_missing": ReasonWords(later("the feet were not in the picture")),
    "head_missing": ReasonWords(later("the head was not in the picture")),
    "hands_missing": ReasonWords(later("the hands were not in the picture")),
    "body_hidden": ReasonWords(later("hips or knees were hidden")),
    "lying_picture": ReasonWords(later("the picture lies on its side"), later("Turn the phone or the camera upright.")),
    "not_side_on": ReasonWords(later("the person did not stand side-on to the camera")),
    "not_facing": ReasonWords(later("the person did not face the camera")),
    "pole_down": ReasonWords(later("the pole was not across the shoulders")),
    "not_still": ReasonWords(
        later("nobody stood still to be measured first"),
        later("Stand tall and still for two seconds before you begin."),
    ),
    "no_picture": ReasonWords(
        later("there were no pictures for a while"), later("Record without stopping the camera in between.")
    ),
}

NOTES = {
    "two_people": later("More than one person was in the picture. The bigger, nearer one was followed."),
    "cut_short": later("The file breaks off. It was used as far as it goes."),
    "damaged": later("Parts of the file are damaged. They were passed over."),
}

UNITS = {
    "deg": later("{number}°"),
    "deg/s": later("{number}° a second"),
    "cm": later("{number} cm"),
    "cm/s": later("{number} cm a second"),
    "s": later("{number} s"),
}

# How well the person could be seen, as the share of what the judgement rests on; the bounds are chosen by us. A rotation that is
# read from the shoulders alone has 0.6, and is not to waver between two words.
SIGHT = (
    (0.8, later("well")),
    (0.55, later("well enough")),
    (0.0, later("poorly")),
)


def fault_name(kind: str, words: NullTranslations) -> str:
    """Return what the fault is called, in lower case."""
    known = FAULTS.get(kind)
    return kind.replace("_", " ") if known is None else words.gettext(known.name)


def fault_worst(fault: FaultSeen, words: NullTranslations) -> str:
    """Return how far a fault went at its worst."""
    known = FAULTS.get(fault.kind)
    told = later("up to {worst}") if known is None else known.worst
    return words.gettext(told).format(worst=size(fault.worst, fault.unit, words))


def size(value: float, unit: str, words: NullTranslations) -> str:
    """Return a value with its unit, with no more digits than it is worth."""
    small = unit == "s" or abs(value) < 10.0
    digits = 1 if small and unit != "cm" else 0
    number = f"{round(value, digits) + 0.0:.{digits}f}"
    return words.gettext(UNITS.get(unit, "{number} " + unit)).format(number=number)


def degrees(value: float | None, words: NullTranslations) -> str:
    """Return an angle in whole degrees, a dash where it was not judged."""
    return "–" if value is None else words.gettext(UNITS["deg"]).format(number=round(value))


def speed(value: float | None, words: NullTranslations) -> str:
    """Return a speed in whole degrees a second, a dash where it was not judged."""
    return "–" if value is None else words.gettext(UNITS["deg/s"]).format(number=round(value))


def reason(kind: str, words: NullTranslations) -> str:
    """Return why something could not be judged, to stand within a sentence."""
    known = REASONS.get(kind)
    return kind.replace("_", " ") if known is None else words.gettext(known.reason)


def hint(kind: str, words: NullTranslations) -> str:
    """Return what to do about it, whole sentences; nothing where there is nothing to say."""
    known = REASONS.get(kind)
    if known is not None and known.hint is not None:
        return words.gettext(known.hint)
    return next((words.gettext(text.hint) for text in setup().sight if text.reason == kind), "")


def note(kind: str, words: NullTranslations) -> str:
    """Return what else should be known, a sentence."""
    return words.gettext(NOTES.get(kind, kind.replace("_", " ")))


def side(of: Side, words: NullTranslations) -> str:
    """Return the person's own side."""
    return words.gettext(later("left")) if of == "left" else words.gettext(later("right"))


def zone(zone_id: str, exercise: Exercise, words: NullTranslations) -> str:
    """Return the name of a zone of reach."""
    zones = () if exercise.reach is None else (*exercise.reach.zones, exercise.reach.embrace)
    return next((words.gettext(zone.text) for zone in zones if zone.id == zone_id), zone_id)


def distance(cm: float, words: NullTranslations) -> str:
    """Return how far the fingertips are from the floor."""
    whole = round(cm)
    if whole < 0:
        return words.gettext("{cm} cm past the soles").format(cm=-whole)
    return words.gettext("{cm} cm above the floor").format(cm=whole)


def reach(reached: Reached, exercise: Exercise, words: NullTranslations) -> str:
    """Return how far the hands reached, a dash where it was not judged."""
    name = "" if reached.zone is None else zone(reached.zone, exercise, words)
    if reached.distance_cm is None:
        return name or "–"
    told = distance(reached.distance_cm, words)
    return f"{name} ({told})" if name else told


def sight(sure: float, words: NullTranslations) -> str:
    """Return how well the person could be seen."""
    return words.gettext(next(told for least, told in SIGHT if sure >= least))


def length(seconds: float, words: NullTranslations) -> str:
    """Return a length of time: tenths of a second below a minute, whole seconds above."""
    if round(seconds, 1) < 60.0:
        return words.gettext(UNITS["s"]).format(number=written.number(seconds, 1, words=words))
    minutes, rest = divmod(round(seconds), 60)
    return words.gettext("{minutes} min {seconds} s").format(minutes=minutes, seconds=rest)


def clock(t_s: float) -> str:
    """Return a time in the film as a player shows it."""
    minutes, seconds = divmod(int(t_s), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


def span(start_s: float, end_s: float) -> str:
    """Return from when to when, as a player shows it."""
    start, end = clock(start_s), clock(end_s)
    return start if start == end else f"{start}–{end}"


def listed(parts: list[str], words: NullTranslations) -> str:
    """Return several things in a row, with an "and" before the last."""
    if len(parts) < 2:
        return "".join(parts)
    return words.gettext("{most} and {last}").format(most=", ".join(parts[:-1]), last=parts[-1])


def sentence(text: str) -> str:
    """Return the text with a capital first letter and nothing else changed."""
    return text[:1].upper() + text[1:]
