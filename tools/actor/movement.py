"""Movements as data: key postures, and how long it takes from one to the next. ``docs/ACTOR.md`` describes the file.

Movements of an exercise lie beside the exercises (``ownway/exercises/movements``), so that whatever shows or tests an
exercise says the same; those that are no exercise, which the coach must not mistake for one, lie in ``movements`` here.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import ClassVar, Literal, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from ownway.errors import ExerciseError, OwnwayError
from tools.actor.hands import Goal, Hold
from tools.actor.legs import HipsOver
from tools.actor.pole import Lies
from tools.actor.posed import Angle
from tools.actor.posture import Channel

OTHERS = Path(__file__).parent / "movements"

Phase = Literal[
    "stand", "lower", "hold", "rise", "swing", "down", "up", "sit", "back", "left", "right", "other"
]  # fmt: skip
Size = Literal["most", "peak_to_peak", "peak_speed", "swings_per_s"]
Column = Angle | Literal["fingertip_to_floor_cm", "feet_yaw_deg", "heels_cm", "neck_flexion_deg"]

# A number, or the name of one in the movement's ``numbers``; "-name" is the same with the other sign.
Number = float | str

T = TypeVar("T")

_STRICT = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


class UnknownNameError(OwnwayError):
    """There is nothing of that kind by that name."""

    def __init__(self, what: str, name: str, known: list[str]) -> None:
        super().__init__(f"there is no {what} {name!r}; there are {', '.join(known) or 'none'}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One stretch of time, in which postures come or go. What is not named stays as it is.

    Attributes
    ----------
    lasts_s : 0 leaves the leg out; with ``to``, that is a jump.
    to : how much of each posture there is at its end; it gets there gently (minimum jerk).
    evenly, onward : the same at an even pace; ``onward`` counts from where the posture is.
    over_and_back : how much there is in the middle, and none at either end: a foot that is lifted for a step.
    varies : each ``to`` is made more or less by up to this share, as chance has it.
    pendulum : ``to`` is reached as a pendulum gets there (a sine) instead, with less haste in the middle.
    pictures : moments worth a picture, by name: after which share of its time.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    phase: Phase
    lasts_s: Number
    to: Mapping[str, Number] = field(default_factory=dict)
    evenly: Mapping[str, Number] = field(default_factory=dict)
    onward: Mapping[str, Number] = field(default_factory=dict)
    over_and_back: Mapping[str, Number] = field(default_factory=dict)
    varies: Number = 0.0
    pendulum: bool = False
    pictures: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave:
    """A posture that comes and goes by a sine: breathing, bouncing, a swinging arm.

    Attributes
    ----------
    size : of the posture, to either side.
    turns_ahead : where in its round it is when the phases begin; 0.25 begins at the most.
    phases : when; always where none is named. It fades in and out over ``fades_s``.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    posture: str
    size: Number
    hz: Number
    turns_ahead: Number = 0.0
    phases: tuple[Phase, ...] = ()
    fades_s: Number = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Sway:
    """A posture that wanders slowly by about ``size`` to either side, as chance has it: nobody stands quite still."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    posture: str
    size: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Led:
    """A posture whose amounts are degrees of what is measured on the person, so that 90 is 90 on every body."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    posture: str
    angle: Angle


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a faulty variation's truth says.

    Attributes
    ----------
    phases : when the fault is there, as long as they last;
    beyond : and, where given, only where ``column`` is more than this.
    size, column, unit : how bad it is: this much of that column of the truth, while the fault is there.
    picture : the moment at which a still picture shows it; without, that of the phase in which the coach looks for it.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    phases: tuple[Phase, ...]
    size: Size
    column: Column
    unit: str
    beyond: float | None = None
    picture: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Variation:
    """What is different: numbers, whole parts and their order, arms. Whatever is not said stays as it is."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    numbers: Mapping[str, float] = field(default_factory=dict)
    parts: Mapping[str, tuple[Leg, ...]] = field(default_factory=dict)
    order: tuple[str, ...] | None = None
    arms: Hold | None = None
    hands: Goal | None = None
    pole: bool | None = None
    shown: Shown | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """A movement as its file says it.

    Attributes
    ----------
    exercise : id of the exercise that it is, or could be mistaken for.
    distractor : in a few words, what it is instead; None where it is the exercise.
    hips : where they are, front to back: where the body balances, over the feet, or over the place.
    arms, hands, hands_with : how arms are held; what the hands reach for, in proportion to which posture.
    pole, pole_lies : whether there is one, and how; its length is the number ``pole_m``.
    chair : whether there is one, to sit on where what it is led by is at its farthest.
    numbers : that postures and legs refer to by name, and that variations change.
    standing : channels of the posture it starts from; what is not named is 0.
    postures : key postures: what 1 of each adds to standing.
    parts, order : legs in groups, and the groups in the order in which they are run.
    levels, faults, forms : variations: by the person's own level, by what is wrong (its kind), and by anything else.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    exercise: str
    distractor: str | None = None
    hips: HipsOver = "balance"
    arms: Hold
    hands: Goal = "nothing"
    hands_with: str | None = None
    pole: bool = False
    pole_lies: Lies = "across"
    chair: bool = False
    numbers: Mapping[str, float]
    standing: Mapping[Channel, Number]
    postures: Mapping[str, Mapping[Channel, Number]]
    led: Led | None = None
    parts: Mapping[str, tuple[Leg, ...]]
    order: tuple[str, ...]
    waves: tuple[Wave, ...] = ()
    sways: tuple[Sway, ...] = ()
    levels: Mapping[str, Variation] = field(default_factory=dict)
    faults: Mapping[str, Variation] = field(default_factory=dict)
    forms: Mapping[str, Variation] = field(default_factory=dict)

    @property
    def legs(self) -> tuple[Leg, ...]:
        """All legs, in the order in which they are run."""
        return tuple(leg for part in self.order for leg in self.parts[part])

    def number(self, value: Number) -> float:
        """Return a number, or the one of that name."""
        if isinstance(value, str):
            return -self.numbers[value[1:]] if value.startswith("-") else self.numbers[value]
        return value

    def steady(self) -> Movement:
        """Return the movement without what is a matter of chance."""
        parts = {name: tuple(replace(leg, varies=0.0) for leg in legs) for name, legs in self.parts.items()}
        return replace(self, parts=parts, sways=())

    def varied(self, variation: Variation) -> Movement:
        """Return the movement with what is different."""
        return replace(
            self,
            numbers={**self.numbers, **variation.numbers},
            parts={**self.parts, **variation.parts},
            order=self.order if variation.order is None else variation.order,
            arms=variation.arms or self.arms,
            hands=variation.hands or self.hands,
            pole=self.pole if variation.pole is None else variation.pole,
        )


