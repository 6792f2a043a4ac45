"""One writer at a time: a lock file that says who holds it and what for."""

import contextlib
import fcntl
import json
import os
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from uncounted.model.errors import Refused


class WriterLock:
    """The right to write to a case, held through ``flock`` on a file; the system frees it when the holder dies.

    Taking it again while holding it, in the same thread, is free. ``patience`` is how many seconds to wait for it.
    """

    def __init__(self, path: Path, patience: float = 5.0) -> None:
        self.path, self.patience = path, patience
        self._threads = threading.RLock()
        self._depth = 0

    @contextlib.contextmanager
    def held(self, purpose: str) -> Iterator[None]:
        """Hold the lock; ``Refused`` names the process that has it and what it does."""
        with self._threads:
            if self._depth:
                self._depth += 1
                try:
                    yield
                finally:
                    self._depth -= 1
                return
            descriptor = self._take(purpose)
            self._depth = 1
            try:
                yield
            finally:
                self._depth = 0
                with contextlib.suppress(OSError):  # what was done under the lock stands, whatever its file says
                    os.ftruncate(descriptor, 0)
                os.close(descriptor)

    def _take(self, purpose: str) -> int:
        try:
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as fault:
            raise self._unwritable(fault) from fault
        try:
            self._wait(descriptor)
            since = datetime.now(UTC).isoformat(timespec="seconds")
            holder = json.dumps({"pid": os.getpid(), "purpose": purpose, "since": since})
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, holder.encode(), 0)
        except OSError as fault:
            os.close(descriptor)
            raise self._unwritable(fault) from fault
        except BaseException:
            os.close(descriptor)
            raise
        return descriptor

    def _wait(self, descriptor: int) -> None:
        deadline = time.monotonic() + self.patience
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise self._refusal() from None
                time.sleep(0.02)
            else:
                return

    def _unwritable(self, fault: OSError) -> Refused:
        rule = f"it cannot be written to ({fault.strerror})"
        return Refused(f"case {self.path.parent}", rule, "See to the disk and the folder's rights, then try again")

    def _refusal(self) -> Refused:
        try:
            holder = json.loads(self.path.read_bytes())
            who = f"process {holder['pid']} is writing to it ({holder['purpose']}, since {holder['since']})"
        except (OSError, ValueError, KeyError, TypeError):
            who = "another process is writing to it"
        return Refused(f"case {self.path.parent}", who, "Wait until it is done, or stop it, then try again")
