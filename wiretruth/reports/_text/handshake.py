"""How one connection fared below SMTP, in words."""

from typing import Final

from wiretruth.model.durations import duration
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.sighting import Outcome, Rejection, Sighting
from wiretruth.reports._text.moment import Moment
from wiretruth.reports._text.page import Piece
from wiretruth.reports._text.style import BAD, DOUBTFUL, GOOD
from wiretruth.reports._words import count

_ICMP: Final = {
    (4, 3, 0): "network unreachable",
    (4, 3, 1): "host unreachable",
    (4, 3, 3): "port unreachable",
    (4, 3, 4): "fragmentation needed",
    (4, 3, 9): "network administratively prohibited",
    (4, 3, 10): "host administratively prohibited",
    (4, 3, 13): "administratively prohibited",
    (4, 11, 0): "time to live exceeded",
    (6, 1, 0): "no route",
    (6, 1, 1): "administratively prohibited",
    (6, 1, 3): "address unreachable",
    (6, 1, 4): "port unreachable",
    (6, 1, 5): "source address failed policy",
    (6, 1, 6): "route rejected",
    (6, 2, 0): "packet too big",
    (6, 3, 0): "hop limit exceeded",
}
"""RFC 792, RFC 1812 §5.2.7.1, RFC 4443 §3."""


def beginning(sighting: Sighting) -> Piece:
    """Say what came of opening the connection."""
    match sighting.outcome:
        case Outcome.ESTABLISHED | Outcome.RESET:
            return (f"connected{_effort(sighting)}", GOOD)
        case Outcome.REFUSED:
            return (f"refused{_effort(sighting)}", BAD)
        case Outcome.REJECTED:
            return (_rejected(sighting), BAD)
        case Outcome.UNANSWERED:
            spent = f" in {duration(sighting.last.at - sighting.opened.at)}" if sighting.syn_count > 1 else ""
            return (f"no answer to {count(sighting.syn_count, 'SYN')}{spent}", BAD)
        case Outcome.HALF_OPEN:
            often = f" (sent {sighting.syn_ack_count} times)" if sighting.syn_ack_count > 1 else ""
            return (f"the server's SYN-ACK{often} came back, and the client never took it up", BAD)
        case Outcome.MIDSTREAM:
            return ("its handshake is not in this capture", DOUBTFUL)


def ending(sighting: Sighting) -> Moment | None:
    """Say how an established connection broke off, and when; ``None`` where it did not."""
    if sighting.outcome is Outcome.RESET and sighting.resets:
        reset = sighting.resets[0]
        name = "client" if reset.from_client else "server"
        return Moment(reset.at, [(f"reset in the {name}'s name", BAD)])
    for name, half in (("client", sighting.from_client), ("server", sighting.from_server)):
        stuck = half.unacknowledged
        if stuck is not None and stuck.sendings > 1:
            what = "FIN" if stuck.fin_only else count(stuck.octets, "octet")
            first = "" if stuck.fin_only else "the first of them "
            words = f"the {name}'s {what} never acknowledged, {first}sent {stuck.sendings} times"
            return Moment(stuck.last.at, [(words, BAD)])
    return None


def silence(sighting: Sighting) -> Moment | None:
    """Say that nothing readable was said on a connection without a dialogue; ``None`` where there was none at all."""
    if sighting.outcome not in (Outcome.ESTABLISHED, Outcome.RESET, Outcome.MIDSTREAM):
        return None
    lasted = duration(sighting.last.at - sighting.opened.at)
    octets = sighting.from_client.octets + sighting.from_server.octets
    cut = sighting.from_client.cut_octets + sighting.from_server.cut_octets
    if cut:
        return Moment(
            sighting.last.at, [(f"what was said is not known: {count(cut, 'octet')} cut by the snap length", DOUBTFUL)]
        )
    words = f"{count(octets, 'octet')}, none of it SMTP" if octets else f"not a word in {lasted}"
    return Moment(sighting.last.at, [(words, BAD if not octets else DOUBTFUL)])


def _effort(sighting: Sighting) -> str:
    done = sighting.established or sighting.closed
    spent = done.at - sighting.opened.at if done and sighting.established else 0
    if sighting.syn_count > 1:
        return f" after {count(sighting.syn_count, 'SYN')}" + (f" and {duration(spent)}" if spent else "")
    return f" after {duration(spent)}" if spent >= NANOSECONDS else ""


def _rejected(sighting: Sighting) -> str:
    rejections = [r for r in sighting.rejections if r.of_syn] or list(sighting.rejections)
    return f"rejected by {rejections[0].sender}: {reason_words(rejections[0])}" if rejections else "rejected"


def reason_words(rejection: Rejection) -> str:
    words = _ICMP.get((rejection.version, rejection.type, rejection.code))
    return words or f"ICMP type {rejection.type} code {rejection.code}"
