"""Charts of how it is going: Vega-Lite specs as plain dicts, for a wide and a narrow page.

Made to be looked at: few marks, few numbers, names where the thing is and no legend. Days are numbers on the axis of time,
counted from the first one, and their names are written by us, in the language of the page. Long times are drawn by the week
or month, so that ten years are a hundred and twenty points.

Colours are those of a printed page; ``PALETTE`` names each one, so that a page can give it another one in the dark.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from gettext import NullTranslations
from typing import Literal

from ownway.errors import later
from ownway.programme.progress import (
    TREND_DAYS,
    PainOfDay,
    Past,
    Period,
    Point,
    Scores,
    Step,
    averaged,
    bucket,
    buckets,
    counted,
    means,
    pieces,
    thinned,
    trend,
)
from ownway.programme.questionnaires import Kind
from ownway.report import charts, written
from ownway.report.charts import BLUE, CONFIG, DEEP, FONT, INK, LINE, QUIET, SCHEMA, WASH, Spec

SOFT, GHOST, BLUE_WASH, ON_DEEP = "#86aaa0", "#c3d2ca", "#dde1f1", "#fbf8f0"
PALETTE = {
    **charts.PALETTE, SOFT: "soft", GHOST: "ghost", BLUE_WASH: "blue-wash", ON_DEEP: "on-deep",
}  # fmt: skip

WIDE_PX, NARROW_PX = 720, 336
_AXIS_PX = 30  # what the numbers to the left of a plot take
_END_PX = 38  # what a name to the right of it takes
_SHADES = (WASH, GHOST, SOFT, DEEP)  # nothing, one thing, two, three

WEEKDAYS = (later("Mon"), later("Tue"), later("Wed"), later("Thu"), later("Fri"), later("Sat"), later("Sun"))


def _spec(panels: Sequence[Spec], spacing: int = 12) -> Spec:
    return {
        "$schema": SCHEMA,
        "background": None,
        "spacing": spacing,
        "padding": {"left": 2, "right": 2, "top": 4, "bottom": 2},
        "datasets": _shared(panels),
        "vconcat": list(panels),
        "config": {**CONFIG, "view": {"stroke": None}, "axis": {**CONFIG["axis"], "domain": False, "ticks": False}},
    }


def _shared(panels: Sequence[Spec]) -> dict[str, list[Spec]]:
    """Return the rows of all layers by a name, and let the layers name them: what several draw is sent once."""
    found: dict[int, str] = {}
    rows: dict[str, list[Spec]] = {}
    for layer in (layer for panel in panels for layer in panel["layer"]):
        values = layer["data"]["values"]
        name = found.setdefault(id(values), f"rows{len(found)}")
        rows[name] = values
        layer["data"] = {"name": name}
    return rows


# ---- the axis of time ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Time:
    """The axis of time: days from the first one on, each in the middle of its own stretch."""

    period: Period
    plot_px: int
    words: NullTranslations

    def x(self, *, shown: bool) -> Spec:
        """Return the encoding of x; the names stand below the last panel alone."""
        names = {_at(day, self.period): name for day, name in self._names()}
        axis: Spec = {"values": list(names), "labels": shown, "title": None, "grid": False, "labelOverlap": "greedy"}
        axis["labelExpr"] = _labels(names)
        return {
            "field": "x",
            "type": "quantitative",
            "scale": {"domain": [0, self.period.days], "nice": False, "zero": False},
            "axis": axis,
        }

    def _names(self) -> Iterator[tuple[date, str]]:
        """Give the days that have a name: Mondays, firsts of a month, or New Year's Days, as many as there is room for."""
        room = max(2, self.plot_px // 62)
        firsts = _firsts(self.period)
        if len(firsts) <= 3:
            days = [self.period.first + timedelta(days=n) for n in range(self.period.days)]
            named = days if len(days) <= 10 else [day for day in days if day.weekday() == 0]
            yield from ((day, written.day_of_year(day, words=self.words)) for day in named[:: -(-len(named) // room)])
        elif len(firsts) <= 25:
            every = next(n for n in (1, 2, 3, 6, 12) if n == 12 or len(firsts) / n <= room)
            for day in firsts:
                if (day.month - 1) % every == 0:
                    month = self.words.gettext(written.MONTHS[day.month - 1])
                    yield day, str(day.year) if day.month == 1 else month
        else:
            years = [day for day in firsts if day.month == 1]
            yield from ((day, str(day.year)) for day in years[:: -(-len(years) // room)])


def _firsts(period: Period) -> list[date]:
    """Return the days on which a month begins."""
    months = range(period.first.year * 12 + period.first.month - 1, period.last.year * 12 + period.last.month)
    days = (date(month // 12, month % 12 + 1, 1) for month in months)
    return [day for day in days if day in period]


def _labels(names: Mapping[float, str]) -> str:
    """Return the expression that names the values of an axis: a chain of questions, since the names are ours."""
    chain = "".join(f"datum.value == {value} ? {_quoted(name)} : " for value, name in names.items())
    return f"{chain}''"


def _at(day: date, period: Period) -> float:
    """Return where a day is on the axis."""
    return (day - period.first).days + 0.5


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _lines(
    days: Sequence[Point], period: Period, thin: Callable[[Sequence[Point], Step], Sequence[Point]]
) -> list[Spec]:
    """Return the rows of lines; a line's number keeps it apart from the next one, beyond a gap between days."""
    return [
        {"x": _at(day, period), "v": round(value, 2), "piece": n}
        for n, piece in enumerate(pieces(days))
        for day, value in thin(piece, period.step)
    ]


def _named(text: str, x: float, y: float, colour: str, *, dx: int = 8, dy: int = 0, align: str = "left") -> Spec:
    """Return a name where the thing is."""
    return {
        "data": {"values": [{"x": x, "v": round(y, 2), "name": text}]},
        "mark": {
            "type": "text", "align": align, "dx": dx, "dy": dy, "color": colour, "fontSize": 13, "fontWeight": 600,
            "font": FONT, "baseline": "middle",
        },
        "encoding": {"y": {"field": "v", "type": "quantitative"}, "text": {"field": "name"}},
    }  # fmt: skip


def _layer(values: list[Spec], mark: Spec, **encoding: Spec) -> Spec:
    return {"data": {"values": values}, "mark": mark, "encoding": encoding}


Sized = Callable[[int], Spec]  # gives a chart of this width, in px

_V: Spec = {"field": "v", "type": "quantitative"}
_PIECE: Spec = {"field": "piece", "type": "nominal"}


def _panel(title: str, height_px: int, time: _Time, layers: Sequence[Spec], y: Spec, *, last: bool) -> Spec:
    """Return a panel; every layer has the same y."""
    return {
        "title": title,
        "width": time.plot_px,
        "height": height_px,
        "encoding": {"x": time.x(shown=last)},
        "layer": [_with_y(layer, y) for layer in layers],
    }


def _with_y(layer: Spec, y: Spec) -> Spec:
    return {**layer, "encoding": {**layer["encoding"], "y": {**y, **layer["encoding"]["y"]}}}


def _y(domain: Sequence[float], values: Sequence[float], labels: Mapping[float, str] | None = None) -> Spec:
    axis: Spec = {"title": None, "values": list(values), "gridOpacity": 1, "labelPadding": 8, "minExtent": _AXIS_PX - 8}
    if labels:
        axis["labelExpr"] = _labels(labels)
    return {"scale": {"domain": list(domain), "nice": False, "zero": False}, "axis": axis}


# ---- pain ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PainDrawn:
    """Pain as it is drawn: by the day, week or month, named by its first day.

    Attributes
    ----------
    points, trend : with a value a day; ``mean``, ``line``, ``worst`` and ``active`` (days with exercise) are those of each
        day, week or month.
    """

    points: Sequence[Point]
    trend: Sequence[Point]
    mean: Mapping[date, Point]
    line: Mapping[date, Point]
    worst: Mapping[date, int]
    active: Mapping[date, int]


def pain_drawn(days: Sequence[PainOfDay], done: Mapping[date, frozenset[str]], period: Period) -> PainDrawn:
    """Return pain as it is drawn over these days."""
    step = period.step
    points = means(days)
    line = trend(points, TREND_DAYS[step])
    told = [one.day for one in days]
    return PainDrawn(
        points,
        line,
        {bucket(point.day, step): point for point in averaged(points, step)},
        {bucket(point.day, step): point for point in thinned(line, step)},
        {start: max(one.worst for one in days[own]) for start, own in buckets(told, step)},
        counted(tuple(done), step),
    )


_STRIPS = {
    "day": later("Days with exercise"),
    "week": later("Days with exercise, each week"),
    "month": later("Days with exercise, each month"),
}
_LONGEST = {"day": 1, "week": 7, "month": 31}  # days


def pain(of: PainDrawn, period: Period, words: NullTranslations) -> Sized:
    """Return pain with its trend, and beneath it the days with exercise, on the same axis of time."""
    step = period.step
    dots: list[Spec] = [{"x": _at(p.day, period), "v": round(p.value, 2)} for p in of.mean.values()]
    # The worst of a month is nearly always much, and says nothing.
    bars = [] if step == "month" else [{**d, "worst": of.worst[start]} for d, start in zip(dots, of.mean, strict=True)]
    lines = _lines(of.trend, period, thinned)
    middle = {"day": 0, "week": 3, "month": 15}[step]
    active = [{"x": _at(max(start, period.first), period) + middle, "v": n} for start, n in of.active.items()]

    def sized(width_px: int) -> Spec:
        time = _Time(period, width_px - _AXIS_PX - _END_PX, words)
        wide = _width(time, period)
        rule = {"type": "rule", "color": WASH, "strokeWidth": wide, "strokeCap": "round"}
        circle = {"type": "circle", "color": SOFT, "size": 26 if len(dots) > 60 else 46, "opacity": 1}
        layers = [_layer(bars, rule, y=_V, y2={"field": "worst"}), _layer(dots, circle, y=_V)]
        if lines:
            curve = {"type": "line", "color": DEEP, "strokeWidth": 3, "interpolate": "monotone", "strokeCap": "round"}
            last = of.trend[-1]
            layers.append(_layer(lines, curve, y=_V, detail=_PIECE))
            layers.append(_named(written.number(last.value, 1, words=words), _at(last.day, period), last.value, DEEP))
        strip = _layer(
            active, {"type": "bar", "color": DEEP, "width": wide, "cornerRadius": 2}, y={**_V, "stack": None}
        )
        across = [{"x": 0, "x2": period.days}]
        ground = _layer(across, {"type": "rule", "color": LINE}, y={"datum": 0}, x2={"field": "x2"})
        name, top = words.gettext(_STRIPS[step]), float(_LONGEST[step])
        return _spec(
            [
                _panel(words.gettext("Pain, 0 to 10"), 190, time, layers, _y((0, 10), (0, 5, 10)), last=False),
                _panel(name, 18 if step == "day" else 30, time, [ground, strip], _y((0, top), ()), last=True),
            ]
        )

    return sized


def _width(time: _Time, period: Period) -> float:
    """Return the width of a bar: most of what a day, week or month has."""
    px = time.plot_px / period.days * {"day": 1, "week": 7, "month": 30.4}[period.step]
    return round(max(1.5, min(10.0, 0.62 * px)), 1)


def pain_of_a_day(past: Past, words: NullTranslations) -> Sized:
    """Return pain over the hours of one day, and beneath it when something was done."""
    values = [{"x": _hour(one.at), "v": one.pain} for one in past.moments if one.pain is not None]
    active = [{"x": _hour(one.at), "v": 0.5} for one in past.moments if one.what in ("before", "run")]
    names = {float(hour): f"{hour}:00" for hour in (0, 6, 12, 18, 24)}

    def panel(title: str, height_px: int, width_px: int, layers: Sequence[Spec], y: Spec) -> Spec:
        axis = {"values": list(names), "title": None, "grid": False, "labelExpr": _labels(names)}
        scale = {"domain": [0, 24], "nice": False}
        x = {"field": "x", "type": "quantitative", "scale": scale, "axis": axis}
        return {
            "title": title,
            "width": width_px - _AXIS_PX - _END_PX,
            "height": height_px,
            "encoding": {"x": x},
            "layer": [_with_y(layer, y) for layer in layers],
        }

    def sized(width_px: int) -> Spec:
        dots = [
            _layer(values, {"type": "line", "color": DEEP, "strokeWidth": 2}, y=_V),
            _layer(values, {"type": "circle", "color": DEEP, "size": 70, "opacity": 1}, y=_V),
        ]
        marks = [_layer(active, {"type": "square", "color": DEEP, "size": 90, "opacity": 1}, y=_V)]
        pain_panel = panel(words.gettext("Pain, 0 to 10"), 170, width_px, dots, _y((0, 10), (0, 5, 10)))
        strip = panel(words.gettext("Exercise"), 16, width_px, marks, _y((0, 1), ()))
        pain_panel["encoding"]["x"]["axis"]["labels"] = False
        return _spec([pain_panel, strip])

    return sized


def _hour(at: datetime) -> float:
    return at.hour + at.minute / 60


# ---- what was done ------------------------------------------------------------------------------------------------------

_DAYS_OF_A_PAGE = 45  # of a calendar, a week below the other; more are laid side by side


def calendar(done: Mapping[date, frozenset[str]], period: Period, words: NullTranslations) -> Sized:
    """Return what was done as a calendar: a page of it, weeks side by side, or years of months."""
    if period.step == "month":
        count = counted(tuple(done), "month")
        return lambda width_px: _spec([_years(count, period, words, width_px)])
    if period.days <= _DAYS_OF_A_PAGE:
        return lambda width_px: _spec([_page(done, period, words, width_px)])
    return lambda width_px: _spec(list(_weeks(done, period, words, width_px)), 16)


def _cells(done: Mapping[date, frozenset[str]], period: Period) -> Iterator[tuple[date, Spec]]:
    for n in range(period.days):
        day = period.first + timedelta(days=n)
        what = done.get(day, frozenset())
        dark = len(what) > 2
        yield day, {"fill": _SHADES[min(3, len(what))], "run": "run" in what, "ink": _ON[dark]}


_ON = {False: INK, True: ON_DEEP}


def _page(done: Mapping[date, frozenset[str]], period: Period, words: NullTranslations, width_px: int) -> Spec:
    """Return a page of a calendar: a week below the other."""
    monday = bucket(period.first, "week")
    rows = [
        {"col": day.weekday(), "row": (day - monday).days // 7, "name": str(day.day), **cell}
        for day, cell in _cells(done, period)
    ]
    weeks = max((row["row"] for row in rows), default=0) + 1
    heads = [{"col": n, "row": 0, "name": words.gettext(name)} for n, name in enumerate(WEEKDAYS)]
    cell_px = (width_px - 4) // 7
    return _grid(rows, heads, (7, cell_px), (weeks, min(44, cell_px)), numbers=True)


def _weeks(
    done: Mapping[date, frozenset[str]], period: Period, words: NullTranslations, width_px: int
) -> Iterator[Spec]:
    """Give blocks of weeks side by side, as many in each as there is room for."""
    monday = bucket(period.first, "week")
    weeks = (period.last - monday).days // 7 + 1
    room = (width_px - 4) // 12
    blocks = -(-weeks // room)
    each = -(-weeks // blocks)
    cell_px = min(20, (width_px - 4) // each)
    cells = list(_cells(done, period))
    for block in range(blocks):
        first = monday + timedelta(days=7 * each * block)
        rows = [
            {"col": (day - first).days // 7, "row": day.weekday(), **cell}
            for day, cell in cells
            if 0 <= (day - first).days < 7 * each
        ]
        heads = [
            {"col": n, "row": 0, "name": words.gettext(written.MONTHS[start.month - 1])}
            for n in range(each)
            if (start := first + timedelta(days=7 * n)).day <= 7 and start <= period.last
        ]
        yield _grid(rows, heads, (each, cell_px), (7, cell_px), numbers=False)


def _years(count: Mapping[date, int], period: Period, words: NullTranslations, width_px: int) -> Spec:
    """Return a row of months for each year; the darker, the more of its days had exercise, of which each month has ``count``."""
    first = bucket(period.first, "month")
    rows = []
    for month in dict.fromkeys((first, *_firsts(period))):
        shade = _SHADES[0 if month not in count else min(3, 1 + count[month] // 11)]
        rows.append({"col": month.month, "row": month.year - first.year, "fill": shade, "run": False, "ink": INK})
    years = period.last.year - first.year + 1
    names = [words.gettext(name) for name in written.MONTHS]
    heads = [{"col": n, "row": 0, "name": name if width_px > 500 else name[:1]} for n, name in enumerate(names, 1)]
    sides = [
        {"col": 0, "row": n, "name": str(first.year + n), "fill": None, "run": False, "ink": QUIET}
        for n in range(years)
    ]
    grid = _grid(rows, heads, (13, min(50, (width_px - 4) // 13)), (years, 24), numbers=False)
    side = _text(sides, "ink")
    side["mark"] |= {"align": "right", "dx": min(25, (width_px - 4) // 26) - 5, "fontSize": 11}
    grid["layer"].append(side)
    return grid


def _grid(
    rows: list[Spec], heads: list[Spec], across: tuple[int, int], down: tuple[int, int], *, numbers: bool
) -> Spec:
    """Return cells in columns and rows (how many, and of how many px), the names of the columns above them."""

    def band(field: str, of: tuple[int, int]) -> Spec:
        scale = {"domain": list(range(of[0])), "paddingInner": 0.14, "paddingOuter": 0}
        return {"field": field, "type": "ordinal", "axis": None, "scale": scale}

    cells = _layer(
        rows,
        {"type": "rect", "cornerRadius": 3 if not numbers else 8},
        fill={"field": "fill", "type": "nominal", "scale": None},
    )
    ran = [row for row in rows if row["run"]]
    small = across[1] < 24
    runs = _layer(
        ran,
        {
            "type": "point",
            "filled": True,
            "size": 8 if small else 40,
            "opacity": 1,
            "dy": 0,
            "yOffset": 0 if small else 10,
        },
        fill={"field": "ink", "type": "nominal", "scale": None},
    )
    above: Spec = {
        "data": {"values": heads},
        "mark": {
            "type": "text",
            "align": "center" if not small else "left",
            "color": QUIET,
            "fontSize": 12,
            "font": FONT,
        },
        "encoding": {"y": {"value": -9}, "text": {"field": "name"}},
    }
    if small:
        above["mark"]["dx"] = -across[1] / 2 + 1
    return {
        "width": across[0] * across[1],
        "height": down[0] * down[1],
        "encoding": {"x": band("col", across), "y": band("row", down)},
        "layer": [cells, *([_text(rows, "ink", dy=-5)] if numbers else []), *([runs] if ran else []), above],
    }


def _text(rows: list[Spec], colour: str, *, dy: int = 0) -> Spec:
    return _layer(
        rows,
        {"type": "text", "fontSize": 12, "font": FONT, "dy": dy},
        text={"field": "name"},
        fill={"field": colour, "type": "nominal", "scale": None},
    )


# ---- how far one moves --------------------------------------------------------------------------------------------------


def reach(points: Sequence[Point], off_cm: float, period: Period, words: NullTranslations) -> Sized:
    """Return the height of the fingertips over time, with the measurement's own uncertainty as a band."""
    rows = _banded_rows(points, off_cm, period)
    low, high = min(0.0, *(row["low"] for row in rows)), max(10.0, *(row["high"] for row in rows))
    marks = [n for n in (-20, -10, 0, 10, 20, 30, 40, 50, 60, 80, 100) if low <= n <= high]
    marks = marks if len(marks) <= 5 else [n for n in marks if n % 20 == 0]
    y = _y((low, high), marks, {float(n): words.gettext("floor") if n == 0 else f"{n}" for n in marks})
    end = rows[-1]

    def sized(width_px: int) -> Spec:
        time = _Time(period, width_px - _AXIS_PX - _END_PX, words)
        layers = [*_banded(rows, DEEP, WASH), _named(f"{end['v']:.0f}", end["x"], end["v"], DEEP)]
        return _spec([_panel(words.gettext("Fingertips above the floor, cm"), 150, time, layers, y, last=True)])

    return sized


Way = Literal["left", "right", "far"]


@dataclass(frozen=True, slots=True)
class Line:
    """What was measured to one side, or of what has but one."""

    points: Sequence[Point]
    way: Way


_COLOURS: Mapping[Way, tuple[str, str]] = {"left": (DEEP, WASH), "right": (BLUE, BLUE_WASH), "far": (DEEP, WASH)}
_SIDES: Mapping[Way, str] = {"left": later("left"), "right": later("right")}


def ranges(lines: Sequence[Line], off_deg: float, title: str, period: Period, words: NullTranslations) -> Sized:
    """Return how far it went, each with its band: to the left upwards, to the right downwards; what has no sides upwards."""
    signs = {line.way: -1 if line.way == "right" else 1 for line in lines}
    rows = {line.way: _banded_rows(_signed(line.points, signs[line.way]), off_deg, period) for line in lines}
    most = max(abs(row["v"]) + off_deg for each in rows.values() for row in each)
    least = -most if -1 in signs.values() else 0.0
    every = 10 if most < 45 else 30
    marks = [n for n in range(-180, 181, every) if least <= n <= most and abs(n) <= most]
    y = _y((least, most), marks, {float(n): f"{abs(n)}°" for n in marks})

    def sized(width_px: int) -> Spec:
        time = _Time(period, width_px - _AXIS_PX - _END_PX, words)
        layers: list[Spec] = []
        for way, banded in rows.items():
            if banded:
                end, sign, (colour, wash) = banded[-1], signs[way], _COLOURS[way]
                layers += _banded(banded, colour, wash)
                if way in _SIDES:
                    layers.append(_named(words.gettext(_SIDES[way]), 0.0, sign * most, colour, dx=4, dy=8 * sign))
                layers.append(_named(f"{abs(end['v']):.0f}°", end["x"], end["v"], colour, dx=6))
        return _spec([_panel(title, 190 if least else 130, time, layers, y, last=True)])

    return sized


def _signed(points: Sequence[Point], sign: int) -> Sequence[Point]:
    return points if sign > 0 else [Point(day, -value) for day, value in points]


def _banded_rows(points: Sequence[Point], off: float, period: Period) -> list[Spec]:
    """Return the rows of a line, each with how far the camera may be off to either side."""
    rows = _lines(points, period, averaged)
    return [{**row, "low": round(row["v"] - off, 2), "high": round(row["v"] + off, 2)} for row in rows]


def _banded(rows: list[Spec], colour: str, wash: str) -> list[Spec]:
    """Return a line with points, and behind it how far the camera may be off."""
    low = {"field": "low", "type": "quantitative"}
    area = {"type": "area", "color": wash, "interpolate": "monotone", "opacity": 1}
    line = {"type": "line", "color": colour, "strokeWidth": 2, "interpolate": "monotone"}
    circle = {"type": "circle", "color": colour, "size": 22 if len(rows) < 60 else 8, "opacity": 1}
    return [
        _layer(rows, area, y=low, y2={"field": "high"}, detail=_PIECE),
        _layer(rows, line, y=_V, detail=_PIECE),
        _layer(rows, circle, y=_V),
    ]


# ---- function -----------------------------------------------------------------------------------------------------------

_MOST = {"rmdq": 24, "psfs": 10}
_MARKS = {"rmdq": (0, 12, 24), "psfs": (0, 5, 10)}
_TITLES = {
    "rmdq": later("Roland-Morris: fewer is better"),
    "psfs": later("Your own activities: more is better"),
}

_LINES = {
    "rmdq": later("Below the dashed line: an important change"),
    "psfs": later("Above the dashed line: an important change"),
}


def score(kind: Kind, value: float, words: NullTranslations) -> str:
    """Return a score as people read it: sentences are counted, activities are a mean."""
    return written.number(value, 0 if kind == "rmdq" else 1, words=words)


def function(found: Sequence[Scores], period: Period, words: NullTranslations) -> Sized:
    """Return the scores of the questionnaires, each with the line from which on a change is an important one."""
    rows = {
        one.kind: [{"x": _at(day, period), "v": round(value, 2)} for day, value in averaged(one.points, period.step)]
        for one in found
    }

    def sized(width_px: int) -> Spec:
        time = _Time(period, width_px - _AXIS_PX - _END_PX, words)
        return _spec([_scores(one, rows[one.kind], time, words, last=one is found[-1]) for one in found], 18)

    return sized


def _scores(of: Scores, rows: list[Spec], time: _Time, words: NullTranslations, *, last: bool) -> Spec:
    end = of.points[-1].value
    layers = [
        _layer(rows, {"type": "line", "color": DEEP, "strokeWidth": 2}, y=_V),
        _layer(rows, {"type": "circle", "color": DEEP, "size": 46 if len(rows) < 60 else 8, "opacity": 1}, y=_V),
        _named(score(of.kind, end, words), rows[-1]["x"], end, DEEP),
    ]
    title: Spec = {"text": words.gettext(_TITLES[of.kind])}
    if of.line is not None:
        across = [{"x": 0.0, "x2": float(time.period.days)}]
        rule = {"type": "rule", "color": QUIET, "strokeDash": [4, 4], "strokeWidth": 1.25}
        layers.insert(0, _layer(across, rule, y={"datum": round(of.line, 2)}, x2={"field": "x2"}))
        title |= {"subtitle": words.gettext(_LINES[of.kind]), "subtitleColor": QUIET, "subtitleFontSize": 12}
    panel = _panel("", 120, time, layers, _y((0, _MOST[of.kind]), _MARKS[of.kind]), last=last)
    return {**panel, "title": title}
