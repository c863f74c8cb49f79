"""Probabilities, sides and weights in words."""

from typing import Final

URGENCY: Final = {"emergency": "EMERGENCY", "same_day": "SAME DAY", "urgent": "URGENT", "routine": "ROUTINE"}
STRONG, CLEAR = 1.0, 0.3


def chance(probability: float) -> str:
    """A probability in round words, never more exact than it is."""
    if probability >= 0.95:
        return "more than 9 in 10"
    if probability >= 0.10:
        return f"about {round(probability * 10)} in 10"
    if probability >= 0.01:
        return f"about {max(1, round(probability * 100))} in 100"
    return "less than 1 in 100"


def side(name: str | None) -> str:
    """A side as it stands behind a lesion."""
    return {"left": "left", "right": "right", "bilateral": "both sides"}.get(name or "", "side not stated")


def weight(log10: float) -> str:
    """A weight of evidence in words."""
    size = abs(log10)
    strength = "strongly" if size >= STRONG else "clearly" if size >= CLEAR else "slightly"
    return f"{strength} {'for' if log10 > 0 else 'against'}"


def root_set(lesion: str) -> frozenset[str]:
    """The roots of a root lesion's id, or none."""
    return frozenset(lesion.removeprefix("root.").split("+")) if lesion.startswith("root.") else frozenset()
