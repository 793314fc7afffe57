"""Connection tracking in text: ``conntrack -L``, ``conntrack -E`` and ``/proc/net/nf_conntrack``.

Source: conntrack(8), nf_conntrack_standalone.c (ct_seq_show), libnetfilter_conntrack src/conntrack/snprintf_default.c.
"""

import functools
import re
from ipaddress import ip_address
from typing import Final

from wiretruth.model.packet import TCP, UDP, Endpoint
from wiretruth.model.translation import FlowTuple, Translation
from wiretruth.witnesses.contact import MAIL_PORTS

KIND: Final = "conntrack"
FORMAT: Final = "conntrack -L, conntrack -E, /proc/net/nf_conntrack"

DNS_PORT: Final = 53

MAX_ENTRY = 4096
"""Characters of an entry; with every extension shown it has some 500."""

_HEAD: Final = re.compile(
    r"\s*(?:\[(?P<seconds>\d{1,12})\.(?P<micros>\d{6})\])?\s*(?:\[(?P<event>NEW|UPDATE|DESTROY)\])?\s*"
    r"(?:ipv[46]\s+\d+\s+)?(?P<name>[a-z][a-z0-9]{1,15})\s+(?P<number>\d{1,3})\s+"
    r"(?:(?P<timeout>\d{1,10})\s+)?(?:(?P<state>[A-Z][A-Z0-9_]{1,19})\s+)?(?=src=)"
)
_ADDRESSES: Final = re.compile(r"src=(?P<src>[0-9a-f.:]{2,45}) dst=(?P<dst>[0-9a-f.:]{2,45})")
_PORTS: Final = re.compile(r" sport=(\d{1,5}) dport=(\d{1,5})")
_CONCERNED: Final = re.compile(rf"port=(?:{'|'.join(map(str, sorted(MAIL_PORTS | {DNS_PORT})))})\b")
_FLAG: Final = re.compile(r"\[([A-Z_]{2,16})\]")
_MARK: Final = re.compile(r" mark=(\d{1,10})")
_COUNT: Final = re.compile(r"conntrack v\S+ \(conntrack-tools\): \d+ flow entries")


class Reader:
    """Reads entries; each line stands for itself."""

    def __init__(self, source: str) -> None:
        """Begin a file; *source* as the user named it."""
        self._source = source

    def receive(self, line: str, number: int) -> tuple[Translation, ...] | None:
        """Take a line; give what it claims, or ``None`` where it is no entry."""
        if len(line) > MAX_ENTRY:
            return None
        head = _HEAD.match(line)
        if head is None:
            return () if _COUNT.match(line) else None
        if _CONCERNED.search(line, head.end()) is None:
            return ()  # a gateway tracks many connections, and few of them are mail or DNS
        return self._entry(line, number, head)

    def finish(self) -> tuple[Translation, ...]:
        """End the file: nothing is left."""
        return ()

    def _entry(self, line: str, number: int, head: re.Match[str]) -> tuple[Translation, ...] | None:
        try:
            tuples = [_tuple(line, found) for found in _ADDRESSES.finditer(line, head.end())]
        except ValueError:
            return None
        if len(tuples) != 2:  # noqa: PLR2004 - one each way
            return None
        original, reply = tuples
        if original is None or reply is None or int(head["number"]) not in (TCP, UDP):
            return ()
        mark = _MARK.search(line, head.end())
        translation = Translation(
            source=self._source,
            line=number,
            protocol=int(head["number"]),
            original=original,
            reply=reply,
            state=head["state"],
            flags=tuple(_FLAG.findall(line, head.end())),
            event=head["event"],
            at=int(head["seconds"] + head["micros"]) * 1000 if head["seconds"] else None,
            timeout=int(head["timeout"]) if head["timeout"] else None,
            mark=int(mark[1]) if mark else None,
        )
        return (translation,)


@functools.lru_cache(maxsize=1 << 14)
def _address(text: str) -> str:
    """Give an address in canonical form.

    Raises:
        ValueError: it is none.
    """
    return str(ip_address(text))


def _tuple(line: str, addresses: re.Match[str]) -> FlowTuple | None:
    """Read one tuple; ``None`` for one without ports.

    Raises:
        ValueError: it holds what is no address, or no port.
    """
    source, destination = _address(addresses["src"]), _address(addresses["dst"])
    ports = _PORTS.match(line, addresses.end())
    if ports is None:
        return None
    if max(int(ports[1]), int(ports[2])) > 0xFFFF:  # noqa: PLR2004 - the largest port
        raise ValueError(line[addresses.start() : ports.end()])
    return FlowTuple(Endpoint(source, int(ports[1])), Endpoint(destination, int(ports[2])))
