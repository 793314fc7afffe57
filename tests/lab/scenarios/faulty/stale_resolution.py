"""The exchanger moves; its TTL is one second; a client that was told the new address still goes to the old one."""

import time

from tests.lab.lab import Lab
from tests.lab.sight import lacks, shows
from tests.lab.truth import Expect, faulty

MECHANISM = "what names say"
CASES = (faulty("mta-eth0.pcap", Expect(("stale-resolution",), ("198.51.100.10",))),)
OLD = "example.com. MX 10 moving.example.com.\nmoving.example.com. 1 A 198.51.100.10\n"
NEW = "example.com. MX 10 moving.example.com.\nmoving.example.com. 1 A 198.51.100.20\n"
SEEN = (*shows("mta-eth0.pcap", "tcp dst port 25 and dst 198.51.100.10"), *lacks("mta-eth0.pcap", "host 198.51.100.20"))


def play(lab: Lab) -> None:
    resolver = lab.resolver()
    resolver.serve(also=OLD)
    lab.receiver(name="moving.example.com", relay_domains="example.com")
    with lab.taps("mta-eth0"):
        lab.lookup("mta", "example.com", "MX")
        lab.lookup("mta", "moving.example.com", "A")
        resolver.serve(also=NEW)
        time.sleep(2.5)
        lab.lookup("mta", "moving.example.com", "A")
        time.sleep(1.5)
        lab.send("mta", "198.51.100.10", ["bob@example.com"], helo="mta.corp.example")
