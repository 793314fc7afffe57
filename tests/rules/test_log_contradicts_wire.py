"""Lines that their own connections contradict, and all the lines that look so and are true."""

import pytest

from tests.rules.logbook import OK, Logbook, findings, report, verdicts
from tests.rules.packets import ACK, SYN
from tests.rules.scene import GATEWAY, MTA, MX1, MX2, OUTSIDER, STRANGER, Scene, frames_of, grade
from tests.rules.session import Session, View, inbound

CODE = "log-contradicts-wire"


def delivered(scene: Scene, server: str, *recipients: str, reply: str = OK, **views: object) -> Session:
    """Let mail be delivered, with this reply to the message."""
    session = Session(scene, server, **views)  # type: ignore[arg-type] # views of the session
    session.connect().greeted().envelope(*recipients).message(reply)
    return session.quit()


def test_another_address_is_proven_by_the_queue_id_in_the_reply() -> None:
    scene = Scene()
    log = Logbook(scene)
    scene.example_net()
    delivered(scene, STRANGER)
    log.sent()

    (found,) = findings(scene, log, CODE)

    assert ("critical", "proven") == grade(found)
    assert "went to mail1.example.net [198.51.100.10]:25; on the wire it went to 192.0.2.66:25" in found.summary
    assert ("mail.log", 1) == (found.evidence[0].source, found.evidence[0].line)
    assert "status=sent" in found.evidence[0].text
    assert frames_of(found)


def test_a_reply_without_a_queue_id_needs_the_lookups_beside_it() -> None:
    scene = Scene()
    log = Logbook(scene)
    scene.example_net()
    delivered(scene, STRANGER, reply="250 2.0.0 Ok")
    log.sent(reply="250 2.0.0 Ok")

    assert [("critical", "proven")] == [grade(f) for f in findings(scene, log, CODE)]


def test_another_port_only() -> None:
    scene = Scene()
    log = Logbook(scene)
    scene.example_net()
    session = Session(scene, MX1, 2525)
    session.connect().greeted().envelope().message(OK)
    session.quit()
    log.sent()

    assert [(1, "contradicted: port")] == verdicts(scene, log)


def test_a_refusal_elsewhere() -> None:
    """The host was told one address, says that it tried it, and another one refused."""
    scene = Scene()
    log = Logbook(scene)
    scene.example_net()
    session = Session(scene, STRANGER)
    session.syn()
    session.reset()
    log.write("smtp", "connect to mail1.example.net[198.51.100.10]:25: Connection refused")
    log.deferred("connect to mail1.example.net[198.51.100.10]:25: Connection refused")

    assert [(1, "contradicted: address"), (2, "contradicted: address")] == verdicts(scene, log)


def test_the_lines_of_one_connection_are_one_finding() -> None:
    scene = Scene()
    log = Logbook(scene)
    scene.example_net()
    delivered(scene, STRANGER, "a@example.net", "b@example.net")
    log.sent("a@example.net")
    log.sent("b@example.net")

    (found,) = findings(scene, log, CODE)

    assert "mail for a@example.net and 1 more went to" in found.summary
    assert [1, 2] == [e.line for e in found.evidence if e.source]


def test_a_refusal_at_a_port_that_is_not_for_mail_is_likely() -> None:
    scene = Scene()
    log = Logbook(scene)
    scene.example_net()
    session = Session(scene, STRANGER, 2526)
    session.syn()
    session.reset()
    log.deferred("connect to mail1.example.net[198.51.100.10]:25: Connection refused")

    (found,) = findings(scene, log, CODE)

    assert ("critical", "likely") == grade(found)
    assert "on the wire it went to 192.0.2.66:2526" in found.summary


def test_silent_on_a_refusal_that_has_nothing_to_do_with_mail() -> None:
    """The host it went to was looked up as well."""
    scene = Scene()
    log = Logbook(scene)
    scene.example_net()
    scene.told("www.example.org", "A", STRANGER)
    session = Session(scene, STRANGER, 8080)
    session.syn()
    session.reset()
    log.deferred("connect to mail1.example.net[198.51.100.10]:25: Connection refused")

    assert [] == findings(scene, log, CODE)


def test_under_tls_the_tie_is_only_likely() -> None:
    scene = Scene()
    log = Logbook(scene)
    scene.example_net()
    session = Session(scene, STRANGER).connect()
    session.hears("220 x ESMTP")
    session.asks("EHLO mta.corp.example", "250-x", "250 STARTTLS")
    session.asks("STARTTLS", "220 go")
    session.says("\x16\x03\x01")
    session.close()
    log.sent(delays="0/0/0.5/0.5")

    assert [("critical", "likely")] == [grade(f) for f in findings(scene, log, CODE)]


def test_a_timeout_after_a_connection_that_never_was() -> None:
    """Exim words it so when nobody answered its SYN."""
    scene = Scene()
    log = Logbook(scene)
    scene.example_net()
    delivered(scene, MX2)
    session = Session(scene)
    session.syn()
    for _ in range(3):
        session.again(from_client=True, after=2)
    scene.wait(2)
    log.deferred("conversation with x[198.51.100.10] timed out while receiving", address=MX1, delays="0/0/9/0")

    (found,) = findings(scene, log, CODE)

    assert ("warning", "proven") == grade(found)
    assert (
        "fell silent after it had been reached; on the wire no connection was ever made (unanswered)" in found.summary
    )


