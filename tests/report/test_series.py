"""The CSV of measures."""

from __future__ import annotations

from io import StringIO

from ownway.report.series import SeriesWriter


def test_a_row_a_moment_a_column_a_measure() -> None:
    """Units stand in the names, what was not judged is empty, and nothing is minus zero."""
    file = StringIO()
    rows = SeriesWriter(file)
    rows.add(0.0333333, {})
    rows.add(0.0666667, {"trunk_flexion_deg": 84.126, "knee_flexion_deg": -0.001, "fingertip_to_floor_cm": None})
    rows.add(12.0, {"rotation_deg": -41.5, "other": 1.0})
    assert file.getvalue() == (
        "t_s,trunk_flexion_deg,knee_flexion_deg,fingertip_to_floor_cm,rotation_deg\n"
        "0.033,,,,\n"
        "0.067,84.13,0.00,,\n"
        "12.000,,,,-41.50\n"
    )
