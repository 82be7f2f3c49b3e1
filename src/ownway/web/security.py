"""Who may ask, and what a page of ours may do: a pure ASGI guard around the whole app.

Three doors. *Host*: a page elsewhere may point its own name at this computer (DNS rebinding); only names and addresses
that are ours are answered. *Origin*: a page elsewhere may post a form here or open our socket; whatever changes something
must come from our own pages. *Policy*: our pages may load and contact nothing but ourselves, on every response, since a
worker takes the policy of its own response and not that of its page.
"""

from __future__ import annotations

import ipaddress
import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[0-9a-z.-]+)(?::\d{1,5})?", re.ASCII)

HEADERS = {
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=(), screen-wake-lock=(self)",
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: with it a browser posts our own forms with "Origin: null", and over plain http to another
    # computer nothing else would tell them from a stranger's. To other sites this says nothing either.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


def policy(scheme: str, host: str) -> str:
    """Return the Content-Security-Policy of a response to this host.

    The socket's origin is named beside 'self', because older browsers do not count ws: among it.
    """
    socket = f"{'wss' if scheme in ('https', 'wss') else 'ws'}://{host}"
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self' 'wasm-unsafe-eval'",
            "worker-src 'self'",
            f"connect-src 'self' {socket}",
            "img-src 'self' data: blob:",
            "media-src 'self' blob:",
            "style-src 'self'",
            "font-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    )


class Guard:
    """Lets through what may pass and puts the policy on every answer."""

    def __init__(self, app: ASGIApp, allowed_hosts: frozenset[str], any_address: bool) -> None:
        self._app = app
        self._allowed_hosts = allowed_hosts
        self._any_address = any_address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request or socket."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._ours(hosts[0].lower()):
            # No policy for a host that is not ours: its name would stand in the header.
            await _refuse(scope, receive, send, 400, "Ownway answers only to its own address.")
            return
        host = hosts[0].lower()

        async def send_guarded(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                answer = MutableHeaders(scope=message)
                answer["Content-Security-Policy"] = policy(scope["scheme"], host)
                for name, value in HEADERS.items():
                    answer[name] = value
            await send(message)

        changes = scope["type"] == "websocket" or scope["method"] not in _SAFE
        if changes and not _from_our_page(headers, scope["scheme"], host):
            await _refuse(scope, receive, send_guarded, 403, "This came from a page that is not Ownway's.")
            return
        await self._app(scope, receive, send_guarded)

    def _ours(self, host: str) -> bool:
        matched = _HOST.fullmatch(host)
        if matched is None:
            return False
        name = matched["name"]
        if name in self._allowed_hosts:
            return True
        try:
            address = ipaddress.ip_address(name.strip("[]"))
        except ValueError:
            return False
        return self._any_address or address.is_loopback


def _from_our_page(headers: Headers, scheme: str, host: str) -> bool:
    """Return whether the request comes from a page of this very address, or from no page at all.

    A browser names its origin on every socket and every post; where it hides it ("null"), Sec-Fetch-Site still tells.
    A program that is no browser sends neither, and no page can make a browser do so.
    """
    origin = headers.get("origin")
    if origin is not None and origin != "null":
        page = "https" if scheme in ("https", "wss") else "http"
        return origin.lower() == f"{page}://{host}"
    site = headers.get("sec-fetch-site")
    return site == "same-origin" or (site is None and origin is None)


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, why: str) -> None:
    if scope["type"] == "http" or "websocket.http.response" in scope.get("extensions", {}):
        await PlainTextResponse(why + "\n", status_code=status)(scope, receive, send)
    else:
        await send({"type": "websocket.close", "code": 1008, "reason": why})
