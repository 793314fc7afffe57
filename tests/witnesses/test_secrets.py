"""Secrets in logs: gone behind AUTH, and nothing else is."""

import time

import pytest

from wiretruth.witnesses._secrets import withheld

SECRET = "AGJvYmJ5AGh1bnRlcjI="  # noqa: S105 - nobody's


@pytest.mark.parametrize(
    "line",
    [
        "< mta.corp.example[10.10.0.5]: AUTH PLAIN {}",
        "improper command pipelining after AUTH from mta.corp.example[10.10.0.5]: {}\\r\\nMAIL FROM",
        'SMTP syntax error in "AUTH PLAIN {}" H=mta.corp.example [10.10.0.5]',
        "<-- auth login {}",
        'failed-command command="AUTH=PLAIN={}" result="535 no"',
        "535 5.7.8 authentication failed after AUTH CRAM-MD5 <{}>, bye",
    ],
)
@pytest.mark.parametrize("secret", [SECRET, SECRET.rstrip("="), "dXNlcjE", "Ym9iYnkgNWY2N2Nl"])
def test_what_stands_behind_auth_is_gone_and_the_rest_stays(line: str, secret: str) -> None:
    left = withheld(line.format(secret))

    assert secret not in left
    assert line[: line.index("{")].rpartition(" ")[0] in left
    assert line.rsplit(maxsplit=1)[-1].replace("{}", "") in left or "pipelining" in line


@pytest.mark.parametrize(
    "line",
    [
        "4F1A2B3C: to=<bert@example.net>, relay=mail1.example.net[198.51.100.10]:25, status=sent (250 2.0.0 Ok: queued as 9Zq1x)",
        "lost connection after AUTH from mta.corp.example[10.10.0.5]",
        "disconnect from mta.corp.example[10.10.0.5] ehlo=1 auth=0/1 commands=1/2",
        "login authenticator failed for (mta) [10.10.0.5]: 535 Incorrect authentication data (set_id=bobby)",
        "SASL LOGIN authentication failed: authentication failure, sasl_method=LOGIN",
        "after AUTH CRAM-MD5: 454 4.7.0 Temporary authentication failure",
        "SMTP call from mta.corp.example [10.10.0.5]:40001 dropped: too many AUTH commands",
    ],
)
def test_other_lines_stay_as_they_are(line: str) -> None:
    assert line == withheld(line)


def test_long_lines_take_no_longer_than_they_are() -> None:
    begun = time.process_time()
    for line in ("AUTH " + "a1B" * 100_000, "AUTH " + "a1B " * 100_000, "auth" * 100_000, "AUTH " + "==" * 100_000):
        withheld(line)
    assert time.process_time() - begun < 2
