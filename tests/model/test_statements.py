"""Loss is a share of what is known to have passed, and nothing known is no loss."""

import pytest

from wiretruth.model.statements import Survey


@pytest.mark.parametrize(("seen", "missing", "expected"), [(0, 0, 0.0), (75, 25, 0.25), (0, 10, 1.0), (10, 0, 0.0)])
def test_loss(seen: int, missing: int, expected: float) -> None:
    survey = Survey(
        at=0,
        vantage="mta",
        path="mta.pcap",
        packets=1,
        first=0,
        last=0,
        seen_octets=seen,
        missing_octets=missing,
        cut_frames=0,
        kernel_drops=None,
        cut_off=False,
        two_sided=0,
        one_sided=0,
        damaged_frames=0,
        unknown_links=(),
        watched_from=0,
        watched_until=0,
    )

    assert expected == survey.loss
