"""The page of a person's data: taking it along, bringing a diary, the back-ups, forgetting."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import closing
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from ownway.importing import Imported, import_diary
from ownway.report.diary_json import MOST_BYTES
from ownway.report.exports import EXPORTS, Form
from ownway.web.forms import FormError
from ownway.web.pages import READ
from ownway.web.rendering import page
from ownway.web.services import Services, services_of
from ownway.web.settings import RunBlocking
from ownway.web.uploads import Upload, read_uploads

router = APIRouter(default_response_class=Response)

Count = Annotated[int, Query(ge=0)]
_PIECES = 200  # that are made at a time, without giving others a turn


@router.api_route("/data", name="data", methods=READ)
async def data(request: Request, new: Count | None = None, known: Count = 0) -> Response:
    """Show the ways out and in, and the back-ups; after a diary was brought, what came of it."""
    return await _page(request, new=new, known=known)


@router.post("/data", name="import_diary")
async def bring(request: Request) -> Response:
    """Add a diary that Ownway exported to this person's; all of it, or nothing."""
    services = services_of(request)
    _ = services.translate
    sent = await read_uploads(request, "diary", _)
    try:
        outcomes = [await _take(services, one) for one in sent.files]
    finally:
        await sent.close()
    if not outcomes:
        raise FormError([_("No file was chosen. Choose the file of a diary first.")])
    refused = [(one.name, one.refused.told(_)) for one in outcomes if one.refused is not None]
    added = [one.added for one in outcomes if one.added is not None]
    new, known = sum(one.new for one in added), sum(one.known for one in added)
    if refused:
        return await _page(request, new=new if added else None, known=known, refused=refused, status_code=422)
    return RedirectResponse(request.url_for("data").include_query_params(new=new, known=known), status_code=303)


@router.api_route("/data/export/{form}", name="export", methods=READ)
async def export(request: Request, form: Form) -> Response:
    """Give all of the person as a file, piece by piece."""
    services = services_of(request)
    run, now = services.settings.run_blocking, services.settings.clock()
    chosen = EXPORTS[form]
    headers = {
        "Content-Disposition": f'attachment; filename="{chosen.file_name(f"{now.astimezone():%Y-%m-%d}")}"',
        "Cache-Control": "no-store",
    }
    pieces = services.archives.written(lambda archive: chosen.write(archive, now, uuid.uuid4().hex))
    first = await run(lambda: _some(pieces))  # what cannot be read is told by a page, and not in a file that breaks off
    return StreamingResponse(_streamed(first, pieces, run), media_type=chosen.media_type, headers=headers)


async def _streamed(first: bytes, pieces: Generator[bytes], run: RunBlocking) -> AsyncIterator[bytes]:
    with closing(pieces):  # whoever goes away half-way lets go of the diary
        some = first
        while some:
            yield some
            some = await run(lambda: _some(pieces))


def _some(pieces: Iterator[bytes]) -> bytes:
    return b"".join(islice(pieces, _PIECES))


async def _take(services: Services, upload: Upload) -> Imported:
    return await services.settings.run_blocking(
        lambda: import_diary(upload.name, upload.file.read(MOST_BYTES + 1), services.archives)
    )


async def _page(
    request: Request,
    *,
    new: int | None = None,
    known: int = 0,
    refused: list[tuple[str, str]] | None = None,
    status_code: int = 200,
) -> Response:
    services = services_of(request)
    backups = await services.settings.run_blocking(services.backups.all)
    context: dict[str, object] = {"backups": backups, "possible": services.backups.possible}
    outcome: dict[str, object] = {"new": new, "known": known, "refused": refused or []}
    return page(request, "data.html", context | outcome, status_code)
