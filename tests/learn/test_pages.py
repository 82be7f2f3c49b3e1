"""The pages that come with Ownway tell the truth about where it comes from, and every way in them leads somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from fastapi.routing import APIRoute

from ownway.exercises.loader import library
from ownway.exercises.sources import sources
from ownway.learn.checks import World, problems, untrue_translations
from ownway.learn.evidence import evidence, stated
from ownway.learn.loader import ORIGINAL, pages, written
from ownway.learn.markdown import headings
from ownway.learn.page import LearnError, Page, parse_page
from ownway.learn.tree import ROOT, moved_to, tree
from ownway.web.app import create_app
from ownway.web.settings import Settings
from ownway.web.translation import NAMES, translations

FIGURES = Path(__file__).parents[2] / "src" / "ownway" / "web" / "static" / "figures"

FRONT: Mapping[str, str] = {
    "title": '"Mornings"',
    "summary": '"About mornings."',
    "place": '""',
    "reviewed": "2026-11-24",
    "sources": '["snook_1998"]',
}
CLAIM = '[Waiting helps.](claim:weak "snook_1998")'


@cache
def world() -> World:
    """Everything that pages may point to: the real exercises, sources, pages of the app, pictures."""
    app = create_app(Settings(database_url="sqlite://", assets_dir=Path("assets")))
    figures = {f"{file.parents[1].name}/{file.stem}" for file in FIGURES.glob("*/f/*.webp")}
    return World(library(), sources(), app_pages(app.routes), figures)


def app_pages(routes: Iterable[object]) -> set[str]:
    """Return the names of the pages that need nothing to be opened."""
    found: set[str] = set()
    for route in routes:
        if isinstance(route, APIRoute) and "GET" in (route.methods or ()) and "{" not in route.path:
            found.add(route.name)
        included = getattr(route, "original_router", None)
        if included is not None:
            found |= app_pages(included.routes)
    return found


def written_page(body: str = CLAIM, **front: str | None) -> str:
    """Return the text of a page whose front matter is good but for what is given; None leaves a key out."""
    told = {key: value for key, value in {**FRONT, **front}.items() if value is not None}
    return "+++\n" + "".join(f"{key} = {value}\n" for key, value in told.items()) + f"+++\n{body}\n"


def wrong(*texts: str) -> str:
    """Return what is wrong with pages of these texts beside a good index."""
    index = parse_page(written_page("Hello.", place=None, sources="[]"), "index", "en")
    try:
        found = [parse_page(text, f"page{at}", "en") for at, text in enumerate(texts)]
    except LearnError as error:
        return "\n".join(map(str, error.problems))
    return "\n".join(map(str, problems([index, *found], world())))


def test_the_pages_that_come_with_ownway_are_good() -> None:
    """Not one problem in any of them."""
    assert problems(pages(), world()) == []


def test_translations_say_what_the_original_says() -> None:
    """The same claims by the same sources, and the same links, in every language that has any pages."""
    for language in NAMES.keys() - {ORIGINAL}:
        assert untrue_translations(written(language), pages()) == []
        assert problems(pages(language), world()) == []


@pytest.mark.parametrize("language", sorted(NAMES.keys() - {ORIGINAL}))
def test_every_page_is_there_in_every_language(language: str) -> None:
    """None is missing, none is older than its original, and what is one claim in English is one claim there, too."""
    told, originals = written(language), written(ORIGINAL)
    assert [page.name for page in told] == [page.name for page in originals]
    assert untrue_translations(told, originals) == []
    assert [page.reviewed for page in told] == [page.reviewed for page in originals]
    for page, original in zip(pages(language), originals, strict=True):
        assert (page.language, page.address, page.sources) == (language, original.address, original.sources)
        assert [h.level for h in headings(page.tokens)] == [h.level for h in headings(original.tokens)]
    assert rows(language) == rows(ORIGINAL)


def rows(language: str) -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    """Return the table of all evidence without its words: for each grade the sources of a claim, and where it stands."""
    table = evidence(stated(pages(language), library().values(), translations(language).gettext))
    return {grade: [(row.claim.sources, row.places) for row in found] for grade, found in table.items()}


def test_the_page_about_the_evidence_is_true_of_its_table() -> None:
    """It says that nothing is strong; once something is, it has to say otherwise."""
    claims = stated(pages(), library().values(), str)
    assert "no line with strong evidence" in next(page.text for page in pages() if page.shows == "evidence")
    assert {claim.grade for _, claim in claims} == {"moderate", "weak", "none"}


def test_a_good_page_has_no_problem() -> None:
    """What the tests below break was whole."""
    assert wrong(written_page()) == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # the page itself
        ("No front matter.", "a page begins with its front matter"),
        (written_page(title="oops"), "the front matter is no TOML"),
        (written_page(reviewed=None), "en/page0.md:1: reviewed: missing"),
        (written_page(reviewed='"soon"'), "reviewed: expected date, got 'soon'"),
        (written_page(title=None), "title: missing"),
        (written_page(summary='" "'), "summary: empty"),
        (written_page(tags='["x"]'), "tags: unknown key"),
        (written_page(sources="[1]"), "sources: expected a list of texts"),
        (written_page(shows='"all"'), "shows: expected one of evidence"),
        # claims
        (
            written_page('[Waiting helps.](claim: "snook_1998")'),
            "en/page0.md:8: claim 'Waiting helps.': it has no grade",
        ),
        (written_page('[Waiting helps.](claim:sure "snook_1998")'), "'sure' is no grade"),
        (written_page("[Waiting helps.](claim:weak)", sources="[]"), "a grade needs a source"),
        (written_page('[](claim:weak "snook_1998")'), "it says nothing"),
        (written_page('[Waiting helps.](claim:weak "snok")', sources='["snok"]'), "sources.toml has no 'snok'"),
        (written_page(sources="[]"), "sources: 'snook_1998' is named by a claim, and missing here"),
        (written_page("Nothing."), "sources: no claim names 'snook_1998'"),
        (written_page(CLAIM + "\n\nPain fell by 33 % in it."), "en/page0.md:10: what a study found is a claim"),
        (written_page(CLAIM + "\n\nA trial of many people found less."), "what a study found is a claim"),
        (written_page(CLAIM + "\n\nEine Laufstudie ergab weniger."), "what a study found is a claim"),
        (
            written_page('[Exercise, of many kinds, helps chronic low back pain a little.](claim:strong "snook_1998")'),
            "is strong by ('snook_1998',) in , and here it is not".replace("in ,", "in page0,"),
        ),
        # the tree and its addresses
        (written_page(place='"nowhere"'), "no page has the address 'nowhere', so nobody finds this one"),
        (written_page(place=None), "place: missing; only the index stands below nothing"),
        (written_page(moved_from='["search"]'), "the address 'search' is taken by Ownway itself"),
        # links
        (written_page(CLAIM + " [there](learn:nowhere)"), "the link learn:nowhere of 'there' leads nowhere"),
        (
            written_page(CLAIM + " [there](learn:page0#nowhere)"),
            "the link learn:page0#nowhere of 'there' leads nowhere",
        ),
        (written_page(CLAIM + " [it](exercise:handstand)"), "the link exercise:handstand of 'it' leads nowhere"),
        (written_page(CLAIM + " [there](app:casino)"), "the link app:casino of 'there' leads nowhere"),
        (written_page(CLAIM + " [there](https://example.org)"), "leads nowhere"),
        (written_page(CLAIM + " [there](javascript:alert)"), "this was to be a link, and is none"),
        (written_page(related='["learn:nowhere"]'), "related: learn:nowhere leads nowhere, or here"),
        (written_page(related='["learn:page0"]'), "related: learn:page0 leads nowhere, or here"),
        (written_page(CLAIM + "\n\n![A leg](figure:hamstring_stretch/leg)"), "the link figure:hamstring_stretch/leg"),
        (written_page(CLAIM + "\n\n![](figure:hamstring_stretch/toes)"), "needs words for who cannot see it"),
        # how it is written
        (written_page("# Title\n\n" + CLAIM), "heading 'Title': ## or ###; # is the title"),
        (written_page("### Deep\n\n" + CLAIM), "heading 'Deep': a level is left out above it"),
        (written_page("## Twice\n\n## Twice\n\n" + CLAIM), "two headings are 'twice'"),
        (written_page(CLAIM + "\n\n<b>bold</b>"), "HTML is shown as it stands"),
        (written_page(CLAIM + "\n\nIt cures your back."), "'cures' is a medical promise"),
        (written_page(CLAIM + "\n\nEs behandelt deinen Rücken."), "'behandelt' is a medical promise"),
    ],
)
def test_what_is_wrong_with_a_page_is_said_with_its_place(text: str, said: str) -> None:
    """Each of these fails the build, and says where and what."""
    assert said in wrong(text)


def test_an_address_belongs_to_one_page() -> None:
    """Also one that a page had before it moved; and a name is one page's."""
    index, one = (parse_page(written_page(place=p), n, "en") for p, n in ((None, "index"), ('""', "one")))
    two = parse_page(written_page(place='"one"', moved_from='["one"]'), "two", "en")
    assert "the address 'one' is taken by en/one.md" in str([str(p) for p in problems([index, one, two], world())])
    twice = replace(one, place="one")
    assert "two pages are named 'one'" in str([str(p) for p in problems([index, one, twice], world())])


