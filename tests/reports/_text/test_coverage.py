"""What the inputs could not tell."""

from dataclasses import replace

from tests.reports import scenes
from wiretruth.model.frames import Fault
from wiretruth.model.report import InputSummary
from wiretruth.reports._text.coverage import coverage

FAULT = Fault("pcap record header", 24, "16 octets", "8")


def lines(*inputs: InputSummary, limits: tuple[str, ...] = (), evicted: tuple[tuple[str, int], ...] = ()) -> list[str]:
    told = replace(scenes.seed().coverage, limits=limits, evicted=evicted)
    return [line.plain for line in coverage(replace(scenes.seed(), inputs=inputs, coverage=told))]


def test_nothing_is_missing() -> None:
    assert [] == lines(scenes.CAPTURE)


def test_everything_is_missing() -> None:
    source = replace(
        scenes.CAPTURE, loss=0.02, kernel_drops=12, cut_off=True, faults=(FAULT, replace(FAULT, frame=3), FAULT)
    )

    assert [
        "",
        "WHAT THIS CAPTURE CANNOT TELL",
        "",
        "- no DNS is in this capture",
        "- mta-eth0.pcap: 2% of the stream octets that passed are missing from it",
        "- mta-eth0.pcap: the capturing host dropped 12 packets",
        "- mta-eth0.pcap: it ends within a packet; what came after is not known",
        "- mta-eth0.pcap: damage at octet 24, pcap record header: expected 16 octets, got 8 (and 2 more faults)",
        "- 1 entry given up: half-open connections reached its bound",
    ] == lines(source, limits=("no DNS is in this capture",), evicted=(("half-open connections", 1),))


def test_damage_inside_a_frame() -> None:
    told = lines(replace(scenes.CAPTURE, faults=(replace(FAULT, frame=3),)))

    assert "- mta-eth0.pcap: damage at frame 3, pcap record header: expected 16 octets, got 8" == told[-1]


def test_several_inputs() -> None:
    told = lines(scenes.CAPTURE, replace(scenes.CAPTURE, path="wan.pcap", kernel_drops=1))

    assert ["WHAT THESE INPUTS CANNOT TELL", "", "- wan.pcap: the capturing host dropped 1 packet"] == told[1:]
