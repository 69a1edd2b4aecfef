package terms

import (
	"slices"

	"dangol/models"
	"dangol/models/calendar"
)

// Bounds of what a document may say. They keep all arithmetic within 64 bits for any order up to models.MaxMoney.
const (
	maxPart    = 1_000_000 // of a ratio, and points of one formula
	maxTimes   = 1_000     // a ratio may multiply by this at most
	maxBalance = 1_000_000_000
	maxList    = 100
)

// Validate finds every fault of the document: a JSON pointer, a stable code and the numbers that its words need.
func (t *Terms) Validate() []models.FieldError {
	v := validator{terms: t, tiers: map[string]bool{}, units: map[string]bool{}, coupons: map[string]bool{}, groups: map[string]bool{}}
	v.head()
	v.allUnits()
	v.tierPlan()
	v.unitEnds()
	v.allGroups()
	v.allCoupons()
	v.plans()
	v.rewards()
	v.allRules()
	v.redemptions()
	v.occasions()
	v.grants()
	v.transfers()
	v.causes()
	v.partners()
	v.referral()
	return v.faults
}

// validator walks through a document and remembers the codes that its later parts may name.
type validator struct {
	faults
	terms                 *Terms
	units, tiers, coupons map[string]bool
	groups                map[string]bool
}

func (v *validator) head() {
	t := v.terms
	if t.Schema != Schema {
		v.add("/schema", "not_one_of", "value", t.Schema, "allowed", []int{Schema})
	}
	v.text("/name", t.Name)
	if len(t.Currency) != 3 || slices.ContainsFunc([]byte(t.Currency), func(b byte) bool { return b < 'A' || b > 'Z' }) {
		v.add("/currency", "malformed", "value", t.Currency)
	}
	oneOf(&v.faults, "/refunds/shortfall", t.Refunds.Shortfall, "", Deficit, Forgive)
	v.within("/refunds/courtesy_days", int64(t.Refunds.CourtesyDays), 0, 365)
	v.within("/comparison/percent", int64(t.Comparison.Percent), 0, 50)
	v.within("/comparison/audience", int64(t.Comparison.Audience), 0, maxBalance)
}

func (v *validator) allUnits() {
	v.within("/units", int64(len(v.terms.Units)), 1, 10)
	for i := range v.terms.Units {
		v.unit(pointer("/units").index(i), &v.terms.Units[i])
	}
}

func (v *validator) unit(at pointer, u *Unit) {
	v.code(at.key("code"), u.Code, v.units)
	v.text(at.key("name"), u.Name)
	oneOf(&v.faults, at.key("kind"), u.Kind, Spendable, Qualifying)
	v.within(at.key("decimals"), int64(u.Decimals), 0, 4)
	v.within(at.key("worth").key("money"), u.Worth.Money, 0, maxBalance)
	if u.Worth.Money > 0 || u.Worth.Points != 0 {
		v.within(at.key("worth").key("points"), u.Worth.Points, 1, maxPart)
	}
	v.within(at.key("most"), u.Most, 0, maxBalance)
}

func (v *validator) allGroups() {
	v.within("/groups", int64(len(v.terms.Groups)), 0, maxList)
	for i, g := range v.terms.Groups {
		at := pointer("/groups").index(i)
		v.code(at.key("code"), g.Code, v.groups)
		oneOf(&v.faults, at.key("mode"), g.Mode, GroupBest, GroupFirst, GroupExclusive)
	}
}

func (v *validator) redemptions() {
	seen := map[string]bool{}
	for i := range v.terms.Redemptions {
		at, r := pointer("/redemptions").index(i), &v.terms.Redemptions[i]
		v.known(at.key("unit"), r.Unit, v.units)
		if seen[r.Unit] {
			v.add(at.key("unit"), "taken", "value", r.Unit)
		}
		seen[r.Unit] = true
		v.redemption(at, r)
	}
}

func (v *validator) redemption(at pointer, r *Redemption) {
	v.within(at.key("minimum"), r.Minimum, 0, maxBalance)
	v.within(at.key("step"), r.Step, 0, maxBalance)
	v.within(at.key("share"), int64(r.Share), 1, 100)
	if r.Step > 0 && r.Minimum%r.Step != 0 {
		v.add(at.key("minimum"), "not_whole_steps", "step", r.Step)
	}
	oneOf(&v.faults, at.key("beyond"), r.Beyond, "", Clamp, Refuse)
	v.within(at.key("reserve_minutes"), int64(r.Minutes), 0, 10_080)
	unit := v.terms.Unit(r.Unit)
	switch {
	case unit == nil || r.Unit == "":
	case unit.Kind == Qualifying:
		v.add(at.key("unit"), "not_spendable", "value", r.Unit)
	case r.Item == nil && unit.Worth.Money == 0:
		v.add(at.key("unit"), "without_worth", "value", r.Unit)
	}
	if r.Item != nil {
		v.text(at.key("item").key("name"), r.Item.Name)
		v.within(at.key("item").key("up_to"), r.Item.UpTo, 1, models.MaxMoney)
		v.within(at.key("step"), r.Step, 1, maxBalance)
	}
}

func (v *validator) occasions() {
	seen := map[string]bool{}
	for i := range v.terms.Occasions {
		at, o := pointer("/occasions").index(i), &v.terms.Occasions[i]
		v.code(at.key("code"), o.Code, seen)
		oneOf(&v.faults, at.key("kind"), o.Kind, OnBirthday)
		v.known(at.key("coupon"), o.Coupon, v.coupons)
		v.within(at.key("lead_days"), int64(o.Lead), 0, 14)
		v.within(at.key("after_days"), int64(o.After), 0, 60)
		v.within(at.key("member_days"), int64(o.MemberFor), 0, 3650)
		rules := at.key("rules")
		oneOf(&v.faults, rules.key("leap_day"), o.Rules.LeapDay, "", calendar.Feb28, calendar.Mar1, calendar.LeapOnly)
		oneOf(&v.faults, rules.key("leap_month"), o.Rules.LeapMonth, "", calendar.PlainMonth, calendar.InLeapMonth)
	}
}

func (v *validator) grants() {
	seen := map[models.Role]bool{}
	for i, g := range v.terms.Grants {
		at := pointer("/grants").index(i)
		oneOf(&v.faults, at.key("role"), g.Role, models.Roles...)
		if seen[g.Role] {
			v.add(at.key("role"), "taken", "value", string(g.Role))
		}
		seen[g.Role] = true
		v.within(at.key("once"), g.Once, 0, maxBalance)
		v.within(at.key("per_day"), g.PerDay, 0, maxBalance)
		if g.PerDay > 0 && g.Once > g.PerDay {
			v.add(at.key("once"), "above_day", "max", g.PerDay)
		}
	}
}
