"""Numbers and days as they are written in a language."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ownway.report import written
from ownway.web.translation import translations


@pytest.mark.parametrize(
    ("language", "value", "digits", "told"),
    [
        ("en", 3.14, 1, "3.1"), ("de", 3.14, 1, "3,1"), ("de", 2.5, None, "2,5"), ("de", 4.0, None, "4"), ("en", -0.02, 1, "0.0"),
        ("de", 12.0, 0, "12"),
    ],
)  # fmt: skip
def test_a_number_has_the_sign_of_its_language(language: str, value: float, digits: int | None, told: str) -> None:
    """Before its decimals; and none is less than nothing."""
    assert written.number(value, digits, words=translations(language)) == told


@pytest.mark.parametrize(("language", "told"), [("en", "24 Nov 2026"), ("de", "24. Nov 2026")])
def test_a_day_is_written_out(language: str, told: str) -> None:
    """With the name of its month."""
    assert written.day(date(2026, 11, 24), words=translations(language)) == told


def test_a_moment_is_told_by_the_clock_of_this_computer() -> None:
    """To the minute, its day written out."""
    at = datetime(2026, 11, 24, 15, 30, 12, tzinfo=UTC).astimezone().replace(hour=15)
    assert written.moment(at, words=translations("de")) == "24. Nov 2026, 15:30"
