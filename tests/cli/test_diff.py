"""``wiretruth diff``, from the command line to the exit status, over captures of the lab."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.cli import captures
from wiretruth.cli.main import main
from wiretruth.model.comparison import NowTold
from wiretruth.sources import asking

PCAPS = Path(__file__).parents[2] / "pcaps"


def diff(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["diff", *arguments], input=stdin)


def capture(name: str) -> str:
    return str(PCAPS / name / "mta-eth0.pcap")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("plain-delivery", 0),
        ("fallback-after-refusal", 0),
        ("cached-before-capture", 0),
        ("transport-map", 0),
        ("hosts-file-name", 0),
        ("round-robin", 0),
        ("spamtrap-mx-honest", 0),
        ("dnat-output-accepted", 1),
        ("mx-order-violated", 1),
        ("stale-resolution", 1),
    ],
)
def test_status_is_that_of_diff(name: str, expected: int) -> None:
    done = diff(capture(name))
    marked = [line for line in done.stdout.splitlines() if line[:1] in ("-", "+") and line[:3] not in ("---", "+++")]

    assert (expected, "") == (done.exit_code, done.stderr)
    assert bool(expected) == bool(marked)


@pytest.mark.parametrize(("fail_on", "expected"), [("info", 1), ("warning", 1), ("critical", 0), ("never", 0)])
def test_fail_on(fail_on: str, expected: int) -> None:
    assert expected == diff(capture("mx-order-violated"), "--fail-on", fail_on).exit_code


def test_what_has_an_innocent_reason_counts_where_it_is_asked_for() -> None:
    assert 1 == diff(capture("transport-map"), "--fail-on", "info").exit_code


def test_two_sides_of_a_gateway() -> None:
    done = diff(*(f"{side}={PCAPS}/dnat-gateway/gw-{side}.pcap" for side in ("lan", "wan")))

    assert "-mail.example.net 198.51.100.10" in done.stdout.splitlines()
    assert "+192.0.2.66" in done.stdout.splitlines()


def test_json() -> None:
    (hunk,) = json.loads(diff(capture("mx-order-violated"), "--format", "json").stdout)["hunks"]

    assert ["-", " "] == [entry["mark"] for entry in hunk["entries"]]


def test_hosts_narrow_it() -> None:
    assert "" == diff(capture("mx-order-violated"), "--host", "example.org").stdout
    assert "+++" in diff(capture("mx-order-violated"), "--host", "example.net").stdout


def test_standard_input() -> None:
    assert 1 == diff("-", stdin=Path(capture("mx-order-violated")).read_bytes()).exit_code


@pytest.mark.parametrize(
    ("address", "trouble", "expected"), [("198.51.100.10", "", 0), ("192.0.2.7", "", 1), ("", "nothing came in 5 s", 2)]
)
def test_today_beside_the_captured(monkeypatch: pytest.MonkeyPatch, address: str, trouble: str, expected: int) -> None:
    def ask(resolvers: tuple[str, ...], questions: list[tuple[str, str]]) -> list[NowTold]:
        assert ("mail.example.net", "A") in list(questions)
        return [NowTold(r, "mail.example.net", "A", (address,) if address else (), trouble=trouble) for r in resolvers]

    monkeypatch.setattr(asking, "ask", ask)
    done = diff(capture("plain-delivery"), "--resolver", "192.0.2.53")

    assert expected == done.exit_code
    assert ("+++ 192.0.2.53 now" in done.stdout) == (not trouble)
    assert ("+mail.example.net A 192.0.2.7" in done.stdout.splitlines()) == (expected == 1)


def test_without_resolver_nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "ask", None)

    assert 0 == diff(capture("plain-delivery")).exit_code


def test_no_mail_is_no_difference(tmp_path: Path) -> None:
    done = diff(captures.write(tmp_path / "no.pcap"))

    assert (0, "", "") == (done.exit_code, done.stdout, done.stderr)


@pytest.mark.parametrize("arguments", [[], ["no-such.pcap"], ["x", "--resolver", "dns.example.net"]])
def test_trouble(arguments: list[str]) -> None:
    assert 2 == diff(*arguments).exit_code


def test_no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    assert "\x1b" not in diff(capture("mx-order-violated")).stdout
    assert "\x1b[31m-mail.example.net" in diff(capture("mx-order-violated"), "--color", "always").stdout
