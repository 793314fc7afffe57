"""A bad cable in userland, run as a program inside a namespace that has two interfaces and no addresses.

    cable.py left right '{"loss": 0.05, "late": 0.05, "late_seconds": 0.03, "seed": 1}'
    cable.py left trunk '{"vlan": 42}'          left is untagged, trunk is tagged (IEEE 802.1Q)

Kernels without netem or 8021q can do it too, and the losses are the same in every run.
"""

import heapq
import itertools
import json
import random
import select
import socket
import struct
import sys
import time
from typing import Any, Final

ETH_P_ALL: Final = 3
ETH_P_8021Q: Final = 0x8100
ADDRESSES: Final = 12
FRAME: Final = 65536


class Cable:
    """Frames in at one end, most of them out at the other, some of them late."""

    def __init__(self, ends: list[str], habits: dict[str, Any]) -> None:
        self._habits = {"loss": 0.0, "late": 0.0, "late_seconds": 0.03, "vlan": None} | habits
        self._random = random.Random(habits.get("seed", 0))
        self._ends = [open_end(name) for name in ends]
        self._waiting: list[tuple[float, int, int, bytes]] = []
        self._serial = itertools.count()

    def run(self) -> None:
        while True:
            patience = max(0.0, self._waiting[0][0] - time.monotonic()) if self._waiting else None
            ready, _, _ = select.select(self._ends, [], [], patience)
            for end in ready:
                self._take(end)
            while self._waiting and self._waiting[0][0] <= time.monotonic():
                _, _, to, frame = heapq.heappop(self._waiting)
                self._ends[to].send(frame)

    def _take(self, end: socket.socket) -> None:
        frame, (_, _, kind, *_) = end.recvfrom(FRAME)
        if kind == socket.PACKET_OUTGOING:
            return
        is_ip = frame[ADDRESSES : ADDRESSES + 2] in (b"\x08\x00", b"\x86\xdd")
        if is_ip and self._random.random() < self._habits["loss"]:
            return
        to = 1 - self._ends.index(end)
        late = self._habits["late_seconds"] if is_ip and self._random.random() < self._habits["late"] else 0.0
        if to == 1 and self._habits["vlan"] is not None:
            # On the way back the kernel has taken the tag off before a packet socket reads the frame.
            tag = struct.pack("!HH", ETH_P_8021Q, self._habits["vlan"])
            frame = frame[:ADDRESSES] + tag + frame[ADDRESSES:]
        heapq.heappush(self._waiting, (time.monotonic() + late, next(self._serial), to, frame))


def open_end(name: str) -> socket.socket:
    end = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
    end.bind((name, 0))
    return end


def main() -> None:
    cable = Cable(sys.argv[1:3], json.loads(sys.argv[3]))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    cable.run()


if __name__ == "__main__":
    main()
