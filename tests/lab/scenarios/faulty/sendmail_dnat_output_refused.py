"""The host's own iptables leads Sendmail's mail to a host that refuses it; the log blames the host that was meant."""

from tests.lab.lab import Lab
from tests.lab.other_plays import LED_TO_REFUSAL, SEEN_LED_AWAY, led_to_refusal
from tests.lab.sendmail import Sendmail

LIVE = False
NEEDS = (Sendmail.PACKAGE,)
MECHANISM = "DNAT"
CASES = LED_TO_REFUSAL
SEEN = SEEN_LED_AWAY


def play(lab: Lab) -> None:
    led_to_refusal(lab, Sendmail())
