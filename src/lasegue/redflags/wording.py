"""Findings as they are told to the reader of a warning."""

from collections.abc import Iterable


def because(told_by_side: Iterable[tuple[str, str | None]]) -> tuple[str, ...]:
    """Texts with their sides, each once: what was found on both sides is told once."""
    sides: dict[str, set[str]] = {}
    for text, side in told_by_side:
        sides.setdefault(text, set()).update({side} if side else ())
    return tuple(text if not found else f"{text}, {'both sides' if len(found) > 1 else next(iter(found))}" for text, found in sides.items())
