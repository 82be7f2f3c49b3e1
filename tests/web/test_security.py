"""The guard: who is answered, who is not, and what stands on every answer."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from ownway.web.security import HEADERS, Guard
from ownway.web.settings import LOOPBACK_NAMES


async def _hello(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("hello")


async def _socket(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text("hello")
    await websocket.close()


def _client(*, any_address: bool = False, base_url: str = "http://127.0.0.1:8765") -> TestClient:
    app = Starlette(routes=[Route("/", _hello, methods=["GET", "POST"]), WebSocketRoute("/live", _socket)])
    return TestClient(Guard(app, LOOPBACK_NAMES, any_address), base_url=base_url)


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8765", "localhost:8765", "LOCALHOST", "[::1]:8765", "127.0.0.1", "127.0.0.2"]
)
def test_this_computer_is_answered(host: str) -> None:
    """By each of its own names."""
    assert _client().get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8765", "192.168.1.7", "", "a b", "127.0.0.1:x"],
)
def test_other_names_are_refused(host: str) -> None:
    """DNS rebinding: the browser believes that this computer is evil.example."""
    answer = _client().get("/", headers={"host": host})
    assert answer.status_code == 400
    with pytest.raises(WebSocketDisconnect), _client().websocket_connect("/live", headers={"host": host}):
        pass


def test_a_host_that_listens_to_more_answers_to_addresses_but_to_no_name() -> None:
    """An attacker's name is never an address."""
    client = _client(any_address=True)
    assert client.get("/", headers={"host": "192.168.1.7:8765"}).status_code == 200
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    ("headers", "passes"),
    [
        ({"origin": "http://127.0.0.1:8765"}, True),
        ({"origin": "http://evil.example"}, False),
        ({"origin": "http://127.0.0.1:9999"}, False),
        ({"origin": "https://127.0.0.1:8765"}, False),
        ({"origin": "null"}, False),
        ({"origin": "null", "sec-fetch-site": "same-origin"}, True),
        ({"origin": "null", "sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"origin": "http://evil.example", "sec-fetch-site": "same-origin"}, False),
        ({}, True),
    ],
)
def test_what_changes_something_comes_from_our_pages(headers: dict[str, str], passes: bool) -> None:
    """Another origin on this very computer (another port) is a stranger, too. A program without a page is none."""
    client = _client()
    assert client.post("/", headers=headers).status_code == (200 if passes else 403)
    # Reading does no harm: the browser keeps the answer from the other page.
    assert client.get("/", headers=headers).status_code == 200
    if passes:
        with client.websocket_connect("/live", headers={"host": "127.0.0.1:8765", **headers}) as socket:
            assert socket.receive_text() == "hello"
    else:
        with (
            pytest.raises(WebSocketDisconnect),
            client.websocket_connect("/live", headers={"host": "127.0.0.1:8765", **headers}),
        ):
            pass


@pytest.mark.parametrize("path", ["/", "/nothing"])
def test_the_policy_stands_on_every_answer(path: str) -> None:
    """No inline, no elsewhere; the socket's own origin is named for browsers that need it."""
    answer = _client().get(path)
    rules = dict(rule.split(" ", 1) for rule in answer.headers["content-security-policy"].split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self' 'wasm-unsafe-eval'"
    assert rules["connect-src"] == "'self' ws://127.0.0.1:8765"
    assert rules["frame-ancestors"] == "'none'"
    assert "unsafe-inline" not in answer.headers["content-security-policy"]
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
