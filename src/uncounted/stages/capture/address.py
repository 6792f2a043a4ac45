"""Which addresses a report may be fetched from: ``http(s)``, a plain host, and a globally routable machine."""

import ipaddress
import re
import socket
from collections.abc import Callable

import httpx

from uncounted.model.errors import BadInput, Refused

Resolve = Callable[[str, int], list[str]]
"""A host and port into the addresses that it has."""

NUMERIC = re.compile(r"^(?:0[xX][0-9a-fA-F]*|\d+)$")
DOTTED = re.compile(r"^(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}$")
NEVER_4 = [ipaddress.IPv4Network(net) for net in ("192.88.99.0/24", "192.0.0.0/24", "224.0.0.0/4", "240.0.0.0/4")]
GLOBAL_6 = ipaddress.IPv6Network("2000::/3")
NEVER_6 = [ipaddress.IPv6Network(net) for net in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")]
RULE = "only addresses on the open internet are fetched"
REMEDY = "Save the page as a file and add that"


def parse(url: str) -> httpx.URL:
    """The parsed address. Raises :class:`Refused` for another scheme, a user name, or a host in a disguise.

    A host whose last label is a number must be a plain dotted quad: ``2130706433``, ``0x7f.1`` and ``127.1`` are
    other ways to write 127.0.0.1.
    """
    if len(url) > 2000 or any(ord(sign) <= 32 or ord(sign) == 127 for sign in url) or "\\" in url:
        raise BadInput(
            f"address {url[:80]!r}", "it is too long, or holds a space, a control sign or a backslash", REMEDY
        )
    try:
        parsed = httpx.URL(url)
        host = parsed.raw_host.decode("ascii").lower()
    except (httpx.InvalidURL, UnicodeError, ValueError) as fault:
        raise BadInput(f"address {url[:80]!r}", f"it is not well formed ({fault})", REMEDY) from fault
    if parsed.scheme not in {"http", "https"}:
        raise Refused(
            f"address {url[:80]!r}", f"its scheme is {parsed.scheme or 'missing'!r}, not http or https", REMEDY
        )
    if parsed.userinfo:
        raise Refused(f"address {url[:80]!r}", "it carries a user name", "Leave the part before @ out")
    if not host or "%" in host:
        raise Refused(f"address {url[:80]!r}", "it has no plain host", REMEDY)
    last = host.rstrip(".").rpartition(".")[2]
    if ":" not in host and NUMERIC.match(last) and not DOTTED.match(host):
        raise Refused(f"address {url[:80]!r}", "its host is a number in a disguise", "Write the host by its name")
    return parsed


def is_open(address: str, *, allow_loopback: bool = False) -> bool:
    """Whether an IP address is globally routable; an IPv4 address mapped into IPv6 is judged as what it is."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return is_open(str(parsed.ipv4_mapped))
        routable = parsed.scope_id is None and parsed in GLOBAL_6 and not any(parsed in net for net in NEVER_6)
    else:
        routable = not parsed.is_multicast and not any(parsed in net for net in NEVER_4)
    return (allow_loopback and parsed.is_loopback) or (routable and parsed.is_global)


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host by the system's resolver. Raises ``OSError``."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def choose(host: str, port: int, how: Resolve, *, allow_loopback: bool = False) -> str:
    """The one address to connect to. Raises :class:`Refused` when any address of the host is not open."""
    try:
        addresses = how(host, port)
    except (OSError, UnicodeError) as fault:
        raise BadInput(
            f"host {host}", f"it has no address ({fault})", "Check the address and the connection"
        ) from fault
    closed = [address for address in addresses if not is_open(address, allow_loopback=allow_loopback)]
    if closed or not addresses:
        raise Refused(f"host {host}", f"{RULE}, and it is at {closed[0] if closed else 'none'}", REMEDY)
    return addresses[0]
