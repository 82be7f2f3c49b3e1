"""The same goals and verdicts by groups of clips: with whom, seen from where, and at which fault the coach does less well.

How many clips stand behind a number stands beside it: a body that was only ever filmed from below says little about bodies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from tools.bench.figures import Grid
from tools.bench.goals import GOALS, VERDICTS, Goal, Verdict, kinds, onsets_s, true_kinds
from tools.bench.truth import Clip, Run

_Key = tuple[str, float]


@dataclass(frozen=True, slots=True)
class _Grouping:
    """What clips of a group have in common, a word and a number by which groups are put in order, and how a group is called.

    A clip that has no key is in no group.
    """

    title: str
    key: Callable[[Clip], _Key | None]
    called: str

    def groups(self, runs: Sequence[Run]) -> dict[str, list[Run]]:
        """Return the runs of each group by its name, in order."""
        keys = sorted({key for one in runs if (key := self.key(one.clip)) is not None})
        return {self.called.format(*key): [one for one in runs if self.key(one.clip) == key] for key in keys}


def grids(runs: Sequence[Run]) -> Iterator[Grid]:
    """Give a table for each way to group, then one of faults."""
    for grouping in _GROUPINGS:
        yield _grid(grouping.title, grouping.groups(runs))
    yield _faults(runs)


# ---- ways to group -------------------------------------------------------------------------------------------------------


def _body(clip: Clip) -> _Key | None:
    return (clip.about["body"], 0.0) if clip.about["body"] != "none" else None


def _view(clip: Clip) -> _Key:
    return clip.about["camera"]["view"], 0.0


def _off(clip: Clip) -> _Key:
    """Return how far the camera is off; left and right of somebody seen from the front are alike, before and behind are not."""
    view, off_deg = clip.about["camera"]["view"], float(clip.about["camera"]["yaw_off_deg"])
    return ("front", abs(off_deg)) if view == "front" else ("side", off_deg)


def _arms(clip: Clip) -> _Key | None:
    held = clip.about.get("hands") or clip.about.get("arms")
    return (f"{clip.about['exercise'].rsplit('_')[-1]}: {held}", 0.0) if held else None


_GROUPINGS = (
    _Grouping("By body", _body, "{0}"),
    _Grouping("By view", _view, "{0}"),
    _Grouping("By degrees off the front, or off the side (positive: before the person)", _off, "{0} {1:+g}"),
    _Grouping("By height of the camera", lambda clip: ("", clip.about["camera"]["height_m"]), "{1:g} m"),
    _Grouping(
        "By distance of the camera",
        lambda clip: ("", round(2 * clip.about["camera"]["distance_m"]) / 2),
        "about {1:g} m",
    ),
    _Grouping("By where the hands go, or how the arms hold the pole", _arms, "{0}"),
)


# ---- tables --------------------------------------------------------------------------------------------------------------


def _grid(title: str, groups: dict[str, list[Run]]) -> Grid:
    runs = list(groups.values())
    columns = [
        ("", list(groups)),
        ("clips", [str(len(group)) for group in runs]),
        *((f"{goal.short} {goal.unit}", _goal_cells(goal, runs)) for goal in GOALS),
        *((verdict.short, _verdict_cells(verdict, runs)) for verdict in VERDICTS),
    ]
    shown = [(head, cells) for head, cells in columns if any(cells)]
    rows = list(zip(*(cells for _, cells in shown), strict=True))
    return Grid(f"{title}. Mean and worst clip; * the worst group, ! a goal missed", [head for head, _ in shown], rows)


def _goal_cells(goal: Goal, groups: Sequence[Sequence[Run]]) -> list[str]:
    each = [[value for value, _ in goal.each(group)] for group in groups]
    means = [fmean(values) for values in each if values]
    return [_goal_cell(goal, values, max(means)) if values else "" for values in each]


def _goal_cell(goal: Goal, values: Sequence[float], worst_mean: float) -> str:
    mean = fmean(values)
    return _mean_and_worst(values) + "*" * (mean == worst_mean) + "!" * (mean > goal.most)


def _mean_and_worst(values: Sequence[float]) -> str:
    return f"{fmean(values):.1f} {max(values):.1f}" if values else ""


def _verdict_cells(verdict: Verdict, groups: Sequence[Sequence[Run]]) -> list[str]:
    asked = [[one for one in group if verdict.about(one)] for group in groups]
    return [_verdict_cell([verdict.right(one) for one in some]) if some else "" for some in asked]


def _verdict_cell(right: Sequence[bool]) -> str:
    return f"{sum(right)}/{len(right)}" + "!" * (not all(right))


def _faults(runs: Sequence[Run]) -> Grid:
    there = sorted({kind for one in runs for kind in true_kinds(one)})
    rows = [_fault_row(kind, runs) for kind in there]
    heads = ["", "clips", "named", "onset s", "named elsewhere"]
    return Grid("By fault. Onset: mean and worst", heads, rows)


def _fault_row(kind: str, runs: Sequence[Run]) -> list[str]:
    shown = [one for one in runs if kind in true_kinds(one)]
    others = [one for one in runs if kind not in true_kinds(one)]
    named = [one for one in shown if kind in kinds(one)]
    off_s = [abs(off) for one in shown for off in onsets_s(one, kind)]
    falsely = [one.clip.name for one in others if kind in kinds(one)]
    return [
        kind,
        str(len(shown)),
        f"{len(named)}/{len(shown)}" + "!" * (len(named) < len(shown)),
        _mean_and_worst(off_s),
        f"{len(falsely)}/{len(others)} {', '.join(falsely)}",
    ]
