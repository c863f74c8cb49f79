"""An assessment as the JSON object that scripts rely on."""

from typing import Any

from lasegue.assess.assessment import FORMAT, LIMITS, Assessment, Because, Misfit, Ranked, RankedPair


def as_answer(found: Assessment) -> dict[str, Any]:
    """The answer with every key of the public contract; what no room has worked out is null or []."""
    return {
        "id": found.id,
        "format": FORMAT,
        "model_version": found.model_version,
        "knowledge_version": found.knowledge_version,
        "prior": found.prior,
        "scope": [{"id": s.id, "text": s.text} for s in found.scope],
        "ranking": [_ranked(r) for r in found.ranking],
        "pairs": [_pair(p) for p in found.pairs],
        "rest": found.rest,
        "families": [{"family": name, "probability": p} for name, p in found.families],
        "roots": found.roots,
        "discs": [{"level": d.level, "zone": d.zone, "probability": d.probability} for d in found.discs],
        "causes": [{"cause": name, "probability": p} for name, p in found.causes],
        "fit": {"explained": found.explained, "surprise": found.surprise, "misfits": [_misfit(m) for m in found.misfits]},
        "prior_weight": found.prior_weight,
        "joint": found.joint,
        "because": [_because(b) for b in found.because],
        "must_ask": list(found.must_ask),
        "next_tests": list(found.next_tests),
        "would_change": found.would_change,
        "cannot_separate": found.cannot_separate,
        "red_flags": list(found.red_flags),
        "red_flags_not_asked": list(found.red_flags_not_asked),
        "unused": list(found.unused),
        "limits": LIMITS,
    }


def _ranked(row: Ranked) -> dict[str, Any]:
    interval = list(row.interval) if row.interval else None
    return {"lesion": row.lesion, "label": row.label, "side": row.side, "probability": row.probability, "interval": interval}


def _pair(pair: RankedPair) -> dict[str, Any]:
    return {"parts": [{"lesion": lesion, "side": side} for lesion, side in pair.parts], "probability": pair.probability}


def _because(one: Because) -> dict[str, Any]:
    told = {"finding": one.finding, "path": one.path, "side": one.side, "weight": one.weight}
    return {**told, "for": one.for_, "against": one.against, "sources": list(one.sources)}


def _misfit(misfit: Misfit) -> dict[str, Any]:
    return {"finding": misfit.finding, "side": misfit.side, "expected": misfit.expected}
