"""Charts of an assessment: Vega-Lite specs as plain dicts, and SVG made from them.

A chart is a stack of panels over one axis of time: a curve a measure, and below them a lane for each thing that has a beginning and an
end (holds, each kind of fault, what was not judged). The lane's name and place say what it is; colour only repeats it.

Colours are those of a printed page. `PALETTE` names each one, so that a page can give it another one in the dark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from gettext import NullTranslations
from html import escape
from importlib.util import find_spec
from typing import Any, Literal

from ownway.coach.assessment import Assessment
from ownway.errors import OwnwayError, later
from ownway.exercises.schema import Counts, Exercise
from ownway.report import wording
from ownway.report.curves import Curves, Point
from ownway.report.series import COLUMNS

Spec = dict[str, Any]

INK, QUIET, LINE = "#17302f", "#4e6465", "#e0d9c8"
DEEP, WASH, BLUE = "#0f4c4f", "#dfeae5", "#4a5fa5"
AMBER, AMBER_WASH, GREY, GREY_WASH = "#8a4b00", "#f6dfb8", "#7d8f8c", "#ecebe6"
PALETTE = {
    INK: "ink", QUIET: "quiet", LINE: "line", DEEP: "deep", WASH: "wash", BLUE: "blue",
    AMBER: "amber", AMBER_WASH: "amber-wash", GREY: "edge", GREY_WASH: "grey-wash",
}  # fmt: skip

VEGA_LITE = "6.4"  # as in package.json; the pages draw with the same
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"

# Reads in every browser and every printer; the page gives its own.
FONT = "Helvetica, Arial, sans-serif"

_LANE_PX = 38
_LEAST_MARK_PX = 3.0  # what lasts a moment must still be seen
_ROOM_FOR_A_NAME_PX = 44
_STEPS_S = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
_POINTS_PER_PX = 2


class ChartError(OwnwayError):
    """Charts cannot be drawn because what draws them is not installed."""

    def __init__(self) -> None:
        super().__init__(
            later("What draws the charts is not installed. Install it with: pip install 'ownway[report]'.")
        )


@dataclass(frozen=True, slots=True)
class Panel:
    """How one measure is drawn; ``least`` and ``most`` are the smallest stretch the axis shows."""

    measure: str
    title: str
    unit: str
    height_px: int
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: what it shows in words, and its specs for a wide and for a narrow page."""

    title: str
    desc: str
    wide: Spec
    narrow: Spec


@dataclass(frozen=True, slots=True)
class _Lane:
    """A row below the curves: its name, what it stands for, and the stretches of time in it."""

    name: str
    what: Literal["hold", "fault", "refusal"]
    spans: tuple[tuple[float, float], ...]


PANELS = (
    Panel("trunk_flexion_deg", later("Bend of the trunk"), "°", 160, 0, 90),
    Panel("knee_flexion_deg", later("Bend of the knees"), "°", 80, 0, 30),
    Panel("fingertip_to_floor_cm", later("Fingertips above the floor"), " cm", 80, 0, 40),
    Panel("rotation_deg", later("Rotation"), "°", 210, -45, 45),
    Panel("trunk_extension_deg", later("Trunk backwards"), "°", 120, 0, 20),
    Panel("side_bend_deg", later("Bend to the side"), "°", 160, -25, 25),
    Panel("knee_lift_deg", later("Lift of the knees"), "°", 160, -60, 60),
)
_SIGNED = {"rotation_deg", "side_bend_deg", "knee_lift_deg"}  # to the person's own left positive

_TITLES: Mapping[Counts, str] = {
    "swung": later("Rotation and what was seen"),
    "held": later("The bend and what was seen"),
    "repeated": later("The movement and what was seen"),
}
_LIMIT = later("{fault} from {limit}")


def measures(exercise: Exercise) -> tuple[str, ...]:
    """Return the measures that tell of an exercise: what it counts and what its faults go by, or those of a bend and a swing."""
    spec = exercise.repetitions
    if spec is None or spec.comfort is not None:
        return COLUMNS
    told = {spec.measure, *(fault.measure for fault in exercise.faults)}
    return tuple(panel.measure for panel in PANELS if panel.measure in told)


def chart(assessment: Assessment, curves: Curves, exercise: Exercise, words: NullTranslations) -> Chart | None:
    """Return the chart of an assessment, None where no measure was judged at any time."""
    if not curves.names:
        return None
    title = words.gettext(_TITLES[exercise.counts])
    wide = spec(assessment, curves, exercise, words, width_px=720)
    narrow = spec(assessment, curves, exercise, words, width_px=340)
    return Chart(title, in_words(assessment, curves, words), wide, narrow)


