package forms

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/terms"
	"dangol/views/i18n"
)

// Program is the part of a programme's terms that is edited on one page, as typed. What the page does not show stays as it
// was: see Apply.
type Program struct {
	Rate     string `form:"rate"`  // percent of what is paid
	First    string `form:"first"` // points of the first purchase; empty or 0: none
	FirstMin string `form:"first_min"`
	Hold     string `form:"hold"`   // days until earned points can be used
	From     string `form:"from"`   // smallest use
	Step     string `form:"step"`   // in steps of
	Share    string `form:"share"`  // percent of an order that points may pay
	Months   string `form:"months"` // until points end; 0: never
	ItemUpTo string `form:"item_up_to"`

	TiersOn   string   `form:"tiers_on"` // "on"
	TierCode  []string `form:"tier_code"`
	TierName  []string `form:"tier_name"`
	TierFrom  []string `form:"tier_from"` // spending that reaches it
	TierRate  []string `form:"tier_rate"` // percent, instead of Rate
	Downgrade string   `form:"downgrade"`

	BirthdayOn     string `form:"birthday_on"` // "on"
	BirthdayAmount string `form:"birthday_amount"`
	BirthdayMin    string `form:"birthday_min"`
	Lead           string `form:"lead"`  // days before
	After          string `form:"after"` // days after
	LeapDay        string `form:"leap_day"`
	LeapMonth      string `form:"leap_month"`

	Stamps   bool `form:"-"` // a stamp card: things are counted, Rate and Share are not asked
	Problems Problems
}

// ProgramFrom writes terms into the form as the printer's reader types numbers.
func ProgramFrom(t terms.Terms, p *i18n.Printer) Program {
	f := Program{Downgrade: string(terms.DownOneStep)}
	if rule := purchaseRule(&t); rule != nil {
		f.Rate, f.Hold = percentText(p, rule.Award.Rate), strconv.Itoa(rule.Hold.Days)
		f.Stamps = rule.Award.Kind == terms.PerUnit
	}
	if rule := firstRule(&t); rule != nil {
		f.First, f.FirstMin = p.Number(rule.Award.Points), p.Amount(rule.If.MinAmount)
	}
	if len(t.Redemptions) > 0 {
		use := t.Redemptions[0]
		f.From, f.Step, f.Share = p.Number(use.Minimum), p.Number(max(use.Step, 1)), strconv.Itoa(use.Share)
		if use.Item != nil {
			f.ItemUpTo = p.Amount(use.Item.UpTo)
		}
	}
	if len(t.Units) > 0 {
		f.Months = strconv.Itoa(t.Units[0].Expiry.Months)
	}
	f.fromTiers(&t, p)
	f.fromBirthday(&t, p)
	return f
}

func (f *Program) fromTiers(t *terms.Terms, p *i18n.Printer) {
	if t.Tiers == nil {
		return
	}
	f.TiersOn, f.Downgrade = "on", string(t.Tiers.Downgrade)
	rule := purchaseRule(t)
	for _, tier := range t.Tiers.Tiers {
		f.TierCode = append(f.TierCode, tier.Code)
		f.TierName = append(f.TierName, tier.Name.In(string(p.Locale)))
		f.TierFrom = append(f.TierFrom, p.Amount(tier.Threshold))
		f.TierRate = append(f.TierRate, percentText(p, tierRate(rule, tier.Code)))
	}
}

func (f *Program) fromBirthday(t *terms.Terms, p *i18n.Printer) {
	occasion, coupon := birthday(t)
	if occasion == nil || coupon == nil {
		return
	}
	f.BirthdayOn, f.BirthdayAmount, f.BirthdayMin = "on", p.Amount(coupon.Amount), p.Amount(coupon.Minimum)
	f.Lead, f.After = strconv.Itoa(occasion.Lead), strconv.Itoa(occasion.After)
	f.LeapDay = string(cmp.Or(occasion.Rules.LeapDay, calendar.Feb28))
	f.LeapMonth = string(cmp.Or(occasion.Rules.LeapMonth, calendar.PlainMonth))
}

