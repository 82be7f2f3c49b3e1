"""Templates: HTML with the words of the app's language."""

from __future__ import annotations

import gettext
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

TEMPLATES = Path(__file__).parent / "templates"


def templates(words: gettext.NullTranslations, language: str) -> Jinja2Templates:
    """Return the templates; a name that the context lacks is an error, not an empty place."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, extensions=["jinja2.ext.i18n"]
    )
    environment.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]
    environment.globals["lang"] = language
    return Jinja2Templates(env=environment)


def page(request: Request, name: str, context: dict[str, object], status_code: int = 200) -> Response:
    """Return a page. It is never kept: what it shows may have changed when somebody comes back to it."""
    rendered: Jinja2Templates = request.app.state.templates
    return rendered.TemplateResponse(
        request, name, context, status_code=status_code, headers={"Cache-Control": "no-store"}
    )