def test_sent_where_the_server_refused() -> None:
    scene = Scene()
    log = Logbook(scene)
    scene.example_net()
    delivered(scene, MX1, reply="451 4.3.0 later")
    log.sent(reply="250 2.0.0 Ok")

    assert [(1, "contradicted: outcome")] == verdicts(scene, log)


def test_a_gateway_that_hides_who_comes() -> None:
    scene = Scene()
    log = Logbook(scene)
    session = inbound(scene)
    session.connect().hears("220 mta ESMTP")
    session.asks("EHLO mx.sender.example", "250 mta")
    session.envelope("alice@corp.example", sender="pat@sender.example").message(OK)
    session.quit()
    log.write("smtpd", f"9A1B2C3D4E: client=unknown[{GATEWAY}]")

    (found,) = findings(scene, log, CODE)

    assert ("warning", "proven") == grade(found)
    assert f"the log says that {GATEWAY} connected; on the wire it was {OUTSIDER}" == found.summary


def test_a_proxy_that_tells_who_comes_is_innocent() -> None:
    scene = Scene()
    log = Logbook(scene)
    session = inbound(scene, GATEWAY)
    session.connect().hears("220 mta ESMTP")
    session.asks("EHLO mx.sender.example", "250 mta")
    session.envelope("alice@corp.example").message(OK)
    session.quit()
    log.write("smtpd", f"9A1B2C3D4E: client=unknown[{OUTSIDER}]")

    assert [("info", "possible")] == [grade(f) for f in findings(scene, log, CODE)]


# What looks so, and is true


def test_silent_on_an_ordinary_delivery() -> None:
    scene = Scene()
    log = Logbook(scene)
    scene.example_net()
    delivered(scene, MX1)
    log.sent()

    assert [(1, "confirmed")] == verdicts(scene, log)


def test_silent_on_several_recipients_of_one_message() -> None:
    scene = Scene()
    log = Logbook(scene)
    scene.example_net()
    delivered(scene, MX1, "a@example.net", "b@example.net")
    log.sent("a@example.net")
    log.sent("B@EXAMPLE.NET")

    assert [(1, "confirmed"), (2, "confirmed")] == verdicts(scene, log)


def test_silent_on_a_connection_used_twice() -> None:
    scene = Scene()
    log = Logbook(scene)
    scene.example_net()
    session = Session(scene).connect().greeted()
    session.envelope().message("250 2.0.0 Ok: queued as AAAAAAA111")
    log.sent(reply="250 2.0.0 Ok: queued as AAAAAAA111")
    scene.wait(100)
    session.envelope().message("250 2.0.0 Ok: queued as BBBBBBB222")
    log.sent(reply="250 2.0.0 Ok: queued as BBBBBBB222")
    session.quit()

    assert [(1, "confirmed"), (2, "confirmed")] == verdicts(scene, log)


@pytest.mark.parametrize("lookup", [True, False])
def test_silent_on_a_smart_host(lookup: bool) -> None:
    """The log names the address that was contacted, whatever DNS says of the domain."""
    scene = Scene()
    log = Logbook(scene)
    if lookup:
        scene.example_net()
    delivered(scene, STRANGER)
    log.sent(address=STRANGER)

    assert [(1, "confirmed")] == verdicts(scene, log)


def test_silent_on_a_content_filter() -> None:
    """One message, two lines: to the filter on the loopback interface, and behind it to the world."""
    scene = Scene()
    log = Logbook(scene)
    scene.example_net()
    delivered(scene, MX1, reply="250 2.0.0 Ok")
    log.sent(address="127.0.0.1", port=10024, reply="250 2.0.0 Ok")
    log.sent(reply="250 2.0.0 Ok")

    assert [(1, "unprovable: it never left the host"), (2, "confirmed")] == verdicts(scene, log)


def test_silent_where_the_filter_was_seen_and_the_delivery_was_not() -> None:
    scene = Scene()
    log = Logbook(scene)
    scene.example_net()
    session = Session(scene, "127.0.0.1", 10024, client_address="127.0.0.1", server_ttl=64)
    session.connect().greeted().envelope().message("250 2.0.0 Ok")
    session.quit()
    log.sent(address="127.0.0.1", port=10024, reply="250 2.0.0 Ok")
    log.sent(reply="250 2.0.0 Ok")

    assert (1, "confirmed") == verdicts(scene, log)[0]
    assert [] == findings(scene, log, CODE)


def test_silent_on_the_next_hosts_own_delivery() -> None:
    """The relay named by the line is itself the client of what was captured: mail went on behind it."""
    scene = Scene()
    log = Logbook(scene, host="other")
    delivered(scene, MX1, reply="250 2.0.0 Ok", client_address=MTA)
    log.sent(address=MTA, reply="250 2.0.0 Ok")

    assert [] == findings(scene, log, CODE)


