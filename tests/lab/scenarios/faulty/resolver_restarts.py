"""The resolver is being restarted when the mail is to go out: refused at first, the mail goes a few seconds later."""

from tests.lab.lab import Lab
from tests.lab.truth import Expect, asked, faulty

LIVE = False
MECHANISM = "failing lookups"
AWAY = Expect(("dns-refused", "resolver-outage"), ("198.51.100.53",))
CASES = (
    faulty("mta-eth0.pcap", AWAY, also=("dns-refused", "resolver-outage")),
    asked(
        "log",
        "mta-eth0.pcap --log mail.log",
        AWAY,
        also=("dns-refused", "resolver-outage"),
        never=("log-contradicts-wire", "log-without-wire"),
    ),
)


def play(lab: Lab) -> None:
    resolver = lab.resolver()
    resolver.serve()
    lab.receiver()
    mta = lab.sender(minimal_backoff_time="2s", queue_run_delay="2s")
    with lab.taps("mta-eth0"):
        lab.submit()
        mta.wait_for("status=sent")
        resolver.stop()
        lab.submit()
        mta.wait_for("status=deferred")
        resolver.serve()
        mta.wait_for("status=sent", times=2)
    lab.keep_log(mta)
