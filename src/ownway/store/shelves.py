"""Exercise files in the data folder: seen as soon as they are there, or changed, without starting anew."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator
from errno import EISDIR
from pathlib import Path

from ownway.errors import later, plain_problem
from ownway.exercises.encodings import Decoded, decoded
from ownway.exercises.findings import Finding, said
from ownway.exercises.loader import examine
from ownway.exercises.shelf import BadFile, Shelf, built_in, problems_of, with_own

# Chosen by us: seven times the longest file that comes with Ownway, and more files than a practice has exercises. What is longer
# takes long to look through, and pages wait for it.
MOST_BYTES = 100_000
MOST_FILES = 200

_log = logging.getLogger(__name__)

_Look = tuple[tuple[Path, int, int], ...]


class Shelves:
    """The exercises of this computer.

    Parameters
    ----------
    folder : has those of one's own, None for none. It need not exist.
    tried : one more file, which comes before those of the folder.
    """

    def __init__(self, folder: Path | None = None, tried: Path | None = None) -> None:
        self.folder = folder
        self._tried = tried
        self._seen: tuple[_Look, Shelf] = ((), built_in())

    def now(self) -> Shelf:
        """Return the exercises as they are at this moment; the files are read again only where one has changed."""
        files = ([] if self._tried is None else [self._tried]) + ([] if self.folder is None else files_of(self.folder))
        look = tuple(_looked_at(files))
        if look != self._seen[0]:
            self._seen = (look, self._read(look))
        return self._seen[1]

    def _read(self, look: _Look) -> Shelf:
        texts: dict[str, str] = {}
        bad: list[BadFile] = []
        for file, _changed, size in look:
            name = str(file) if file == self._tried else file.name
            try:
                read = text_of(file, size)
            except OSError as error:
                bad.append(BadFile(name, (plain_problem(name, error.strerror or str(error)),)))
                continue
            if read.findings:
                bad.append(BadFile(name, problems_of(examine(read.text, name, read.findings))))
            else:
                texts[name] = read.text
        shelf = with_own(texts, tuple(bad))
        for unused in shelf.bad:
            _log.warning("%s is not used: %s", unused.name, "; ".join(map(str, unused.problems)))
        return shelf


def files_of(folder: Path) -> list[Path]:
    """Return the exercise files of a folder in the order of their names."""
    try:
        files = sorted(file for file in folder.iterdir() if file.suffix == ".toml" and not file.name.startswith("."))
    except OSError:  # there is no such folder, or nobody may look into it
        return []
    return files[:MOST_FILES]


def _looked_at(files: Iterable[Path]) -> Iterator[tuple[Path, int, int]]:
    """Yield each file with the moment of its last change and its size."""
    for file in files:
        try:
            about = file.stat()
        except OSError:  # gone meanwhile
            continue
        yield file, about.st_mtime_ns, about.st_size


def text_of(file: Path, size: int) -> Decoded:
    """Return what is written in an exercise file of so many bytes.

    Raises
    ------
    OSError : it cannot be read.
    """
    if size > MOST_BYTES:
        wanted = said(later("a file of at most {most} bytes"), most=MOST_BYTES)
        return Decoded("", (Finding((), wanted, str(size), said(later("An exercise needs far less.")), line=1),))
    if not file.is_file():  # a folder; or a pipe, of which nobody knows when it ends
        raise IsADirectoryError(EISDIR, os.strerror(EISDIR)) if file.is_dir() else OSError(later("not a file"))
    return decoded(file.read_bytes())
