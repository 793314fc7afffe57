"""Rules hear every statement, surveys first; findings come loudest first, then surest, mail before names."""

from random import Random

from tests.ledger.made import contact, sighting, survey, told
from wiretruth.engine import judgement
from wiretruth.engine.judgement import judge, state
from wiretruth.ledger.book import Ledger
from wiretruth.model.finding import Confidence, Finding, Severity
from wiretruth.model.statements import Contact, Resolution, Settled, Survey


def finding(severity: Severity, confidence: Confidence, at: int, code: str = "a", summary: str = "s") -> Finding:
    return Finding(code, severity, confidence, summary, at, None, ())


MAIL, NAMES = 0, 2
ORDER = [
    (NAMES, finding(Severity.CRITICAL, Confidence.PROVEN, 9)),
    (MAIL, finding(Severity.CRITICAL, Confidence.LIKELY, 1)),
    (MAIL, finding(Severity.CRITICAL, Confidence.LIKELY, 2, "a")),
    (MAIL, finding(Severity.CRITICAL, Confidence.LIKELY, 2, "b")),
    (NAMES, finding(Severity.CRITICAL, Confidence.LIKELY, 0, "a")),
    (MAIL, finding(Severity.WARNING, Confidence.PROVEN, 0, "b", "s")),
    (MAIL, finding(Severity.WARNING, Confidence.PROVEN, 0, "b", "t")),
    (MAIL, finding(Severity.INFO, Confidence.PROVEN, 0)),
    (MAIL, finding(Severity.INFO, Confidence.POSSIBLE, 0)),
]


def test_the_order_of_findings() -> None:
    shuffled = list(ORDER)
    Random(3).shuffle(shuffled)

    assert ORDER == sorted(shuffled, key=judgement._weight)


def test_statements_in_the_order_in_which_rules_hear_them() -> None:
    answers = [told("A b.example", at=5), told("A a.example", at=5), told("A c.example", at=1)]
    contacts = [contact(sighting(at=9, serial=1)), contact(sighting(at=2))]
    ledger = Ledger()
    statements = state(ledger, answers, contacts, [survey()])

    assert [Survey, *[Resolution] * 3, *[Contact] * 2, Settled] == [type(s) for s in statements]
    assert ["c.example", "a.example", "b.example"] == [s.name for s in statements if isinstance(s, Resolution)]
    assert [2, 9] == [s.at for s in statements if isinstance(s, Contact)]
    assert 1 == len(ledger.deliveries)


def test_the_order_of_the_inputs_changes_no_verdict() -> None:
    answers = [told(f"MX d{n}.example", at=n, rcode="SERVFAIL") for n in range(9)]
    contacts = [contact(sighting(at=n, serial=n, answered=None, syn_count=4)) for n in range(9)]
    verdicts = []
    for seed in range(3):
        Random(seed).shuffle(answers)
        Random(seed).shuffle(contacts)
        ledger = Ledger()
        verdicts.append(judge(state(ledger, answers, contacts, [survey(last=1 << 40)]), ledger))

    assert verdicts[0]
    assert verdicts[0] == verdicts[1] == verdicts[2]


def test_no_statement_no_finding() -> None:
    assert () == judge([], Ledger())
