"""Reports made by hand, for the tests of every format: the seed story with its real values, and stranger ones."""

from dataclasses import replace

from wiretruth.model.connection import Connection, TiedLookup
from wiretruth.model.delivery import Attempt, Delivery, DeliveryOutcome, ExpectedHost
from wiretruth.model.dns import Lookup, Question, ResourceRecord
from wiretruth.model.finding import Blame, Confidence, Evidence, Finding, Party, Severity, Side
from wiretruth.model.frames import Fault, Mark
from wiretruth.model.packet import Endpoint
from wiretruth.model.report import Coverage, InputSummary, Report
from wiretruth.model.sighting import HalfStream, Outcome, SegmentMark, Sighting
from wiretruth.model.smtp import Command, Dialogue, Exchange, ForwardPath, Reply, Step, StreamDigest, Transaction

START = 1_795_199_383_288_512_000
"""2026-11-20 18:29:43.288512 UTC: the seed capture's first frame."""
MICROSECOND = 1000
SECOND = 1_000_000_000
SERVER = Endpoint("192.0.2.66", 25)
CLIENT = Endpoint("10.10.0.5", 46810)
MTA = "mta-eth0"


def at(microseconds: int) -> int:
    """Give a moment of the seed capture."""
    return START + microseconds * MICROSECOND


def lookup(
    name: str, kind: str, data: str | None, frame: int, when: int, *, rcode: str | None = "NOERROR"
) -> TiedLookup:
    """Make a lookup that took half a millisecond, or that nobody answered in ten seconds."""
    answers = (ResourceRecord(name, kind, 300, data),) if data else ()
    return TiedLookup(
        (
            Lookup(
                vantage=MTA,
                client=Endpoint("10.10.0.5", 34254),
                resolver=Endpoint("198.51.100.53", 53),
                transport="udp",
                id=0x4409,
                question=Question(name, kind),
                recursion_desired=True,
                queries=(Mark(when, frame),),
                query_count=1 if rcode else 2,
                response=Mark(when + 468 * MICROSECOND, frame + 1) if rcode else None,
                rcode=rcode,
                answers=answers,
                waited_until=when + (468 * MICROSECOND if rcode else 10 * SECOND),
            ),
        ),
    )


def sighting(server: Endpoint = SERVER, outcome: Outcome = Outcome.ESTABLISHED, when: int = at(696)) -> Sighting:
    """Make a connection as the seed capture shows it."""
    connected = outcome in (Outcome.ESTABLISHED, Outcome.RESET)
    return Sighting(
        serial=1,
        vantage=MTA,
        client=CLIENT,
        server=server,
        roles_known=True,
        outcome=outcome,
        opened=Mark(when, 7),
        last=Mark(when + 383 * MICROSECOND, 21),
        closed=Mark(when + 383 * MICROSECOND, 21) if connected else None,
        from_client=HalfStream(octets=678 if connected else 0),
        from_server=HalfStream(octets=294 if connected else 0),
        syns=(SegmentMark(when, 7, 64, 1),),
        syn_count=1,
        established=Mark(when + 47 * MICROSECOND, 9) if connected else None,
    )


def reply(when: int, frame: int, code: int, *lines: str, enhanced: str | None = None) -> Reply:
    """Make a reply."""
    return Reply(when, frame, code, enhanced, lines)


