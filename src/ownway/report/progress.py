"""How it is going, in words, charts and tables: what stands on the page, and what a printed report may take from it.

Every chart comes with its sentence, for whoever does not see it, and with its table. Nothing here promises anything: a change
that is smaller than what the measure can tell is called no clear change, and a count of mornings is called a count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from gettext import NullTranslations
from itertools import chain

from ownway.errors import later
from ownway.programme.progress import (
    HELPS_FROM,
    NOTHING,
    TREND_DAYS,
    Adherence,
    Course,
    Moved,
    Past,
    Period,
    Point,
    Practised,
    Scores,
    adherence,
    averaged,
    bucket,
    buckets,
    courses,
    detectable,
    done_by_day,
    means,
    mornings_after,
    movement,
    pain_by_day,
    pain_change,
    readings,
    scores,
    standard_error,
    uneven,
)
from ownway.programme.questionnaires import KINDS, RMDQ_TELLS_FROM, RMDQ_TELLS_TO, Change
from ownway.report import progress_charts as drawn
from ownway.report import written
from ownway.report.certainty import HELD, RANGE_OFF_DEG, SWUNG
from ownway.report.charts import Chart
from ownway.report.page import Table
from ownway.report.wording import UNITS

# Both by the camera over rendered people (docs/MEASURES.md); for reach not below what a tape measure can tell.
_MEAN_OFF = {row.name: row.mean for row in (*HELD, *SWUNG)}
REACH_ERROR_CM = standard_error(_MEAN_OFF["Reach"])
RANGE_ERROR_DEG = standard_error(_MEAN_OFF["Range"])
TAPE_CM = 4.5  # Ekedahl 2012
REACH_CHANGE_CM = detectable(REACH_ERROR_CM, TAPE_CM)
RANGE_CHANGE_DEG = detectable(RANGE_ERROR_DEG)
_BAND = 1.96  # of the standard error: nineteen of twenty readings lie so near


Done = Mapping[date, frozenset[str]]  # as ``done_by_day`` gives it


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with the name by which the page finds it, its sentence and title among it, and its numbers."""

    name: str
    chart: Chart
    numbers: Table


@dataclass(frozen=True, slots=True)
class Part:
    """One of the questions of the page: its answer in sentences, and its pictures.

    Attributes
    ----------
    fine : what else to know, in small print.
    figures : the few numbers that stand out: what, the number, and what stands small behind it.
    aside : its pictures are for who asks for them, and not for paper.
    """

    told: tuple[str, ...]
    pictures: tuple[Picture, ...] = ()
    fine: tuple[str, ...] = ()
    figures: tuple[tuple[str, str, str], ...] = ()
    table: Table | None = None
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """The page from top to bottom.

    Attributes
    ----------
    moving : a part for each thing that is measured. movement : the same as one.
    """

    pain: Part
    done: Part
    moving: tuple[Part, ...]
    helps: Part

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """All charts, from top to bottom; each has a name of its own."""
        return tuple(picture for part in (self.pain, self.done, *self.moving, self.helps) for picture in part.pictures)

    @property
    def movement(self) -> Part:
        """How far the person moves, in one part for paper."""
        shown = [part for part in self.moving if not part.aside]
        return Part(
            tuple(told for part in self.moving for told in ([" ".join(part.told)] if part.aside else part.told)),
            tuple(picture for part in shown for picture in part.pictures),
            tuple(fine for part in shown for fine in part.fine),
        )


def story(past: Past, period: Period, words: NullTranslations) -> Story:
    """Return how it is going in these days."""
    days = done_by_day(past)
    return Story(
        pain(past, days, period, words),
        done(past, days, period, words),
        moving(past, period, words),
        helps(past, days, period, words),
    )


def _chart(title: str, desc: str, sized: drawn.Sized) -> Chart:
    return Chart(title, desc, sized(drawn.WIDE_PX), sized(drawn.NARROW_PX))


# ---- how is my pain going -----------------------------------------------------------------------------------------------

_PAIN = {
    "better": later("It was {before} of 10 at first, and {now} lately: an important change for the better."),
    "worse": later("It was {before} of 10 at first, and {now} lately: clearly more."),
    "unclear": later("It was {before} of 10 at first, and {now} lately: no clear change."),
}


