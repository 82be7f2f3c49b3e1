"""``ownway serve``: an address to listen on, and the server until Ctrl-C."""

from __future__ import annotations

import gc
import ipaddress
import socket
import sys
import threading
import webbrowser
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from ownway.backups import FOLDER, open_diary
from ownway.commands.assets import assets_folder
from ownway.commands.ending import say
from ownway.commands.exercises_app import Tried
from ownway.errors import OwnwayError, later
from ownway.exercises.loader import library
from ownway.store.claim import claim
from ownway.store.folder import database_url, exercises_folder, ready_folder
from ownway.web.app import create_app
from ownway.web.settings import LOOPBACK_NAMES, Settings, utc_now
from ownway.web.translation import translations

SHUTDOWN_S = 3

_ = translations("en").gettext


class ListenError(OwnwayError):
    """No port of this address can be listened on."""

    def __init__(self, host: str, reason: str) -> None:
        super().__init__(
            later("Ownway cannot listen on {host}: {reason}. Try --host 127.0.0.1 or another --port."),
            host=host,
            reason=reason,
        )


def run_server(host: str, port: int, data_dir: Path | None, *, open_browser: bool, tried: Tried | None = None) -> None:
    """Serve until Ctrl-C.

    Parameters
    ----------
    tried : an exercise whose page is opened in place of the first one, and its file, wherever that lies.

    Raises
    ------
    OwnwayError : the folder, the diary, the assets or the address cannot be used.
    """
    folder = ready_folder(data_dir)
    url = database_url(folder)
    own = exercises_folder(folder)
    with suppress(OSError):  # so that a file can be put there; without it all else works
        own.mkdir(exist_ok=True)
    library()  # a broken exercise file is told now, not in the first session
    open_diary(folder, utc_now()).close()
    assets = assets_folder()
    held = claim(folder)
    with held or nullcontext(), listen(host, port) as bound:
        address = page_address(host, bound.getsockname()[1])
        address = address if tried is None else f"{address.rstrip('/')}/exercises/{tried.id}"
        if port not in (0, bound.getsockname()[1]):
            say(_("Port {port} is not free; taking another one.").format(port=port))
        settings = Settings(
            database_url=url,
            assets_dir=assets,
            backups_dir=folder / FOLDER,
            exercises_dir=own,
            tried_exercise=None if tried is None else tried.file,
            allowed_hosts=LOOPBACK_NAMES | names_of(host),
            any_address=not _is_loopback(host),
            close_left_open=held is not None,
        )
        config = uvicorn.Config(
            create_app(settings),
            log_level="warning",
            use_colors=False,  # else it asks the terminal, and a program that was started by a click has none
            access_log=False,
            ws="websockets-sansio",
            ws_max_size=65536,
            ws_per_message_deflate=False,
            timeout_graceful_shutdown=SHUTDOWN_S,
            server_header=False,
        )
        with suppress(KeyboardInterrupt):  # Uvicorn has shut down in good order and passes the signal on
            _Server(config, Opening(address, folder, open_browser)).run(sockets=[bound])
    say(_("Ownway has stopped. Your sessions are kept."))


@dataclass(frozen=True, slots=True)
class Opening:
    """What to say, and to open, once the page can be reached."""

    address: str
    folder: Path
    open_browser: bool

    def show(self) -> None:
        """Say where the page is, and open it."""
        say(_("Ownway is ready: {address}").format(address=self.address))
        say(_("Your diary lies in {folder}").format(folder=self.folder))
        say(_("Press Ctrl-C to stop."))
        if self.open_browser:
            # Some browsers return only when they are closed.
            threading.Thread(target=webbrowser.open, args=(self.address,), daemon=True).start()


class _Server(uvicorn.Server):
    """A server that says when it is ready."""

    def __init__(self, config: uvicorn.Config, opening: Opening) -> None:
        super().__init__(config)
        self._opening = opening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        # What is loaded by now stays: it need not be looked through again whenever a page leaves much behind.
        gc.collect()
        gc.freeze()
        # Ten years of diary are 50,000 small things, and none of them leads back to itself: looking after each 700 is in vain.
        gc.set_threshold(50_000, 20, 50)
        if self.started:
            self._opening.show()


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on this port, or on a free one where it is in use.

    Raises
    ------
    ListenError : the address is not of this computer, or nothing on it may be listened on.
    """
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise ListenError(host, getattr(error, "strerror", None) or str(error)) from error
    family, _kind, _proto, _name, address = found[0]
    try:
        return _bound(family, str(address[0]), port)
    except OSError:
        try:
            return _bound(family, str(address[0]), 0)
        except OSError as error:
            raise ListenError(host, error.strerror or str(error)) from error


def _bound(family: socket.AddressFamily, address: str, port: int) -> socket.socket:
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":  # there it would share a port that is in use
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((address, port))
        bound.listen(128)  # bind alone does not always tell that somebody else listens there
    except OSError:
        bound.close()
        raise
    return bound


def page_address(host: str, port: int) -> str:
    """Return what to type into the browser of this computer."""
    if host in ("0.0.0.0", "::", ""):  # noqa: S104 - read here, not listened on
        host = "127.0.0.1"
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def names_of(host: str) -> frozenset[str]:
    """Return the names by which others may ask for this computer when it listens to more than itself."""
    if _is_loopback(host):
        return frozenset()
    own = socket.gethostname().lower()
    return frozenset({host.lower(), own, f"{own.split('.')[0]}.local"})


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
