"""Reads exercise files and checks them whole: every problem is collected before anything is refused."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from importlib import resources
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from ownway.body.measures import MEASURES
from ownway.errors import ExerciseError
from ownway.exercises.schema import (
    LAST_PHASE,
    Claim,
    Condition,
    CueText,
    Demonstration,
    Dose,
    Exercise,
    Fault,
    Mark,
    Phase,
    Setup,
)
from ownway.exercises.sources import sources

RIGHT_WAY = "right"  # what a figure shows when nothing else is asked for
MOST_WORDS = 6  # a cue is heard by somebody bent over; SESSION manners

T = TypeVar("T")


def parse_exercise(text: str, source: str) -> Exercise:
    """Return the exercise written in ``text`` (TOML).

    Raises
    ------
    ExerciseError
        With every problem found: unknown or missing keys, wrong types, names that lead nowhere, cues too long.
    """
    problems: list[str] = []
    exercise = _build(Exercise, _parse_toml(text, source), "", problems)
    if not problems:
        problems.extend(_contradictions(exercise))
    if problems:
        raise ExerciseError(source, problems)
    return exercise


@cache
def setup() -> Setup:
    """Return what all exercises share."""
    source = "setup.toml"
    problems: list[str] = []
    text = (resources.files("ownway.exercises") / source).read_text(encoding="utf-8")
    result = _build(Setup, _parse_toml(text, source), "", problems)
    if not problems:
        problems.extend(_long_cues(result.cues))
        if not result.ask_again_s:
            problems.append("ask_again_s: at least one pause is needed")
    if problems:
        raise ExerciseError(source, problems)
    return result


@cache
def library() -> Mapping[str, Exercise]:
    """Return the exercises that come with Ownway, by id, in file-name order."""
    folder = resources.files("ownway.exercises") / "library"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    exercises = (parse_exercise(f.read_text(encoding="utf-8"), f.name) for f in files)
    return {exercise.id: exercise for exercise in exercises}


def _parse_toml(text: str, source: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ExerciseError(source, [f"not TOML: {error}"]) from None


# ---- from plain data to dataclasses -----------------------------------------------------------------------------------


def _build(cls: type[T], data: Mapping[str, Any], where: str, problems: list[str]) -> T:
    """Return ``cls`` filled from ``data``; what does not fit goes to ``problems`` (the result is then unusable)."""
    hints = get_type_hints(cls)
    values: dict[str, Any] = {}
    unknown = sorted(data.keys() - hints.keys())
    problems.extend(f"{where}{key}: unknown key; known here: {', '.join(hints)}" for key in unknown)
    for field in fields(cls):  # type: ignore[arg-type]
        if field.name in data:
            values[field.name] = _fit(hints[field.name], data[field.name], f"{where}{field.name}", problems)
        elif field.default is MISSING and field.default_factory is MISSING:
            problems.append(f"{where}{field.name}: missing")
    if len(problems) == 0:
        return cls(**values)
    return object.__new__(cls)


def _fit(hint: Any, value: Any, where: str, problems: list[str]) -> Any:
    """Return ``value`` as the type ``hint`` asks for."""
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return _fit(next(a for a in args if a is not NoneType), value, where, problems)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    wanted = {tuple: (list, "a list"), Mapping: (dict, "a table")}.get(origin)
    if wanted is None and is_dataclass(hint):
        wanted = (dict, "a table")
    if origin is Literal:
        if value not in args:
            problems.append(f"{where}: expected one of {', '.join(map(str, args))}, got {value!r}")
        return value
    kind, name = wanted or (hint, hint.__name__)
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        problems.append(f"{where}: expected {name}, got {value!r}")
        return None
    if origin is tuple:
        return tuple(_fit(args[0], v, f"{where}[{i}]", problems) for i, v in enumerate(value))
    if origin is Mapping:
        return {k: _fit(args[1], v, f"{where}.{k}", problems) for k, v in value.items()}
    if isinstance(hint, type) and is_dataclass(hint):
        return _build(hint, value, f"{where}.", problems)
    return value


# ---- what a file may not contradict -------------------------------------------------------------------------------------


def _contradictions(exercise: Exercise) -> Iterator[str]:
    phases = {phase.name for phase in exercise.phases}
    cues = {cue.id for cue in exercise.cues} | {cue.id for cue in setup().cues}
    yield from _long_cues(exercise.cues)
    if exercise.first_phase not in phases:
        yield f"first_phase: no phase is named {exercise.first_phase!r}"
    reached = {exercise.first_phase} | {way.to for phase in exercise.phases for way in phase.next}
    yield from (f"phase {name}: no way leads to it" for name in sorted(phases - reached))
    for phase in exercise.phases:
        yield from _bad_phase(phase, phases, cues)
    for fault in exercise.faults:
        yield from _bad_fault(fault, phases, cues)
        if fault.kind not in exercise.fault_texts:
            yield f"fault {fault.kind}: fault_texts has no line for it"
    for mark in exercise.marks:
        yield from _bad_mark(mark, phases, cues)
        if (mark.at_count, mark.left_count) != (None, None) and exercise.dose.repetitions is None:
            yield f"mark {mark.cue}: at_count and left_count need a dose of repetitions"
    yield from _bad_repetitions(exercise, cues)
    yield from (f"keeps: no measure is named {name!r}" for name in exercise.keeps if name not in MEASURES)
    if exercise.hold is not None and exercise.hold.measure not in MEASURES:
        yield f"hold: no measure is named {exercise.hold.measure!r}"
    for needed in (exercise.camera.stand_cue, LAST_PHASE):
        if needed not in cues:
            yield f"no cue has the id {needed!r}"
    yield from _bad_finishes(exercise.dose, cues)
    if exercise.without_pole is not None and not exercise.camera.pole:
        yield "without_pole: this exercise has no pole; camera.pole says so"
    if exercise.demonstration is not None:
        yield from _bad_demonstration(exercise.demonstration, {fault.kind for fault in exercise.faults})
    yield from _bad_identity(exercise)


def _bad_identity(exercise: Exercise) -> Iterator[str]:
    if not _names_a_file(exercise.id):
        yield f"id: {exercise.id!r} names a file: {_FILE_NAME}"
    if exercise.version < 1:
        yield f"version: it counts from 1, got {exercise.version}"
    if not exercise.path:
        yield "path: the exercise needs a place in the tree"
    yield from _bad_levels(exercise)
    yield from (problem for claim in exercise.claims for problem in _bad_claim(claim))


def _bad_levels(exercise: Exercise) -> Iterator[str]:
    ids = [level.id for level in exercise.levels]
    yield from (f"levels: {name!r} is there twice" for name in dict.fromkeys(ids) if ids.count(name) > 1)
    yield from (f"levels: {name!r} names a level: {_FILE_NAME}" for name in ids if not _names_a_file(name))
    if ids and sum(level.first for level in exercise.levels) != 1:
        yield "levels: exactly one is the first: first = true"
    for level in exercise.levels:
        if not 0 < level.sets * level.full_s <= exercise.dose.sets * exercise.dose.full_s:
            yield f"level {level.id}: its dose is more than nothing, and at most that of the exercise"
        elif not 0 < level.good_from_s <= level.sets * level.full_s:
            yield f"level {level.id}: good_from_s is more than 0, and at most its sets times full_s"


def _bad_claim(claim: Claim) -> Iterator[str]:
    where = f"claim {claim.claim!r}"
    yield from (f"{where}: sources.toml has no {name!r}" for name in claim.sources if name not in sources())
    if claim.grade != "none" and not claim.sources:
        yield f"{where}: a grade needs a source; where none was found the grade is 'none'"


_FILE_NAME = "letters, digits and underscores only, a letter first"


def _names_a_file(name: str) -> bool:
    return name.isascii() and name.isidentifier()


def _bad_finishes(dose: Dose, cues: set[str]) -> Iterator[str]:
    where = "dose.finishes"
    doses = [(finish.sets, finish.full_s) for finish in dose.finishes]
    yield from (f"{where}: no cue has the id {f.cue!r}" for f in dose.finishes if f.cue not in cues)
    for sets, full_s in dict.fromkeys(doses):
        if doses.count((sets, full_s)) > 1:
            yield f"{where}: {sets} of {full_s:g} s is there twice"
    if doses and (dose.sets, dose.full_s) not in doses:
        yield f"{where}: the dose itself, {dose.sets} of {dose.full_s:g} s, is missing"


def _bad_demonstration(shown: Demonstration, kinds: set[str]) -> Iterator[str]:
    where = "demonstration"
    pictures = [picture.id for picture in shown.pictures]
    faults = [fault.id for fault in shown.faults]
    ways = [RIGHT_WAY, *(level.id for level in shown.levels), *faults]
    if shown.main not in pictures:
        yield f"{where}.main: no picture is named {shown.main!r}"
    yield from (f"{where}.faults: the exercise has no fault {kind!r}" for kind in faults if kind not in kinds)
    yield from (f"{where}.faults: {kind!r} is missing" for kind in sorted(kinds - set(faults)))
    for what, ids in (("pictures", pictures), ("levels and faults", ways)):
        yield from (
            f"{where}: {name!r} is there twice among the {what}" for name in dict.fromkeys(ids) if ids.count(name) > 1
        )
        for name in ids:
            if not _names_a_file(name):
                yield f"{where}: {name!r} names a file: {_FILE_NAME}"


def _bad_phase(phase: Phase, phases: set[str], cues: set[str]) -> Iterator[str]:
    where = f"phase {phase.name}"
    for way in phase.next:
        if way.to not in phases | {LAST_PHASE}:
            yield f"{where}: leads to {way.to!r}, which is no phase"
        if not way.when and not way.set_full and way.at_clock_s is None and way.after_s is None:
            yield f"{where}: the way to {way.to!r} says neither when, at_clock_s, after_s nor set_full"
        yield from _bad_conditions(way.when, f"{where}, way to {way.to}")
    yield from _bad_conditions((*phase.clock_while, *phase.say_while), where)
    for cue in (phase.say, phase.say_again):
        if cue is not None and cue not in cues:
            yield f"{where}: no cue has the id {cue!r}"


def _bad_mark(mark: Mark, phases: set[str], cues: set[str]) -> Iterator[str]:
    where = f"mark {mark.cue}"
    if mark.cue not in cues:
        yield f"{where}: no cue has that id"
    if mark.phase not in phases:
        yield f"{where}: no phase is named {mark.phase!r}"
    if sum(at is not None for at in (mark.at_s, mark.left_s, mark.at_count, mark.left_count)) != 1:
        yield f"{where}: give exactly one of at_s, left_s, at_count and left_count"


def _bad_repetitions(exercise: Exercise, cues: set[str]) -> Iterator[str]:
    spec, dose, where = exercise.repetitions, exercise.dose, "repetitions"
    if spec is None:
        if dose.repetitions is not None:
            yield "dose.repetitions: how they are counted is missing: [repetitions]"
        return
    if exercise.hold is not None:
        yield f"{where}: what is repeated is not held; leave out [hold] or [repetitions]"
    if spec.measure not in MEASURES:
        yield f"{where}.measure: no measure is named {spec.measure!r}"
    elif MEASURES[spec.measure].unit != "deg":
        yield f"{where}.measure: {spec.measure} is no angle in degrees"
    if not 0 < spec.starts_from_deg < spec.counts_from_deg:
        yield f"{where}.counts_from_deg: more than starts_from_deg, {spec.starts_from_deg:g}, which is more than 0"
    if spec.ends_below_deg is not None and not 0 < spec.ends_below_deg < spec.counts_from_deg:
        yield f"{where}.ends_below_deg: more than 0, and less than counts_from_deg"
    if not 0 < spec.back_deg < spec.counts_from_deg:
        yield f"{where}.back_deg: more than 0, and less than counts_from_deg"
    if spec.tempo_s <= 0:
        yield f"{where}.tempo_s: more than 0"
    yield from (f"{where}.paces: no cue has the id {cue!r}" for cue in spec.paces if cue not in cues)
    if spec.paces and spec.sides != 1:
        yield f"{where}.paces: with two sides the beat says which; leave them out"
    if dose.repetitions is not None:
        yield from _bad_count(dose, dose.repetitions, spec.tempo_s)


def _bad_count(dose: Dose, repetitions: int, tempo_s: float) -> Iterator[str]:
    if not 0 < dose.counts_from_repetitions <= repetitions:
        yield "dose.counts_from_repetitions: more than 0, and at most repetitions"
    if abs(dose.full_s - repetitions * tempo_s) > 0.01:
        yield f"dose.full_s: {repetitions} repetitions of {tempo_s:g} s are {repetitions * tempo_s:g} s, got {dose.full_s:g}"


def _long_cues(cues: Iterable[CueText]) -> Iterator[str]:
    for cue in cues:
        words = sum(any(c.isalnum() for c in word) for word in cue.text.split())
        if words > MOST_WORDS:
            yield f"cue {cue.id}: {words} words, at most {MOST_WORDS} can be heard bent over: {cue.text!r}"


def _bad_conditions(conditions: Iterable[Condition], where: str) -> Iterator[str]:
    for c in conditions:
        if c.measure not in MEASURES:
            yield f"{where}: no measure is named {c.measure!r}"
        limits = (c.above, c.below, c.within, c.beyond, c.below_share_of_peak)
        if sum(limit is not None for limit in limits) != 1:
            yield f"{where}: {c.measure} needs exactly one of above, below, within, beyond, below_share_of_peak"


def _bad_fault(fault: Fault, phases: set[str], cues: set[str]) -> Iterator[str]:
    where = f"fault {fault.kind}"
    if fault.measure not in MEASURES:
        yield f"{where}: no measure is named {fault.measure!r}"
    limits = {"tempo": (fault.below, fault.clear_above), "range": (fault.above, fault.clear_below)}.get(fault.own or "")
    if limits is not None and None in limits:
        yield f"{where}: own {fault.own!r} goes with {'below' if fault.own == 'tempo' else 'above'}"
    for name in (fault.since, fault.tells):
        if name is not None and name not in MEASURES:
            yield f"{where}: no measure is named {name!r}"
    if fault.cue not in cues:
        yield f"{where}: no cue has the id {fault.cue!r}"
    for phase in fault.phases:
        if phase not in phases:
            yield f"{where}: no phase is named {phase!r}"
    match fault:
        case Fault(above=float(on), clear_below=float(off), below=None, clear_above=None) if off <= on:
            pass
        case Fault(below=float(on), clear_above=float(off), above=None, clear_below=None) if off >= on:
            pass
        case _:
            yield f"{where}: give above with a lower clear_below, or below with a higher clear_above"