def dialogue(last: Reply | None = None) -> Dialogue:
    """Make the dialogue of the seed capture, its last word as given."""
    greeting = reply(at(819), 10, 220, "relay.other.example ESMTP")
    hello = Command(at(866), 12, "EHLO", "mta.corp.example")
    extensions = ("PIPELINING", "8BITMIME", "ENHANCEDSTATUSCODES", "DSN")
    told = reply(at(891), 14, 250, "relay.other.example", *extensions)
    mail = Command(at(926), 15, "MAIL", "FROM:<alice@corp.example>")
    rcpt = Command(at(926), 15, "RCPT", "TO:<bob@example.net> ORCPT=rfc822;bob@example.net")
    data = Command(at(926), 15, "DATA", "")
    sender_ok = reply(at(942), 16, 250, "2.1.0 Ok", enhanced="2.1.0")
    recipient_ok = reply(at(942), 16, 250, "2.1.5 Ok", enhanced="2.1.5")
    go_on = reply(at(942), 16, 354, "End data with <CR><LF>.<CR><LF>")
    last = last or reply(at(981), 18, 250, "2.0.0 Ok", enhanced="2.0.0")
    path = ForwardPath("bob@example.net", at(926), 15, recipient_ok)
    return Dialogue(
        serial=1,
        vantage=MTA,
        client=CLIENT,
        server=SERVER,
        at=at(696),
        greeting=greeting,
        helo="mta.corp.example",
        extensions=extensions,
        events=(greeting, hello, told, mail, rcpt, data, sender_ok, recipient_ok, go_on, last),
        exchanges=(
            Exchange(Step.BANNER, None, at(743), 9, greeting),
            Exchange(Step.EHLO, hello, hello.at, 12, told),
            Exchange(Step.MAIL, mail, mail.at, 15, sender_ok),
            Exchange(Step.RCPT, rcpt, rcpt.at, 15, recipient_ok),
            Exchange(Step.DATA, data, data.at, 15, go_on),
            Exchange(Step.END_OF_DATA, None, at(964), 17, last),
            Exchange(Step.QUIT, Command(at(964), 17, "QUIT", ""), at(964), 17, None),
        ),
        transactions=(
            Transaction(mail.at, 15, "alice@corp.example", sender_ok, (path,), go_on, 551, at(964), 17, last),
        ),
        tls=None,
        auth=(),
        client_stream=StreamDigest(678, "9f" * 32),
        server_stream=StreamDigest(294, None),
    )


def connection(**changes: object) -> Connection:
    """Make the seed capture's connection; *changes* are for its one sighting."""
    seen = replace(sighting(), **changes)  # type: ignore[arg-type] # the fields are checked when they are made
    spoke = seen.outcome in (Outcome.ESTABLISHED, Outcome.RESET)
    return Connection((seen,), dialogue() if spoke else None)


def delivery() -> Delivery:
    """Make the delivery of the seed capture."""
    last = reply(at(981), 18, 250, "2.0.0 Ok", enhanced="2.0.0")
    return Delivery(
        client="10.10.0.5",
        domain="example.net",
        recipients=("bob@example.net",),
        lookups=(
            lookup("example.net", "MX", "10 mail.example.net", 3, at(40)),
            lookup("mail.example.net", "A", "198.51.100.10", 5, at(593)),
        ),
        expected=(ExpectedHost(10, "mail.example.net", ("198.51.100.10",)),),
        attempts=(Attempt(at(696), connection(), Step.QUIT, last, DeliveryOutcome.ACCEPTED),),
        outcome=DeliveryOutcome.ACCEPTED,
        reply=last,
    )


REWRITTEN = Finding(
    code="destination-rewritten",
    severity=Severity.CRITICAL,
    confidence=Confidence.LIKELY,
    summary="mail for example.net was meant for mail.example.net [198.51.100.10]:25 and went to 192.0.2.66:25",
    at=at(696),
    client="10.10.0.5",
    intended=Party("198.51.100.10", 25, "mail.example.net", ("dns",)),
    observed=Party("192.0.2.66", 25),
    blame=Blame(Side.SENDER, temporary=False, mail_safe=False),
    evidence=(
        Evidence("MX answer: example.net is served by 10 mail.example.net", MTA, (4,)),
        Evidence("A answer: mail.example.net is 198.51.100.10", MTA, (6,)),
        Evidence("SYN to 192.0.2.66:25, 0.1 ms later; no packet to 198.51.100.10 is in the capture", MTA, (7,)),
        Evidence("the dialogue carries mail for bob@example.net", MTA, (15, 16, 17, 18)),
    ),
    still_possible=("a transport map or smart host of the mail server names 192.0.2.66 for example.net",),
    settled_by=(
        "the mail log of the sending host (its relay= against the address contacted)",
        "the firewall rules of the sending host and of the gateway (iptables-save, nft list ruleset)",
        "the connection tracking table (conntrack -L) while the connection is alive",
    ),
)
BANNER = Finding(
    code="banner-mismatch",
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    summary="192.0.2.66 greets as relay.other.example, a name unrelated to mail.example.net",
    at=at(819),
    client="10.10.0.5",
    intended=Party(name="mail.example.net", source=("dns",)),
    observed=Party("192.0.2.66", 25, "relay.other.example", ("wire",)),
    evidence=(Evidence("greeting: 220 relay.other.example ESMTP", MTA, (10,)),),
)
CAPTURE = InputSummary(
    path="mta-eth0.pcap",
    kind="capture",
    label=MTA,
    vantages=(MTA,),
    format="pcap",
    link_type="EN10MB",
    packets=21,
    first=at(0),
    last=at(1079),
    loss=0.0,
    cut_off=False,
    kernel_drops=None,
    faults=(),
)


