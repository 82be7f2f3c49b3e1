"""What several checks of a file ask: of single values, of names that lead somewhere, of measures and conditions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from ownway.body.measures import MEASURES
from ownway.errors import NOTHING, Said, later
from ownway.exercises import ways
from ownway.exercises.fields import BLANKS, LARGEST, least_and_most
from ownway.exercises.findings import Finding, did_you_mean, said, shown
from ownway.exercises.places import Path
from ownway.exercises.ranges import span_of
from ownway.exercises.schema import Condition, Exercise, Setup

# ---- single values ------------------------------------------------------------------------------------------------------------


def values(value: Any, path: Path = ()) -> Iterator[Finding]:
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
        yield from values(value, path)
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


_FILE_NAME = later("letters, digits and underscores only, a letter first")


def file_names(names: Iterable[tuple[Path, str]]) -> Iterator[Finding]:
    """Yield names that no file can be called by."""
    for path, name in names:
        if not (name.isascii() and name.isidentifier()):
            yield Finding(path, Said(_FILE_NAME), shown(name), said(later("A file is named after it.")))


def twice(names: Iterable[tuple[Path, str]]) -> Iterator[Finding]:
    """Yield names that are there a second time."""
    seen: set[str] = set()
    for path, name in names:
        if name in seen:
            yield Finding(
                path, said(later("a name that is not there yet")), shown(name), said(later("Each is there once."))
            )
        seen.add(name)


# ---- names that lead somewhere ------------------------------------------------------------------------------------------------


def leads(path: Path, name: str | None, known: Iterable[str], what: str) -> Iterator[Finding]:
    """Yield a name that is not among the ``known``; ``what`` says what it should be the name of."""
    names = list(known)
    if name is not None and name not in names:
        yield Finding(path, Said(what), shown(name), did_you_mean(name, names))


A_PHASE = later("the name of a phase of this file")
A_CUE = later("the id of a cue of this file or of setup.toml")


def cues_of(exercise: Exercise, setup: Setup) -> list[str]:
    """Return the ids of all cues that may be named, those of ``setup.toml`` among them."""
    return [cue.id for cue in (*exercise.cues, *setup.cues)]


# ---- measures -----------------------------------------------------------------------------------------------------------------


def conditions(exercise: Exercise, given: Sequence[Condition], path: Path) -> Iterator[Finding]:
    """Yield what is wrong with conditions that have to hold together."""
    before = 0
    for i, condition in enumerate(given):
        for finding in _condition(exercise, condition, (*path, i)):
            before += 1
            yield finding
    if not before and not ways.can_hold_together(given):
        wanted = said(later("conditions that can hold at the same time"))
        yield Finding(path, wanted, mend=said(later("One excludes the other; look at above and below.")))


def _condition(exercise: Exercise, condition: Condition, path: Path) -> Iterator[Finding]:
    yield from measure(exercise, condition.measure, (*path, "measure"))
    given = [name for name in ways.LIMITS if getattr(condition, name) is not None]
    if len(given) != 1:
        wanted = said(later("exactly one of {names}"), names=", ".join(ways.LIMITS))
        yield Finding(path, wanted, ", ".join(given) or None)
    elif condition.measure in MEASURES and not ways.can_hold(condition):
        yield never((*path, given[0]), condition.measure, getattr(condition, given[0]))


def never(path: Path, name: str, limit: float) -> Finding:
    """Return that a measure can never pass a limit."""
    span = span_of(name)
    wanted = said(
        later("a limit that {measure} can pass; it lies between {least} and {most}"),
        measure=name,
        least=f"{span.least:g}",
        most=f"{span.most:g}",
    )
    return Finding(path, wanted, shown(limit))


def measure(exercise: Exercise, name: str | None, path: Path) -> Iterator[Finding]:
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


def angle(name: str, path: Path, mend: Said = NOTHING) -> Iterator[Finding]:
    """Yield a measure that is no angle where one is asked for."""
    if name in MEASURES and MEASURES[name].unit != "deg":
        yield Finding(path, said(later("an angle in degrees")), shown(name), mend)
