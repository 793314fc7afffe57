"""What ICMP errors quote of a SYN, held against the SYN as it was sent: a difference names a rewriter on the path."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from wiretruth.model.finding import Evidence
from wiretruth.model.sighting import KEPT_FRAMES, Rejection, Sighting
from wiretruth.model.statements import Contact


class Quote(NamedTuple):
    """An error that quotes the SYN otherwise than this vantage saw it."""

    sighting: Sighting
    rejection: Rejection

    def evidence(self) -> Iterator[Evidence]:
        """Give the SYN, and the quotation of it."""
        sent, quoted = self.sighting, self.rejection
        first = sent.syns[0]
        yield Evidence(
            f"SYN {sent.client} to {sent.server}, TTL {first.ttl}{_identity(first.ip_id)}", sent.vantage, (first.frame,)
        )
        yield Evidence(
            f"{quoted.sender} quotes it as {quoted.quoted_source} to {quoted.quoted_destination}, TTL {quoted.quoted_ttl}"
            f"{_identity(quoted.quoted_id)}",
            sent.vantage,
            (quoted.frame,),
        )


def quoted_to_another(contact: Contact) -> Quote | None:
    """Give an error by which the SYN was addressed to another server when it got there."""
    return _first(contact, lambda s, r: r.quoted_destination != s.server)


def quoted_from_another(contact: Contact) -> Quote | None:
    """Give an error by which the SYN came from another client when it got there."""
    return _first(contact, lambda s, r: r.quoted_source != s.client)


def quoted_anew(contact: Contact) -> Quote | None:
    """Give an error that quotes more hops to live than the SYN had, or an identification that it never bore."""
    return _first(contact, _sent_anew)


def _first(contact: Contact, differs: Callable[[Sighting, Rejection], bool]) -> Quote | None:
    """The SYN is known by its number, which nobody guesses."""
    for sighting in contact.connection.sightings:
        for rejection in sighting.rejections:
            if rejection.of_syn and sighting.syns and _has_ports(rejection) and differs(sighting, rejection):
                return Quote(sighting, rejection)
    return None


def _has_ports(rejection: Rejection) -> bool:
    return bool(rejection.quoted_source.port and rejection.quoted_destination.port)


def _sent_anew(sighting: Sighting, rejection: Rejection) -> bool:
    if rejection.quoted_ttl > max(mark.ttl for mark in sighting.syns):
        return True
    known = {mark.ip_id for mark in sighting.syns}
    return sighting.syn_count < KEPT_FRAMES and bool(rejection.quoted_id) and rejection.quoted_id not in known


def _identity(ip_id: int | None) -> str:
    return "" if ip_id is None else f", identification {ip_id}"
