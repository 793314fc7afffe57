"""Makes a case: takes packets, reads what was taken as its receiver will, and takes more until the same findings follow."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import tzinfo
from pathlib import Path
from typing import NamedTuple

from wiretruth import __version__
from wiretruth.cli import _case_deriving, _case_lines, _case_passes, _formats
from wiretruth.cli._advice import advice
from wiretruth.cli._case_lines import Witness
from wiretruth.cli._case_passes import Cut, TooMuchError
from wiretruth.evidence import comments, slices
from wiretruth.evidence.absence import ABSENCE
from wiretruth.evidence.choosing import Choice, Frame, Reach, choice, frames_of
from wiretruth.evidence.claims import derived, masked, relocated, renumbered
from wiretruth.evidence.conversations import Key
from wiretruth.evidence.guarding import Guarded, guarded
from wiretruth.evidence.masking import Mask
from wiretruth.model.finding import Finding
from wiretruth.model.report import InputSummary, Report
from wiretruth.reports._options import Options
from wiretruth.reports._records.finding import finding_record, identity
from wiretruth.sources import case_folder
from wiretruth.sources.arguments import InputArgument
from wiretruth.sources.case_folder import CAPTURE, Claim, Manifest, Slice, Source


class Wanted(NamedTuple):
    """What a case is to hold."""

    folder: Path
    command: str
    content: bool
    log_timezone: str
    zone: tzinfo | None
    mask: Mask | None = None
    """Replaces addresses and mailboxes, where that is wanted."""


class Made(NamedTuple):
    """A case that was made."""

    manifest: Manifest
    findings: tuple[Finding, ...]
    given_up: tuple[Finding, ...]
    """Findings that do not follow from any slice."""


class Maker:
    """Holds the whole input's report while slices are tried."""

    def __init__(self, wanted: Wanted, report: Report, captures: Sequence[str], witnesses: Sequence[Witness]) -> None:
        """Begin.

        Args:
            wanted: what the case is to hold.
            report: of the whole input.
            captures: as the user named them.
            witnesses: the files beside them.
        """
        self._wanted, self._report = wanted, report
        self._captures, self._witnesses = captures, witnesses
        self._inputs = {one.label: one for one in report.inputs if one.kind == CAPTURE}
        self._of_vantage = {vantage: one.label for one in self._inputs.values() for vantage in one.vantages}
        self._arguments: tuple[InputArgument, ...] = ()
        self._keys: dict[Frame, Key] = {}
        used: set[str] = {case_folder.MANIFEST, case_folder.FINDINGS, case_folder.PAGE}
        self._files = {label: case_folder.file_name(label, ".pcapng", used) for label in self._inputs}
        self._line_files = {
            one: case_folder.file_name(Path(one.path).stem, Path(one.path).suffix or ".txt", used) for one in witnesses
        }

    def make(self, findings: Sequence[Finding]) -> Made:
        """Write the case.

        Raises:
            WiretruthError: a file cannot be read any more, or written.
        """
        named = {frame for finding in findings for frame in frames_of(finding, self._of_vantage)}
        self._arguments, self._keys = _case_passes.looked_at(self._captures, named)
        reach = dict.fromkeys(range(len(findings)), Reach.EXCHANGES)
        given_up: list[Finding] = []
        while reach:
            chosen = [(findings[place], much) for place, much in reach.items()]
            try:
                parts, cuts = self._tried(chosen)
            except TooMuchError:
                most = max(reach.values())
                given_up += [findings[place] for place, much in reach.items() if much is most]
                reach = {place: much for place, much in reach.items() if much is not most}
                continue
            report, found = _case_deriving.derived(self._wanted.folder, parts, self._wanted.zone)
            there = {place: self._again(findings[place], reach[place], parts, found) for place in reach}
            failed = [place for place, finding in there.items() if finding is None]
            if not failed:
                claims = [(finding, again, reach[place]) for place, (finding, again) in _paired(findings, there)]
                return self._finished(report, parts, cuts, claims, given_up)
            for place in failed:
                if reach[place] is Reach.EVERYTHING:
                    given_up.append(findings[place])
                    del reach[place]
                else:
                    reach[place] = Reach(reach[place] + 1)
        return Made(self._manifest((), ()), (), tuple(given_up))

    def _tried(self, chosen: Sequence[tuple[Finding, Reach]]) -> tuple[list[Slice], list[tuple[Cut, Guarded]]]:
        """Write the slices that these findings need."""
        wanted = Choice()
        for finding, reach in chosen:
            frames = frames_of(finding, self._of_vantage)
            keys = (self._keys[frame] for frame in frames if frame in self._keys)
            wanted |= choice(self._report, finding, frames, keys, reach)
        taken = _case_passes.taken(self._arguments, wanted, self._inputs)
        cuts = [(cut, self._handed_over(cut)) for cut in taken]
        parts = [self._part(cut, kept, {}) for cut, kept in cuts if cut.interfaces]
        for witness, file in self._line_files.items():
            part = _case_lines.sliced(self._wanted.folder, witness, file, chosen, self._wanted.mask)
            if part is not None:
                parts.append(part)
        return parts, cuts

    def _handed_over(self, cut: Cut) -> Guarded:
        kept = guarded(cut.frames, content=self._wanted.content)
        if self._wanted.mask is None:
            return kept
        other = self._wanted.mask.masked(kept.frames)
        return Guarded(other.frames, kept.left_out + other.left_out)

    def _part(self, cut: Cut, kept: Guarded, words: Mapping[int, str]) -> Slice:
        label = cut.argument.label
        summary: InputSummary = self._inputs[label]
        octets = b"".join(slices.written(kept.frames, cut.interfaces, words, summary.kernel_drops))
        sha256 = case_folder.write(self._wanted.folder, self._files[label], octets)
        return Slice(
            kind=CAPTURE,
            label=label,
            file=self._files[label],
            sha256=sha256,
            sources=tuple(self._source(path) for path in cut.argument.paths) if words else (),
            packets=summary.packets,
            frames=tuple(frame.number for frame in kept.frames),
            left_out=kept.left_out,
        )

    def _source(self, path: str) -> Source:
        """Describe a file of the input; masked, its folder is nobody's business."""
        return case_folder.source(path, Path(path).name if self._wanted.mask else path)

    def _again(
        self, finding: Finding, reach: Reach, parts: Sequence[Slice], found: Sequence[Finding]
    ) -> Finding | None:
        """Find a finding of the input among those of its slices."""
        by_label = {one.label: {n: place for place, n in enumerate(one.frames, 1)} for one in parts}
        numbers = {vantage: by_label.get(label, {}) for vantage, label in self._of_vantage.items()}
        names = {witness.label: file for witness, file in self._line_files.items() if witness.label == witness.path}
        for argument in self._arguments:
            names |= dict.fromkeys((argument.path, Path(argument.path).name), self._files[argument.label])
        expected = renumbered(relocated(finding, names), numbers)
        mask = self._wanted.mask
        if expected is None or mask is None:
            return expected and derived(expected, found)
        return derived(masked(expected, mask.words.masked), found, loosely=reach is Reach.EVERYTHING)

    def _finished(
        self,
        report: Report,
        parts: Sequence[Slice],
        cuts: Sequence[tuple[Cut, Guarded]],
        claims: Sequence[tuple[Finding, Finding, Reach]],
        given_up: Sequence[Finding],
    ) -> Made:
        """Write the comments into the slices, and what goes with them."""
        found = tuple(again for _, again, _ in claims)
        commented = [
            self._part(
                cut,
                kept,
                comments.comments(cut.argument.label, [frame.number for frame in kept.frames], found, self._of_vantage),
            )
            for cut, kept in cuts
            if cut.interfaces
        ]
        whole = [*commented, *(part for part in parts if part.kind != CAPTURE)]
        told = [
            Claim(identity(again), again.code, self._original(finding), reach.words, ABSENCE.get(again.code))
            for finding, again, reach in claims
        ]
        manifest = self._manifest(whole, told)
        folder = self._wanted.folder
        manifest.files[case_folder.FINDINGS] = case_folder.write(folder, case_folder.FINDINGS, findings_file(found))
        page = _formats.renderer("html")(page_report(report, found, folder), Options(advice=advice(found)))
        manifest.files[case_folder.PAGE] = case_folder.write(folder, case_folder.PAGE, "".join(page).encode())
        case_folder.write_manifest(folder, manifest)
        return Made(manifest, found, tuple(given_up))

    def _original(self, finding: Finding) -> str | None:
        """Give its id; masked, none: addresses could be tried until one gives the same."""
        return identity(finding) if self._wanted.mask is None else None

    def _manifest(self, parts: Sequence[Slice], claims: Sequence[Claim]) -> Manifest:
        wanted = self._wanted
        return Manifest(
            version=__version__,
            command=wanted.command,
            masked=wanted.mask is not None,
            content=wanted.content,
            log_timezone=wanted.log_timezone,
            slices=tuple(parts),
            claims=tuple(claims),
        )


def findings_file(findings: Sequence[Finding]) -> bytes:
    """Give the findings of a case as the JSON report does."""
    records = [finding_record(finding) for finding in findings]
    return json.dumps({"findings": records}, indent=1).encode() + b"\n"


def page_report(report: Report, findings: Sequence[Finding], folder: Path) -> Report:
    """Give the report of the slices with the findings of the case alone, and without the folder in the names of files."""
    inputs = tuple(replace(one, path=one.path.removeprefix(f"{folder}/")) for one in report.inputs)
    return replace(report, inputs=inputs, findings=tuple(findings))


def _paired(
    findings: Sequence[Finding], there: Mapping[int, Finding | None]
) -> list[tuple[int, tuple[Finding, Finding]]]:
    return [(place, (findings[place], again)) for place, again in there.items() if again is not None]
