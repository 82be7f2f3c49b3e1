"""What a file may not contradict: each check takes the exercise and yields what it finds.

A check runs where the parts it looks at could be read, and one that takes the entries of a list one by one for those entries that
could. So one mistake does not hide another, and none is told twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, replace

from ownway.errors import NOTHING, later
from ownway.exercises import rules, rules_of_faults, rules_of_figures, ways
from ownway.exercises.building import is_whole
from ownway.exercises.findings import Finding, did_you_mean, said, shown
from ownway.exercises.places import Path
from ownway.exercises.schema import LAST_PHASE, CueText, Exercise, Setup
from ownway.exercises.sources import sources

MOST_WORDS = 6  # a cue is heard by somebody bent over; SESSION manners

Check = Callable[[Exercise, Setup], Iterator[Finding]]


def contradictions(exercise: Exercise, unset: frozenset[str], setup: Setup) -> Iterator[Finding]:
    """Yield all that an exercise contradicts, ``unset`` being the fields that could not be read.

    How the phases hang together is looked at last, and not while they name what is not there.
    """
    broken = set(unset)
    yield from (values := list(rules.values(exercise)))
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


# ---- names that lead somewhere ------------------------------------------------------------------------------------------------


def _identity(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
    yield from rules.file_names([(("id",), exercise.id)])
    if len(exercise.id) > LONGEST_ID:
        yield Finding(("id",), said(later("at most {most} letters"), most=LONGEST_ID), shown(exercise.id))


LONGEST_ID = 64  # what the diary's table holds


def _phases(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
    names = [phase.name for phase in exercise.phases]
    yield from rules.twice((("phases", i, "name"), name) for i, name in enumerate(names))
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
            yield from rules.leads(("phases", i, "next", j, "to"), way.to, (*names, LAST_PHASE), rules.A_PHASE)


# Before the movement, and after it: engine and page know them by name.
_OWNWAYS_PHASES = ("find", "view", "stand", LAST_PHASE)


def _conditions_of_phases(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
    for i, phase in enumerate(exercise.phases):
        path: Path = ("phases", i)
        for key in ("clock_while", "say_while"):
            yield from rules.conditions(exercise, getattr(phase, key), (*path, key))
        for j, way in enumerate(phase.next):
            yield from rules.conditions(exercise, way.when, (*path, "next", j, "when"))
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
    yield from rules.leads(("first_phase",), exercise.first_phase, (p.name for p in exercise.phases), rules.A_PHASE)


def _cues_of_phases(exercise: Exercise, setup: Setup) -> Iterator[Finding]:
    for i, phase in enumerate(exercise.phases):
        for key in ("say", "say_again"):
            yield from rules.leads(("phases", i, key), getattr(phase, key), rules.cues_of(exercise, setup), rules.A_CUE)


def _marks(exercise: Exercise, setup: Setup) -> Iterator[Finding]:
    for i, mark in enumerate(exercise.marks):
        yield from rules.leads(("marks", i, "cue"), mark.cue, rules.cues_of(exercise, setup), rules.A_CUE)
        given = [key for key in _TIMES_OF_MARK if getattr(mark, key) is not None]
        if len(given) != 1:
            wanted = said(later("exactly one of {names}"), names=", ".join(_TIMES_OF_MARK))
            yield Finding(("marks", i), wanted, ", ".join(given) or None)


_TIMES_OF_MARK = ("at_s", "left_s", "at_count", "left_count")


def _marks_in_phases(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
    phases = {phase.name: phase for phase in exercise.phases}
    some_count = any(phase.counts for phase in exercise.phases)  # else that is told
    for i, mark in enumerate(exercise.marks):
        yield from rules.leads(("marks", i, "phase"), mark.phase, phases, rules.A_PHASE)
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
    yield from rules.measure(exercise, spec.measure, (*path, "measure"))
    yield from rules.angle(spec.measure, (*path, "measure"))
    yield from rules.conditions(exercise, spec.only_while, (*path, "only_while"))
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
        yield from rules.leads(("repetitions", "paces", i), cue, rules.cues_of(exercise, setup), rules.A_CUE)


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
        yield from rules.measure(exercise, name, ("keeps", i))
    if exercise.hold is not None:
        yield from rules.measure(exercise, exercise.hold.measure, ("hold", "measure"))
        mend = said(later("Leave [hold] out: the seconds that clock_while holds are counted without it, too."))
        yield from rules.angle(exercise.hold.measure, ("hold", "measure"), mend)


# ---- words ------------------------------------------------------------------------------------------------------------------


def _words_of_cues(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
    yield from _long_cues(exercise.cues)


def _cues(exercise: Exercise, setup: Setup) -> Iterator[Finding]:
    yield from rules.twice((("cues", i, "id"), cue.id) for i, cue in enumerate(exercise.cues))
    if LAST_PHASE not in rules.cues_of(exercise, setup):
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
    yield from rules.leads(
        ("camera", "stand_cue"), exercise.camera.stand_cue, rules.cues_of(exercise, setup), rules.A_CUE
    )


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
        yield from rules.leads((*path, i, "cue"), finish.cue, rules.cues_of(exercise, setup), rules.A_CUE)
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
    yield from rules.twice(names)
    yield from rules.file_names(names)
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
    (rules_of_faults.faults, ("faults",)),
    (rules_of_faults.faults_in_phases, ("faults", "phases")),
    (rules_of_faults.cues_of_faults, ("faults", "cues")),
    (rules_of_faults.fault_texts, ("faults", "fault_texts")),
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
    (rules_of_figures.demonstration, ("demonstration",)),
    (rules_of_figures.demonstrated_faults, ("demonstration", "faults")),
    (rules_of_figures.postures, ("demonstration", "camera")),
)
# Of these the first part is looked through entry by entry, and no entry needs another.
_BY_ENTRY: frozenset[Check] = frozenset(
    {
        _conditions_of_phases,
        _cues_of_phases,
        rules_of_faults.faults,
        rules_of_faults.faults_in_phases,
        rules_of_faults.cues_of_faults,
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
    (rules_of_faults.fires_on_nobody, ("faults", "repetitions")),
    (rules_of_faults.fires_on_everybody, ("faults", "first_phase", "phases", "repetitions")),
    (_cues_nobody_says, ("cues", "phases", "faults", "marks", "dose", "camera", "repetitions")),
)
_OF_TIME_ALONE: Checks = ((_without_camera, ("phases", "first_phase")),)
