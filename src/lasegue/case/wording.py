"""Findings in a few words, as they are told back to the reader."""

from typing import Any

from lasegue.case.model import InvestigationFinding, PainFinding, Power, ReflexFinding, Sense, SphincterFinding, TestFinding


def told(finding: Any) -> str:
    """A finding in a few words: what was written, and what was found."""
    text = str(finding.origin.text)
    match finding:
        case Power():
            found = _joined(text or "power", f"{finding.grade:g}/5" if finding.grade is not None else finding.value)
        case Sense() | ReflexFinding():
            found = _joined(text or "finding", finding.value)
        case TestFinding():
            found = _joined(text or finding.test, finding.value)
        case PainFinding():
            found = _joined("pain:", text or ", ".join(region for region, _ in finding.regions))
        case SphincterFinding():
            found = _joined(f"{finding.item.partition('.')[0]}:", text or finding.item.partition(".")[2])
        case InvestigationFinding():
            found = _joined(text or finding.investigation, finding.result)
        case _:
            found = text or str(getattr(finding, "item", "")).replace("_", " ")
    return found


def _joined(text: str, value: str) -> str:
    plain = value.replace("_", " ")
    return (text if plain in text else f"{text} {plain}").replace("_", " ")
