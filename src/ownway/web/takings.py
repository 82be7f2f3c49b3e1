"""Files of runs being taken into the diary: how far it has come, and what came of each file."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial

from ownway.importing import Imported, import_file
from ownway.media.runs.archive import Chosen, chosen_in
from ownway.programme.runs import Kind
from ownway.store.runs import Runs
from ownway.web.settings import Settings
from ownway.web.uploads import Sent, Upload

_MOST_KEPT = 20  # chosen by us: so many outcomes can still be looked at


@dataclass(slots=True)
class Taking:
    """What one form sent.

    Attributes
    ----------
    person_id : whose diary takes them.
    total : how many files there are, those in zip files among them; None where it is not known yet.
    outcomes : of the files that have been read.
    stopped : no further file is read.
    """

    id: str
    person_id: int
    total: int | None = None
    outcomes: list[Imported] = field(default_factory=list)
    task: asyncio.Task[None] | None = None
    stopped: bool = False

    @property
    def finished(self) -> bool:
        """Tell whether nothing more comes."""
        return self.task is not None and self.task.done()

    def result(self) -> list[Imported]:
        """Return what came of each file, once it is finished.

        Raises
        ------
        SavingError : the diary did not take a file; those before it stay.
        """
        if self.task is not None:
            self.task.result()
        return self.outcomes


class Takings:
    """The forms whose files are being taken, and the last ones whose files have been."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._takings: dict[str, Taking] = {}

    async def begin(self, person_id: int, sent: Sent, runs: Runs, untold: Kind | None) -> Taking:
        """Begin to take the files, and wait a moment for the end; it goes on where that does not do.

        Parameters
        ----------
        person_id : whose diary takes the files.
        sent : closed when everything is read.
        untold : what it was where a file does not say.
        """
        taking = Taking(self._settings.new_id(), person_id)
        for old in [one.id for one in self._takings.values() if one.finished][:-_MOST_KEPT]:
            del self._takings[old]
        self._takings[taking.id] = taking
        taking.task = asyncio.create_task(self._take(taking, sent, runs, untold))
        await asyncio.wait([taking.task], timeout=self._settings.import_wait_s)
        return taking

    def get(self, taking_id: str, person_id: int) -> Taking | None:
        """Return it, or None where there is none, it is somebody else's, or it was long ago."""
        taking = self._takings.get(taking_id)
        return taking if taking is not None and taking.person_id == person_id else None

    async def close_of(self, person_id: int) -> None:
        """Stop what this person's diary is taking after the file that is being read, and forget what came of it."""
        await self._stop([one for one in self._takings.values() if one.person_id == person_id])
        self._takings = {id_: one for id_, one in self._takings.items() if one.person_id != person_id}

    async def close(self) -> None:
        """Stop after the files that are being read; what has been taken so far stays."""
        await self._stop(list(self._takings.values()))

    async def _stop(self, takings: Sequence[Taking]) -> None:
        for taking in takings:
            taking.stopped = True
        await asyncio.gather(*(one.task for one in takings if one.task is not None), return_exceptions=True)

    async def _take(self, taking: Taking, sent: Sent, runs: Runs, untold: Kind | None) -> None:
        run, clock, new_id = self._settings.run_blocking, self._settings.clock, self._settings.new_id
        try:
            with ExitStack() as opened:
                chosen = await run(lambda: _opened(sent.files, opened))
                taking.total = len(chosen)
                for one in chosen:
                    if taking.stopped:
                        break
                    taking.outcomes.append(await run(partial(import_file, one, runs, clock(), new_id, untold)))
        finally:
            await sent.close()


def _opened(uploads: Sequence[Upload], opened: ExitStack) -> list[Chosen]:
    return [one for upload in uploads for one in chosen_in(upload.name, upload.file, opened)]
