"""A day at a mail host: mail that goes where it should, and everything that rules may hold against some of it."""

from collections.abc import Callable
from random import Random
from typing import Final

from tests.rules.scene import MX1, MX2, STRANGER, Scene
from tests.rules.session import Session, inbound

CLIENTS: Final = ("10.10.0.5", "10.10.0.6", "198.51.100.77")
_DOMAINS: Final = ("example.net", "corp.example", "example.org", "shop.example")

Happening = Callable[[Scene, Random, str], None]


def _server(domain: str) -> str:
    return f"203.0.113.{_DOMAINS.index(domain) + 20}"


def _looks_up(scene: Scene, client: str, domain: str, ttl: int = 300) -> None:
    scene.told(domain, "MX", f"10 mx.{domain}.", client=client, ttl=ttl)
    scene.told(f"mx.{domain}", "A", _server(domain), client=client, ttl=ttl)


def delivers(scene: Scene, random: Random, client: str) -> None:
    """Look up and deliver, as nearly all mail goes."""
    domain = random.choice(_DOMAINS)
    _looks_up(scene, client, domain)
    recipients = [f"{name}@{domain}" for name in ("bob", "eve")[: random.randrange(1, 3)]]
    Session(scene, _server(domain), client_address=client).delivers(*recipients, name=f"mx.{domain}")


def _comes_in(scene: Scene, random: Random, client: str) -> None:
    inbound(scene, server=client).delivers(f"carol{random.randrange(3)}@corp.example", sender="dave@example.org")


def _remembers(scene: Scene, random: Random, client: str) -> None:
    """Connect without a lookup just before: what was told before may be over, or never was."""
    domain = random.choice(_DOMAINS)
    Session(scene, _server(domain), client_address=client).delivers(f"bob@{domain}", name=f"mx.{domain}")


def _waits(scene: Scene, random: Random, client: str) -> None:
    del client
    scene.wait(random.choice((0.5, 40, 130, 400)))


def _goes_elsewhere(scene: Scene, random: Random, client: str) -> None:
    domain = random.choice(_DOMAINS)
    _looks_up(scene, client, domain)
    Session(scene, STRANGER, client_address=client).delivers(f"bob@{domain}", name=f"mx.{domain}")


def _greets_otherwise(scene: Scene, random: Random, client: str) -> None:
    domain = random.choice(_DOMAINS)
    _looks_up(scene, client, domain)
    name = random.choice(("relay.provider.example", "localhost", f"other.{domain}", "192.0.2.4"))
    Session(scene, _server(domain), client_address=client).delivers(f"bob@{domain}", name=name)


def _takes_the_second(scene: Scene, random: Random, client: str) -> None:
    scene.example_net(MX1, MX2, client=client)
    Session(scene, random.choice((MX1, MX2)), client_address=client).delivers("bob@example.net")


def _offers_more(scene: Scene, random: Random, client: str) -> None:
    domain = random.choice(_DOMAINS)
    _looks_up(scene, client, domain)
    session = Session(scene, _server(domain), client_address=client).connect()
    session.hears(f"220 mx.{domain} ESMTP")
    session.asks(
        "EHLO mta.corp.example", f"250-mx.{domain}", random.choice(("250 STARTTLS", "250 XXXXXXXA", "250 SIZE 1"))
    )
    session.envelope(f"bob@{domain}").message()
    session.quit()


def _fails(scene: Scene, random: Random, client: str) -> None:
    domain = random.choice(_DOMAINS)
    _looks_up(scene, client, domain)
    session = Session(scene, _server(domain), client_address=client)
    match random.randrange(4):
        case 0:
            session.syn()
            session.reset()
        case 1:
            session.connect().greeted(f"mx.{domain}").asks("MAIL FROM:<a@corp.example>", "451 4.3.0 later")
            session.quit()
        case 2:
            session.connect().greeted(f"mx.{domain}").envelope(f"bob@{domain}")
            session.reset()
        case _:
            session.syn()
            session.again(True, after=1.0)


def _asks(scene: Scene, random: Random, client: str) -> None:
    domain = random.choice((*_DOMAINS, "null.example", "gone.example"))
    match random.randrange(8):
        case 0:
            scene.ask(domain, "MX", client=client).answer(rcode="SERVFAIL")
        case 1:
            scene.ask(f"mx.{domain}", "A", client=client)
        case 2:
            scene.told("null.example", "MX", "0 .", client=client)
        case 3:
            scene.told(
                f"mx.{domain}", "A", f"mx.{domain}. CNAME x.{domain}.", f"x.{domain}. A 203.0.113.9", client=client
            )
        case 4:
            scene.told(f"mx.{domain}", "A", random.choice(("127.0.0.1", "10.9.9.9", "203.0.113.99")), client=client)
        case 5:
            scene.ask(f"mx.{domain}", "AAAA", client=client).answer()
        case 6:
            scene.told(f"mx.{domain}", "A", "203.0.113.77", client=client, resolver="198.51.100.54")
        case _:
            scene.ask(domain, "MX", client=client).answer(rcode="NXDOMAIN")


def _surfs(scene: Scene, random: Random, client: str) -> None:
    session = Session(scene, "203.0.113.80", random.choice((443, 853)), client_address=client).connect()
    session.says("x" * 200)
    session.close()


HAPPENINGS: Final[tuple[Happening, ...]] = (
    _comes_in, _remembers, _waits, _goes_elsewhere, _greets_otherwise, _takes_the_second, _offers_more, _fails, _asks, _surfs,
)  # fmt: skip


def day(random: Random, events: int = 14, quiet: float = 0.8) -> Scene:
    """Let things happen; most of them, as *quiet* says, are mail that goes where it should."""
    scene = Scene()
    for _ in range(events):
        happening = delivers if random.random() < quiet else random.choice(HAPPENINGS)
        happening(scene, random, random.choice(CLIENTS))
    return scene
