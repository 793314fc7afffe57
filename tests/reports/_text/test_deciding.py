"""What a server asked while it decided."""

from dataclasses import replace

from tests.reports import scenes
from wiretruth.model.frames import Mark
from wiretruth.reports._text.clock import clock_of
from wiretruth.reports._text.deciding import FAILED, deciding_moments

CLOCK = clock_of(scenes.seed())
TRIED = scenes.delivery().attempts[0]
LONG = TRIED._replace(
    connection=TRIED.connection._replace(
        sightings=(replace(TRIED.connection.nearest, last=Mark(TRIED.at + 60 * scenes.SECOND, 99)),)
    )
)


def told(*questions: tuple[str, str, str | None, str | None], in_full: bool = False) -> list[str]:
    asked = tuple(
        scenes.lookup(name, kind, data, 30 + 2 * n, TRIED.at + n * 1000, rcode=rcode)
        for n, (kind, name, data, rcode) in enumerate(questions)
    )
    delivery = scenes.delivery()._replace(inbound=True, attempts=(LONG,), deciding=asked)
    return [moment.line(CLOCK).plain[16:].strip() for moment in deciding_moments(delivery, LONG, in_full=in_full)]


PTR = ("PTR", "99.2.0.192.in-addr.arpa", "out.sender.example", "NOERROR")
SPF = ("TXT", "sender.example", "v=spf1 -all", "NOERROR")


def test_what_went_well_stands_on_one_line() -> None:
    assert ["looked up meanwhile: the reverse name of 192.0.2.99, the SPF policy of sender.example"] == told(PTR, SPF)


def test_what_failed_is_told() -> None:
    assert [
        "asked 198.51.100.53 for the SPF policy of sender.example: SERVFAIL",
        "asked 198.51.100.53 for the mail hosts of sender.example: no answer in 10.0 s",
        "looked up meanwhile: the reverse name of 192.0.2.99",
    ] == told(PTR, ("TXT", "sender.example", None, "SERVFAIL"), ("MX", "sender.example", None, None))


def test_in_full_each_has_its_frames() -> None:
    assert ["asked 198.51.100.53 for the reverse name of 192.0.2.99: out.sender.example (frames 30, 31)"] == told(
        PTR, in_full=True
    )


def test_many_failures_are_counted() -> None:
    lines = told(*(("MX", f"d{n}.example", None, "SERVFAIL") for n in range(FAILED + 3)))

    assert FAILED + 1 == len(lines)
    assert "and 3 more such lookups" == lines[-1]


def test_what_ended_alike_stands_on_one_line() -> None:
    asked = [(kind, "sender.example", None, None) for kind in ("MX", "A", "AAAA", "MX")]

    assert ["asked 198.51.100.53 for sender.example (4 lookups: MX, A, AAAA): no answer in 10.0 s"] == told(*asked)


def test_a_listing_is_told() -> None:
    assert ["asked 198.51.100.53 whether 192.0.2.99 is on the block list bl.lists.example: 127.0.0.2"] == told(
        ("A", "99.2.0.192.bl.lists.example", "127.0.0.2", "NOERROR")
    )
