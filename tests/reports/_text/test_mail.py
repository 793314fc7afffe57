"""Which deliveries are told, and which are only counted."""

from dataclasses import replace

from tests.reports import scenes
from wiretruth.model.delivery import Delivery, DeliveryOutcome
from wiretruth.model.finding import Party
from wiretruth.model.packet import Endpoint
from wiretruth.reports._text.clock import clock_of
from wiretruth.reports._text.mail import ALIKE, STORIES, alike, chosen, mail

SEED = scenes.delivery()


def to(domain: str, server: str, outcome: DeliveryOutcome = DeliveryOutcome.ACCEPTED) -> Delivery:
    connection = scenes.connection(server=Endpoint(server, 25))
    attempt = SEED.attempts[0]._replace(connection=connection)
    return SEED._replace(domain=domain, recipients=(), outcome=outcome, attempts=(attempt,))


def lines(*deliveries: Delivery, in_full: bool = False) -> list[str]:
    report = replace(scenes.seed(), deliveries=deliveries, findings=())
    return [line.plain for line in mail(report, clock_of(report), in_full=in_full)]


def test_no_deliveries_no_part() -> None:
    assert [] == lines()


def test_alike_ones_are_told_once() -> None:
    later = SEED._replace(attempts=(SEED.attempts[0]._replace(at=scenes.at(5_000_000)),))

    told = lines(SEED, later, SEED)

    assert 1 == sum(line.startswith("Mail for") for line in told)
    assert "  and 2 more deliveries like this, the last at 18:29:48.288" == told[-1]


def test_all_are_told_in_full() -> None:
    assert 3 == sum(line.startswith("Mail for") for line in lines(SEED, SEED, SEED, in_full=True))


def test_the_rest_is_counted() -> None:
    told = lines(*(to(f"d{i}.example.net", f"192.0.2.{i}") for i in range(STORIES + 5)))

    assert STORIES == sum(line.startswith("Mail for") for line in told)
    assert "besides these, 5 deliveries (5 accepted); -v tells all" == told[-1]


def test_failures_come_before_successes() -> None:
    good = [to(f"d{i}.example.net", f"192.0.2.{i}") for i in range(20)]
    bad = to("bad.example.net", "192.0.2.99", DeliveryOutcome.REJECTED)

    assert bad in [group[0] for group in chosen(alike([*good, bad]), ())]


def test_what_a_finding_names_comes_first() -> None:
    """Even an accepted delivery, where the finding says that it went to the wrong host."""
    failed = [to(f"d{i}.example.net", f"192.0.2.{i}", DeliveryOutcome.REJECTED) for i in range(20)]
    stolen = to("stolen.example.net", "192.0.2.99")
    finding = replace(scenes.REWRITTEN, observed=Party("192.0.2.99", 25))

    assert stolen in [group[0] for group in chosen(alike([*failed, stolen]), (finding,))]


def test_one_kind_does_not_crowd_out_the_others() -> None:
    same = [to(f"d{i}.example.net", "192.0.2.1", DeliveryOutcome.REJECTED) for i in range(50)]
    other = to("other.example.net", "192.0.2.2")

    told = chosen(alike([*same, other]), ())

    assert STORIES == len(told)
    assert [other] == told[-1]
    assert [same[0]] == told[0]
    assert ALIKE < STORIES
