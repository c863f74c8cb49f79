"""Baseline: voting with a textbook's root table.

Every abnormal finding has one vote, shared between the roots that the table names for it; normal findings do not vote, and nothing
but roots can win. The share of the votes is taken for the probability. Without a vote the roots share alike.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
import yaml

from lasegue.case.model import Case, Power, ReflexFinding, Sense, Side, TestFinding
from lasegue.evaluate.baselines.abnormal import abnormal_power, abnormal_reflex, abnormal_sense, abnormal_sphincter

ROOTS = ("L1", "L2", "L3", "L4", "L5", "S1", "S2", "S3", "S4")
BOTH_SIDES = 1 / 3  # with so large a share of the votes the weaker side counts too

Votes = dict[str, float]


class RootTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What each root is said to supply; `skin` by root, everything else by finding."""

    skin: dict[str, tuple[str, ...]]
    movements: dict[str, tuple[str, ...]]
    muscles: dict[str, str]
    reflexes: dict[str, tuple[str, ...]]
    pain: dict[str, tuple[str, ...]]
    tests: dict[str, tuple[str, ...]]
    sphincter: tuple[str, ...]

    def movement_of(self, power: Power) -> list[tuple[str, float]]:
        """The movements that a finding of power speaks of, with their shares."""
        return [*power.movements, *((self.muscles[m], share) for m, share in power.muscles if m in self.muscles)]

    def root_of_site(self, site: str) -> str | None:
        """The root on whose skin a site lies."""
        return next((root for root, sites in self.skin.items() if site in sites), None)


@cache
def root_table() -> RootTable:
    """The table as shipped."""
    text = (files("lasegue.evaluate") / "data" / "root_table.yaml").read_text(encoding="utf-8")
    return msgspec.convert(yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)), RootTable)


@dataclass(frozen=True, slots=True)
class Vote:
    """The roots that one abnormal finding speaks for, with weights that need not sum to 1."""

    side: Side
    roots: Votes


def _tally(named: Iterable[tuple[tuple[str, ...], float]]) -> Votes:
    votes: Votes = defaultdict(float)
    for roots, share in named:
        for root in roots:
            votes[root] += share / len(roots)
    return votes


def named_roots(label: str | None) -> tuple[str, ...]:
    """The roots of an examiner's label, such as L5 or L5+S1."""
    return tuple(root for root in (label or "").split("+") if root in ROOTS)


def _look_up(table: dict[str, tuple[str, ...]], shares: Iterable[tuple[str, float]]) -> Votes:
    return _tally((table[name], share) for name, share in shares if name in table)


def _skin_votes(table: RootTable, sense: Sense) -> Votes:
    if label := named_roots(sense.label_root):
        return _tally([(label, 1.0)])
    return _tally(((root,), share) for site, share in sense.sites if (root := table.root_of_site(site)))


def _power_votes(table: RootTable, power: Power) -> Votes:
    if label := named_roots(power.label_root):
        return _tally([(label, 1.0)])
    return _look_up(table.movements, table.movement_of(power))


def _single(table: dict[str, tuple[str, ...]], finding: ReflexFinding | TestFinding) -> Votes:
    name = finding.reflex if isinstance(finding, ReflexFinding) else finding.test
    return _look_up(table, [(name, 1.0)])


def votes(case: Case, table: RootTable) -> Iterator[Vote]:
    """One vote for each abnormal finding."""
    findings: list[tuple[Side, Votes]] = []
    findings += [(p.side, _power_votes(table, p)) for p in case.power if abnormal_power(p)]
    findings += [(s.side, _skin_votes(table, s)) for s in case.sense if abnormal_sense(s)]
    findings += [(r.side, _single(table.reflexes, r)) for r in case.reflexes if abnormal_reflex(r)]
    findings += [(p.side, _look_up(table.pain, p.regions)) for p in case.pain if p.present and not p.past]
    findings += [(t.side, _single(table.tests, t)) for t in case.tests if t.value == "positive" and not t.past]
    findings += [(None, _tally([(table.sphincter, 1.0)])) for s in case.sphincter if abnormal_sphincter(s)]
    for side, roots in findings:
        if total := sum(roots.values()):
            yield Vote(side, {root: weight / total for root, weight in roots.items()})


def side_of(case: Case, found: Iterable[Vote]) -> str | None:
    """The side with more votes, or both; without votes the side of the case."""
    weight = Counter(vote.side for vote in found if vote.side)
    if not weight:
        return case.side
    if min(weight["left"], weight["right"]) >= BOTH_SIDES * weight.total():
        return "bilateral"
    return weight.most_common(1)[0][0]


def vote(case: Case) -> dict[str, Any]:
    """Answer a case by voting."""
    found = list(votes(case, root_table()))
    tally = _tally(((root,), weight) for v in found for root, weight in v.roots.items())
    total = sum(tally.values())
    share = {root: tally[root] / total if total else 1 / len(ROOTS) for root in ROOTS}
    side = side_of(case, found)
    rows = [{"lesion": f"root.{root}", "side": side, "probability": share[root]} for root in ROOTS if share[root] > 0]
    return {"id": case.id, "ranking": sorted(rows, key=lambda row: -float(row["probability"])), "pairs": []}
