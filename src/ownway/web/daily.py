"""What is done once a day while Ownway runs: a back-up."""

from __future__ import annotations

import asyncio
import logging

from ownway.backups import Backups
from ownway.errors import OwnwayError
from ownway.web.settings import Settings

_log = logging.getLogger(__name__)

LOOKS_EVERY_S = (
    1800.0  # chosen by us: a computer that slept through midnight has its back-up half an hour after it woke
)


async def back_up_daily(backups: Backups, settings: Settings) -> None:
    """Make the back-up of each day, the first one now. Where that fails, as on a full disk, it is told in the log."""
    while True:
        try:
            await settings.run_blocking(lambda: backups.daily(settings.clock()))
        except OwnwayError as error:
            _log.warning("%s", error)
        await asyncio.sleep(LOOKS_EVERY_S)
