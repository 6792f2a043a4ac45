"""Shut this process in before it parses a hostile document: no network, no programs, little memory and time."""

import ctypes
import os
import resource
import sys

CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.startfile",
             "pty.spawn", "ctypes.", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink",
             "os.chmod", "os.chown", "os.truncate", "shutil.")  # fmt: skip
FAULTS = (ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, NotImplementedError, RecursionError,
          TypeError, ValueError)  # fmt: skip
"""What parsers raise on documents that break their rules, beside errors of their own."""
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Confined(RuntimeError):
    """Something in the child reached for what it may not have."""


class Unreadable(Exception):
    """The document breaks a rule; ``args`` are the rule and the remedy."""


def limit(memory: int, seconds: float) -> None:
    """Hold this process to ``memory`` bytes of address space and ``seconds`` of processor time; no files, no dumps."""
    cpu = max(1, int(seconds))
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        hard = resource.getrlimit(what)[1]
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (least, least))


def cut_network() -> bool:
    """Move into a network namespace without any interface; false where the system does not let us."""
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        return bool(libc.unshare(CLONE_NEWNET) == 0 or libc.unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0)
    except (OSError, AttributeError):
        return False


def own_code() -> tuple[str, ...]:
    """The folders that Python and this program are loaded from; nothing else needs to be read."""
    package = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    places = [sys.prefix, sys.base_prefix, *sys.path, package]
    return tuple(os.path.join(os.path.realpath(place), "") for place in places if place)


def forbid() -> None:
    """From now on refuse sockets, other programs, writing, and reading of anything but code, whoever asks for it.

    It cannot be taken back. What C code opens by itself is not seen.
    """
    readable = own_code()

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith(FORBIDDEN):
            raise Confined(f"{event} is forbidden here")
        if event == "open" and len(arguments) > 2 and isinstance(arguments[2], int) and arguments[2] & WRITING:
            raise Confined("writing is forbidden here")
        if event == "open" and isinstance(arguments[0], str | bytes):
            path = os.path.realpath(os.fsdecode(arguments[0]))
            if not path.startswith(readable) and path != "/dev/null":
                raise Confined(f"reading {path} is forbidden here")

    sys.addaudithook(watch)
