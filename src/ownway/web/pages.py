"""The pages of an exercise: itself, what comes before it, the session, its summary; and what their forms save."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ownway.coach.events import Ran
from ownway.coach.records import HurtReport, Mode, SessionRecord
from ownway.coach.summary import summarise
from ownway.exercises.schema import Exercise
from ownway.programme.dose import fitted
from ownway.programme.guided_run import RUN, as_run, way_of
from ownway.programme.pain import ADVICE, advise_after, advise_on_hurt, changes_kind
from ownway.programme.plan import Plan
from ownway.programme.runs import counts
from ownway.programme.screening import BY_ID, outdated
from ownway.web.forms import FormError, read_begin, read_form, read_hurt, read_pain
from ownway.web.gate import Wish, detour, warns_of_bending
from ownway.web.problems import NotHereError
from ownway.web.rendering import page
from ownway.web.services import Services, services_of
from ownway.web.session_config import session_config
from ownway.web.then import then_of
from ownway.web.today import beside, held_of, plan_today

router = APIRouter(default_response_class=Response)

READ = ["GET", "HEAD"]
Pain = Annotated[int, Query(ge=0, le=10)]


@router.api_route("/exercises/{exercise_id}", name="exercise", methods=READ)
async def exercise(request: Request, exercise_id: str) -> Response:
    """Show an exercise: its movement, step by step, what to avoid, what to ask about first, and the ways to begin."""
    services = services_of(request)
    shown = known_exercise(services, exercise_id)
    person = await services.settings.run_blocking(services.persons.get)
    told = {
        "exercise": shown,
        "person": person,
        "own": services.shelf.shelved[exercise_id].own,
        "cautions": [BY_ID[caution] for caution in shown.cautions],
        "stands": await beside(services, shown),
        "reason": (await held_of(services)).get(exercise_id),
    }
    return page(request, "exercise.html", told)


@router.api_route("/exercises/{exercise_id}/prepare", name="prepare", methods=READ)
async def prepare(request: Request, exercise_id: str, mode: Mode = "camera") -> Response:
    """Show what to know before the movement begins, and ask how the back feels; or lead to what comes first."""
    services = services_of(request)
    exercise = known_exercise(services, exercise_id)
    _check_sample(services, exercise, mode)
    person = await services.settings.run_blocking(services.persons.get)
    plan = await _plan(services, mode)
    # On this page an early bend is asked about.
    first = await detour(request, services, Wish(exercise_id, mode, bends_anyway=True), person, plan)
    if first is not None:
        return RedirectResponse(first, status_code=303)
    line = None if plan is None else plan.line(exercise_id)
    stands = await beside(services, exercise) if line is None or line.standing is None else line.standing
    shown = exercise if plan is None else fitted(exercise, line, person, stands)
    return page(
        request,
        "prepare.html",
        {
            "exercise": shown,
            "mode": mode,
            "person": person,
            "level": None if plan is None or stands is None else stands.level,
            "early": warns_of_bending(services, exercise_id, mode, person),
        },
    )


@router.post("/exercises/{exercise_id}/begin", name="begin")
async def begin(request: Request, exercise_id: str) -> Response:
    """Remember the height, then go to the session, or to what to do instead."""
    services = services_of(request)
    exercise = known_exercise(services, exercise_id)
    run = services.settings.run_blocking
    fields = await read_form(request, services.translate)
    known = await run(services.persons.get)
    told = read_begin(fields, known, services.translate)
    if told.mode != "sample" and told.new_leg:
        await outdate_screening(services)
        instead = request.url_for("not_today", exercise_id=exercise.id).include_query_params(new_leg=True)
        return RedirectResponse(instead, status_code=303)
    if warns_of_bending(services, exercise.id, told.mode, known) and not told.bends_anyway:
        raise FormError(
            [
                services.translate(
                    "You have not been up for long: please tick that you want to bend already, or come back later."
                )
            ]
        )
    if told.person != known:
        await run(lambda: services.persons.save(told.person))
    wish = Wish(exercise.id, told.mode, told.pain_before, bends_anyway=told.bends_anyway)
    first = await detour(request, services, wish, told.person, await _plan(services, told.mode))
    if first is not None:
        return RedirectResponse(first, status_code=303)
    address = request.url_for("session", exercise_id=exercise.id).include_query_params(mode=told.mode)
    if told.pain_before is not None:
        address = address.include_query_params(pain_before=told.pain_before)
    if told.bends_anyway:
        address = address.include_query_params(bends_anyway=True)
    return RedirectResponse(address, status_code=303)


@router.api_route("/exercises/{exercise_id}/session", name="session", methods=READ)
async def session(
    request: Request,
    exercise_id: str,
    mode: Mode = "camera",
    pain_before: Pain | None = None,
    session: str | None = None,
    bends_anyway: bool = False,
) -> Response:
    """Show the session itself; one that is over shows its summary, so that a reload at the end loses nothing."""
    services = services_of(request)
    run = services.settings.run_blocking
    record = None if session is None else await _kept(services, session)
    if record is None:
        session = None
        exercise = known_exercise(services, exercise_id)
    elif record.ended_at is not None:
        return RedirectResponse(request.url_for("summary", session_id=record.id), status_code=303)
    else:  # its file may have changed since it began
        exercise = (await then_of(services)).of(exercise_id, record.exercise_file) or known_exercise(
            services, exercise_id
        )
    _check_sample(services, exercise, mode)
    person = await run(services.persons.get)
    plan = await _plan(services, mode)
    if session is None:  # one that runs already is not held up by a reload
        wish = Wish(exercise_id, mode, pain_before, bends_anyway=bends_anyway)
        first = await detour(request, services, wish, person, plan)
        if first is not None:
            return RedirectResponse(first, status_code=303)
    if plan is not None:
        exercise = fitted(exercise, plan.line(exercise_id), person, await beside(services, exercise))
    config = session_config(
        request,
        exercise,
        person,
        services.translate,
        mode=mode,
        pain_before=pain_before,
        bends_anyway=bends_anyway,
        session=session,
    )
    return page(request, "session.html", {"exercise": exercise, "mode": mode, "person": person, "config": config})


@router.api_route("/sessions/{session_id}", name="summary", methods=READ)
async def summary(request: Request, session_id: str) -> Response:
    """Show what was done in a session."""
    services = services_of(request)
    run = services.settings.run_blocking
    record = await own_session(services, session_id)
    events = await run(lambda: services.sessions.events(session_id))
    hurt = await run(lambda: services.sessions.hurt(session_id))
    shown: dict[str, object] = {"session": record, "hurt": hurt, "advice": _advice(services, record, hurt)}
    if record.exercise_id == RUN:
        ran = next((event for event in events if isinstance(event, Ran)), None)
        return page(
            request, "run_summary.html", shown | {"way": way_of(record), "ran": ran, "counts": counts(as_run(record))}
        )
    then = (await then_of(services)).of(record.exercise_id, record.exercise_file)
    if then is None:
        return page(request, "summary_bare.html", shown)
    exercise = record.asked(then)
    told = {"summary": summarise(exercise, events), "exercise": exercise, "again": _again(services, record)}
    return page(request, "summary.html", shown | told)


@router.post("/sessions/{session_id}/pain", name="save_pain")
async def save_pain(request: Request, session_id: str) -> Response:
    """Remember how the back felt before or after."""
    services = services_of(request)
    await own_session(services, session_id)
    when, pain = read_pain(await read_form(request, services.translate), services.translate)
    await services.settings.run_blocking(lambda: services.sessions.save_pain(session_id, when, pain))
    return RedirectResponse(request.url_for("summary", session_id=session_id), status_code=303)


@router.post("/sessions/{session_id}/hurt", name="save_hurt")
async def save_hurt(request: Request, session_id: str) -> Response:
    """Remember what hurt, then show what to do."""
    services = services_of(request)
    await own_session(services, session_id)
    report = read_hurt(await read_form(request, services.translate), services.translate)
    await services.settings.run_blocking(lambda: services.sessions.save_hurt(session_id, report))
    if changes_kind(report):
        await outdate_screening(services)
    return RedirectResponse(request.url_for("summary", session_id=session_id), status_code=303)


async def _plan(services: Services, mode: Mode) -> Plan | None:
    """Return today's plan; None for a sample clip, which is the same for everybody."""
    return None if mode == "sample" else await plan_today(services)


