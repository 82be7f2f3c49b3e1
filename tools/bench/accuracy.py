"""How well the coach measures and judges, against the exact truth of rendered clips.

They are the best case: good light, fitted clothes, landmarks of a real model on drawn bodies. What they cannot show stands in
``docs/MEASURES.md``. No number here was tuned until one clip passed; the goals are the same for all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev

from ownway.coach.assessment import FaultSeen
from tools.bench.figures import Figure
from tools.bench.truth import Run, clips, run

# Beyond this a shoulder hides the other; the goal is set within it.
_ROTATION_WITHIN_DEG = 60.0
# Fingertips matter once the person bends.
_REACH_FROM_DEG = 25.0
_BENT_FROM_DEG = 15.0


def measure() -> Iterator[Figure]:
    """Compare every clip with its truth, then the goals over all clips that show what each is about."""
    runs = [run(clip) for clip in clips()]
    for one in runs:
        yield from _of_clip(one)
    for goal in _GOALS:
        yield goal.figure(runs)
    yield from _verdicts(runs)


# ---- one clip ----------------------------------------------------------------------------------------------------------


def _of_clip(one: Run) -> Iterator[Figure]:
    name, result = one.clip.name, one.assessment
    if one.clip.refused or one.clip.about.get("distractor"):
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
        ("trunk", _trunk(one)), ("knee", _knee(one)), ("bent knee", _bent_knee(one)), ("rotation", _rotation(one)),
    ):  # fmt: skip
        if errors:
            yield f"{told} {fmean(map(abs, errors)):.1f} deg"
    tips = _fingertips(one)
    if tips:
        yield f"fingertips {fmean(tips):+.1f} +- {pstdev(tips):.1f} cm"


def _counted(one: Run) -> Iterator[str]:
    true_sets, true_swings = one.clip.about["sets"], one.clip.about["swings"]
    if true_sets or one.assessment.sets:
        yield f"{len(one.assessment.sets)} of {len(true_sets)} holds"
        yield from (f"good form {off:+.1f} s" for off in _hold(one))
    if true_swings or one.assessment.swings:
        sides = "sides right" if _sides_right(one) else "sides WRONG"
        yield f"{len(one.assessment.swings)} of {len(true_swings)} swings, {sides}"
        yield from (f"peaks {min(off):+.0f} to {max(off):+.0f} deg" for off in [_peaks(one)] if off)


def _fault(fault: FaultSeen, one: Run) -> str:
    onsets = [f["start_s"] for f in one.clip.about["faults"] if f["kind"] == fault.kind]
    onset = f" {fault.start_s - onsets[0]:+.1f} s" if onsets else " NOT THERE"
    return fault.kind + onset


# ---- what is compared ----------------------------------------------------------------------------------------------------


def _trunk(one: Run) -> list[float]:
    return [off for _, off in one.errors("trunk_flexion_deg")]


def _knee(one: Run) -> list[float]:
    return [off for true, off in one.errors("knee_flexion_deg") if true < _BENT_FROM_DEG]


def _bent_knee(one: Run) -> list[float]:
    return [off for true, off in one.errors("knee_flexion_deg") if true >= _BENT_FROM_DEG]


def _rotation(one: Run) -> list[float]:
    return [off for true, off in one.errors("rotation_deg") if abs(true) <= _ROTATION_WITHIN_DEG]


def _fingertips(one: Run) -> list[float]:
    pairs = zip(one.clip.true, one.measured, strict=False)
    return [
        seen - true
        for truth, values in pairs
        if (seen := values.get("fingertip_to_floor_cm")) is not None
        and (true := truth.get("fingertip_to_floor_cm")) is not None
        and (values.get("trunk_flexion_deg") or 0.0) > _REACH_FROM_DEG
    ]


def _hold(one: Run) -> list[float]:
    """Return by how much each hold of a clip without fault is timed too long."""
    if any(f["kind"] != "too_fast" for f in one.clip.about["faults"]):
        return []
    pairs = zip(one.assessment.sets, one.clip.about["sets"], strict=False)
    return [found.hold_s - (true["hold_end_s"] - true["hold_start_s"]) for found, true in pairs]


def _sides_right(one: Run) -> bool:
    return [s.side for s in one.assessment.swings] == [s["side"] for s in one.clip.about["swings"]]


def _with_pole(one: Run) -> bool:
    return all(s.sure > 0.7 for s in one.assessment.swings)


def _peaks(one: Run) -> list[float]:
    if not _sides_right(one) or not _with_pole(one):
        return []
    pairs = zip(one.assessment.swings, one.clip.about["swings"], strict=True)
    return [found.peak_deg - true["peak_deg"] for found, true in pairs if true["peak_deg"] <= _ROTATION_WITHIN_DEG]


def _onsets(one: Run) -> list[float]:
    first: dict[str, float] = {}
    for fault in one.assessment.faults:
        first.setdefault(fault.kind, fault.start_s)
    return [first[f["kind"]] - f["start_s"] for f in one.clip.about["faults"] if f["kind"] in first]


@dataclass(frozen=True, slots=True)
class _Goal:
    """A goal over all clips: what each clip adds, how a clip's numbers become one, and how far that may go."""

    what: str
    of: Callable[[Run], list[float]]
    as_one: Callable[[Sequence[float]], float]
    most: float
    unit: str

    def figure(self, runs: Sequence[Run]) -> Figure:
        each = [(self.as_one(values), one.clip.name) for one in runs if _judged(one) and (values := self.of(one))]
        if not each:
            return Figure(self.what, "no clip shows it")
        missed = [f"{name} {value:.1f}" for value, name in sorted(each, reverse=True) if value > self.most]
        mean, worst = fmean(value for value, _ in each), max(each)
        result = f"mean {mean:.1f}, worst {worst[0]:.1f} {self.unit} ({worst[1]}); {len(each) - len(missed)} of {len(each)} clips within"
        return Figure(self.what, result, f"{self.most:g} {self.unit}", mean <= self.most)


