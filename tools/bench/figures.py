"""One measured figure, many of them in a grid, and the numbers that stand for many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of the report: what was measured, the result in words, and the goal where there is one."""

    what: str
    result: str
    goal: str = ""
    met: bool | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of its own, where the same columns go over several rows and one that stands out should be seen."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that ``share`` (0..1) of the values do not exceed; the nearest one, so it was truly measured."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def spread(values: Sequence[float], unit: str, digits: int = 0) -> str:
    """Return median and 95th percentile in words, and of how many."""
    if not values:
        return "none measured"
    p50, p95 = percentile(values, 0.5), percentile(values, 0.95)
    return f"p50 {p50:.{digits}f} {unit}, p95 {p95:.{digits}f} {unit} ({len(values)})"
