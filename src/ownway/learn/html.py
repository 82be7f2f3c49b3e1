"""A Learn page as HTML: headings one can link to, claims with their grade and notes, rows of pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from ownway.exercises.schema import Claim, Grade
from ownway.learn.grades import MARKS
from ownway.learn.markdown import CLAIM, Placed, reader, slug, split, words
from ownway.learn.page import Page, claim_of

_UNIT = re.compile(r"(?<=\d) (?=(?:%|cm|m)(?!\w))")

PICTURE_PX = 480  # the pictures of the figures are squares of this size


@dataclass(slots=True)
class Notes:
    """The sources at the foot of a page, numbered as they come up."""

    ids: list[str] = field(default_factory=list)

    def number(self, source_id: str) -> int:
        """Return the number of a source, a new one where it has none yet."""
        if source_id not in self.ids:
            self.ids.append(source_id)
        return 1 + self.ids.index(source_id)


@dataclass(frozen=True, slots=True)
class Manner:
    """What a page needs from whoever shows it.

    Attributes
    ----------
    address : gives the address of what a link or picture names (``learn:mornings``).
    grades : the words for each grade.
    source : the word before a source's number, for whoever hears the page.
    """

    address: Callable[[str], str]
    grades: Mapping[Grade, str]
    source: str


def to_html(page: Page, manner: Manner, notes: Notes) -> str:
    """Return the body. The sources that it names are numbered in ``notes``."""
    md = reader(_Renderer)
    return str(md.renderer.render(page.tokens, md.options, {"manner": manner, "notes": notes, "open": []}))


def graded(claim: Claim, manner: Manner, notes: Notes) -> str:
    """Return the mark behind a claim: how sure it is, and the numbers of its sources."""
    mark = (
        f'<span class="graded"><span class="grade"><span class="grade-mark" aria-hidden="true">{MARKS[claim.grade]}</span>'
        f" {escape(manner.grades[claim.grade])}</span>"
    )
    numbers = sorted(notes.number(source) for source in claim.sources)
    linked = (f'<a href="#source-{n}" aria-label="{escape(manner.source)} {n}">{n}</a>' for n in numbers)
    return mark + (f'<sup class="notes">{" ".join(linked)}</sup>' if numbers else "") + "</span>"


class _Renderer(RendererHTML):
    """What a page has beyond CommonMark; each method is the rule for a token of its name."""

    def link_open(self, tokens: Sequence[Token], at: int, _options: OptionsDict, env: EnvType) -> str:
        """Begin a claim, or a link to where its address leads."""
        href, title = str(tokens[at].attrGet("href")), str(tokens[at].attrGet("title") or "")
        if split(href)[0] == CLAIM:
            env["open"].append(claim_of(Placed(*split(href), title, "", 0)))
            return '<span class="claim">'
        env["open"].append(None)
        return f'<a href="{escape(env["manner"].address(href))}">'

    def link_close(self, _tokens: Sequence[Token], _at: int, _options: OptionsDict, env: EnvType) -> str:
        """End what was begun; a claim with its mark."""
        claim = env["open"].pop()
        return "</a>" if claim is None else f"</span> {graded(claim, env['manner'], env['notes'])}"

    def image(self, tokens: Sequence[Token], at: int, _options: OptionsDict, env: EnvType) -> str:
        """Show a picture, with its title below it."""
        token = tokens[at]
        caption = str(token.attrGet("title") or "")
        source = escape(env["manner"].address(str(token.attrGet("src"))))
        size = f'width="{PICTURE_PX}" height="{PICTURE_PX}" loading="lazy"'
        picture = f'<img src="{source}" {size} alt="{escape(token.content)}">'
        return f"<figure>{picture}<figcaption>{escape(caption)}</figcaption></figure>" if caption else picture

    def text(self, tokens: Sequence[Token], at: int, _options: OptionsDict, _env: EnvType) -> str:
        """Write words; a number and its unit stay together on a line."""
        return escape(_UNIT.sub("\u00a0", tokens[at].content), quote=False)

    def heading_open(self, tokens: Sequence[Token], at: int, _options: OptionsDict, _env: EnvType) -> str:
        """Give a heading the name by which a link leads to it."""
        return f'<{tokens[at].tag} id="{escape(slug(words(tokens[at + 1].children or [])))}">'

    def paragraph_open(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
        """Begin a paragraph, or a row of pictures."""
        return (
            '<div class="learn-pictures">' if _pictures(tokens[at + 1]) else self.renderToken(tokens, at, options, env)
        )

    def paragraph_close(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
        """End it."""
        return "</div>\n" if _pictures(tokens[at - 1]) else self.renderToken(tokens, at, options, env)


def _pictures(inline: Token) -> bool:
    """Return whether a paragraph is nothing but pictures."""
    inside = inline.children or []
    return any(token.type == "image" for token in inside) and all(t.type in ("image", "softbreak") for t in inside)
