"""A few lesions on the bench: what each does at a chosen severity, by the same sums that localise."""

from dataclasses import replace
from typing import Final

import numpy as np

from lasegue.case import Case
from lasegue.errors import InputError
from lasegue.inference.focus import focus
from lasegue.inference.posterior import case_background, row_likelihood
from lasegue.knowledge.lesion import Lesion, Severity
from lasegue.model import INTACT, UNLISTED, Model
from lasegue.model.observe import Evidence, observe
from lasegue.model.rows import severity_table
from lasegue.simulate.findings import Finding
from lasegue.wiring import Array

SEVERITIES: Final = ("irritated", "mild", "moderate", "severe", "complete")


def lesion_sides(model: Model, lesion: str) -> tuple[str, ...]:
    """The sides that a lesion can take."""
    return tuple(s for k, s in zip(model.rows.lesion, model.rows.side, strict=True) if model.lesions[k].id == lesion)


def row_of(model: Model, lesion: str, side: str | None) -> int:
    """The row of a lesion on a side; without one, left where it can be, else both."""
    sides = lesion_sides(model, lesion)
    chosen = side or ("left" if "left" in sides else "bilateral")
    if chosen not in sides:
        raise InputError(f"{lesion} is not on the side {chosen}: choose {' or '.join(sides)}")
    places = zip(model.rows.lesion, model.rows.side, strict=True)
    return next(r for r, (k, s) in enumerate(places) if model.lesions[k].id == lesion and s == chosen)


def at_severity(lesion: Lesion, severity: str | None) -> Array:
    """P(motor loss, sensory loss) of a lesion, at one severity or, without, as it presents."""
    if severity is None:
        return severity_table(lesion.severity)
    if severity not in SEVERITIES:
        raise InputError(f"--severity {severity}: choose one of {', '.join(SEVERITIES)}")
    level = SEVERITIES.index(severity)
    levels = tuple(float(k == level) for k in range(len(SEVERITIES)))
    return severity_table(Severity(levels=levels, motor=lesion.severity.motor, sensory=lesion.severity.sensory))  # type: ignore[arg-type]


def _only_their_lesions(small: Model, severity: str | None) -> Model:
    """A focused model that holds no other lesions than its rows and patterns need, each at one severity."""
    owners = {small.owner[name] for name in small.patterns if name != INTACT}
    mine = {small.lesions[k].id for k in small.rows.lesion} | owners
    keep = np.array([k for k, lesion in enumerate(small.lesions) if lesion.id in mine], dtype=np.intp)
    lesions = tuple(small.lesions[k] for k in keep)
    rows = replace(
        small.rows,
        lesion=np.searchsorted(keep, small.rows.lesion),
        severity=np.stack([at_severity(lesion, severity) for lesion in lesions]),
        coupling=small.rows.coupling[keep],
    )
    return replace(small, lesions=lesions, rows=rows)


class Bench:
    """Some rows of the model at one severity, in a person of some age (50 where nothing is said)."""

    def __init__(self, model: Model, rows: tuple[int, ...], severity: str | None = None, age: float | None = None) -> None:
        if any(model.lesions[model.rows.lesion[r]].id == UNLISTED for r in rows):
            raise InputError(f"{UNLISTED} does nothing of its own: it stands for whatever the model does not hold")
        keep = np.array(sorted(set(rows)), dtype=np.intp)
        small, _ = focus(model, Evidence(), keep)
        self.model = _only_their_lesions(small, severity)
        self.order = [int(np.flatnonzero(keep == r)[0]) for r in rows]
        self.background = case_background(Case(age=age))
        self.given = Case()
        self._scale = np.ones(len(keep))

    def suppose(self, found: Case) -> None:
        """Take some findings as made: every chance is from now on a chance beside them."""
        self.given = found
        self._scale = self._likelihood(found)

    def _likelihood(self, case: Case) -> Array:
        return row_likelihood(self.model, observe(self.model, case), self.background)[0]

    def chances(self, finding: Finding, side: str) -> Array:
        """P(value | row): (values, rows), rows in the order in which they were given. Each column sums to 1."""
        found = [self._chance(finding, value, side) for value in finding.values]
        if found[0] is None:  # the first value has no words of its own: it is what remains
            found[0] = 1.0 - np.sum([values for values in found[1:] if values is not None], axis=0)
        table = np.array(found)
        return np.asarray(table / table.sum(axis=0))[:, self.order]

    def _chance(self, finding: Finding, value: str, side: str) -> Array | None:
        part = finding.case(value, side)  # type: ignore[arg-type]
        if not part:
            return None
        fields = {name: getattr(self.given, name) + more if name != "tempo" else more for name, more in part.items()}
        return self._likelihood(replace(self.given, **fields)) / self._scale

    def kept(self, finding: Finding, side: str) -> Array:
        """Mean share of fibres kept of a movement or of skin: (rows,), over variants, losses, anatomy and maps."""
        skin = finding.kind != "power"
        sites = dict(finding.extra[0]) if finding.extra else {finding.id: 1.0}
        readings = self.model.readings
        reading = readings.skin(sites) if skin else readings.motor({finding.id: 1.0})
        parts = []
        for block in self.model.blocks:
            if not len(block.names):
                continue
            if skin:
                lost = 1.0 - np.einsum("d,g,dgpx->px", block.map_share, block.anatomy_share, reading.skin(block))
                parts.append(1.0 - lost * block.modality.max(axis=1)[:, None])
            else:
                parts.append(np.einsum("g,gpx->px", block.anatomy_share, reading.motor(block)))
        by_pattern = np.concatenate(parts)
        rows = self.model.rows
        pattern = np.where(rows.near_is_left == (side == "left"), rows.near, rows.far)
        losses = rows.severity[rows.lesion[rows.variant_row]].sum(axis=1 if skin else 2)
        value = (by_pattern[pattern] * losses).sum(axis=1) * rows.share
        return np.asarray(np.bincount(rows.variant_row, value, len(rows.side))[self.order], dtype=np.float64)
