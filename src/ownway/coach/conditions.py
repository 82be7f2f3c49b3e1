"""Whether thresholds on measures hold, and since when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ownway.body.measures import Values
from ownway.exercises.schema import Condition


def holds(condition: Condition, values: Values, peaks: Mapping[str, float]) -> bool:
    """Return whether the condition holds. A missing measure holds nothing.

    Parameters
    ----------
    peaks : the largest value of measures in the running set, for ``below_share_of_peak``.
    """
    value = values.get(condition.measure)
    if value is None:
        return False
    if condition.above is not None:
        return value > condition.above
    if condition.below is not None:
        return value < condition.below
    if condition.within is not None:
        return abs(value) <= condition.within
    if condition.beyond is not None:
        return abs(value) >= condition.beyond
    peak = peaks.get(condition.measure)
    return (
        peak is not None and condition.below_share_of_peak is not None and value < condition.below_share_of_peak * peak
    )


def all_hold(conditions: Sequence[Condition], values: Values, peaks: Mapping[str, float]) -> bool:
    """Return whether all conditions hold; True where there are none."""
    for condition in conditions:  # noqa: SIM110 - no generator: this is asked several times a frame
        if not holds(condition, values, peaks):
            return False
    return True


def one_broken(conditions: Sequence[Condition], values: Values, peaks: Mapping[str, float]) -> bool:
    """Return whether one of the conditions is seen not to hold. What is missing breaks none."""
    return any(values.get(c.measure) is not None and not holds(c, values, peaks) for c in conditions)


class HeldSince:
    """Remembers since when something has been true without a break."""

    __slots__ = ("since",)

    def __init__(self) -> None:
        self.since: float | None = None

    def step(self, t_s: float, true: bool) -> float:
        """Take the present state; return for how long it has been true, -1 while it is not."""
        if not true:
            self.since = None
            return -1.0
        if self.since is None:
            self.since = t_s
        return t_s - self.since
