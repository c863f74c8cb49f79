"""A name with words beside it that nobody knows: read leniently, the longest run of words that is a name counts."""

import re
from collections.abc import Callable
from typing import Final

from lasegue.case.context import Context
from lasegue.errors import UnknownName
from lasegue.names.fold import plain

LONGEST: Final = 10
"""Wordings of more words are no names."""
SHORTEST: Final = 5
"""A single word counts only from this many letters on."""


def name_within(
    context: Context,
    path: str,
    error: UnknownName,
    text: str,
    resolve: Callable[[str], object],
    telling: re.Pattern[str] | None = None,
) -> str | None:
    """The longest run of words that `resolve` understands; the words beside it are left unused.

    Words that are `telling` may not be left out: without them the name would mean another thing. Where no run is a name, or a case
    is not read leniently, the name is unknown and the answer None.
    """
    words = text.split()
    if context.lenient and 1 < len(words) <= LONGEST:
        for length in range(len(words) - 1, 0, -1):
            for start in range(len(words) - length + 1):
                run = " ".join(words[start : start + length])
                beside = " ".join((*words[:start], "", *words[start + length :]))
                if (length > 1 or len(run) >= SHORTEST) and not (telling and telling.search(plain(beside))) and _is_name(run, resolve):
                    for rest in (words[:start], words[start + length :]):
                        if rest:
                            context.leave(path, " ".join(rest), f"words beside a known {error.kind}")
                    return run
    context.unknown(path, error)
    return None


def _is_name(text: str, resolve: Callable[[str], object]) -> bool:
    try:
        found = resolve(text)
    except UnknownName:
        return False
    return not (found[2] if isinstance(found, tuple) else getattr(found, "leftover", ()))
