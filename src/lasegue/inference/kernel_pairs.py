"""The compiled sums of pairs of lesions: the screening of all of them, and the weighing of the best. See `kernel`."""

import numpy as np
from numba import njit

from lasegue.inference.midline import REASSURANCE
from lasegue.inference.pairs import TIE
from lasegue.model.tables import GRID, HALF
from lasegue.model.terms import ARC_FOR_BRISK, STATEMENT_TRUST

BACKGROUNDS = 3
PLACES = GRID - 1.0
MOTOR = np.array([0, 1, 2, 1, 2, 0, 1])
SENSORY = np.array([0, 1, 2, 0, 1, 1, 2])
"""The pairs of motor and sensory loss that a lesion of a pair can have, of three losses each."""
STATES = 7
LOSSES = 3
ROOM = 4096


@njit(cache=True, nogil=True)
def _either(one, other):
    return 1.0 - (1.0 - one) * (1.0 - other)


@njit(cache=True, nogil=True)
def _rated(p, q, rates, turned):
    """What signs of no wiring make of two patterns: the larger rate of each."""
    found = 1.0
    for r in range(len(rates)):
        rate = max(rates[r, p], rates[r, q])
        found *= 1.0 - rate if turned[r] else rate
    return found


@njit(cache=True, nogil=True)
def _strong(at, tables, groups, spoilt, trust):
    """P(all that reads muscles | where each falls on the grid), mixed over reliability."""
    well = badly = 1.0
    first = 0
    while first < len(at):
        one, two, last = tables[first, 0, at[first]], tables[first, 1, at[first]], first + 1
        while groups[first] > 0 and last < len(at) and groups[last] == groups[first]:
            one *= tables[last, 0, at[last]]
            two *= tables[last, 1, at[last]]
            last += 1
        if groups[first] > 0:
            one = STATEMENT_TRUST * one + (1.0 - STATEMENT_TRUST)
            two = STATEMENT_TRUST * two + (1.0 - STATEMENT_TRUST)
        if spoilt[first] > 0.0:
            one, two = _either(one, spoilt[first]), _either(two, spoilt[first])
        well *= one
        badly *= two
        first = last
    return trust[0] * well + trust[1] * badly


@njit(cache=True, nogil=True)
def _felt(at, tables, beside, trust):
    """P(all that is felt | where each falls on the grid), mixed over reliability."""
    well = badly = 1.0
    for f in range(len(at)):
        one, two = tables[f, 0, at[f]], tables[f, 1, at[f]]
        well *= one if beside[f] == 0.0 else _either(one, beside[f])
        badly *= two if beside[f] == 0.0 else _either(two, beside[f])
    return trust[0] * well + trust[1] * badly


@njit(cache=True, nogil=True)
def screened(found, patterns, trusts, power, sense, arcs, rates):
    """P(findings of a side | both patterns act on it) at the loss of the screening, without background: (pairs,)."""
    m_places, m_slots, m_tables, m_groups, m_factors = power
    s_places, s_slots, s_tables, s_beside = sense
    k_places, k_ups, k_slots, k_tables, exaggerated = arcs
    at_motor, at_skin = np.zeros(len(m_slots), np.uint8), np.zeros(len(s_slots), np.uint8)
    spoilt, beside = np.zeros(len(m_slots)), np.zeros(len(s_slots))
    for k in range(len(found)):
        p, q = patterns[0][k], patterns[1][k]
        value = _rated(p, q, rates[0], rates[1])
        if len(m_slots):
            for f in range(len(m_slots)):
                at_motor[f] = m_places[m_slots[f], k]
                spoilt[f] = max(m_factors[f, p], m_factors[f, q])
            value *= _strong(at_motor, m_tables, m_groups, spoilt, trusts[0])
        if len(s_slots):
            for f in range(len(s_slots)):
                at_skin[f] = s_places[s_slots[f], k]
                beside[f] = s_beside[f, k]
            value *= _felt(at_skin, s_tables, beside, trusts[1])
        for f in range(len(k_slots)):
            up = k_ups[k_slots[f], k]
            value *= (1.0 - up) * k_tables[f, k_places[k_slots[f], k]] + up * exaggerated[f]
        found[k] = value