def _judged(one: Run) -> bool:
    return not one.clip.refused and not one.clip.about.get("distractor")


def _mean_size(values: Sequence[float]) -> float:
    return fmean(map(abs, values))


def _bias(values: Sequence[float]) -> float:
    return abs(fmean(values))


def _worst(values: Sequence[float]) -> float:
    return max(map(abs, values))


_GOALS = (
    _Goal("trunk flexion, mean abs error", _trunk, _mean_size, 2.5, "deg"),
    _Goal("knee flexion, mean abs error", _knee, _mean_size, 2.0, "deg"),
    _Goal("knee flexion, bent", _bent_knee, _mean_size, 3.0, "deg"),
    _Goal(
        "rotation within 60 deg, with a pole", lambda r: _rotation(r) if _with_pole(r) else [], _mean_size, 4.0, "deg"
    ),
    _Goal("swings' peaks within 60 deg, with a pole", _peaks, _worst, 5.0, "deg"),
    _Goal("fingertip to floor, bias", _fingertips, _bias, 2.0, "cm"),
    _Goal("fingertip to floor, standard deviation", _fingertips, pstdev, 4.0, "cm"),
    _Goal("hold in good form", _hold, _worst, 0.5, "s"),
    _Goal("onset of a fault", _onsets, _worst, 1.0, "s"),
)


def _verdicts(runs: Sequence[Run]) -> Iterator[Figure]:
    judged = [one for one in runs if _judged(one)]
    yield _verdict("Holds and swings are counted exactly, to the right side", judged, _counts_right)
    yield _verdict("Every faulty clip is named with its fault", judged, lambda one: _kinds(one) >= _true_kinds(one))
    yield _verdict("No fault that is not there", judged, lambda one: _kinds(one) <= _true_kinds(one))
    yield _verdict("What cannot be judged is refused", [o for o in runs if o.clip.refused], _refuses)
    yield _verdict(
        "Other movements are no hold and no swing", [o for o in runs if o.clip.about.get("distractor")], _counts_none
    )


def _verdict(what: str, runs: Sequence[Run], right: Callable[[Run], bool]) -> Figure:
    wrong = [one.clip.name for one in runs if not right(one)]
    result = f"{len(runs) - len(wrong)} of {len(runs)}" + (f"; not {', '.join(wrong)}" if wrong else "")
    return Figure(what, result, "all", not wrong)


def _counts_right(one: Run) -> bool:
    return len(one.assessment.sets) == len(one.clip.about["sets"]) and _sides_right(one)


def _counts_none(one: Run) -> bool:
    return not one.assessment.sets and not one.assessment.swings


def _refuses(one: Run) -> bool:
    return one.assessment.not_judged is not None and _counts_none(one)


def _kinds(one: Run) -> set[str]:
    return {fault.kind for fault in one.assessment.faults}


def _true_kinds(one: Run) -> set[str]:
    return {fault["kind"] for fault in one.clip.about["faults"]}
