"""Exercise files in the data folder: seen as soon as they are there, or changed, without starting anew."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

from ownway.errors import plain_problem
from ownway.exercises.shelf import BadFile, Shelf, built_in, with_own

# Chosen by us: forty times the longest file that comes with Ownway, and more files than a practice has exercises.
MOST_BYTES = 400_000
MOST_FILES = 200

_log = logging.getLogger(__name__)

_Look = tuple[tuple[str, int, int], ...]


class Shelves:
    """The exercises of this computer; ``folder`` has those of one's own, None for none. It need not exist."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self._seen: tuple[_Look, Shelf] = ((), built_in())

    def now(self) -> Shelf:
        """Return the exercises as they are at this moment; the files are read again only where one has changed."""
        look = () if self.folder is None else tuple(_looked_at(self.folder))
        if look != self._seen[0]:
            self._seen = (look, self._read(look))
        return self._seen[1]

    def _read(self, look: _Look) -> Shelf:
        texts: dict[str, str] = {}
        bad: list[BadFile] = []
        for name, _changed, size in look:
            try:
                texts[name] = _text(Path(self.folder or ".") / name, size)
            except (OSError, ValueError) as error:
                bad.append(BadFile(name, (plain_problem(name, str(error)),)))
        shelf = with_own(texts, tuple(bad))
        for file in shelf.bad:
            _log.warning("%s is not used: %s", file.name, "; ".join(map(str, file.problems)))
        return shelf


def _looked_at(folder: Path) -> Iterator[tuple[str, int, int]]:
    """Yield name, moment of the last change and size of each exercise file, in the order of their names."""
    try:
        files = sorted(file for file in folder.iterdir() if file.suffix == ".toml" and not file.name.startswith("."))
    except OSError:  # there is no such folder, or nobody may look into it
        return
    for file in files[:MOST_FILES]:
        try:
            about = file.stat()
        except OSError:  # gone meanwhile
            continue
        yield file.name, about.st_mtime_ns, about.st_size


def _text(file: Path, size: int) -> str:
    if size > MOST_BYTES:
        raise ValueError(f"it has {size} bytes; an exercise file has at most {MOST_BYTES}")
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8: {error.reason} at byte {error.start}") from error
