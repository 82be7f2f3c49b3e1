"""What the faults of a file may not contradict."""

from __future__ import annotations

from collections.abc import Iterator

from ownway.body.measures import MEASURES
from ownway.errors import Said, later
from ownway.exercises import rules, ways
from ownway.exercises.fields import LARGEST
from ownway.exercises.findings import Finding, said, shown
from ownway.exercises.places import Path
from ownway.exercises.ranges import span_of
from ownway.exercises.schema import UNDER_WAY_FROM, Exercise, Fault, Setup


def faults(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
    """Yield what is wrong with a fault by itself."""
    for i, fault in enumerate(exercise.faults):
        path: Path = ("faults", i)
        for key in ("measure", "since", "tells"):
            yield from rules.measure(exercise, getattr(fault, key), (*path, key))
        if fault.since in MEASURES and MEASURES[fault.since].unit != "s":
            yield Finding((*path, "since"), said(later("a measure of unit s")), shown(fault.since))
        yield from _fault_limits(fault, path)
        if not fault.phases:
            yield Finding((*path, "phases"), said(later("at least one phase in which it can be seen")), shown(()))
        for j, joint in enumerate(fault.joints):
            yield from rules.leads((*path, "joints", j), joint, JOINTS, later("a joint that can be drawn"))


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
        yield rules.never((*path, key), fault.measure, limit)
    elif sign * limit < least:
        wanted = said(later("a limit that {measure} is not always beyond"), measure=fault.measure)
        yield Finding((*path, key), wanted, shown(limit), said(later("Everybody would be told of it, all the time.")))
    elif sign * mended <= least:
        yield rules.never((*path, clear), fault.measure, mended)


def fires_on_nobody(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
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


def fires_on_everybody(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
    """Yield a fault that everybody has who only stands where the first phase begins."""
    spec = exercise.repetitions
    # Who stands is not watched then: ``coach.engine``.
    only_while_moving = spec is not None and spec.ends_below_deg is not None
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


def faults_in_phases(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
    """Yield phases that are none, or too short for the fault to be told."""
    phases = {phase.name: phase for phase in exercise.phases}
    for i, fault in enumerate(exercise.faults):
        for j, name in enumerate(fault.phases):
            yield from rules.leads(("faults", i, "phases", j), name, phases, rules.A_PHASE)
        seen_s = sum(ways.lasts_at_most_s(phases[name]) for name in fault.phases if name in phases)
        if fault.phases and phases.keys() >= set(fault.phases) and fault.for_s >= seen_s:
            wanted = said(later("less than the {seconds} s that its phases last"), seconds=f"{seen_s:g}")
            mend = said(later("Else the fault is never told."))
            yield Finding(("faults", i, "for_s"), wanted, shown(fault.for_s), mend)


def cues_of_faults(exercise: Exercise, setup: Setup) -> Iterator[Finding]:
    """Yield cues that are none."""
    for i, fault in enumerate(exercise.faults):
        yield from rules.leads(("faults", i, "cue"), fault.cue, rules.cues_of(exercise, setup), rules.A_CUE)


def fault_texts(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
    """Yield faults without a text to work on, and texts without a fault."""
    kinds = [fault.kind for fault in exercise.faults]
    for kind in dict.fromkeys(kinds):
        if kind not in exercise.fault_texts:
            mend = said(later('Add a line: {kind} = "what to work on".'), kind=kind)
            yield Finding(("fault_texts", kind), said(later("a text for this fault")), None, mend)
    for kind in exercise.fault_texts:
        for finding in rules.leads(("fault_texts", kind), kind, kinds, later("a kind of fault of this file")):
            yield Finding(finding.path, finding.expected, finding.got, finding.mend, "hint")