func purchaseRule(t *terms.Terms) *terms.Rule {
	return ruleWhere(t, func(r terms.Rule) bool {
		return r.When == terms.OnPurchase && (r.Award.Kind == terms.Rate || r.Award.Kind == terms.PerUnit)
	})
}

func firstRule(t *terms.Terms) *terms.Rule {
	return ruleWhere(t, func(r terms.Rule) bool { return r.When == terms.OnFirstPurchase && r.Award.Kind == terms.Fixed })
}

func ruleWhere(t *terms.Terms, fits func(terms.Rule) bool) *terms.Rule {
	if at := slices.IndexFunc(t.Earning, fits); at >= 0 {
		return &t.Earning[at]
	}
	return nil
}

func birthday(t *terms.Terms) (*terms.Occasion, *terms.CouponKind) {
	at := slices.IndexFunc(t.Occasions, func(o terms.Occasion) bool { return o.Kind == terms.OnBirthday })
	if at < 0 {
		return nil, nil
	}
	coupon := slices.IndexFunc(t.Coupons, func(c terms.CouponKind) bool { return c.Code == t.Occasions[at].Coupon })
	if coupon < 0 {
		return &t.Occasions[at], nil
	}
	return &t.Occasions[at], &t.Coupons[coupon]
}

// tierRate is the rate of a tier: the rule's times its factor.
func tierRate(rule *terms.Rule, code string) terms.Ratio {
	if rule == nil {
		return terms.Ratio{}
	}
	for _, factor := range rule.Tiers {
		if factor.Tier == code {
			return terms.Ratio{Num: rule.Award.Rate.Num * factor.Factor.Num, Den: rule.Award.Rate.Den * factor.Factor.Den}
		}
	}
	return rule.Award.Rate
}

// percentText writes a ratio in percent, with up to two decimals.
func percentText(p *i18n.Printer, r terms.Ratio) string {
	if r.Den == 0 {
		return ""
	}
	return p.Rate(r.Num * 10_000 / r.Den)
}

// reading collects the faults of a form while its texts become numbers.
type reading struct {
	faults   models.Faults
	decimals int
}

func (r *reading) note(err error) {
	r.faults.Take(err)
}

func (r *reading) count(field, text string) int64 {
	n, err := Count(field, text)
	r.note(err)
	return n
}

func (r *reading) days(field, text string) int { return int(min(r.count(field, text), 10_000)) }

func (r *reading) money(field, text string) int64 {
	if text == "" {
		return 0
	}
	n, err := Amount(field, text, r.decimals)
	r.note(err)
	return n
}

// percent reads hundredths of a percent as an exact ratio.
func (r *reading) percent(field, text string) terms.Ratio {
	n, err := Percent(field, text)
	r.note(err)
	return terms.Ratio{Num: n, Den: 10_000}
}

// Apply gives base with what the form says; base itself stays as it is. The error is models.Invalid with all faults by the
// form's field names. What the numbers mean together is judged by the terms themselves.
func (f Program) Apply(base terms.Terms) (terms.Terms, error) {
	t, err := terms.Parse(base.Encode()) // a deep copy
	if err != nil {
		return base, err
	}
	r := reading{decimals: i18n.Decimals(t.Currency)}
	f.applyEarning(&t, &r)
	f.applyUse(&t, &r)
	f.applyTiers(&t, &r)
	f.applyBirthday(&t, &r)
	return t, r.faults.Err()
}

