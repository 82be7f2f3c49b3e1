"""Measures frame by frame as CSV, row by row as they arrive.

A column a measure, its unit in its name; empty where it was not judged. What has a side is positive to the person's own left.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from typing import TextIO

from ownway.exercises.schema import Exercise

COLUMNS = ("trunk_flexion_deg", "knee_flexion_deg", "fingertip_to_floor_cm", "rotation_deg")


def columns(exercise: Exercise) -> tuple[str, ...]:
    """Return the columns for an exercise: the same for all, and what it counts where that is another measure."""
    spec = exercise.repetitions
    return COLUMNS if spec is None or spec.measure in COLUMNS else (*COLUMNS, spec.measure)


class SeriesWriter:
    """Writes a header, then a row for each moment. The file is opened with ``newline=""``."""

    def __init__(self, file: TextIO, names: tuple[str, ...] = COLUMNS) -> None:
        self._names = names
        self._rows = csv.writer(file, lineterminator="\n")
        self._rows.writerow(("t_s", *names))

    def add(self, t_s: float, values: Mapping[str, float | None]) -> None:
        """Write the measures of one moment."""
        self._rows.writerow((f"{t_s:.3f}", *(_cell(values.get(name)) for name in self._names)))


def _cell(value: float | None) -> str:
    return "" if value is None else f"{round(value, 2) + 0.0:.2f}"  # + 0.0: never "-0.00"
