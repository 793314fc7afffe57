"""What is said of a case: when it was made, and when it was verified."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from wiretruth import __version__
from wiretruth.cli._case_making import Made
from wiretruth.cli._case_verifying import Verified
from wiretruth.reports._words import harmless
from wiretruth.sources import case_folder
from wiretruth.sources.case_folder import CAPTURE, Manifest

MOST: Final = 5
"""Differences told of one finding."""


def made(folder: Path, case: Made) -> Iterator[str]:
    """Tell of a case that was made."""
    manifest = case.manifest
    for part in manifest.slices:
        name = harmless(f"{folder}/{part.file}")
        if part.kind == CAPTURE:
            yield f"{name}: {len(part.frames)} of {part.packets} packets"
            if part.left_out:
                yield f"  {part.left_out} left out: nobody can say what they hold"
        else:
            yield f"{name}: " + ("all lines" if part.lines is None else f"{len(part.lines)} lines")
    for claim, finding in zip(manifest.claims, case.findings, strict=True):
        yield f"{claim.code}: {harmless(finding.summary)}"
        yield f"  follows from the slice: {claim.rests_on}"
        if claim.absence:
            yield f"  a slice cannot show {claim.absence}: keep the whole capture"
    for finding in case.given_up:
        yield f"not in the case: {finding.code}: {harmless(finding.summary)}"
    if case.findings:
        yield f"sha256 of {case_folder.MANIFEST}: {case_folder.digest(folder / case_folder.MANIFEST)}"
        yield f"the other side runs: wiretruth verify {harmless(str(folder))}"


def verified(folder: Path, manifest: Manifest, came: Verified) -> Iterator[str]:
    """Tell of a case that was verified."""
    for verdict in came.verdicts:
        yield f"{'no ' if verdict.differs else 'yes'}  {harmless(verdict.summary)}"
        for difference in verdict.differs[:MOST]:
            yield f"     {harmless(difference)}"
        if not verdict.differs and verdict.claim is not None and verdict.claim.absence:
            yield f"     but a slice cannot show {harmless(verdict.claim.absence)};"
            yield "     that takes the whole input, named below"
    yield ""
    for part in manifest.slices:
        what = f"{len(part.frames)} of {part.packets} packets" if part.kind == CAPTURE else "lines"
        yield f"{harmless(part.file)} ({what}) comes from"
        for source in part.sources:
            yield f"  {harmless(source.path)}, {source.octets} octets"
            yield f"  sha256 {harmless(source.sha256)}"
    for change in came.changed:
        yield f"CHANGED: {harmless(change)}"
    if came.other_version:
        yield f"made by wiretruth {harmless(came.other_version)}; this is {__version__}, which may judge otherwise"
    yield f"sha256 of {case_folder.MANIFEST}: {case_folder.digest(folder / case_folder.MANIFEST)}"
    count = sum(not verdict.differs for verdict in came.verdicts)
    told = f"{count} of {len(came.verdicts)} findings follow from the packets"
    yield f"{'YES' if came.holds else 'NO'}: {told}" + ("; files were changed" if came.changed else "")
