"""The known names that look most like a word that is not known."""

from collections.abc import Mapping

_LEAST_ALIKE = 55.0


def nearest(word: str, known: Mapping[str, str], count: int = 3) -> tuple[str, ...]:
    """Up to `count` values of `known` (folded name to display name) whose keys look most like the folded `word`."""
    if not word or not known:
        return ()
    found: dict[str, None] = {}
    for key in _ranked(word, list(known), 4 * count):
        found.setdefault(known[key])
        if len(found) == count:
            break
    return tuple(found)


def _ranked(word: str, names: list[str], count: int) -> list[str]:
    try:
        from rapidfuzz import fuzz, process
    except ImportError:
        import difflib

        return difflib.get_close_matches(word, names, count, _LEAST_ALIKE / 100)
    ranked = process.extract(word, names, scorer=fuzz.ratio, limit=count)
    by_token = process.extract(word, names, scorer=fuzz.token_sort_ratio, limit=count)
    merged = sorted([*ranked, *by_token], key=lambda hit: -hit[1])
    return [str(hit[0]) for hit in merged if hit[1] >= _LEAST_ALIKE]
