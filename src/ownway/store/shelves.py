"""Exercise files in the data folder: seen as soon as they are there, or changed, without starting anew."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from pathlib import Path

from ownway.errors import plain_problem
from ownway.exercises.shelf import BadFile, Shelf, built_in, with_own

# Chosen by us: forty times the longest file that comes with Ownway, and more files than a practice has exercises.
MOST_BYTES = 400_000
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
        files = ([] if self._tried is None else [self._tried]) + ([] if self.folder is None else _files_of(self.folder))
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
                texts[name] = text_of(file, size)
            except (OSError, ValueError) as error:
                bad.append(BadFile(name, (plain_problem(name, str(error)),)))
        shelf = with_own(texts, tuple(bad))
        for unused in shelf.bad:
            _log.warning("%s is not used: %s", unused.name, "; ".join(map(str, unused.problems)))
        return shelf


def _files_of(folder: Path) -> list[Path]:
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


def text_of(file: Path, size: int) -> str:
    """Return what is written in an exercise file of so many bytes.

    Raises
    ------
    OSError, ValueError : it cannot be read, is far too long, or is no text.
    """
    if size > MOST_BYTES:
        raise ValueError(f"it has {size} bytes; an exercise file has at most {MOST_BYTES}")
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8: {error.reason} at byte {error.start}") from error
