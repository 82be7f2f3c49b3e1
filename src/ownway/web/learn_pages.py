"""Learn: the pages, the tree, the table of all evidence, and searching in all of it."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ownway.coach.records import Figure
from ownway.exercises.schema import Exercise, Grade
from ownway.exercises.sources import sources
from ownway.learn.evidence import claims_at, evidence, part_of, stated
from ownway.learn.grades import GRADES, MARKS, MEANINGS, WORDS
from ownway.learn.html import Notes, graded
from ownway.learn.tree import ROOT, Node, moved_to
from ownway.store.search import Entry, Hit
from ownway.web.house import house_of
from ownway.web.pages import READ
from ownway.web.problems import NotHereError
from ownway.web.reading import Reading, cited, reading_of
from ownway.web.rendering import page
from ownway.web.services import Services, services_of

router = APIRouter(default_response_class=Response)

MOST_ASKED = 200  # letters of a search that are looked at; chosen by us, more is no search


@router.api_route("/learn", name="learn", methods=READ)
async def learn(request: Request) -> Response:
    """Show the first page: what there is to read."""
    return await _show(request, ROOT)


@router.api_route("/learn/search", name="learn_search", methods=READ)
async def learn_search(request: Request, q: str = "") -> Response:
    """Show what has the words that somebody looks for, the best first."""
    services = services_of(request)
    reading, asked = reading_of(request, services), " ".join(q[:MOST_ASKED].split())
    entries = [_entry(services, node) for node in reading.tree.nodes.values()]
    finder = house_of(request).finder
    hits = await services.settings.run_blocking(lambda: finder.find(services.language, entries, asked))
    meant = await services.settings.run_blocking(lambda: finder.meant(services.language, entries, asked))
    found = [(hit, reading.lead(reading.tree.nodes[hit.key]), _shown(hit)) for hit in hits]
    return page(
        request, "learn_search.html", {"asked": asked, "meant": meant, "found": found, "way": reading.way_to(ROOT)}
    )


@router.api_route("/learn/{address:path}", name="learn_page", methods=READ)
async def learn_page(request: Request, address: str) -> Response:
    """Show a page; one that moved is found at its old address, too."""
    return await _show(request, address)


async def _show(request: Request, address: str) -> Response:
    services = services_of(request)
    reading = reading_of(request, services)
    node = reading.tree.nodes.get(address)
    if node is None or node.exercise is not None:
        return _moved(reading, address)
    person = await services.settings.run_blocking(services.persons.get)
    notes = Notes()
    written = node.page
    gathered = _Gathered(reading, request.query_params) if written and written.shows == "evidence" else None
    whole = gathered is None or gathered.whole
    shown: dict[str, object] = {
        "written": written,
        "title": reading.lead(node).title,
        "body": reading.body(written, person.figure, notes) if written and whole else "",
        "way": reading.way_to(address),
        "below": reading.below(address),
        "shelves": reading.shelves() if address == ROOT else [],
        "related": [] if written is None else reading.related(written),
        "gathered": gathered,
        "table": None if gathered is None else gathered.table(person.figure, notes),
        "grades": [(services.translate(WORDS[g]), MARKS[g], services.translate(MEANINGS[g])) for g in GRADES],
    }
    return page(request, "learn.html", {**shown, "cited": cited(notes)})


def _moved(reading: Reading, address: str) -> Response:
    there = moved_to(reading.pages, address)
    if there is not None:
        now = reading.lead(reading.tree.nodes[there.address]).href
        return RedirectResponse(now, status_code=308)
    raise NotHereError(
        reading.services.translate("There is no such page here. Perhaps the search finds what you look for.")
    )


class _Gathered:
    """All evidence, or the part that somebody asks for: what one place says, or one grade."""

    def __init__(self, reading: Reading, asked: Mapping[str, str]) -> None:
        self._reading = reading
        services = reading.services
        self._all = evidence(stated(reading.pages, services.exercises.values(), services.translate))
        self._counts = claims_at(self._all)
        self._place = asked.get("about") if asked.get("about") in self._counts else None
        sure = asked.get("sure") if self._place is None else None
        self._grade = next((grade for grade in self._all if grade == sure), None)
        self._rows = part_of(self._all, place=self._place, grade=self._grade)
        self.whole = self._place is None and self._grade is None
        self.all, self.count = (sum(map(len, rows.values())) for rows in (self._all, self._rows))

    @property
    def what(self) -> str:
        """Return what the part is about; empty for the whole."""
        if self._place is not None:
            return self._reading.lead(self._reading.tree.nodes[self._place]).title
        return "" if self._grade is None else self._reading.services.translate(WORDS[self._grade])

    def grades(self) -> list[tuple[Grade, str, str, int, bool]]:
        """Return each grade there is: its mark and words, how many claims have it, and whether it is looked at."""
        told = self._reading.services.translate
        return [(g, MARKS[g], told(WORDS[g]), len(rows), g == self._grade) for g, rows in self._all.items()]

    def places(self) -> list[tuple[str, str, int, bool]]:
        """Return each place that makes claims, pages first: what it is called, how many, and whether it is looked at."""
        nodes = sorted((self._reading.tree.nodes[place] for place in self._counts), key=lambda node: node.rank)
        titles = [(node.key, self._reading.lead(node).title) for node in nodes]
        return [(key, title, self._counts[key], key == self._place) for key, title in titles]

    def table(self, figure: Figure, notes: Notes) -> list[tuple[object, ...]]:
        """Return the rows: the claim, its mark, and the ways to where it stands; the surest first."""
        manner, nodes = self._reading.manner(figure), self._reading.tree.nodes
        return [
            (
                row.claim.claim,
                Markup(graded(row.claim, manner, notes)),  # noqa: S704 - made by html.py, which escapes
                [self._reading.lead(nodes[place]) for place in row.places],
            )
            for rows in self._rows.values()
            for row in rows
        ]


def _entry(services: Services, node: Node) -> Entry:
    """Return what can be found of a place."""
    if node.exercise is not None:
        told = services.translate
        return Entry(node.key, told(node.title), told(node.exercise.summary), _words(services, node.exercise))
    if node.page is None:
        return Entry(node.key, services.translate(node.title), "", "")
    cited = (sources()[source].text for source in node.page.sources)
    return Entry(node.key, node.page.title, node.page.summary, "\n".join((node.page.text, *cited)))


def _words(services: Services, exercise: Exercise) -> str:
    shown = exercise.demonstration
    claims = (claim.claim for claim in exercise.claims)
    ways = () if shown is None else (variant.title for variant in (*shown.levels, *shown.faults))
    texts = (exercise.needs, exercise.takes, *exercise.steps, *exercise.prepare, *exercise.fault_texts.values())
    return "\n".join(services.translate(text) for text in (*texts, *ways, *claims) if text)


def _shown(hit: Hit) -> tuple[object, ...]:
    """Return the parts to show below the title: the words around what was found, or the summary where that has it."""
    return hit.summary if not any(part.found for part in hit.text) else hit.text
