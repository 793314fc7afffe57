"""The columns that are asked of connections of mail that only go on. Imports numpy."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from wiretruth.columns.grouping import Grouped
from wiretruth.columns.outlines import selective
from wiretruth.columns.view import Numbers, Rows, Truths

_FLAGS, _DONT_FRAGMENT = 0x3F, 0x4000
_ACK, _PSH, _FIN, _SYN = 0x10, 0x08, 0x01, 0x02
_PLAIN = np.isin(np.arange(64), (_ACK, _ACK | _PSH))
_ENDING = np.isin(np.arange(64), (_FIN | _ACK, _FIN | _ACK | _PSH))


class Columns(NamedTuple):
    """One entry for each segment, connection by connection."""

    group: Rows
    """The place of its connection."""
    side: Truths
    """Sent by the client."""
    flags: Numbers
    seq: Numbers
    ack: Numbers
    begin: Numbers
    """Where the octets begin in the buffer."""
    length: Numbers
    advance: Numbers
    """How many sequence numbers it takes."""
    syn: Truths
    plain: Truths
    """ACK, or PSH and ACK."""
    ending: Truths
    """FIN and ACK, with PSH or not, and no octets."""
    tidy: Truths
    """Whole, with an open window and no selective acknowledgement."""
    headers: Numbers
    """Octets of the headers of IP and TCP."""
    ttl: Numbers
    ip_id: Numbers
    window: Numbers
    dont_fragment: Truths
    stamp: Numbers
    """The timestamp; -1 for none."""
    at: Numbers
    frame: Numbers


def columns(found: Grouped, state: npt.NDArray[np.void], first_number: int) -> Columns:
    """Read the columns of *found*.

    Args:
        found: segments by connection.
        state: of each connection; see ``steady``.
        first_number: frame number of row 0 of the batch.
    """
    segments, networks, rows, tcp = found.found.segments, found.found.networks, found.rows, found.tcp
    group = np.repeat(np.arange(len(found.starts)), found.counts)
    begin, flags = segments.begin[found.places], (tcp["flags"] & _FLAGS).astype(np.int64)
    ip_length = networks.length[rows]
    length = np.maximum(networks.start[rows] + ip_length - begin, 0)
    syn = flags & _SYN != 0
    ending = _ENDING[flags] & (length == 0)
    stamped = segments.options.timestamps[found.places]
    return Columns(
        group=group,
        side=found.by_high == state["client_high"][group],
        flags=flags,
        seq=tcp["seq"].astype(np.int64),
        ack=tcp["ack"].astype(np.int64),
        begin=begin,
        length=length,
        advance=length + syn + (flags & _FIN != 0),
        syn=syn,
        plain=_PLAIN[flags],
        ending=ending,
        tidy=(tcp["window"] != 0) & (segments.stop[found.places] - begin == length) & ~selective(found),
        headers=ip_length - length,
        ttl=found.header["ttl"].astype(np.int64),
        window=tcp["window"].astype(np.int64),
        stamp=np.where(stamped > 0, found.found.view.numbers(stamped + 2, ">u4"), -1),
        at=found.found.times[rows],
        frame=rows + first_number,
        **_of_version(found),
    )


def _of_version(found: Grouped) -> dict[str, Any]:
    if found.version == 6:  # noqa: PLR2004
        count = len(found.rows)
        return {"ip_id": np.zeros(count, np.int64), "dont_fragment": np.ones(count, np.bool_)}
    header = found.header
    return {
        "ip_id": header["identification"].astype(np.int64),
        "dont_fragment": header["pieces"] & _DONT_FRAGMENT != 0,
    }
