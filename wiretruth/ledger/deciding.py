"""What a mail server looked up about somebody who called: reverse name, policies, lists, the sender's mail hosts."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from wiretruth.ledger.intentions import recipient_domain
from wiretruth.ledger.names import Names
from wiretruth.model.dns import casefold_name
from wiretruth.model.purposes import purpose_of, reversed_address
from wiretruth.model.statements import Contact, Resolution

MAX_LOOKED_AT = 512
"""Lookups of a server looked at for one session: others' checks run beside it; of a busy server the rest is left out."""

MAX_CONCERNED = 64
"""Names that belong to one session: client, sender, recipients, and the hosts that the answers about them name."""

_TARGETS = frozenset({"MX", "PTR", "CNAME"})
_INCLUDED = re.compile(r"\b(?:include:|redirect=|a:|mx:|exists:)([a-z0-9_.-]{3,253})", re.IGNORECASE)
"""What an SPF policy makes a receiver ask (RFC 7208 §5, §6)."""


def deciding(
    contact: Contact, names: Names, until: int | None = None, also: Iterable[str] = ()
) -> Iterator[Resolution]:
    """Give what the server of a contact looked up about its client and envelope while the session lasted, in time order.

    Args:
        contact: the session, as it came in.
        names: knows what the server asked.
        until: when it had decided; otherwise the end of the session.
        also: further domains that it was deciding on.
    """
    connection = contact.connection
    end = connection.nearest.last.at if until is None else until
    concern = _Concern([*_spoken_of(contact), *also], connection.client.address)
    asked = names.by_client(connection.contacted.address, contact.at, end)
    return (r for r in islice(asked, MAX_LOOKED_AT) if concern.holds(r))


def _spoken_of(contact: Contact) -> Iterator[str]:
    """Give the domains that the client named: its own, and its senders'."""
    dialogue = contact.connection.dialogue
    if dialogue is None:
        return
    if dialogue.helo and not dialogue.helo.startswith("["):
        yield casefold_name(dialogue.helo)
    for transaction in islice(dialogue.transactions, MAX_CONCERNED):
        domain = recipient_domain(transaction.reverse_path)
        if domain is not None:
            yield domain


class _Concern:
    """The names that a session is about; it grows with what the answers name."""

    def __init__(self, domains: Iterable[str], client: str) -> None:
        self._domains = dict.fromkeys(islice((d for d in domains if "." in d), MAX_CONCERNED))
        self._client = client

    def holds(self, resolution: Resolution) -> bool:
        name = resolution.name
        if not self._is_named(name) and not self._is_of_client(resolution):
            return False
        for record in resolution.records:
            if record.type in _TARGETS and record.target is not None:
                self._add(casefold_name(record.target))
            elif record.type == "TXT":
                for included in _INCLUDED.findall(record.data):
                    self._add(casefold_name(included))
        return True

    def _is_of_client(self, resolution: Resolution) -> bool:
        """Its reverse name, whatever is asked of it, or its standing on a list."""
        if purpose_of(resolution.lookup.nearest.question).subject == self._client:
            return True
        return reversed_address(resolution.name) == self._client

    def _add(self, name: str) -> None:
        if len(self._domains) < MAX_CONCERNED and "." in name:
            self._domains[name] = None

    def _is_named(self, name: str) -> bool:
        """A name below a domain counts, and above it what DMARC falls back on (RFC 7489 §6.6.3)."""
        while name.count("."):
            if name in self._domains:
                return True
            name = name.partition(".")[2]
        return False
