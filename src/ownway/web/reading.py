"""What can be read here, for whoever is there: the pages and exercises in their tree, as links, marks and notes of a page."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup
from starlette.requests import Request

from ownway.coach.records import Figure
from ownway.exercises.schema import Claim, Exercise
from ownway.exercises.sources import Source, sources
from ownway.learn.grades import WORDS
from ownway.learn.html import Manner, Notes, graded, to_html
from ownway.learn.loader import pages
from ownway.learn.markdown import FIGURE, split
from ownway.learn.page import Page
from ownway.learn.tree import EXERCISE, ROOT, Node, Tree, tree
from ownway.web.services import Services

NEIGHBOURS = 3  # pages to read on from an exercise that no page names; chosen by us


@dataclass(frozen=True, slots=True)
class Lead:
    """A way to a page or exercise: what it is called, what it is about, and where."""

    title: str
    summary: str
    href: str
    language: str
    is_exercise: bool = False
    minutes: int = 0  # to read; 0 where nobody knows


@dataclass(frozen=True, slots=True)
class Stated:
    """A claim, with the HTML of its mark and notes."""

    text: str
    mark: Markup


@dataclass(frozen=True, slots=True)
class Reading:
    """The pages and exercises, as one request shows them."""

    request: Request
    services: Services
    pages: tuple[Page, ...]
    tree: Tree

    def lead(self, node: Node) -> Lead:
        """Return the way to a place of the tree."""
        if node.exercise is not None:
            href = str(self.request.url_for("exercise", exercise_id=node.exercise.id))
            return Lead(self._(node.title), self._(node.exercise.summary), href, self.services.language, True)
        href = str(self.request.url_for("learn_page", address=node.key) if node.key else self.request.url_for("learn"))
        if node.page is None:
            return Lead(self._(node.title), "", href, self.services.language)
        minutes = node.page.minutes if node.page.text else 0
        return Lead(node.page.title, node.page.summary, href, node.page.language, minutes=minutes)

    def way_to(self, key: str) -> list[Lead]:
        """Return the breadcrumbs: the places above this one, and itself."""
        return [self.lead(node) for node in self.tree.way_to(key)]

    def below(self, key: str) -> list[Lead]:
        """Return what stands right below a place."""
        return [self.lead(node) for node in self.tree.below(key)]

    def shelves(self) -> list[tuple[list[Lead], list[Lead]]]:
        """Return what there is to read: for each section the way to it, and the pages and exercises right below it."""
        sections = [self.tree.nodes[ROOT]]
        for at in range(len(self.tree.nodes)):  # those below a section right behind it
            if at < len(sections):
                sections[at + 1 : at + 1] = filter(self._holds, self.tree.below(sections[at].key))
        shelves = ((self.way_to(section.key)[1:], self._leaves(section)) for section in sections)
        return sorted((shelf for shelf in shelves if shelf[1]), key=lambda shelf: not shelf[0])  # what has none, last

    def related(self, page: Page) -> list[Lead]:
        """Return the ways that a page names as related."""
        return [self.lead(node) for node in map(self._node, page.related) if node is not None]

    def beside(self, exercise: Exercise) -> list[Lead]:
        """Return the pages that an exercise is related to: those that name it, or the first ones of its section."""
        key = EXERCISE + exercise.id
        naming = [page for page in self.pages if key in page.related]
        named = [self.tree.nodes[page.address] for page in sorted(naming, key=lambda page: page.related.index(key))]
        above = self.tree.nodes[key].above or ROOT
        neighbours = [node for node in self.tree.below(above) if node.page is not None]
        return [self.lead(node) for node in named or neighbours[:NEIGHBOURS]]

    def manner(self, figure: Figure) -> Manner:
        """Return how the pages of this request are shown."""
        grades = {grade: self._(words) for grade, words in WORDS.items()}
        return Manner(lambda named: self._address(named, figure), grades, self._("Source"))

    def body(self, page: Page, figure: Figure, notes: Notes) -> Markup:
        """Return the text of a page."""
        return Markup(to_html(page, self.manner(figure), notes))  # noqa: S704 - made by html.py, which escapes

    def said(self, claims: tuple[Claim, ...], figure: Figure, notes: Notes) -> list[Stated]:
        """Return claims of an exercise with their marks."""
        manner = self.manner(figure)
        return [Stated(self._(c.claim), Markup(graded(c, manner, notes))) for c in claims]  # noqa: S704 - the same

    def _holds(self, node: Node) -> bool:
        return bool(self.tree.below(node.key))

    def _leaves(self, section: Node) -> list[Lead]:
        return [self.lead(node) for node in self.tree.below(section.key) if not self._holds(node)]

    def _(self, text: str) -> str:
        return self.services.translate(text)

    def _node(self, named: str) -> Node | None:
        kind, target = split(named)
        return self.tree.nodes.get(named) if kind == "exercise" else self.tree.named(target)

    def _address(self, named: str, figure: Figure) -> str:
        """Return the address of what a link or picture of a page names."""
        kind, target = split(named)
        if kind == FIGURE:
            exercise, _, picture = target.partition("/")
            return str(self.request.url_for("static", path=f"figures/{exercise}/{figure}/{picture}.webp"))
        if kind == "app":
            return str(self.request.url_for(target))
        name, _, anchor = named.partition("#")
        node = self._node(name)
        href = self.lead(node if node is not None else self.tree.nodes[ROOT]).href
        return f"{href}#{anchor}" if anchor else href


def reading_of(request: Request, services: Services) -> Reading:
    """Return what can be read in this person's language."""
    written = pages(services.language)
    return Reading(request, services, written, tree(written, services.exercises.values()))


def cited(notes: Notes) -> list[Source]:
    """Return the sources that came up, in the order of their numbers."""
    return [sources()[source_id] for source_id in notes.ids]


def place_of(request: Request, services: Services, exercise: Exercise, figure: Figure) -> dict[str, object]:
    """Return what the page of an exercise shows of the library: the way to it, what is known of it, what to read on."""
    reading, notes = reading_of(request, services), Notes()
    claims = reading.said(exercise.claims, figure, notes)
    way = reading.way_to(EXERCISE + exercise.id)
    return {"way": way, "claims": claims, "cited": cited(notes), "related": reading.beside(exercise)}