def pain(past: Past, done: Done, period: Period, words: NullTranslations) -> Part:
    """Return how the pain went."""
    _ = words.gettext
    days = pain_by_day(past)
    points = means(days)
    if not points:
        return Part((_("No pain was told in this time."),))
    if period.days == 1:
        return _pain_of_a_day(past, words)
    mean = sum(point.value for point in points) / len(points)
    told = [
        words.ngettext(
            "Your pain was {mean} of 10 on average, on {count} day on which you told it.",
            "Your pain was {mean} of 10 on average, over {count} days on which you told it.",
            len(points),
        ).format(mean=written.number(mean, 1, words=words), count=len(points))
    ]
    compared, fine = pain_change(points), [_FINE_PAIN]
    if compared is None:
        fine = [later("A change can be told from six days with a value on.")]
    else:
        ends, became = compared
        told.append(
            _(_PAIN[became]).format(
                before=written.number(ends.before, 1, words=words), now=written.number(ends.now, 1, words=words)
            )
        )
    of = drawn.pain_drawn(days, done, period)
    numbers = _pain_numbers(of, period, words)
    desc = " ".join((*told, _worst(days, words)))
    chart = _chart(_("Pain, and the days with exercise"), desc, drawn.pain(of, period, words))
    small = [
        _(text).format(count=0 if compared is None else compared[0].count, window=TREND_DAYS[period.step])
        for text in fine
    ]
    return Part(tuple(told), (Picture("pain", chart, numbers),), tuple(small))


_FINE_PAIN = later(
    "At first and lately are the first and the last {count} days with a value. Two points and 30 % less count as an important "
    "change (Ostelo 2008). The line is the mean of the {window} days before each point; the pale bars go up to the worst."
)


def _worst(days: Sequence, words: NullTranslations) -> str:  # type: ignore[type-arg]
    most = max(days, key=lambda one: one.worst)
    tell = written.day_of_year if days[0].day.year == days[-1].day.year else written.day
    return words.gettext("The worst was {worst}, on {day}.").format(worst=most.worst, day=tell(most.day, words=words))


def _pain_of_a_day(past: Past, words: NullTranslations) -> Part:
    _ = words.gettext
    names = {"told": _("told"), "before": _("before exercise"), "after": _("after exercise")}
    values = [(one.at, one.pain, names[one.what]) for one in past.moments if one.pain is not None]
    if not values:
        return Part((_("No pain of the moment was told on this day."),))
    low, high = min(value[1] for value in values), max(value[1] for value in values)
    told = (
        _("Your pain was {low} of 10.").format(low=low)
        if low == high
        else _("Your pain was between {low} and {high} of 10.").format(low=low, high=high)
    )
    rows = tuple((f"{at:%H:%M}", str(now), what) for at, now, what in values)
    chart = _chart(_("Pain over the day, and when you exercised"), told, drawn.pain_of_a_day(past, words))
    numbers = Table((_("At"), _("Pain"), _("When")), rows)
    return Part(
        (told,),
        (Picture("pain", chart, numbers),),
        (_("A single day tells nothing of a change: look at a month, or at more."),),
    )


def _pain_numbers(of: drawn.PainDrawn, period: Period, words: NullTranslations) -> Table:
    """Return a row for each day, week or month that is drawn."""
    _ = words.gettext
    rows = tuple(
        (
            _name(start, period.step, words),
            _number(of.mean.get(start), words),
            _number(of.line.get(start), words),
            "–" if start not in of.worst else str(of.worst[start]),
            str(of.active.get(start, 0)),
        )
        for start in sorted({*of.mean, *of.worst, *of.active})
    )
    return Table((_head(period, words), _("Pain"), _("Trend"), _("Worst"), _("Days with exercise")), rows)


def _name(start: date, step: str, words: NullTranslations) -> str:
    return written.month(start, words=words) if step == "month" else written.day(start, words=words)


def _number(point: Point | None, words: NullTranslations) -> str:
    return "–" if point is None else written.number(point.value, 1, words=words)


# ---- what did I do ------------------------------------------------------------------------------------------------------

_WHAT = {
    "hamstring_stretch": later("the stretch"),
    "trunk_rotation": later("the rotation"),
    "run": later("a run or walk"),
}


def _named(kind: str, past: Past, words: NullTranslations) -> str:
    """Return what a day's thing is called; one that is known no more by its id."""
    return words.gettext(_WHAT[kind]) if kind in _WHAT else _title(kind, past, words)


