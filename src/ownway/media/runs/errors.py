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
    """Some programs hand out a zip file with the run in it."""

    def __init__(self) -> None:
        super().__init__(later("It is a zip file. Unpack it, and import what is in it."))


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
    """Nothing says what it was, and no distance tells."""

    def __init__(self) -> None:
        super().__init__(later("It does not say whether it was a run or a walk, and has no distance to tell by."))


class TooManyPointsError(RunFileError):
    """More moments than a day has at one a second."""

    def __init__(self, most: int) -> None:
        super().__init__(later("It has more than {most} points. A run has fewer."), most=most)
