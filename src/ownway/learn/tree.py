"""The tree of pages and exercises: what stands below what, and the way from the first page to each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ownway.exercises.schema import Exercise
from ownway.learn.markdown import slug
from ownway.learn.page import Page

ROOT = ""  # the address of the first page
EXERCISE = "exercise:"  # before the id, in the tree's name of an exercise; its page has an address of its own


@dataclass(frozen=True, slots=True)
class Node:
    """A place in the tree: a page, an exercise, or a section that only an exercise's file names.

    Attributes
    ----------
    key : the address of a page or section; ``exercise:ID`` for an exercise.
    above : key of the place it stands below; None for the first page.
    """

    key: str
    above: str | None
    title: str
    page: Page | None = None
    exercise: Exercise | None = None

    @property
    def rank(self) -> tuple[bool, int, str]:
        """Where it stands among its neighbours: pages by their order, then sections without a page, exercises last."""
        return (self.exercise is not None, 1000 if self.page is None else self.page.order, self.title.casefold())


@dataclass(frozen=True, slots=True)
class Tree:
    """All places, by their key."""

    nodes: Mapping[str, Node]

    def below(self, key: str) -> list[Node]:
        """Return what stands right below a place, in order."""
        return sorted((node for node in self.nodes.values() if node.above == key), key=lambda node: node.rank)

    def way_to(self, key: str) -> list[Node]:
        """Return the places from the first page to this one, itself included; what hangs in the air begins at its own root."""
        way: list[Node] = []
        at: str | None = key
        while at is not None and at in self.nodes and len(way) <= len(self.nodes):
            way.append(self.nodes[at])
            at = self.nodes[at].above
        return way[::-1]

    def named(self, name: str) -> Node | None:
        """Return the place of the page with this name, as links name it."""
        return next((node for node in self.nodes.values() if node.page and node.page.name == name), None)


def tree(pages: Iterable[Page], exercises: Iterable[Exercise]) -> Tree:
    """Return the tree. An exercise stands where its file says; a section that has no page of its own gets a bare one."""
    nodes = {page.address: Node(page.address, page.place, page.title, page=page) for page in pages}
    for exercise in exercises:
        section = ROOT
        for title, key in _sections(exercise.path):
            nodes.setdefault(key, Node(key, section, title))
            section = key
        key = EXERCISE + exercise.id
        nodes[key] = Node(key, section, exercise.title, exercise=exercise)
    return Tree(nodes)


def _sections(path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    key = ROOT
    for title in path:
        part = slug(title) or "section"
        key = f"{key}/{part}" if key else part
        yield title, key


def moved_to(pages: Iterable[Page], address: str) -> Page | None:
    """Return the page that this address leads to for good, though it is not its own: one it once had, or with a slash too many."""
    asked = address.strip("/")
    return next((page for page in pages if asked in (page.address, *page.moved_from)), None)
