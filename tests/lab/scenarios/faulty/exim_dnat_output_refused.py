"""The host's own iptables leads Exim's mail to a host that refuses it; the log blames the host that was meant."""

from tests.lab.exim import Exim
from tests.lab.lab import Lab
from tests.lab.other_plays import LED_TO_REFUSAL, SEEN_LED_AWAY, led_to_refusal

LIVE = False
NEEDS = (Exim.PACKAGE,)
MECHANISM = "DNAT"
CASES = LED_TO_REFUSAL
SEEN = SEEN_LED_AWAY


def play(lab: Lab) -> None:
    led_to_refusal(lab, Exim())
