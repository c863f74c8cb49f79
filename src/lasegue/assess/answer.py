"""An assessment as the JSON object that scripts rely on."""

from typing import Any

from lasegue.assess.assessment import FORMAT, LIMITS, Assessment


def as_answer(found: Assessment) -> dict[str, Any]:
    """The answer with every key of the public contract; what no room has worked out is null or []."""
    return {
        "id": found.id,
        "format": FORMAT,
        "model_version": found.model_version,
        "knowledge_version": found.knowledge_version,
        "prior": found.prior,
        "scope": [{"id": s.id, "text": s.text} for s in found.scope],
        "ranking": [
            {"lesion": r.lesion, "label": r.label, "side": r.side, "probability": r.probability, "interval": list(r.interval) if r.interval else None}
            for r in found.ranking
        ],
        "pairs": [{"parts": [{"lesion": lesion, "side": side} for lesion, side in p.parts], "probability": p.probability} for p in found.pairs],
        "rest": found.rest,
        "families": [{"family": name, "probability": p} for name, p in found.families],
        "roots": found.roots,
        "discs": [{"level": d.level, "zone": d.zone, "probability": d.probability} for d in found.discs],
        "causes": [{"cause": name, "probability": p} for name, p in found.causes],
        "fit": {"explained": found.explained, "surprise": found.surprise, "misfits": [_misfit(m) for m in found.misfits]},
        "prior_weight": found.prior_weight,
        "joint": found.joint,
        "because": [
            {"finding": b.finding, "path": b.path, "side": b.side, "weight": b.weight, "for": b.for_, "against": b.against, "sources": list(b.sources)}
            for b in found.because
        ],
        "must_ask": list(found.must_ask),
        "next_tests": list(found.next_tests),
        "red_flags": list(found.red_flags),
        "red_flags_not_asked": list(found.red_flags_not_asked),
        "unused": list(found.unused),
        "limits": LIMITS,
    }


def _misfit(misfit: Any) -> dict[str, Any]:
    return {"finding": misfit.finding, "side": misfit.side, "expected": misfit.expected}
