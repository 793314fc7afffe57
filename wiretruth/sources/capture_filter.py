"""The words for tcpdump: what a capture must hold to be decidable later, and how it is made without changing the host."""

from typing import Final

MAIL: Final = "tcp port 25 or tcp port 465 or tcp port 587 or tcp port 2525"
DNS: Final = "port 53"
ICMP_ERRORS: Final = "(icmp and (icmp[0] = 3 or icmp[0] = 4 or icmp[0] = 5 or icmp[0] = 11 or icmp[0] = 12))"
ICMPV6_ERRORS: Final = "(ip6[6] = 58 and ip6[40] >= 1 and ip6[40] <= 4)"
HANDSHAKES: Final = "(tcp[13] & 6 != 0) or (ip6[6] = 6 and ip6[53] & 6 != 0)"
"""SYN or RST, of whatever port: a rule may have led mail to any."""
FRAGMENTS: Final = "(ip[6:2] & 0x3fff != 0) or (ip6[6] = 44)"

USUAL: Final = f"{MAIL} or {DNS} or {ICMP_ERRORS} or {ICMPV6_ERRORS} or {HANDSHAKES} or {FRAGMENTS}"

KERNEL_BUFFER: Final = "16384"
"""KiB that the kernel may hold back for tcpdump, so that bursts are not lost."""


def words(interface: str, expression: str) -> tuple[str, ...]:
    """Give the command that writes a capture to its standard output.

    ``-p``: an interface is not made promiscuous. The file is opened before tcpdump gives up root.

    Args:
        interface: ``any`` or one by its name.
        expression: the filter; an empty one takes everything.
    """
    command = ("tcpdump", "-p", "-n", "-i", interface, "-s", "0", "-B", KERNEL_BUFFER, "-U", "-w", "-")
    return (*command, "--", expression) if expression else command
