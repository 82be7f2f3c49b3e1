"""``ownway exercises try``: an exercise on a clip, as a session would have gone: what the coach said, saw and counted, and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from gettext import NullTranslations
from pathlib import Path

from ownway.coach.engine import Coach
from ownway.coach.events import Calibrated, Cue, Ended, Event, FaultBegan, Repeated, SetEnded, SightLost, Swung
from ownway.coach.setting import Setting
from ownway.commands.assets import models_folder
from ownway.commands.console import patient_console
from ownway.commands.progress import progress
from ownway.exercises.loader import setup
from ownway.exercises.schema import Exercise
from ownway.media.footage import open_footage
from ownway.media.pose import Model
from ownway.report import wording


def run(exercise: Exercise, clip: Path, model: Model, words: NullTranslations) -> None:
    """Coach whoever is seen in a film or recording, and tell it all in the order in which it came.

    Raises
    ------
    OwnwayError : the clip cannot be used.
    """
    console = patient_console()
    events = list(_coached(exercise, clip, model))
    for event in events:
        told = _told(event, exercise, words)
        if told:
            console.print(f"{wording.clock(event.t_s):>7}  {told}", markup=False, highlight=False, soft_wrap=True)
    for line in ("", *_sum(events, words)):
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def _coached(exercise: Exercise, clip: Path, model: Model) -> Iterator[Event]:
    with open_footage(clip, models_folder, model=model) as footage, progress(clip.name, footage.duration_s) as done:
        header = footage.header
        coach = Coach(exercise, Setting(header.width_px, header.height_px, header.mirrored, None, camera=True))
        for frame in footage.frames:
            for event in coach.step(frame):
                yield event
                if isinstance(event, Ended):
                    return
            done(frame.t_s)
        yield from coach.interrupt()


def _told(event: Event, exercise: Exercise, words: NullTranslations) -> str:
    """Return an event as a line; empty for what only a screen shows."""
    _ = words.gettext
    told = ""
    match event:
        case Calibrated():
            told = _("(stood still and was measured)")
        case Cue(cue=cue_id, voiced=voiced):
            texts = {cue.id: cue.text for cue in (*setup().cues, *exercise.cues)}
            told = f"“{_(texts[cue_id])}”" if voiced else _("“{cue}” (only shown)").format(cue=_(texts[cue_id]))
        case FaultBegan(fault=kind, value=value):
            measure = next((fault.tells or fault.measure for fault in exercise.faults if fault.kind == kind), "")
            told = _("fault {kind}: {measure} {value}").format(kind=kind, measure=measure, value=f"{value:.0f}")
        case Repeated(good=good, peak_deg=peak):
            told = _done(_("repetition, {peak} deg").format(peak=f"{peak:.0f}"), words, good=good)
        case Swung(side=side, good=good, peak_deg=peak):
            to_side = _("to the {side}, {peak} deg").format(side=wording.side(side, words), peak=f"{abs(peak):.0f}")
            told = _done(to_side, words, good=good)
        case SightLost(reason=reason):
            told = _("cannot judge: {reason}").format(reason=wording.reason(reason, words))
        case SetEnded():
            told = _set(event, words)
        case Ended():
            told = _("(end)")
    return told


def _done(told: str, words: NullTranslations, *, good: bool) -> str:
    return told if good else words.gettext("{told}; not counted, for the fault in it").format(told=told)


def _set(event: SetEnded, words: NullTranslations) -> str:
    _ = words.gettext
    form = _("{seconds} s in good form").format(seconds=f"{event.clock_s:.1f}")
    if event.repetitions is not None:
        form = _("{count} good repetitions, {form}").format(count=event.repetitions, form=form)
    told = _("set {number} counts: {form}") if event.counted else _("set {number} does not count: {form}")
    return told.format(number=event.set_no, form=form)


def _sum(events: list[Event], words: NullTranslations) -> Iterator[str]:
    _ = words.gettext
    sets = [event for event in events if isinstance(event, SetEnded)]
    counted = sum(event.counted for event in sets)
    yield _("Sets that count: {counted} of {count}.").format(counted=counted, count=len(sets))
    repeated = [event for event in events if isinstance(event, Repeated | Swung)]
    if repeated:
        good = sum(event.good for event in repeated)
        yield _("Repetitions: {count}, in good form {good}.").format(count=len(repeated), good=good)
    faults = Counter(event.fault for event in events if isinstance(event, FaultBegan))
    told = ", ".join(f"{kind} ({count})" for kind, count in faults.items())
    yield _("Faults: {faults}.").format(faults=told or _("none"))
    spoken = sum(isinstance(event, Cue) and event.voiced for event in events)
    yield _("Said: {count} cues.").format(count=spoken)
