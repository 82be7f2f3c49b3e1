"""How well the coach measures and judges, against the exact truth of rendered clips.

They are the best case: good light, fitted clothes, landmarks of a real model on drawn bodies. What they cannot show stands in
``docs/MEASURES.md``.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import fmean, pstdev

from ownway.coach.assessment import FaultSeen
from tools.bench import goals
from tools.bench.figures import Figure, Grid
from tools.bench.groups import grids
from tools.bench.truth import Run, clips, run


def measure() -> Iterator[Figure | Grid]:
    """Compare every clip with its truth, then all clips with the goals, then the groups of clips with each other."""
    runs = [run(clip) for clip in clips()]
    for one in runs:
        yield from _of_clip(one)
    for of_all in (*goals.GOALS, *goals.VERDICTS):
        yield of_all.figure(runs)
    yield from grids(runs)


def _of_clip(one: Run) -> Iterator[Figure]:
    name, result = one.clip.name, one.assessment
    if not goals.judged(one):
        what = one.clip.about.get("distractor", "cannot be judged")
        yield Figure(
            f"{name}", f"{result.not_judged or 'judged'}, {len(result.sets)} holds, {len(result.swings)} swings", what
        )
        return
    yield Figure(f"{name}", ", ".join(_errors(one)))
    yield Figure("", "; ".join(_counted(one)))
    found = ", ".join(_fault(fault, one) for fault in result.faults) or "no fault"
    true = ", ".join(fault["kind"] for fault in one.clip.about["faults"]) or "no fault"
    yield Figure("", found, true)


def _errors(one: Run) -> Iterator[str]:
    for told, errors in (
        ("trunk", goals.trunk_deg(one)),
        ("knee", goals.straight_knee_deg(one)),
        ("bent knee", goals.bent_knee_deg(one)),
        ("rotation", goals.rotation_deg(one)),
    ):
        if errors:
            yield f"{told} {fmean(map(abs, errors)):.1f} deg"
    tips = goals.fingertips_cm(one)
    if tips:
        yield f"fingertips {fmean(tips):+.1f} +- {pstdev(tips):.1f} cm"


def _counted(one: Run) -> Iterator[str]:
    true_sets = one.clip.about["sets"]
    if true_sets or one.assessment.sets:
        yield f"{len(one.assessment.sets)} of {len(true_sets)} holds"
        yield from (f"good form {off:+.1f} s" for off in goals.hold_s(one))
    if one.clip.one_sided or one.assessment.repetitions:
        yield f"{len(one.assessment.repetitions)} of {one.clip.one_sided} repetitions"
    if one.clip.sides or one.assessment.swings:
        sides = "sides right" if goals.sides_right(one) else "sides WRONG"
        yield f"{len(one.assessment.swings)} of {len(one.clip.sides)} swings, {sides}"
        yield from (f"peaks {min(off):+.0f} to {max(off):+.0f} deg" for off in [goals.peaks_deg(one)] if off)


def _fault(fault: FaultSeen, one: Run) -> str:
    onsets = [f["start_s"] for f in one.clip.about["faults"] if f["kind"] == fault.kind]
    onset = f" {fault.start_s - onsets[0]:+.1f} s" if onsets else " NOT THERE"
    return fault.kind + onset
