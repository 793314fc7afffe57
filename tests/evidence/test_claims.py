"""A finding and the same finding of a slice."""

from dataclasses import replace

from wiretruth.evidence.claims import derived, masked, relocated, renumbered, shape
from wiretruth.model.finding import Confidence, Evidence, Finding, Party, Severity

FINDING = Finding(
    "reset-injected",
    Severity.WARNING,
    Confidence.LIKELY,
    "the other side went on (frame 24), says rules.txt:7 of /etc/rules.txt",
    5,
    "10.10.0.5",
    (Evidence("RST in frame 24", "lan", (24,)), Evidence("rules.txt:7", source="/etc/rules.txt", line=7)),
    intended=Party("192.0.2.1", 25),
)


def test_frames_get_the_numbers_of_the_slice() -> None:
    again = renumbered(FINDING, {"lan": {24: 3}})

    assert again is not None
    assert [(3,), ()] == [record.frames for record in again.evidence]


def test_a_frame_that_the_slice_lacks() -> None:
    assert renumbered(FINDING, {"lan": {23: 3}}) is None
    assert renumbered(FINDING, {}) is None


def test_files_get_other_names_once() -> None:
    again = relocated(FINDING, {"/etc/rules.txt": "a.txt", "a.txt": "b.txt"})

    assert "the other side went on (frame 24), says rules.txt:7 of a.txt" == again.summary
    assert "a.txt" == again.evidence[1].source
    assert FINDING == relocated(FINDING, {})


def test_numbers_in_a_sentence_may_differ_and_nothing_else() -> None:
    other = replace(FINDING, summary=FINDING.summary.replace("24", "3"))

    assert other == derived(FINDING, [other])
    assert derived(FINDING, [replace(FINDING, client="10.10.0.6")]) is None


def test_masked_only_its_shape_must_hold() -> None:
    other = replace(FINDING, client="10.9.8.7", summary="x", intended=Party("192.0.2.9", 25))

    assert other == derived(FINDING, [other], loosely=True)
    assert shape(FINDING) != shape(replace(other, intended=Party("192.0.2.9", 26)))
    assert shape(FINDING) != shape(replace(other, intended=None))


def test_a_masked_finding_reads_as_what_is_masked() -> None:
    told = masked(FINDING, lambda text: text.replace(b"10.10.0.5", b"10.9.8.77").replace(b"192.0.2.1", b"192.0.2.9"))

    assert ("10.9.8.77", "192.0.2.9") == (told.client, told.intended and told.intended.address)
    assert shape(FINDING) == shape(told)
