"""The printable report: one page that carries everything it shows and asks for nothing from anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from gettext import NullTranslations
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ownway.coach.assessment import Assessment, Swing
from ownway.errors import later
from ownway.exercises.loader import setup
from ownway.exercises.schema import Counts, Exercise
from ownway.report import charts, told, totals, wording
from ownway.report.certainty import OFF
from ownway.report.curves import Curves

# More rows than this are folded away on the screen; on paper they are always there.
_MOST_ROWS_OPEN = 14
_ROWS_OF_A_CURVE = 40


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of plain text below a head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def long(self) -> bool:
        """Whether it is folded away at first."""
        return len(self.rows) > _MOST_ROWS_OPEN


@dataclass(frozen=True, slots=True)
class Drawn:
    """The chart as it stands in the page, what it shows in words, and the same in numbers."""

    wide: Markup
    narrow: Markup
    desc: str
    numbers: Table


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of fault: its name, what to do about it, and each time it was seen."""

    name: str
    advice: str
    seen: Table


@dataclass(frozen=True, slots=True)
class Refused:
    """One reason why something could not be judged: when, and what helps where that is not told above."""

    reason: str
    when: str
    hint: str


def render(
    assessment: Assessment, curves: Curves, exercise: Exercise, words: NullTranslations, assessed_on: date
) -> str:
    """Return the report as one HTML page without a script and without a single address.

    Parameters
    ----------
    words : the catalog of the page's language. assessed_on : the date that is printed.

    Raises
    ------
    ChartError : what draws the charts is not installed.
    """
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(words, newstyle=False)  # type: ignore[attr-defined]
    a, title = assessment, words.gettext(exercise.title)
    return environment.get_template("assessment.html").render(
        language=words.info().get("language", "en"),
        source=a.source,
        title=title,
        facts=_facts(a, words, assessed_on),
        result=told.result(a, exercise, words),
        judged=a.not_judged is None,
        figures=_figures(a, exercise, words),
        counted=_counted(a, exercise, words),
        heads=_heads(exercise, words),
        drawn=_drawn(a, curves, exercise, words),
        faults=_faults(a, exercise, words),
        refused=_refused(a, words),
        notes=[wording.note(kind, words) for kind in a.notes],
        meanings=_meanings(exercise, words),
        cues=_cues(a, exercise, words),
        palette=charts.PALETTE,
        running_head=Markup(_css_string(f"{a.source} · {title} · {assessed_on.isoformat()}")),  # noqa: S704 - escaped
    )


def _facts(a: Assessment, words: NullTranslations, assessed_on: date) -> list[tuple[str, str]]:
    _ = words.gettext
    facts = [
        (_("File"), a.source),
        (_("Length"), wording.length(a.duration_s, words)),
        (
            _("Judged"),
            _("{percent} % of {count} pictures").format(percent=round(100 * a.judged_fraction), count=a.frames),
        ),
        (_("Looked at on"), assessed_on.isoformat()),
    ]
    if a.height_cm is not None:
        facts.insert(2, (_("Height of the person"), wording.size(a.height_cm, "cm", words)))
    return facts


def _figures(a: Assessment, exercise: Exercise, words: NullTranslations) -> list[tuple[str, str, str]]:
    """Return the few numbers that stand out: what, the number, and what stands small behind it."""
    _ = words.gettext
    if exercise.counts == "repeated":
        return _repeated_figures(a, words)
    if exercise.counts == "swung":
        left, right = totals.count(a, "left"), totals.count(a, "right")
        return [
            (_("Swings"), str(left + right), _("{left} left, {right} right").format(left=left, right=right)),
            (_("Range to the left"), wording.degrees(totals.range_deg(a, "left"), words), ""),
            (_("Range to the right"), wording.degrees(totals.range_deg(a, "right"), words), ""),
            (_("In good form"), wording.length(a.swing_time_s, words) if a.swings else "–", ""),
        ]
    best, deepest = totals.best_reach(a, exercise), totals.deepest(a)
    bend = None if deepest is None else deepest.peak_trunk_flexion_deg
    zone = "–" if best.zone is None else wording.zone(best.zone, exercise, words)
    cm = "" if best.distance_cm is None else wording.distance(best.distance_cm, words)
    return [
        (_("Holds"), str(len(a.sets)), ""),
        (_("In good form"), wording.length(totals.good_s(a), words), _("in all") if len(a.sets) > 1 else ""),
        (_("Deepest bend"), wording.degrees(bend, words), ""),
        (_("Furthest reach"), zone, cm),
    ]


