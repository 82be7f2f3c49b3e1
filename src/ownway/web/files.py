"""Files that are served as they are: style sheets, scripts, figures, the vision library and its models, the 3D library."""

from __future__ import annotations

from pathlib import PurePosixPath

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

# Not left to the system's table: on some computers it calls a script plain text, and with nosniff no browser runs that.
_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".wasm": "application/wasm",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".mp4": "video/mp4",
    ".glb": "model/gltf-binary",
    ".task": "application/octet-stream",
    ".webmanifest": "application/manifest+json",
}


class Files(StaticFiles):
    """A folder of files with exact types, asked again at each visit (a short 304), so that an update is seen at once."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer with the file."""
        response = await super().get_response(path, scope)
        kind = _TYPES.get(PurePosixPath(path).suffix)
        if kind is not None and response.status_code in (200, 206):
            response.headers["Content-Type"] = kind
        response.headers["Cache-Control"] = "no-cache"
        return response
