"""``ownway report``: two pages about a person's back for a doctor or physiotherapist."""

from __future__ import annotations

from gettext import NullTranslations
from pathlib import Path

import typer

from ownway.coach.records import Profile
from ownway.errors import OwnwayError, later
from ownway.media.files import whole
from ownway.programme.progress import PeriodName
from ownway.report.letter import html, pdf
from ownway.reporting import letter_of
from ownway.store.database import Database
from ownway.web.settings import utc_now


class UnknownEndingError(OwnwayError):
    """A file whose ending says neither page nor PDF."""

    def __init__(self, path: Path) -> None:
        super().__init__(later("{file} should end in .html or .pdf, which says what is written."), file=path.name)


def run(target: Path, database: Database, me: Profile, period: PeriodName, words: NullTranslations) -> None:
    """Write the report about one person, and say where it is.

    Raises
    ------
    OwnwayError : the ending is another one, what draws or prints is not installed, or the file cannot be written.
    """
    ending = target.suffix.lower()
    if ending not in (".html", ".pdf"):
        raise UnknownEndingError(target)
    with whole(target) as part:
        told = letter_of(database, me, period, utc_now().astimezone().date(), words)
        page = html(told, words, "en")
        part.write_bytes(page.encode() if ending == ".html" else pdf(page))
    typer.echo(words.gettext("Written: {file}").format(file=target))
