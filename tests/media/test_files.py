"""Files that Ownway writes: whole, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ownway.media.files import TargetError, whole


def test_a_file_appears_when_it_is_complete(tmp_path: Path) -> None:
    """Until then what was there before stays, and the new one ends in the same letters."""
    target = tmp_path / "a.jsonl.gz"
    target.write_text("before")
    with whole(target) as part:
        part.write_text("after")
        assert target.read_text() == "before"
        assert part.name.endswith(".jsonl.gz")
    assert [file.read_text() for file in tmp_path.iterdir()] == ["after"]


@pytest.mark.parametrize("trouble", [KeyboardInterrupt, ValueError, SystemExit])
def test_nothing_half_done_stays(tmp_path: Path, trouble: type[BaseException]) -> None:
    """Ctrl-C and errors leave the folder as it was."""

    def begin(target: Path) -> None:
        with whole(target) as part:
            part.write_text("hal")
            raise trouble

    with pytest.raises(trouble):
        begin(tmp_path / "a.json")
    assert list(tmp_path.iterdir()) == []


def test_a_target_that_cannot_be_is_told_first(tmp_path: Path) -> None:
    """A folder, and a file in a folder that is not there: told before any work."""
    for target in (tmp_path, tmp_path / "none" / "a.json"):
        with pytest.raises(TargetError, match="cannot be written"), whole(target):
            pytest.fail("work was begun")
    assert list(tmp_path.iterdir()) == []


def test_a_link_is_followed(tmp_path: Path) -> None:
    """The file that the link means is written; the link stays one."""
    (tmp_path / "there").mkdir()
    link = tmp_path / "link.json"
    link.symlink_to(tmp_path / "there" / "real.json")
    with whole(link) as part:
        part.write_text("new")
    assert link.is_symlink()
    assert (tmp_path / "there" / "real.json").read_text() == "new"


def test_what_is_no_file_is_written_to_as_it_is() -> None:
    """``-o /dev/null`` must not replace the device."""
    with whole(Path(os.devnull)) as part:
        assert part == Path(os.devnull)