def test_silent_where_nothing_but_the_recipient_agrees() -> None:
    """Another host's mail to the same mailbox, with the same plain reply."""
    scene = Scene()
    log = Logbook(scene, host="elsewhere")
    delivered(scene, MX1, reply="250 2.0.0 Ok")
    log.sent(address=MX2, reply="250 2.0.0 Ok")

    assert [] == findings(scene, log, CODE)


def test_silent_where_the_named_host_was_spoken_to_under_tls() -> None:
    scene = Scene()
    log = Logbook(scene)
    scene.example_net(MX1, MX2)
    session = Session(scene, MX2).connect()
    session.hears("220 x ESMTP")
    session.asks("EHLO mta.corp.example", "250-x", "250 STARTTLS")
    session.asks("STARTTLS", "220 go")
    session.says("\x16\x03\x01")
    delivered(scene, MX1, reply="250 2.0.0 Ok")
    session.close()
    log.sent(address=MX2, reply="250 2.0.0 Ok", delays="0/0/1/1")

    assert [(1, "unprovable: encrypted")] == verdicts(scene, log)


def test_silent_on_the_receivers_side_of_its_own_translation() -> None:
    """The sender's log names the public address of a server that is captured behind static NAT."""
    scene = Scene()
    log = Logbook(scene)
    session = Session(scene, "10.10.0.7", client_address=OUTSIDER, client_ttl=50, server_ttl=64)
    session.connect().greeted().envelope().message(OK)
    session.quit()
    log.sent()

    assert [(1, "unprovable: seen from the other side, where addresses may be translated")] == verdicts(scene, log)


def test_silent_on_the_senders_side_of_its_own_translation() -> None:
    """The receiver's log names the public address of a client that is captured before it was masqueraded."""
    scene = Scene()
    log = Logbook(scene, host="mx")
    delivered(scene, MX1)
    log.write("smtpd", "9A1B2C3D4E: client=unknown[203.0.113.1]")

    assert [(1, "unprovable: seen from the other side, where addresses may be translated")] == verdicts(scene, log)


def test_silent_on_an_outcome_where_another_dialogue_cannot_be_read() -> None:
    """Greylisted in clear text, and accepted a moment later under TLS."""
    scene = Scene()
    log = Logbook(scene)
    scene.example_net()
    delivered(scene, MX1, reply="451 4.7.1 greylisted")
    session = Session(scene, MX1).connect()
    session.hears("220 x ESMTP")
    session.asks("EHLO mta.corp.example", "250-x", "250 STARTTLS")
    session.asks("STARTTLS", "220 go")
    session.says("\x16\x03\x01")
    session.close()
    log.sent(reply="250 2.0.0 Ok", delays="0/0/1/1")

    assert [(1, "unprovable: encrypted")] == verdicts(scene, log)


def test_silent_on_a_retry_that_was_accepted() -> None:
    scene = Scene()
    log = Logbook(scene)
    scene.example_net()
    delivered(scene, MX1, reply="451 4.7.1 greylisted")
    log.deferred(
        "host mail1.example.net[198.51.100.10] said: 451 4.7.1 greylisted (in reply to end of DATA command)",
        address=MX1,
    )
    scene.wait(1)
    delivered(scene, MX1)
    log.sent()

    assert [(1, "confirmed"), (2, "confirmed")] == verdicts(scene, log)


def test_silent_on_a_gateway_that_hides_the_sender() -> None:
    """Seen on both sides of a masquerading gateway: the server's address is what the line says."""
    scene = Scene()
    log = Logbook(scene)
    scene.example_net()
    views = (View("lan"), View("wan", client=("203.0.113.1", 61000), hops=1))
    delivered(scene, MX1, views=views)
    log.sent()

    assert [(1, "confirmed")] == verdicts(scene, log)


@pytest.mark.parametrize(("zone", "wrong"), [(0, 0), (1, 0), (-8, 0), (0, 40), (2, -33)])
def test_zone_and_error_of_the_clock_are_found_out(zone: int, wrong: float) -> None:
    scene = Scene()
    log = Logbook(scene, zone=zone, wrong=wrong)
    scene.example_net()
    delivered(scene, STRANGER)
    log.sent()

    told = report(scene, log)

    assert [CODE] == [f.code for f in told.findings if f.code == CODE]
    ((_, clock),) = told.logs[0].clocks
    assert zone * 3600 == clock.zone
    assert abs((clock.offset or 0) - wrong * 1e9) < 1e9


def test_silence_of_a_one_sided_capture_is_no_contradiction() -> None:
    """No packet to this client was ever seen: that its SYN had no answer says nothing."""
    scene = Scene()
    log = Logbook(scene)
    session = Session(scene)
    session.send(True, SYN)
    session.send(False, SYN | ACK, seen=False)
    scene.wait(5)
    session.again(from_client=True)
    log.deferred("conversation with x[198.51.100.10] timed out while receiving", address=MX1, delays="0/0/6/0")

    assert [] == findings(scene, log, CODE)
