"""A diary in a folder of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ownway.store.database import Database, open_database
from ownway.store.folder import database_url
from ownway.store.sessions import Sessions


@pytest.fixture
def database(empty_diary: Path, tmp_path: Path) -> Iterator[Database]:
    """Give an open, empty diary."""
    shutil.copy(empty_diary, tmp_path)
    opened = open_database(database_url(tmp_path))
    yield opened
    opened.close()


@pytest.fixture
def sessions(database: Database) -> Sessions:
    """Give its sessions."""
    return Sessions(database)
