"""Measures over time, thinned while they arrive: a film of three hours needs no more memory than one of ten minutes.

The rule: time is cut into buckets of equal length, and of each bucket a measure keeps its smallest and its largest value, each with
its own time. So no peak vanishes and no peak moves. When there are too many buckets every two neighbours become one, and
buckets are twice as long from there on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

Point = tuple[float, float | None]

# Two values of a bucket are kept, so that there is a point every 0.1 s at most.
_FIRST_BUCKET_S = 0.2
# The coach takes a longer stretch without pictures as time in which nothing was judged (`coach.engine`).
_GAP_S = 1.0


@dataclass(slots=True)
class _Bucket:
    """The extremes of one measure in one stretch of time; both None where it was not judged at all in it."""

    number: int
    first_s: float
    last_s: float
    low: tuple[float, float] | None = None
    high: tuple[float, float] | None = None

    def take(self, t_s: float, value: float | None) -> None:
        self.last_s = t_s
        if value is None:
            return
        if self.low is None or value < self.low[1]:
            self.low = (t_s, value)
        if self.high is None or value > self.high[1]:
            self.high = (t_s, value)

    def joined(self, other: _Bucket) -> _Bucket:
        """Return this bucket with the next one taken in."""
        lows = [low for low in (self.low, other.low) if low is not None]
        highs = [high for high in (self.high, other.high) if high is not None]
        return _Bucket(
            self.number,
            self.first_s,
            other.last_s,
            min(lows, key=lambda point: point[1], default=None),
            max(highs, key=lambda point: point[1], default=None),
        )

    def points(self) -> list[Point]:
        if self.low is None or self.high is None:
            return [(self.first_s, None)]
        return [*sorted({self.low, self.high})]


@dataclass(slots=True)
class _Curve:
    """One measure over time."""

    bucket_s: float = _FIRST_BUCKET_S
    buckets: list[_Bucket] = field(default_factory=list)

    def add(self, t_s: float, value: float | None, most: int) -> None:
        number = int(t_s // self.bucket_s)
        if not self.buckets or self.buckets[-1].number != number:
            if len(self.buckets) >= max(1, most // 2):
                self.buckets = _coarser(self.buckets)
                self.bucket_s *= 2.0
                self.add(t_s, value, most)
                return
            self.buckets.append(_Bucket(number, t_s, t_s))
        self.buckets[-1].take(t_s, value)

    def points(self, most: int) -> list[Point]:
        buckets = self.buckets
        while len(buckets) > max(1, most // 2):
            buckets = _coarser(buckets)
        found: list[Point] = []
        before: _Bucket | None = None
        for bucket in buckets:
            if before is not None and bucket.first_s - before.last_s > _GAP_S:
                found.append((before.last_s, None))
            found.extend(bucket.points())
            before = bucket
        return found


def _coarser(buckets: list[_Bucket]) -> list[_Bucket]:
    found: list[_Bucket] = []
    for bucket in buckets:
        if found and found[-1].number == bucket.number // 2:
            found[-1] = found[-1].joined(bucket)
        else:
            found.append(replace(bucket, number=bucket.number // 2))
    return found


class Curves:
    """Several measures over time, each of at most ``most`` points.

    Parameters
    ----------
    names : the measures that are kept; others are passed over.
    most : points of a measure at most (not counting those that mark a stretch without pictures).
    """

    def __init__(self, names: tuple[str, ...], most: int = 6000) -> None:
        self._most = most
        self._curves = {name: _Curve() for name in names}

    def add(self, t_s: float, values: Mapping[str, float | None]) -> None:
        """Take the measures of one moment; times increase. What is missing or None was not judged then."""
        for name, curve in self._curves.items():
            curve.add(t_s, values.get(name), self._most)

    @property
    def names(self) -> tuple[str, ...]:
        """The measures that were judged at least once."""
        return tuple(name for name, curve in self._curves.items() if any(b.low is not None for b in curve.buckets))

    @property
    def columns(self) -> dict[str, list[Point]]:
        """Each measure's points ``(t_s, value)`` in order of time; the value is None where a gap belongs."""
        return self.thinned(self._most)

    def thinned(self, most: int) -> dict[str, list[Point]]:
        """Return each measure in at most ``most`` points, by the same rule."""
        return {name: curve.points(most) for name, curve in self._curves.items()}