func (f Program) applyEarning(t *terms.Terms, r *reading) {
	if rule := purchaseRule(t); rule != nil {
		if rule.Award.Kind == terms.Rate {
			rule.Award.Rate = keep(rule.Award.Rate, r.percent("rate", f.Rate))
		}
		if days := r.days("hold", f.Hold); days != rule.Hold.Days { // a hold of another kind stays unless one is typed
			rule.Hold = terms.Hold{Days: days, NextVisit: rule.Hold.NextVisit}
		}
	}
	points := r.count("first", f.First)
	rule := firstRule(t)
	switch {
	case points == 0:
		t.Earning = slices.DeleteFunc(t.Earning, func(each terms.Rule) bool { return each.When == terms.OnFirstPurchase })
		return
	case rule == nil:
		t.Earning = append(t.Earning, newFirst(t.Units[0].Code))
		rule = &t.Earning[len(t.Earning)-1]
	}
	rule.Award.Points, rule.If.MinAmount = points, r.money("first_min", f.FirstMin)
}

func newFirst(unit string) terms.Rule {
	return terms.Rule{
		Code: "first", Unit: unit, Name: terms.Text{Ko: "첫 구매", En: "First purchase"}, When: terms.OnFirstPurchase,
		Award: terms.Formula{Kind: terms.Fixed}, Limits: []terms.Limit{{Per: terms.PerLife, Times: 1}}, Hold: terms.Hold{NextVisit: true},
	}
}

func (f Program) applyUse(t *terms.Terms, r *reading) {
	if len(t.Redemptions) > 0 {
		use := &t.Redemptions[0]
		use.Minimum = r.count("from", f.From)
		if use.Item == nil {
			use.Step, use.Share = r.count("step", f.Step), int(min(r.count("share", f.Share), 1_000))
		} else {
			use.Step, use.Item.UpTo = use.Minimum, r.money("item_up_to", f.ItemUpTo)
		}
	}
	months := r.days("months", f.Months)
	switch {
	case months == t.Units[0].Expiry.Months: // points that end in another way still do
	case months == 0:
		t.Units[0].Expiry = terms.Expiry{Kind: terms.Never}
	default:
		t.Units[0].Expiry = terms.Expiry{Kind: terms.Rolling, Months: months}
	}
}

func (f Program) applyTiers(t *terms.Terms, r *reading) {
	rule := purchaseRule(t)
	if f.TiersOn == "" {
		t.Tiers = nil
		if rule != nil {
			rule.Tiers = nil
		}
		return
	}
	if t.Tiers == nil {
		plan, _ := terms.SuggestTiers(terms.DefaultTicket, nil)
		t.Tiers = &plan
	}
	if f.Downgrade != "" {
		t.Tiers.Downgrade = terms.Downgrade(f.Downgrade)
	}
	known, tiers := t.Tiers.Tiers, []terms.Tier{}
	var factors []terms.Factor
	for i, code := range f.TierCode {
		tier := tierOf(known, code)
		tier.Name = renamed(tier.Name, at(f.TierName, i))
		tier.Threshold = r.money("tier_from_"+strconv.Itoa(i), at(f.TierFrom, i))
		tiers = append(tiers, tier)
		if factor := f.factor(rule, i, r); !factor.IsZero() {
			factors = append(factors, terms.Factor{Tier: code, Factor: factor})
		}
	}
	t.Tiers.Tiers = tiers
	if rule != nil {
		rule.Tiers = factors
	}
}

// factor is what a tier's rate is of the common one; zero where they are equal or the programme has no rate. The first tier
// is everybody's: its rate is the common one, and is not asked.
func (f Program) factor(rule *terms.Rule, i int, r *reading) terms.Ratio {
	switch {
	case rule == nil || rule.Award.Kind != terms.Rate:
		return terms.Ratio{}
	case i == 0 || at(f.TierRate, i) == "":
		return factorOf(rule, f.TierCode[i])
	}
	common, own := rule.Award.Rate, r.percent("tier_rate_"+strconv.Itoa(i), at(f.TierRate, i))
	if equal(own, common) || common.Num == 0 {
		return terms.Ratio{}
	}
	return keep(factorOf(rule, f.TierCode[i]), reduced(own.Num*common.Den, own.Den*common.Num))
}

