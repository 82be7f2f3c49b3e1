"""The pages of runs: the list, taking files from a watch, and forgetting a run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from ownway.importing import Imported
from ownway.programme.guided_run import RUN, as_run
from ownway.programme.runs import KINDS, Kind, Outing, outings
from ownway.web.diary_pages import LINES_A_PAGE, PageNumber
from ownway.web.erasing import forget_outing
from ownway.web.forms import FormError
from ownway.web.pages import READ
from ownway.web.problems import NotHereError
from ownway.web.rendering import page
from ownway.web.services import Services, services_of
from ownway.web.takings import Taking
from ownway.web.uploads import Sent, read_uploads

router = APIRouter(default_response_class=Response)

ALL_RUNS = 20_000  # ten years of five a day
FEW = 10  # refused files that are shown without being asked for, chosen by us: so many can be read at a glance

Count = Annotated[int, Query(ge=0)]


@router.api_route("/runs", name="runs", methods=READ)
async def runs(
    request: Request, number: PageNumber = 1, new: Count = 0, known: Count = 0, forgotten: bool = False
) -> Response:
    """Show the runs, the newest first, and the form that takes more; after one, what came of it."""
    return await _list(request, new=new, known=known, forgotten=forgotten, number=number)


@router.post("/runs", name="import_runs")
async def import_runs(request: Request) -> Response:
    """Take the files; where that is not done at once, show how far it has come."""
    services = services_of(request)
    sent = await read_uploads(request, "files", services.translate)
    if not sent.files:
        await sent.close()
        raise FormError([services.translate("No file was chosen. Choose the files of your runs first.")])
    taking = await services.takings.begin(services.me.id, sent, services.runs, _untold(sent))
    if not taking.finished:
        return RedirectResponse(request.url_for("importing_runs", taking_id=taking.id), status_code=303)
    return await _outcome(request, taking.result(), refused_code=422)


@router.api_route("/runs/importing/{taking_id}", name="importing_runs", methods=READ)
async def importing_runs(request: Request, taking_id: str) -> Response:
    """Show how far it has come, and in the end what came of the files."""
    taking = _taking(request, taking_id)
    if taking.finished:
        return await _outcome(request, taking.result(), refused_code=200)
    return page(request, "importing.html", {"taking": taking})


@router.get("/runs/importing/{taking_id}/progress", name="importing_progress")
async def importing_progress(request: Request, taking_id: str) -> Response:
    """Tell the open page how far it has come."""
    taking = _taking(request, taking_id)
    return JSONResponse({"done": len(taking.outcomes), "total": taking.total, "finished": taking.finished})


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
    outing = _with_id(await _outings(services), run_id)
    if outing is not None:
        await forget_outing(services, outing)
    return RedirectResponse(request.url_for("runs").include_query_params(forgotten=1), status_code=303)


def _untold(sent: Sent) -> Kind | None:
    return next((kind for kind in KINDS if kind == sent.fields.get("untold")), None)


def _taking(request: Request, taking_id: str) -> Taking:
    services = services_of(request)
    taking = services.takings.get(taking_id, services.me.id)
    if taking is None:
        raise NotHereError(services.translate("These files were read some time ago. Your runs are in the list."))
    return taking


async def _outcome(request: Request, outcomes: list[Imported], refused_code: int) -> Response:
    """Say what came of the files: where some were refused, at once, which and why."""
    translate = services_of(request).translate
    new, known = sum(len(one.new) for one in outcomes), sum(len(one.known) for one in outcomes)
    refused = [(one.name, one.refused.told(translate)) for one in outcomes if one.refused is not None]
    if refused:
        return await _list(request, new=new, known=known, refused=refused, status_code=refused_code)
    return RedirectResponse(request.url_for("runs").include_query_params(new=new, known=known), status_code=303)


async def _list(
    request: Request,
    *,
    new: int = 0,
    known: int = 0,
    refused: list[tuple[str, str]] | None = None,
    forgotten: bool = False,
    number: int = 1,
    status_code: int = 200,
) -> Response:
    services = services_of(request)
    run = services.settings.run_blocking
    known_runs = await _outings(services)
    person = await run(services.persons.get)
    start = (number - 1) * LINES_A_PAGE
    context: dict[str, object] = {
        "outings": known_runs[start : start + LINES_A_PAGE], "number": number, "older": len(known_runs) > start + LINES_A_PAGE,
        "person": person, "new": new, "known": known,
    }  # fmt: skip
    return page(
        request, "runs.html", context | {"refused": refused or [], "forgotten": forgotten, "few": FEW}, status_code
    )


async def _outings(services: Services) -> list[Outing]:
    """Return what is known of each run and walk, whoever told of it."""
    run = services.settings.run_blocking
    guided = await run(lambda: services.sessions.history(ALL_RUNS, exercise_id=RUN))
    imported = await run(lambda: services.runs.history(ALL_RUNS))
    return outings({s.id: as_run(s) for s in guided}, {kept.id: kept.run for kept in imported})


def _with_id(known: Sequence[Outing], run_id: str) -> Outing | None:
    return next((outing for outing in known if run_id in outing.ids), None)
