"""The tap beyond the gateway lost every fifth frame on the way into its file; on the wire nothing was lost."""

from tests.lab.edit import without
from tests.lab.lab import Lab
from tests.lab.plays import GATEWAY
from tests.lab.truth import SIDES, asked

MECHANISM = "the capture itself"
CASES = (asked("two-sides", SIDES, quiet=True), asked("gw-wan", "gw-wan.pcap", quiet=True))


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    mta = lab.sender()
    with lab.taps(*GATEWAY[1:]):
        for sent in range(1, 4):
            lab.submit()
            mta.wait_for("status=sent", times=sent)
    numbers = iter(range(10_000))
    without(lab.out / "gw-wan.pcap", lambda _: next(numbers) % 5 == 2)