def in_words(assessment: Assessment, curves: Curves, words: NullTranslations) -> str:
    """Return what the curves show, for whoever does not see them."""
    told = []
    for panel in (panel for panel in PANELS if panel.measure in curves.names):
        judged = [(value, t_s) for t_s, value in curves.columns[panel.measure] if value is not None]
        (low, low_s), (high, high_s) = min(judged), max(judged)
        if round(low) == round(high):
            text = later("{name}: {low} throughout.")
        elif panel.measure in _SIGNED:
            text = later("{name}: furthest to the right {low} at {low_at}, furthest to the left {high} at {high_at}.")
            low = max(0.0, -low)
        else:
            text = later("{name}: between {low} (at {low_at}) and {high} (at {high_at}).")
        told.append(
            words.gettext(text).format(
                name=words.gettext(panel.title),
                low=f"{round(low) + 0}{panel.unit}",
                high=f"{round(high) + 0}{panel.unit}",
                low_at=wording.clock(low_s),
                high_at=wording.clock(high_s),
            )
        )
    lanes = [f"{lane.name}: {when(lane.spans, words)}." for lane in _lanes(assessment, words)]
    return " ".join((*told, *lanes))


def when(spans: Sequence[tuple[float, float]], words: NullTranslations, most: int = 6) -> str:
    """Return stretches of time in words; of many the first, and how many more."""
    told = [wording.span(start_s, end_s) for start_s, end_s in spans[:most]]
    if len(spans) > most:
        more = len(spans) - most
        told.append(words.ngettext("{count} more", "{count} more", more).format(count=more))
    return wording.listed(told, words)


def spec(assessment: Assessment, curves: Curves, exercise: Exercise, words: NullTranslations, *, width_px: int) -> Spec:
    """Return the Vega-Lite spec of the chart: a panel for each measure that was judged, then the lanes.

    Parameters
    ----------
    width_px : width of the whole chart; what is too narrow for a name then has none.
    """
    end_s = max(assessment.duration_s, 1.0)
    plot_px = width_px - 48  # what the axis' numbers take
    lanes = _lanes(assessment, words)
    points = curves.thinned(plot_px * _POINTS_PER_PX)
    panels = [
        _panel(panel, points[panel.measure], assessment, exercise, words, _Time(end_s, plot_px))
        for panel in PANELS
        if panel.measure in curves.names
    ]
    if lanes:
        panels.append(_lane_panel(lanes, _Time(end_s, plot_px)))
    panels[-1]["encoding"]["x"] = _Time(end_s, plot_px).axis(shown=True)
    return {
        "$schema": SCHEMA,
        "background": None,
        "spacing": 14,
        "padding": {"left": 10, "right": 10, "top": 2, "bottom": 2},
        "vconcat": panels,
        "config": CONFIG,
    }


