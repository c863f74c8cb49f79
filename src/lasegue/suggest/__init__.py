"""What to ask, examine or order next: the expected information of every finding not yet known, most of it between classes of action."""

from dataclasses import dataclass

import numpy as np

from lasegue.case.model import Case
from lasegue.inference.posterior import Posterior
from lasegue.model import Model
from lasegue.model.observe import Evidence, unknown_side
from lasegue.suggest.candidates import Candidate, finding
from lasegue.suggest.choosing import Weighed, choose
from lasegue.suggest.gain import ALIVE, Scene, base_of, joint, scene, told, with_finding
from lasegue.suggest.sheets import Sheet, book
from lasegue.suggest.standing import Standing
from lasegue.suggest.telling import Change, changes, note, why
from lasegue.wiring import Array


@dataclass(frozen=True, slots=True)
class NextTest:
    """One thing to do next. `bits` is the expected gain between classes of action plus .3 of that within them.

    `why` says which two lesions it separates and what each makes expect; `changes` what each result would leave. `note` says when it is of
    no use.
    """

    id: str
    name: str
    side: str | None
    kind: str
    bits: float
    cost_minutes: float
    discomfort: float
    how: str
    why: str
    note: str
    changes: tuple[Change, ...]


def suggest(model: Model, case: Case, evidence: Evidence, found: Posterior) -> tuple[NextTest, ...]:
    """What is worth asking, examining and ordering next, the best for its cost first."""
    weighed, scenes, standing = weigh_all(model, case, evidence, found)
    same = {w.candidate.id: standing.marks(w.candidate) for w in weighed}
    chosen = choose(scenes[""], weighed, same)
    where = None if unknown_side(case) else standing.side
    return tuple(_told(scenes[_domain(w.candidate, scenes)], case, w, where) for w in chosen)


def weigh_all(model: Model, case: Case, evidence: Evidence, found: Posterior) -> tuple[list[Weighed], dict[str, Scene], Standing]:
    """Every candidate that is open in this case with what it would tell; the scenes that they are weighed in; the case's standing."""
    alive = np.flatnonzero(found.probability >= ALIVE)
    standing = Standing(case, model.knowledge, frozenset(model.lesions[model.rows.lesion[r]].id for r in alive))
    pages = book(model)
    scenes = {"": scene(model, evidence, found, standing.side)}
    tables: list[tuple[Candidate, Array]] = []
    by_row: list[tuple[Candidate, Sheet]] = []
    for candidate, sheet, columns in zip(pages.candidates, pages.sheets, pages.columns, strict=True):
        if not standing.open(candidate):
            continue
        domain = candidate.form if candidate.form in ("power", "sense", "saddle") else ""
        if domain and domain not in scenes:
            base = base_of(model, case, evidence, candidate, standing.side)
            scenes[domain] = scenes[""] if base is evidence else scene(model, base, found, standing.side, scenes[""])
        if sheet.kind == "rows" and not domain:
            by_row.append((candidate, sheet))
        else:
            tables.append((candidate, joint(scenes[domain], case, candidate, sheet, columns)))
    tables += zip((candidate for candidate, _ in by_row), told(scenes[""], case, by_row), strict=True)
    return _valued(scenes[""], tables), scenes, standing


def _valued(place: Scene, found: list[tuple[Candidate, Array]]) -> list[Weighed]:
    """The bits of many candidates, all with as many values at once."""
    weighed: list[Weighed] = []
    for size in {table.shape[1] for _, table in found}:
        some = [(candidate, table) for candidate, table in found if table.shape[1] == size]
        bits, between = place.bits(np.stack([table for _, table in some]))
        weighed += [Weighed(*one, float(b), float(c)) for one, b, c in zip(some, bits, between, strict=True)]
    return weighed


def _domain(candidate: Candidate, scenes: dict[str, Scene]) -> str:
    return candidate.form if candidate.form in scenes else ""


def _told(place: Scene, case: Case, weighed: Weighed, side: str | None) -> NextTest:
    candidate = weighed.candidate
    where = side if candidate.sided else None
    return NextTest(
        id=candidate.id,
        name=f"{candidate.name}, {where}" if where else candidate.name,
        side=where,
        kind=candidate.kind,
        bits=weighed.bits,
        cost_minutes=candidate.minutes,
        discomfort=candidate.discomfort,
        how=candidate.how,
        why=why(place, weighed),
        note=note(case, candidate),
        changes=changes(place, weighed),
    )


__all__ = ["Change", "NextTest", "Weighed", "finding", "suggest", "weigh_all", "with_finding"]
