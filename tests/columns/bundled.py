"""Bundles of unruly traffic, and the packets that they are of."""

import numpy as np

from tests.columns.lanes import batch_of
from tests.engine.unruly import unruly
from wiretruth.columns.bundling import Bundled, Bundler
from wiretruth.columns.headers import Headers, headers
from wiretruth.model.packet import Packet
from wiretruth.wire import decode
from wiretruth.wire.addresses import ipv4_text, ipv6_text

RAW = 101


def bundled(seed: int, *, sketching: bool = False) -> tuple[list[Bundled], Headers, dict[int, Packet]]:
    """Give all as bundles, but for sketches where these are asked for."""
    frames = [frame.octets for frame in unruly(seed)]
    batch = batch_of(frames, [RAW])
    found = headers(batch)
    packets: dict[int, Packet] = {}
    for row, octets in enumerate(frames):
        packet = decode(
            octets, RAW, vantage_of=lambda _: "tap", number=batch.first_number + row, at=batch.times[row],
            original=batch.original[row],
        )  # fmt: skip
        if isinstance(packet, Packet):
            packets[row] = packet
    bundler = Bundler(ipv4_text, ipv6_text, batch.first_number, ["tap"], None, packets.__getitem__, sketching)
    return bundler.bundled(found, np.flatnonzero(found.segments.sound)), found, packets
