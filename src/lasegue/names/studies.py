"""Investigations: which study a name means, and what its result says: level, zone, finding, number."""

import re
from collections.abc import Sequence
from dataclasses import replace

from lasegue.errors import UnknownName
from lasegue.knowledge.records import Investigation
from lasegue.names.amounts import in_words
from lasegue.names.conduction import CONCLUSION, ELSEWHERE, kind_of, study_of
from lasegue.names.facts import Facts
from lasegue.names.fold import Token, fold, plain, tokens
from lasegue.names.index import Index
from lasegue.names.laboratory import measured
from lasegue.names.levels import split_roots
from lasegue.names.located import ZONES, StudyResult, levels_in, located
from lasegue.names.nearest import nearest
from lasegue.names.phrases import Hit, Phrases, segments
from lasegue.names.reports import names_of
from lasegue.names.scans import of_what, speaks_of_more
from lasegue.names.sides import split_side

_NAME_NOISE = frozenset(
    "scan imaging with without contrast of test study measurement level serum plasma blood result and urgent repeat on at bedside "
    "gadolinium amplitude in to needle gd recording spine examination sensory motor nerve".split()
)
_NO = frozenset("no not without nil excluded neither nor absence".split())
_FINE = ("normal", "no_relief")
_OF_AXONS = re.compile(r"\baxonal\b|\bmono\s?neurop")
_LARGE = re.compile(r"\b(?:large|massive|giant|huge)\b")
_PLACE_OF_NERVE = (
    ("tibial", re.compile(r"\btarsal tunnel\b")),
    ("common_peroneal", re.compile(r"\b(?:fibular|fibula) (?:head|neck)\b|\b(?:head|neck) of (?:the )?fibula\b")),
    ("lateral_femoral_cutaneous", re.compile(r"\binguinal ligament\b")),
    ("interdigital_3", re.compile(r"\b(?:3rd|third) (?:web|inter)\s*-?(?:space|metatarsal|digital)\b")),
)
_LIMB_STUDIES = ("nerve_conduction", "needle_emg", "vascular")
_ONE_DENIAL = ("mri_lumbar", "ct_lumbar")
"""Scans of which the denial of one finding does not make all normal: "no disc herniation"."""
_PLANTAR = {"plantar": "medial_plantar", "mixed plantar": "medial_plantar"}
_OF_NCS = ("plexopathy", "anterior_horn", "mononeuropathy", "axonal_neuropathy", "demyelinating", "mononeuritis_multiplex")
_LYME = re.compile(r"lyme|borreli", re.IGNORECASE)
_INFECTION = re.compile(
    r"\b(?:(?:lyme|borrelia|vzv|hsv|cmv|ebv|syphilis|vdrl|hiv|zoster|tb|varicella\w*)\b[\w\s-]*?)\b(?:positive|detected|raised|present)\b"
    r"|\bpositive\b[\w\s-]*?\b(?:lyme|borrelia|vzv|hsv|cmv|ebv|syphilis|vdrl|hiv|zoster|varicella)\b[\w\s-]*",
    re.IGNORECASE,
)
"""An infection found in the fluid; the fluid's own results say nothing of which."""
_DEMYELINATING = re.compile(r"\b(?:temporal dispersion|uniform slowing|demyelinating)\b")


_HEALTHY_DISCS = re.compile(
    r"(?:\b[LST]\d{1,2}(?:\s*[-/]\s*[LST]?\d)?\s*(?:,|and|&|to)?\s*)*\bdis[ck]s?(?:\s+spaces?)?\s+(?:(?:is|are|was|were|look|looks|all)\s+)*"
    r"(?:normal|unremarkable|healthy|intact|preserved|well\s+preserved)\b",
    re.IGNORECASE,
)


def _without_healthy_discs(text: str) -> str:
    """A report without the discs that it calls normal; where it names nothing else, it is one of no herniation."""
    rest = _HEALTHY_DISCS.sub(" ", text)
    return text if rest == text else rest.strip(" ,;.") or "no disc herniation"


_NERVES_OF_TRUNK = frozenset({"pelvic_splanchnic", "subcostal"})
"""Nerves whose names ("pelvic", "T12") a report of a scan uses of the bones."""


