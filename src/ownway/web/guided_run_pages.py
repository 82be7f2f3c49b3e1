"""The guided run: the page before it, the run itself, and keeping what was done.

The run is led by its page alone: it takes along all that will be said, and tells of what was done when the server is in
reach again. Here is nothing that lasts as long as a run.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from ownway.coach.voice import speak_s
from ownway.errors import later
from ownway.programme.guided_run import PARTS, RUN, WAYS, RunCue, Way, WayId, cues, parts, record, way_of
from ownway.programme.pain import ADVICE
from ownway.web.forms import read_begin, read_form, read_run, read_way
from ownway.web.gate import Wish, detour
from ownway.web.pages import READ, Pain, outdate_screening
from ownway.web.rendering import page
from ownway.web.services import Services, services_of
from ownway.web.today import plan_today
from ownway.web.translation import Translate

router = APIRouter(default_response_class=Response)

HURT_WORDS = later("Stop. Walk home slowly.")
FIRST_WAY: WayId = "walk"  # chosen by us: nearly everybody can, and for the plan a brisk walk is as good as a run

_SOMEBODY_ELSES = 409

AnyWay = Annotated[WayId, Query()]


@router.api_route("/run", name="run", methods=READ)
async def prepare_run(request: Request) -> Response:
    """Let the person choose how to run or walk, and ask how the back feels; or lead to what comes first."""
    services = services_of(request)
    first = await _detour(request, services)
    if first is not None:
        return RedirectResponse(first, status_code=303)
    chosen = await _last_way(services)
    return page(request, "run_prepare.html", {"ways": list(WAYS.values()), "chosen": chosen})


@router.post("/run/begin", name="begin_run")
async def begin_run(request: Request) -> Response:
    """Go to the run, or to what to do instead."""
    services = services_of(request)
    fields = await read_form(request, services.translate)
    known = await services.settings.run_blocking(services.persons.get)
    told = read_begin(fields, known, services.translate)
    way = read_way(fields, services.translate)
    if told.new_leg:
        await outdate_screening(services)
        instead = request.url_for("not_today", exercise_id=RUN).include_query_params(new_leg=True)
        return RedirectResponse(instead, status_code=303)
    first = await _detour(request, services, told.pain_before)
    if first is not None:
        return RedirectResponse(first, status_code=303)
    address = request.url_for("run_go").include_query_params(way=way)
    if told.pain_before is not None:
        address = address.include_query_params(pain_before=told.pain_before)
    return RedirectResponse(address, status_code=303)


@router.api_route("/run/go", name="run_go", methods=READ)
async def run_go(request: Request, way: AnyWay, pain_before: Pain | None = None) -> Response:
    """Show the run itself, with all that it will say; one that the page has kept goes on there."""
    services = services_of(request)
    first = await _detour(request, services, pain_before)
    if first is not None:
        return RedirectResponse(first, status_code=303)
    _ = services.translate
    advice = [_(ADVICE[line]) for line in ("emergency_chest", "emergency_signs")]
    config = run_script(request, WAYS[way], pain_before, _)
    return page(
        request, "run.html", {"way": WAYS[way], "config": config, "advice": advice, "hurt_words": _(HURT_WORDS)}
    )


@router.post("/run", name="save_run")
async def save_run(request: Request) -> Response:
    """Keep a run that is over. The page sends it until it is answered, so the same one may come twice and is kept once."""
    services = services_of(request)
    fields = await read_form(request, services.translate)
    if fields.get("person", "") not in ("", str(services.me.id)):
        return Response(status_code=_SOMEBODY_ELSES)  # the page keeps it until that person is there again
    told = read_run(fields, services.settings.clock(), services.translate)
    kept, ran = record(told)
    await services.settings.run_blocking(lambda: services.sessions.keep(kept, [ran]))
    return JSONResponse(
        {"id": kept.id, "summary": str(request.url_for("summary", session_id=kept.id))},
        headers={"Cache-Control": "no-store"},
    )


async def _detour(request: Request, services: Services, pain_before: int | None = None) -> URL | None:
    person = await services.settings.run_blocking(services.persons.get)
    return await detour(request, services, Wish(RUN, "timer", pain_before), person, await plan_today(services))


def run_script(request: Request, way: Way, pain_before: int | None, translate: Translate) -> dict[str, Any]:
    """Return all that the page needs to lead the run by itself, plain JSON data; every address in it is whole."""
    return {
        "way": way.id,
        "pain_before": pain_before,
        "save": str(request.url_for("save_run")),
        "start": str(request.url_for("start")),
        "parts": [
            {
                "kind": part.kind,
                "start_s": part.start_s,
                "length_s": part.length_s,
                "label": translate(PARTS[part.kind]),
            }
            for part in parts(way)
        ],
        "cues": [_spoken(cue, translate) for cue in cues(way)],
    }


def _spoken(cue: RunCue, translate: Translate) -> dict[str, Any]:
    text = translate(cue.text)
    told = {"cue": cue.id, "at_s": cue.at_s, "text": text, "tone": cue.tone, "changes": cue.changes}
    return told | {"speak_s": speak_s(text)}


async def _last_way(services: Services) -> WayId:
    """Return how the person ran or walked last time."""
    sessions = await services.settings.run_blocking(lambda: services.sessions.history(1, exercise_id=RUN))
    last = way_of(sessions[0]) if sessions else None
    return FIRST_WAY if last is None else last.id