CONFIG: Spec = {
    "aria": False,
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "labelColor": QUIET, "titleColor": INK, "gridColor": LINE, "domainColor": GREY, "tickColor": GREY,
        "labelFontSize": 12, "titleFontSize": 13, "titleFontWeight": 600, "labelPadding": 6,
    },
    "title": {"color": INK, "fontSize": 13, "fontWeight": 600, "anchor": "start", "frame": "group", "offset": 8},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Time:
    """The axis of time that all panels share."""

    end_s: float
    plot_px: int

    def axis(self, *, shown: bool) -> Spec:
        """Return the encoding of x; the numbers stand below the last panel alone."""
        room = max(2, self.plot_px // 60)
        step = next((s for s in _STEPS_S if self.end_s / s <= room), _STEPS_S[-1])
        values = [n * step for n in range(int(self.end_s // step) + 1)]
        # As `wording.clock`: minutes and seconds, as a player shows them.
        text = "floor(datum.value / 60) + ':' + (datum.value % 60 < 10 ? '0' : '') + datum.value % 60"
        axis: Spec = {
            "values": values,
            "labels": shown,
            "ticks": shown,
            "title": None,
            "labelExpr": text,
            "domain": shown,
        }
        axis["labelFlush"] = False
        return {
            "field": "t", "type": "quantitative", "axis": axis,
            "scale": {"domain": [0, self.end_s], "nice": False, "zero": False},
        }  # fmt: skip

    def drawn(self, start_s: float, end_s: float) -> tuple[float, float]:
        """Return a stretch wide enough to be seen, within the axis."""
        least_s = self.end_s * _LEAST_MARK_PX / self.plot_px
        end_s = min(self.end_s, max(end_s, start_s + least_s))
        return max(0.0, min(start_s, end_s - least_s)), end_s

    def px(self, start_s: float, end_s: float) -> float:
        return (end_s - start_s) / self.end_s * self.plot_px


def _lanes(assessment: Assessment, words: NullTranslations) -> list[_Lane]:
    lanes = []
    if assessment.sets:
        spans = tuple((hold.hold_start_s, hold.hold_end_s) for hold in assessment.sets)
        lanes.append(_Lane(words.gettext("Held"), "hold", spans))
    for kind in dict.fromkeys(fault.kind for fault in assessment.faults):
        spans = tuple((fault.start_s, fault.end_s) for fault in assessment.faults if fault.kind == kind)
        lanes.append(_Lane(wording.sentence(wording.fault_name(kind, words)), "fault", spans))
    if assessment.refusals:
        spans = tuple((refusal.start_s, refusal.end_s) for refusal in assessment.refusals)
        lanes.append(_Lane(words.gettext("Not judged"), "refusal", spans))
    return lanes


def _panel(
    panel: Panel,
    points: list[Point],
    assessment: Assessment,
    exercise: Exercise,
    words: NullTranslations,
    time: _Time,
) -> Spec:
    """Return a curve with holds, faults and what was not judged behind it."""
    judged = [value for _, value in points if value is not None]
    domain = [min(panel.least, *judged), max(panel.most, *judged)]
    title = words.gettext(panel.title)
    layers = list(_bands(assessment, time))
    layers.extend(_limits(panel, domain, exercise, words))
    layers.append(
        {
            "data": {"values": [{"t": round(t_s, 3), "v": _short(value)} for t_s, value in points]},
            "mark": {"type": "line", "color": DEEP, "strokeWidth": 1.75, "invalid": "break-paths-show-domains"},
            "encoding": {"y": {"field": "v", "type": "quantitative"}},
        }
    )
    y: Spec = {
        "type": "quantitative",
        "scale": {"domain": domain, "nice": True},
        "axis": {
            "title": None,
            "tickCount": max(3, panel.height_px // 38),
            "labelExpr": f"datum.label + '{panel.unit}'",
        },
    }
    if panel.measure in _SIGNED:
        title = words.gettext("{name}: left is up (▲), right is down (●)").format(name=words.gettext(panel.title))
        y["axis"]["labelExpr"] = f"abs(datum.value) + '{panel.unit}'"
        layers.append(_rule({"datum": 0}, GREY))
        if exercise.repetitions is not None and exercise.repetitions.measure == panel.measure:
            layers.extend(_swings(assessment))
    for layer in layers:
        encoding = layer["encoding"]
        if "y" in encoding:
            encoding["y"] = {**y, **encoding["y"]}
    return {
        "title": title,
        "width": time.plot_px,
        "height": panel.height_px,
        "encoding": {"x": time.axis(shown=False)},
        "layer": layers,
    }


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _bands(assessment: Assessment, time: _Time) -> Iterator[Spec]:
    """Give what lasts as bands over the panel's height: holds, faults, what was not judged."""
    holds = [time.drawn(hold.hold_start_s, hold.hold_end_s) for hold in assessment.sets]
    faults = [time.drawn(fault.start_s, fault.end_s) for fault in assessment.faults]
    refusals = [time.drawn(refusal.start_s, refusal.end_s) for refusal in assessment.refusals]
    for spans, fill in ((holds, WASH), (faults, AMBER_WASH), (refusals, GREY_WASH)):
        if spans:
            yield {
                "data": {"values": [{"t": start_s, "end": end_s} for start_s, end_s in spans]},
                "mark": {"type": "rect", "color": fill},
                "encoding": {"x2": {"field": "end"}},
            }


def _limits(panel: Panel, domain: list[float], exercise: Exercise, words: NullTranslations) -> Iterator[Spec]:
    """Give the values from which a fault counts, where the exercise has them on this measure and the curve comes near."""
    limits = [
        (fault.above, wording.fault_name(fault.kind, words))
        for fault in exercise.faults
        if fault.measure == panel.measure and fault.above is not None
    ]
    spec = exercise.repetitions
    if spec is not None and spec.comfort is not None and panel.measure == spec.measure:
        name = wording.fault_name("over_rotation", words)
        limits.extend((sign * spec.comfort.hard_limit_deg, name) for sign in (1, -1))
    for limit, name in limits:
        if not domain[0] <= limit <= domain[1]:
            continue
        told = words.gettext(_LIMIT).format(fault=wording.sentence(name), limit=f"{round(abs(limit))}{panel.unit}")
        yield _rule({"datum": limit}, AMBER, dashed=True)
        yield {
            "data": {"values": [{"t": 0.0, "name": told}]},
            "mark": {
                "type": "text",
                "align": "left",
                "dx": 4,
                "baseline": "bottom",
                "dy": -3,
                "color": AMBER,
                "fontSize": 12,
            },
            "encoding": {"y": {"datum": limit}, "text": {"field": "name"}},
        }


def _rule(y: Spec, colour: str, *, dashed: bool = False) -> Spec:
    mark: Spec = {"type": "rule", "color": colour, "strokeWidth": 1}
    if dashed:
        mark["strokeDash"] = [4, 3]
    return {"data": {"values": [{}]}, "mark": mark, "encoding": {"x": None, "y": y}}


def _swings(assessment: Assessment) -> Iterator[Spec]:
    """Give the swings' peaks, told apart by shape as well as by colour."""
    if not assessment.swings:
        return
    rows = [
        {
            "t": swing.t_s,
            "v": round(abs(swing.peak_deg) if swing.side == "left" else -abs(swing.peak_deg), 2),
            "side": swing.side,
        }
        for swing in assessment.swings
    ]
    yield {
        "data": {"values": rows},
        "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1},
        "encoding": {
            "y": {"field": "v", "type": "quantitative"},
            "shape": {
                "field": "side",
                "scale": {"domain": ["left", "right"], "range": ["triangle-up", "circle"]},
                "legend": None,
            },
            "color": {"field": "side", "scale": {"domain": ["left", "right"], "range": [DEEP, BLUE]}, "legend": None},
        },
    }


_FILLS: Mapping[str, tuple[str, str]] = {
    "hold": (WASH, DEEP),
    "fault": (AMBER_WASH, AMBER),
    "refusal": (GREY_WASH, GREY),
}


def _lane_panel(lanes: list[_Lane], time: _Time) -> Spec:
    """Return the lanes, a name above each."""
    rows, names, numbers = [], [], []
    for place, lane in enumerate(lanes):
        names.append({"t": 0.0, "lane": place, "name": lane.name})
        for number, (start_s, end_s) in enumerate(lane.spans, 1):
            shown_s = time.drawn(start_s, end_s)
            fill, edge = _FILLS[lane.what]
            rows.append({"t": shown_s[0], "end": shown_s[1], "lane": place, "fill": fill, "edge": edge})
            if lane.what == "hold" and time.px(start_s, end_s) >= _ROOM_FOR_A_NAME_PX / 2:
                numbers.append({"t": (start_s + end_s) / 2, "lane": place, "name": str(number)})
    row: Spec = {"field": "lane", "type": "ordinal", "axis": None, "scale": {"paddingInner": 0, "paddingOuter": 0}}
    text: Spec = {"field": "name"}
    return {
        "width": time.plot_px,
        "height": {"step": _LANE_PX},
        "encoding": {"x": {}, "y": row},
        "layer": [
            {
                "data": {"values": rows},
                "mark": {"type": "bar", "height": 14, "yOffset": 8, "strokeWidth": 1.25, "cornerRadius": 2},
                "encoding": {
                    "x2": {"field": "end"},
                    "fill": {"field": "fill", "scale": None},
                    "stroke": {"field": "edge", "scale": None},
                },
            },
            {
                "data": {"values": names},
                "mark": {"type": "text", "align": "left", "dy": -9, "color": INK, "fontSize": 12},
                "encoding": {"text": text},
            },
            {
                "data": {"values": numbers},
                "mark": {"type": "text", "align": "center", "dy": 8, "color": INK, "fontSize": 12},
                "encoding": {"text": text},
            },
        ],
    }


def ready() -> None:
    """See that charts can be drawn here, before any work is done for them.

    Raises
    ------
    ChartError : what draws them is not installed.
    """
    if find_spec("vl_convert") is None:
        raise ChartError


def plain_svg(drawn: Spec) -> str:
    """Return a chart as SVG, drawn by the same versions of Vega as in a page.

    Raises
    ------
    ChartError : what draws it is not installed.
    """
    ready()
    import vl_convert

    # No address at all may be asked.
    picture: str = vl_convert.vegalite_to_svg(drawn, vl_version=VEGA_LITE, allowed_base_urls=[])
    return picture


PictureKind = Literal["svg", "png", "pdf"]


def picture(drawn: Spec, kind: PictureKind) -> bytes:
    """Return a chart as a file of its own, on white; a PNG in twice the size, so that it prints well.

    Raises
    ------
    ChartError : what draws it is not installed.
    """
    on_white = {**drawn, "background": "white"}
    if kind == "svg":
        return plain_svg(on_white).encode()
    ready()
    import vl_convert

    made: bytes = (
        vl_convert.vegalite_to_png(on_white, vl_version=VEGA_LITE, scale=2, allowed_base_urls=[])
        if kind == "png"
        else vl_convert.vegalite_to_pdf(on_white, vl_version=VEGA_LITE, allowed_base_urls=[])
    )
    return made


def svg(drawn: Spec, title: str, desc: str, name: str) -> str:
    """Return the chart as SVG to stand within a page, with its title and its description for screen readers.

    Parameters
    ----------
    name : an id that no other chart of the page has.

    Raises
    ------
    ChartError : what draws it is not installed.
    """
    start, inner = plain_svg(drawn).split(">", 1)
    box = re.search(r'viewBox="[^"]*"', start)
    return (
        f'<svg {box[0] if box else ""} role="img" aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(desc)}</desc>{inner}'
    )
