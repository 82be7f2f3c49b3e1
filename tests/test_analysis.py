"""A recording through the engine of the live session."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ownway.analysis import NoFramesError, analyse
from ownway.body.landmarks import Frame
from ownway.body.measures import Values
from ownway.coach.assessment import Assessment
from ownway.exercises.loader import library
from ownway.media.footage import Footage
from ownway.media.recordings import read_recording
from ownway.report.curves import Curves
from ownway.report.series import COLUMNS


def assessed(
    path: Path, frames: Iterator[Frame] | None = None, rows: list[tuple[float, Values]] | None = None
) -> Assessment:
    """Return the assessment of a recording as a stretch; ``rows`` is given the measures."""
    header, own = read_recording(path)
    footage = Footage(header, iter(own) if frames is None else frames, None, set())
    kept = [] if rows is None else rows
    exercise = library()["hamstring_stretch"]
    return analyse(path, footage, exercise, 178.0, lambda t_s, values: kept.append((t_s, dict(values))))


def test_a_stretch_is_measured_and_counted(clips: Path) -> None:
    """One hold of 32 s; the measures come frame by frame, none before the person was measured standing."""
    rows: list[tuple[float, Values]] = []
    found = assessed(clips / "A1_bend_good.jsonl.gz", rows=rows)
    assert found.source == "A1_bend_good.jsonl.gz"
    assert len(found.sets) == 1
    assert found.sets[0].hold_s == pytest.approx(32.0, abs=1.0)
    assert found.frames == len(rows)
    assert rows[0][1] == {}
    assert max(values.get("trunk_flexion_deg") or 0.0 for _, values in rows) == pytest.approx(104, abs=6)


def test_what_cannot_be_judged_has_no_measures(clips: Path) -> None:
    """Not a number for a bend seen from the front, and the reason why."""
    rows: list[tuple[float, Values]] = []
    found = assessed(clips / "A12_bend_seen_from_front.jsonl.gz", rows=rows)
    assert found.not_judged == "not_side_on"
    assert found.judged_fraction == 0.0
    assert all(values == {} for _, values in rows)


def test_no_frames_are_told(clips: Path) -> None:
    """A header alone is no film."""
    with pytest.raises(NoFramesError, match=r"A1_bend_good\.jsonl\.gz: expected at least one frame"):
        assessed(clips / "A1_bend_good.jsonl.gz", iter(()))


def test_a_long_film_needs_no_more_memory_than_a_short_one(clips: Path) -> None:
    """Four times the frames: what is kept grows by the events and by nothing else."""
    path = clips / "A5_bend_too_fast.jsonl.gz"
    header, frames = read_recording(path)
    length_s = frames[-1].t_s + 1 / 30

    def kept_bytes(times: int) -> int:
        again = (replace(f, t_s=f.t_s + n * length_s) for n in range(times) for f in frames)
        curves = Curves(COLUMNS, most=200)
        tracemalloc.start()
        try:
            footage = Footage(header, again, None, set())
            analyse(path, footage, library()["hamstring_stretch"], None, curves.add)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert kept_bytes(4) < kept_bytes(1) + 200_000
