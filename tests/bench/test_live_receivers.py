"""What receivers say is read, and the filters of all of them are the same."""

import json
import shutil
import subprocess

import pytest

from bench.live_receivers import RECEIVERS, USUAL
from tests.live.machine import run
from tests.live.test_usual_filter import FRAMES, MORE, seen
from wiretruth.live.bpf import numbers

READ = {receiver.name: receiver.read for receiver in RECEIVERS}


def test_what_each_says_is_read() -> None:
    record = json.dumps({"record": "input", "packets": 12, "kernel_drops": 3})

    assert (12, 3) == READ["wiretruth watch"](f'{{"record": "note"}}\n{record}\n')
    tcpdump = "listening on live0\n12 packets captured\n15 packets received by filter\n3 packets dropped by kernel\n"
    assert (12, 3) == READ["tcpdump -w /dev/null"](tcpdump)
    assert (12, None) == READ["scapy sniff"]('ready\n{"received": 12}\n')


@pytest.mark.skipif(shutil.which("tcpdump") is None, reason="tcpdump is not installed")
def test_the_words_mean_what_wiretruth_takes_by_itself() -> None:
    words = ["tcpdump", "-y", "EN10MB", "-ddd", USUAL]
    program = numbers(subprocess.run(words, capture_output=True, text=True, check=True).stdout)
    taken = {name: run(program, seen(packet)) > 0 for name, (packet, _) in FRAMES.items()}

    assert {name: wanted for name, (_, wanted) in FRAMES.items()} == taken
    assert run(program, seen(MORE["any FIN"][0])) > 0


@pytest.mark.parametrize("receiver", RECEIVERS, ids=lambda receiver: receiver.name)
def test_each_is_told_the_interface(receiver: object) -> None:
    assert "live0" in receiver.words("live0", USUAL)  # type: ignore[attr-defined]  # one of RECEIVERS
