"""The tap lost every answer of the resolver but the last ones on its way into the file; the mail shows that they came."""

from tests.lab.edit import without
from tests.lab.lab import Lab
from tests.lab.truth import asked

LIVE = False
MECHANISM = "the capture itself"
CASES = (
    asked("mta-eth0", "mta-eth0.pcap", also=("dns-unanswered",)),
    asked("two-sides", "here=mta-eth0.pcap lan=gw-lan.pcap", quiet=True),
)


def play(lab: Lab) -> None:
    lab.resolver().serve()
    lab.receiver()
    mta = lab.sender()
    with lab.taps("mta-eth0", "gw-lan"):
        lab.submit()
        mta.wait_for("status=sent")
    numbers = iter(range(10_000))
    without(
        lab.out / "mta-eth0.pcap",
        lambda frame: frame[23:24] == b"\x11" and frame[34:36] == b"\0\x35" and next(numbers) < 1,
    )
