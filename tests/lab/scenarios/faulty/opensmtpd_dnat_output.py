"""The host's own iptables leads OpenSMTPD's mail to a stranger, who takes it; the log names the host that was meant."""

from tests.lab.lab import Lab
from tests.lab.opensmtpd import OpenSmtpd
from tests.lab.other_plays import LED_AWAY, SEEN_LED_AWAY, led_away

LIVE = False
NEEDS = (OpenSmtpd.PACKAGE,)
MECHANISM = "DNAT"
CASES = LED_AWAY
SEEN = SEEN_LED_AWAY


def play(lab: Lab) -> None:
    led_away(lab, OpenSmtpd())
