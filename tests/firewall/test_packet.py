"""What a packet shows, and what it does not."""

from dataclasses import replace

import pytest

from tests.firewall.made import CLIENT, MEANT, STRANGER, SYN
from wiretruth.firewall.packet import Known, Passing
from wiretruth.model.packet import UDP, Endpoint
from wiretruth.model.ruleset import Field, address_number

GRE = replace(SYN, protocol=47)
SIX = replace(SYN, source=Endpoint("2001:db8::5", 41000), destination=Endpoint("2001:db8::10", 25))


@pytest.mark.parametrize(
    ("packet", "field", "values"),
    [
        (SYN, Field.FAMILY, (4,)),
        (SIX, Field.FAMILY, (6,)),
        (SYN, Field.EITHER_PORT, (41000, 25)),
        (GRE, Field.DESTINATION_PORT, ()),
        (SYN, Field.TCP_FLAGS, (2,)),
        (replace(SYN, protocol=UDP), Field.TCP_FLAGS, ()),
        (SYN, Field.IN_INTERFACE, None),
        (replace(SYN, in_interface="lan0"), Field.IN_INTERFACE, ("lan0",)),
        (SYN, Field.STATE, ("new",)),
        (replace(SYN, state=None), Field.STATE, None),
        (SYN.led_to(STRANGER), Field.STATE, ("new", "dnat")),
        (SYN.led_to(STRANGER), Field.DESTINATION, (address_number(STRANGER.address),)),
        (SYN.led_to(STRANGER), Field.ORIGINAL_DESTINATION, (address_number(MEANT.address),)),
        (SYN.leaving_from(STRANGER), Field.ORIGINAL_SOURCE, (address_number(CLIENT.address),)),
        (SYN.leaving_from(STRANGER), Field.STATUS, ("snat",)),
        (SYN, Field.STATUS, ("none",)),
        (replace(SYN, state="invalid"), Field.ORIGINAL_SOURCE, ()),
        (replace(SYN, state="untracked"), Field.DIRECTION, ()),
        (replace(SYN, state="established"), Field.DIRECTION, ("reply",)),
        (replace(SYN, state="established"), Field.ORIGINAL_SOURCE, None),
        (replace(SYN, doubtful=True), Field.DESTINATION, None),
        (replace(SYN, doubtful=True), Field.PROTOCOL, (6,)),
    ],
)
def test_fields(packet: Passing, field: Field, values: Known | None) -> None:
    assert values == packet.seen(field)


def test_every_field_has_an_answer() -> None:
    for field in Field:
        SYN.seen(field)
