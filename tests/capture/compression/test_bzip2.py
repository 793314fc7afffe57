"""bzip2: blocks."""

import bz2
import random

from wiretruth.capture.compression.bzip2 import Bzip2Decompressor


def test_damaged_checksum_of_the_second_block_keeps_the_first() -> None:
    octets = random.Random(3).randbytes(150_000)
    damaged = bytearray(bz2.compress(octets, 1))
    damaged[-6] ^= 0xFF
    decompressor = Bzip2Decompressor()
    expanded = b"".join(decompressor.receive(bytes(damaged)))
    decompressor.finish()

    assert octets.startswith(expanded)
    assert len(expanded) > 99_000
    assert ["bzip2 data"] == [fault.where for fault in decompressor.faults]
    assert not decompressor.cut_off
