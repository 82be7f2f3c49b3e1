"""Work done ahead of whoever needs it: an iterator that runs in a thread of its own, a few items ahead."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty, Queue
from typing import TypeVar

T = TypeVar("T")

_LOOK_AGAIN_S = 0.05


@contextmanager
def ahead(items: Iterator[T], most: int) -> Iterator[Iterator[T]]:
    """Run ``items`` in a thread of its own for as long as the block runs, at most ``most`` items ahead.

    What the iterator raises is raised where the item would have been taken. When the block ends the thread has ended, too,
    after the item it was at.
    """
    made: Queue[tuple[T] | Exception | None] = Queue(most)
    left = threading.Event()

    def make() -> None:
        end: Exception | None = None
        try:
            for item in items:
                made.put((item,))
                if left.is_set():
                    return
        except Exception as error:  # noqa: BLE001 - raised again where the items are taken
            end = error
        made.put(end)

    thread = threading.Thread(target=make, name="ahead", daemon=True)
    thread.start()
    try:
        yield _taken(made)
    finally:
        left.set()
        while thread.is_alive():  # it may stand before a full queue
            try:
                made.get(timeout=_LOOK_AGAIN_S)
            except Empty:
                continue
        thread.join()


def _taken(made: Queue[tuple[T] | Exception | None]) -> Iterator[T]:
    while (got := made.get()) is not None:
        if isinstance(got, Exception):
            raise got
        yield got[0]
