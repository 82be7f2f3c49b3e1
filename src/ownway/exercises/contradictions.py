"""What a file may not contradict: each check takes the exercise and yields what it finds.

A check runs where the parts it looks at could be read, and one that takes the entries of a list one by one for those entries that
could. So one mistake does not hide another, and none is told twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from ownway.body.measures import MEASURES
from ownway.errors import NOTHING, Said, later
from ownway.exercises import ways
from ownway.exercises.building import is_whole
from ownway.exercises.fields import BLANKS, LARGEST, least_and_most
from ownway.exercises.findings import Finding, did_you_mean, said, shown
from ownway.exercises.places import Path
from ownway.exercises.postures import ANGLES, shown_from
from ownway.exercises.ranges import span_of
from ownway.exercises.schema import LAST_PHASE, UNDER_WAY_FROM, Condition, CueText, Exercise, Fault, KeyPosture, Setup
from ownway.exercises.sources import sources

RIGHT_WAY = "right"  # what a figure shows when nothing else is asked for
MOST_WORDS = 6  # a cue is heard by somebody bent over; SESSION manners

Check = Callable[[Exercise, Setup], Iterator[Finding]]


def contradictions(exercise: Exercise, unset: frozenset[str], setup: Setup) -> Iterator[Finding]:
    """Yield all that an exercise contradicts, ``unset`` being the fields that could not be read.

    How the phases hang together is looked at last, and not while they name what is not there.
    """
    broken = set(unset)
    yield from (values := list(_values(exercise)))
    # A bad number of the dose makes nonsense of what is compared with it; one of a phase concerns no other phase.
    broken.update(str(finding.path[0]) for finding in values if len(finding.path) <= 2)
    for checks in (_OF_PARTS, _OF_THE_WHOLE, _OF_TIME_ALONE):
        found: list[Finding] = []
        for check, parts in checks:
            if broken.isdisjoint(parts):
                found.extend(check(exercise, setup))
            elif check in _BY_ENTRY and parts[0] in unset and broken.isdisjoint(parts[1:]):
                found.extend(_of_readable(check, parts[0], exercise, setup))
        broken.update(str(finding.path[0]) for finding in found if finding.severity == "problem")
        yield from found


def _of_readable(check: Check, part: str, exercise: Exercise, setup: Setup) -> Iterator[Finding]:
    """Yield what a check finds in those entries of ``part`` that could be read."""
    entries = getattr(exercise, part, ())
    kept = [i for i, entry in enumerate(entries) if is_whole(entry)]
    readable = object.__new__(Exercise)
    for field in fields(Exercise):
        if hasattr(exercise, field.name):
            object.__setattr__(readable, field.name, getattr(exercise, field.name))
    object.__setattr__(readable, part, tuple(entries[i] for i in kept))
    for finding in check(readable, setup):
        _, at, *rest = finding.path
        yield replace(finding, path=(part, kept[int(at)], *rest))


def shared_contradictions(setup: Setup, unset: frozenset[str]) -> Iterator[Finding]:
    """Yield what ``setup.toml`` contradicts."""
    if "cues" not in unset:
        yield from _long_cues(setup.cues)
    if "ask_again_s" not in unset and not setup.ask_again_s:
        yield Finding(("ask_again_s",), said(later("at least one pause")), shown(()))


# ---- single values ----------------------------------------------------------------------------------------------------------


def _values(value: Any, path: Path = ()) -> Iterator[Finding]:
    """Yield numbers beyond their bounds, and what is empty where words must be; of all that could be read."""
    for field in fields(value):
        if not hasattr(value, field.name):
            continue
        inner, where = getattr(value, field.name), (*path, field.name)
        yield from _bad_value(field.name, inner, where)
        wanted = BLANKS.get((type(value).__name__, field.name))
        if wanted is not None:
            yield from (Finding(at, Said(wanted), None, said(later("Write it here."))) for at in _blank(inner, where))


def _blank(value: Any, path: Path) -> list[Path]:
    """Return where words are missing: a text without any, an empty list, or such an entry of a list."""
    if isinstance(value, str):
        return [] if value.strip() else [path]
    if value == ():
        return [path]
    entries = value if isinstance(value, tuple) else ()
    return [(*path, i) for i, entry in enumerate(entries) if isinstance(entry, str) and not entry.strip()]


def _bad_value(name: str, value: Any, path: Path) -> Iterator[Finding]:
    if isinstance(value, int | float) and not isinstance(value, bool):
        least, most = least_and_most(name)
        if not least <= value <= most:
            yield Finding(path, _bounds(least, most), shown(value))
    elif isinstance(value, str) and _UNSEEN.search(value):
        mend = said(later("There is one here that nobody can see: type the line anew."))
        yield Finding(path, said(later("letters that can be seen")), shown(value), mend)
    elif is_dataclass(value):
        yield from _values(value, path)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _bad_value(name, inner, (*path, key))
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from _bad_value(name, inner, (*path, index))


_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")  # what moves a terminal's cursor, rings, or breaks a page


def _bounds(least: float, most: float) -> Said:
    if most == LARGEST and least > -LARGEST:
        return said(later("at least {least}"), least=f"{least:g}")
    return said(later("a number from {least} to {most}"), least=f"{least:g}", most=f"{most:g}")


def _identity(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
    yield from _file_names([(("id",), exercise.id)])
    if len(exercise.id) > LONGEST_ID:
        yield Finding(("id",), said(later("at most {most} letters"), most=LONGEST_ID), shown(exercise.id))


LONGEST_ID = 64  # what the diary's table holds


_FILE_NAME = later("letters, digits and underscores only, a letter first")


def _file_names(names: Iterable[tuple[Path, str]]) -> Iterator[Finding]:
    for path, name in names:
        if not (name.isascii() and name.isidentifier()):
            yield Finding(path, Said(_FILE_NAME), shown(name), said(later("A file is named after it.")))


def _twice(names: Iterable[tuple[Path, str]]) -> Iterator[Finding]:
    seen: set[str] = set()
    for path, name in names:
        if name in seen:
            yield Finding(
                path, said(later("a name that is not there yet")), shown(name), said(later("Each is there once."))
            )
        seen.add(name)


# ---- names that lead somewhere ------------------------------------------------------------------------------------------------


def _leads(path: Path, name: str | None, known: Iterable[str], what: str) -> Iterator[Finding]:
    names = list(known)
    if name is not None and name not in names:
        yield Finding(path, Said(what), shown(name), did_you_mean(name, names))


_A_PHASE = later("the name of a phase of this file")
_A_CUE = later("the id of a cue of this file or of setup.toml")


def _phases(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
    names = [phase.name for phase in exercise.phases]
    yield from _twice((("phases", i, "name"), name) for i, name in enumerate(names))
    for i, name in enumerate(names):
        if name in _OWNWAYS_PHASES:
            wanted = said(later("a name other than {names}"), names=", ".join(_OWNWAYS_PHASES))
            yield Finding(("phases", i, "name"), wanted, shown(name), said(later("Ownway's own are called so.")))
    if names and not any(phase.counts for phase in exercise.phases):
        yield Finding(
            ("phases",), said(later("a phase with counts = true")), mend=said(later("Else nothing is counted."))
        )
    for i, phase in enumerate(exercise.phases):
        for j, way in enumerate(phase.next):
            yield from _leads(("phases", i, "next", j, "to"), way.to, (*names, LAST_PHASE), _A_PHASE)


_OWNWAYS_PHASES = (
    "find",
    "view",
    "stand",
    LAST_PHASE,
)  # before the movement, and after it: engine and page know them by name


def _conditions_of_phases(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
    for i, phase in enumerate(exercise.phases):
        path: Path = ("phases", i)
        for key in ("clock_while", "say_while"):
            yield from _conditions(exercise, getattr(phase, key), (*path, key))
        for j, way in enumerate(phase.next):
            yield from _conditions(exercise, way.when, (*path, "next", j, "when"))
            if not ways.says_when(way):
                wanted = said(later("when the way is open: when, at_clock_s, after_s or set_full"))
                yield Finding((*path, "next", j), wanted, None)


def _clocks_of_ways(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
    most_s = exercise.dose.most_s
    for i, phase in enumerate(exercise.phases):
        for j, way in enumerate(phase.next):
            if way.at_clock_s is not None and way.at_clock_s > most_s:
                wanted = said(later("at most {most}, as the dose has"), most=f"{most_s:g}")
                mend = said(later("The clock stops at most_s."))
                yield Finding(("phases", i, "next", j, "at_clock_s"), wanted, shown(way.at_clock_s), mend)


def _first_phase(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
    yield from _leads(("first_phase",), exercise.first_phase, (p.name for p in exercise.phases), _A_PHASE)


def _cues_of(exercise: Exercise, setup: Setup) -> list[str]:
    return [cue.id for cue in (*exercise.cues, *setup.cues)]


def _cues_of_phases(exercise: Exercise, setup: Setup) -> Iterator[Finding]:
    for i, phase in enumerate(exercise.phases):
        for key in ("say", "say_again"):
            yield from _leads(("phases", i, key), getattr(phase, key), _cues_of(exercise, setup), _A_CUE)


def _conditions(exercise: Exercise, conditions: Sequence[Condition], path: Path) -> Iterator[Finding]:
    before = 0
    for i, condition in enumerate(conditions):
        for finding in _condition(exercise, condition, (*path, i)):
            before += 1
            yield finding
    if not before and not ways.can_hold_together(conditions):
        wanted = said(later("conditions that can hold at the same time"))
        yield Finding(path, wanted, mend=said(later("One excludes the other; look at above and below.")))


def _condition(exercise: Exercise, condition: Condition, path: Path) -> Iterator[Finding]:
    yield from _measure(exercise, condition.measure, (*path, "measure"))
    given = [name for name in ways.LIMITS if getattr(condition, name) is not None]
    if len(given) != 1:
        wanted = said(later("exactly one of {names}"), names=", ".join(ways.LIMITS))
        yield Finding(path, wanted, ", ".join(given) or None)
    elif condition.measure in MEASURES and not ways.can_hold(condition):
        yield _never((*path, given[0]), condition.measure, getattr(condition, given[0]))


def _never(path: Path, measure: str, limit: float) -> Finding:
    span = span_of(measure)
    wanted = said(
        later("a limit that {measure} can pass; it lies between {least} and {most}"),
        measure=measure,
        least=f"{span.least:g}",
        most=f"{span.most:g}",
    )
    return Finding(path, wanted, shown(limit))


def _measure(exercise: Exercise, name: str | None, path: Path) -> Iterator[Finding]:
    """Yield what is wrong with the name of a measure: it is none, or the camera of this exercise cannot see it."""
    if name is None:
        return
    view = getattr(getattr(exercise, "camera", None), "view", None)
    of_view = [known for known, row in MEASURES.items() if view is None or row.view in {None, view}]
    if name not in MEASURES:
        mend = did_you_mean(name, of_view)
        mend = said(later("docs/EXERCISES.md lists them.")) if mend is NOTHING else mend
        yield Finding(path, said(later("the name of a measure")), shown(name), mend)
    elif name not in of_view:
        wanted = said(later("a measure that the camera sees from here ({view})"), view=view)
        mend = said(later("This one is seen from the {view} only."), view=MEASURES[name].view)
        yield Finding(path, wanted, shown(name), mend)
    else:
        yield from _counted_measure(exercise, name, path)


def _counted_measure(exercise: Exercise, name: str, path: Path) -> Iterator[Finding]:
    """Yield a measure that comes from counting where nothing is counted: it never has a value."""
    spec = getattr(exercise, "repetitions", _UNREAD)
    if spec is _UNREAD:
        return
    if MEASURES[name].view is None and spec is None:
        mend = said(later("It comes from counting, and there is no table [repetitions]."))
        yield Finding(path, said(_HAS_A_VALUE), shown(name), mend)
    elif name in _OF_COMFORT and getattr(spec, "comfort", None) is None:
        mend = said(later("It comes from a table [repetitions.comfort], and there is none."))
        yield Finding(path, said(_HAS_A_VALUE), shown(name), mend)


_UNREAD = object()
_HAS_A_VALUE = later("a measure that has a value here")
_OF_COMFORT = frozenset({"rotation_left_deg", "rotation_right_deg", "rotation_over_range_deg"})


def _angle(name: str, path: Path, mend: Said = NOTHING) -> Iterator[Finding]:
    if name in MEASURES and MEASURES[name].unit != "deg":
        yield Finding(path, said(later("an angle in degrees")), shown(name), mend)


def _faults(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
    for i, fault in enumerate(exercise.faults):
        path: Path = ("faults", i)
        for key in ("measure", "since", "tells"):
            yield from _measure(exercise, getattr(fault, key), (*path, key))
        if fault.since in MEASURES and MEASURES[fault.since].unit != "s":
            yield Finding((*path, "since"), said(later("a measure of unit s")), shown(fault.since))
        yield from _fault_limits(fault, path)
        if not fault.phases:
            yield Finding((*path, "phases"), said(later("at least one phase in which it can be seen")), shown(()))
        for j, joint in enumerate(fault.joints):
            yield from _leads((*path, "joints", j), joint, JOINTS, later("a joint that can be drawn"))


JOINTS = ("shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "foot")


def _fault_limits(fault: Fault, path: Path) -> Iterator[Finding]:
    pairs = {key: clear for key, clear in _PAIRS.items() if getattr(fault, key) is not None}
    others = {clear for key, clear in _PAIRS.items() if key not in pairs}
    stray = [name for name in others if getattr(fault, name) is not None]
    if len(pairs) != 1 or stray:
        wanted = said(later("either above with clear_below, or below with clear_above"))
        yield Finding((*path, stray[0]) if stray and pairs else path, wanted, ", ".join((*pairs, *stray)) or None)
        return
    ((key, clear),) = pairs.items()
    limit, mended = getattr(fault, key), getattr(fault, clear)
    if mended is None:
        yield Finding((*path, clear), said(later("the key {key}"), key=clear), None, Said(_WHY_CLEAR))
        return
    if (mended > limit) if key == "above" else (mended < limit):
        words = later("at most {limit}, as above says") if key == "above" else later("at least {limit}, as below says")
        yield Finding((*path, clear), said(words, limit=f"{limit:g}"), shown(mended), Said(_WHY_CLEAR))
    elif fault.measure in MEASURES:
        yield from _limits_of_measure(fault, path, (key, limit), (clear, mended))
    wanted_of = {"tempo": "below", "range": "above"}.get(fault.own or "", key)
    if wanted_of != key:
        wanted = said(later("a fault with {key}"), key=wanted_of)
        yield Finding((*path, "own"), wanted, shown(fault.own), said(later("This one has {key}."), key=key))


_PAIRS = {"above": "clear_below", "below": "clear_above"}
_WHY_CLEAR = later("It says when the fault is mended: a little on the good side of its limit.")


def _limits_of_measure(fault: Fault, path: Path, on: tuple[str, float], off: tuple[str, float]) -> Iterator[Finding]:
    """Yield what of a fault's limits the measure never passes, or always."""
    span, (key, limit), (clear, mended) = span_of(fault.measure), on, off
    least, most = (span.least, span.most) if key == "above" else (-span.most, -span.least)
    sign = 1 if key == "above" else -1
    if not max(abs(limit), abs(mended)) <= LARGEST:
        return  # which is told
    if sign * limit >= most:
        yield _never((*path, key), fault.measure, limit)
    elif sign * limit < least:
        wanted = said(later("a limit that {measure} is not always beyond"), measure=fault.measure)
        yield Finding((*path, key), wanted, shown(limit), said(later("Everybody would be told of it, all the time.")))
    elif sign * mended <= least:
        yield _never((*path, clear), fault.measure, mended)


