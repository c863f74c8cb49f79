"""The parts of an assessment put together."""

from dataclasses import replace
from typing import Any

from lasegue.assess.assessment import Assessment, Because, Misfit, Scope
from lasegue.assess.ranking import rank
from lasegue.case import Case
from lasegue.counterfactual import Flip
from lasegue.explain import Explanation
from lasegue.inference import Posterior, disc_roots, discs
from lasegue.knowledge import KNOWLEDGE_VERSION
from lasegue.model import MODEL_VERSION, UNLISTED, Model
from lasegue.model.causes import causes
from lasegue.model.observe import Evidence, unknown_side
from lasegue.redflags import Flags
from lasegue.suggest import NextTest

ODD = 0.01
"""A surprise below this: the program says that it cannot explain the picture."""


def no_ranking(case: Case, flags: Flags, setting: str) -> Assessment:
    """The safety net alone, with the reason why nothing is ranked."""
    return Assessment(
        id=case.id,
        prior=setting,
        scope=tuple(Scope(s.id, s.text) for s in flags.scope),
        ranking=(),
        pairs=(),
        rest=0.0,
        families=(),
        roots={},
        discs=(),
        causes=(),
        explained=None,
        surprise=None,
        misfits=(),
        prior_weight=None,
        joint=None,
        because=(),
        must_ask=tuple({"finding": m.finding, "why": m.why, "how": m.how} for m in flags.must_ask),
        next_tests=(),
        would_change=None,
        cannot_separate=None,
        red_flags=tuple(_flag(flag) for flag in flags.raised),
        red_flags_not_asked=flags.not_asked,
        unused=tuple({"path": u.path, "text": u.text, "why": u.why} for u in case.unused),
        knowledge_version=KNOWLEDGE_VERSION,
        model_version=MODEL_VERSION,
    )


def _flag(flag: Any) -> dict[str, Any]:
    return {"id": flag.id, "urgency": flag.urgency, "text": flag.text, "because": list(flag.because), "sources": list(flag.sources)}


def compose(case: Case, flags: Flags, setting: str, model: Model, evidence: Evidence, found: Posterior, reasons: Explanation) -> Assessment:
    """The whole assessment."""
    unknown = unknown_side(case)
    ranking = rank(model, found, unknown)
    leader, rival = (model.lesions[model.rows.lesion[row]].id for row in (reasons.leader, reasons.rival))
    side = model.rows.side[reasons.leader]
    roots = disc_roots(model, found)["right" if side == "right" else "left"]
    return replace(
        no_ranking(case, flags, setting),
        ranking=ranking.rows,
        pairs=ranking.pairs,
        rest=ranking.rest,
        families=ranking.families,
        roots=ranking.roots,
        discs=tuple(discs(model, case, roots)),
        causes=tuple(causes(model.knowledge, case).items()),
        explained=leader != UNLISTED and reasons.surprise >= ODD,
        surprise=reasons.surprise,
        misfits=tuple(Misfit(m.label.text, m.label.side, m.expected) for m in reasons.misfits),
        prior_weight=reasons.prior_weight,
        joint=reasons.joint,
        because=tuple(Because(r.label.text, r.label.path, r.label.side, r.weight, leader, rival, r.label.sources) for r in reasons.reasons),
        cannot_separate=reasons.cannot_separate,
        unused=unused_of(case, evidence),
    )


def unused_of(case: Case, evidence: Evidence) -> tuple[dict[str, str], ...]:
    """What was not understood, and what was but counts for nothing."""
    told = [(one.path, one.text, one.why) for one in case.unused]
    return tuple({"path": path, "text": text, "why": why} for path, text, why in (*told, *evidence.unused))


def look_ahead(answer: Assessment, tests: tuple[NextTest, ...], flip: Flip | None) -> Assessment:
    """The assessment with what to do next, and with what would have changed it."""
    return replace(answer, next_tests=tuple(_next_test(test) for test in tests), would_change=None if flip is None else _would_change(flip))


def _next_test(test: NextTest) -> dict[str, Any]:
    return {
        "id": test.id,
        "test": test.name,
        "side": test.side,
        "kind": test.kind,
        "bits": test.bits,
        "cost_minutes": test.cost_minutes,
        "discomfort": test.discomfort,
        "how": test.how,
        "why": test.why,
        "note": test.note,
        "changes": [
            {"result": c.result, "chance": c.chance, "lesion": c.lesion, "side": c.side, "probability": c.probability} for c in test.changes
        ],
    }


def _would_change(flip: Flip) -> dict[str, Any]:
    return {
        "path": flip.path,
        "finding": flip.finding,
        "side": flip.side,
        "was": flip.was,
        "instead": flip.instead,
        "lesion": flip.lesion,
        "lesion_side": flip.lesion_side,
        "probability": flip.probability,
    }
