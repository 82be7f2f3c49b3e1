"""The forms in which a diary can be taken along."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ownway.programme.archive import Archive
from ownway.report import diary_csv, diary_fhir, diary_json

Form = Literal["json", "csv", "fhir"]


@dataclass(frozen=True, slots=True)
class Export:
    """One form.

    Attributes
    ----------
    ending : of the file's name.
    write : gives the bytes, piece by piece, from the diary, the moment, and a name for the person that says nothing of them.
    """

    ending: str
    media_type: str
    write: Callable[[Archive, datetime, str], Iterator[bytes]]

    def file_name(self, day: str) -> str:
        """Return what to call the file of this day."""
        return f"ownway-{day}{self.ending}"


EXPORTS: Mapping[Form, Export] = {
    "json": Export(".json", "application/json", lambda archive, _now, _id: diary_json.write(archive)),
    "csv": Export("-csv.zip", "application/zip", lambda archive, _now, _id: iter((diary_csv.write(archive),))),
    "fhir": Export(".fhir.json", "application/fhir+json", diary_fhir.write),
}
