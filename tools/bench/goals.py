"""What is compared with the truth of a clip, how far it may be off, and what has to be right in every clip.

No number here was tuned until one clip passed; the goals are the same for all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev

from tools.bench.figures import Figure
from tools.bench.truth import Run

# Beyond this a shoulder hides the other; the goal is set within it.
_ROTATION_WITHIN_DEG = 60.0
# Fingertips matter once the person bends.
_REACH_FROM_DEG = 25.0
_BENT_FROM_DEG = 15.0
# The shoulders stand in for a pole with 0.6 at most.
_POLE_FROM = 0.7


# ---- errors of one clip: measured less true ------------------------------------------------------------------------------


def trunk_deg(one: Run) -> list[float]:
    """Return the trunk's errors in every frame."""
    return [off for _, off in one.errors("trunk_flexion_deg")]


def straight_knee_deg(one: Run) -> list[float]:
    """Return the knee's errors in every frame in which it is straight."""
    return [off for true, off in one.errors("knee_flexion_deg") if true < _BENT_FROM_DEG]


def bent_knee_deg(one: Run) -> list[float]:
    """Return the knee's errors in every frame in which it is bent."""
    return [off for true, off in one.errors("knee_flexion_deg") if true >= _BENT_FROM_DEG]


def rotation_deg(one: Run) -> list[float]:
    """Return the rotation's errors in every frame that does not go beyond 60 deg."""
    return [off for true, off in one.errors("rotation_deg") if abs(true) <= _ROTATION_WITHIN_DEG]


def fingertips_cm(one: Run) -> list[float]:
    """Return the errors of the fingertips' height in every frame in which the person bends."""
    pairs = zip(one.clip.true, one.measured, strict=False)
    return [
        seen - true
        for truth, values in pairs
        if (seen := values.get("fingertip_to_floor_cm")) is not None
        and (true := truth.get("fingertip_to_floor_cm")) is not None
        and (values.get("trunk_flexion_deg") or 0.0) > _REACH_FROM_DEG
    ]


def hold_s(one: Run) -> list[float]:
    """Return by how much each hold of a clip without fault is timed too long."""
    if any(f["kind"] != "too_fast" for f in one.clip.about["faults"]):
        return []
    pairs = zip(one.assessment.sets, one.clip.about["sets"], strict=False)
    return [found.hold_s - (true["hold_end_s"] - true["hold_start_s"]) for found, true in pairs]


def peaks_deg(one: Run) -> list[float]:
    """Return the errors of the swings' peaks within 60 deg, of clips with a pole in which every swing was counted."""
    if not one.clip.about["swings"] or not sides_right(one) or not _with_pole(one):
        return []
    pairs = zip(one.assessment.swings, one.clip.about["swings"], strict=True)
    return [found.peak_deg - true["peak_deg"] for found, true in pairs if true["peak_deg"] <= _ROTATION_WITHIN_DEG]


def onsets_s(one: Run, kind: str | None = None) -> list[float]:
    """Return how much too late each fault is said to have begun at first, of those that were named; of one kind where it is given."""
    first: dict[str, float] = {}
    for fault in one.assessment.faults:
        first.setdefault(fault.kind, fault.start_s)
    true: dict[str, float] = {}
    for fault in one.clip.about["faults"]:
        if kind in {None, fault["kind"]}:
            true.setdefault(fault["kind"], fault["start_s"])
    return [first[name] - start_s for name, start_s in true.items() if name in first]


def _with_pole_deg(one: Run) -> list[float]:
    return rotation_deg(one) if _with_pole(one) else []


def _without_pole_deg(one: Run) -> list[float]:
    return [] if _with_pole(one) else rotation_deg(one)


def _with_pole(one: Run) -> bool:
    return all(s.sure > _POLE_FROM for s in one.assessment.swings)


# ---- verdicts on one clip ------------------------------------------------------------------------------------------------


def judged(one: Run) -> bool:
    """Return whether the clip shows an exercise that can be judged."""
    return not one.clip.refused and not distracts(one)


def _faulty(one: Run) -> bool:
    return judged(one) and bool(true_kinds(one))


def distracts(one: Run) -> bool:
    """Return whether the clip shows something else than the exercise."""
    return "distractor" in one.clip.about


def sides_right(one: Run) -> bool:
    """Return whether every swing was counted, to its side."""
    return [s.side for s in one.assessment.swings] == one.clip.sides


