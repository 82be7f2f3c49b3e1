"""A page as HTML: claims with their grade in words and their notes, and nothing that could be more than text."""

from __future__ import annotations

from datetime import date

from ownway.exercises.schema import Claim
from ownway.learn.evidence import evidence
from ownway.learn.grades import WORDS
from ownway.learn.html import Manner, Notes, to_html
from ownway.learn.page import Page


def shown(body: str, notes: Notes | None = None) -> str:
    """Return a page with this body as HTML; an address is shown as ``/`` and what it names."""
    page = Page("a", "en", "A", "A.", date(2026, 11, 24), "", body=body)
    manner = Manner(lambda named: f"/{named}", WORDS, "Source")
    return to_html(page, manner, notes or Notes())


def test_a_claim_says_in_words_how_sure_it_is() -> None:
    """The mark beside the words is for the eye alone; the sources are numbered notes."""
    notes = Notes()
    told = shown('[It *helps*.](claim:moderate "who_2023, verville_2023") And [more](claim:weak "who_2023").', notes)
    assert '<span class="claim">It <em>helps</em>.</span> <span class="graded"><span class="grade">' in told
    assert '<span class="grade-mark" aria-hidden="true">●●○</span> moderate evidence</span>' in told
    assert '<a href="#source-1" aria-label="Source 1">1</a> <a href="#source-2" aria-label="Source 2">2</a>' in told
    assert notes.ids == ["who_2023", "verville_2023"]


def test_a_page_cannot_bring_html() -> None:
    """Neither as itself, nor in a link, a title or the words of a picture."""
    told = shown(
        '<script>x</script> [a](learn:"><b>) ![<i>](figure:a/b "<u>") [b](javascript:alert) [c](claim:none "<s>")'
    )
    assert not any(tag in told for tag in ("<script", "<b>", "<i>", "<u>", "<s>", 'href="javascript'))


def test_a_row_of_pictures_is_no_paragraph() -> None:
    """Each has its words below it, and its size, so that nothing jumps when it comes."""
    told = shown('![One.](figure:x/one "1. One")\n![Two.](figure:x/two "2. Two")')
    assert told.count("<figure>") == 2
    assert '<img src="/figure:x/one" width="480" height="480" loading="lazy" alt="One."><figcaption>1. One' in told
    assert "<p>" not in told


def test_a_number_keeps_its_unit() -> None:
    """No line ends between them."""
    assert shown("By 4.5 cm or 30 % of 2 mornings.") == "<p>By 4.5\u00a0cm or 30\u00a0% of 2 mornings.</p>\n"


def test_a_heading_can_be_linked_to() -> None:
    """By its words, in small letters."""
    assert '<h2 id="two-reviews-two-answers">' in shown("## Two reviews, two answers")


def test_the_table_of_evidence_has_each_claim_once() -> None:
    """With all places that make it, the surest grade first; the same words with another grade are another row."""
    sure, weak = Claim("A.", "strong", ("x",)), Claim("A.", "weak", ("x",))
    table = evidence([("one", weak), ("two", sure), ("three", sure), ("two", sure)])
    assert list(table) == ["strong", "weak"]
    assert [row.places for row in table["strong"]] == [("two", "three")]
