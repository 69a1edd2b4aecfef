package terms

import (
	"time"

	"dangol/models/calendar"
)

// TierFloor sets a tier below which a member does not fall, or with an empty Tier lifts it.
type TierFloor struct {
	Source string // "floor:12"
	At     time.Time
	Day    calendar.Date
	Tier   string
	Until  calendar.Date // its last day; zero: for ever
	Given  bool          // lifting: the tier that is held was given by hand, so that it goes with the floor
}

// SetFloor sets a member's floor, and lifts the member to it at once (S-T3): the tier is safe as long as the floor or, if
// that has no end, as long as one that was reached on this day. Errors: a tier that the plan does not have is refused.
func (p *Program) SetFloor(m *Member, floor *TierFloor) (Outcome, Refusal) {
	plan, out := p.terms.Tiers, Outcome{Day: floor.Day}
	if plan == nil || floor.Tier != "" && plan.index(floor.Tier) < 0 {
		return Outcome{}, Refusal{Code: NoSuchTier}
	}
	t := turn{floor.Day, floor.At, floor.Source}
	m.Tier.Floor, m.Tier.FloorUntil = floor.Tier, floor.Until
	switch deserved := p.deserved(m, floor.Day); {
	case floor.Tier != "" && plan.index(floor.Tier) > p.rank(m):
		p.move(m, plan.index(floor.Tier), TierSet, floor.Day, t, &out)
		if !floor.Until.IsZero() {
			p.valid(m, floor.Until+1, &out)
		}
	case floor.Given && deserved < p.rank(m):
		p.move(m, deserved, TierSet, floor.Day, t, &out)
	}
	return out, Refusal{}
}

// Look looks at a member for no other reason than that something may have changed: custom numbers, or what an import
// counted without posting it.
type Look struct {
	Source  string
	At      time.Time
	Day     calendar.Date
	Numbers []NumberValue // their new values
}

// Look gives a member's numbers their new values and a tier that is reached.
func (p *Program) Look(m *Member, look *Look) Outcome {
	out := Outcome{Day: look.Day}
	for _, number := range look.Numbers {
		m.set(number)
	}
	p.rise(m, turn{max(look.Day, m.SettledTo), look.At, look.Source}, &out)
	return out
}

func (l *Look) day() calendar.Date { return l.Day }

func (l *Look) apply(t *Timeline, m *Member) (out Outcome) {
	if program := t.At(l.At); program != nil {
		out = program.Look(m, l)
	}
	return out
}

// Lower brings a member at once to the tier that is still deserved, because what had lifted them has never been. A floor
// set by hand stays.
func (p *Program) Lower(m *Member, look *Look) (out Outcome) {
	out.Day = look.Day
	if p.terms.Tiers == nil || p.floor(m, look.Day) >= 0 {
		return out
	}
	if reached := p.reached(m, look.Day); reached < p.rank(m) {
		p.move(m, reached, TierFallen, look.Day, turn{look.Day, look.At, look.Source}, &out)
		p.valid(m, 0, &out)
	}
	return out
}