def parse_movement(text: str, source: str) -> Movement:
    """Return the movement written in ``text`` (TOML).

    Raises
    ------
    ExerciseError : with every problem found: unknown or missing keys, wrong types, names that lead nowhere.
    """
    try:
        movement = TypeAdapter(Movement).validate_json(json.dumps(tomllib.loads(text), default=str))
    except tomllib.TOMLDecodeError as error:
        raise ExerciseError(source, [f"not TOML: {error}"]) from None
    except ValidationError as error:
        found = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}, got {one['input']!r}" for one in error.errors()]
        raise ExerciseError(source, found) from None
    if problems := list(_contradictions(movement)):
        raise ExerciseError(source, problems)
    return movement


@cache
def movements() -> Mapping[str, Movement]:
    """Return all movements by the names of their files."""
    beside = resources.files("ownway.exercises") / "movements"
    files = [file for folder in (beside, OTHERS) for file in folder.iterdir() if file.name.endswith(".toml")]
    return {
        file.name.removesuffix(".toml"): parse_movement(file.read_text(encoding="utf-8"), file.name)
        for file in sorted(files, key=lambda file: file.name)
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which movement, and which of its variations."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    movement: str
    level: str | None = None
    fault: str | None = None
    forms: tuple[str, ...] = ()
    numbers: Mapping[str, float] = field(default_factory=dict)


def chosen(choice: Choice) -> tuple[Movement, Shown | None]:
    """Return the movement as it was chosen, and what its fault shows; numbers of one's own come last.

    Raises
    ------
    UnknownNameError : a name leads nowhere.
    """
    movement = _named("movement", choice.movement, movements())
    shown = None
    wanted = [("level", choice.level, movement.levels)]
    wanted += [("form", form, movement.forms) for form in choice.forms]
    wanted += [("fault", choice.fault, movement.faults)]
    for what, name, known in wanted:
        if name is not None:
            variation = _named(what, name, known)
            movement, shown = movement.varied(variation), variation.shown
    for name in choice.numbers:
        _named("number", name, movement.numbers)
    return movement.varied(Variation(numbers=choice.numbers)), shown


def _named(what: str, name: str, known: Mapping[str, T]) -> T:
    if name not in known:
        raise UnknownNameError(what, name, sorted(known))
    return known[name]


# ---- what a file may not contradict ------------------------------------------------------------------------------------


def _contradictions(movement: Movement) -> Iterator[str]:
    for channel, value in movement.standing.items():
        yield from _no_number(movement, value, f"standing.{channel}")
    for name, posture in movement.postures.items():
        for channel, value in posture.items():
            yield from _no_number(movement, value, f"postures.{name}.{channel}")
    followers = {"hands_with": movement.hands_with, "led.posture": movement.led.posture if movement.led else None}
    followers |= {f"waves[{i}].posture": wave.posture for i, wave in enumerate(movement.waves)}
    followers |= {f"sways[{i}].posture": sway.posture for i, sway in enumerate(movement.sways)}
    for where, named in followers.items():
        if named is not None:
            yield from _no_posture(movement, named, where)
    for i, wave in enumerate(movement.waves):
        for value in (wave.size, wave.hz, wave.turns_ahead, wave.fades_s):
            yield from _no_number(movement, value, f"waves[{i}]")
    for i, sway in enumerate(movement.sways):
        yield from _no_number(movement, sway.size, f"sways[{i}]")
    yield from _bad_parts(movement, movement, "")
    for kind in ("levels", "faults", "forms"):
        for name, variation in getattr(movement, kind).items():
            yield from _bad_variation(movement, variation, f"{kind}.{name}")
    yield from (f"faults.{name}: shown is missing" for name, fault in movement.faults.items() if fault.shown is None)
    if "pole_m" not in movement.numbers and (movement.pole or any(v.pole for v in movement.levels.values())):
        yield "numbers: pole_m is missing, the pole's length"
    if movement.hands != "nothing" and movement.hands_with is None:
        yield "hands_with: missing; it says which posture takes the hands there"


def _bad_variation(movement: Movement, variation: Variation, where: str) -> Iterator[str]:
    for name in variation.numbers:
        yield from _no_number(movement, name, f"{where}.numbers")
    if not where.startswith("faults") and variation.shown is not None:
        yield f"{where}.shown: only a fault shows something"
    yield from _bad_parts(movement, variation, f"{where}.")


def _bad_parts(movement: Movement, said: Movement | Variation, where: str) -> Iterator[str]:
    known = {*movement.parts, *said.parts}
    yield from (
        f"{where}order: no part is named {part!r}" for part in dict.fromkeys(said.order or ()) if part not in known
    )
    for name, legs in said.parts.items():
        for i, leg in enumerate(legs):
            at = f"{where}parts.{name}[{i}]"
            for value in (leg.lasts_s, leg.varies):
                yield from _no_number(movement, value, at)
            for moves in (leg.to, leg.evenly, leg.onward, leg.over_and_back):
                for posture, value in moves.items():
                    yield from _no_posture(movement, posture, at)
                    yield from _no_number(movement, value, f"{at}.{posture}")


def _no_number(movement: Movement, value: Number, where: str) -> Iterator[str]:
    if isinstance(value, str) and value.removeprefix("-") not in movement.numbers:
        yield f"{where}: numbers has no {value.removeprefix('-')!r}"


def _no_posture(movement: Movement, name: str, where: str) -> Iterator[str]:
    if name not in movement.postures:
        yield f"{where}: no posture is named {name!r}"
