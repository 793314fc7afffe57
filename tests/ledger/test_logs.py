"""The facade: what rules may ask of logs, and the sums."""

from tests.rules.logbook import OK, Logbook, report
from tests.rules.scene import MX1, STRANGER, Scene
from tests.rules.session import Session
from wiretruth.ledger.logs import Logs
from wiretruth.model.log import Verdict


def test_nothing_is_said_without_a_log() -> None:
    scene = Scene()
    Session(scene).delivers()
    told = scene.report()
    (connection,) = told.connections
    logs = Logs()

    assert (0, None, None) == (len(logs.of(connection)), logs.otherwise(connection), logs.chosen(connection))
    assert ((), ()) == (told.logs, told.lines)


def test_sums_and_the_lines_of_a_delivery() -> None:
    scene = Scene()
    log = Logbook(scene)
    scene.example_net()
    session = Session(scene, STRANGER)
    session.connect().greeted().envelope().message(OK)
    session.quit()
    log.write("smtpd", "connect from localhost[127.0.0.1]")
    log.sent()
    log.lines.append("no line of any log")

    told = report(scene, log)
    (summary,) = told.logs
    (delivery,) = told.deliveries

    assert (3, 1, 2, ("Postfix",)) == (summary.lines, summary.unknown, summary.claims, summary.programs)
    assert {Verdict.CONFIRMED: 0, Verdict.CONTRADICTED: 1, Verdict.UNPROVABLE: 1} == dict(summary.verdicts)
    assert {"it never left the host": 1} == {str(reason): number for reason, number in summary.reasons}
    assert [2] == [x.claim.line.number for x in delivery.log]
    assert summary.first is not None
    assert "log" in [source.kind for source in told.inputs]


def test_several_hosts_in_one_log_have_clocks_of_their_own() -> None:
    scene = Scene()
    first, second = Logbook(scene, host="a"), Logbook(scene, host="b", zone=2)
    scene.example_net()
    for log, reply in ((first, "250 queued as AAAAAAA111"), (second, "250 queued as BBBBBBB222")):
        session = Session(scene, MX1)
        session.connect().greeted().envelope().message(reply)
        session.quit()
        log.sent(reply=reply)
    first.lines += second.lines

    (summary,) = report(scene, first).logs

    assert {"a": 0, "b": 7200} == {host: clock.zone for host, clock in summary.clocks}
    assert 2 == dict(summary.verdicts)[Verdict.CONFIRMED]


def test_a_line_just_outside_the_capture_is_so_said() -> None:
    scene = Scene()
    log = Logbook(scene)
    scene.example_net()
    session = Session(scene, MX1)
    session.connect().greeted().envelope().message(OK)
    session.quit()
    log.sent()
    scene.wait(120)
    log.sent("eve@example.org", "192.0.2.9", "250 2.0.0 Ok: queued as LATER12345")

    (summary,) = report(scene, log).logs

    assert {"outside the time of the capture": 1} == {str(reason): number for reason, number in summary.reasons}
