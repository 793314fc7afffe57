"""The resolver refused: rcode REFUSED, or an ICMP error in place of an answer.

What it sees
    Answers with rcode REFUSED, or queries that came back quoted in an ICMP "unreachable", gathered by client and resolver.
    Where the same question was answered soon after, where the client has nothing to do with mail, or where a resolver asks
    authoritative servers, it is only info.

Why it matters
    REFUSED means that the resolver does not serve this client; "port unreachable" that no resolver runs there. Most
    programs wait for their whole timeout all the same, because an unconnected socket never hears the ICMP error.

Innocent explanations
    The resolver is being restarted; an authoritative server refuses what it is not asked to serve.

What to do next
    Is the resolver running? Does its access list hold this client (``access-control`` in Unbound, ``allow-query`` in
    BIND)? Take dead resolvers out of /etc/resolv.conf.

References
    RFC 1035 section 4.1.1 (REFUSED), RFC 792, RFC 1122 section 4.1.3.3 (ICMP errors must reach the application).
"""

from collections.abc import Iterator

from wiretruth.ledger.book import Ledger
from wiretruth.model.finding import Finding
from wiretruth.model.statements import Resolution
from wiretruth.rules._lookup_failures import gather
from wiretruth.rules._resolvers import told
from wiretruth.rules._trouble import IrregularResolution

CODE = "dns-refused"


def refused(resolution: Resolution) -> bool:
    """Tell whether a lookup was turned away."""
    lookup = resolution.lookup.nearest
    return lookup.rcode == "REFUSED" or (lookup.rcode is None and bool(lookup.rejections))


def check(statement: IrregularResolution, ledger: Ledger) -> Iterator[Finding]:
    """Report a client's refused lookups at one resolver, once."""
    if not refused(statement):
        return
    failures = gather(statement, ledger, refused)
    if failures is not None:
        how = "answered REFUSED to" if statement.rcode == "REFUSED" else "was unreachable (ICMP) for"
        yield told(CODE, failures, f"{statement.resolver} {how} {statement.client}", ledger)
