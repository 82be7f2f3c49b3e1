"""What the host gives the app: everything that differs between a computer, a browser and a test."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol, TypeVar

T = TypeVar("T")

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


class RunBlocking(Protocol):
    """Runs a short blocking call without stopping the event loop."""

    async def __call__(self, call: Callable[[], T], /) -> T:
        """Return what the call returns, or raise what it raises."""
        ...


async def in_thread(call: Callable[[], T], /) -> T:
    """Run the call in a worker thread: the way under Uvicorn."""
    return await asyncio.to_thread(call)


async def directly(call: Callable[[], T], /) -> T:
    """Run the call here and now: the way where there are no threads."""
    return call()


def utc_now() -> datetime:
    """Return this moment, aware, in UTC."""
    return datetime.now(UTC)


def new_session_id() -> str:
    """Return a name for a session that nobody can guess, fit for an address."""
    return secrets.token_urlsafe(12)


@dataclass(frozen=True, slots=True)
class SocketLimits:
    """How much one page may ask of the live socket.

    Attributes
    ----------
    taken_hz : frames a second that the coach looks at; the rest are let go.
    flood_hz : messages a second that close the socket.
    hello_s : how long a page may take to say hello.
    keep_s : how long a session waits for its page after the connection dropped.
    save_s : at most so long until an event is on the disk.
    state_hz : how often the screen is told where things stand.
    rooms : sessions that may be open at a time.
    """

    taken_hz: int = 60
    flood_hz: int = 120
    hello_s: float = 10.0
    keep_s: float = 60.0
    save_s: float = 1.0
    state_hz: float = 10.0
    rooms: int = 32


@dataclass(frozen=True, slots=True)
class Settings:
    """What one app needs to know.

    Attributes
    ----------
    database_url : SQLAlchemy address of the diary.
    assets_dir : folder with ``vision/`` and ``models/``, as the set-up builds it.
    allowed_hosts : names (lower case, without port) by which the app may be asked for.
    any_address : also answer to IP addresses: for a host that listens to more than itself. A name that an attacker
        points here (DNS rebinding) is a name, never an address, so this lets none of them in.
    backups_dir : folder in which back-ups of the diary's file are kept; None for none, as where a database server makes its own.
    exercises_dir : folder with exercise files of one's own, which need not exist; None for none.
    tried_exercise : one more exercise file, that somebody wants to try; None for none.
    journal_mode : SQLite's; a browser's file system has no WAL.
    language : which translation to speak.
    close_left_open : at the start, close sessions that nobody closed. False where another Ownway is at work on this diary:
        they may be its own.
    import_wait_s : how long a page with files of runs waits for the end before it shows how far they have come. Chosen by us:
        nobody wonders yet whether something happens, and the few files of a week are read by then.
    """

    database_url: str
    assets_dir: Path
    allowed_hosts: frozenset[str] = LOOPBACK_NAMES
    any_address: bool = False
    backups_dir: Path | None = None
    exercises_dir: Path | None = None
    tried_exercise: Path | None = None
    journal_mode: str = "WAL"
    language: str = "en"
    close_left_open: bool = True
    limits: SocketLimits = field(default_factory=SocketLimits)
    clock: Callable[[], datetime] = utc_now
    monotonic: Callable[[], float] = time.monotonic
    new_id: Callable[[], str] = new_session_id
    run_blocking: RunBlocking = in_thread
    import_wait_s: float = 2.0
