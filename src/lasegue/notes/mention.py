"""What stands in a sentence: the mention of one thing, with its place."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Mention:
    """One thing that stands in the text, of one kind: target, value, grade, angle, volume, side, topic, fact, or a word between them."""

    kind: str
    start: int
    end: int
    text: str = ""
    side: str | None = None
    kinds: dict[str, str] = field(default_factory=dict)
    value: dict[str, str] = field(default_factory=dict)
    data: str = ""
    used: bool = False
    denied: bool = False
