"""``ownway export``, ``ownway backup``, ``ownway restore``: what belongs to a person, out of Ownway and back."""

from __future__ import annotations

import sys
import uuid
from collections.abc import Iterable
from gettext import NullTranslations
from pathlib import Path

import typer

from ownway.backups import FOLDER, back_up, restore
from ownway.commands.ending import nobody_reads, tidy_end
from ownway.errors import OwnwayError, later
from ownway.media.files import TargetError, whole
from ownway.report.exports import EXPORTS, Form
from ownway.store.archives import Archives
from ownway.store.copies import copy_into
from ownway.store.database import Database
from ownway.store.folder import diary_file
from ownway.web.settings import utc_now


class SameFileError(OwnwayError):
    """The diary would be replaced by its own copy."""

    def __init__(self, path: Path) -> None:
        super().__init__(later("{file} is the diary itself. Give the back-up another name."), file=path.name)


def export(form: Form, database: Database, person_id: int, target: Path | None, words: NullTranslations) -> None:
    """Write all of a person in this form: to a file, named after the day where none is named, or ``-`` for the standard output.

    Raises
    ------
    TargetError : it cannot be written; no file is left then.
    """
    now, chosen = utc_now(), EXPORTS[form]
    path = target or Path(chosen.file_name(f"{now.astimezone():%Y-%m-%d}"))
    pieces = Archives(database, person_id).written(lambda archive: chosen.write(archive, now, uuid.uuid4().hex))
    if str(path) == "-":
        _write_out(pieces)
        return
    with tidy_end(), whole(path) as part:
        try:
            with part.open("wb") as file:
                file.writelines(pieces)
        except OSError as error:  # the disk is full, or gone
            raise TargetError(path, error.strerror or str(error)) from error
    typer.echo(
        words.gettext("{file} is written. It is yours: what you forget in Ownway later stays in it.").format(file=path)
    )


def backup(data_folder: Path, target: Path | None, words: NullTranslations) -> None:
    """Write a back-up of everybody's diary: among the daily ones, or where it is wanted.

    Raises
    ------
    TargetError, CopyError : it cannot be written; no file is left then.
    """
    _, diary = words.gettext, diary_file(data_folder)
    if target is None:
        with tidy_end():
            made = back_up(diary, data_folder / FOLDER, utc_now())
        typer.echo(_("The back-up is made: {file}").format(file=made.path))
        return
    if target.exists() and target.samefile(diary):
        raise SameFileError(target)
    with tidy_end(), whole(target) as part:
        copy_into(diary, part)
    typer.echo(_("{file} is written. It is yours: what you forget in Ownway later stays in it.").format(file=target))


def bring_back(data_folder: Path, wanted: Path, words: NullTranslations) -> None:
    """Put a back-up in the place of the diary, and say how to take that back.

    Raises
    ------
    OwnwayError : it cannot be; the diary is then as it was.
    """
    _ = words.gettext
    with tidy_end():
        before = restore(data_folder, wanted, utc_now())
    typer.echo(_("Restored: {file}").format(file=wanted))
    if before is not None:
        typer.echo(_("To take that back: {line}").format(line=before.restore_line()))


def _write_out(pieces: Iterable[bytes]) -> None:
    try:
        sys.stdout.flush()
        sys.stdout.buffer.writelines(pieces)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        nobody_reads()
