"""The exercises as this person did them, for the pages that tell of the past."""

from __future__ import annotations

from ownway.store.then import Then
from ownway.web.services import Services


async def then_of(services: Services) -> Then:
    """Return what the past is told with."""
    return await services.settings.run_blocking(lambda: services.sessions.then(services.exercises))
