"""The compiled sums of one case: what `sides`, `posterior` and `pairs` add up with NumPy, state by state and with nothing stored between.

Compiled by numba, which only this file imports; who imports it has decided to wait for that (`compiled.switch_on`). Of each case a side's
findings come as numbers of tables in the library and as tables P(value | kept); see `coded`. Losses stand in the order of
`library.STATES`, the 13 of 25 pairs of motor and sensory loss that any lesion has.

Most of the time goes into looking values up. A lookup is one byte and one product, so what costs is to fetch and to put back the products
so far: four findings are taken at a time, and patterns in spans whose products stay in the first-level cache.
"""

import numpy as np
from numba import njit

from lasegue.inference.library import MOTOR_STATE, SENSORY_STATE
from lasegue.inference.midline import REASSURANCE
from lasegue.model.terms import STATEMENT_TRUST

MOTOR_OF = np.array(MOTOR_STATE)
SENSORY_OF = np.array(SENSORY_STATE)
STATES = len(MOTOR_STATE)
LOST = 4
"""Losses above 0; at 0 all that is read is kept, whatever the pattern."""
LOSSES = LOST + 1
BACKGROUNDS = 3
SPAN = 512
"""About how many products stand in a span of patterns: two of 8 bytes each, by reliability."""


@njit(cache=True, nogil=True)
def looked(well, badly, places, slots, start, tables, chosen):
    """Multiply by the values of chosen findings, by reliability: places (slots, states) from `start` on, tables (f, grid, 2)."""
    n, stop = 0, start + len(well)
    while n + 4 <= len(chosen):
        e, f, g, h = chosen[n], chosen[n + 1], chosen[n + 2], chosen[n + 3]
        one, two, three, four = tables[e], tables[f], tables[g], tables[h]
        at_one, at_two = places[slots[e], start:stop], places[slots[f], start:stop]
        at_three, at_four = places[slots[g], start:stop], places[slots[h], start:stop]
        for j in range(len(well)):
            i, k, m, o = at_one[j], at_two[j], at_three[j], at_four[j]
            well[j] *= (one[i, 0] * two[k, 0]) * (three[m, 0] * four[o, 0])
            badly[j] *= (one[i, 1] * two[k, 1]) * (three[m, 1] * four[o, 1])
        n += 4
    while n + 2 <= len(chosen):
        e, f = chosen[n], chosen[n + 1]
        one, two = tables[e], tables[f]
        at_one, at_two = places[slots[e], start:stop], places[slots[f], start:stop]
        for j in range(len(well)):
            i, k = at_one[j], at_two[j]
            well[j] *= one[i, 0] * two[k, 0]
            badly[j] *= one[i, 1] * two[k, 1]
        n += 2
    if n < len(chosen):
        e = chosen[n]
        one, at_one = tables[e], places[slots[e], start:stop]
        for j in range(len(well)):
            well[j] *= one[at_one[j], 0]
            badly[j] *= one[at_one[j], 1]


@njit(cache=True, nogil=True)
def stated(well, badly, one, two):
    """Multiply by a statement: true of each of its movements, or never tested."""
    for j in range(len(one)):
        well[j] *= STATEMENT_TRUST * one[j] + (1.0 - STATEMENT_TRUST)
        badly[j] *= STATEMENT_TRUST * two[j] + (1.0 - STATEMENT_TRUST)


