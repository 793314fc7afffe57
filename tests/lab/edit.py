"""Taking frames out of a capture file afterwards: what a lossy tap would have done."""

import struct
from collections.abc import Callable
from pathlib import Path
from typing import Final

FILE_HEADER: Final = 24
RECORD_HEADER: Final = struct.Struct("<IIII")


def without(capture: Path, lost: Callable[[bytes], bool]) -> None:
    """Rewrite a little-endian pcap file of tcpdump's without the frames that *lost* names."""
    octets = capture.read_bytes()
    kept = [octets[:FILE_HEADER]]
    at = FILE_HEADER
    while at < len(octets):
        _, _, captured, _ = RECORD_HEADER.unpack_from(octets, at)
        end = at + RECORD_HEADER.size + captured
        if not lost(octets[at + RECORD_HEADER.size : end]):
            kept.append(octets[at:end])
        at = end
    capture.write_bytes(b"".join(kept))