@njit(cache=True, nogil=True)
def _insert(heap, value):
    """Put a value in the place of the least of a few, kept in order from the least on."""
    n = 0
    while n + 1 < len(heap) and heap[n + 1] < value:
        heap[n] = heap[n + 1]
        n += 1
    heap[n] = value


@njit(cache=True, nogil=True)
def _look(one, two, place, looks, values):
    """The values of two looks on both sides; a side of which nothing is known has none."""
    found = 1.0
    for side in range(2):
        if len(values[side]):
            found *= values[side][place[looks[side, one], looks[side, two]]]
    return found


@njit(cache=True, nogil=True)
def best(kept, order, values, place, looks, other, chances, told):
    """The pairs of rows that score best, whichever way round: (kept and more at a tie,), first and second, and their scores.

    `other` is the second look of a row or -1. `order` has rows that promise most first, so that most pairs are cut by a bound.
    """
    prior, unnoticed, together = chances
    bound = np.ones(len(prior))
    for t in range(len(told)):
        most = told[t].max()
        for r in range(len(prior)):
            bound[r] *= 0.5 * (told[t, r] + most)
    heap, count = np.zeros(kept), 0
    first, second, scores = np.empty(ROOM, np.intp), np.empty(ROOM, np.intp), np.empty(ROOM)
    for m in range(len(order)):
        for n in range(m + 1, len(order)):
            i, j = min(order[m], order[n]), max(order[m], order[n])
            score = (prior[i] * unnoticed[j] + unnoticed[i] * prior[j]) * together[i, j]
            if score <= 0.0 or score * min(bound[i], bound[j]) < heap[0] * (1.0 - TIE):
                continue
            seen = _look(i, j, place, looks, values)
            if other[i] >= 0:
                seen = max(seen, _look(other[i], j, place, looks, values))
            if other[j] >= 0:
                seen = max(seen, _look(i, other[j], place, looks, values))
                if other[i] >= 0:
                    seen = max(seen, _look(other[i], other[j], place, looks, values))
            score *= seen
            if score * min(bound[i], bound[j]) < heap[0] * (1.0 - TIE):
                continue
            for t in range(len(told)):
                score *= 0.5 * (told[t, i] + told[t, j])
            if score > 0.0 and score >= heap[0] * (1.0 - TIE):
                _insert(heap, score)
                if count == ROOM:
                    count = _cut(first, second, scores, heap[0])
                first[count], second[count], scores[count] = i, j, score
                count += 1
    count = _cut(first[:count], second[:count], scores[:count], heap[0])
    return first[:count], second[:count]


@njit(cache=True, nogil=True)
def _cut(first, second, scores, least):
    """Leave out what is below the least; how many remain."""
    count = 0
    for n in range(len(scores)):
        if scores[n] >= least * (1.0 - TIE):
            first[count], second[count], scores[count] = first[n], second[n], scores[n]
            count += 1
    return count


@njit(cache=True, nogil=True)
def patterns_of(first, second, variants, patterns, count, seen):
    """The pairs of patterns of one side that some pairs of rows have, each once; `seen` (patterns²) gets their places, else -1."""
    start, order = variants
    seen[:] = -1
    found, total = np.empty(count * count, np.intp), 0
    for n in range(len(first)):
        for v in order[start[first[n]] : start[first[n] + 1]]:
            for w in order[start[second[n]] : start[second[n] + 1]]:
                key = patterns[v] * count + patterns[w]
                if seen[key] < 0:
                    seen[key] = total
                    found[total] = key
                    total += 1
    return found[:total]