func factorOf(rule *terms.Rule, code string) terms.Ratio {
	for _, factor := range rule.Tiers {
		if factor.Tier == code {
			return factor.Factor
		}
	}
	return terms.Ratio{}
}

// keep prefers what stands in the document where the new ratio says the same, so that an unchanged form changes nothing.
func keep(before, after terms.Ratio) terms.Ratio {
	if equal(before, after) {
		return before
	}
	return reduced(after.Num, after.Den)
}

func equal(a, b terms.Ratio) bool { return a.Den != 0 && b.Den != 0 && a.Num*b.Den == b.Num*a.Den }

func reduced(num, den int64) terms.Ratio {
	a, b := num, den
	for b != 0 {
		a, b = b, a%b
	}
	return terms.Ratio{Num: num / max(a, 1), Den: den / max(a, 1)}
}

func tierOf(known []terms.Tier, code string) terms.Tier {
	for _, tier := range known {
		if tier.Code == code {
			return tier
		}
	}
	return terms.Tier{Code: code}
}

// renamed changes the name where it differs from what stood there in either language, so that a reader of one language
// does not lose the other's.
func renamed(name terms.Text, typed string) terms.Text {
	if typed == "" || typed == name.Ko || typed == name.En {
		return name
	}
	return terms.Text{Ko: typed, En: typed}
}

func (f Program) applyBirthday(t *terms.Terms, r *reading) {
	occasion, coupon := birthday(t)
	if f.BirthdayOn == "" {
		t.Occasions = slices.DeleteFunc(t.Occasions, func(o terms.Occasion) bool { return o.Kind == terms.OnBirthday })
		return
	}
	if coupon == nil {
		t.Coupons = append(t.Coupons, terms.CouponKind{Code: "birthday", Name: terms.Text{Ko: "생일 쿠폰", En: "Birthday coupon"}, Days: 14})
		coupon = &t.Coupons[len(t.Coupons)-1]
	}
	if occasion == nil {
		t.Occasions = append(t.Occasions, terms.Occasion{Code: "birthday", Kind: terms.OnBirthday, Coupon: coupon.Code, MemberFor: 30})
		occasion = &t.Occasions[len(t.Occasions)-1]
	}
	coupon.Amount, coupon.Minimum = r.money("birthday_amount", f.BirthdayAmount), r.money("birthday_min", f.BirthdayMin)
	occasion.Lead, occasion.After = r.days("lead", f.Lead), r.days("after", f.After)
	if f.LeapDay != string(cmp.Or(occasion.Rules.LeapDay, calendar.Feb28)) {
		occasion.Rules.LeapDay = calendar.LeapDay(f.LeapDay)
	}
	if f.LeapMonth != string(cmp.Or(occasion.Rules.LeapMonth, calendar.PlainMonth)) {
		occasion.Rules.LeapMonth = calendar.LeapMonth(f.LeapMonth)
	}
}

func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}

// ProgramField names the field in which a fault of the document belongs, by its JSON pointer; "" is the page as a whole.
func ProgramField(pointer string) string {
	parts := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	last := parts[len(parts)-1]
	switch parts[0] {
	case "earning":
		return map[string]string{"rate": "rate", "points": "first", "min_amount": "first_min", "days": "hold"}[last]
	case "redemptions":
		return map[string]string{"minimum": "from", "step": "step", "share": "share", "up_to": "item_up_to"}[last]
	case "units":
		return map[string]string{"months": "months"}[last]
	case "occasions":
		return map[string]string{"lead_days": "lead", "after_days": "after"}[last]
	case "coupons":
		return map[string]string{"amount": "birthday_amount", "minimum": "birthday_min"}[last]
	case "tiers":
		if last == "threshold" && len(parts) == 4 {
			return "tier_from_" + parts[2]
		}
	}
	return ""
}
