"""Files that a page sends, by the form that the browser makes for them."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from ownway.web.forms import FormError
from ownway.web.translation import Translate

MOST_FILES = 500
MOST_MB = 500  # of all files together
_MOST_BYTES = MOST_MB * 1_000_000
_MOST_FIELDS = 2  # beside the files


@dataclass(frozen=True, slots=True)
class Upload:
    """One file, with the name it had on the other side; only to be told, never to be opened by."""

    name: str
    file: BinaryIO


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form sent: files, which lie in memory or in temporary files without a name until they are closed, and fields."""

    files: Sequence[Upload]
    fields: Mapping[str, str]
    _form: FormData

    async def close(self) -> None:
        """Let go of the files; nothing of them stays."""
        await self._form.close()


async def read_uploads(request: Request, field: str, translate: Translate) -> Sent:
    """Return the files of this field and the other fields, each once; whoever asks closes them.

    Raises
    ------
    FormError : no form with files, too many of them, or too much in all.
    """
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise FormError([translate("This form sends files, and none came.")])
    body = _limited(request, translate)
    parser = MultiPartParser(request.headers, body, max_files=MOST_FILES, max_fields=_MOST_FIELDS)
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise FormError(
            [translate("These files could not be taken. At most {most} at a time.").format(most=MOST_FILES)]
        ) from error
    files = [part for part in form.getlist(field) if isinstance(part, UploadFile) and part.filename]
    fields = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    return Sent([Upload(part.filename or "", part.file) for part in files], fields, form)


async def _limited(request: Request, translate: Translate) -> AsyncGenerator[bytes, None]:
    taken = 0
    async for chunk in request.stream():
        taken += len(chunk)
        if taken > _MOST_BYTES:
            raise FormError([translate("That is more than {most} MB at once. Send fewer files.").format(most=MOST_MB)])
        yield chunk
