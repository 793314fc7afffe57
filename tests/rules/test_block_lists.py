"""Which replies name a block list, and which only look like it."""

import pytest

from tests.rules.scene import MTA, Scene
from tests.rules.session import inbound
from wiretruth.model.smtp import Reply
from wiretruth.rules._block_lists import named_list, same_list


def said(text: str) -> Reply:
    return Reply(0, 1, 554, None, (text,))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "5.7.1 Service unavailable; Client host [192.0.2.9] blocked using zen.spamhaus.org; https://x",
            "zen.spamhaus.org",
        ),
        ("5.7.1 Service unavailable; client [192.0.2.9] blocked using bl.lists.example", "bl.lists.example"),
        ("Your IP is listed in dnsbl.provider.example", "dnsbl.provider.example"),
        ("192.0.2.9 is blacklisted at bl.provider.example, see there", "bl.provider.example"),
        ("https://www.spamhaus.org/query/ip/192.0.2.9", "www.spamhaus.org"),
        ("Blocked - see https://www.spamcop.net/bl.shtml?192.0.2.9", "www.spamcop.net"),
        ("rejected: found in b.barracudacentral.org", "b.barracudacentral.org"),
        ("JunkMail rejected - host is in an RBL: x", "a list that it does not name"),
        ("part of their network is on our block list (S3140)", "a list that it does not name"),
        ("DNSBL hit", "a list that it does not name"),
        ("found on one or more RBLs.", "a list that it does not name"),
        ("5.7.1 [192.0.2.9] listed by lists.provider.example", "lists.provider.example"),
        ("5.7.1 <bob@example.net>: blocked, see <https://www.spamhaus.org/sbl/>", "www.spamhaus.org"),
        ("see http://bl.mailcheck.example/?ip=192.0.2.9", "bl.mailcheck.example"),
    ],
)
def test_named(text: str, expected: str) -> None:
    assert expected == named_list(said(text))


@pytest.mark.parametrize(
    "text",
    [
        "5.1.1 <bob@example.net>: Recipient address rejected: User unknown",
        "4.7.1 Greylisted, see http://postgrey.example/help/example.net.html",
        "5.7.1 Message rejected by mail.example.net",
        "5.7.1 <bob@list.example.net> is not listed here",
        "5.7.1 You are on the recipient's blacklist",
        "mailing list expansion prohibited",
        "4.3.2 please try again, listed host name pending",
        "5.7.23 SPF check failed: see https://spf.example/why",
        "Table mailbox; problem.blog.example",
        "5.1.1 bob@example.net: mailbox not found in example.net",
        "5.1.1 recipient not listed in example.com directory",
        "5.1.1 alias listed in ldap.example.net twice",
        "5.1.1 <bob@abusix.com>: Recipient address rejected: User unknown",
        "5.7.1 Unable to relay for bob@surriel.com",
        "4.7.1 <bl.example.net>: Helo command rejected: Host not found",
        "5.7.1 relay access denied for bl.example.net",
        "4.3.2 rbl.example.net Service not available, closing transmission channel",
        "4.2.0 mail host rbl-1.example.net is busy",
        "5.7.1 virus found in invoice.zip",
        "5.7.1 No DMARC record found in example.org",
        "4.7.1 DNSBL lookup timed out, try again later",
        "4.7.1 RBL check failed temporarily",
        "5.7.1 you are not on our block list, but your message is spam",
        "",
    ],
)
def test_not_named(text: str) -> None:
    assert named_list(said(text)) is None


@pytest.mark.parametrize(
    ("named", "zone", "expected"),
    [
        ("zen.spamhaus.org", "zen.spamhaus.org", True),
        ("www.spamhaus.org", "zen.dq.spamhaus.net", True),
        ("zen.spamhaus.org", "bl.spamcop.net", False),
        ("bl.a.example", "bl.b.example", False),
    ],
)
def test_same_list(named: str, zone: str, expected: bool) -> None:
    assert expected is same_list(named, zone)


def test_a_scene_of_lookups_is_possible() -> None:
    """What the other tests of lists rest on: a session whose server asks while it decides."""
    scene = Scene()
    session = inbound(scene).connect()
    scene.told("99.2.0.192.bl.lists.example", "A", "127.0.0.2", client=MTA)
    session.greeted("mta.corp.example").quit()

    assert 1 == scene.report().lookup_count
