"""The packets of a scene, drawn: lifelines from top to bottom, one arrow a packet."""

from typing import Final

from wiretruth.model.durations import duration
from wiretruth.model.frames import NANOSECONDS
from wiretruth.reports._html.element import Element, element
from wiretruth.reports._html.lifelines import LEFT, RIGHT, Lifelines, titled
from wiretruth.reports._html.scene import Lane, Scene, Shot
from wiretruth.reports._html.staff import Row, Silence, staff
from wiretruth.reports._text.clock import Clock
from wiretruth.reports._words import count

SLOPE: Final = 7
"""Pixels that an arrow falls on its way, as time passes; not to scale."""
LONGEST: Final = 40
"""Characters above an arrow over the whole width: what a telephone shows."""
ASIDE: Final = 32
"""Characters beside a short arrow."""
HALF: Final = 0.5
TELLING: Final = 100_000_000
"""Nanoseconds from which on a tenth of a millisecond is of no interest."""
CROSS: Final = "\N{MULTIPLICATION SIGN}"
LETTER: Final = 14
"""Pixels that a line of words needs."""
LEGEND: Final = (
    "Silences of half a second and more are drawn to scale. A dot: the packet was seen there. "
    "A broken line: nothing says that it arrived."
)


def draw_sequence(scene: Scene, clock: Clock) -> Element:
    """Draw the packets of a scene, and write them below for those who do not see the drawing."""
    start = scene.shots[0].speech.at
    stage = Lifelines(scene.lanes)
    placed = staff(scene, stage.top)
    drawing = element(
        "svg",
        stage.drawn(placed.height),
        (_silence(each) for each in placed.silences),
        (_omission(*each) for each in placed.left_out),
        (_row(row, stage, start) for row in placed.rows),
        class_="sequence",
        width="100%",
        height=round(placed.height),
        role="img",
        aria_label="The packets in the order of time; below they are told in words",
    )
    return element(
        "figure",
        element("figcaption", "The packets, from ", element("time", clock(start), class_="mono"), " on"),
        drawing,
        element("p", LEGEND, class_="legend"),
        _in_words(scene, clock),
    )


def _row(row: Row, stage: Lifelines, start: int) -> Element:
    shot, speech, y = row.shot, row.shot.speech, row.y
    names = ["shot", speech.kind, *(["again"] if speech.again else []), *(["cited"] if shot.cited else [])]
    known, end = _known(shot, stage.lanes)
    lines = [_line(shot, shot.source, known, y, stage)] if known != shot.source else []
    if known != end:
        lines.append(_line(shot, known, end, y, stage, lost=True))
    dots = [element("circle", cx=f"{stage.x(lane)}%", cy=_y(shot, lane, y), r=3, class_="dot") for lane in shot.seen]
    cross = None
    if end != shot.target:
        cross = element(
            "text", CROSS, x=f"{stage.x(end)}%", y=_y(shot, end, y) + 5, text_anchor="middle", class_="missed"
        )
    when = element("text", _since(speech.at - start), x="0%", y=y + 4, class_="when")
    frame = element("text", f"#{speech.frame}", x="100%", y=y + 4, text_anchor="end", class_="frame")
    return element("g", when, lines, dots, cross, _label(shot, end, y, stage), frame, class_=" ".join(names))


def _label(shot: Shot, end: float, y: float, stage: Lifelines) -> Element:
    """Write above the arrow; beside it, over the empty part of the row, where the arrow is short."""
    low, high = min(shot.source, end), max(shot.source, end)
    share = stage.share(low, high)
    x, anchor, room = stage.x((low + high) / 2), "middle", round(LONGEST * share)
    if share < HALF and end == shot.target:
        aside = low == 0 or stage.x(low) - LEFT < RIGHT - stage.x(high)
        x, anchor, room = (stage.x(low) + 1.5, "start", ASIDE) if aside else (stage.x(high) - 1.5, "end", ASIDE)
    words = titled(shot.speech.label, room)
    return element("text", words, x=f"{x}%", y=y - 4, text_anchor=anchor, class_="label")


def _known(shot: Shot, lanes: tuple[Lane, ...]) -> tuple[float, float]:
    """Give the lane up to which a packet is known to have come, and the lane where its line ends.

    It ends before its target where a place farther on, which saw other packets of its kind, did not see it.
    """
    if shot.speech.arrived:
        return shot.target, shot.target
    if not shot.seen:
        return shot.source, shot.target
    last, step = shot.seen[-1], 1 if shot.target > shot.source else -1
    behind = [n for n in range(last + step, round(shot.target), step) if lanes[n].address is None]
    return (last, last + step / 2) if behind and shot.speech.kind == "open" else (last, shot.target)


def _line(shot: Shot, source: float, target: float, y: float, stage: Lifelines, *, lost: bool = False) -> Element:
    """Draw one stretch; only a packet that arrived has a head."""
    head = f"url(#head-{shot.speech.kind})" if target == shot.target and not lost else None
    name = "arrow lost" if lost else "arrow"
    return element(
        "line",
        x1=f"{stage.x(source)}%",
        y1=_y(shot, source, y),
        x2=f"{stage.x(target)}%",
        y2=_y(shot, target, y),
        marker_end=head,
        class_=name,
    )


def _silence(silence: Silence) -> Element:
    y, height = silence.top, silence.height
    band = element("rect", x=f"{LEFT}%", y=y, width=f"{RIGHT - LEFT}%", height=height, class_="silence")
    words = element("text", silence.words, x=f"{(LEFT + RIGHT) / 2}%", y=y + height / 2 + 4, text_anchor="middle")
    return element("g", band, words if height >= LETTER else None, class_="pause")


def _omission(y: float, number: int) -> Element:
    words = f"{count(number, 'more packet')} between"
    return element("text", words, x=f"{(LEFT + RIGHT) / 2}%", y=y + 20, text_anchor="middle", class_="omission")


def _in_words(scene: Scene, clock: Clock) -> Element:
    entries = [
        element(
            "li",
            element("time", clock(shot.speech.at), class_="mono"),
            f" {_who(shot, scene.lanes)}: ",
            element("span", " / ".join(shot.speech.lines), class_="mono"),
            element(
                "span", f" ({_places(shot)}{'' if shot.speech.arrived else '; not seen to arrive'})", class_="quiet"
            ),
        )
        for shot in scene.shots
    ]
    left_out = scene.packets - len(scene.shots)
    rest = element("p", f"{count(left_out, 'more packet')} not told here", class_="quiet") if left_out else None
    return element("details", element("summary", "These packets in words"), element("ol", entries, class_="told"), rest)


def _who(shot: Shot, lanes: tuple[Lane, ...]) -> str:
    target = lanes[round(shot.target)].name
    return f"a hop between to the {target}" if shot.source % 1 else f"{lanes[int(shot.source)].name} to {target}"


def _places(shot: Shot) -> str:
    return ", ".join(f"frame {frame} at {vantage}" for vantage, frame in shot.speech.places)


def _since(nanoseconds: int) -> str:
    if TELLING <= nanoseconds < NANOSECONDS:
        return f"+{nanoseconds // (NANOSECONDS // 1000)} ms"
    return f"+{duration(nanoseconds)}" if nanoseconds else "0"


def _y(shot: Shot, lane: float, y: float) -> float:
    whole = shot.target - shot.source
    return round(y + SLOPE * (lane - shot.source) / whole, 1) if whole else y
