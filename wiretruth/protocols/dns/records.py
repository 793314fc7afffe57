"""Resource records (RFC 1035 §4.1.3); what no reader understands is kept as RFC 3597 §5 text."""

import functools
import struct
from collections.abc import Callable, Mapping

from wiretruth import discover
from wiretruth.model.dns import ResourceRecord
from wiretruth.model.frames import Fault
from wiretruth.protocols.dns.damage import FormatError
from wiretruth.protocols.dns.names import Names
from wiretruth.protocols.dns.types import IN, OPT, class_name, type_name

Data = tuple[str, str | None, int | None]
"""The text of the RDATA, the name it points to, the preference."""

Reader = Callable[[Names, int, int], Data]

MAX_RECORDS = 4096
"""Records read of one message: its 65,535 octets cannot hold more A records, so only crafted messages reach it."""

_FIXED = struct.Struct(">HHIH")
_TTL_LIMIT = 1 << 31

_new = tuple.__new__


@functools.cache
def readers(internet: bool) -> Mapping[int, Reader]:
    """Collect the RDATA readers of class IN, or of those types that are the same in every class."""
    kinds = ("READERS", "INTERNET_READERS") if internet else ("READERS",)
    found: dict[int, Reader] = {}
    for module in discover.modules("wiretruth.protocols.dns.rdata"):
        for kind in kinds:
            found |= getattr(module, kind, {})
    return found


class Records:
    """Reads the records of one message, section after section."""

    __slots__ = ("_ended", "_left", "_offset", "faults", "names", "options")

    def __init__(self, names: Names, offset: int, faults: list[Fault]) -> None:
        """Begin at *offset*; *faults* is what was found before (nothing can be read behind it) and is added to."""
        self.names = names
        self.options: list[int] = []
        """The TTL field of each OPT record (RFC 6891 §6.1.3): extended RCODE, version, flags."""
        self.faults = faults
        self._ended = bool(faults)
        self._offset = offset
        self._left = MAX_RECORDS

    def section(self, count: int, label: str) -> tuple[ResourceRecord, ...]:
        """Read up to *count* records; damage that hides where the next one begins ends this section and all others.

        Args:
            count: records that the header promises.
            label: name of the section, for faults.
        """
        records: list[ResourceRecord] = []
        if self._ended:
            return ()
        for index in range(min(count, self._left)):
            try:
                record = self._record()
            except FormatError as error:
                self._give_up(error.at(f"dns {label} {index + 1}"))
                return tuple(records)
            if record is not None:
                records.append(record)
        if count > self._left:
            self._give_up(Fault(f"dns {label} section", self._offset, f"at most {MAX_RECORDS} records", "more"))
        self._left -= count
        return tuple(records)

    def _record(self) -> ResourceRecord | None:
        names = self.names
        octets = names.octets
        owner, position = names.read(self._offset, len(octets))
        start = position + _FIXED.size
        if start > len(octets):
            raise FormatError(position, "type, class, TTL and length", f"{len(octets) - position} octets")
        code, dns_class, ttl, length = _FIXED.unpack_from(octets, position)
        end = start + length
        if end > len(octets):
            raise FormatError(start, f"{length} octets of rdata", f"{len(octets) - start} octets")
        self._offset = end
        if code == OPT:
            self.options.append(ttl)
            return None
        data, target, preference = self._data(code, dns_class, start, end)
        if ttl >= _TTL_LIMIT:
            ttl = 0  # RFC 2181 §8
        return _new(ResourceRecord, (owner, type_name(code), ttl, data, class_name(dns_class), target, preference))

    def _data(self, code: int, dns_class: int, start: int, end: int) -> Data:
        reader = readers(dns_class == IN).get(code)
        if reader is not None:
            try:
                return reader(self.names, start, end)
            except FormatError as error:
                self.faults.append(error.at(f"dns {type_name(code)} rdata"))
        return f"\\# {end - start} {self.names.octets[start:end].hex()}".rstrip(), None, None

    def _give_up(self, fault: Fault) -> None:
        self.faults.append(fault)
        self._ended = True
