"""An index from the names of one kind of record to ids."""

import re
from collections.abc import Iterable
from typing import Protocol

from lasegue.errors import UnknownName
from lasegue.names.fold import compact, fold
from lasegue.names.nearest import nearest

_LIST = re.compile(r"[,;&+/]|\band\b")


class HasNames(Protocol):
    """What the index needs of a record."""

    @property
    def id(self) -> str:
        """What the knowledge calls it."""

    @property
    def name(self) -> str:
        """What a reader sees."""

    @property
    def names(self) -> tuple[str, ...]:
        """What else people write."""


class Index:
    """Names of one kind. Ids come before display names, display names before synonyms; the first to claim a name keeps it."""

    def __init__(self, kind: str, records: Iterable[HasNames] = ()) -> None:
        self.kind = kind
        self._ids: dict[str, str] = {}
        self._bags: dict[frozenset[str], str | None] = {}
        self._shown: dict[str, str] = {}
        found = list(records)
        for record in found:
            self.add(record.id, record.id, record.name)
        for record in found:
            self.add(record.name, record.id, record.name)
        for record in found:
            for name in record.names:
                self.add(name, record.id, name)

    def add(self, name: str, identifier: str, shown: str) -> None:
        """Let `name` mean `identifier`; `shown` is how a list of nearest names writes it."""
        words = fold(name)
        if not words:
            return
        if self._ids.setdefault(words.replace(" ", ""), identifier) != identifier:
            return
        self._shown.setdefault(words, shown)
        bag = frozenset(words.split())
        # One bag of words that two records share decides nothing.
        self._bags[bag] = identifier if self._bags.get(bag, identifier) == identifier else None

    def __contains__(self, text: str) -> bool:
        return self.find(text) is not None

    def find(self, text: str) -> str | None:
        """The id of a name: the words as they stand, joined or apart, else in any order."""
        words = fold(text)
        found = self._ids.get(words.replace(" ", ""))
        # Without its commas a list is only a heap of words, which may by chance be those of one name.
        return found if found or _LIST.search(text) else self._bags.get(frozenset(words.split()))

    def exact(self, text: str) -> str | None:
        """The id of a name whose words stand in this order."""
        return self._ids.get(compact(text))

    def unknown(self, text: str) -> UnknownName:
        """The error for a word that this index does not know."""
        return UnknownName(text, self.kind, lambda: nearest(fold(text), self._shown))

    def keys(self) -> dict[str, str]:
        """Compact names and what they mean."""
        return self._ids
