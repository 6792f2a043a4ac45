"""How far this machine's clock may be off: what the kernel knows of it, and what a server's clock says."""

import ctypes
from datetime import datetime
from email.utils import parsedate_to_datetime

STA_UNSYNC = 0x0040


class _Timex(ctypes.Structure):
    """The head of Linux's ``struct timex``; the rest is room."""

    _fields_ = (
        ("modes", ctypes.c_uint), ("offset", ctypes.c_long), ("freq", ctypes.c_long), ("maxerror", ctypes.c_long),
        ("esterror", ctypes.c_long), ("status", ctypes.c_int), ("room", ctypes.c_byte * 256),
    )  # fmt: skip


def kernel_clock() -> dict[str, object]:
    """Whether the kernel holds its clock to be set by a time service, and by how many seconds it may be off at most.

    Reads only (``adjtimex`` with no modes); empty where the system has no such call.
    """
    state = _Timex()
    try:
        told = ctypes.CDLL(None).adjtimex(ctypes.byref(state))
    except (OSError, AttributeError):
        return {}
    if told < 0:
        return {}
    return {"synchronised": not state.status & STA_UNSYNC, "most_off_seconds": state.maxerror / 1e6}


def server_offset(date: str | None, here: str) -> float | None:
    """Seconds by which a server's clock (its ``Date`` header) is ahead of ours (RFC 3339); ``None`` when not told.

    Good to about a second, plus the time the answer was under way.
    """
    try:
        theirs = parsedate_to_datetime(date) if date else None
    except (TypeError, ValueError):
        return None
    if theirs is None or theirs.tzinfo is None:
        return None
    return (theirs - datetime.fromisoformat(here.replace("Z", "+00:00"))).total_seconds()