@njit(cache=True, nogil=True)
def joined(found, keys, marks, count, trusts, power, sense, arcs, rates):
    """P(findings of a side | pair of patterns, states of both, background): (pairs, states, states, 3)."""
    m_places, m_slots, m_tables, m_groups, m_factors = power
    s_places, s_reach, s_slots, s_tables, told, irritates = sense
    at_motor, at_skin = np.zeros(len(m_slots), np.uint8), np.zeros(len(s_slots), np.uint8)
    spoilt, beside = np.zeros(len(m_slots)), np.zeros(len(s_slots))
    strong, felt = np.ones((LOSSES * LOSSES, BACKGROUNDS)), np.ones((LOSSES * LOSSES, BACKGROUNDS))
    for n in range(len(keys)):
        p, q, mark = keys[n] // count, keys[n] % count, marks[n]
        rate = _rated(p, q, rates[0], rates[1])
        for f in range(len(m_slots)):
            spoilt[f] = max(m_factors[f, p], m_factors[f, q])
        for f in range(len(s_slots)):
            beside[f] = told[f, 0] + told[f, 1] * max(irritates[p], irritates[q]) * s_reach[s_slots[f], mark]
        for x in range(LOSSES * LOSSES):
            for c in range(BACKGROUNDS):
                for f in range(len(m_slots)):
                    at_motor[f] = m_places[m_slots[f], mark, x, c]
                for f in range(len(s_slots)):
                    at_skin[f] = s_places[s_slots[f], mark, x, c]
                strong[x, c] = _strong(at_motor, m_tables, m_groups, spoilt, trusts[0]) if len(m_slots) else 1.0
                felt[x, c] = _felt(at_skin, s_tables, beside, trusts[1]) if len(s_slots) else 1.0
        for s in range(STATES):
            for t in range(STATES):
                x, y = MOTOR[s] * LOSSES + MOTOR[t], SENSORY[s] * LOSSES + SENSORY[t]
                for c in range(BACKGROUNDS):
                    found[n, s, t, c] = rate * strong[x, c] * felt[y, c] * _arcs(p, q, mark, x, y, c, arcs)


@njit(cache=True, nogil=True)
def _arcs(p, q, mark, x, y, c, arcs):
    """P(reflexes | what both leave of their arcs)."""
    kept, slots, tables, ups, exaggerated, steady, background = arcs
    found = 1.0
    for f in range(len(slots)):
        left = kept[slots[f], mark, 0, x] * kept[slots[f], mark, 1, y] * background[f, c]
        at = int(min(max(left * PLACES + HALF, 0.0), PLACES + HALF))
        up = max(ups[f, p], ups[f, q])
        if up > 0.0 and not steady[f]:
            up *= min(1.0, left / ARC_FOR_BRISK)
        found *= (1.0 - up) * tables[f, at] + up * exaggerated[f]
    return found


@njit(cache=True, nogil=True)
def _spread(side, which, severity, same, out):
    """A side that is far for one lesion: its severity there is the near one's with its coupling, else one of its own."""
    for s in range(STATES):
        for c in range(BACKGROUNDS):
            apart = 0.0
            for t in range(STATES):
                apart += severity[t] * (side[t, s, c] if which == 0 else side[s, t, c])
            for t in range(STATES):
                if which == 0:
                    out[t, s, c] = same * side[t, s, c] + (1.0 - same) * apart
                else:
                    out[s, t, c] = same * side[s, t, c] + (1.0 - same) * apart


