"""The words in the person's language. English stands in the code and in the exercise files; other languages in catalogs."""

from __future__ import annotations

import gettext
from collections.abc import Callable
from pathlib import Path

Translate = Callable[[str], str]

LOCALE = Path(__file__).parent.parent / "locale"


def translations(language: str) -> gettext.NullTranslations:
    """Return the catalog of this language, or English as written where there is none."""
    return gettext.translation("ownway", LOCALE, languages=[language], fallback=True)
