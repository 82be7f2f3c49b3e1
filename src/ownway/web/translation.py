"""The words in the person's language. English stands in the code and in the exercise files; other languages in catalogs."""

from __future__ import annotations

import gettext
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

Translate = Callable[[str], str]

LOCALE = Path(__file__).parent.parent / "locale"

# What a language calls itself; a catalog without a name here is not offered.
NAMES: Mapping[str, str] = {"en": "English", "de": "Deutsch"}
_MOST_WISHES = 10  # of a browser; a longer list is no person's


class Words(gettext.GNUTranslations):
    """A catalog, for which an empty text is one: else it would be taken for the catalog's own header."""

    def gettext(self, message: str) -> str:
        """Return the words in the language of the catalog, as they are where it has none for them."""
        return super().gettext(message) if message else ""


def translations(language: str) -> gettext.NullTranslations:
    """Return the catalog of this language, or English as written where there is none."""
    return gettext.translation("ownway", LOCALE, languages=[language], class_=Words, fallback=True)


class _Lacking(gettext.NullTranslations):
    """What a catalog turns to for words it does not have."""

    def gettext(self, message: str) -> str:
        raise LookupError(message)


def lacks(language: str, message: str) -> bool:
    """Return whether this language has no words for a text."""
    if language == "en":
        return False
    words = translations(language)
    words.add_fallback(_Lacking())
    try:
        words.gettext(message)
    except LookupError:
        return True
    return False


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Return the codes of the languages that can be spoken, English first."""
    return ("en", *(code for code in NAMES if gettext.find("ownway", LOCALE, languages=[code]) is not None))


def best_language(wishes: str, usual: str, spoken: Sequence[str]) -> str:
    """Return the language that fits best.

    Parameters
    ----------
    wishes : what the browser asks for, an ``Accept-Language`` header (RFC 9110, 12.5.4); its regions are left aside.
    usual : where none of the wishes is spoken, or nothing is wished.
    """
    weighed: list[tuple[float, str]] = []
    for wish in wishes.split(",")[:_MOST_WISHES]:
        code, _, weight = wish.partition(";q=")
        try:
            weighed.append((float(weight or 1), code.strip().lower().split("-")[0]))
        except ValueError:
            continue
    wanted = (code for weight, code in sorted(weighed, key=lambda wish: -wish[0]) if weight > 0)
    return next((code for code in wanted if code in spoken), usual)
