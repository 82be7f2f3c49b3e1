"""Curves are thinned while they arrive, and no peak is lost."""

from __future__ import annotations

from math import sin

from hypothesis import given
from hypothesis import strategies as st

from ownway.report.curves import Curves

FPS = 30


def test_a_short_film_keeps_its_times_and_values() -> None:
    """Below ten pictures a second nothing is thinned."""
    curves = Curves(("a", "b"))
    for n in range(20):
        curves.add(n * 0.2, {"a": float(n)})
    assert curves.columns["a"] == [(n * 0.2, float(n)) for n in range(20)]
    assert {value for _, value in curves.columns["b"]} == {None}
    assert curves.names == ("a",)


def test_three_hours_need_no_more_points_than_ten_minutes() -> None:
    """The bound holds whatever the length, and both ends are still there."""
    curves = Curves(("a",), most=600)
    for n in range(3 * 3600 * 10):
        curves.add(n / 10, {"a": sin(n / 500)})
    points = curves.columns["a"]
    assert 300 <= len(points) <= 600
    assert points[0][0] < 60
    assert points[-1][0] > 3 * 3600 - 60


@given(
    st.lists(st.none() | st.floats(-180, 180), min_size=1, max_size=400),
    st.integers(2, 60),
)
def test_no_peak_vanishes_and_none_moves(values: list[float | None], most: int) -> None:
    """The largest and the smallest value stay, each at its own time; times increase."""
    curves = Curves(("a",), most)
    given_points = {(n / FPS, value) for n, value in enumerate(values)}
    for t_s, value in sorted(given_points):
        curves.add(t_s, {"a": value})
    points = curves.columns["a"]
    judged = [value for value in values if value is not None]
    kept = [value for _, value in points if value is not None]
    assert len(points) <= most
    assert set(points) <= given_points
    assert [t_s for t_s, _ in points] == sorted(t_s for t_s, _ in points)
    assert (max(kept), min(kept)) == (max(judged), min(judged)) if judged else kept == []


def test_what_was_not_judged_is_a_gap() -> None:
    """A second out of the picture shows as one; a single missing picture does not."""
    curves = Curves(("a",))
    for n in range(90):
        curves.add(n / FPS, {"a": None if 30 <= n < 60 or n == 10 else 1.0})
    gaps = [t_s for t_s, value in curves.columns["a"] if value is None]
    assert gaps
    assert min(gaps) >= 1.0
    assert max(gaps) < 2.0


def test_a_stretch_without_pictures_is_a_gap() -> None:
    """The line is not drawn across it."""
    curves = Curves(("a",))
    for t_s in (0.0, 0.5, 5.0, 5.5):
        curves.add(t_s, {"a": 1.0})
    assert curves.columns["a"] == [(0.0, 1.0), (0.5, 1.0), (0.5, None), (5.0, 1.0), (5.5, 1.0)]


def test_a_chart_may_be_thinned_further() -> None:
    """By the same rule, and without touching what is kept."""
    curves = Curves(("a",))
    for n in range(3000):
        curves.add(n / FPS, {"a": 90.0 if n == 1234 else 0.0})
    few = curves.thinned(20)["a"]
    assert len(few) <= 20
    assert (1234 / FPS, 90.0) in few
    assert len(curves.columns["a"]) > 500
