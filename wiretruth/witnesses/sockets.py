"""Socket tables: ``ss -tnpe`` (any order of its options), ``/proc/net/tcp`` and ``/proc/net/tcp6``.

Source: ss(8); Documentation/networking/proc_net_tcp.rst; net/tcp_states.h.
"""

import re
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final

from wiretruth.model.packet import Endpoint
from wiretruth.model.socket import SocketOwner
from wiretruth.octets import printable

KIND: Final = "sockets"
FORMAT: Final = "ss -tnpe, /proc/net/tcp, /proc/net/tcp6"

MAX_LINE_OF_SOCKET = 4096
"""Characters of a socket's line; with every extension ss shows some 600."""

_HEADING: Final = re.compile(r"\s*(?:Netid\s+)?State\s+Recv-Q\s+Send-Q|\s*sl\s+local_address")
_SS: Final = re.compile(
    r"(?:tcp\s+)?(?P<state>ESTAB|SYN-SENT|SYN-RECV|FIN-WAIT-[12]|TIME-WAIT|CLOSE-WAIT|LAST-ACK|LISTEN|CLOSING|UNCONN|CLOSED)"
    r"\s+\d+\s+\d+\s+(?P<local>\S+):(?P<local_port>\d{1,5}|\*)\s+(?P<remote>\S+):(?P<remote_port>\d{1,5}|\*)(?:\s|$)"
)
_PROCESS: Final = re.compile(r'users:\(\("([^"]{1,64})",pid=(\d{1,10})')
_UID: Final = re.compile(r"\buid:(\d{1,10})\b")
_PROC: Final = re.compile(
    r"\s*\d+: (?P<local>[0-9A-F]{8}|[0-9A-F]{32}):(?P<local_port>[0-9A-F]{4})"
    r" (?P<remote>[0-9A-F]{8}|[0-9A-F]{32}):(?P<remote_port>[0-9A-F]{4}) (?P<state>[0-9A-F]{2})"
    r" [0-9A-F]+:[0-9A-F]+ [0-9A-F]+:[0-9A-F]+ [0-9A-F]+ +(?P<uid>\d{1,10}) "
)
_STATES: Final = (
    "", "ESTAB", "SYN-SENT", "SYN-RECV", "FIN-WAIT-1", "FIN-WAIT-2", "TIME-WAIT", "UNCONN", "CLOSE-WAIT", "LAST-ACK",
    "LISTEN", "CLOSING", "SYN-RECV",
)  # fmt: skip
"""As ss names the kernel's numbers; 12 is a request that waits in SYN-RECV."""

_ANY: Final = "*"


class Reader:
    """Reads sockets; each line stands for itself."""

    def __init__(self, source: str) -> None:
        """Begin a file; *source* as the user named it."""
        self._source = source

    def receive(self, line: str, number: int) -> tuple[SocketOwner, ...] | None:
        """Take a line; give the socket, or ``None`` where it is none."""
        if len(line) > MAX_LINE_OF_SOCKET:
            return None
        try:
            if found := _SS.match(line):
                return (self._of_ss(line, number, found),)
            if found := _PROC.match(line):
                return (self._of_proc(number, found),)
        except (ValueError, IndexError):
            return None
        return () if _HEADING.match(line) else None

    def finish(self) -> tuple[SocketOwner, ...]:
        """End the file: nothing is left."""
        return ()

    def _of_ss(self, line: str, number: int, found: re.Match[str]) -> SocketOwner:
        process, uid = _PROCESS.search(line, found.end()), _UID.search(line, found.end())
        return SocketOwner(
            source=self._source,
            line=number,
            state=found["state"],
            local=_end(found["local"], found["local_port"]),
            remote=_end(found["remote"], found["remote_port"]),
            process=printable(process[1].encode()) if process else None,
            pid=int(process[2]) if process else None,
            uid=int(uid[1]) if uid else None,
        )

    def _of_proc(self, number: int, found: re.Match[str]) -> SocketOwner:
        return SocketOwner(
            source=self._source,
            line=number,
            state=_STATES[int(found["state"], 16)],
            local=Endpoint(_from_words(found["local"]), int(found["local_port"], 16)),
            remote=Endpoint(_from_words(found["remote"]), int(found["remote_port"], 16)),
            uid=int(found["uid"]),
        )


def _end(host: str, port: str) -> Endpoint:
    """Read ``192.0.2.1``, ``[2001:db8::1]``, ``192.0.2.1%eth0``, ``*``.

    Raises:
        ValueError: it is none of these.
    """
    bare = host.strip("[]").partition("%")[0]
    number = 0 if port == _ANY else int(port)
    if number > 0xFFFF:  # noqa: PLR2004 - the largest port
        raise ValueError(port)
    return Endpoint(_unmapped("::" if bare == _ANY else bare), number)


def _from_words(text: str) -> str:
    """Read an address as the kernel prints it: 32-bit words in the order of a little-endian host."""
    words = [bytes.fromhex(text[at : at + 8])[::-1] for at in range(0, len(text), 8)]
    octets = b"".join(words)
    return str(IPv4Address(octets)) if len(words) == 1 else _unmapped(str(IPv6Address(octets)))


def _unmapped(text: str) -> str:
    """Give an IPv4 address for one that is mapped into IPv6 (RFC 4291 §2.5.5.2): on the wire it is IPv4."""
    parsed = ip_address(text)
    mapped = parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else None
    return str(mapped or parsed)
