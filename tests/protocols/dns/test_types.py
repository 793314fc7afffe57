"""Mnemonics, judged by dnspython's tables."""

import dns.rcode
import dns.rdataclass
import dns.rdatatype
import pytest

from wiretruth.protocols.dns import types


@pytest.mark.parametrize("code", sorted({*types.TYPES, 0, 65, 1000, 65535}))
def test_type_is_the_one_of_dnspython(code: int) -> None:
    """Where dnspython knows a mnemonic, it is the same one."""
    theirs = dns.rdatatype.to_text(dns.rdatatype.RdataType.make(code)).replace("TYPE0", "NONE")
    ours = types.type_name(code)

    assert theirs in {ours, f"TYPE{code}", "NONE"}


def test_dnspython_knows_no_type_that_we_do_not() -> None:
    assert {int(x) for x in dns.rdatatype.RdataType} - {0} <= set(types.TYPES)


@pytest.mark.parametrize(
    ("code", "expected"), [(1, "IN"), (3, "CH"), (4, "HS"), (254, "NONE"), (255, "ANY"), (32769, "CLASS32769")]
)
def test_class(code: int, expected: str) -> None:
    assert expected == types.class_name(code)


@pytest.mark.parametrize(
    ("code", "expected"),
    [(0, "NOERROR"), (3, "NXDOMAIN"), (5, "REFUSED"), (12, "RCODE12"), (16, "BADVERS"), (24, "RCODE24")],
)
def test_rcode(code: int, expected: str) -> None:
    assert expected == types.rcode_name(code)


@pytest.mark.parametrize("code", sorted(types.RCODES))
def test_rcode_is_the_one_of_dnspython(code: int) -> None:
    assert dns.rcode.to_text(dns.rcode.Rcode(code)) in {types.rcode_name(code), f"RCODE{code}", "DSOTYPENI"}
