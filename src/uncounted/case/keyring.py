"""Keys that are at hand while somebody works, and forgotten when they have not for a while."""

import time
from collections.abc import Callable
from pathlib import Path

from uncounted.ledger.sealed import Key, read_keys
from uncounted.model.errors import Refused


def awake_or_not() -> float:
    """Seconds that only go forward, those included in which the machine slept: a closed laptop is an idle one."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class Keyring:
    """Holds the keys of one file open until it is locked, or nobody used them for ``idle`` seconds.

    Locked at first. ``clock`` gives seconds that only go forward.
    """

    def __init__(self, path: Path, *, idle: float = 300.0, clock: Callable[[], float] = awake_or_not) -> None:
        self.path, self.idle, self._clock = path, idle, clock
        self._keys: tuple[Key, ...] = ()
        self._used = 0.0

    def unlock(self, passphrase: str | None = None) -> None:
        """Open the key file; :class:`Refused` with the wrong passphrase."""
        self._keys = read_keys(self.path, passphrase)
        self._used = self._clock()

    def lock(self) -> None:
        """Forget the keys."""
        self._keys = ()

    @property
    def locked(self) -> bool:
        """Whether the keys are gone. Asking is no use of them."""
        if self._keys and self._clock() - self._used >= self.idle:
            self.lock()
        return not self._keys

    @property
    def left(self) -> float:
        """Seconds until the keys are forgotten; 0 when they are."""
        return 0.0 if self.locked else max(0.0, self._used + self.idle - self._clock())

    def keys(self) -> tuple[Key, ...]:
        """The keys, for use now; :class:`Refused` when they were locked meanwhile."""
        if self.locked:
            minutes = self.idle / 60
            raise Refused(f"key file {self.path}", f"it was locked after {minutes:g} idle minutes", "Unlock it again")
        self._used = self._clock()
        return self._keys
