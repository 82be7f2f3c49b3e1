"""Why a file gives no run, in words for whoever chose it."""

from __future__ import annotations

from ownway.errors import OwnwayError, later


class RunFileError(OwnwayError):
    """A file that gives no run; the message says why."""


class TooBigError(RunFileError):
    """More than any run needs."""

    def __init__(self, most_mb: int) -> None:
        super().__init__(later("It is larger than {most_mb} MB. A run is far smaller."), most_mb=most_mb)


class UnknownFormatError(RunFileError):
    """Neither GPX nor TCX nor FIT."""

    def __init__(self) -> None:
        super().__init__(
            later("It is neither a GPX, TCX nor FIT file. Export the run from your watch's program as one of these.")
        )


class ZippedError(RunFileError):
    """A zip file in a zip file in a zip file."""

    def __init__(self) -> None:
        super().__init__(later("It is a zip file too deep in others. Unpack it, and import what is in it."))


class LockedError(RunFileError):
    """A zip file with a password."""

    def __init__(self) -> None:
        super().__init__(later("It is locked with a password. Unpack it, and import what is in it."))


class NothingPackedError(RunFileError):
    """A zip file of other things."""

    def __init__(self, endings: str) -> None:
        super().__init__(
            later("It is a zip file without a run in it. Expected files that end in {endings}."), endings=endings
        )


class TooMuchPackedError(RunFileError):
    """A zip file that would unpack to more than anybody has run."""

    def __init__(self, most_files: int, most_gb: int) -> None:
        super().__init__(
            later(
                "It has more than {most_files} files of runs in it, or more than {most_gb} GB of them. "
                "Unpack it, and import some at a time."
            ),
            most_files=most_files,
            most_gb=most_gb,
        )


class UnreadableError(RunFileError):
    """A file that the system does not give."""

    def __init__(self, reason: str) -> None:
        super().__init__(later("It cannot be read: {reason}."), reason=reason)


class DamagedError(RunFileError):
    """A file that begins well and cannot be read to its end."""

    def __init__(self, form: str) -> None:
        super().__init__(
            later("It begins like a {form} file but cannot be read to its end. Export it once more."), form=form
        )


class NoRunError(RunFileError):
    """A route, a place, a setting: a good file without anything that somebody did."""

    def __init__(self) -> None:
        super().__init__(later("There is no recorded run in it: nothing that has a time."))


class OtherSportError(RunFileError):
    """Somebody did something else."""

    def __init__(self, sport: str) -> None:
        super().__init__(later("It is neither a run nor a walk, but “{sport}”."), sport=sport[:40])


class UntoldKindError(RunFileError):
    """Nothing says what it was, and no pace tells."""

    def __init__(self) -> None:
        super().__init__(
            later(
                "It does not say what it was, and has no distance to tell a walk by. "
                "If it was a run or a walk, choose that and add it again."
            )
        )


class TooFastToTellError(RunFileError):
    """Nothing says what it was, and nobody walks so fast: a run, or a ride."""

    def __init__(self) -> None:
        super().__init__(
            later(
                "It does not say what it was, and is too fast for a walk. If it was a run, choose that and add it again."
            )
        )


class TooManyPointsError(RunFileError):
    """More moments than a day has at one a second."""

    def __init__(self, most: int) -> None:
        super().__init__(later("It has more than {most} points. A run has fewer."), most=most)
