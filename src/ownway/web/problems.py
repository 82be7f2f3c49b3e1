"""What a person reads when a page cannot be shown: one place that maps errors to status and words."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from ownway.errors import OwnwayError
from ownway.store.errors import SavingError
from ownway.web.rendering import page
from ownway.web.translation import Translate
from ownway.web.visitors import NobodyYetError, words_of


class NotHereError(OwnwayError):
    """An address that leads to no exercise or session."""


def install(app: FastAPI) -> None:
    """Give the app its error pages."""

    async def missing(request: Request, error: Exception) -> Response:
        _ = words_of(request)
        message = (
            str(error) if isinstance(error, NotHereError) else _("Perhaps the address was typed by hand, or is old.")
        )
        return _problem(request, 404, _("There is nothing here"), message)

    async def http(request: Request, error: Exception) -> Response:
        _ = words_of(request)
        status = error.status_code if isinstance(error, HTTPException) else 400
        if status == 404:
            return await missing(request, error)
        return _problem(request, status, _("That did not work"), _("This address cannot be used in this way."))

    async def unreadable(request: Request, _error: Exception) -> Response:
        _ = words_of(request)
        return _problem(
            request, 422, _("That did not work"), _("Something in this address or form cannot be understood.")
        )

    async def refused(request: Request, error: Exception) -> Response:
        _ = words_of(request)
        return _problem(request, 422, _("Please look at this again"), _told(error, _))

    async def unsaved(request: Request, error: Exception) -> Response:
        _ = words_of(request)
        return _problem(request, 507, _("It could not be saved"), _told(error, _))

    async def nobody(request: Request, error: Exception) -> Response:
        if "text/html" not in request.headers.get("accept", ""):
            return PlainTextResponse(_told(error, words_of(request)) + "\n", status_code=401)
        wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        asked = request.url_for("people")
        return RedirectResponse(
            asked.include_query_params(next=wanted) if request.method in ("GET", "HEAD") else asked, status_code=303
        )

    async def gone(_request: Request, _error: Exception) -> Response:
        return Response(status_code=400)  # nobody is there to read it

    async def broken(request: Request, _error: Exception) -> Response:
        _ = words_of(request)
        return _problem(
            request,
            500,
            _("Something went wrong"),
            _("This is Ownway's fault, not yours. What you did so far is kept."),
        )

    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(RequestValidationError, unreadable)
    app.add_exception_handler(NotHereError, missing)
    app.add_exception_handler(NobodyYetError, nobody)
    app.add_exception_handler(SavingError, unsaved)
    app.add_exception_handler(OwnwayError, refused)
    app.add_exception_handler(ClientDisconnect, gone)
    app.add_exception_handler(Exception, broken)


def _told(error: Exception, translate: Translate) -> str:
    return error.told(translate) if isinstance(error, OwnwayError) else str(error)


def _problem(request: Request, status: int, title: str, message: str) -> Response:
    return page(request, "error.html", {"title": title, "message": message}, status)
