"""The pages that come with Ownway, in a language: where one is not translated yet, its English original stands in."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib import resources

from ownway.errors import Problem
from ownway.learn.page import LearnError, Page, parse_page

ORIGINAL = "en"


@cache
def pages(language: str = ORIGINAL) -> tuple[Page, ...]:
    """Return all pages. Address, order and neighbours are those of the original in every language.

    Raises
    ------
    LearnError : with every problem of every file.
    """
    originals = written(ORIGINAL)
    if language == ORIGINAL:
        return originals
    translated = {page.name: page for page in written(language)}
    return tuple(_in_place(translated[page.name], page) if page.name in translated else page for page in originals)


@cache
def written(language: str) -> tuple[Page, ...]:
    """Return the pages that are written in this language, in the order of their files' names."""
    folder = resources.files("ownway.learn") / language
    if not folder.is_dir():
        return ()
    found: list[Page] = []
    problems: list[Problem] = []
    for file in sorted((f for f in folder.iterdir() if f.name.endswith(".md")), key=lambda f: f.name):
        try:
            found.append(parse_page(file.read_text(encoding="utf-8"), file.name.removesuffix(".md"), language))
        except LearnError as error:
            problems.extend(error.problems)
    if problems:
        raise LearnError(problems)
    return tuple(found)


def _in_place(page: Page, original: Page) -> Page:
    return replace(
        page,
        place=original.place,
        order=original.order,
        sources=original.sources,
        related=original.related,
        moved_from=original.moved_from,
        shows=original.shows,
    )
