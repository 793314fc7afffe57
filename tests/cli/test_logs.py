"""Logs on their way from the command line to the report."""

from pathlib import Path

import pytest

from wiretruth.cli._progress import Progress
from wiretruth.cli._reading import Wanted, read
from wiretruth.errors import InputError

CASE = Path(__file__).parents[2] / "pcaps/dnat-output-accepted"
CAPTURE, LOG = str(CASE / "mta-eth0.pcap"), str(CASE / "mail.log")


def test_a_contradicted_line() -> None:
    with Progress(wanted=False) as progress:
        report = read([CAPTURE], Wanted(logs=(LOG,)), progress)

    assert "log-contradicts-wire" in [finding.code for finding in report.findings]
    assert ["capture", "log"] == [source.kind for source in report.inputs]


@pytest.mark.parametrize(
    ("content", "words"), [(b"", "is empty"), (b"<html>\n", "Exchange, Exim, OpenSMTPD, Postfix, qmail, Sendmail")]
)
def test_a_file_that_is_no_mail_log(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "x.log"
    path.write_bytes(content)
    with pytest.raises(InputError, match=words), Progress(wanted=False) as progress:
        read([CAPTURE], Wanted(logs=(str(path),)), progress)
