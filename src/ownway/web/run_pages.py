"""The pages of runs: the list, taking files from a watch, and forgetting a run."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ownway.importing import Imported, import_file
from ownway.media.runs.reading import MOST_BYTES
from ownway.programme.guided_run import RUN, as_run
from ownway.programme.runs import Outing, outings
from ownway.web.forms import FormError
from ownway.web.pages import READ
from ownway.web.problems import NotHereError
from ownway.web.rendering import page
from ownway.web.services import Services, services_of
from ownway.web.today import ALL_SESSIONS
from ownway.web.uploads import Upload, read_uploads

router = APIRouter(default_response_class=Response)

Count = Annotated[int, Query(ge=0)]


@router.api_route("/runs", name="runs", methods=READ)
async def runs(request: Request, new: Count = 0, known: Count = 0, forgotten: bool = False) -> Response:
    """Show the runs and the form that takes more; after one, what came of it."""
    return await _list(request, new=new, known=known, forgotten=forgotten)


@router.post("/runs", name="import_runs")
async def import_runs(request: Request) -> Response:
    """Take the files; where some were refused, say at once which and why."""
    services = services_of(request)
    uploads = read_uploads(request, "files", MOST_BYTES, services.translate)
    outcomes = [await _take(services, upload) async for upload in uploads]
    if not outcomes:
        raise FormError([services.translate("No file was chosen. Choose the files of your runs first.")])
    new, known = sum(len(one.new) for one in outcomes), sum(len(one.known) for one in outcomes)
    refused = [(one.name, one.refused.told(services.translate)) for one in outcomes if one.refused is not None]
    if refused:
        return await _list(request, new=new, known=known, refused=refused, status_code=422)
    return RedirectResponse(request.url_for("runs").include_query_params(new=new, known=known), status_code=303)


@router.api_route("/runs/{run_id}/forget", name="ask_forget_run", methods=READ)
async def ask_forget_run(request: Request, run_id: str) -> Response:
    """Ask whether the run is really to be forgotten."""
    services = services_of(request)
    outing = _with_id(await _outings(services), run_id)
    if outing is None:
        raise NotHereError(services.translate("There is no such run in your diary."))
    person = await services.settings.run_blocking(services.persons.get)
    return page(request, "forget_run.html", {"outing": outing, "person": person})


@router.post("/runs/{run_id}/forget", name="forget_run")
async def forget_run(request: Request, run_id: str) -> Response:
    """Forget the run, as Ownway led it and as a watch told of it; one that is gone already stays gone."""
    services = services_of(request)
    run = services.settings.run_blocking
    outing = _with_id(await _outings(services), run_id)
    for name in () if outing is None else outing.ids:
        await run(partial(services.runs.delete, name))
        await run(partial(services.sessions.delete, name))
    return RedirectResponse(request.url_for("runs").include_query_params(forgotten=1), status_code=303)


async def _take(services: Services, upload: Upload) -> Imported:
    settings, kept = services.settings, services.runs
    return await settings.run_blocking(
        lambda: import_file(upload.name, upload.data, kept, settings.clock(), settings.new_id)
    )


async def _list(
    request: Request,
    *,
    new: int = 0,
    known: int = 0,
    refused: list[tuple[str, str]] | None = None,
    forgotten: bool = False,
    status_code: int = 200,
) -> Response:
    services = services_of(request)
    run = services.settings.run_blocking
    known_runs = await _outings(services)
    person = await run(services.persons.get)
    context: dict[str, object] = {"outings": known_runs, "person": person, "new": new, "known": known}
    return page(request, "runs.html", context | {"refused": refused or [], "forgotten": forgotten}, status_code)


async def _outings(services: Services) -> list[Outing]:
    """Return what is known of each run and walk, whoever told of it."""
    run = services.settings.run_blocking
    guided = await run(lambda: services.sessions.history(ALL_SESSIONS, exercise_id=RUN))
    imported = await run(services.runs.history)
    return outings({s.id: as_run(s) for s in guided}, {kept.id: kept.run for kept in imported})


def _with_id(known: Sequence[Outing], run_id: str) -> Outing | None:
    return next((outing for outing in known if run_id in outing.ids), None)
