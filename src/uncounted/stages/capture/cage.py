"""The cage a browser runs in: ``python -m uncounted.stages.capture.cage SOCKET PROGRAM ARGUMENT…``.

It moves into a network namespace of its own, where nothing but its own loopback exists, opens a listening socket there
and hands that socket over the Unix socket SOCKET to the process that started it: whoever holds it is the only way out.
Then it gives up root, if it has it, and becomes PROGRAM. ``{port}`` in an argument is replaced by the socket's port.
"""

import array
import contextlib
import ctypes
import fcntl
import json
import os
import socket
import struct
import sys
from collections.abc import Callable

from uncounted.stages.capture.confine import CLONE_NEWNET, CLONE_NEWUSER

NOBODY = 65534
SIOCSIFFLAGS = 0x8914
UP = 0x1 | 0x40  # IFF_UP | IFF_RUNNING


def main(arguments: list[str]) -> None:
    """Make the cage, hand over its door, become the program."""
    told, program = arguments[0], arguments[1:]
    libc = ctypes.CDLL(None, use_errno=True)
    apart = _apart(libc)
    with (
        socket.create_server(("127.0.0.1", 0), backlog=128) as door,
        socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line,
    ):
        line.connect(told)
        port = door.getsockname()[1]
        root = os.getuid() == 0 and _open_to_all(program[0]) and _to_nobody(program)
        nested = _can_nest(libc)
        state = {"namespace": apart, "user": "nobody" if root else "the same", "sandbox": nested, "port": port}
        handle = array.array("i", [door.fileno()])
        line.sendmsg([json.dumps(state).encode()], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, handle)])
    filled = [argument.replace("{port}", str(port)) for argument in program]
    if not nested and any(argument.startswith("--user-data-dir=") for argument in filled):
        filled.append("--no-sandbox")  # a browser that cannot shut its own parts in would not start; the state says so
    os.execv(filled[0], filled)  # noqa: S606 -- the browser itself, without a shell


def _apart(libc: ctypes.CDLL) -> bool:
    """Move into a network namespace with loopback alone; false where the system does not let us."""
    if not hasattr(libc, "unshare"):  # not Linux
        return False
    user, group = os.getuid(), os.getgid()
    if libc.unshare(CLONE_NEWNET) != 0:
        if libc.unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0:
            return False
        for name, line in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
            with contextlib.suppress(OSError), open(f"/proc/self/{name}", "w") as stream:
                stream.write(line)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("16sH14s", b"lo", UP, bytes(14))
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, request)
    return True


def _open_to_all(program: str) -> bool:
    """Whether a user without rights may start the program; an interpreter in root's own home root alone can start."""

    def may_start() -> bool:
        _become_nobody()
        return os.access(program, os.X_OK)

    return _in_child(may_start)


def _to_nobody(program: list[str]) -> bool:
    """Give up root; the program's own folders (``--user-data-dir``, ``HOME``) go with it."""
    folders = [word.partition("=")[2] for word in program if word.startswith("--user-data-dir=")]
    for folder in (*folders, os.environ.get("HOME", "")):
        if folder and os.path.isdir(folder) and folder.startswith("/tmp/"):  # noqa: S108 -- made for this run
            os.chown(folder, NOBODY, NOBODY)
    _become_nobody()
    return True


def _become_nobody() -> None:
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)


def _can_nest(libc: ctypes.CDLL) -> bool:
    """Whether a user namespace can be made here, which the browser's own sandbox is built from."""
    if not hasattr(libc, "unshare"):
        return True  # not Linux: the browser has other means there
    return _in_child(lambda: bool(libc.unshare(CLONE_NEWUSER) == 0))


def _in_child(question: Callable[[], bool]) -> bool:
    """The answer to a question whose asking changes the process; false where it could not be asked."""
    child = os.fork()
    if child == 0:
        answer = 1
        with contextlib.suppress(OSError):
            answer = 0 if question() else 1
        os._exit(answer)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


if __name__ == "__main__":
    main(sys.argv[1:])