def seed() -> Report:
    """Make the report on the seed story: mail sent to a stranger by the mail server's own firewall."""
    told = delivery()
    return Report(
        version="0.1.0",
        inputs=(CAPTURE,),
        coverage=Coverage(
            dns=True,
            smtp=True,
            both_directions=True,
            starts_with_lookup=True,
            limits=("the capture is taken at one place: what a gateway beyond it changed cannot be seen",),
        ),
        findings=(REWRITTEN, BANNER),
        connections=tuple(a.connection for a in told.attempts),
        lookups=told.lookups,
        deliveries=(told,),
        connection_count=1,
        dialogue_count=1,
        lookup_count=2,
    )


def benign() -> Report:
    """Make the report on mail that went where it should."""
    server = Endpoint("198.51.100.10", 25)
    told = delivery()
    seen = told.attempts[0].connection._replace(sightings=(sighting(server),))
    told = told._replace(attempts=(told.attempts[0]._replace(connection=seen),))
    coverage = replace(seed().coverage, limits=())
    return replace(seed(), findings=(), deliveries=(told,), connections=(seen,), coverage=coverage)


def empty() -> Report:
    """Make the report on a capture without packets."""
    nothing = Coverage(dns=False, smtp=False, both_directions=False, starts_with_lookup=False, limits=())
    return Report("0.1.0", (replace(CAPTURE, packets=0, first=None, last=None),), nothing, (), (), (), (), 0, 0, 0)


def hostile() -> Report:
    """Make a report whose every name was chosen by somebody unfriendly."""
    name = "[bold red]" + "a" * 63 + "." + "b" * 63 + ".[link=http://example.net]x[/link].example.net"
    words = (
        r"\x1b[2Jcleared [bold]markup[/bold] :smile: 例え.example.net [/] "
        "and what no parser may let through: \x1b[31m\u202e\udcff\r\n"
    )
    address = "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"
    finding = replace(
        REWRITTEN,
        summary=f"mail for {name} was meant for {words} and went to [{address}]:25",
        client="2001:db8::5",
        intended=Party("2001:db8::10", 25, name, ("dns",)),
        observed=Party(address, 25, words),
        evidence=(Evidence(words, "we [i]rd"), Evidence(name, MTA, tuple(range(1, 400, 2)))),
        still_possible=(words,),
    )
    last = reply(at(981), 18, 550, words, words, enhanced="5.7.1")
    told = delivery()
    there = connection(server=Endpoint(address, 25))._replace(dialogue=dialogue(last))
    told = told._replace(
        domain=name,
        recipients=(f"{words}@{name}", "d@例え.example.net", "e@example.net", "f@example.net", "g@example.net"),
        lookups=(lookup(name, "MX", f"10 {words}", 3, at(40)), lookup(name, "A", None, 5, at(593), rcode=None)),
        attempts=(told.attempts[0]._replace(connection=there, reply=last),),
        outcome=DeliveryOutcome.REJECTED,
        reply=last,
    )
    damage = Fault("pcap record header", 2752, "a captured length of at most 262144", words, 12)
    source = replace(
        CAPTURE, path="\x1b]0;owned\x07 it's.pcap", loss=0.0004, cut_off=True, kernel_drops=12, faults=(damage, damage)
    )
    coverage = replace(seed().coverage, limits=(words,), evicted=(("half-open connections", 12_000),))
    return replace(
        seed(), inputs=(source,), findings=(finding,), deliveries=(told,), connections=(there,), coverage=coverage
    )


def crowded(number: int = 300) -> Report:
    """Make a report with many findings and deliveries, over two days, most of them alike."""
    findings = tuple(
        replace(
            REWRITTEN,
            at=REWRITTEN.at + i * 600 * SECOND,
            client=f"10.10.0.{i % 5}",
            observed=Party(f"192.0.2.{i % 40}", 25),
            summary=f"mail for d{i}.example.net was meant for 198.51.100.10:25 and went to 192.0.2.{i % 40}:25",
        )
        for i in range(number)
    )
    greylisted = replace(BANNER, code="smtp-greylisted", summary="bob@example.net was greylisted and accepted later")
    deliveries = tuple(_numbered(i) for i in range(number))
    capture = replace(CAPTURE, packets=21 * number, last=at(0) + number * 600 * SECOND)
    return replace(
        seed(),
        inputs=(capture,),
        findings=(*findings, greylisted),
        deliveries=deliveries,
        connections=tuple(a.connection for d in deliveries for a in d.attempts),
        connection_count=number,
        dialogue_count=number,
        lookup_count=2 * number,
    )