@njit(cache=True, nogil=True)
def _midline(one, two, lefts, rights, mid, healthy, out):
    """P(midline findings | two rows, states of both, background), where `lefts` and `rights` are the patterns of the sides."""
    alone, backgrounds, tables, when_lost, when_kept, normal, skin = mid
    out[:] = 1.0
    reassuring = np.ones((STATES, STATES, BACKGROUNDS))
    values = np.empty((LOSSES, LOSSES, BACKGROUNDS))
    for f in range(len(alone)):
        rest = 0.5 * (when_kept[f, one] + when_kept[f, two])
        for x in range(LOSSES):
            for y in range(LOSSES):
                both = alone[f, lefts[0], x] * alone[f, lefts[1], y] + alone[f, rights[0], x] * alone[f, rights[1], y]
                for c in range(BACKGROUNDS):
                    at = int(min(max(0.5 * both * backgrounds[f, c] * PLACES + HALF, 0.0), PLACES + HALF))
                    values[x, y, c] = rest + (when_lost[f] - rest) * tables[f, at]
        for s in range(STATES):
            for t in range(STATES):
                x, y = (SENSORY[s], SENSORY[t]) if skin[f] else (MOTOR[s], MOTOR[t])
                for c in range(BACKGROUNDS):
                    if normal[f]:
                        reassuring[s, t, c] *= values[x, y, c]
                    else:
                        out[s, t, c] *= values[x, y, c]
    for s in range(STATES):
        for t in range(STATES):
            for c in range(BACKGROUNDS):
                out[s, t, c] *= (1.0 - REASSURANCE) * reassuring[s, t, c] + REASSURANCE * healthy[c]


@njit(cache=True, nogil=True)
def _side(table, is_left, near, spared, severities, same, out, spare):
    """One side's table for two variants, with the severities that are far there spread."""
    if near[0] != is_left and not spared[0]:
        _spread(table, 0, severities[0], same[0], out)
        if near[1] != is_left and not spared[1]:
            _spread(out, 1, severities[1], same[1], spare)
            return spare
        return out
    if near[1] != is_left and not spared[1]:
        _spread(table, 1, severities[1], same[1], out)
        return out
    return table


@njit(cache=True, nogil=True)
def _summed(severities, background, tables, there, weight):
    """The sum over both states and the background of what the sides and the midline make of two variants."""
    total = 0.0
    for s in range(STATES):
        for t in range(STATES):
            part = 0.0
            for c in range(BACKGROUNDS):
                value = background[c] * weight[s, t, c]
                if there[0]:
                    value *= tables[0][s, t, c]
                if there[1]:
                    value *= tables[1][s, t, c]
                part += value
            total += severities[0][s] * severities[1][t] * part
    return total


@njit(cache=True, nogil=True)
def weigh(found, chosen, variants, rows, sides, mid, healthy, background):
    """P(findings of the body | two rows) of each pair: (pairs,). `there` says which sides have findings, and so tables."""
    start, order = variants
    patterns, near_is_left, share, severity, coupling, whole = rows
    tables, seen, there, count = sides
    buffers, weight = np.empty((4, STATES, STATES, BACKGROUNDS)), np.ones((STATES, STATES, BACKGROUNDS))
    # with findings on one side alone, whose severity is whose changes nothing: each sums to 1
    apart = len(mid[0]) > 0 or (there[0] and there[1])
    for n in range(len(found)):
        one, two = chosen[0][n], chosen[1][n]
        severities, same = (severity[one], severity[two]), (coupling[one], coupling[two])
        total = 0.0
        for v in order[start[one] : start[one + 1]]:
            for w in order[start[two] : start[two + 1]]:
                near = (near_is_left[v], near_is_left[w])
                left, right = tables[0][0], tables[1][0]
                if there[0]:
                    left = tables[0][seen[0][patterns[0, v] * count + patterns[0, w]]]
                if there[1]:
                    right = tables[1][seen[1][patterns[1, v] * count + patterns[1, w]]]
                if apart and there[0]:
                    spared = (patterns[0, v] == whole, patterns[0, w] == whole)
                    left = _side(left, True, near, spared, severities, same, buffers[0], buffers[1])
                if apart and there[1]:
                    spared = (patterns[1, v] == whole, patterns[1, w] == whole)
                    right = _side(right, False, near, spared, severities, same, buffers[2], buffers[3])
                if len(mid[0]):
                    lefts, rights = (patterns[0, v], patterns[0, w]), (patterns[1, v], patterns[1, w])
                    _midline(one, two, lefts, rights, mid, healthy, weight)
                total += share[v] * share[w] * _summed(severities, background, (left, right), there, weight)
        found[n] = total
