"""The bench's groups: who belongs where, and that what is wrong stands out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tools.bench.figures import Grid
from tools.bench.goals import GOALS, VERDICTS, judged, trunk_deg
from tools.bench.groups import grids
from tools.bench.truth import Run, read_clip, run


@pytest.fixture(scope="module")
def runs(clips: Path) -> list[Run]:
    """Give a good stretch, one with bent knees, one seen from the front, and a rotation too far."""
    names = ("A1_bend_good", "A3_bend_bent_knees", "A12_bend_seen_from_front", "A8_twist_over")
    return [run(read_clip(clips / f"{name}.jsonl.gz")) for name in names]


def rows(runs: list[Run], title: str) -> dict[str, dict[str, str]]:
    """Return one table's cells by row and column."""
    grid: Grid = next(grid for grid in grids(runs) if grid.title.startswith(title))
    return {row[0]: dict(zip(grid.heads[1:], row[1:], strict=True)) for row in grid.rows}


def test_clips_are_put_together_by_what_they_share(runs: list[Run]) -> None:
    """One row a view, in order; each verdict is asked of the clips it is about, and an empty column is left out."""
    by_view = rows(runs, "By view")
    assert list(by_view) == ["front", "side_right"]
    assert (by_view["front"]["clips"], by_view["side_right"]["clips"]) == ("2", "2")
    assert (by_view["front"]["refused"], by_view["side_right"]["refused"]) == ("1/1", "")
    assert (by_view["front"]["counted"], by_view["side_right"]["counted"]) == ("1/1", "2/2")
    assert "not taken" not in by_view["front"]


def test_a_cell_has_mean_and_worst_of_its_clips(runs: list[Run]) -> None:
    """Each clip counts alike, however long it is; the group that does worst is marked, and a missed goal."""
    trunk = next(goal for goal in GOALS if goal.of is trunk_deg)
    values = [value for value, _ in trunk.each(runs)]
    assert len(values) == sum(judged(one) for one in runs) - 1
    told = f"{sum(values) / 2:.1f} {max(values):.1f}*" + "!" * (sum(values) / 2 > trunk.most)
    assert rows(runs, "By view")["side_right"]["trunk deg"] == told


def test_a_wrong_verdict_stands_out(runs: list[Run]) -> None:
    """A fault that was missed, and one that is not there, each where it happened."""
    good, bent, *others = runs
    swapped = [replace(good, assessment=bent.assessment), replace(bent, assessment=good.assessment), *others]
    by_fault, by_view = rows(swapped, "By fault"), rows(swapped, "By view")
    assert rows(runs, "By fault")["bent_knees"]["named"] == "1/1"
    assert by_fault["bent_knees"]["named"] == "0/1!"
    assert by_fault["bent_knees"]["named elsewhere"] == "1/3 A1_bend_good"
    assert (by_view["side_right"]["named"], by_view["side_right"]["no other"]) == ("0/1!", "1/2!")
    missed = {verdict.short: verdict.figure(swapped) for verdict in VERDICTS}
    assert (missed["named"].met, missed["no other"].met, missed["refused"].met) == (False, False, True)
