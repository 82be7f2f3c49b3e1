"""The report for a doctor or physiotherapist: two pages to print, about one person and some time.

It tells what was told and measured, with what each number can tell and cannot; it judges nothing. Words and charts are those
of the progress page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from gettext import NullTranslations
from importlib.util import find_spec
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ownway.coach.records import HurtReport, SessionRecord
from ownway.errors import OwnwayError, later
from ownway.programme.days import Feeling
from ownway.programme.progress import Past, Period
from ownway.programme.screening import Screening, judged
from ownway.report import charts, written
from ownway.report.progress import Picture, Story, story

TEMPLATES = Path(__file__).parent
CSS = TEMPLATES / "letter.css"

_WHERE = {
    "lower_back": later("lower back"),
    "upper_back": later("upper back"),
    "leg": later("hip or leg"),
    "neck_or_shoulder": later("neck or shoulder"),
    "chest": later("chest"),
    "elsewhere": later("elsewhere"),
}
_NUMB = {"leg": later("numb or tingling in a leg"), "between_legs": later("numb between the legs")}


class PdfError(OwnwayError):
    """A PDF cannot be made because what makes it is not installed."""

    def __init__(self) -> None:
        super().__init__(
            later(
                "A PDF needs the report extra, which is not installed. Install it with: pip install 'ownway[report]'. "
                "Or write the report as .html, and print it to a PDF in your browser."
            )
        )


@dataclass(frozen=True, slots=True)
class Event:
    """Something that bears on safety, on a day."""

    day: date
    text: str


@dataclass(frozen=True, slots=True)
class Letter:
    """All that the report tells.

    Attributes
    ----------
    who : the person's name; empty where nobody else uses this computer, and it is filled in by hand.
    events : the newest first.
    """

    who: str
    birth_year: int | None
    period: Period
    made_on: date
    story: Story
    events: tuple[Event, ...]

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """The charts that go onto paper: what was done on which day is told in numbers there."""
        told = (self.story.pain, self.story.movement)
        return tuple(picture for part in told for picture in part.pictures)


def letter(
    past: Past, period: Period, events: Sequence[Event], words: NullTranslations, *, who: str, birth_year: int | None,
    made_on: date,
) -> Letter:  # fmt: skip
    """Return the report about these days."""
    told = tuple(sorted(events, key=lambda event: event.day, reverse=True))
    return Letter(who, birth_year, period, made_on, story(past, period, words), told)


# ---- what bears on safety -----------------------------------------------------------------------------------------------


def stopped(sessions: Iterable[tuple[SessionRecord, HurtReport | None]], words: NullTranslations) -> list[Event]:
    """Return the sessions that were stopped because it hurt, with what was told then; days by the person's own clock."""
    _ = words.gettext
    found = []
    for session, hurt in sessions:
        told = [] if hurt is None else _hurt(hurt, words)
        if session.pain_before is not None:
            told.append(_("{pain} of 10 before").format(pain=session.pain_before))
        text = (
            _("Stopped because it hurt: {details}.").format(details=", ".join(told))
            if told
            else _("Stopped because it hurt.")
        )
        found.append(Event(session.started_at.astimezone().date(), text))
    return found


def _hurt(hurt: HurtReport, words: NullTranslations) -> list[str]:
    _ = words.gettext
    told = [] if hurt.where is None else [_(_WHERE[hurt.where])]
    if hurt.pain is not None:
        told.append(_("{pain} of 10").format(pain=hurt.pain))
    if hurt.down_leg:
        told.append(_("down the leg"))
    if hurt.numb in _NUMB:
        told.append(_(_NUMB[hurt.numb]))
    return told


def screened(screenings: Iterable[Screening], period: Period, words: NullTranslations) -> list[Event]:
    """Return the answers before exercising that held something back, each with what was told."""
    _ = words.gettext
    found = []
    for screening in screenings:
        verdict = judged(screening)
        if screening.finished_at is None or not verdict.because:
            continue
        day = screening.finished_at.astimezone().date()
        if day in period:
            signs = ", ".join(_(question.sign) for question in verdict.because)
            found.append(Event(day, _("Told before exercising: {signs}.").format(signs=signs)))
    return found


def worse(mornings: Mapping[date, Feeling], period: Period, words: NullTranslations) -> list[Event]:
    """Return the worse mornings as one line, on the day of the last one; nothing where there was none."""
    days = sorted(day for day, feeling in mornings.items() if feeling == "worse" and day in period)
    if not days:
        return []
    told = words.ngettext(
        "One morning was worse than the day before.", "{count} mornings were worse than the day before.", len(days)
    )
    return [Event(days[-1], told.format(count=len(days)))]


# ---- the page -----------------------------------------------------------------------------------------------------------


def html(told: Letter, words: NullTranslations, language: str) -> str:
    """Return the report as one HTML page that carries everything it shows and asks for nothing from anywhere.

    Raises
    ------
    ChartError : what draws the charts is not installed.
    """
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, extensions=["jinja2.ext.i18n"],
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.install_gettext_translations(words, newstyle=False)  # type: ignore[attr-defined]
    environment.filters |= written.filters(words)

    def drawn(picture: Picture) -> Markup:
        chart = picture.chart
        return Markup(charts.svg(chart.wide, chart.title, chart.desc, picture.name))  # noqa: S704 - drawn by us, its texts escaped

    return environment.get_template("letter.html").render(
        letter=told,
        lang=language,
        drawn=drawn,
        css=Markup(CSS.read_text(encoding="utf-8")),  # noqa: S704 - our own file
    )


def pdf(page: str) -> bytes:
    """Return a page of ``html`` as a PDF.

    Raises
    ------
    PdfError : what makes it is not installed.
    """
    if find_spec("weasyprint") is None:
        raise PdfError
    from weasyprint import HTML

    made: bytes = HTML(string=page, url_fetcher=_nowhere).write_pdf()
    return made


def _nowhere(address: str, *_args: object, **_options: object) -> dict[str, object]:
    """Fetch nothing: the page has all that it needs, and nothing is asked for from anywhere."""
    raise ValueError(f"nothing is fetched for a report, not even {address}")
