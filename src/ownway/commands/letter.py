"""``ownway report``: two pages about a person's back for a doctor or physiotherapist."""

from __future__ import annotations

from pathlib import Path

import typer

from ownway.coach.records import Profile
from ownway.errors import OwnwayError, later
from ownway.media.files import whole
from ownway.programme.progress import PeriodName
from ownway.report.charts import PictureKind, picture
from ownway.report.letter import html, pdf
from ownway.report.progress import Picture
from ownway.reporting import letter_of
from ownway.store.database import Database
from ownway.web.settings import utc_now
from ownway.web.translation import languages, translations


class UnknownEndingError(OwnwayError):
    """A file whose ending says neither page nor PDF."""

    def __init__(self, path: Path) -> None:
        super().__init__(later("{file} should end in .html or .pdf, which says what is written."), file=path.name)


class UnknownLanguageError(OwnwayError):
    """A language that Ownway does not speak."""

    def __init__(self, asked: str) -> None:
        super().__init__(
            later("There is no language {asked} here. There are: {known}."), asked=asked, known=", ".join(languages())
        )


def run(
    target: Path, database: Database, me: Profile, period: PeriodName, language: str | None, charts: PictureKind | None
) -> None:
    """Write the report about one person, and say where it is.

    Parameters
    ----------
    language : it is written in; None for the person's own.
    charts : each chart is also written as a file of its own, of this kind, beside the report.

    Raises
    ------
    OwnwayError : the ending is another one, what draws or prints is not installed, or the file cannot be written.
    """
    ending = target.suffix.lower()
    if ending not in (".html", ".pdf"):
        raise UnknownEndingError(target)
    if language not in (None, *languages()):
        raise UnknownLanguageError(str(language))
    spoken = language or me.language or "en"
    words = translations(spoken)
    with whole(target) as part:
        told = letter_of(database, me, period, utc_now().astimezone().date(), words)
        page = html(told, words, spoken)
        part.write_bytes(page.encode() if ending == ".html" else pdf(page))
    written = [target, *(_drawn(target, one, charts) for one in told.story.pictures if charts is not None)]
    for file in written:
        typer.echo(translations("en").gettext("Written: {file}").format(file=file))


def _drawn(target: Path, shown: Picture, kind: PictureKind) -> Path:
    """Write a chart beside the report, with its name behind that of the report."""
    file = target.with_name(f"{target.stem}-{shown.name}.{kind}")
    with whole(file) as part:
        part.write_bytes(picture(shown.chart.wide, kind))
    return file
