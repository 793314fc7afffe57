"""Refused because of a block list: named in the reply, or told to the replying host."""

import pytest

from tests.rules.scene import MTA, OUTSIDER, RESOLVER, Scene, finding, findings, frames_of, grade
from tests.rules.session import Session, inbound

CODE = "smtp-blocklisted"
NAMED = "554 5.7.1 Service unavailable; Client host [192.0.2.99] blocked using bl.lists.example"
ASKED = "99.2.0.192.bl.lists.example"
POLICY = "550 5.7.1 Not wanted here"


def sent(reply: str) -> Scene:
    scene = Scene()
    scene.example_net()
    session = Session(scene).connect().greeted()
    session.asks("MAIL FROM:<alice@corp.example>", "250 Ok")
    session.asks("RCPT TO:<bob@example.net>", reply)
    session.quit()
    return scene


def came(reply: str, *answer: str, question: str = ASKED, rcode: str = "NOERROR", late: bool = False) -> Scene:
    scene = Scene()
    session = inbound(scene).connect().greeted("mta.corp.example")
    session.asks("MAIL FROM:<a@sender.example>", "250 Ok")
    session.says("RCPT TO:<b@corp.example>")
    if not late:
        scene.ask(question, "A").answer(*answer, rcode=rcode)
    session.hears(reply)
    session.quit()
    if late:
        scene.ask(question, "A").answer(*answer, rcode=rcode)
    return scene


@pytest.mark.parametrize(
    ("reply", "temporary"),
    [(NAMED, False), ("450 4.7.1 Client blocked using bl.lists.example, try again later", True)],
)
def test_a_reply_that_names_a_list(reply: str, temporary: bool) -> None:
    found = finding(sent(reply), CODE)

    assert ("warning", "likely") == grade(found)
    assert "10.10.0.5 is said to be on bl.lists.example" in found.summary
    assert "for bob@example.net at RCPT" in found.summary
    assert ("sender", temporary, temporary) == (str(found.blame.side), found.blame.temporary, found.blame.mail_safe)
    assert "a capture on the receiving server, with its DNS" in found.settled_by


def test_a_greeting_that_names_a_list() -> None:
    scene = Scene()
    session = Session(scene).connect()
    session.hears("554 mail1.example.net: 10.10.0.5 is listed in zen.spamhaus.org")
    session.quit()

    assert "at banner" in finding(scene, CODE).summary


@pytest.mark.parametrize("reply", [NAMED, POLICY, "550 no"])
def test_the_lookup_of_the_replying_host_was_positive(reply: str) -> None:
    found = finding(came(reply, "127.0.0.4"), CODE)

    assert ("warning", "likely") == grade(found)
    assert f"because {OUTSIDER} is on the block list bl.lists.example" in found.summary
    assert "127.0.0.4 (listed)" in found.evidence[0].text
    assert "sender" == str(found.blame.side)
    assert 3 == len(frames_of(found))


@pytest.mark.parametrize("answer", ["127.255.255.254", "127.0.0.1", "203.0.113.80"])
def test_an_answer_that_is_no_listing_is_the_receivers_fault(answer: str) -> None:
    """Taken for a listing all the same: the reply says so."""
    found = finding(came(NAMED, answer), CODE)

    assert "takes an answer of bl.lists.example for a listing that is none" in found.summary
    assert "recipient" == str(found.blame.side)


@pytest.mark.parametrize("answer", ["127.255.255.254", "203.0.113.80"])
def test_an_answer_that_is_no_listing_accuses_nobody_by_itself(answer: str) -> None:
    assert [] == findings(came(POLICY, answer), CODE)


def test_not_listed() -> None:
    assert [] == findings(came(POLICY, rcode="NXDOMAIN"), CODE)


@pytest.mark.parametrize("reply", ["550 5.1.1 <b@corp.example>: User unknown", "452 4.2.2 Mailbox full"])
def test_another_reason_is_believed(reply: str) -> None:
    assert [] == findings(came(reply, "127.0.0.2"), CODE)


@pytest.mark.parametrize("question", ["98.2.0.192.bl.lists.example", "99.2.0.192.list.dnswl.org"])
def test_silent_on_other_clients_and_on_allow_lists(question: str) -> None:
    assert [] == findings(came(POLICY, "127.0.0.2", question=question), CODE)


def test_silent_on_a_lookup_after_the_reply() -> None:
    assert [] == findings(came(POLICY, "127.0.0.2", late=True), CODE)


def test_silent_on_mail_that_was_accepted() -> None:
    scene = Scene()
    session = inbound(scene).connect().greeted("mta.corp.example")
    scene.told(ASKED, "A", "127.0.0.2", client=MTA, resolver=RESOLVER)
    session.envelope("b@corp.example", sender="a@sender.example").message()
    session.quit()

    assert [] == findings(scene, CODE)


def test_silent_on_greylisting_that_passed() -> None:
    scene = came("450 4.7.1 Greylisted", "127.0.0.2")
    scene.wait(300)
    session = inbound(scene).connect().greeted("mta.corp.example")
    session.envelope("b@corp.example", sender="a@sender.example").message()
    session.quit()

    assert [] == findings(scene, CODE)


@pytest.mark.parametrize(("answer", "side"), [("127.0.0.2", "sender"), ("127.255.255.254", "recipient")])
def test_the_refusal_itself_blames_the_same_side(answer: str, side: str) -> None:
    scene = came(NAMED, answer)

    assert [side, side] == [str(finding(scene, code).blame.side) for code in (CODE, "smtp-rejected")]
