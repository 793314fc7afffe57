"""One delivery: the hosts that were answered, side by side with those that were contacted, and why they may differ."""

from collections.abc import Iterator, Mapping, Sequence
from ipaddress import ip_address

from wiretruth.engine.answers import Answers
from wiretruth.engine.difference_words import clock, contacted, lifetime, said
from wiretruth.ledger.contacts import is_submission, stays_on_host
from wiretruth.model.comparison import Entry, Mark
from wiretruth.model.delivery import Attempt, Delivery, ExpectedHost
from wiretruth.model.finding import Finding, Severity
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.sighting import Outcome
from wiretruth.model.statements import Resolution
from wiretruth.rules.resolved_not_contacted import left_out

_REWRITTEN = "destination-rewritten"
_NOT_REACHED = (Outcome.REFUSED, Outcome.REJECTED, Outcome.UNANSWERED, Outcome.HALF_OPEN)
_GRACE = NANOSECONDS
"""TTLs count whole seconds."""


class Differing:
    """Tells the entries of one delivery."""

    def __init__(
        self, delivery: Delivery, answers: Answers, findings: Sequence[Finding], ends: Mapping[str, int]
    ) -> None:
        """Take a delivery with at least one attempt.

        Args:
            delivery: of ours.
            answers: of the whole capture.
            findings: of the report.
            ends: when the capture of each vantage ends.
        """
        self._delivery, self._answers = delivery, answers
        sure = (f for f in findings if f.code == _REWRITTEN and f.severity is not Severity.INFO)
        self._rewritten = [f for f in sure if delivery.client in (f.client, *f.others)]
        self._tried = {a.connection.server.address: a for a in delivery.attempts}
        self._missed = {host.name for host in left_out(delivery, lambda vantage: ends.get(vantage, 0))}
        self._expected = {address for host in delivery.expected for address in host.addresses}

    def entries(self) -> Iterator[Entry]:
        """Give the hosts answered, in their order, then whoever else was contacted."""
        for host in self._delivery.expected:
            if not host.addresses:
                words = "its address is not among the answers in the capture"
                yield Entry(Mark.BOTH, host.name, "", words, Severity.INFO)
            for address in host.addresses:
                yield from self._answered(host, address)
        for address, attempt in self._tried.items():
            if address not in self._expected:
                yield from self._unnamed(address, attempt)

    def _answered(self, host: ExpectedHost, address: str) -> Iterator[Entry]:
        attempt = self._tried.get(address)
        told = self._answers.naming_for(address, host.name, attempt.at if attempt else self._delivery.attempts[-1].at)
        source = said(told)
        if attempt is None:
            reason = self._reason(host, address)
            words = f"{source}; {reason or 'never contacted'}"
            yield Entry(
                Mark.BOTH if reason else Mark.BEFORE,
                host.name,
                address,
                words,
                Severity.INFO if reason else Severity.WARNING,
            )
            return
        yield from self._told(host.name, address, attempt, told)

    def _told(self, name: str, address: str, attempt: Attempt, told: Resolution | None) -> Iterator[Entry]:
        """Tell an address that was answered for a host and contacted, perhaps when the host had moved."""
        source = f"{said(told)}, {lifetime(told, attempt)}"
        newer = self._moved(told, address, attempt)
        if newer is None:
            yield from self._followed(name, address, attempt, source)
            return
        words = f"{source}, and {newer.resolver} said otherwise at {clock(newer.at)}; {contacted(attempt)}"
        yield Entry(Mark.AFTER, name, address, words, Severity.WARNING)

    def _followed(
        self, name: str, address: str, attempt: Attempt, source: str, severity: Severity | None = None
    ) -> Iterator[Entry]:
        """Tell an address that was contacted and need not differ, and whom the packets reached in truth."""
        far = attempt.connection.contacted
        if far.address == address:
            yield Entry(Mark.BOTH, name, address, f"{source}; {contacted(attempt)}", severity)
            return
        led = self._led_to(far.address)
        seen = f"seen at {attempt.connection.sightings[-1].vantage}"
        if not led:
            yield Entry(
                Mark.BOTH, name, address, f"{source}; {contacted(attempt)}, translated to {far} ({seen})", Severity.INFO
            )
            return
        yield Entry(Mark.BEFORE, name, address, f"{source}; addressed, and rewritten on the way", max(led, key=_rank))
        yield Entry(
            Mark.AFTER, "", far.address, f"reached in its place ({seen}); {contacted(attempt)}", max(led, key=_rank)
        )

    def _unnamed(self, address: str, attempt: Attempt) -> Iterator[Entry]:
        """Tell a contact that the answers for the domain do not name."""
        if self._led_to(address):
            words = f"{contacted(attempt)}; not one of the hosts that were answered"
            yield Entry(Mark.AFTER, "", address, words, max(self._led_to(address), key=_rank))
            return
        former = self._former(address, attempt)
        if former is not None:
            yield from self._told(former.name, address, attempt, former)
            return
        names = dict.fromkeys(told.name for told in self._answers.naming(address))
        reason = self._innocent(address, attempt)
        if names:
            told = self._answers.naming_for(address, "", attempt.at)
            source = f"{said(told)}, {lifetime(told, attempt)}; not an MX of the domain: the sender's own routing"
            yield from self._followed(next(iter(names)), address, attempt, source, Severity.INFO)
        elif reason:
            yield from self._followed("", address, attempt, reason, Severity.INFO)
        else:
            words = f"{contacted(attempt)}; no answer in the capture gives this address"
            yield Entry(Mark.AFTER, "", address, words, Severity.WARNING)

    def _led_to(self, address: str) -> list[Severity]:
        """Give how grave it is that mail was led to an address, where it was."""
        return [f.severity for f in self._rewritten if f.observed is not None and f.observed.address == address]

    def _innocent(self, address: str, attempt: Attempt) -> str:
        """Give why nobody need have answered for a contact; ``""`` where there is no such reason."""
        version = ip_address(address).version
        unknown = [h.name for h in self._delivery.expected if not _of_version(h, version)]
        if stays_on_host(attempt.connection):
            return "stays on the host"
        if is_submission(attempt.connection):
            return "a submission port: its server is configured"
        if not attempt.connection.nearest.syn_count:
            return "connected before the capture began"
        if not self._expected:
            return "no answer for it is in the capture: it was known from elsewhere, or from before"
        if unknown:
            return f"may be {unknown[0]}, whose IPv{version} address is not among the answers in the capture"
        return ""

    def _reason(self, host: ExpectedHost, address: str) -> str:
        """Give why an address that was answered need not be contacted; ``""`` where there is no reason."""
        reached = [a for a in self._delivery.attempts if a.connection.outcome not in _NOT_REACHED]
        elsewhere = [a for a in reached if self._routed(a)]
        if any(self._is_of(host, tried, one) for tried, one in self._tried.items()):
            return "another address of it was tried"
        if ip_address(address).version not in {ip_address(tried).version for tried in self._tried}:
            return f"no IPv{ip_address(address).version} connection was tried"
        if elsewhere:
            return f"not needed: the mail went to {elsewhere[0].connection.server}, see below"
        if host.name in self._missed:
            return ""
        if reached:
            return f"not needed: {self._name_of(reached[0].connection.server.address)} took the call"
        return "the capture ends too soon to tell"

    def _routed(self, attempt: Attempt) -> bool:
        """Tell whether an attempt that no answer explains has another reason."""
        address = attempt.connection.server.address
        if address in self._expected or self._led_to(address) or self._former(address, attempt) is not None:
            return False
        return bool(self._answers.naming(address) or self._innocent(address, attempt))

    def _name_of(self, address: str) -> str:
        named = (host.name for host in self._delivery.expected if address in host.addresses)
        return next(named, address)

    def _former(self, address: str, attempt: Attempt) -> Resolution | None:
        """Give the last answer before a contact that gave its address to one of the hosts, as none of the last ones does."""
        names = {host.name for host in self._delivery.expected}
        told = [r for r in self._answers.naming(address, attempt.at) if r.name in names]
        return told[-1] if told else None

    def _is_of(self, host: ExpectedHost, address: str, attempt: Attempt) -> bool:
        """Tell whether an address that was tried is the host's, or was and may be used still."""
        former = self._former(address, attempt)
        stood = former is not None and former.name == host.name and self._moved(former, address, attempt) is None
        return address in host.addresses or stood

    def _moved(self, told: Resolution | None, address: str, attempt: Attempt) -> Resolution | None:
        """Give the newer answer that does not hold the address any more, where the old one had run out."""
        if told is None or attempt.at <= told.until + _GRACE:
            return None
        newer = self._answers.newest(told.name, told.type, attempt.at)
        return newer if newer is not None and newer.at > told.at and address not in newer.addresses else None


def _of_version(host: ExpectedHost, version: int) -> bool:
    return any(ip_address(address).version == version for address in host.addresses)


def _rank(severity: Severity) -> int:
    return severity.rank
