"""What the lexicon reads of the knowledge: the named records of each kind."""

from collections.abc import Sequence
from typing import Protocol

from lasegue.knowledge.records import (
    HistoryItem,
    Investigation,
    Movement,
    MovementGroup,
    Muscle,
    Nerve,
    PainRegion,
    Reflex,
    SkinGroup,
    SkinSite,
    SphincterItem,
    Test,
)


class Facts(Protocol):
    """The kinds of record that carry names people write."""

    @property
    def nerves(self) -> Sequence[Nerve]:
        """Peripheral nerves."""

    @property
    def muscles(self) -> Sequence[Muscle]:
        """Muscles."""

    @property
    def movements(self) -> Sequence[Movement]:
        """Movements tested by hand."""

    @property
    def movement_groups(self) -> Sequence[MovementGroup]:
        """Wordings for several movements."""

    @property
    def reflexes(self) -> Sequence[Reflex]:
        """Reflexes."""

    @property
    def skin_sites(self) -> Sequence[SkinSite]:
        """Places on the skin."""

    @property
    def skin_groups(self) -> Sequence[SkinGroup]:
        """Wordings for several places."""

    @property
    def history(self) -> Sequence[HistoryItem]:
        """Items of the history."""

    @property
    def pain_regions(self) -> Sequence[PainRegion]:
        """Regions of pain."""

    @property
    def tests(self) -> Sequence[Test]:
        """Bedside tests."""

    @property
    def investigations(self) -> Sequence[Investigation]:
        """Investigations."""

    @property
    def sphincter(self) -> Sequence[SphincterItem]:
        """Findings of bladder and bowel."""