def test_a_page_that_moved_is_found_at_its_old_addresses() -> None:
    """And at its own with a slash too many; nothing else leads to it."""
    page = parse_page(written_page(place='"new"', moved_from='["old/mornings", "older"]'), "mornings", "en")
    for address in ("old/mornings", "older", "new/mornings/"):
        assert moved_to([page], address) is page
    assert moved_to([page], "old") is None


def test_a_translation_that_claims_more_is_found() -> None:
    """A grade that rose in translation, a source that was left out, a page that translates nothing."""
    original = parse_page(written_page(), "mornings", "en")
    for body in (CLAIM.replace("weak", "strong"), '[Warten hilft.](claim:weak "hori_2019")', "Nichts."):
        assert untrue_translations([parse_page(written_page(body), "mornings", "de")], [original])
    assert untrue_translations([parse_page(written_page(), "abends", "de")], [original])
    assert not untrue_translations(
        [parse_page(written_page('[Warten hilft.](claim:weak "snook_1998")'), "mornings", "de")], [original]
    )


def test_an_untranslated_page_speaks_english() -> None:
    """Page by page: a language without any gives all of them in English."""
    assert {page.language for page in pages("xx")} == {ORIGINAL}
    assert pages("xx") == pages()


def test_every_exercise_stands_in_the_tree() -> None:
    """Where its file says, below the pages of that name, whatever their number; an own path gets sections of its own."""
    own = replace(library()["hamstring_stretch"], id="own", path=("Bone Health", "Feet"))
    grown = tree(pages(), [*library().values(), own])
    for exercise in library().values():
        way = [node.title for node in grown.way_to(f"exercise:{exercise.id}")]
        assert way == ["Learn", *exercise.path, exercise.title]
        assert all(node.page for node in grown.way_to(f"exercise:{exercise.id}")[:-1])
    assert [node.key for node in grown.way_to("exercise:own")] == [
        ROOT,
        "bone-health",
        "bone-health/feet",
        "exercise:own",
    ]
    assert [node.key for node in grown.below("bone-health")] == [
        "bone-health/diseases-and-symptoms",
        "bone-health/feet",
    ]


def test_reading_takes_time() -> None:
    """At least a minute, and one more for each 200 words begun; words in links and claims count. German ones are longer."""
    page = Page("a", "en", "A", "A.", date(2026, 11, 24), "", body="[" + "word " * 201 + "](claim:none)")
    assert page.minutes == 2
    assert replace(page, body="").minutes == 1
    assert replace(page, body="Bandscheibe " * 171, language="de").minutes == 2
