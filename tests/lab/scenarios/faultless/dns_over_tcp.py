"""The MX answer does not fit into a datagram: truncated, asked again over TCP, and all is well."""

from tests.lab.lab import Lab
from tests.lab.sight import shows
from tests.lab.truth import innocent, innocent_with_log

MECHANISM = "ordinary delivery"
CASES = (innocent("mta-eth0.pcap"), innocent_with_log("mta-eth0.pcap"))
HOSTS = [f"a-rather-long-name-for-a-mail-exchanger-number-{n:02}" for n in range(10)]
ZONE = "".join(
    f"example.com. MX {n} {host}.example.com.\n{host}.example.com. A 198.51.100.10\n" for n, host in enumerate(HOSTS)
)
SEEN = shows("mta-eth0.pcap", "udp src port 53 and udp[10] & 2 != 0", "tcp src port 53 and greater 512")


def play(lab: Lab) -> None:
    lab.resolver().serve(also=ZONE)
    lab.receiver(name="mail.example.com", relay_domains="example.com")
    mta = lab.sender(inet_protocols="ipv4")
    with lab.taps("mta-eth0"):
        lab.submit(to=["bob@example.com"])
        mta.wait_for("status=sent")
    lab.keep_log(mta)