def _title(exercise_id: str, past: Past, words: NullTranslations) -> str:
    exercise = past.exercises.get(exercise_id)
    return exercise_id.replace("_", " ") if exercise is None else words.gettext(exercise.title)


def done(past: Past, days: Done, period: Period, words: NullTranslations) -> Part:
    """Return what was done."""
    _ = words.gettext
    found = adherence(past, days, period)
    if not days:
        return Part((_("Nothing was done in this time, as far as the diary knows. You can begin again on any day."),))
    figures = _figures(found, words)
    if period.days == 1:
        what = [_named(one, past, words) for one in sorted(days[period.last])]
        return Part((_("On this day: {what}.").format(what=", ".join(what)),), figures=figures)
    told = words.ngettext(
        "You exercised on {active} of {count} day.", "You exercised on {active} of {count} days.", found.days
    ).format(active=found.active_days, count=found.days)
    on = Counter(chain.from_iterable(days.values()))
    kinds = [
        _("{what} on {count}").format(what=_named(kind, past, words), count=on[kind])
        for kind in (*_WHAT, *sorted(on.keys() - _WHAT.keys()))
        if on[kind]
    ]
    desc = f"{told} {_('By what was done: {kinds}.').format(kinds=', '.join(kinds))}" if kinds else told
    fine = (
        _("The darker a month, the more of its days had exercise.")
        if period.step == "month"
        else _("The darker a day, the more different things you did on it; a dot is a run or walk.")
    )
    chart = _chart(_("What you did"), desc, drawn.calendar(days, period, words))
    return Part((told,), (Picture("calendar", chart, _done_numbers(days, period, words)),), (fine,), figures)


def _figures(found: Adherence, words: NullTranslations) -> tuple[tuple[str, str, str], ...]:
    _ = words.gettext
    figures = []
    if found.days > 1:
        figures.append((_("Days with exercise"), str(found.active_days), _("of {days}").format(days=found.days)))
    figures.append((_("In good form"), _length(found.exercise_min, words), ""))
    figures.append((_("Sets"), str(found.sets), ""))
    if found.repetitions:
        figures.append((_("Repetitions"), str(found.repetitions), ""))
    if found.runs:
        length = "" if found.run_min is None else _length(found.run_min, words)
        figures.append((_("Runs and walks"), str(found.runs), length))
    return tuple(figures)


def _length(minutes: float, words: NullTranslations) -> str:
    if 0 < minutes < 1:  # two short holds are no "0 min"
        return words.gettext(UNITS["s"]).format(number=round(minutes * 60))
    hours, rest = divmod(round(minutes), 60)
    if hours:
        return words.gettext("{hours} h {minutes} min").format(hours=hours, minutes=rest)
    return words.gettext("{minutes} min").format(minutes=rest)


def _done_numbers(days: Done, period: Period, words: NullTranslations) -> Table:
    _, step = words.gettext, period.step
    done, own = tuple(days.values()), _WHAT.keys()
    others = any(what - own for what in set(done))
    rows = []
    for start, of in buckets(tuple(days), step):
        alike = Counter(done[of]).items()  # a month has but a few kinds of days
        counts = [sum(count for what, count in alike if kind in what) for kind in _WHAT]
        if others:
            counts.append(sum(count for what, count in alike if what - own))
        rows.append(
            (_name(start, step, words), *(_("yes") if step == "day" and n else str(n) if n else "–" for n in counts))
        )
    heads = (_head(period, words), _("Stretch"), _("Rotation"), _("Run or walk"))
    return Table((*heads, _("Other exercises")) if others else heads, tuple(rows))


# ---- can I move better --------------------------------------------------------------------------------------------------

_REACH: Mapping[Moved, str] = {
    "less": later("Your fingertips came nearer to the floor: {before} cm above it at first, {now} cm lately."),
    "more": later("Your fingertips stayed further above the floor: {before} cm at first, {now} cm lately."),
    "unclear": later(
        "Your fingertips: {before} cm above the floor at first, {now} cm lately. That is no clear change."
    ),
}
_RANGE: Mapping[Moved, str] = {
    "more": later("To the {side} you turned further: {before}° at first, {now}° lately."),
    "less": later("To the {side} you turned less far: {before}° at first, {now}° lately."),
    "unclear": later("To the {side} you turned {before}° at first, {now}° lately. That is no clear change."),
}


