"""An exercise in words, as ``ownway exercises show`` tells it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from gettext import NullTranslations

from ownway.exercises.ranges import about
from ownway.exercises.schema import LAST_PHASE, Condition, Dose, Exercise, Fault, Phase, Transition
from ownway.exercises.sources import sources


def described(exercise: Exercise, words: NullTranslations) -> str:
    """Return what it is for, how much is done, what is counted, watched for and said, and what is known of it."""
    _ = words.gettext
    parts = [
        _(exercise.title),
        f"{exercise.id}, version {exercise.version}, {exercise.licence}, {exercise.author}".rstrip(", "),
        " > ".join(_(step) for step in exercise.path),
        "",
        _(exercise.summary),
        f"{_(exercise.takes)}. {_(exercise.needs)}.",
        *_listed(_("How"), (_(step) for step in exercise.steps)),
        *_listed(_("How much"), (_dose(exercise.dose, words), exercise.dose.source)),
        *_listed(_("What is counted"), _counted(exercise, words)),
        *_listed(_("Phases"), (_phase(phase, words) for phase in exercise.phases)),
        *_listed(_("What is watched for"), (_fault(fault, exercise, words) for fault in exercise.faults)),
        *_listed(_("Levels"), (_(level.text) for level in exercise.levels)),
        *_listed(_("What is known"), _claims(exercise, words)),
        *_listed(_("A yes to these questions asks a doctor first"), (", ".join(exercise.cautions),)),
    ]
    return "\n".join(parts)


def _listed(title: str, lines: Iterable[str]) -> list[str]:
    told = [f"  {line}" for line in lines if line]
    return ["", f"{title}:", *told] if told else []


def _number(value: float) -> str:
    return f"{value:g}"


def _dose(dose: Dose, words: NullTranslations) -> str:
    one = (
        words.gettext("{count} repetitions").format(count=dose.repetitions)
        if dose.repetitions is not None
        else words.gettext("{seconds} s").format(seconds=_number(dose.full_s))
    )
    told = words.ngettext("{count} set of {one}", "{count} sets of {one}", dose.sets).format(count=dose.sets, one=one)
    rest = words.gettext("with {seconds} s of rest between them").format(seconds=_number(dose.rest_s))
    return f"{told}, {rest}" if dose.sets > 1 else told


def _counted(exercise: Exercise, words: NullTranslations) -> Iterator[str]:
    spec = exercise.repetitions
    if exercise.hold is not None:
        yield words.gettext("Seconds in good form, held; by {measure}").format(measure=_measure(exercise.hold.measure))
    elif spec is not None:
        sides = words.gettext("to the left and to the right") if spec.sides > 1 else words.gettext("there and back")
        yield words.gettext("Repetitions, {sides}, from {limit} deg of {measure}; {tempo} s each").format(
            sides=sides,
            limit=_number(spec.counts_from_deg),
            measure=_measure(spec.measure),
            tempo=_number(spec.tempo_s),
        )
    else:
        yield words.gettext("Seconds in good form")


def _measure(name: str) -> str:
    return f"{name} ({about(name)})"


def _phase(phase: Phase, words: NullTranslations) -> str:
    ways = "; ".join(_way(way, words) for way in phase.next)
    counts = words.gettext(" (counts)") if phase.counts else ""
    return f"{phase.name}{counts}: {ways}"


def _way(way: Transition, words: NullTranslations) -> str:
    _ = words.gettext
    whens = []
    if way.when:
        whens.append(_(" and ").join(_condition(condition, words) for condition in way.when))
    if way.set_full:
        whens.append(_("the set is full"))
    if way.at_clock_s is not None:
        whens.append(_("the clock reads {seconds} s").format(seconds=_number(way.at_clock_s)))
    if way.after_s is not None:
        whens.append(_("{seconds} s have passed").format(seconds=_number(way.after_s)))
    when = _(" or ").join(whens)
    if way.dose_met:
        when = _("the dose is done and {when}").format(when=when)
    return _("to {phase} when {when}").format(phase=_("the end") if way.to == LAST_PHASE else way.to, when=when)


def _condition(c: Condition, words: NullTranslations) -> str:
    _ = words.gettext
    told = {
        _("{measure} above {limit}"): c.above,
        _("{measure} below {limit}"): c.below,
        _("{measure} within {limit}"): c.within,
        _("{measure} beyond {limit}"): c.beyond,
        _("{measure} below {limit} of its peak"): c.below_share_of_peak,
    }
    return next(text.format(measure=c.measure, limit=_number(v)) for text, v in told.items() if v is not None)


def _fault(fault: Fault, exercise: Exercise, words: NullTranslations) -> str:
    _ = words.gettext
    limit = (
        _("{measure} above {limit}").format(measure=fault.measure, limit=_number(fault.above))
        if fault.above is not None
        else _("{measure} below {limit}").format(measure=fault.measure, limit=_number(fault.below or 0.0))
    )
    said = next((_(cue.text) for cue in exercise.cues if cue.id == fault.cue), fault.cue)
    return _("{kind}: {limit} for {seconds} s: “{cue}” ({source})").format(
        kind=fault.kind, limit=limit, seconds=_number(fault.for_s), cue=said, source=fault.source
    )


def _claims(exercise: Exercise, words: NullTranslations) -> Iterator[str]:
    for claim in exercise.claims:
        yield f"{words.gettext(claim.claim)} ({claim.grade})"
        yield from (f"    {sources()[name].text}" for name in claim.sources)
