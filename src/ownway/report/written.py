"""Numbers and days as people write them in the language of the page. Files for programs have a point, and days as in ISO 8601."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from gettext import NullTranslations

from ownway.errors import later

MONTHS = (
    later("Jan"), later("Feb"), later("Mar"), later("Apr"),
    later("May"), later("Jun"), later("Jul"), later("Aug"),
    later("Sep"), later("Oct"), later("Nov"), later("Dec"),
)  # fmt: skip
_DAY, _OF_YEAR, _MONTH = later("{day} {month}"), later("{day} {month} {year}"), later("{month} {year}")

_POINT = later(".")  # before the decimals; a text of its own


def number(value: float, digits: int | None = None, *, words: NullTranslations) -> str:
    """Return a number with so many digits behind its decimal sign, or with as many as it has; never "-0"."""
    rounded = value if digits is None else round(value, digits) + 0.0
    plain = f"{rounded:g}" if digits is None else f"{rounded:.{digits}f}"
    return decimal(plain, words.gettext)


def decimal(plain: str, translate: Callable[[str], str]) -> str:
    """Return a number that is written with a point with the sign of the language, which in many is a comma."""
    return plain.replace(".", translate(_POINT))


def day(of: date, *, words: NullTranslations) -> str:
    """Return a day with its year."""
    return words.gettext(_OF_YEAR).format(day=of.day, month=_month(of, words), year=of.year)


def day_of_year(of: date, *, words: NullTranslations) -> str:
    """Return a day without its year, where that is known."""
    return words.gettext(_DAY).format(day=of.day, month=_month(of, words))


def moment(of: datetime, *, words: NullTranslations) -> str:
    """Return a moment to the minute, by the clock of this computer."""
    at = of.astimezone()
    return f"{day(at, words=words)}, {at:%H:%M}"


def month(of: date, *, words: NullTranslations) -> str:
    """Return a month with its year."""
    return words.gettext(_MONTH).format(month=_month(of, words), year=of.year)


def _month(of: date, words: NullTranslations) -> str:
    return words.gettext(MONTHS[of.month - 1])


def filters(words: NullTranslations) -> dict[str, Callable[..., str]]:
    """Return ``number``, ``day`` and ``moment`` for the templates of a language."""
    return {
        "number": partial(number, words=words),
        "day": partial(day, words=words),
        "moment": partial(moment, words=words),
    }