_HEADS: Mapping[Counts, tuple[str, str]] = {
    "held": (later("Holds"), later("Hold by hold")),
    "swung": (later("Swings"), later("Swing by swing")),
    "repeated": (later("Repetitions"), later("One by one")),
}


def _heads(exercise: Exercise, words: NullTranslations) -> tuple[str, str]:
    """Return what is counted, and the name of its table."""
    what, table = _HEADS[exercise.counts]
    return words.gettext(what), words.gettext(table)


def _counted(a: Assessment, exercise: Exercise, words: NullTranslations) -> Table:
    if exercise.counts == "held":
        return _holds(a, exercise, words)
    return _swings(a, words) if exercise.counts == "swung" else _repetitions(a, words)


def _repeated_figures(a: Assessment, words: NullTranslations) -> list[tuple[str, str, str]]:
    _, found = words.gettext, totals.repeated(a)
    left, right = totals.count(a, "left"), totals.count(a, "right")
    sides = _("{left} left, {right} right").format(left=left, right=right) if a.swings else ""
    return [
        (_("Repetitions"), str(len(found)), sides),
        (_("In good form"), str(sum(one.good for one in found)) if found else "–", ""),
        (_("Farthest"), wording.degrees(totals.farthest_deg(a), words), ""),
    ]


def _repetitions(a: Assessment, words: NullTranslations) -> Table:
    _ = words.gettext
    return Table(
        (_("Number"), _("At"), _("To the"), _("How far"), _("In good form"), _("Seen")),
        tuple(
            (
                str(number),
                wording.clock(one.t_s),
                wording.side(one.side, words) if isinstance(one, Swing) else "–",
                wording.degrees(abs(one.peak_deg), words),
                _("yes") if one.good else _("no"),
                wording.sight(one.sure, words),
            )
            for number, one in enumerate(totals.repeated(a), 1)
        ),
    )


def _holds(a: Assessment, exercise: Exercise, words: NullTranslations) -> Table:
    _ = words.gettext
    head = (
        _("Hold"), _("From, to"), _("In good form"), _("Deepest bend"), _("Reach"), _("Quickest way down"), _("Seen"),
    )  # fmt: skip
    return Table(
        head,
        tuple(
            (
                str(number),
                wording.span(hold.hold_start_s, hold.hold_end_s),
                wording.length(hold.hold_s, words),
                wording.degrees(hold.peak_trunk_flexion_deg, words),
                wording.reach(hold.reach, exercise, words),
                wording.speed(hold.descent_peak_deg_s, words),
                wording.sight(hold.sure, words),
            )
            for number, hold in enumerate(a.sets, 1)
        ),
    )


def _swings(a: Assessment, words: NullTranslations) -> Table:
    _ = words.gettext
    return Table(
        (_("Swing"), _("At"), _("To the"), _("Turned"), _("Seen")),
        tuple(
            (
                str(number),
                wording.clock(swing.t_s),
                wording.side(swing.side, words),
                wording.degrees(abs(swing.peak_deg), words),
                wording.sight(swing.sure, words),
            )
            for number, swing in enumerate(a.swings, 1)
        ),
    )


def _drawn(a: Assessment, curves: Curves, exercise: Exercise, words: NullTranslations) -> Drawn | None:
    chart = charts.chart(a, curves, exercise, words)
    if chart is None:
        return None
    wide, narrow = (
        Markup(charts.svg(spec, chart.title, chart.desc, name))  # noqa: S704 - drawn by us, its texts escaped
        for spec, name in ((chart.wide, "wide"), (chart.narrow, "narrow"))
    )
    return Drawn(wide, narrow, chart.desc, _numbers(curves, words))


