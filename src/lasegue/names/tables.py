"""Tables of words, written as text: a value, a colon, and the words for it; an indented line goes on."""


def table(text: str) -> dict[str, tuple[str, ...]]:
    """The words for each value."""
    found: dict[str, tuple[str, ...]] = {}
    for line in text.strip().replace("\n ", " ").splitlines():
        value, _, words = line.partition(":")
        found[value.strip()] = tuple(word for word in (" ".join(piece.split()) for piece in words.split(", ")) if word)
    return found


def lookup(text: str) -> dict[str, str]:
    """The value that each word stands for; a value stands for itself."""
    found: dict[str, str] = {}
    for value, words in table(text).items():
        found |= dict.fromkeys((value, *words), value)
    return found
