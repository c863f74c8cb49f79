"""The compiled screening of pairs of lesions: all of them scored or cut off by a bound, and the best found. See `kernel`."""

import numpy as np
from numba import njit

from lasegue.inference.kernel import stated
from lasegue.inference.kernel_pairs import either, rated, times
from lasegue.inference.pairs import TIE

ROOM = 4096
"""Pairs that are held while better ones are looked for."""


@njit(cache=True, nogil=True)
def _screened_power(first, second, places, slots, tables, groups, factors, trust, out):
    well, badly, one, two = np.ones(len(out)), np.ones(len(out)), np.ones(len(out)), np.ones(len(out))
    for f in range(len(slots)):
        row, good, poor = places[slots[f]], tables[f, 0], tables[f, 1]
        if groups[f] > 0:
            times(one, two, row, tables[f], 0.0)
            if f + 1 == len(slots) or groups[f + 1] != groups[f]:
                stated(well, badly, one, two)
                one[:], two[:] = 1.0, 1.0
        elif factors[f].max() == 0.0:
            times(well, badly, row, tables[f], 0.0)
        else:
            for k in range(len(out)):
                beside = max(factors[f, first[k]], factors[f, second[k]])
                well[k] *= either(good[row[k]], beside)
                badly[k] *= either(poor[row[k]], beside)
    for k in range(len(out)):
        out[k] *= trust[0] * well[k] + trust[1] * badly[k]


@njit(cache=True, nogil=True)
def _screened_sense(places, slots, tables, extras, beside, trust, out):
    well, badly = np.ones(len(out)), np.ones(len(out))
    for f in range(len(slots)):
        row, good, poor = places[slots[f]], tables[f, 0], tables[f, 1]
        if extras[f] < 0:
            times(well, badly, row, tables[f], 0.0)
        else:
            extra = beside[extras[f]]
            for k in range(len(out)):
                well[k] *= either(good[row[k]], extra[k])
                badly[k] *= either(poor[row[k]], extra[k])
    for k in range(len(out)):
        out[k] *= trust[0] * well[k] + trust[1] * badly[k]


@njit(cache=True, nogil=True)
def screened(found, patterns, trusts, power, sense, arcs, rates):
    """P(findings of a side | both patterns act on it) at the loss of the screening, without background: (pairs,)."""
    m_places, m_slots, m_tables, m_groups, m_factors = power
    s_places, s_slots, s_tables, extras, beside = sense
    k_places, k_ups, k_slots, k_tables, exaggerated = arcs
    found[:] = 1.0
    rated(patterns[0], patterns[1], rates[0], rates[1], found)
    if len(m_slots):
        _screened_power(patterns[0], patterns[1], m_places, m_slots, m_tables, m_groups, m_factors, trusts[0], found)
    if len(s_slots):
        _screened_sense(s_places, s_slots, s_tables, extras, beside, trusts[1], found)
    for f in range(len(k_slots)):
        ups, row, table = k_ups[k_slots[f]], k_places[k_slots[f]], k_tables[f]
        for k in range(len(found)):
            found[k] *= (1.0 - ups[k]) * table[row[k]] + ups[k] * exaggerated[f]


@njit(cache=True, nogil=True)
def _insert(heap, value):
    """Put a value in the place of the least of a few, kept in order from the least on."""
    n = 0
    while n + 1 < len(heap) and heap[n + 1] < value:
        heap[n] = heap[n + 1]
        n += 1
    heap[n] = value


@njit(cache=True, nogil=True)
def _bounds(told):
    """The most that the told part of a pair can be, by one of its rows."""
    bound = np.ones(told.shape[1])
    for t in range(len(told)):
        most = told[t].max()
        for r in range(len(bound)):
            bound[r] *= 0.5 * (told[t, r] + most)
    return bound


@njit(cache=True, nogil=True)
def _after(values, order):
    """The most that any row further on in the order has: (rows + 1,)."""
    found = np.zeros(len(order) + 1)
    for n in range(len(order) - 1, -1, -1):
        found[n] = max(found[n + 1], values[order[n]])
    return found


@njit(cache=True, nogil=True)
def best(kept, order, left, right, looks, other, chances, told):
    """The pairs of rows that score best, whichever way round, and those that score as the last of them does: first and second rows.

    `left` and `right` (patterns, patterns) are what the sides say of two patterns, `looks` the patterns of each look; `other` is the second
    look of a row or -1. `order` has rows that promise most first, so that a bound cuts most pairs off.
    """
    prior, unnoticed, together = chances
    bound, most = _bounds(told), left.max() * right.max()
    heap, count = np.zeros(kept), 0
    first, second, scores = np.empty(ROOM, np.intp), np.empty(ROOM, np.intp), np.empty(ROOM)
    prior_after, unnoticed_after = _after(prior, order), _after(unnoticed, order)
    for m in range(len(order)):
        i = order[m]
        limit = (prior[i] * unnoticed_after[m + 1] + unnoticed[i] * prior_after[m + 1]) * together[i].max()
        if limit * bound[i] * most < heap[0] * (1.0 - TIE):
            continue
        for n in range(m + 1, len(order)):
            j = order[n]
            score = (prior[i] * unnoticed[j] + unnoticed[i] * prior[j]) * together[i, j]
            limit, least = min(bound[i], bound[j]), heap[0] * (1.0 - TIE)
            if score <= 0.0 or score * limit * most < least:
                continue
            seen = 0.0
            for x in (i, other[i]):
                for y in (j, other[j]):
                    if x >= 0 and y >= 0:
                        seen = max(seen, left[looks[0, x], looks[0, y]] * right[looks[1, x], looks[1, y]])
            score *= seen
            if score * limit < least:
                continue
            for t in range(len(told)):
                score *= 0.5 * (told[t, i] + told[t, j])
            if score > 0.0 and score >= least:
                _insert(heap, score)
                if count == ROOM:
                    count = _cut(first, second, scores, heap[0])
                first[count], second[count], scores[count] = min(i, j), max(i, j), score
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