class Studies:
    """Resolves investigations and their results."""

    def __init__(self, facts: Facts) -> None:
        self.index = Index("investigation", facts.investigations)
        self._known = {study.id: study for study in facts.investigations}
        self._nerves = Index("nerve", facts.nerves)
        self._results = {study.id: Phrases(names_of(tuple(study.results), study.id)) for study in facts.investigations}

    def nerve(self, text: str) -> str | None:
        """The nerve of a wording, or None."""
        bare, _ = split_side(text)
        words = re.sub(r"\bnerves?\b", " ", plain(bare)).strip()
        return self._nerves.find(bare) or self._nerves.find(words) or self._nerves.find(f"{words} nerve") or _PLANTAR.get(words)

    def nerve_within(self, text: str) -> str | None:
        """The nerve that a report names: "common peroneal neuropathy at the fibular head", "ganglion of the tibial nerve"."""
        words = [token.text for token in tokens(text)]
        for length in range(min(4, len(words)), 0, -1):
            for first in range(len(words) - length + 1):
                name = " ".join(words[first : first + length])
                if found := self._nerves.find(name) or self._nerves.find(f"{name} nerve"):
                    return found
        return None

    def find(self, name: str, *, part: str = "", response: str = "", report: str = "") -> tuple[str, str | None]:
        """The study that a name, a nerve or muscle and a response mean together, and the side in the names. Raises UnknownName.

        Of a scan whose name does not say of what, the `report` may: "MRI: parasagittal meningioma of the brain". A response outranks
        the nerve: the F wave of the tibial nerve is no motor study.
        """
        bare, side = split_side(name)
        bare = of_what(bare, report)
        where, where_side = split_side(part)
        found = self._conducted(bare, where, response) or self._named(bare, where, response)
        if found == "ncs" and ELSEWHERE.search(plain(f"{bare} {where}")):
            found = None
        if found is None:
            raise self.index.unknown(f"{name} {part}".strip())
        return found, side or where_side

    def _conducted(self, bare: str, where: str, response: str) -> str | None:
        """The conduction study of a nerve and a response, where the names speak of one."""
        kind = kind_of(response) or kind_of(bare)
        whole = self.index.find(bare) or self._inside(bare)
        if whole not in {None, "ncs"} or (whole is None and kind is None) or not (where or response):
            return None
        if kind in {"h", "f"}:
            return study_of(None, kind)
        return study_of(self.nerve(where) or self.nerve_within(response), kind)

    def _named(self, bare: str, where: str, response: str) -> str | None:
        named = f"{bare} {where} {response}", f"{response} {where}" if response else "", f"{bare} {where}", where
        wordings = (*named, f"{bare} {response}", bare)
        found = next((identifier for words in wordings if words.strip() and (identifier := self.index.find(words))), None)
        # Without an exact name the words of the nerve and the response still pick the study where they are part of its name.
        if where and found == "ncs":
            found = self.index.find(f"{where} ncs") or self.index.find(f"ncs {where}") or self._inside(f"{where} ncs")
        return found or self._inside(f"{response} {where}" if response else "") or self._inside(f"{bare} {where}") or self._inside(bare)

    def _inside(self, text: str) -> str | None:
        """The longest known name within a wording whose other words name a part of the body or say nothing."""
        words = [token.text for token in tokens(text)]
        for length in range(len(words), 0, -1):
            for first in range(len(words) - length + 1):
                within = words[first : first + length]
                identifier = self.index.find(" ".join(within))
                if identifier and (length > 1 or len(words[first]) > 2) and not speaks_of_more(within, words):
                    return identifier
        return None

    def read(
        self,
        identifier: str,
        result: object,
        *,
        number: float | None = None,
        named: str = "",
        nerve: str | None = None,
        muscle: bool = False,
    ) -> tuple[list[StudyResult], tuple[str, ...]]:
        """The results that a wording states of one study, and the words left over. Raises UnknownName.

        `named` is the name that the study was given, `nerve` the nerve it is of; `muscle` says that it is of one muscle.
        """
        study = self._known[identifier]
        if isinstance(result, bool):
            result = "positive" if result else "negative"
        if isinstance(result, int | float):
            number, result = float(result), ""
        text = "" if result is None else str(result)
        numbers = measured(study, named or identifier, text, number)
        text = _without_healthy_discs(in_words(identifier, text))
        if identifier.startswith("ncs_") and _DEMYELINATING.search(text):
            return [StudyResult("ncs", "demyelinating")], ()
        found, left = self._worded(study, text, muscle=muscle)
        if numbers:
            if found and all(one.result == "normal" for one in numbers) and any(one.result not in _FINE for one in found):
                return [replace(one, number=numbers[0].number) for one in found], left
            return numbers, ()
        found = self._of_one_nerve(found, text, nerve) if identifier == "ncs" else found
        if identifier == "nerve_block":  # what was blocked stands in the name
            roots = "+".join(split_roots(named)[0]) or None
            found = [replace(one, root=one.root or roots, nerve=one.nerve or self.nerve_within(named)) for one in found]
        if not found:
            shown = {fold(key): key.replace("_", " ") for key in study.results}
            raise UnknownName(text, f"result of {study.name}", nearest(fold(text), shown) or tuple(shown.values())[:3])
        return found, left

    def _worded(self, study: Investigation, text: str, *, muscle: bool) -> tuple[list[StudyResult], tuple[str, ...]]:
        """What the words of a report state, a conclusion that the needle shares with conduction studies among it."""
        if study.id == "needle_emg" and not muscle and CONCLUSION.search(plain(text)):
            shared, left = self._stated(self._known["ncs"], text)
            if any(one.result in _OF_NCS for one in shared):
                return shared, left
        if study.id == "csf" and (infection := _INFECTION.search(text)):
            found, left = self._stated(study, text[: infection.start()] + ", " + text[infection.end() :])
            if found and all(one.result == "normal" for one in found):
                found = []
            return [*found, *([StudyResult("lyme_serology", "positive")] if _LYME.search(infection[0]) else [])], (
                *left,
                *(() if _LYME.search(infection[0]) else (infection[0],)),
            )
        return self._stated(study, text)

    def _of_one_nerve(self, found: list[StudyResult], text: str, nerve: str | None) -> list[StudyResult]:
        """One slow nerve is no demyelination of all, and one normal nerve says nothing of the others."""
        of = nerve or next((one.nerve for one in found if one.nerve), None)
        if of is None:  # what is absent or reduced, nobody knows
            concluded = CONCLUSION.search(plain(text)) or _OF_AXONS.search(plain(text))
            return [one for one in found if one.result != "mononeuropathy" or concluded]
        slow = not re.search(r"demyelin|dispersion|uniform", plain(text))
        told = [replace(one, result="mononeuropathy", nerve=of) if one.result == "demyelinating" and slow else one for one in found]
        return [one for one in told if one.result not in _FINE]

    def _stated(self, study: Investigation, text: str) -> tuple[list[StudyResult], tuple[str, ...]]:
        found: list[StudyResult] = []
        left: list[str] = []
        denied = False
        context = StudyResult(study.id, "")
        parts = re.split(r"[;,]|\band\b(?!\s*(?:left\s+|right\s+)?[ls]\d)|\bplus\b|\bwith\b(?=.*\b[LST]\d)", text, flags=re.IGNORECASE)
        for whole, piece in ((part, piece) for part in parts for piece in segments(part)):
            words = whole[piece.words[0].start : piece.words[-1].end]
            context = located(context, words)
            hits = [hit for hit in self._results[study.id].scan(piece.words) if not _turned(hit, piece.words)]
            said = [
                hit for hit in hits if hit.item in _FINE or not any(word.text in _NO and word.start < hit.start for word in piece.words)
            ]
            denied = denied or len(said) < len(hits)
            named = self.nerve_within(words)
            nerve = None if named in _NERVES_OF_TRUNK else named
            context = replace(context, nerve=nerve or _nerve_at(study, words) or context.nerve)
            if any(hit.item == "mass" for hit in said):  # an enhancing mass is a mass
                said = [hit for hit in said if hit.item != "root_enhancement"]
            places = [replace(context, level=level) for level in levels_in(words)] or [context]
            found += [replace(place, result=_at_level(study, hit.item, place)) for hit in said for place in places]
            if context.zone == "central" and _LARGE.search(plain(words)) and any(one.result == "disc_at_level" for one in found):
                found += [replace(context, result="large_central_disc")] if "large_central_disc" in study.results else []
            if not hits and not _only_place(words):
                left.append(words)
        if not found and denied and study.id in _ONE_DENIAL:
            left.append(text)
        elif not found and denied:
            found = [StudyResult(study.id, result) for result in _FINE if result in study.results][:1]
        if any(one.result == "mononeuropathy" for one in found):  # "axonal sciatic neuropathy" is of the sciatic nerve alone
            found = [one for one in found if one.result != "axonal_neuropathy"]
        abnormal = [one for one in found if one.result not in _FINE]
        if abnormal and study.kind in _LIMB_STUDIES:  # the other leg's normal result is a result
            sides = {one.side for one in abnormal}
            abnormal += [one for one in found if one.result in _FINE and one.side and sides <= {"left", "right"} - {one.side}]
        return list(dict.fromkeys(abnormal or found)), tuple(left)


