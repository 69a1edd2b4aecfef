package terms

import (
	"slices"

	"dangol/models"
	"dangol/models/calendar"
)

// Plan is a membership that is paid for: what one period costs, and what comes with it while it is active. Rules ask for
// it by the condition conditions.Plan, coupons by CouponKind.Plans. The shop takes the money; see PlanPeriod.
type Plan struct {
	Code     string   `json:"code"`
	Name     Text     `json:"name"`
	Price    Money    `json:"price,omitempty"`      // of one period, minor units; 0: nothing
	Per      PlanSpan `json:"per"`                  // how long a period is
	Trial    int      `json:"trial_days,omitempty"` // so many days for nothing, once a member
	Renews   bool     `json:"renews,omitempty"`     // another period follows by itself, at the price of that day's terms
	Grace    int      `json:"grace_days,omitempty"` // a period that is not paid for ends after so many days; 0: 7
	Coupons  []string `json:"coupons,omitempty"`    // given once a period, when it is paid for
	Benefits []Text   `json:"benefits,omitempty"`   // what is no number: free delivery, early access
}

// PlanSpan names the length of a period.
type PlanSpan string

// The lengths.
const (
	PlanWeek  PlanSpan = "week"
	PlanMonth PlanSpan = "month"
	PlanYear  PlanSpan = "year"
	PlanLife  PlanSpan = "life" // one fee, for ever
)

func (s PlanSpan) months() int {
	switch s {
	case PlanMonth:
		return 1
	case PlanYear:
		return 12
	default:
		return 0
	}
}

// defaultGrace is how long a period may be unpaid where the terms say nothing.
const defaultGrace = 7

// PlanPeriod is one period of a subscription: its days, and what it costs.
type PlanPeriod struct {
	Anchor calendar.Date // the first day of the period from which months are counted, so that the 31st comes back after February
	From   calendar.Date
	Until  calendar.Date // its last day; zero: it has none
	Price  Money
	Trial  bool
}

// Begin is the first period of a subscription that begins on a day.
func (p *Plan) Begin(day calendar.Date, trial bool) PlanPeriod {
	if trial && p.Trial > 0 {
		return PlanPeriod{Anchor: day, From: day, Until: day.AddDays(p.Trial - 1), Trial: true}
	}
	return p.period(day, day)
}

// After is the period that follows another one.
func (p *Plan) After(last PlanPeriod) PlanPeriod {
	from := last.Until + 1
	if last.Trial {
		return p.period(from, from)
	}
	return p.period(last.Anchor, from)
}

// period is the one that begins on a day, counted from an anchor unless it is none of that anchor's.
func (p *Plan) period(anchor, from calendar.Date) PlanPeriod {
	next := PlanPeriod{Anchor: from, From: from, Price: p.Price}
	switch each := p.Per.months(); {
	case p.Per == PlanWeek:
		next.Until = from.AddDays(6)
	case each > 0:
		gone := 12*(from.Year()-anchor.Year()) + int(from.Month()-anchor.Month())
		if anchor.AddMonths(gone) != from {
			anchor, gone = from, 0
		}
		next.Anchor, next.Until = anchor, anchor.AddMonths(gone+each)-1
	}
	return next
}

// PayBy is the last day on which a period that costs something may be unpaid.
func (p *Plan) PayBy(period PlanPeriod) calendar.Date {
	grace := p.Grace
	if grace == 0 {
		grace = defaultGrace
	}
	return period.From.AddDays(grace - 1)
}

// Plan finds a plan by its code, or nil.
func (t *Terms) Plan(code string) *Plan {
	for i := range t.Plans {
		if t.Plans[i].Code == code {
			return &t.Plans[i]
		}
	}
	return nil
}

// HeldPlan says on which days a member has a plan.
type HeldPlan struct {
	Plan  string
	From  calendar.Date
	Until calendar.Date // its last day as things stand; zero: for ever
}

// holds reports whether the member has, on a day, a plan whose code will do.
func (m *Member) holds(day calendar.Date, will func(string) bool) bool {
	return slices.ContainsFunc(m.Plans, func(h HeldPlan) bool {
		return h.From <= day && (h.Until.IsZero() || day <= h.Until) && will(h.Plan)
	})
}

// plans: a price that rises counts from the next period on, and is told before like any loss.
func (w *losses) plans(before, after *Terms) {
	for i := range before.Plans {
		old := &before.Plans[i]
		now, at := place(w, "/plans", i, after.Plans, old.Name, func(p *Plan) bool { return p.Code == old.Code })
		if now == nil {
			continue
		}
		w.note(models.LosesPrice, at.key("price"), old.Name, now.Price > old.Price)
		w.note(models.LosesPeriod, at.key("per"), old.Name, now.Per != old.Per)
		w.note(models.LosesDays, at.key("trial_days"), old.Name, now.Trial < old.Trial)
		w.note(models.LosesCoupon, at.key("coupons"), old.Name, slices.ContainsFunc(old.Coupons, func(c string) bool { return !slices.Contains(now.Coupons, c) }))
		w.note(models.LosesGone, at.key("benefits"), old.Name, slices.ContainsFunc(old.Benefits, func(b Text) bool { return !slices.Contains(now.Benefits, b) }))
	}
}

func (v *validator) plans() {
	seen := map[string]bool{}
	v.within("/plans", int64(len(v.terms.Plans)), 0, maxList)
	for i := range v.terms.Plans {
		at, p := pointer("/plans").index(i), &v.terms.Plans[i]
		v.code(at.key("code"), p.Code, seen)
		v.text(at.key("name"), p.Name)
		v.within(at.key("price"), p.Price, 0, models.MaxMoney)
		oneOf(&v.faults, at.key("per"), p.Per, PlanWeek, PlanMonth, PlanYear, PlanLife)
		v.within(at.key("trial_days"), int64(p.Trial), 0, maxWait)
		v.within(at.key("grace_days"), int64(p.Grace), 0, p.mostGrace())
		if p.Per == PlanLife && p.Renews {
			v.add(at.key("renews"), "not_with", "field", "per")
		}
		v.within(at.key("coupons"), int64(len(p.Coupons)), 0, maxTiers)
		for j, code := range p.Coupons {
			v.givenCoupon(at.key("coupons").index(j), code)
			if slices.Contains(p.Coupons[:j], code) {
				v.add(at.key("coupons").index(j), "taken", "value", code)
			}
		}
		v.within(at.key("benefits"), int64(len(p.Benefits)), 0, maxTiers)
		for j, benefit := range p.Benefits {
			v.text(at.key("benefits").index(j), benefit)
		}
	}
}

// mostGrace keeps a period from being over before it must be paid for.
func (p *Plan) mostGrace() int64 {
	switch p.Per {
	case PlanWeek:
		return 7
	case PlanMonth:
		return 28
	default:
		return 90
	}
}

// knownPlans demands plans that exist.
func (v *validator) knownPlans(at pointer, codes []string) {
	for i, code := range codes {
		if v.terms.Plan(code) == nil {
			v.add(at.index(i), "unknown_code", "value", code)
		}
	}
}
