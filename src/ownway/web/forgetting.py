"""Taking something out of the diary, for good. Every page here asks first; what deletes goes through ``erasing``."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ownway.programme.diary import AREA_WORDS, FEEL_WORDS, Entry
from ownway.programme.questionnaires import Filled
from ownway.web import erasing
from ownway.web.forms import FormError
from ownway.web.pages import READ, own_session
from ownway.web.problems import NotHereError
from ownway.web.rendering import page
from ownway.web.services import Services, services_of
from ownway.web.then import then_of

router = APIRouter(default_response_class=Response)


@router.api_route("/diary/entries/{entry_id}/forget", name="ask_forget_entry", methods=READ)
async def ask_forget_entry(request: Request, entry_id: str) -> Response:
    """Ask whether an entry is really to be deleted."""
    entry = await own_entry(services_of(request), entry_id)
    return _ask(
        request, {"entry": entry}, "forget_entry", request.url_for("entry", entry_id=entry_id), entry_id=entry_id
    )


@router.post("/diary/entries/{entry_id}/forget", name="forget_entry")
async def forget_entry(request: Request, entry_id: str) -> Response:
    """Delete an entry; one that is gone already stays gone."""
    services = services_of(request)
    await erasing.forget_entry(services, entry_id)
    return RedirectResponse(request.url_for("diary").include_query_params(gone=1), status_code=303)


@router.api_route("/diary/function/{filled_id}/forget", name="ask_forget_filled", methods=READ)
async def ask_forget_filled(request: Request, filled_id: str) -> Response:
    """Ask whether a questionnaire that was filled in is really to be deleted."""
    filled = await _own_filled(services_of(request), filled_id)
    return _ask(request, {"filled": filled}, "forget_filled", request.url_for("function"), filled_id=filled_id)


@router.post("/diary/function/{filled_id}/forget", name="forget_filled")
async def forget_filled(request: Request, filled_id: str) -> Response:
    """Delete a questionnaire that was filled in; one that is gone already stays gone."""
    services = services_of(request)
    await erasing.forget_filled(services, filled_id)
    return RedirectResponse(request.url_for("function").include_query_params(gone=1), status_code=303)


@router.api_route("/sessions/{session_id}/forget", name="ask_forget_session", methods=READ)
async def ask_forget_session(request: Request, session_id: str) -> Response:
    """Ask whether a session is really to be deleted."""
    services = services_of(request)
    record = await own_session(services, session_id)
    exercise = (await then_of(services)).of(record.exercise_id, record.exercise_file)
    keep = request.url_for("summary", session_id=session_id)
    told: dict[str, object] = {"session": record, "exercise": exercise}
    return _ask(request, told, "forget_session", keep, session_id=session_id)


@router.post("/sessions/{session_id}/forget", name="forget_session")
async def forget_session(request: Request, session_id: str) -> Response:
    """Delete a session with all that was seen in it; one that is gone already stays gone."""
    services = services_of(request)
    record = await services.settings.run_blocking(lambda: services.sessions.get(session_id))
    if record is not None and record.ended_at is None:
        raise FormError([services.translate("This session still runs. Please end it first.")])
    await erasing.forget_session(services, session_id)
    return RedirectResponse(request.url_for("diary").include_query_params(gone=1), status_code=303)


async def own_entry(services: Services, entry_id: str) -> Entry:
    """Return an entry of this person; NotHereError where there is none."""
    entry = await services.settings.run_blocking(lambda: services.diary.get(entry_id))
    if entry is None:
        raise NotHereError(services.translate("There is no such entry in your diary."))
    return entry


async def _own_filled(services: Services, filled_id: str) -> Filled:
    filled = await services.settings.run_blocking(lambda: services.diary.get_filled(filled_id))
    if filled is None:
        raise NotHereError(services.translate("There is no such questionnaire in your diary."))
    return filled


def _ask(request: Request, told: dict[str, object], name: str, keep: URL, **ids: str) -> Response:
    shown: dict[str, object] = dict.fromkeys(("entry", "filled", "session", "exercise"))
    words = {"area_words": AREA_WORDS, "feel_words": FEEL_WORDS}
    addresses = {"action": request.url_for(name, **ids), "keep": keep}
    return page(request, "forget.html", {**shown, **told, **words, **addresses})