def moving(past: Past, period: Period, words: NullTranslations) -> tuple[Part, ...]:
    """Return how far the person moved, and what the questionnaires say of it."""
    core = [part for find in (_reach, _ranges) if (part := find(past, period, words)) is not None]
    function = _function(past, period, words)
    parts = (*core, *_others(past, period, words), *([] if function is None else [function]))
    if parts:
        return parts
    text = later("Nothing was measured in this time. With the camera the coach sees how far you reach and turn.")
    return (Part((words.gettext(text),)),)


def _of(past: Past, exercise_id: str) -> list[Practised]:
    """Return the sessions of one exercise: how far one bends to the side says nothing of how far one turns."""
    return [session for session in past.sessions if session.exercise_id == exercise_id]


def _reach(past: Past, period: Period, words: NullTranslations) -> Part | None:
    points = readings(_of(past, "hamstring_stretch"), lambda measured: measured.reach_cm)
    if not points:
        return None
    _ = words.gettext
    found = movement(points, REACH_CHANGE_CM)
    sentence = (
        _("Your fingertips were {now} cm above the floor.").format(now=round(points[-1].value))
        if found is None
        else _(_REACH[found[1]]).format(before=round(found[0].before), now=round(found[0].now))
    )
    if period.days == 1:
        return Part((sentence,))
    fine = _(
        "The camera is off by {error} cm on average, so a change counts from {change} cm on (by a tape it is 4.5 cm, "
        "Ekedahl 2012). The band is where your fingertips may truly have been."
    ).format(error=written.number(_MEAN_OFF["Reach"], words=words), change=f"{REACH_CHANGE_CM:.0f}")
    off = _BAND * REACH_ERROR_CM
    chart = _chart(_("How far you reached"), sentence, drawn.reach(points, off, period, words))
    rows = _rows({_("Fingertips above the floor"): points}, period, " cm", words)
    numbers = Table((_head(period, words), _("Fingertips above the floor")), rows)
    return Part((sentence,), (Picture("reach", chart, numbers),), (fine,))


def _ranges(past: Past, period: Period, words: NullTranslations) -> Part | None:
    _ = words.gettext
    turned = _of(past, "trunk_rotation")
    left = readings(turned, lambda measured: measured.range_left_deg)
    right = readings(turned, lambda measured: measured.range_right_deg)
    if not (left or right):
        return None
    sentences = [
        sentence
        for points, side in ((left, _("left")), (right, _("right")))
        if (sentence := _range(points, side, words))
    ]
    if left and right:
        further = uneven(left, right, RANGE_CHANGE_DEG)
        sentences.append(
            _("Both sides are even, as far as the camera can tell.")
            if further is None
            else _("Lately you turned further to the left.")
            if further == "left"
            else _("Lately you turned further to the right.")
        )
    tempo = readings(turned, lambda measured: measured.half_period_s)
    if tempo:
        lately = [point.value for point in tempo[-3:]]
        sentences.append(
            _("From side to side you took {length} s lately.").format(
                length=written.number(sum(lately) / len(lately), 1, words=words)
            )
        )
    if period.days == 1:
        return Part(tuple(sentences))
    fine = _(
        "For the rotation a change, or a difference of the sides, counts from {change}° on: the camera is off by {error}° on average."
    ).format(change=f"{RANGE_CHANGE_DEG:.0f}", error=written.number(_MEAN_OFF["Range"], words=words))
    off = _BAND * RANGE_ERROR_DEG
    sides = (drawn.Line(left, "left"), drawn.Line(right, "right"))
    chart = _chart(
        _("How far you turned"),
        " ".join(sentences),
        drawn.ranges(sides, off, _("Rotation: how far to each side"), period, words),
    )
    rows = _rows({_("To the left"): left, _("To the right"): right}, period, "°", words)
    numbers = Table((_head(period, words), _("To the left"), _("To the right")), rows)
    return Part(tuple(sentences), (Picture("range", chart, numbers),), (fine,))


def _range(points: Sequence[Point], side: str, words: NullTranslations) -> str:
    if not points:
        return ""
    found = movement(points, RANGE_CHANGE_DEG)
    if found is None:
        return words.gettext("To the {side} you turned {now}°.").format(side=side, now=round(points[-1].value))
    return words.gettext(_RANGE[found[1]]).format(side=side, before=round(found[0].before), now=round(found[0].now))


