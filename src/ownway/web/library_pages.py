"""The page of all exercises: those that come with Ownway, one's own, and files that cannot be used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from ownway.exercises.schema import Exercise
from ownway.programme.days import ITEMS
from ownway.programme.plan import BECAUSE
from ownway.web.pages import READ
from ownway.web.rendering import page
from ownway.web.services import services_of
from ownway.web.today import held_of, plan_today

router = APIRouter(default_response_class=Response)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the tree, with the exercises that are there."""

    path: tuple[str, ...]
    exercises: tuple[Exercise, ...]


@router.api_route("/exercises", name="library", methods=READ)
async def library(request: Request) -> Response:
    """Show all exercises by their place in the tree, and the files that are not used."""
    services = services_of(request)
    shelf = services.shelf
    closed = (await plan_today(services)).closed
    return page(
        request,
        "library.html",
        {
            "places": places(shelf.exercises.values()),
            "daily": ITEMS,
            "own": [id_ for id_, one in shelf.shelved.items() if one.own],
            "held": await held_of(services),
            "closed": None if closed is None else services.translate(BECAUSE[closed]),
            "bad": shelf.bad,
            "folder": services.settings.exercises_dir,
            "person": await services.settings.run_blocking(services.persons.get),
        },
    )


def places(exercises: Iterable[Exercise]) -> tuple[Place, ...]:
    """Return the places that have exercises, in the order of the alphabet; those of the plan stand first in theirs."""
    ordered = sorted(exercises, key=lambda one: (one.path, one.id not in ITEMS))
    return tuple(Place(path, tuple(those)) for path, those in groupby(ordered, key=lambda one: one.path))
