"""Files that a page sends, by the form that the browser makes for them."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from ownway.web.forms import FormError
from ownway.web.translation import Translate

MOST_FILES = 500
MOST_MB = 500  # of all files together
_MOST_BYTES = MOST_MB * 1_000_000


@dataclass(frozen=True, slots=True)
class Upload:
    """One file, with the name it had on the other side; only to be told, never to be opened by."""

    name: str
    data: bytes


async def read_uploads(
    request: Request, field: str, most_bytes: int, translate: Translate
) -> AsyncGenerator[Upload, None]:
    """Yield the files of this field, one at a time; of a larger one only so much that it is seen to be too large.

    Nothing of them stays: what does not fit into memory meanwhile lies in a temporary file without a name.

    Raises
    ------
    FormError : no form with files, too many of them, or too much in all; nothing was yielded then.
    """
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise FormError([translate("This form sends files, and none came.")])
    parser = MultiPartParser(request.headers, _limited(request, translate), max_files=MOST_FILES, max_fields=1)
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise FormError(
            [translate("These files could not be taken. At most {most} at a time.").format(most=MOST_FILES)]
        ) from error
    try:
        for part in form.getlist(field):
            if isinstance(part, UploadFile) and part.filename:
                yield Upload(part.filename, await part.read(most_bytes + 1))
    finally:
        await form.close()


async def _limited(request: Request, translate: Translate) -> AsyncGenerator[bytes, None]:
    taken = 0
    async for chunk in request.stream():
        taken += len(chunk)
        if taken > _MOST_BYTES:
            raise FormError([translate("That is more than {most} MB at once. Send fewer files.").format(most=MOST_MB)])
        yield chunk
