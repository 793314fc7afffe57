"""What is sent is what stands in the capture, and never twice the same."""

import os
import socket
import struct
import subprocess
import sys

import pytest

from bench.live_sender import frames
from tests.lab.requirements import missing

REASONS = missing()
HEAD = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1)

SENDS = """
import socket, struct
from bench.live_sender import Sender
frame = bytes(12) + b"\\x08\\0" + bytes(range(46))
pcap = bytes(24) + struct.pack("<4I", 0, 0, len(frame), len(frame)) + frame
heard = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0800))
heard.bind(("lo", 0x0800))
sent, _ = Sender("lo", pcap).send(1000, 0.05)
got = [heard.recv(100) for _ in range(2 * min(sent, 5))]
print(sent > 5, len({octets[27] for octets in got}) > 1)
"""


def test_frames_are_found_where_they_are() -> None:
    records = [b"a" * 60, b"b" * 70]
    octets = HEAD + b"".join(struct.pack("<4I", 0, 0, len(r), len(r)) + r for r in records)

    assert records == [octets[place : place + length] for place, length in frames(octets)]


@pytest.mark.lab
@pytest.mark.skipif(bool(REASONS), reason="; ".join(REASONS) or "the lab can run")
def test_each_time_round_the_addresses_are_others() -> None:
    name = f"wt{os.getpid()}send"
    subprocess.run(["ip", "netns", "add", name], check=True)
    try:
        subprocess.run(["ip", "-n", name, "link", "set", "lo", "up"], check=True)
        words = ["ip", "netns", "exec", name, sys.executable, "-c", SENDS]
        done = subprocess.run(words, capture_output=True, text=True, check=True, timeout=60)
    finally:
        subprocess.run(["ip", "netns", "del", name], check=True)

    assert ["True", "True"] == done.stdout.split()
    assert socket.AF_PACKET