# Of any other exercise: by its sides, or of what has but one.
_FAR: Mapping[Moved | None, str] = {
    "more": later("Further: {before}° at first, {now}° lately."),
    "less": later("Less far: {before}° at first, {now}° lately."),
    "unclear": later("How far: {before}° at first, {now}° lately, no clear change."),
    None: later("How far: {before}° at first, {now}° lately."),
}
_FAR_ASIDE: Mapping[Moved | None, str] = {
    "more": later("Further on the {side}: {before}° at first, {now}° lately."),
    "less": later("Less far on the {side}: {before}° at first, {now}° lately."),
    "unclear": later("On the {side}: {before}° at first, {now}° lately, no clear change."),
    None: later("On the {side}: {before}° at first, {now}° lately."),
}
_COURSE_FROM = 2  # days; once is no course


def _others(past: Past, period: Period, words: NullTranslations) -> list[Part]:
    """Return how each exercise went that has no place of its own on this page."""
    found = [course for course in courses(past) if period.days == 1 or course.days >= _COURSE_FROM]
    return [_course(course, past, period, words) for course in found]


def _course(course: Course, past: Past, period: Period, words: NullTranslations) -> Part:
    _, title = words.gettext, _title(course.exercise_id, past, words)
    told = [_how_much(course, title, words)]
    named: dict[drawn.Way, str] = {"far": "", "left": _("left"), "right": _("right")}
    lines = [drawn.Line(points, way) for way in named if (points := getattr(course, way))]
    if not lines:
        return Part(tuple(told))
    exercise = past.exercises.get(course.exercise_id)
    spec = None if exercise is None else exercise.repetitions
    off = None if spec is None else RANGE_OFF_DEG.get(spec.measure)
    error = 0.0 if off is None else standard_error(off)
    told += [
        _how_far(line.points, named[line.way], None if off is None else detectable(error), words) for line in lines
    ]
    if period.days == 1:
        return Part(tuple(told))
    fine = (
        _("How far the camera may be off here was never measured, so no change is called clear.")
        if off is None
        else _("How far is off by {error}° on average here, so a change counts from {change}° on.").format(
            error=written.number(off, words=words), change=f"{detectable(error):.0f}"
        )
    )
    name = _("{title}: how far").format(title=title)
    chart = _chart(name, " ".join(told), drawn.ranges(lines, _BAND * error, name, period, words))
    heads = {"far": _("How far"), "left": _("To the left"), "right": _("To the right")}
    columns = {heads[line.way]: line.points for line in lines}
    numbers = Table((_head(period, words), *columns), _rows(columns, period, "°", words))
    return Part(tuple(told), (Picture(course.exercise_id, chart, numbers),), (fine,), aside=True)


def _how_much(course: Course, title: str, words: NullTranslations) -> str:
    done = (
        words.ngettext("{count} repetition done well", "{count} repetitions done well", course.repetitions).format(
            count=course.repetitions
        )
        if course.repetitions
        else words.gettext("{length} in good form").format(length=_length(course.good_min, words))
    )
    told = words.ngettext("{title}: {done}, on {count} day.", "{title}: {done}, on {count} days.", course.days)
    return told.format(title=title, done=done, count=course.days)


def _how_far(points: Sequence[Point], side: str, least_change: float | None, words: NullTranslations) -> str:
    """Return how far somebody went, and whether that changed; with no ``least_change`` nobody can tell."""
    found = movement(points, 0.0 if least_change is None else least_change)
    if found is None:
        once = words.gettext("On the {side}: {now}°.") if side else words.gettext("How far: {now}°.")
        return once.format(side=side, now=round(points[-1].value))
    ends, moved = found
    text = (_FAR_ASIDE if side else _FAR)[None if least_change is None else moved]
    return words.gettext(text).format(side=side, before=round(ends.before), now=round(ends.now))


def _head(period: Period, words: NullTranslations) -> str:
    _ = words.gettext
    return {"day": _("Day"), "week": _("Week from"), "month": _("Month")}[period.step]


def _rows(
    columns: Mapping[str, Sequence[Point]], period: Period, unit: str, words: NullTranslations
) -> tuple[tuple[str, ...], ...]:
    step = period.step
    values = [{bucket(p.day, step): p.value for p in averaged(points, step)} for points in columns.values()]
    starts = sorted({start for column in values for start in column})
    return tuple(
        (
            _name(start, step, words),
            *("–" if start not in column else f"{round(column[start]) + 0}{unit}" for column in values),
        )
        for start in starts
    )