def counts_right(one: Run) -> bool:
    """Return whether every hold, swing and repetition was counted, and nothing else."""
    held = len(one.assessment.sets) == len(one.clip.about["sets"])
    return held and sides_right(one) and len(one.assessment.repetitions) == one.clip.one_sided


def counts_none(one: Run) -> bool:
    """Return whether nothing was counted."""
    return not (one.assessment.sets or one.assessment.swings or one.assessment.repetitions)


def refuses(one: Run) -> bool:
    """Return whether the clip was called one that cannot be judged."""
    return one.assessment.not_judged is not None and counts_none(one)


def kinds(one: Run) -> set[str]:
    """Return the faults that were named."""
    return {fault.kind for fault in one.assessment.faults}


def true_kinds(one: Run) -> set[str]:
    """Return the faults that are there."""
    return {fault["kind"] for fault in one.clip.about["faults"]}


# ---- over many clips -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Goal:
    """What each clip adds, how a clip's numbers become one, and how far the mean of the clips may go.

    ``short`` names it where there is little room.
    """

    what: str
    short: str
    of: Callable[[Run], list[float]]
    as_one: Callable[[Sequence[float]], float]
    most: float
    unit: str

    def each(self, runs: Sequence[Run]) -> list[tuple[float, str]]:
        """Return the number and the name of every clip that shows what this is about."""
        return [(self.as_one(values), one.clip.name) for one in runs if judged(one) and (values := self.of(one))]

    def figure(self, runs: Sequence[Run]) -> Figure:
        """Tell mean, worst, and how many are within the goal."""
        each = self.each(runs)
        if not each:
            return Figure(self.what, "no clip shows it")
        mean, worst = fmean(value for value, _ in each), max(each)
        within = sum(value <= self.most for value, _ in each)
        result = f"mean {mean:.1f}, worst {worst[0]:.1f} {self.unit} ({worst[1]}); {within} of {len(each)} clips within"
        return Figure(self.what, result, f"{self.most:g} {self.unit}", mean <= self.most)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What has to be right in every clip that it is about."""

    what: str
    short: str
    about: Callable[[Run], bool]
    right: Callable[[Run], bool]

    def figure(self, runs: Sequence[Run]) -> Figure:
        """Tell in how many clips it is right, and in which it is not."""
        asked = [one for one in runs if self.about(one)]
        wrong = [one.clip.name for one in asked if not self.right(one)]
        result = f"{len(asked) - len(wrong)} of {len(asked)}" + (f"; not {', '.join(wrong)}" if wrong else "")
        return Figure(self.what, result, "all", not wrong)


def _mean_size(values: Sequence[float]) -> float:
    return fmean(map(abs, values))


def _bias(values: Sequence[float]) -> float:
    return abs(fmean(values))


def _worst(values: Sequence[float]) -> float:
    return max(map(abs, values))


GOALS = (
    Goal("trunk flexion, mean abs error", "trunk", trunk_deg, _mean_size, 2.5, "deg"),
    Goal("knee flexion, mean abs error", "knee", straight_knee_deg, _mean_size, 2.0, "deg"),
    Goal("knee flexion, bent", "bent knee", bent_knee_deg, _mean_size, 3.0, "deg"),
    Goal("rotation within 60 deg, with a pole", "rotation", _with_pole_deg, _mean_size, 4.0, "deg"),
    Goal("rotation within 60 deg, without one or a hand hidden", "no pole", _without_pole_deg, _mean_size, 10.0, "deg"),
    Goal("swings' peaks within 60 deg, with a pole", "peaks", peaks_deg, _worst, 5.0, "deg"),
    Goal("fingertip to floor, bias", "reach", fingertips_cm, _bias, 2.0, "cm"),
    Goal("fingertip to floor, standard deviation", "reach +-", fingertips_cm, pstdev, 4.0, "cm"),
    Goal("hold in good form", "hold", hold_s, _worst, 0.5, "s"),
    Goal("onset of a fault", "onset", onsets_s, _worst, 1.0, "s"),
)

VERDICTS = (
    Verdict("Holds, swings and repetitions are counted exactly, to the right side", "counted", judged, counts_right),
    Verdict("Every faulty clip is named with its fault", "named", _faulty, lambda one: kinds(one) >= true_kinds(one)),
    Verdict("No fault that is not there", "no other", judged, lambda one: kinds(one) <= true_kinds(one)),
    Verdict("What cannot be judged is refused", "refused", lambda one: one.clip.refused, refuses),
    Verdict("Other movements are no hold and no swing", "not taken", distracts, counts_none),
)