def _fires_on_nobody(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
    """Yield a fault of the counted angle that is over before it is watched for: see ``coach.engine``."""
    spec = exercise.repetitions
    if spec is None or spec.ends_below_deg is None or spec.sides != 1:
        return
    from_deg = spec.counts_from_deg * UNDER_WAY_FROM
    for i, fault in enumerate(exercise.faults):
        if fault.measure == spec.measure and fault.below is not None and fault.below <= from_deg:
            wanted = said(later("more than {limit}, half of counts_from_deg"), limit=f"{from_deg:g}")
            mend = said(later("Before that nobody has begun, and nothing is a fault."))
            yield Finding(("faults", i, "below"), wanted, shown(fault.below), mend)


def _fires_on_everybody(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
    spec = exercise.repetitions
    only_while_moving = (
        spec is not None and spec.ends_below_deg is not None
    )  # who stands is not watched: ``coach.engine``
    for i, fault in enumerate(exercise.faults):
        standing = span_of(fault.measure).standing
        waits = only_while_moving and MEASURES[fault.measure].view is not None
        if standing is None or waits or exercise.first_phase not in fault.phases:
            continue
        key = "above" if fault.above is not None else "below"
        if (fault.above is not None and standing > fault.above) or (fault.below is not None and standing < fault.below):
            wanted = said(later("a limit that standing still does not pass"))
            mend = said(
                later("{measure} is {value} while standing, and {phase} begins there."),
                measure=fault.measure,
                value=f"{standing:g}",
                phase=exercise.first_phase,
            )
            yield Finding(("faults", i, key), wanted, shown(getattr(fault, key)), mend)


def _faults_in_phases(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
    phases = {phase.name: phase for phase in exercise.phases}
    for i, fault in enumerate(exercise.faults):
        for j, name in enumerate(fault.phases):
            yield from _leads(("faults", i, "phases", j), name, phases, _A_PHASE)
        seen_s = sum(ways.lasts_at_most_s(phases[name]) for name in fault.phases if name in phases)
        if fault.phases and phases.keys() >= set(fault.phases) and fault.for_s >= seen_s:
            wanted = said(later("less than the {seconds} s that its phases last"), seconds=f"{seen_s:g}")
            mend = said(later("Else the fault is never told."))
            yield Finding(("faults", i, "for_s"), wanted, shown(fault.for_s), mend)


def _cues_of_faults(exercise: Exercise, setup: Setup) -> Iterator[Finding]:
    for i, fault in enumerate(exercise.faults):
        yield from _leads(("faults", i, "cue"), fault.cue, _cues_of(exercise, setup), _A_CUE)


def _fault_texts(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
    kinds = [fault.kind for fault in exercise.faults]
    for kind in dict.fromkeys(kinds):
        if kind not in exercise.fault_texts:
            mend = said(later('Add a line: {kind} = "what to work on".'), kind=kind)
            yield Finding(("fault_texts", kind), said(later("a text for this fault")), None, mend)
    for kind in exercise.fault_texts:
        for finding in _leads(("fault_texts", kind), kind, kinds, later("a kind of fault of this file")):
            yield Finding(finding.path, finding.expected, finding.got, finding.mend, "hint")


def _marks(exercise: Exercise, setup: Setup) -> Iterator[Finding]:
    for i, mark in enumerate(exercise.marks):
        yield from _leads(("marks", i, "cue"), mark.cue, _cues_of(exercise, setup), _A_CUE)
        given = [key for key in _TIMES_OF_MARK if getattr(mark, key) is not None]
        if len(given) != 1:
            wanted = said(later("exactly one of {names}"), names=", ".join(_TIMES_OF_MARK))
            yield Finding(("marks", i), wanted, ", ".join(given) or None)


_TIMES_OF_MARK = ("at_s", "left_s", "at_count", "left_count")


def _marks_in_phases(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
    phases = {phase.name: phase for phase in exercise.phases}
    some_count = any(phase.counts for phase in exercise.phases)  # else that is told
    for i, mark in enumerate(exercise.marks):
        yield from _leads(("marks", i, "phase"), mark.phase, phases, _A_PHASE)
        if mark.phase in phases and some_count and not phases[mark.phase].counts:
            wanted = said(later("a phase whose clock counts"))
            yield Finding(("marks", i, "phase"), wanted, shown(mark.phase), said(later("Elsewhere there is no clock.")))


def _marks_in_dose(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
    dose = exercise.dose
    most_of = {"at_s": dose.most_s, "left_s": dose.full_s, "at_count": dose.repetitions, "left_count": dose.repetitions}
    for i, mark in enumerate(exercise.marks):
        for key, most in most_of.items():
            at = getattr(mark, key)
            if at is not None and most is None:
                wanted = said(later("a dose that has repetitions, or at_s or left_s"))
                yield Finding(("marks", i, key), wanted, shown(at))
            elif at is not None and most is not None and at > most:
                wanted = said(later("at most {most}, as the dose has"), most=f"{most:g}")
                yield Finding(("marks", i, key), wanted, shown(at), said(later("Else it is never said.")))


def _repetitions(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
    spec, path = exercise.repetitions, ("repetitions",)
    if spec is None:
        return
    if exercise.hold is not None:
        wanted = said(later("either this or [hold]"))
        yield Finding(path, wanted, mend=said(later("What is repeated is not held; leave one of them out.")))
    yield from _measure(exercise, spec.measure, (*path, "measure"))
    yield from _angle(spec.measure, (*path, "measure"))
    yield from _conditions(exercise, spec.only_while, (*path, "only_while"))
    for key in ("starts_from_deg", "ends_below_deg", "back_deg"):
        value = getattr(spec, key)
        if value is not None and value >= spec.counts_from_deg:
            wanted = said(later("less than counts_from_deg, {limit}"), limit=f"{spec.counts_from_deg:g}")
            yield Finding((*path, key), wanted, shown(value))
    if spec.comfort is not None and spec.sides != 2:
        mend = said(later("It is known from both sides; leave it out, or write sides = 2."))
        yield Finding((*path, "comfort"), said(later("no comfort where there is one side")), mend=mend)
    if spec.paces and spec.sides != 1:
        mend = said(later("With two sides the beat says which."))
        yield Finding((*path, "paces"), said(later("no paces where there are two sides")), ", ".join(spec.paces), mend)


def _paces(exercise: Exercise, setup: Setup) -> Iterator[Finding]:
    for i, cue in enumerate(exercise.repetitions.paces if exercise.repetitions else ()):
        yield from _leads(("repetitions", "paces", i), cue, _cues_of(exercise, setup), _A_CUE)


def _counted_dose(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
    spec, dose = exercise.repetitions, exercise.dose
    if dose.repetitions is None:
        return
    if spec is None:
        wanted = said(later("a table [repetitions] that says how they are counted"))
        yield Finding(("dose", "repetitions"), wanted, shown(dose.repetitions))
        return
    if dose.counts_from_repetitions > dose.repetitions:
        wanted = said(later("at most repetitions, {most}"), most=dose.repetitions)
        yield Finding(("dose", "counts_from_repetitions"), wanted, shown(dose.counts_from_repetitions))
    if abs(dose.full_s - dose.repetitions * spec.tempo_s) > _ROUNDING_S:
        wanted = said(
            later("{full}: {count} repetitions of {tempo} s"),
            full=f"{dose.repetitions * spec.tempo_s:g}",
            count=dose.repetitions,
            tempo=f"{spec.tempo_s:g}",
        )
        yield Finding(("dose", "full_s"), wanted, shown(dose.full_s))


_ROUNDING_S = 0.01


def _measures_kept(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
    for i, name in enumerate(exercise.keeps):
        yield from _measure(exercise, name, ("keeps", i))
    if exercise.hold is not None:
        yield from _measure(exercise, exercise.hold.measure, ("hold", "measure"))
        mend = said(later("Leave [hold] out: the seconds that clock_while holds are counted without it, too."))
        yield from _angle(exercise.hold.measure, ("hold", "measure"), mend)


# ---- words ------------------------------------------------------------------------------------------------------------------


def _words_of_cues(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
    yield from _long_cues(exercise.cues)


def _cues(exercise: Exercise, setup: Setup) -> Iterator[Finding]:
    yield from _twice((("cues", i, "id"), cue.id) for i, cue in enumerate(exercise.cues))
    if LAST_PHASE not in _cues_of(exercise, setup):
        yield Finding(
            ("cues",), said(later("a cue with the id {id}"), id=LAST_PHASE), mend=said(later("It is said last."))
        )


def _long_cues(cues: Iterable[CueText]) -> Iterator[Finding]:
    for i, cue in enumerate(cues):
        words = sum(any(c.isalnum() for c in word) for word in cue.text.split())
        if words > MOST_WORDS:
            wanted = said(later("at most {most} words"), most=MOST_WORDS)
            mend = said(later("It has {count}; more is not heard by somebody bent over."), count=words)
            yield Finding(("cues", i, "text"), wanted, shown(cue.text), mend)


def _stand_cue(exercise: Exercise, setup: Setup) -> Iterator[Finding]:
    yield from _leads(("camera", "stand_cue"), exercise.camera.stand_cue, _cues_of(exercise, setup), _A_CUE)


def _cues_nobody_says(exercise: Exercise, setup: Setup) -> Iterator[Finding]:
    said_somewhere = {LAST_PHASE, exercise.camera.stand_cue, *(cue.id for cue in setup.cues)}
    said_somewhere |= {cue for phase in exercise.phases for cue in (phase.say, phase.say_again) if cue is not None}
    said_somewhere |= {fault.cue for fault in exercise.faults} | {mark.cue for mark in exercise.marks}
    said_somewhere |= set(exercise.repetitions.paces if exercise.repetitions else ())
    said_somewhere |= {finish.cue for finish in exercise.dose.finishes}
    for i, cue in enumerate(exercise.cues):
        if cue.id not in said_somewhere:
            wanted = said(later("a cue that something says"))
            mend = said(later("No phase, fault, mark or finish names it."))
            yield Finding(("cues", i, "id"), wanted, shown(cue.id), mend, "hint")


# ---- dose and levels ----------------------------------------------------------------------------------------------------------


def _dose(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
    dose = exercise.dose
    if dose.most_s < dose.full_s:
        wanted = said(later("at least full_s, {full}"), full=f"{dose.full_s:g}")
        yield Finding(("dose", "most_s"), wanted, shown(dose.most_s))
    if dose.counts_from_s > dose.full_s:
        wanted = said(later("at most full_s, {full}"), full=f"{dose.full_s:g}")
        yield Finding(
            ("dose", "counts_from_s"), wanted, shown(dose.counts_from_s), said(later("Else no set would count."))
        )


def _finishes(exercise: Exercise, setup: Setup) -> Iterator[Finding]:
    dose, path = exercise.dose, ("dose", "finishes")
    seen: set[tuple[int, float]] = set()
    for i, finish in enumerate(dose.finishes):
        yield from _leads((*path, i, "cue"), finish.cue, _cues_of(exercise, setup), _A_CUE)
        if (finish.sets, finish.full_s) in seen:
            got = f"{finish.sets} x {finish.full_s:g} s"
            yield Finding((*path, i), said(later("a dose that is not there yet")), got)
        seen.add((finish.sets, finish.full_s))
    if seen and (dose.sets, dose.full_s) not in seen:
        wanted = said(later("one for the dose itself, {sets} x {full} s"), sets=dose.sets, full=f"{dose.full_s:g}")
        yield Finding(path, wanted, None)


def _pole(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
    if exercise.without_pole is not None and not exercise.camera.pole:
        wanted = said(later("no such table, or pole = true under [camera]"))
        yield Finding(("without_pole",), wanted, mend=said(later("This exercise has no pole.")))


def _levels(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
    names: list[tuple[Path, str]] = [(("levels", i, "id"), level.id) for i, level in enumerate(exercise.levels)]
    yield from _twice(names)
    yield from _file_names(names)
    first = [i for i, level in enumerate(exercise.levels) if level.first]
    wanted = said(later("exactly one level with first = true"))
    if exercise.levels and not first:
        yield Finding(("levels",), wanted, None)
    yield from (Finding(("levels", i, "first"), wanted, shown(True)) for i in first[1:])


def _doses_of_levels(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
    most_s = exercise.dose.sets * exercise.dose.full_s
    for i, level in enumerate(exercise.levels):
        whole_s = level.sets * level.full_s
        if whole_s > most_s:
            wanted = said(later("a dose of at most {most} s, as that of the exercise"), most=f"{most_s:g}")
            yield Finding(("levels", i, "full_s"), wanted, f"{level.sets} x {level.full_s:g} s")
        elif whole_s > 0 and not 0 < level.good_from_s <= whole_s:
            wanted = said(later("more than 0 and at most {whole}, its sets times full_s"), whole=f"{whole_s:g}")
            yield Finding(("levels", i, "good_from_s"), wanted, shown(level.good_from_s))


def _claims(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
    for i, claim in enumerate(exercise.claims):
        for j, name in enumerate(claim.sources):
            if name not in sources():
                near = did_you_mean(name, sources())
                mend = said(later("docs/EXERCISES.md lists them.")) if near is NOTHING else near
                yield Finding(("claims", i, "sources", j), said(later("the id of a source")), shown(name), mend)
        if claim.grade != "none" and not claim.sources:
            wanted, mend = (
                said(later("a source for this grade")),
                said(later('Where none was found the grade is "none".')),
            )
            yield Finding(("claims", i, "sources"), wanted, None, mend)


# ---- what its figure shows ------------------------------------------------------------------------------------------------------


def _demonstration(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
    show = exercise.demonstration
    if show is None:
        return
    path = ("demonstration",)
    pictures: list[tuple[Path, str]] = [((*path, "pictures", i, "id"), one.id) for i, one in enumerate(show.pictures)]
    variants: list[tuple[Path, str]] = [
        ((*path, key, i, "id"), one.id)
        for key, rows in (("levels", show.levels), ("faults", show.faults))
        for i, one in enumerate(rows)
    ]
    yield from _leads(
        (*path, "main"), show.main, (name for _, name in pictures), later("the id of one of its pictures")
    )
    yield from _twice(pictures)
    yield from _twice([((), RIGHT_WAY), *variants])
    yield from _file_names([*pictures, *variants])


def _demonstrated_faults(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
    show = exercise.demonstration
    if show is None:
        return
    path, kinds = ("demonstration", "faults"), list(dict.fromkeys(fault.kind for fault in exercise.faults))
    shown_kinds = [one.id for one in show.faults]
    stray = [name for name in shown_kinds if name not in kinds]
    for i, name in enumerate(shown_kinds):
        yield from _leads((*path, i, "id"), name, kinds, later("a kind of fault of this file"))
    for kind in kinds:
        if kind not in shown_kinds and not stray:
            yield Finding(path, said(later("every kind of fault")), mend=said(later("{kind} is missing."), kind=kind))


def _postures(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
    show = exercise.demonstration
    if show is None:
        return
    for key in ("pictures", "levels", "faults"):
        for i, row in enumerate(getattr(show, key)):
            path: Path = ("demonstration", key, i, "posture")
            if row.posture is not None:
                yield from _posture(exercise, row.posture, path)
            elif key == "pictures" and show.drawn:
                mend = said(later("Without one it is left out of the drawing; an empty one is standing."))
                yield Finding(path, said(later("a posture, as other pictures have")), None, mend, "hint")


def _posture(exercise: Exercise, posture: KeyPosture, path: Path) -> Iterator[Finding]:
    view = exercise.camera.view
    for name in ANGLES:
        value = getattr(posture, name)
        if value and shown_from(name) not in {None, view}:
            wanted = said(later("an angle that is seen in the view {view}"), view=view)
            names = ", ".join(angle for angle in ANGLES if shown_from(angle) in {None, view})
            yield Finding((*path, name), wanted, shown(value), said(later("There are: {names}."), names=names))
    if posture.seat and view != "side":
        yield Finding((*path, "seat"), said(later("a chair only where the view is side")), shown(posture.seat))
    if posture.trunk_flexion_deg and posture.trunk_extension_deg:
        wanted = said(later("the trunk forwards or backwards, not both"))
        yield Finding((*path, "trunk_extension_deg"), wanted, shown(posture.trunk_extension_deg))


# ---- how the phases hang together -------------------------------------------------------------------------------------------------


def _reachable(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
    reached = ways.reached_from(exercise, exercise.first_phase)
    for i, phase in enumerate(exercise.phases):
        if phase.name not in reached:
            wanted = said(later("a phase that an open way leads to"))
            mend = said(later("No way leads here from {first}."), first=exercise.first_phase)
            yield Finding(("phases", i, "name"), wanted, shown(phase.name), mend)
        elif not any(ways.can_open(way, phase) for way in phase.next):
            wanted = said(later("a way out of this phase"))
            mend = said(later('Add [[phases.next]] with to = another phase, or to = "{last}".'), last=LAST_PHASE)
            yield Finding(("phases", i, "next"), wanted, None, mend)


def _ends(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
    """Yield the first phase from which the end cannot be reached; a phase without any way out is told already."""
    reached = ways.reached_from(exercise, exercise.first_phase)
    lost = [
        i
        for i, phase in enumerate(exercise.phases)
        if phase.name in reached and LAST_PHASE not in ways.reached_from(exercise, phase.name)
    ]
    stuck = any(not any(ways.can_open(way, phase) for way in phase.next) for phase in exercise.phases)
    if not lost or stuck:
        return
    mend = said(later('Add a way with to = "{last}".'), last=LAST_PHASE)
    everywhere = len(lost) == len(reached - {LAST_PHASE})
    path: Path = ("phases",) if everywhere else ("phases", lost[0], "next")
    yield Finding(path, said(later("ways that lead to the end of the exercise")), mend=mend)


def _without_camera(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
    """Yield phases that somebody without camera never gets out of: there time alone guides."""
    for i, phase in enumerate(exercise.phases):
        if phase.without_camera_s is None:
            mend = said(later("Without a camera the session stays here until it is stopped."))
            yield Finding(
                ("phases", i, "without_camera_s"),
                said(later("the key {key}"), key="without_camera_s"),
                None,
                mend,
                "hint",
            )


Checks = tuple[tuple[Check, tuple[str, ...]], ...]

_OF_PARTS: Checks = (
    (_identity, ("id",)),
    (_phases, ("phases",)),
    (_conditions_of_phases, ("phases",)),
    (_first_phase, ("first_phase", "phases")),
    (_cues_of_phases, ("phases", "cues")),
    (_faults, ("faults",)),
    (_faults_in_phases, ("faults", "phases")),
    (_cues_of_faults, ("faults", "cues")),
    (_fault_texts, ("faults", "fault_texts")),
    (_marks, ("marks", "cues")),
    (_marks_in_phases, ("marks", "phases")),
    (_measures_kept, ("keeps", "hold")),
    (_cues, ("cues",)),
    (_words_of_cues, ("cues",)),
    (_stand_cue, ("camera", "cues")),
    (_dose, ("dose",)),
    (_finishes, ("dose", "cues")),
    (_repetitions, ("repetitions", "hold")),
    (_paces, ("repetitions", "cues")),
    (_counted_dose, ("repetitions", "dose")),
    (_pole, ("without_pole", "camera")),
    (_levels, ("levels",)),
    (_doses_of_levels, ("levels", "dose")),
    (_claims, ("claims",)),
    (_demonstration, ("demonstration",)),
    (_demonstrated_faults, ("demonstration", "faults")),
    (_postures, ("demonstration", "camera")),
)
# Of these the first part is looked through entry by entry, and no entry needs another.
_BY_ENTRY: frozenset[Check] = frozenset(
    {
        _conditions_of_phases,
        _cues_of_phases,
        _faults,
        _faults_in_phases,
        _cues_of_faults,
        _marks,
        _marks_in_phases,
        _words_of_cues,
        _doses_of_levels,
        _claims,
    }
)
_OF_THE_WHOLE: Checks = (
    (_reachable, ("phases", "first_phase")),
    (_ends, ("phases", "first_phase")),
    (_marks_in_dose, ("marks", "dose")),
    (_clocks_of_ways, ("phases", "dose")),
    (_fires_on_nobody, ("faults", "repetitions")),
    (_fires_on_everybody, ("faults", "first_phase", "phases", "repetitions")),
    (_cues_nobody_says, ("cues", "phases", "faults", "marks", "dose", "camera", "repetitions")),
)
_OF_TIME_ALONE: Checks = ((_without_camera, ("phases", "first_phase")),)