async def outdate_screening(services: Services) -> None:
    """Remember that the pain has changed its kind: the questions come again."""
    run = services.settings.run_blocking
    latest = await run(services.screenings.latest)
    if latest is not None:
        changed = outdated(latest, services.settings.clock())
        await run(lambda: services.screenings.save(changed))


def known_exercise(services: Services, exercise_id: str) -> Exercise:
    """Return the exercise; NotHereError where the library has none of that name."""
    try:
        return services.exercises[exercise_id]
    except KeyError:
        raise NotHereError(services.translate("There is no such exercise in the library.")) from None


def _check_sample(services: Services, exercise: Exercise, mode: Mode) -> None:
    if mode == "sample" and exercise.sample is None:
        raise NotHereError(services.translate("There is no sample clip of this exercise."))


def _again(services: Services, record: SessionRecord) -> bool:
    """Return whether the same can be done once more: its exercise is still there."""
    exercise = services.exercises.get(record.exercise_id)
    return exercise is not None and (record.mode != "sample" or exercise.sample is not None)


async def _kept(services: Services, session_id: str) -> SessionRecord | None:
    return await services.settings.run_blocking(lambda: services.sessions.get(session_id))


async def own_session(services: Services, session_id: str) -> SessionRecord:
    """Return a session of this person; NotHereError where there is none."""
    record = await _kept(services, session_id)
    if record is None:
        raise NotHereError(services.translate("There is no such session in your history."))
    return record


def _advice(services: Services, record: SessionRecord, hurt: HurtReport | None) -> list[str]:
    if hurt is not None:
        advice = advise_on_hurt(hurt, record.pain_before)
    else:
        advice = advise_after(record.pain_after, record.pain_before)
    return [services.translate(ADVICE[line]) for line in advice]
