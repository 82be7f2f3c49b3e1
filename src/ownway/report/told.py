"""An assessment in words: the sentence that says what came out, the summary in the terminal, a row a file for several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from gettext import NullTranslations
from typing import TYPE_CHECKING

from ownway.coach.assessment import Assessment, Hold
from ownway.errors import later
from ownway.exercises.schema import Counts, Exercise
from ownway.report import totals, wording

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

# So many holds are told one by one; of more, the sum.
_MOST_HOLDS_TOLD = 4
# So many lines of one kind stand in the terminal; the report and the JSON have them all.
_MOST_LINES = 12

_WIDEST_FILE_NAME = 40


def result(assessment: Assessment, exercise: Exercise, words: NullTranslations) -> str:
    """Return what came out, in a few plain sentences."""
    if assessment.not_judged is not None:
        told = words.gettext("Could not be judged: {reason}.").format(
            reason=wording.reason(assessment.not_judged, words)
        )
        return f"{told} {wording.hint(assessment.not_judged, words)}".strip()
    parts = list(_done(assessment, exercise, words))
    if counted(assessment) or assessment.faults:  # of what was not done there is nothing good to say
        parts.append(faults(assessment, words))
    return " ".join(parts)


def counted(assessment: Assessment) -> bool:
    """Return whether there was anything of the exercise to count."""
    return bool(assessment.sets or totals.repeated(assessment))


def faults(assessment: Assessment, words: NullTranslations) -> str:
    """Return the faults by kind with how often and how long, or that there were none."""
    found = totals.faults(assessment)
    if not found:
        return words.gettext("No faults.")
    told = [
        words.ngettext("{fault} ({length})", "{fault} ({count} times, {length} in all)", len(total.seen)).format(
            fault=wording.fault_name(total.kind, words),
            count=len(total.seen),
            length=wording.length(total.lasted_s, words),
        )
        for total in found
    ]
    return words.gettext("To work on: {faults}.").format(faults=wording.listed(told, words))


def _done(assessment: Assessment, exercise: Exercise, words: NullTranslations) -> Iterator[str]:
    if exercise.counts == "held":
        return _held(assessment, exercise, words)
    return _swung(assessment, words) if exercise.counts == "swung" else _repeated(assessment, words)


def _repeated(assessment: Assessment, words: NullTranslations) -> Iterator[str]:
    found = totals.repeated(assessment)
    if not found:
        yield words.gettext("No repetition was seen.")
        return
    yield words.ngettext(
        "{count} repetition, {good} in good form.", "{count} repetitions, {good} in good form.", len(found)
    ).format(count=len(found), good=sum(one.good for one in found))
    if assessment.swings:
        left, right = totals.count(assessment, "left"), totals.count(assessment, "right")
        yield words.gettext("{left} to the left, {right} to the right.").format(left=left, right=right)
    yield words.gettext("The farthest went {degrees}.").format(
        degrees=wording.degrees(totals.farthest_deg(assessment), words)
    )


def _held(assessment: Assessment, exercise: Exercise, words: NullTranslations) -> Iterator[str]:
    holds = assessment.sets
    if not holds:
        yield words.gettext("No hold of 3 s or more was seen.")
        return
    yield words.ngettext("{count} hold.", "{count} holds.", len(holds)).format(count=len(holds))
    if len(holds) <= _MOST_HOLDS_TOLD:
        lengths = wording.listed([wording.length(hold.hold_s, words) for hold in holds], words)
        yield words.gettext("In good form {lengths}.").format(lengths=lengths)
    else:
        total = wording.length(totals.good_s(assessment), words)
        yield words.gettext("In good form {length} in all.").format(length=total)
    best = totals.best_reach(assessment, exercise)
    if best.zone is not None or best.distance_cm is not None:
        yield words.gettext("Reach: {reach}.").format(reach=wording.reach(best, exercise, words))


def _swung(assessment: Assessment, words: NullTranslations) -> Iterator[str]:
    if not assessment.swings:
        yield words.gettext("No swing was seen.")
        return
    left, right = totals.count(assessment, "left"), totals.count(assessment, "right")
    yield words.ngettext(
        "{count} swing: {left} to the left, {right} to the right.",
        "{count} swings: {left} to the left, {right} to the right.",
        left + right,
    ).format(count=left + right, left=left, right=right)
    yield words.gettext("Turned {range}.").format(range=_range(assessment, words))
    yield words.gettext("In good form {lengths}.").format(lengths=wording.length(assessment.swing_time_s, words))


def _range(assessment: Assessment, words: NullTranslations) -> str:
    """Return the range to either side that was swung to."""
    parts = [
        words.gettext("{degrees} {side}").format(
            degrees=wording.degrees(reached, words), side=wording.side(side, words)
        )
        for side in ("left", "right")
        if (reached := totals.range_deg(assessment, side)) is not None
    ]
    return wording.listed(parts, words)


def judged(assessment: Assessment, words: NullTranslations) -> str:
    """Return how long the film is and how much of it could be judged."""
    return words.gettext("{length} long, {percent} % of it judged").format(
        length=wording.length(assessment.duration_s, words), percent=round(100 * assessment.judged_fraction)
    )


def summary(assessment: Assessment, exercise: Exercise, words: NullTranslations) -> list[str]:
    """Return one assessment as lines for the terminal."""
    lines = [
        f"{assessment.source}: {words.gettext(exercise.title)}, {judged(assessment, words)}",
        result(assessment, exercise, words),
    ]
    details = [
        _some([_hold_line(number, hold, exercise, words) for number, hold in enumerate(assessment.sets, 1)], words),
        _some(_fault_lines(assessment, words), words),
        _some(_refusal_lines(assessment, words), words),
        [wording.note(kind, words) for kind in assessment.notes],
    ]
    return [*lines, *(f"  {line}" for part in details for line in part)]


def _hold_line(number: int, hold: Hold, exercise: Exercise, words: NullTranslations) -> str:
    parts = [words.gettext("in good form {length}").format(length=wording.length(hold.hold_s, words))]
    if hold.peak_trunk_flexion_deg is not None:
        parts.append(
            words.gettext("bend {degrees}").format(degrees=wording.degrees(hold.peak_trunk_flexion_deg, words))
        )
    if (reach := wording.reach(hold.reach, exercise, words)) != "–":
        parts.append(reach)
    if hold.descent_peak_deg_s is not None:
        parts.append(words.gettext("down at {speed}").format(speed=wording.speed(hold.descent_peak_deg_s, words)))
    parts.append(words.gettext("seen {how_well}").format(how_well=wording.sight(hold.sure, words)))
    return words.gettext("Hold {number}, {when}: {what}").format(
        number=number, when=wording.span(hold.hold_start_s, hold.hold_end_s), what=", ".join(parts)
    )


def _fault_lines(assessment: Assessment, words: NullTranslations) -> list[str]:
    return [
        words.gettext("{fault}, {when}: {how_much}").format(
            fault=wording.sentence(wording.fault_name(fault.kind, words)),
            when=wording.span(fault.start_s, fault.end_s),
            how_much=wording.fault_worst(fault, words),
        )
        for fault in assessment.faults
    ]


def _refusal_lines(assessment: Assessment, words: NullTranslations) -> list[str]:
    return [
        words.gettext("Not judged, {when}: {reason}").format(
            when=wording.span(refusal.start_s, refusal.end_s), reason=wording.reason(refusal.reason, words)
        )
        for refusal in assessment.refusals
    ]


def _some(lines: list[str], words: NullTranslations) -> list[str]:
    """Return the first lines, and how many more there are."""
    if len(lines) <= _MOST_LINES:
        return lines
    more = len(lines) - _MOST_LINES
    return [*lines[:_MOST_LINES], words.ngettext("… and {count} more", "… and {count} more", more).format(count=more)]


_COLUMNS: Mapping[Counts, tuple[str, str]] = {
    "held": (later("Holds"), later("Reach")),
    "swung": (later("Swings"), later("Range")),
    "repeated": (later("Repetitions"), later("Farthest")),
}


@dataclass(frozen=True, slots=True)
class Rows:
    """A table that grows: the head first, then a row a file as it finishes, so that nobody waits for the last one.

    Parameters
    ----------
    sources : names of all files, which say how wide the first column is.
    """

    console: Console
    exercise: Exercise
    sources: tuple[str, ...]
    words: NullTranslations

    def head(self) -> None:
        """Print what the columns hold."""
        _ = self.words.gettext
        counted, far = map(_, _COLUMNS[self.exercise.counts])
        names = (_("File"), counted, _("In good form"), far, _("To work on"), _("Judged"))
        self._print(*(f"[bold]{name}[/]" for name in names))

    def add(self, assessment: Assessment) -> None:
        """Print the row of a file that was looked at."""
        a, words = assessment, self.words
        percent = words.gettext("{percent} %").format(percent=round(100 * a.judged_fraction))
        if a.not_judged is not None:
            self.problem(a.source, result(a, self.exercise, words), percent)
            self._notes(a)
            return
        if self.exercise.swung:
            count = f"{totals.count(a, 'left')} + {totals.count(a, 'right')}" if a.swings else "0"
            good, far = (wording.length(a.swing_time_s, words), _range(a, words)) if a.swings else ("–", "–")
        elif self.exercise.repetitions is not None:
            found = totals.repeated(a)
            count, good = str(len(found)), str(sum(one.good for one in found)) if found else "–"
            far = wording.degrees(totals.farthest_deg(a), words)
        else:
            count = str(len(a.sets))
            good = " + ".join(wording.length(hold.hold_s, words) for hold in a.sets) or "–"
            far = _short_reach(a, self.exercise, words)
        faulty = [wording.fault_name(total.kind, words) for total in totals.faults(a)]
        work_on = ", ".join(faulty) or (words.gettext("none") if counted(a) else "–")
        self._print(*(_plain(cell) for cell in (a.source, count, good, far, work_on, percent)))
        self._notes(a)

    def problem(self, source: str, message: str, percent: str = "") -> None:
        """Print the row of a file of which nothing can be said but why."""
        grid = self._grid(apart=False)
        grid.add_row(_plain(source), _plain(message), percent)
        self.console.print(grid)

    def _notes(self, assessment: Assessment) -> None:
        """Print what else should be known below a row."""
        for kind in assessment.notes:
            self.problem("", wording.note(kind, self.words))

    def _print(self, *cells: str) -> None:
        grid = self._grid(apart=True)
        grid.add_row(*cells)
        self.console.print(grid)

    def _grid(self, *, apart: bool) -> Table:
        """Return a row's frame; every row has the same, so that the columns stand below each other.

        Parameters
        ----------
        apart : False where the columns between the first and the last are one.
        """
        from rich.table import Table

        longest = max((len(source) for source in self.sources), default=0)
        name = min(_WIDEST_FILE_NAME, self.console.width // 3, longest)
        gap, judged = 2, 6
        rest = max(40, self.console.width - name - judged - 5 * gap)
        widths = [rest * share // 100 for share in (12, 25, 31, 32)]
        grid = Table.grid(padding=(0, gap, 0, 0))
        grid.add_column(width=name, overflow="fold")
        for width in widths if apart else [sum(widths) + 3 * gap]:
            grid.add_column(width=width)
        grid.add_column(width=judged, justify="right")
        return grid


def _short_reach(assessment: Assessment, exercise: Exercise, words: NullTranslations) -> str:
    best = totals.best_reach(assessment, exercise)
    zone = [] if best.zone is None else [wording.zone(best.zone, exercise, words)]
    cm = [] if best.distance_cm is None else [wording.size(best.distance_cm, "cm", words)]
    return ", ".join(zone + cm) or "–"


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape(text)
