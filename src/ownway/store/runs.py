"""The runs and walks of the diary."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from ownway.programme.runs import SAME_START, Kind, Run, Source, same
from ownway.store.database import Database
from ownway.store.persons import FIRST_PERSON, keep_person
from ownway.store.tables import RunRow


@dataclass(frozen=True, slots=True)
class KeptRun:
    """A run as it stands in the diary, with the name by which it is found."""

    id: str
    run: Run


class Runs:
    """Keeps the runs of one person, each once."""

    def __init__(self, database: Database, person_id: int = FIRST_PERSON) -> None:
        self._database = database
        self._person_id = person_id

    def add(self, runs: Sequence[Run], new_id: Callable[[], str]) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
        """Keep those runs that are not known yet; return the new and the known ones. All are kept, or none."""
        new: list[Run] = []
        known: list[Run] = []
        with self._database.writing() as session:
            keep_person(session, self._person_id)
            for run in runs:
                near = session.scalars(
                    select(RunRow).where(
                        RunRow.person_id == self._person_id,
                        RunRow.started_at.between(run.started_at - SAME_START, run.started_at + SAME_START),
                    )
                )
                if any(same(run, run_of(row)) for row in near):
                    known.append(run)
                else:
                    session.add(run_row(run, new_id(), self._person_id))
                    new.append(run)
        return tuple(new), tuple(known)

    def get(self, run_id: str) -> KeptRun | None:
        """Return the run, or None."""
        with self._database.reading() as session:
            row = self._row(session, run_id)
            return None if row is None else KeptRun(row.id, run_of(row))

    def history(self, most: int = 500) -> list[KeptRun]:
        """Return the runs, the newest first."""
        query = (
            select(*RunRow.__table__.columns)  # and not rows, which are watched for changes
            .where(RunRow.person_id == self._person_id)
            .order_by(RunRow.started_at.desc(), RunRow.id)
            .limit(most)
        )
        with self._database.reading() as session:
            return [KeptRun(row.id, run_of(row)) for row in session.execute(query)]

    def delete(self, run_id: str) -> None:
        """Forget the run; one that is gone already stays gone."""
        with self._database.writing() as session:
            row = self._row(session, run_id)
            if row is not None:
                session.delete(row)

    def _row(self, session: Session, run_id: str) -> RunRow | None:
        """Return the row of a run; None where there is none, or it is somebody else's."""
        row = session.get(RunRow, run_id)
        return row if row is not None and row.person_id == self._person_id else None


def run_row(run: Run, run_id: str, person_id: int) -> RunRow:
    """Return the row that keeps a run."""
    return RunRow(
        id=run_id,
        person_id=person_id,
        started_at=run.started_at,
        duration_s=run.duration_s,
        moving_s=run.moving_s,
        distance_m=run.distance_m,
        heart_rate_bpm=run.heart_rate_bpm,
        kind=run.kind,
        source=run.source,
    )


def run_of(row: RunRow | Row[Any]) -> Run:
    """Return the run that a row keeps."""
    return Run(
        started_at=row.started_at,
        duration_s=row.duration_s,
        moving_s=row.moving_s,
        distance_m=row.distance_m,
        heart_rate_bpm=row.heart_rate_bpm,
        kind=cast("Kind", row.kind),
        source=cast("Source", row.source),
    )
