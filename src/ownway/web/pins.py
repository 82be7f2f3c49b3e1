"""PINs: kept as a slow hash, and guessed at only slowly.

A PIN keeps the others at home out of somebody's pages. It does not lock the file on the disk: whoever may read that can
read the diary, as with every file of this computer.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable

SHORTEST, LONGEST = 4, 12  # digits
_METHOD, _ROUNDS = "sha256", 600_000  # OWASP's number for PBKDF2 with SHA-256
_FREE_TRIES = 5  # chosen by us: a PIN is mistyped now and then
_FIRST_WAIT_S, _LONGEST_WAIT_S = 30.0, 900.0


def hash_pin(pin: str) -> str:
    """Return what is kept of a PIN: method, rounds, salt and hash."""
    salt = secrets.token_bytes(16)
    return f"{_METHOD}${_ROUNDS}${salt.hex()}${_derived(pin, salt, _ROUNDS).hex()}"


def is_pin(pin: str, kept: str) -> bool:
    """Return whether this is the PIN of which ``kept`` is the hash."""
    _method, rounds, salt, derived = kept.split("$")
    return hmac.compare_digest(_derived(pin, bytes.fromhex(salt), int(rounds)), bytes.fromhex(derived))


def _derived(pin: str, salt: bytes, rounds: int) -> bytes:
    return hashlib.pbkdf2_hmac(_METHOD, pin.encode(), salt, rounds)


class Tries:
    """How often each person's PIN was wrong lately; kept only while the program runs.

    Parameters
    ----------
    monotonic : s, never going back.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._wrong: dict[int, int] = {}
        self._open_at: dict[int, float] = {}

    def wait_s(self, person_id: int) -> float:
        """Return how long until this person's PIN may be tried again, 0 for now."""
        return max(0.0, self._open_at.get(person_id, 0.0) - self._monotonic())

    def missed(self, person_id: int) -> None:
        """Note a wrong one: from the fifth on each makes everybody wait twice as long."""
        wrong = self._wrong[person_id] = self._wrong.get(person_id, 0) + 1
        if wrong >= _FREE_TRIES:
            wait_s = min(_LONGEST_WAIT_S, _FIRST_WAIT_S * 2 ** (wrong - _FREE_TRIES))
            self._open_at[person_id] = self._monotonic() + wait_s

    def passed(self, person_id: int) -> None:
        """Forget the wrong ones."""
        self._wrong.pop(person_id, None)
        self._open_at.pop(person_id, None)
