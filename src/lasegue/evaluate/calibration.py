"""Calibration: of the answers given with probability p, is a share p right?"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bin:
    """The cases whose first answer had a probability from `low` to `high`."""

    low: float
    high: float
    n: int
    confidence: float
    right: int

    @property
    def share(self) -> float:
        """The share of them that was right."""
        return self.right / self.n


def reliability(confidence: Sequence[float], hit: Sequence[bool], bins: int = 5) -> list[Bin]:
    """The reliability table: bins of equal width, empty ones left out."""
    held: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for p, h in zip(confidence, hit, strict=True):
        held[min(bins - 1, int(p * bins))].append((p, h))
    return [
        Bin(low=k / bins, high=(k + 1) / bins, n=len(v), confidence=sum(p for p, _ in v) / len(v), right=sum(h for _, h in v))
        for k, v in sorted(held.items())
    ]


def ece(confidence: Sequence[float], hit: Sequence[bool], bins: int = 5) -> float:
    """Expected calibration error: the mean distance of confidence from share right, weighted by the bins' cases."""
    return sum(b.n / len(confidence) * abs(b.share - b.confidence) for b in reliability(confidence, hit, bins))
