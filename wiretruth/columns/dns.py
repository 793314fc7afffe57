"""DNS over UDP in columns: the datagrams that are ordinary messages, and by what a query and its response are alike.

Ordinary is a query or a response from or to port 53 with one question, written in full. ``protocols.dns`` is the
definition of everything else.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wiretruth.columns.headers import Headers
from wiretruth.columns.networks import IPV4_HEADER, IPV6_HEADER
from wiretruth.columns.view import Numbers, Rows, Truths, View

Hashes = npt.NDArray[np.uint64]

HEADER = np.dtype([
    ("id", ">u2"), ("flags", ">u2"), ("questions", ">u2"), ("answers", ">u2"), ("authorities", ">u2"),
    ("additionals", ">u2"),
])  # fmt: skip
RESPONSE, TRUNCATED, RECURSION_DESIRED, RCODE = 0x8000, 0x0200, 0x0100, 0x000F
_OPCODE = 0x7800
_PORT = 53
_OTHER_PROTOCOLS = (137, 5355)
_MAX_LABEL, _MAX_NAME = 63, 255
_WORD = 8
OPT = 41
_OPT_RECORD = np.dtype([("owner", "u1"), ("type", ">u2"), ("class", ">u2"), ("ttl", ">u4"), ("length", ">u2")])
_BEHIND_NAME = 4
"""Octets of QTYPE and QCLASS."""

MAPPED = 0xFFFF << 32
"""An IPv4 address is kept as RFC 4291 §2.5.5.2 maps it; IPv6 addresses that begin with so many zeros are not ordinary."""

CLIENT_HIGH, CLIENT_LOW, RESOLVER_HIGH, RESOLVER_LOW, REST = range(5)
ENDS = 5
"""Whole numbers that say who asked whom: the halves of both addresses, then the ports of client and resolver, the id and
the number of the place where it was seen, 16 bits each. All that a response repeats, but the question."""

_PORT_SHIFT, _ID_SHIFT = map(np.uint64, (48, 16))

_FACTORS = tuple(map(np.uint64, (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93)))
_FOLD, _MASK = np.uint64(29), np.uint64(0xFFFF)


@dataclass(frozen=True, slots=True)
class Messages:
    """Datagrams read as DNS, in the order of their frames, a column for each fact; some may be nothing of the kind."""

    places: Rows
    """In the columns of datagrams of the batch."""
    rows: Rows
    """In the batch."""
    ends: Hashes
    """:data:`ENDS` numbers a message."""
    times: Numbers
    flags: Numbers
    begin: Numbers
    """Where the message begins in the buffer."""
    stop: Numbers
    question_end: Numbers
    """0: not an ordinary message."""

    def __len__(self) -> int:
        return len(self.rows)

    def at(self, which: Rows) -> "Messages":
        """Give some of them."""
        return Messages(
            self.places.take(which),
            self.rows.take(which),
            self.ends.take(which, axis=0),
            self.times.take(which),
            self.flags.take(which),
            self.begin.take(which),
            self.stop.take(which),
            self.question_end.take(which),
        )

    @property
    def is_response(self) -> Truths:
        """Tell which are responses."""
        answers: Truths = self.flags & RESPONSE != 0
        return answers


def client_hash(ends: Hashes) -> Hashes:
    """Mix place and client into one number; for grouping only, each match has to be confirmed."""
    one, two, three, four = _FACTORS
    rest = ends[:, REST]
    who = (rest >> _PORT_SHIFT) + (rest << _PORT_SHIFT)
    mixed = (ends[:, CLIENT_HIGH] + one) * two ^ (ends[:, CLIENT_LOW] + three) * four
    mixed = (mixed ^ mixed >> _FOLD) * one + (who + two) * three
    hashed: Hashes = (mixed ^ mixed >> _FOLD) * four
    return hashed


def key_hash(of_client: Hashes, ends: Hashes) -> Hashes:
    """Mix the id in."""
    one, two, *_ = _FACTORS
    mixed = of_client + ((ends[:, REST] >> _ID_SHIFT & _MASK) + one) * two
    mixed = (mixed ^ mixed >> _FOLD) * one
    hashed: Hashes = mixed ^ mixed >> _FOLD
    return hashed


def rest(client_port: Numbers, resolver_port: Numbers, identity: Numbers, place: Numbers | int) -> Hashes:
    """Put the last number of ends together."""
    wide: Hashes = (client_port << 48 | resolver_port << 32 | identity << 16 | place).astype(np.uint64)
    return wide


def messages(found: Headers, datagrams: Rows, seen_at: Numbers | None) -> Messages:
    """Read datagrams as DNS.

    Args:
        found: the headers of the batch.
        datagrams: places in the columns of ``found.datagrams``, ascending.
        seen_at: of each row of the batch, the number of the place where it was seen; ``None`` where all is place 0.
    """
    columns = found.datagrams
    begin, stop = columns.begin[datagrams], columns.stop[datagrams]
    source, destination = columns.source_port[datagrams], columns.destination_port[datagrams]
    header = found.view.headers(begin, HEADER)
    flags = header["flags"].astype(np.int64)
    rows = columns.rows[datagrams]
    sender, receiver, usual = _addresses(found, rows)
    usual &= (source == _PORT) | (destination == _PORT)
    usual &= ~np.isin(source, _OTHER_PROTOCOLS) & ~np.isin(destination, _OTHER_PROTOCOLS)
    usual &= (stop - begin > HEADER.itemsize + _BEHIND_NAME) & (flags & _OPCODE == 0) & (header["questions"] == 1)
    name_end = _name_ends(found.view, begin + HEADER.itemsize, stop, usual)
    turned = flags & RESPONSE != 0
    ends = np.empty((len(rows), ENDS), np.uint64)
    for half, one, other in ((0, sender[0], receiver[0]), (1, sender[1], receiver[1])):
        ends[:, CLIENT_HIGH + half] = np.where(turned, other, one)
        ends[:, RESOLVER_HIGH + half] = np.where(turned, one, other)
    ports = np.where(turned, destination, source), np.where(turned, source, destination)
    ends[:, REST] = rest(*ports, header["id"].astype(np.int64), 0 if seen_at is None else seen_at[rows])
    question_end = np.where(name_end > 0, name_end + _BEHIND_NAME, 0)
    return Messages(datagrams, rows, ends, found.times[rows], flags, begin, stop, question_end)


Address = tuple[Hashes, Hashes]


def _addresses(found: Headers, rows: Rows) -> tuple[Address, Address, Truths]:
    """Give the halves of source and destination, and whether both are of a usual, unicast kind."""
    start, version_6 = found.networks.start[rows], found.networks.version_6[rows]
    header = found.view.headers(start, IPV4_HEADER)
    nothing = np.zeros(len(rows), np.uint64)
    source = header["source"].copy().view(">u4").astype(np.uint64)
    destination = header["destination"].copy().view(">u4").astype(np.uint64)
    usual: Truths = (destination >> np.uint64(28) != 0xE) & (destination != 0xFFFFFFFF)  # noqa: PLR2004  (RFC 1112 §4)
    sender, receiver = (nothing, source | np.uint64(MAPPED)), (nothing.copy(), destination | np.uint64(MAPPED))
    sixes = np.flatnonzero(version_6)
    if sixes.size:
        header = found.view.headers(start[sixes], IPV6_HEADER)
        for address, name in ((sender, "source"), (receiver, "destination")):
            halves = header[name].copy().view(">u8").reshape(-1, 2).astype(np.uint64)
            address[0][sixes], address[1][sixes] = halves[:, 0], halves[:, 1]
        usual[sixes] = (sender[0][sixes] != 0) & ~np.isin(receiver[0][sixes] >> np.uint64(56), (0x00, 0x0F, 0xFF))
    return sender, receiver, usual


def _name_ends(view: View, begin: Numbers, stop: Numbers, there: Truths) -> Numbers:
    """Go from label to label, in all messages in step; give the place behind each name, 0 where it is not ordinary."""
    found = np.zeros_like(begin)
    going = np.flatnonzero(there)
    at, limit = begin[going], np.minimum(stop[going] - _BEHIND_NAME, begin[going] + _MAX_NAME)
    while going.size:
        count = view.numbers(at, "u1")
        at = at + 1 + count
        inside = (at <= limit) & (count <= _MAX_LABEL)
        done = inside & (count == 0)
        found[going[done]] = at[done]
        more = np.flatnonzero(inside & ~done)
        going, at, limit = going[more], at[more], limit[more]
    return found


def same_questions(view: View, some: Messages, others: Messages) -> Truths:
    """Tell of each two ordinary messages whether their questions are the same, octet by octet."""
    left = some.question_end - some.begin - HEADER.itemsize
    same: Truths = left == others.question_end - others.begin - HEADER.itemsize
    going = np.flatnonzero(same)
    one, other, left = some.question_end[going] - _WORD, others.question_end[going] - _WORD, left[going]
    while going.size:
        unasked = (8 * np.maximum(_WORD - left, 0)).astype(np.uint64)
        differs = (view.numbers(one, "<u8") ^ view.numbers(other, "<u8")).view(np.uint64) >> unasked != 0
        same[going[differs]] = False
        more = np.flatnonzero(~differs & (left > _WORD))
        going, one, other, left = going[more], one[more] - _WORD, other[more] - _WORD, left[more] - _WORD
    return same


def sound_queries(view: View, found: Messages) -> Truths:
    """Tell which ordinary queries hold nothing but their question, and perhaps an OPT record: nothing can be wrong with them."""
    header = view.headers(found.begin, HEADER)
    more = header["additionals"]
    bare: Truths = (header["answers"] == 0) & (header["authorities"] == 0) & (more <= 1)
    with_record = np.flatnonzero(bare & (more == 1))
    if with_record.size:
        at = found.question_end[with_record]
        record = view.headers(at, _OPT_RECORD)
        end = at + _OPT_RECORD.itemsize
        fits = (end <= found.stop[with_record]) & (end + record["length"] <= found.stop[with_record])
        bare[with_record] = fits & (record["owner"] == 0) & (record["type"] == OPT)
    return bare
