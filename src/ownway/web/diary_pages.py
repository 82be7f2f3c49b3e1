"""The diary: how the back is now, in one tap; more about it for who wants; and all that was written, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ownway.programme.diary import (
    AREA_WORDS,
    EXTRAS,
    FEEL_WORDS,
    IN_A_LEG,
    LONGEST_MEDICINE,
    LONGEST_NOTE,
    MOST_ACTIVE_MIN,
    OF_A_NERVE,
    Entry,
    Line,
    changes_kind,
    corrects,
)
from ownway.programme.pain import ADVICE, advise_before
from ownway.programme.questionnaires import any_due
from ownway.programme.screening import WHY_NOW
from ownway.web.diary_forms import LARGEST_ENTRY, read_entry, read_extras, read_tap
from ownway.web.forgetting import own_entry
from ownway.web.forms import read_form
from ownway.web.pages import READ, outdate_screening
from ownway.web.rendering import page
from ownway.web.services import Services, services_of
from ownway.web.then import then_of

router = APIRouter(default_response_class=Response)

LINES_A_PAGE = 50
MOST_PAGES = 100_000
PageNumber = Annotated[int, Query(alias="page", ge=1, le=MOST_PAGES)]

# What every template needs to say an entry in words.
WORDS: dict[str, object] = {
    "area_words": AREA_WORDS,
    "feel_words": FEEL_WORDS,
    "longest_note": LONGEST_NOTE,
    "longest_medicine": LONGEST_MEDICINE,
    "most_active_min": MOST_ACTIVE_MIN,
}


@router.api_route("/diary", name="diary", methods=READ)
async def diary(
    request: Request, number: PageNumber = 1, told: str = "", other_kind: bool = False, gone: bool = False
) -> Response:
    """Show how to tell of the back, and what was told so far.

    Parameters
    ----------
    told : id of the entry that was just written. other_kind : its pain is of another kind than ever before.
    gone : something was just deleted.
    """
    services = services_of(request)
    run, now = services.settings.run_blocking, services.settings.clock()
    lines = await run(lambda: services.diary.lines(LINES_A_PAGE + 1, (number - 1) * LINES_A_PAGE))
    entry = await run(lambda: services.diary.get(told)) if told else None
    filled = await run(services.diary.latest_filled)
    return page(
        request,
        "diary.html",
        WORDS
        | {
            "days": _by_day(lines[:LINES_A_PAGE]),
            "number": number,
            "older": len(lines) > LINES_A_PAGE,
            "told": entry,
            "open_entry": entry if entry is not None and corrects(entry, now) else None,
            "advice": [] if entry is None else _advice(services, entry, now, other_kind),
            "why_questions": await _why_questions(services),
            "gone": gone,
            "person": await run(services.persons.get),
            "extras": EXTRAS,
            "then": await then_of(services),
            "filled": filled,
            "function_due": any_due(filled, now),
        },
    )


@router.post("/diary/pain", name="tap_pain")
async def tap_pain(request: Request) -> Response:
    """Keep how much it hurts now; another number soon after mends the first."""
    services = services_of(request)
    run, now = services.settings.run_blocking, services.settings.clock()
    pain, earlier_id = read_tap(await read_form(request, services.translate), services.translate)
    earlier = await run(lambda: services.diary.get(earlier_id)) if earlier_id else None
    if earlier is not None and corrects(earlier, now):
        entry = replace(earlier, pain_now=pain)
    else:
        entry = Entry(services.settings.new_id(), now, pain_now=pain)
    return await _keep(request, services, entry)


@router.post("/diary/entries", name="add_entry")
async def add_entry(request: Request) -> Response:
    """Keep a new entry."""
    services = services_of(request)
    new = Entry(services.settings.new_id(), services.settings.clock())
    fields = await read_form(request, services.translate, LARGEST_ENTRY)
    return await _keep(request, services, read_entry(fields, new, services.translate))


@router.api_route("/diary/entries/{entry_id}", name="entry", methods=READ)
async def entry(request: Request, entry_id: str) -> Response:
    """Show an entry, to be changed."""
    services = services_of(request)
    shown = await own_entry(services, entry_id)
    person = await services.settings.run_blocking(services.persons.get)
    return page(request, "entry.html", WORDS | {"entry": shown, "person": person})


@router.post("/diary/entries/{entry_id}", name="change_entry")
async def change_entry(request: Request, entry_id: str) -> Response:
    """Keep an entry with what was changed; its moment stays."""
    services = services_of(request)
    known = await own_entry(services, entry_id)
    fields = await read_form(request, services.translate, LARGEST_ENTRY)
    return await _keep(request, services, read_entry(fields, known, services.translate))


@router.post("/diary/extras", name="save_extras")
async def save_extras(request: Request) -> Response:
    """Remember what the diary is to ask for besides; what was noted already stays."""
    services = services_of(request)
    run = services.settings.run_blocking
    extras = read_extras(await read_form(request, services.translate))
    person = await run(services.persons.get)
    await run(lambda: services.persons.save(replace(person, extras=extras)))
    return RedirectResponse(request.url_for("diary"), status_code=303)


async def _keep(request: Request, services: Services, kept: Entry) -> Response:
    """Keep the entry; where its pain is of another kind than ever before, the answers before exercising no longer hold."""
    run = services.settings.run_blocking
    other_kind = bool(IN_A_LEG & set(kept.areas) or OF_A_NERVE & set(kept.feels)) and changes_kind(
        kept, await run(services.diary.kinds_told)
    )
    await run(lambda: services.diary.save(kept))
    address = request.url_for("diary").include_query_params(told=kept.id)
    if other_kind:
        await outdate_screening(services)
        address = address.include_query_params(other_kind=1)
    return RedirectResponse(address, status_code=303)


def _advice(services: Services, told: Entry, now: datetime, other_kind: bool) -> list[str]:
    """Return what to tell somebody who wrote this; pain of another day says nothing about today."""
    today = told.at.astimezone().date() == now.astimezone().date()
    advice = advise_before(told.pain_now if today else None, other_kind)
    return [services.translate(ADVICE[line]) for line in advice]


async def _why_questions(services: Services) -> str | None:
    """Return why the questions before exercising come again, where a pain of another kind is the reason."""
    latest = await services.settings.run_blocking(services.screenings.latest)
    return None if latest is None or latest.outdated_at is None else services.translate(WHY_NOW["changed"])


def _by_day(lines: Sequence[Line]) -> list[tuple[date, list[Line]]]:
    """Return the lines day by day, by the clock of this computer."""
    return [(day, list(group)) for day, group in groupby(lines, key=lambda line: line.at.astimezone().date())]
