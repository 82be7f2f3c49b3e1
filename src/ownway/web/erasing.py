"""Forgetting for good: out of the diary, out of its file, and out of every back-up."""

from __future__ import annotations

from collections.abc import Callable

from ownway.programme.runs import Outing
from ownway.store.copies import Gone
from ownway.web.services import Services


async def forget_session(services: Services, session_id: str) -> None:
    """Forget a session with all that happened in it; one that is gone already stays gone."""
    await _forget(services, lambda: services.sessions.delete(session_id), _one(services, "session", session_id))


async def forget_outing(services: Services, outing: Outing) -> None:
    """Forget a run or walk, as Ownway led it and as a watch told of it."""

    def delete() -> None:
        for name in outing.ids:
            services.runs.delete(name)
            services.sessions.delete(name)

    gone = [_one(services, table, name) for name in outing.ids for table in ("run", "session")]
    await _forget(services, delete, *gone)


async def forget_entry(services: Services, entry_id: str) -> None:
    """Forget an entry; one that is gone already stays gone."""
    await _forget(services, lambda: services.diary.delete(entry_id), _one(services, "entry", entry_id))


async def forget_filled(services: Services, filled_id: str) -> None:
    """Forget a questionnaire that was filled in; one that is gone already stays gone."""
    await _forget(services, lambda: services.diary.delete_filled(filled_id), _one(services, "filled", filled_id))


async def forget_answers(services: Services) -> None:
    """Forget every answer that was ever given before exercising."""
    await _forget(services, services.screenings.withdraw, Gone(services.me.id, "screening"))


async def forget_everything(services: Services, *, leaves: bool) -> None:
    """Forget everything of the person but their name and PIN; or, who leaves, the person as well."""
    people, me = services.people, services.me.id
    await services.rooms.close_of(services.sessions)
    await services.takings.close_of(me)  # else it would go on writing into the new diary
    delete = (lambda: people.remove(me)) if leaves else (lambda: people.start_over(me))
    await _forget(services, delete, Gone(me, leaves=leaves))


def _one(services: Services, table: str, row_id: str) -> Gone:
    return Gone(services.me.id, table, row_id)


async def _forget(services: Services, delete: Callable[[], None], *gone: Gone) -> None:
    """Delete from the diary first: should a back-up not let go of it, the person is told, and the diary has forgotten it."""
    run = services.settings.run_blocking
    await run(delete)
    await run(lambda: services.backups.forget(*gone))
