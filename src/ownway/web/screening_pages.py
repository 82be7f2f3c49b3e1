"""The questions before somebody exercises, one a page; what they lead to; and what was answered so far."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ownway.programme.days import ITEMS
from ownway.programme.pain import ADVICE, advise_before
from ownway.programme.plan import BECAUSE
from ownway.programme.screening import (
    BY_ID,
    RUN,
    WHY_NOW,
    Question,
    Screening,
    answered,
    asked,
    begun,
    due,
    judged,
    movements,
    open_question,
    told_by_age,
    with_cleared,
)
from ownway.web.erasing import forget_answers
from ownway.web.forms import read_answer, read_cleared, read_form
from ownway.web.pages import READ, Pain, known_exercise
from ownway.web.problems import NotHereError
from ownway.web.rendering import page
from ownway.web.services import Services, services_of
from ownway.web.today import plan_today

router = APIRouter(default_response_class=Response)


@router.api_route("/screening", name="screening", methods=READ)
async def screening(request: Request) -> Response:
    """Say why the questions come, how long they take and where the answers stay."""
    services = services_of(request)
    latest, unfinished = await _kept(services)
    why = due(latest, unfinished, services.settings.clock())
    put = unfinished or await _begun(services, latest)
    return page(
        request,
        "screening.html",
        {
            "why": None if why is None else services.translate(WHY_NOW[why]),
            "unfinished": unfinished is not None,
            "answered_before": latest is not None,
            "count": len(asked(put)),
        },
    )


@router.post("/screening", name="begin_screening")
async def begin_screening(request: Request) -> Response:
    """Begin the questions, or go on where they were left."""
    services = services_of(request)
    latest, unfinished = await _kept(services)
    if unfinished is None:
        unfinished = await _begun(services, latest)
        await _save(services, unfinished)
    return _onward(request, unfinished, None)


@router.api_route("/screening/questions/{question_id}", name="screening_question", methods=READ)
async def screening_question(request: Request, question_id: str) -> Response:
    """Show one question, with the answer that was given already."""
    services = services_of(request)
    _latest, unfinished = await _kept(services)
    if unfinished is None:
        return RedirectResponse(request.url_for("screening"), status_code=303)
    questions = asked(unfinished)
    number = questions.index(_asked(services, unfinished, question_id))
    return page(
        request,
        "screening_question.html",
        {
            "question": questions[number],
            "given": unfinished.answers.get(question_id),
            "number": number + 1,
            "count": len(questions),
            "before": questions[number - 1] if number else None,
        },
    )


@router.post("/screening/questions/{question_id}", name="answer_screening")
async def answer_screening(request: Request, question_id: str) -> Response:
    """Keep an answer at once, then put the next question."""
    services = services_of(request)
    _latest, unfinished = await _kept(services)
    if unfinished is None:  # answered to the end in another window
        return RedirectResponse(request.url_for("screening"), status_code=303)
    _asked(services, unfinished, question_id)
    answer = read_answer(await read_form(request, services.translate), services.translate)
    changed = answered(unfinished, question_id, answer, services.settings.clock())
    await _save(services, changed)
    return _onward(request, changed, question_id)


@router.api_route("/screening/outcome", name="screening_outcome", methods=READ)
async def screening_outcome(request: Request) -> Response:
    """Show what the answers lead to."""
    services = services_of(request)
    latest, unfinished = await _kept(services)
    if latest is None or unfinished is not None:
        return RedirectResponse(request.url_for("screening"), status_code=303)
    verdict = judged(latest)
    held = verdict.held(movements(services.exercises.values()))
    titles = {id_: services.translate(each.title) for id_, each in services.exercises.items()}
    return page(
        request,
        "screening_outcome.html",
        {
            "verdict": verdict,
            "names": {RUN: services.translate("The run"), **titles},
            "free": [services.exercises[id_] for id_ in ITEMS if id_ in services.exercises and id_ not in held],
            "others_free": any(id_ not in held and id_ not in ITEMS for id_ in services.exercises),
            "run_is_free": RUN not in held,
            "held": [(movement, questions) for movement, questions in held.items() if movement in ITEMS],
            "others_held": [titles[movement] for movement in held if movement not in ITEMS],
        },
    )


@router.post("/screening/cleared", name="clear_screening")
async def clear_screening(request: Request) -> Response:
    """Take the person's word, with today's date, that somebody who knows their back lets them exercise."""
    services = services_of(request)
    latest, _unfinished = await _kept(services)
    ids = read_cleared(await read_form(request, services.translate), services.translate)
    if latest is not None:
        await _save(services, with_cleared(latest, ids, services.settings.clock()))
    return RedirectResponse(request.url_for("screening_outcome"), status_code=303)


@router.api_route("/screening/answers", name="screening_answers", methods=READ)
async def screening_answers(request: Request) -> Response:
    """Show every answer that is kept, with its date, to be looked at or withdrawn."""
    services = services_of(request)
    kept = await services.settings.run_blocking(services.screenings.all)
    _latest, unfinished = await _kept(services)
    return page(
        request,
        "screening_answers.html",
        {
            "screenings": [
                (each, [(question, each.answers[id_]) for id_, question in BY_ID.items() if id_ in each.answers])
                for each in (*((unfinished,) if unfinished else ()), *kept)
            ]
        },
    )


@router.post("/screening/withdraw", name="withdraw_screening")
async def withdraw_screening(request: Request) -> Response:
    """Forget all answers; before the next session the questions come again."""
    services = services_of(request)
    await forget_answers(services)
    return RedirectResponse(request.url_for("screening_answers"), status_code=303)


@router.api_route("/exercises/{exercise_id}/not-today", name="not_today", methods=READ)
async def not_today(request: Request, exercise_id: str, pain: Pain | None = None, new_leg: bool = False) -> Response:
    """Show what to do instead of a session, when the back hurts too much for one, or on a day of rest."""
    services = services_of(request)
    _ = services.translate
    title = _("A run or brisk walk") if exercise_id == RUN else _(known_exercise(services, exercise_id).title)
    advice = [_(ADVICE[line]) for line in advise_before(pain, new_leg)]
    closed = None if advice else (await plan_today(services)).closed
    return page(
        request,
        "not_today.html",
        {
            "title": title,
            "pain": pain,
            "new_leg": new_leg,
            "advice": advice,
            "closed": closed,
            "reason": None if closed is None else _(BECAUSE[closed]),
        },
    )


async def _begun(services: Services, latest: Screening | None) -> Screening:
    """Return a new screening, without what the year of birth answers."""
    person = await services.settings.run_blocking(services.persons.get)
    now = services.settings.clock()
    return begun(latest, now, told_by_age(person.birth_year, now.year))


async def _kept(services: Services) -> tuple[Screening | None, Screening | None]:
    run = services.settings.run_blocking
    return await run(services.screenings.latest), await run(services.screenings.unfinished)


async def _save(services: Services, changed: Screening) -> None:
    await services.settings.run_blocking(lambda: services.screenings.save(changed))


def _onward(request: Request, of: Screening, after: str | None) -> Response:
    following = None if of.finished_at else open_question(of, after)
    if following is None:
        return RedirectResponse(request.url_for("screening_outcome"), status_code=303)
    return RedirectResponse(request.url_for("screening_question", question_id=following.id), status_code=303)


def _asked(services: Services, of: Screening, question_id: str) -> Question:
    for question in asked(of):
        if question.id == question_id:
            return question
    raise NotHereError(services.translate("There is no such question among these."))
