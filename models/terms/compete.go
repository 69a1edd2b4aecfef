package terms

import "slices"

// compete leaves, of the awards from an index on, those that the chain so far and their groups let pay. Awards stand in
// the order of the document.
func (e *evaluation) compete(from int) {
	if !e.program.competes {
		return
	}
	paying := e.awards[from:]
	if e.ended > 0 {
		paying = slices.DeleteFunc(paying, func(a Award) bool { return a.Rule >= e.ended })
	}
	before := slices.Clone(paying)
	paying = slices.DeleteFunc(paying, func(a Award) bool {
		return slices.ContainsFunc(before, func(b Award) bool { return e.beats(&b, &a) })
	})
	e.awards = e.awards[:from+len(e.exclude(paying))]
}

// chain ends the awards with the first whose rule says that it is the last (S-E3).
func (e *evaluation) chain() {
	if last := slices.IndexFunc(e.awards, func(a Award) bool { return e.ruleOf(&a).Last }); last >= 0 {
		e.ended = e.awards[last].Rule + 1
		e.awards = e.awards[:last+1]
	}
}

func (e *evaluation) ruleOf(a *Award) *rule { return &e.program.rules[a.Rule] }

// beats reports whether an award keeps another of its group from paying.
func (e *evaluation) beats(a, b *Award) bool {
	group := e.ruleOf(a).group
	if a.Rule == b.Rule || group == nil || group != e.ruleOf(b).group {
		return false
	}
	if group.Mode == GroupBest && a.Points != b.Points {
		return a.Points > b.Points
	}
	return a.Rule < b.Rule
}

// taken reports whether an exclusive award is among those of a unit.
func (e *evaluation) taken(unit *Unit, awards []Award) bool {
	return slices.ContainsFunc(awards, func(a Award) bool {
		group := e.ruleOf(&a).group
		return a.Unit == unit.Code && group != nil && group.Mode == GroupExclusive
	})
}

// exclude leaves an exclusive award alone in its unit (S-E2).
func (e *evaluation) exclude(paying []Award) []Award {
	alone := map[string]int{}
	for i := range paying {
		group := e.ruleOf(&paying[i]).group
		if _, taken := alone[paying[i].Unit]; !taken && group != nil && group.Mode == GroupExclusive {
			alone[paying[i].Unit] = paying[i].Rule
		}
	}
	return slices.DeleteFunc(paying, func(a Award) bool {
		only, exclusive := alone[a.Unit]
		return exclusive && a.Rule != only
	})
}