# ---- function -----------------------------------------------------------------------------------------------------------

_SCORE: Mapping[str, Mapping[Change | None, str]] = {
    "rmdq": {
        None: later("Of the 24 sentences of Roland and Morris, {now} hold."),
        "better": later("Of the 24 sentences of Roland and Morris, {before} held at first, {now} lately: an important change for the better."),
        "worse": later("Of the 24 sentences of Roland and Morris, {before} held at first, {now} lately: clearly more."),
        "unclear": later("Of the 24 sentences of Roland and Morris, {before} held at first, {now} lately: no clear change."),
    },
    "psfs": {
        None: later("Your own activities go at {now} of 10."),
        "better": later("Your own activities went at {before} of 10 at first, and at {now} lately: an important change for the better."),
        "worse": later("Your own activities went at {before} of 10 at first, and at {now} lately: clearly less."),
        "unclear": later("Your own activities went at {before} of 10 at first, and at {now} lately: no clear change."),
    },
}  # fmt: skip


def _function(past: Past, period: Period, words: NullTranslations) -> Part | None:
    _ = words.gettext
    found = [one for kind in KINDS if (one := scores(past.filled, kind)) is not None]
    if not found:
        return None
    sentences = [
        _(_SCORE[one.kind][one.became]).format(
            before=drawn.score(one.kind, one.points[0].value, words),
            now=drawn.score(one.kind, one.points[-1].value, words),
        )
        for one in found
    ]
    if period.days == 1:
        return Part(tuple(sentences))
    fine = (
        *_tells_little(found, words),
        _(
            "5 sentences and 30 % fewer, or 2 points more in your own activities (3 where it is one alone), count as an important change."
        ),
    )
    chart = _chart(_("What you can do"), " ".join(sentences), drawn.function(found, period, words))
    names = {"rmdq": _("Roland-Morris, of 24"), "psfs": _("Your own activities, of 10")}
    days = sorted({point.day for one in found for point in one.points})
    columns = [{point.day: drawn.score(one.kind, point.value, words) for point in one.points} for one in found]
    rows = tuple((written.day(day, words=words), *(column.get(day, "–") for column in columns)) for day in days)
    numbers = Table((_("Day"), *(names[one.kind] for one in found)), rows)
    return Part(tuple(sentences), (Picture("function", chart, numbers),), fine)


def _tells_little(found: Sequence[Scores], words: NullTranslations) -> list[str]:
    outside = [
        one for one in found if one.kind == "rmdq" and not RMDQ_TELLS_FROM <= one.points[0].value <= RMDQ_TELLS_TO
    ]
    return (
        [words.gettext("Below 4 and above 20 sentences this questionnaire tells little of a change.")]
        if outside
        else []
    )


# ---- what helps ---------------------------------------------------------------------------------------------------------

_DAYS: Mapping[str, str] = {
    "hamstring_stretch": later("a day with the stretch"),
    "trunk_rotation": later("a day with the rotation"),
    "run": later("a day with a run or walk"),
    NOTHING: later("a day with none of these"),
}


def helps(past: Past, days: Done, period: Period, words: NullTranslations) -> Part:
    """Return how the mornings were after each kind of day: a count, and no proof."""
    _ = words.gettext
    found = mornings_after(past.mornings, days, period)
    if len(found) < 2:
        return Part(
            (
                _(
                    "There is too little to compare yet. Once there are {least} mornings each after two kinds of days, they stand here."
                ).format(least=HELPS_FROM),
            )
        )
    rows = tuple((_after(one.after, past, words), str(one.better), str(one.same), str(one.worse)) for one in found)
    return Part(
        (_("This is a count and no proof: good days invite exercise, as much as exercise may make good days."),),
        table=Table((_("The morning after"), _("Better"), _("The same"), _("Worse")), rows),
        fine=(
            _("A day with two of these counts for both. Kinds with fewer than {least} mornings are left out.").format(
                least=HELPS_FROM
            ),
        ),
    )


def _after(kind: str, past: Past, words: NullTranslations) -> str:
    if kind in _DAYS:
        return words.gettext(_DAYS[kind])
    return words.gettext("a day with: {title}").format(title=_title(kind, past, words))