def _numbers(curves: Curves, words: NullTranslations) -> Table:
    """Return the curves as numbers at even times; a dash where nothing was judged."""
    panels = [panel for panel in charts.PANELS if panel.measure in curves.names]
    columns = curves.columns
    end_s = max(columns[panel.measure][-1][0] for panel in panels)
    step_s = max(1.0, -(-end_s // _ROWS_OF_A_CURVE))
    rows = []
    for n in range(int(end_s // step_s) + 1):
        at_s = n * step_s
        near = [min(columns[panel.measure], key=lambda point: abs(point[0] - at_s)) for panel in panels]
        cells = (
            "–" if value is None or abs(t_s - at_s) > step_s / 2 else f"{round(value) + 0}{panel.unit}"
            for panel, (t_s, value) in zip(panels, near, strict=True)
        )
        rows.append((wording.clock(at_s), *cells))
    return Table((words.gettext("At"), *(words.gettext(panel.title) for panel in panels)), tuple(rows))


def _faults(a: Assessment, exercise: Exercise, words: NullTranslations) -> list[Fault]:
    _ = words.gettext
    head = (_("From, to"), _("For"), _("How much"), _("Seen"))
    return [
        Fault(
            wording.sentence(wording.fault_name(total.kind, words)),
            _(exercise.fault_texts.get(total.kind, "")) if total.kind in exercise.fault_texts else "",
            Table(
                head,
                tuple(
                    (
                        wording.span(fault.start_s, fault.end_s),
                        wording.length(fault.end_s - fault.start_s, words),
                        wording.sentence(wording.fault_worst(fault, words)),
                        wording.sight(fault.sure, words),
                    )
                    for fault in total.seen
                ),
            ),
        )
        for total in totals.faults(a)
    ]


def _refused(a: Assessment, words: NullTranslations) -> list[Refused]:
    """Return each reason once, the longest-lasting first."""
    lasted: dict[str, float] = {}
    for refusal in a.refusals:
        lasted[refusal.reason] = lasted.get(refusal.reason, 0.0) + refusal.end_s - refusal.start_s
    return [
        Refused(
            wording.sentence(wording.reason(kind, words)),
            charts.when([(r.start_s, r.end_s) for r in a.refusals if r.reason == kind], words),
            "" if kind == a.not_judged else wording.hint(kind, words),  # that stands above already
        )
        for kind in sorted(lasted, key=lambda kind: -lasted[kind])
    ]


def _meanings(exercise: Exercise, words: NullTranslations) -> list[tuple[str, str]]:
    """Return what each number means and how far off it may be."""
    _ = words.gettext
    return [
        (
            _(row.name),
            " ".join(
                part
                for part in (
                    _(row.meaning),
                    _("Off by {mean} on average, by {worst} in the worst film.").format(
                        mean=_(wording.UNITS[row.unit]).format(number=f"{row.mean:g}"),
                        worst=_(wording.UNITS[row.unit]).format(number=f"{row.worst:g}"),
                    ),
                    _(row.caveat) if row.caveat else "",
                )
                if part
            ),
        )
        for row in OFF[exercise.counts]
    ]


def _cues(a: Assessment, exercise: Exercise, words: NullTranslations) -> Table:
    _ = words.gettext
    texts = {cue.id: cue.text for cue in (*setup().cues, *exercise.cues)}  # the exercise's own words win
    rows = tuple((wording.clock(said.t_s), _(texts.get(said.id, said.id))) for said in a.cues)
    return Table((_("At"), _("The coach says")), rows)


def _css_string(text: str) -> str:
    r"""Return ``text`` as a string of CSS. Every character but letters and digits is written by its number."""
    return '"' + "".join(_css_characters(text)) + '"'


def _css_characters(text: str) -> Iterable[str]:
    return (char if char.isascii() and char.isalnum() else f"\\{ord(char):06x}" for char in text)