@njit(cache=True, nogil=True)
def _muscles(places, slots, span, tables, groups, factors, room):
    """P(all that reads muscles | pattern, states) for a span of patterns, by reliability, into the first two rows of `room`."""
    first, count, wide = span
    well, badly, one, two = room[0, : count * wide], room[1, : count * wide], room[2, : count * wide], room[3, : count * wide]
    well[:], badly[:] = 1.0, 1.0
    spoilt = np.zeros(len(slots), np.bool_)
    for f in range(len(slots)):
        spoilt[f] = groups[f] == 0 and factors[f].max() > 0.0
    looked(well, badly, places, slots, first * wide, tables, np.flatnonzero((groups == 0) & ~spoilt))
    for e in np.flatnonzero(spoilt):
        one[:], two[:] = 1.0, 1.0
        looked(one, two, places, slots, first * wide, tables, np.array([e]))
        for j in range(count * wide):
            spare = 1.0 - factors[e, first + j // wide]
            well[j] *= 1.0 - (1.0 - one[j]) * spare
            badly[j] *= 1.0 - (1.0 - two[j]) * spare
    for group in range(1, groups.max() + 1):
        one[:], two[:] = 1.0, 1.0
        looked(one, two, places, slots, first * wide, tables, np.flatnonzero(groups == group))
        stated(well, badly, one, two)


@njit(cache=True, nogil=True)
def _power(places, intact, slots, tables, groups, factors, trust, out):
    """Power and what else reads muscles, mixed over reliability, into out (c, p, a, g); `places` (slots, c, p × a × g), a above 0."""
    patterns, anatomies = out.shape[1], out.shape[3]
    wide = LOST * anatomies
    step = max(1, SPAN // wide)
    room = np.empty((4, max(step * wide, patterns)))
    at_no_loss, alone = np.empty((len(slots), patterns), np.uint8), np.arange(len(slots))
    for c in range(BACKGROUNDS):
        for f in range(len(slots)):
            at_no_loss[f] = intact[slots[f], c]
        _muscles(at_no_loss, alone, (0, patterns, 1), tables, groups, factors, room)
        for p in range(patterns):
            out[c, p, 0] = trust[0] * room[0, p] + trust[1] * room[1, p]
        for first in range(0, patterns, step):
            count = min(step, patterns - first)
            _muscles(places[:, c], slots, (first, count, wide), tables, groups, factors, room)
            for p in range(count):
                mine, well, badly = out[c, first + p].reshape(-1)[anatomies:], room[0, p * wide :], room[1, p * wide :]
                for j in range(wide):
                    mine[j] = trust[0] * well[j] + trust[1] * badly[j]


@njit(cache=True, nogil=True)
def _senses(places, intact, slots, tables, extras, extra, same, trust, maps, out):
    """Sensation, mixed over reliability and maps, into out (c, p, b, g); `places` (slots, c, p × maps × b × g), b above 0."""
    patterns, anatomies = out.shape[1], out.shape[3]
    part = LOST * anatomies
    wide = part * len(maps)
    step = max(1, SPAN // wide)
    well, badly = np.empty(step * wide), np.empty(step * wide)
    plain, told = np.flatnonzero(extras < 0), np.flatnonzero(extras >= 0)
    for c in range(BACKGROUNDS):
        if c == 1 and same:
            out[1, :, 1:] = out[0, :, 1:]
            continue
        for first in range(0, patterns, step):
            count = min(step, patterns - first)
            good, poor = well[: count * wide], badly[: count * wide]
            good[:], poor[:] = 1.0, 1.0
            looked(good, poor, places[:, c], slots, first * wide, tables, plain)
            for f in told:
                row, table = places[slots[f], c, first * wide : (first + count) * wide], tables[f]
                for j in range(count * wide):
                    spare = 1.0 - extra[extras[f], first + j // wide, j % wide // part * anatomies + j % anatomies]
                    good[j] *= 1.0 - (1.0 - table[row[j], 0]) * spare
                    poor[j] *= 1.0 - (1.0 - table[row[j], 1]) * spare
            _over_maps(good, poor, first, count, trust, maps, out[c])
    _at_no_loss(intact, slots, tables, extras, extra, trust, maps, out)


@njit(cache=True, nogil=True)
def _over_maps(good, poor, first, count, trust, maps, out):
    """Mix over maps and reliability what a span of patterns (p × maps × b × g) shows, into out (p, b, g), b above 0."""
    anatomies = out.shape[2]
    part, at = LOST * anatomies, 0
    for p in range(first, first + count):
        mine = out[p].reshape(-1)[anatomies:]
        mine[:] = 0.0
        for d in range(len(maps)):
            one, two = maps[d] * trust[0], maps[d] * trust[1]
            well, badly = good[at : at + part], poor[at : at + part]
            for j in range(part):
                mine[j] += one * well[j] + two * badly[j]
            at += part


@njit(cache=True, nogil=True)
def _at_no_loss(intact, slots, tables, extras, extra, trust, maps, out):
    """Sensation at no loss, by anatomy, for irritation alone tells of it: into out (c, p, 0, g)."""
    anatomies = out.shape[3]
    told = False
    for f in range(len(slots)):
        told = told or extras[f] >= 0
    for c in range(BACKGROUNDS):
        for p in range(out.shape[1]):
            for g in range(anatomies):
                if not told and (p > 0 or g > 0):
                    out[c, p, 0, g] = out[c, 0, 0, 0]
                    continue
                total = 0.0
                for d in range(len(maps)):
                    one = two = 1.0
                    for f in range(len(slots)):
                        at = intact[slots[f], c]
                        spare = 1.0 if extras[f] < 0 else 1.0 - extra[extras[f], p, d * anatomies + g]
                        one *= 1.0 - (1.0 - tables[f, at, 0]) * spare
                        two *= 1.0 - (1.0 - tables[f, at, 1]) * spare
                    total += maps[d] * (trust[0] * one + trust[1] * two)
                out[c, p, 0, g] = total


@njit(cache=True, nogil=True)
def _reflexes(places, lifts, slots, tables, ups, exaggerated, steady, out):
    """Reflexes: out (c, p, states × g), places (slots, c, p × states × g). `steady` ones are exaggerated whatever is left of the arc."""
    wide = out.shape[2]
    for c in range(BACKGROUNDS):
        for p in range(out.shape[1]):
            start, stop, mine = p * wide, (p + 1) * wide, out[c, p]
            mine[:] = 1.0
            for f in range(len(slots)):
                row, table, up = places[slots[f], c, start:stop], tables[f], ups[f, p]
                if up == 0.0:
                    for j in range(wide):
                        mine[j] *= table[row[j]]
                else:
                    lift = lifts[slots[f], c, start:stop]
                    for j in range(wide):
                        share = up if steady[f] else up * lift[j]
                        mine[j] *= (1.0 - share) * table[row[j]] + share * exaggerated[f]


@njit(cache=True, nogil=True)
def _by_state(first, found, anatomy, by_motor, by_sense, by_arc, rate):
    """Sum over anatomies, at the pairs of losses that there are."""
    anatomies = len(anatomy)
    strong = np.empty((LOSSES, anatomies))
    for c in range(BACKGROUNDS):
        for p in range(by_motor.shape[1]):
            felt, jerk = by_sense[c, p], by_arc[c, p]
            for a in range(LOSSES):
                for g in range(anatomies):
                    strong[a, g] = by_motor[c, p, a, g] * anatomy[g] * rate[first + p]
            for s in range(STATES):
                a, b, total = MOTOR_OF[s], SENSORY_OF[s], 0.0
                for g in range(anatomies):
                    total += strong[a, g] * felt[b, g] * jerk[s * anatomies + g]
                found[first + p, s, c] = total


@njit(cache=True, nogil=True)
def side_of(first, found, block, shares, trusts, power, sense, arcs, rate):
    """P(findings of a side | pattern, state, background) of one block, into `found` (patterns, states, 3) from pattern `first` on."""
    motor, motor_whole, skin, skin_whole, reflex, lifts = block
    anatomy, maps = shares
    m_slots, m_tables, m_groups, m_factors = power
    s_slots, s_tables, extras, extra, same = sense
    k_slots, k_tables, ups, exaggerated, steady = arcs
    count = motor.shape[2] // (LOST * len(anatomy))
    by_motor = np.empty((BACKGROUNDS, count, LOSSES, len(anatomy)))
    by_sense = np.empty((BACKGROUNDS, count, LOSSES, len(anatomy)))
    by_arc = np.empty((BACKGROUNDS, count, STATES * len(anatomy)))
    if len(m_slots):
        _power(motor, motor_whole, m_slots, m_tables, m_groups, m_factors[:, first:], trusts[0], by_motor)
    else:
        by_motor[:] = 1.0
    if len(s_slots):
        _senses(skin, skin_whole, s_slots, s_tables, extras, extra, same, trusts[1], maps, by_sense)
    else:
        by_sense[:] = 1.0
    _reflexes(reflex, lifts, k_slots, k_tables, ups[:, first:], exaggerated, steady, by_arc)
    _by_state(first, found, anatomy, by_motor, by_sense, by_arc, rate)


@njit(cache=True, nogil=True)
def middle_of(background, mid, healthy, told):
    """P(midline findings | variant, state, background), times the background's share: told (variants, states, 3)."""
    places, tables, when_lost, when_kept, normal, skin = mid
    for v in range(len(told)):
        for s in range(STATES):
            for c in range(BACKGROUNDS):
                telling = reassuring = 1.0
                for f in range(len(places)):
                    at = places[f, v, SENSORY_OF[s] if skin[f] else MOTOR_OF[s], c]
                    value = when_kept[f, v] + (when_lost[f] - when_kept[f, v]) * tables[f, at]
                    if normal[f]:
                        reassuring *= value
                    else:
                        telling *= value
                told[v, s, c] = background[c] * telling * ((1.0 - REASSURANCE) * reassuring + REASSURANCE * healthy[c])


@njit(cache=True, nogil=True)
def _both_sides(states, kept, spared, mine, other, weight):
    """Sum over the states of a variant whose far side has findings: of its own, or of a whole limb where it is `spared`."""
    total = 0.0
    for c in range(BACKGROUNDS):
        apart = 0.0
        if spared:
            apart = other[0, c]
        else:
            for s in range(STATES):
                apart += states[s] * other[s, c]
        for s in range(STATES):
            if states[s] > 0.0:
                beside = apart if spared else kept * other[s, c] + (1.0 - kept) * apart
                total += states[s] * mine[s, c] * beside * weight[s, c]
    return total


@njit(cache=True, nogil=True)
def variants_of(found, sides, told, rows, severity, same, background, mid, healthy):
    """P(findings of the body | variant), times its share, into `found`: (variants,). `told` says which of the two sides has findings."""
    near, far, near_is_left, lesion, share, spared = rows
    weights = np.empty((len(near) if len(mid[0]) else 1, STATES, BACKGROUNDS))
    weights[:] = background
    if len(mid[0]):
        middle_of(background, mid, healthy, weights)
    for v in range(len(near)):
        here = 0 if near_is_left[v] else 1
        there = 1 - here
        weight, states = weights[v if len(weights) > 1 else 0], severity[lesion[v]]
        mine = sides[here][near[v]]
        if told[there]:
            found[v] = share[v] * _both_sides(states, same[lesion[v]], spared[v], mine, sides[there][far[v]], weight)
            continue
        total = 0.0
        for s in range(STATES):
            part = 0.0
            for c in range(BACKGROUNDS):
                part += mine[s, c] * weight[s, c]
            total += states[s] * part
        found[v] = total * share[v]
