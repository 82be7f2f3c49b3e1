"""The report for a doctor or physiotherapist: to look at and print, or as a file."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from ownway.programme.progress import PeriodName
from ownway.report.letter import CSS, Letter, html, pdf
from ownway.reporting import letter_of
from ownway.web.house import house_of
from ownway.web.pages import READ
from ownway.web.rendering import page
from ownway.web.services import Services, services_of
from ownway.web.translation import translations

router = APIRouter(default_response_class=Response)

Over = Annotated[PeriodName, Query(alias="period")]


@router.api_route("/progress/report", name="report", methods=READ)
async def report(request: Request, over: Over = "year") -> Response:
    """Show the report as it will be on paper."""
    services = services_of(request)
    told = await services.settings.run_blocking(lambda: _letter(request, services, over))
    files = [kind for kind, maker in (("html", "vl_convert"), ("pdf", "weasyprint")) if find_spec(maker) is not None]
    return page(request, "report.html", {"letter": told, "shown": over, "files": files})


@router.api_route("/progress/report.css", name="report_css", methods=READ)
async def report_css() -> Response:
    """Give the report's own look, which its files carry within them."""
    return FileResponse(CSS, media_type="text/css")


@router.api_route("/progress/ownway-report.{kind}", name="report_file", methods=READ)
async def report_file(request: Request, kind: Literal["html", "pdf"], over: Over = "year") -> Response:
    """Give the report as a file to keep or to send."""
    services = services_of(request)
    run = services.settings.run_blocking
    told = await run(lambda: _letter(request, services, over))
    text = await run(lambda: html(told, translations(services.language), services.language))
    data = text.encode() if kind == "html" else await run(lambda: pdf(text))
    name = f"ownway-report-{told.made_on.isoformat()}.{kind}"
    media = "text/html; charset=utf-8" if kind == "html" else "application/pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(data, media_type=media, headers=headers)


def _letter(request: Request, services: Services, over: PeriodName) -> Letter:
    today = services.settings.clock().astimezone().date()
    return letter_of(house_of(request).database, services.me, over, today, translations(services.language))
