"""Runs Ownway's command line and writes down every host it looks up or connects to.

``python watched_ownway.py LOG serve --no-open ...``: Python itself reports each attempt (an audit hook), before it is
made, so nothing that Ownway or a package of it does in Python can go unseen.
"""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> None:
    log = Path(sys.argv.pop(1)).open("a", encoding="utf-8")  # noqa: SIM115 - open as long as the process lives

    def watch(event: str, given: tuple[object, ...]) -> None:
        if event in {"socket.connect", "socket.sendto"}:
            address = given[1]
            host = address[0] if isinstance(address, tuple) else address
        elif event in {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}:
            host = given[0]
        else:
            return
        print(event, host, file=log, flush=True)

    sys.addaudithook(watch)
    from ownway.cli import main as ownway

    ownway()


if __name__ == "__main__":
    main()
