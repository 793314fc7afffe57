"""``python -m bench.live_sender INTERFACE CAPTURE RATE SECONDS``: send the frames of a pcap at a rate, as fast as it must be.

Each time round, the addresses are others, so that no connection and no lookup comes twice. Says how many were sent, and how
long it took.
"""

import ctypes
import errno
import json
import socket
import sys
import time
from pathlib import Path
from typing import Final

import numpy as np

_AT_ONCE: Final = 64
_PCAP_HEADER, _RECORD = 24, 16
_IPV4_ADDRESSES: Final = (27, 31)
"""The second octet of both addresses in an Ethernet frame."""
_SOL_PACKET, _QDISC_BYPASS = 263, 20


class _Vector(ctypes.Structure):
    _fields_ = (("base", ctypes.c_void_p), ("length", ctypes.c_size_t))


class _Message(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_void_p), ("name_length", ctypes.c_uint), ("vectors", ctypes.c_void_p),
        ("count", ctypes.c_size_t), ("control", ctypes.c_void_p), ("control_length", ctypes.c_size_t),
        ("flags", ctypes.c_int), ("sent", ctypes.c_uint),
    )  # fmt: skip


def frames(octets: bytes) -> list[tuple[int, int]]:
    """Give place and length of each frame of a pcap."""
    found, position = [], _PCAP_HEADER
    while position + _RECORD <= len(octets):
        length = int.from_bytes(octets[position + 8 : position + 12], "little")
        found.append((position + _RECORD, length))
        position += _RECORD + length
    return found


class Sender:
    """Sends the same frames round and round."""

    def __init__(self, interface: str, octets: bytes) -> None:
        """Open a packet socket on *interface* for the frames of a pcap."""
        self._buffer = np.frombuffer(bytearray(octets), np.uint8)
        places = frames(octets)
        self.count = len(places)
        begins = np.array([place for place, _ in places], np.int64)
        self._changed = np.concatenate([begins + offset for offset in _IPV4_ADDRESSES])
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
        self._socket.setsockopt(_SOL_PACKET, _QDISC_BYPASS, 1)
        self._socket.bind((interface, 0))
        base = self._buffer.ctypes.data
        self._vectors = (_Vector * self.count)(*(_Vector(base + place, length) for place, length in places))
        size = ctypes.sizeof(_Vector)
        first = ctypes.addressof(self._vectors)
        self._messages = (_Message * self.count)(
            *(_Message(None, 0, first + n * size, 1, None, 0, 0, 0) for n in range(self.count))
        )
        self._send = ctypes.CDLL(None, use_errno=True).sendmmsg

    def send(self, rate: float, seconds: float) -> tuple[int, float]:
        """Send *rate* frames a second; give how many were sent, and in how many seconds."""
        sent, place = 0, 0
        begun = now = time.perf_counter()
        size, first = ctypes.sizeof(_Message), ctypes.addressof(self._messages)
        descriptor = self._socket.fileno()
        while now - begun < seconds:
            if sent <= (now - begun) * rate:
                done = self._send(
                    descriptor, ctypes.c_void_p(first + place * size), min(_AT_ONCE, self.count - place), 0
                )
                if done < 0 and ctypes.get_errno() not in (errno.ENOBUFS, errno.EAGAIN):
                    raise OSError(ctypes.get_errno(), "sendmmsg")
                sent, place = sent + max(done, 0), place + max(done, 0)
                if place >= self.count:
                    place = 0
                    self._buffer[self._changed] += 1
            now = time.perf_counter()
        return sent, now - begun


def main() -> None:
    """Send as the arguments say."""
    interface, path, rate, seconds = sys.argv[1:]
    sender = Sender(interface, Path(path).read_bytes())
    print("ready", flush=True)  # noqa: T201 - it is waited for
    sys.stdin.readline()
    sent, took = sender.send(float(rate), float(seconds))
    print(json.dumps({"sent": sent, "seconds": took}))  # noqa: T201 - the result


if __name__ == "__main__":
    main()
