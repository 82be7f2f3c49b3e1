"""What the figure of a file may not contradict: its pictures, and the key postures it is drawn by."""

from __future__ import annotations

from collections.abc import Iterator

from ownway.errors import later
from ownway.exercises import rules
from ownway.exercises.findings import Finding, said, shown
from ownway.exercises.places import Path
from ownway.exercises.postures import ANGLES, shown_from
from ownway.exercises.schema import Exercise, KeyPosture, Setup

RIGHT_WAY = "right"  # what a figure shows when nothing else is asked for


def demonstration(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
    """Yield names that are none, are there twice, or cannot be those of files."""
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
    yield from rules.leads(
        (*path, "main"), show.main, (name for _, name in pictures), later("the id of one of its pictures")
    )
    yield from rules.twice(pictures)
    yield from rules.twice([((), RIGHT_WAY), *variants])
    yield from rules.file_names([*pictures, *variants])


def demonstrated_faults(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
    """Yield faults that are not shown, where others are."""
    show = exercise.demonstration
    if show is None:
        return
    path, kinds = ("demonstration", "faults"), list(dict.fromkeys(fault.kind for fault in exercise.faults))
    shown_kinds = [one.id for one in show.faults]
    stray = [name for name in shown_kinds if name not in kinds]
    for i, name in enumerate(shown_kinds):
        yield from rules.leads((*path, i, "id"), name, kinds, later("a kind of fault of this file"))
    for kind in kinds:
        if kind not in shown_kinds and not stray:
            yield Finding(path, said(later("every kind of fault")), mend=said(later("{kind} is missing."), kind=kind))


def postures(exercise: Exercise, _setup: Setup) -> Iterator[Finding]:
    """Yield postures that nobody can take, or that are not seen from here, and pictures that lack one."""
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
