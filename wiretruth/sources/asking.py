"""The one door through which wiretruth asks: resolvers that the user names, with dnspython, which is loaded only then."""

import importlib
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_address
from types import ModuleType
from typing import Any, Final

from wiretruth.errors import WiretruthError
from wiretruth.model.comparison import NowTold
from wiretruth.model.dns import casefold_name
from wiretruth.octets import printable

SYSTEM: Final = "system"
"""What stands for the resolvers of /etc/resolv.conf."""

MAX_QUESTIONS: Final = 1000
"""Questions put to one resolver: a diff of more names is read by nobody, and a resolver is not to be flooded."""

PATIENCE: Final = 5.0
"""Seconds that one question may take, its repetitions included (as dig waits for one)."""

AT_A_TIME: Final = 4
"""Questions under way: as few as a mail server has."""


def ask(
    resolvers: Sequence[str], questions: Iterable[tuple[str, str]], patience: float = PATIENCE, port: int = 53
) -> list[NowTold]:
    """Ask each resolver each question.

    Args:
        resolvers: addresses, or ``system``.
        questions: name and type (MX, A or AAAA).
        patience: seconds for each.
        port: where the resolvers listen; ``system`` has its own.

    Raises:
        WiretruthError: dnspython is not there, or the system names no resolver.
    """
    module = _dnspython()
    wanted = list(questions)[:MAX_QUESTIONS]
    told: list[NowTold] = []
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        for name in resolvers:
            resolver = _resolver(module, name, patience, port)
            told += pool.map(lambda question, r=resolver, n=name: _told(module, r, n, *question), wanted)
    return told


def _dnspython() -> ModuleType:
    try:
        importlib.import_module("dns.exception")
        return importlib.import_module("dns.resolver")
    except ImportError:
        raise WiretruthError("--resolver needs dnspython: pip install 'wiretruth[dns]'") from None


def _resolver(module: ModuleType, name: str, patience: float, port: int) -> Any:
    try:
        resolver = module.Resolver(configure=name == SYSTEM)
    except module.NoResolverConfiguration:
        raise WiretruthError("the system names no resolver: /etc/resolv.conf cannot be read") from None
    if name != SYSTEM:
        resolver.nameservers, resolver.port = [str(ip_address(name))], port
    resolver.lifetime, resolver.timeout = patience, patience / 2
    resolver.search = []
    return resolver


def _told(module: ModuleType, resolver: Any, who: str, name: str, record_type: str) -> NowTold:
    """Put one question; what cannot be answered is told and never raised."""
    try:
        answer = resolver.resolve(name + ".", record_type, raise_on_no_answer=False, search=False)
    except module.NXDOMAIN:
        return NowTold(who, name, record_type, (), rcode="NXDOMAIN")
    except module.LifetimeTimeout:
        return NowTold(who, name, record_type, (), trouble=f"nothing came in {resolver.lifetime:g} s")
    except module.NoNameservers as error:
        return NowTold(who, name, record_type, (), trouble=_refusal(error))
    except (importlib.import_module("dns.exception").DNSException, OSError, ValueError, UnicodeError) as error:
        return NowTold(who, name, record_type, (), trouble=printable(str(error).encode()))
    records = sorted({_data(record, record_type) for record in answer.rrset or ()})
    ttl = int(answer.rrset.ttl) if answer.rrset is not None else None
    return NowTold(who, name, record_type, tuple(records), ttl)


def _refusal(error: Any) -> str:
    """Say what a resolver answered that gave nothing: its response code, in dnspython's words."""
    reasons = [str(reason) for *_, reason, _ in getattr(error, "kwargs", {}).get("errors", ())]
    return printable(", ".join(dict.fromkeys(reasons)).encode()) or "no usable answer"


def _data(record: Any, record_type: str) -> str:
    if record_type == "MX":
        return f"{record.preference} {printable(casefold_name(record.exchange.to_text()).encode())}"
    return str(record.address)
