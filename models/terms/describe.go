package terms

import (
	"slices"
	"strings"
)

// Clause is a paragraph of the customer's terms page.
type Clause struct {
	Heading   string
	Sentences []string
}

// Describe writes the customer's terms page in "ko" or "en": everything that the document promises, and nothing else.
func (t *Terms) Describe(locale string) []Clause {
	s := t.speak(locale)
	var page []Clause
	add := func(heading string, sentences []string) {
		if len(sentences) > 0 {
			page = append(page, Clause{heading, sentences})
		}
	}
	add(s.headings.earn, s.earning())
	add(s.headings.use, distinct(append(s.using(), s.giving()...)))
	add(s.headings.last, distinct(s.lasting()))
	add(s.headings.tiers, s.tiers())
	add(s.headings.birthday, distinct(s.birthdays()))
	add(s.offerWords().heading, s.coupons())
	add(s.offerWords().rewards, s.rewards())
	add(s.planWords().heading, s.plans())
	add(s.referralWords().heading, s.referral())
	add(s.headings.refund, s.refunds())
	return page
}

// distinct leaves out what was said before. What bounds a rule, a coupon or a reward is said with each of them.
func distinct(sentences []string) (once []string) {
	for _, sentence := range sentences {
		if !slices.Contains(once, sentence) {
			once = append(once, sentence)
		}
	}
	return once
}

func (s speaker) earning() (all []string) {
	if len(s.terms.Earning) > 0 {
		all = append(all, s.pay.joins[s.terms.Enrolment.Automatic])
	}
	money := false
	for i := range s.terms.Earning {
		r := &s.terms.Earning[i]
		all = append(all, s.rule(r)...)
		money = money || !s.isHappening(r) && (r.Award.Kind == Rate || r.Award.Kind == PerAmount)
	}
	if money {
		all = append(all, s.basis(s.terms.Basis, s.paying()))
	}
	return slices.Concat(all, s.minimums(), s.calendar(s.limited()), s.together(), s.partners())
}

// paying names the units that pay, empty where none does.
func (s speaker) paying() string {
	var names []string
	for i := range s.terms.Redemptions {
		if u := s.terms.Unit(s.terms.Redemptions[i].Unit); u != nil {
			names = append(names, s.name(u))
		}
	}
	return strings.Join(names, ", ")
}

// together says which rules pay beside each other and which do not, and how much can be held.
func (s speaker) together() (all []string) {
	if s.meet(func(r *Rule) bool { return !r.IsBonus() }) {
		all = append(all, s.bonus.sum)
	}
	for _, group := range s.terms.Groups {
		var names []string
		for i := range s.terms.Earning {
			if r := &s.terms.Earning[i]; r.Group == group.Code {
				names = append(names, r.Name.In(s.locale))
			}
		}
		if len(names) > 0 {
			all = append(all, s.bonus.group(group.Mode, names))
		}
	}
	for i := range s.terms.Earning {
		r := &s.terms.Earning[i]
		ends := func(later Rule) bool { return later.IsBonus() || !r.IsBonus() }
		if r.Last && slices.ContainsFunc(s.terms.Earning[i+1:], ends) {
			all = append(all, s.bonus.last(r.Name.In(s.locale), r.IsBonus()))
		}
	}
	if s.meet(func(r *Rule) bool { return r.Award.Kind == Times }) {
		all = append(all, s.bonus.multiply)
	}
	for i := range s.terms.Units {
		if unit := &s.terms.Units[i]; unit.Most > 0 {
			all = append(all, s.bonus.most(s.name(unit), s.pts(unit.Most, unit)))
		}
	}
	return all
}

// meet reports whether one event can come upon two such rules of one unit, of which no group chooses one.
func (s speaker) meet(such func(*Rule) bool) bool {
	for i := range s.terms.Earning {
		a := &s.terms.Earning[i]
		for j := range s.terms.Earning[:i] {
			b := &s.terms.Earning[j]
			bought := !s.isHappening(a) && !s.isHappening(b)
			free := a.Group == "" || a.Group != b.Group
			if a.Unit == b.Unit && free && such(a) && such(b) && (bought || a.When == b.When && a.Event == b.Event) {
				return true
			}
		}
	}
	return false
}
