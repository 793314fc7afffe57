"""Claims that something was not there: a slice shows what is in it, and only the whole input can show what is not."""

from typing import Final

ABSENCE: Final[dict[str, str]] = {
    "attempt-not-logged": "that the log has no line of the attempt",
    "capture-incomplete": "how much is missing of the capture",
    "connect-blackholed": "that the SYNs were never answered",
    "deferral-caused-by-dns": "that no other cause was told",
    "destination-rewritten": "that nothing went to the address that was meant",
    "dns-truncated-no-tcp": "that nobody asked again over TCP",
    "dns-unanswered": "that the queries were never answered",
    "dropped-in-transit": "that the packets never passed the second place",
    "log-contradicts-wire": "that nothing else on the wire fits the line",
    "log-without-wire": "that no connection fits the line",
    "message-unconfirmed": "that the message was never answered",
    "mx-order-violated": "that the better hosts were never tried",
    "one-sided-capture": "that one direction is missing",
    "pmtu-blackhole": "that the big packets were never acknowledged",
    "reply-lost": "that the reply never passed the second place",
    "reset-injected": "that the reset never passed the second place",
    "resolved-not-contacted": "that nobody contacted the host",
    "resolver-outage": "that the resolver answered nobody",
    "server-silent": "that the server never spoke",
    "session-blackholed": "that nothing was ever acknowledged again",
    "stale-resolution": "that no later answer named the address",
    "unresolved-contact": "that no answer named the address",
}
"""By code: what the finding says was not there."""

PRESENCE: Final = frozenset({
    "answers-differ", "banner-mismatch", "cleartext-credentials", "clock-skew", "connect-refused", "connect-rejected",
    "dns-conflicting-answers", "dns-refused", "dns-servfail", "encrypted-dns", "mx-is-cname", "mx-private-address",
    "mx-target-unresolvable", "null-mx", "resolver-rewritten", "session-reset", "smtp-blocklisted", "smtp-deferred",
    "smtp-greylisted", "smtp-rejected", "source-rewritten", "starttls-stripped", "transparent-proxy",
})  # fmt: skip
"""Codes that rest on what was seen alone."""
