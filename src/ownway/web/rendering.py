"""Templates: HTML with the words of the person's language."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

from ownway.exercises.drawn import Drawing, drawing
from ownway.exercises.loader import library
from ownway.exercises.schema import Exercise
from ownway.report import written
from ownway.report.letter import TEMPLATES as LETTER
from ownway.web.translation import translations
from ownway.web.visitors import language_of, me_of

TEMPLATES = Path(__file__).parent / "templates"  # and the body of the report, which its files have as well


@lru_cache
def templates(language: str) -> Jinja2Templates:
    """Return the templates in a language; a name that the context lacks is an error, not an empty place."""
    environment = Environment(
        loader=FileSystemLoader((TEMPLATES, LETTER)),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    # Not in the new style: there whatever goes through ``_`` is taken for safe, and an exercise file of one's own may hold anything.
    environment.install_gettext_translations(translations(language), newstyle=False)  # type: ignore[attr-defined]
    environment.filters |= written.filters(translations(language))
    environment.globals["lang"] = language
    environment.globals["drawing_of"] = drawing_of
    return Jinja2Templates(env=environment)


def drawing_of(exercise: Exercise) -> Drawing | None:
    """Return what is drawn of an exercise of one's own; those of the library have figures, and need none."""
    return None if exercise.id in library() else drawing(exercise)


def page(request: Request, name: str, context: dict[str, object], status_code: int = 200) -> Response:
    """Return a page. It is never kept: what it shows may have changed when somebody comes back to it.

    Every template also knows ``me``, the profile of whoever is there; None where nobody said so yet.
    """
    headers = {"Cache-Control": "no-store"}
    known = {"me": me_of(request), **context}
    return templates(language_of(request)).TemplateResponse(
        request, name, known, status_code=status_code, headers=headers
    )