def _turned(hit: Hit, words: Sequence[Token]) -> bool:
    """Whether a word for normal is denied by the word before it: "not normal" is not understood, and surely not normal."""
    before = [word.text for word in words if word.end <= hit.start]
    return hit.item in _FINE and before[-1:] in (["not"], ["no"], ["nor"], ["never"], ["nolonger"])


def _nerve_at(study: Investigation, words: str) -> str | None:
    """The nerve of the place that a report of a limb names."""
    if study.id not in {"mri_limb", "ultrasound_nerve"}:
        return None
    return next((nerve for nerve, place in _PLACE_OF_NERVE if place.search(plain(words))), None)


def _at_level(study: Investigation, result: str, where: StudyResult) -> str:
    """A disc at a named level, or a mass in a foramen, is evidence for the roots it reaches, and files under a result of its own."""
    if result == "disc_herniation" and where.level and "disc_at_level" in study.results:
        return "disc_at_level"
    if result == "mass" and where.level and where.zone in {"foraminal", "extraforaminal"} and "foraminal_mass" in study.results:
        return "foraminal_mass"
    return result


def _only_place(words: str) -> bool:
    """Whether a piece names a level, a zone or a side and nothing else."""
    _, rest = split_roots(words)
    rest, _ = split_side(rest)
    for _, pattern in ZONES:
        rest = pattern.sub(" ", plain(rest))
    return all(word in _NAME_NOISE or word.isdigit() for word in fold(rest).split())
