"""Zip files of runs: each file in one is a file of its own, and nothing is unpacked that is too much."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Mapping
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path

import pytest

from ownway.media.runs import archive
from ownway.media.runs.archive import Chosen, chosen_at, chosen_in, has_runs
from ownway.media.runs.errors import (
    DamagedError,
    LockedError,
    NothingPackedError,
    RunFileError,
    TooBigError,
    TooMuchPackedError,
    UnreadableError,
    ZippedError,
)  # fmt: skip
from ownway.media.runs.reading import MOST_BYTES, read_runs

FOLDER = Path(__file__).parents[1] / "runs"
RUN, WALK = ((FOLDER / name).read_bytes() for name in ("run.fit", "walk.fit"))


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return a zip file."""
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in files.items():
            file.writestr(name, data)
    return whole.getvalue()


def what(data: bytes) -> dict[str, bytes | type[RunFileError]]:
    """Return what is chosen with these bytes, by name: what is in it, or why that cannot be read."""
    with ExitStack() as opened:
        return {one.name: _read(one) for one in chosen_in("x.zip", BytesIO(data), opened)}


def _read(chosen: Chosen) -> bytes | type[RunFileError]:
    try:
        return chosen.read()
    except RunFileError as error:
        return type(error)


def test_a_file_is_itself() -> None:
    """Whatever its name."""
    assert what(RUN) == {"x.zip": RUN}


def test_an_export_of_everything() -> None:
    """As Strava hands it out: the activities in a folder, packed each, among pictures and lists that are left alone."""
    export = {
        "activities/1.fit.gz": gzip.compress(RUN),
        "activities/2.GPX": b"<gpx/>",
        "activities/": b"",
        "activities.csv": b"id,name",
        "media/a.jpg": b"\xff\xd8",
        "__MACOSX/activities/._1.fit.gz": b"what a Mac adds",
    }
    found = what(packed(export))
    assert found == {f"x.zip/{name}": export[name] for name in ("activities/1.fit.gz", "activities/2.GPX")}
    (first, _) = found.values()
    assert isinstance(first, bytes)
    assert len(read_runs(first)) == 1


def test_zip_files_in_a_zip_file() -> None:
    """As Garmin hands everything out; one that is damaged is told, the others are read; a third layer is too deep."""
    inner = packed({"a_1.fit": RUN, "deeper.zip": packed({"b.fit": WALK})})
    found = what(packed({"files/UploadedFiles_1.zip": inner, "files/broken.zip": b"PK\x03\x04 broken"}))
    assert found == {
        "x.zip/files/UploadedFiles_1.zip/a_1.fit": RUN,
        "x.zip/files/broken.zip": DamagedError,
    }
    with pytest.raises(ZippedError):
        read_runs(inner)


def test_one_that_is_locked_or_damaged_is_told() -> None:
    """Each file by itself."""
    whole = bytearray(packed({"a.fit": RUN, "b.fit": WALK}))
    whole[60:70] = bytes(10)
    assert what(bytes(whole)) == {"x.zip/a.fit": DamagedError, "x.zip/b.fit": WALK}
    locked = bytearray(packed({"a.fit": RUN}))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert what(bytes(locked)) == {"x.zip/a.fit": LockedError}
    assert what(packed({"a.fit": RUN})[:-30]) == {"x.zip": DamagedError}


def test_one_without_runs_is_told() -> None:
    """Pictures of a holiday."""
    assert what(packed({"a.jpg": b"x"})) == {"x.zip": NothingPackedError}


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of more than 50 MB, more than 5,000 files, or more than 4 GB of them: told before anything is unpacked."""
    assert what(packed({"a.fit": bytes(MOST_BYTES + 1), "b.fit": RUN})) == {
        "x.zip/a.fit": TooBigError,
        "x.zip/b.fit": RUN,
    }
    assert what(packed({f"{number}.fit": b"" for number in range(5001)})) == {"x.zip": TooMuchPackedError}
    monkeypatch.setattr(archive, "_MOST_PACKED_BYTES", 5000)
    assert what(packed({"a.fit": RUN, "b.fit": WALK})) == {"x.zip": TooMuchPackedError}
    assert what(packed({"a.zip": bytes(5001), "b.fit": WALK})) == {"x.zip": TooMuchPackedError}


def test_a_size_that_is_a_lie_gives_no_more_than_it_says() -> None:
    """What says that it is small, and is not."""
    whole = bytearray(packed({"a.fit": bytes(MOST_BYTES + 1)}))
    at = whole.index(b"PK\x01\x02") + 24
    whole[at : at + 4] = (1000).to_bytes(4, "little")
    assert what(bytes(whole)) == {"x.zip/a.fit": DamagedError}


def test_a_file_on_the_disk(tmp_path: Path) -> None:
    """A zip file stays open until everything is read; what is not there is told."""
    path = tmp_path / "export.zip"
    path.write_bytes(packed({"run.fit": RUN}))
    assert has_runs(path)
    with ExitStack() as opened:
        (one,) = chosen_at(path, opened)
        assert (one.name, one.read()) == ("export.zip/run.fit", RUN)
        (plain,) = chosen_at(FOLDER / "run.fit", opened)
        assert (plain.name, plain.read()) == ("run.fit", RUN)
        (missing,) = chosen_at(tmp_path / "nothing.fit", opened)
        with pytest.raises(UnreadableError, match="No such file"):
            missing.read()
    path.write_bytes(b"PK\x03\x04 no zip file")
    assert not has_runs(path)
