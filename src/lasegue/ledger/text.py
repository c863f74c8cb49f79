"""The ledger for people and for scripts."""

import json
from textwrap import fill
from typing import Any, Final

from lasegue.knowledge import KNOWLEDGE_VERSION
from lasegue.knowledge.claim import Conflict
from lasegue.ledger.entries import Entry, Ledger

WIDTH: Final = 120
DRAFT: Final = "No clinician has reviewed any of these claims yet; all are drafts."
MEANING: Final = {
    "reproduced": "the model does what the claim says",
    "disputed": "the model or the studies say otherwise",
    "told": "shown as a statement, not checked",
    "superseded": "a later guideline took its place",
}


def as_dict(found: Ledger) -> dict[str, Any]:
    """A ledger with frozen keys."""
    return {
        "knowledge_version": KNOWLEDGE_VERSION,
        "counts": found.counts(),
        "claims": [_entry(entry) for entry in found],
        "conflicts": [_conflict(conflict) for conflict in found.conflicts],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    claim = entry.claim
    return {
        "id": claim.id,
        "topic": claim.topic,
        "text": claim.text,
        "roots": list(claim.roots),
        "verdict": entry.verdict,
        "agrees": entry.agrees,
        "measured": [outcome.measured for outcome in entry.outcomes],
        "answer": claim.answer or None,
        "sources": list(claim.sources),
        "answer_sources": list(claim.answer_sources),
        "place": claim.place or None,
        "confidence": claim.confidence,
        "conflicts": [conflict.id for conflict in entry.conflicts],
        "review": {"status": claim.review.status, "reviewed_by": claim.review.reviewed_by, "date": claim.review.date},
    }


def _conflict(conflict: Conflict) -> dict[str, Any]:
    return {
        "id": conflict.id,
        "title": conflict.title,
        "nature": conflict.nature,
        "severity": conflict.severity,
        "positions": [{"holder": p.holder, "says": p.says, "claims": list(p.claims)} for p in conflict.positions],
        "evidence": conflict.evidence,
        "consensus": conflict.consensus,
        "confidence": conflict.confidence,
        "rule": conflict.rule or None,
        "sources": list(conflict.sources),
    }


def in_json(found: Ledger) -> str:
    """The ledger as one JSON object."""
    return json.dumps(as_dict(found), ensure_ascii=False)


def in_words(found: Ledger) -> str:
    """The ledger as plain text: counts first, then every claim, then the conflicts between texts."""
    counts = found.counts()
    lines = [f"{len(found)} claims", *(f"  {n:4d} {name}: {MEANING[name]}" for name, n in counts.items()), _reviews(found), ""]
    for entry in found:
        lines += [*_told(entry), ""]
    if found.conflicts:
        lines += ["Where texts disagree", ""]
        for conflict in found.conflicts:
            lines += [*_disagreement(conflict), ""]
    return "\n".join(lines).rstrip() + "\n"


def _reviews(found: Ledger) -> str:
    reviewed = sum(entry.claim.review.status == "reviewed" for entry in found)
    return f"{reviewed} of {len(found)} reviewed by a clinician." if reviewed else DRAFT


def _line(text: str, indent: int) -> str:
    return fill(text, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2), break_long_words=False)


def _told(entry: Entry) -> list[str]:
    claim = entry.claim
    lines = [_line(f"{claim.id}  {entry.verdict.upper()}  {claim.text}", 0)]
    lines += [_line(f"measured: {measured}", 2) for measured in dict.fromkeys(outcome.measured for outcome in entry.outcomes)]
    if claim.answer:
        says = "instead" if entry.verdict in ("disputed", "superseded") else "note"
        by = f" ({', '.join(claim.answer_sources)})" if claim.answer_sources else ""
        lines.append(_line(f"{says}: {claim.answer}{by}", 2))
    if not entry.agrees:
        lines.append("  the checks no longer bear this verdict out")
    named = f"; see {', '.join(conflict.id for conflict in entry.conflicts)}" if entry.conflicts else ""
    review = f"reviewed by {claim.review.reviewed_by}, {claim.review.date}" if claim.review.status == "reviewed" else "draft, not reviewed"
    lines.append(_line(f"{claim.topic.replace('_', ' ')}; {', '.join(claim.sources)}{named}; {review}", 2))
    return lines


def _disagreement(conflict: Conflict) -> list[str]:
    lines = [_line(f"{conflict.id}  {conflict.title} ({conflict.severity})", 0)]
    lines += [_line(f"{position.holder}: {position.says}", 2) for position in conflict.positions]
    if conflict.evidence:
        lines.append(_line(f"evidence: {conflict.evidence}", 2))
    lines.append(_line(f"Lasegue goes by: {conflict.consensus} (confidence {conflict.confidence})", 2))
    lines.append(_line(f"sources: {', '.join(conflict.sources)}", 2))
    return lines
