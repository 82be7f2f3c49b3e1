"""Why a diary cannot be opened, in words for the person at the keyboard."""

from __future__ import annotations

from pathlib import Path

from ownway.errors import OwnwayError, later


class FolderError(OwnwayError):
    """The data folder cannot be made or written."""

    def __init__(self, folder: Path, reason: str) -> None:
        self.folder = folder
        super().__init__(
            later(
                "The data folder {folder} cannot be written: {reason}. "
                "Choose another one with --data-dir, or change who may write there."
            ),
            folder=folder,
            reason=reason,
        )


class DatabaseTooNewError(OwnwayError):
    """The diary was written by a newer Ownway; opening it with this one could lose something."""

    def __init__(self, place: str, revision: str) -> None:
        self.revision = revision
        super().__init__(
            later(
                "The diary {place} was written by a newer version of Ownway (its revision {revision} is not known here). "
                "Start the newer version, or choose another folder with --data-dir. Nothing was changed."
            ),
            place=place,
            revision=revision,
        )


class DatabaseError(OwnwayError):
    """The diary cannot be opened at all: no such place, no such driver, or not a diary."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(
            later("The diary {place} cannot be opened: {reason}. Choose another folder with --data-dir."),
            place=place,
            reason=reason,
        )


class SavingError(OwnwayError):
    """The diary is open but does not take what should be written: a full disk, a file that was taken away, somebody who writes."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(
            later("Something else is writing into the diary just now, perhaps an import. Try again in a minute.")
            if "locked" in reason  # SQLite's word for it
            else later("The diary could not be written: {reason}. Is the disk full?"),
            reason=reason,
        )


class StillReadError(OwnwayError):
    """What was forgotten is out of the diary, and its traces go from the file once nobody reads it any more."""

    def __init__(self) -> None:
        super().__init__(
            later(
                "It is out of your diary. Just now the diary is being read as it was before, perhaps for an export; until that is "
                "over, traces of it stay in the diary's file. They then go by themselves."
            )
        )


class CopyError(OwnwayError):
    """A back-up that cannot be made, for the system's reason."""

    def __init__(self, reason: str) -> None:
        super().__init__(later("The back-up could not be made: {reason}. Is the disk full?"), reason=reason)


class NotACopyError(OwnwayError):
    """A file that is no back-up of a diary, or one that is damaged."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            later("{file} is no back-up of a diary: {reason}. Nothing was changed."), file=path.name, reason=reason
        )


class CopyTooNewError(OwnwayError):
    """A back-up of a newer Ownway."""

    def __init__(self, path: Path, revision: str) -> None:
        super().__init__(
            later(
                "{file} was made by a newer version of Ownway (its revision {revision} is not known here). "
                "Restore it with that version. Nothing was changed."
            ),
            file=path.name,
            revision=revision,
        )