def _numbered(i: int) -> Delivery:
    outcome = (DeliveryOutcome.ACCEPTED, DeliveryOutcome.DEFERRED, DeliveryOutcome.ACCEPTED)[i % 3]
    told = delivery()
    tried = told.attempts[0]._replace(at=at(696) + i * 600 * SECOND, connection=connection())
    return told._replace(domain=f"d{i % 20}.example.net", outcome=outcome, attempts=(tried,))


def busy(number: int = 10_000) -> Report:
    """Make a report on much mail, no two deliveries alike, every hundredth refused."""
    deliveries = tuple(_distinct(i) for i in range(number))
    capture = replace(CAPTURE, packets=21 * number, last=at(0) + number * SECOND)
    return replace(
        seed(),
        inputs=(capture,),
        findings=(),
        deliveries=deliveries,
        connections=tuple(a.connection for d in deliveries for a in d.attempts),
        connection_count=number,
        dialogue_count=number,
        lookup_count=2 * number,
    )


def _distinct(i: int) -> Delivery:
    start = at(696) + i * SECOND
    refused = i % 100 == 99
    domain, host = f"d{i}.example.net", f"mx{i % 7}.d{i}.example.net"
    address = f"198.51.100.{i % 250}"
    code, words = (
        (550, f"5.1.1 <user{i}@{domain}>: no such user") if refused else (250, f"2.0.0 Ok: queued as {i:011X}")
    )
    last = reply(start, 18, code, words, enhanced=words[:5])
    seen = replace(sighting(Endpoint(address, 25), when=start), serial=i)
    tried = Attempt(start, Connection((seen,), replace(dialogue(last), at=start)), Step.END_OF_DATA, last)
    return Delivery(
        client=f"10.10.{i % 5}.5",
        domain=domain,
        recipients=(f"user{i}@{domain}",),
        lookups=(lookup(domain, "MX", f"10 {host}", 3, start), lookup(host, "A", address, 5, start)),
        expected=(ExpectedHost(10, host, (address,)),),
        attempts=(tried,),
        outcome=DeliveryOutcome.REJECTED if refused else DeliveryOutcome.ACCEPTED,
        reply=last,
    )


TRAP = (
    "<img src=x onerror='document.title=1'><script>document.title=2</script>\"><svg onload=document.title=3>&lt;b&gt;"
)
"""What a banner may say that wants to be more than text."""


def trap() -> Report:
    """Make a report in which everything that can come from outside is markup that would like to run."""
    name = f"{TRAP}.example.net"
    last = reply(at(981), 18, 550, TRAP, TRAP, enhanced="5.7.1")
    spoken = replace(dialogue(last), helo=TRAP, greeting=reply(at(819), 10, 220, TRAP))
    there = connection()._replace(dialogue=spoken)
    told = delivery()._replace(
        client=TRAP,
        domain=name,
        recipients=(f"{TRAP}@example.net",),
        lookups=(lookup(name, "MX", f"10 {TRAP}", 3, at(40)),),
        expected=(ExpectedHost(10, TRAP, ("198.51.100.10",)),),
        attempts=(delivery().attempts[0]._replace(connection=there, reply=last),),
        outcome=DeliveryOutcome.REJECTED,
        reply=last,
    )
    finding = replace(
        REWRITTEN,
        summary=TRAP,
        client=TRAP,
        intended=Party("198.51.100.10", 25, TRAP, (TRAP,)),
        observed=Party(TRAP, 25, TRAP),
        evidence=(Evidence(TRAP, MTA, (7, 18)), Evidence(TRAP, source=TRAP, line=3)),
        still_possible=(TRAP,),
        settled_by=(TRAP,),
    )
    source = replace(CAPTURE, path=f"{TRAP}.pcap", format=TRAP)
    coverage = replace(seed().coverage, limits=(TRAP,))
    return replace(
        seed(), inputs=(source,), findings=(finding,), deliveries=(told,), connections=(there,), coverage=coverage
    )
