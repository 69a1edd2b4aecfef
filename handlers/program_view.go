package handlers

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"dangol/handlers/web"
	"dangol/models/calendar"
	"dangol/models/insights"
	"dangol/models/previews"
	"dangol/models/terms"
	"dangol/views/charts"
	"dangol/views/components"
	"dangol/views/forms"
	"dangol/views/i18n"
	"dangol/views/pages"
)

func (d *desk) view(form draftForm, effect pages.ProgramEffectView) pages.ProgramView {
	v := pages.ProgramView{
		HasDraft: d.Changed, Version: d.p.Number(int64(d.Revision)), Form: form.Program, Effect: effect, Units: d.p.Unit.Name,
		CanEdit: drafting.Of(d.role) != web.No, CanPublish: publishing.Of(d.role) != web.No,
	}
	if form.Version != "" && len(form.Problems) > 0 {
		v.Version = form.Version
	}
	if d.Running != nil {
		v.Running, v.TermsCode = d.line(d.Running.Version), strconv.FormatInt(d.shop.ID, 10)
	}
	return v
}

// effectView is what terms would do, in the words and pictures of the page.
func effectView(p *i18n.Printer, t *terms.Terms, preview *previews.Preview, ticket int64, example string) (pages.ProgramEffectView, error) {
	v := pages.ProgramEffectView{
		Sentence: t.Sentence(string(p.Locale)), Tiers: tierEffect(p, t, preview, ticket), Birthdays: birthdayEffect(preview.Birthdays, preview.Members, birthdayGift(p, t)), Cost: costEffect(preview),
	}
	for _, w := range preview.Warnings {
		v.Warnings = append(v.Warnings, warning(p, t, w))
	}
	var err error
	v.Example, err = exampleEffect(p, t, example)
	return v, err
}

// warning says a warning with names instead of codes.
func warning(p *i18n.Printer, t *terms.Terms, w terms.Warning) string {
	args := map[string]any{}
	for name, value := range w.Args {
		args[name] = value
	}
	for _, name := range []string{"tier", "coupon", "rule", "other"} {
		if code, ok := args[name].(string); ok {
			args[name] = t.NameOf(code, string(p.Locale))
		}
	}
	return p.Fault(w.Code, args)
}

// fewPeople is below how many customers of its own a shop sees an example of a distribution.
const fewPeople = 50

func tierEffect(p *i18n.Printer, t *terms.Terms, preview *previews.Preview, ticket int64) *pages.TierEffect {
	if preview.Tiers == nil {
		return nil
	}
	bars, sample := preview.Spending.Bars(), preview.Spending.People < fewPeople
	if sample {
		bars = insights.Example(ticket)
	}
	effect := &pages.TierEffect{Histogram: histogram(p, t.Tiers.Tiers, bars), Drop: preview.Tiers.Drop, Sample: sample, AsOf: preview.Spending.AsOf, Part: preview.Tiers.Part}
	var all int64
	for _, row := range preview.Tiers.Rows {
		all += row.After
	}
	for i, row := range preview.Tiers.Rows {
		effect.Rows = append(effect.Rows, pages.TierEffectRow{
			Name: t.Tiers.Tiers[i].Name.In(string(p.Locale)), Rank: i + 1, Now: row.Now, After: row.After,
			Share: share(row.After, all), Average: row.Spend / max(row.After, 1), Cost: row.Cost,
		})
	}
	return effect
}

// histogram draws how much customers spend, each bar in the tone of the tier that it would be in.
func histogram(p *i18n.Printer, tiers []terms.Tier, bars []insights.Bucket) charts.HistogramProps {
	h := charts.HistogramProps{Figure: charts.Figure{
		ID: "spend", Title: p.Program.HistogramTitle, Desc: p.Program.HistogramDesc, Head: []string{p.Program.Spend12, p.Common.Count},
	}}
	for i, bar := range bars {
		label := p.MoneyShort(bar.From) + "–" + p.MoneyShort(bar.To)
		h.Bars = append(h.Bars, charts.Bar{Count: bar.People, Tone: tone(tiers, bar.From), Label: label + " · " + p.Common.People(bar.People)})
		h.Rows = append(h.Rows, []string{label, p.Number(bar.People)})
		if i == 0 || i == len(bars)/2 || i == len(bars)-1 {
			h.Axis = append(h.Axis, charts.Tick{At: int64(i) * 100, Label: p.MoneyShort(bar.From)})
		}
		for _, tier := range tiers[1:] {
			if tier.Threshold >= bar.From && tier.Threshold < bar.To {
				at := int64(i)*100 + (tier.Threshold-bar.From)*100/(bar.To-bar.From)
				h.Cuts = append(h.Cuts, charts.Cut{At: at, Label: cutLabel(p, tier)})
			}
		}
	}
	h.Cuts = append(h.Cuts, beyond(p, tiers, bars)...)
	return h
}

func cutLabel(p *i18n.Printer, tier terms.Tier) string {
	return tier.Name.In(string(p.Locale)) + " " + p.MoneyShort(tier.Threshold)
}

// beyond names, at the edges, the thresholds that lie to the left and to the right of everybody.
func beyond(p *i18n.Printer, tiers []terms.Tier, bars []insights.Bucket) (cuts []charts.Cut) {
	if len(bars) == 0 {
		return nil
	}
	var under, over []string
	for _, tier := range tiers[1:] {
		switch {
		case tier.Threshold < bars[0].From:
			under = append(under, cutLabel(p, tier))
		case tier.Threshold >= bars[len(bars)-1].To:
			over = append(over, cutLabel(p, tier))
		}
	}
	if len(under) > 0 {
		cuts = append(cuts, charts.Cut{At: 0, Label: "← " + strings.Join(under, ", ")})
	}
	if len(over) > 0 {
		cuts = append(cuts, charts.Cut{At: int64(len(bars)) * 100, Label: strings.Join(over, ", ") + " →"})
	}
	return cuts
}

// tone deepens with the tier.
func tone(tiers []terms.Tier, spent int64) (tone int) {
	tone = 5
	for _, tier := range tiers[1:] {
		if spent >= tier.Threshold {
			tone = min(tone+1, 7)
		}
	}
	return tone
}

// birthdayGift says what is given on a birthday: "2,000원 쿠폰".
func birthdayGift(p *i18n.Printer, t *terms.Terms) string {
	for _, o := range t.Occasions {
		if o.Kind != terms.OnBirthday {
			continue
		}
		if i := slices.IndexFunc(t.Coupons, func(k terms.CouponKind) bool { return k.Code == o.Coupon && k.Amount > 0 }); i >= 0 {
			return p.Program.BirthdayGift(p.Money(t.Coupons[i].Amount))
		}
		return t.NameOf(o.Coupon, string(p.Locale))
	}
	return p.Program.Excluded.None
}

func birthdayEffect(b *previews.Birthdays, members int64, gift string) *pages.BirthdayEffect {
	if b == nil {
		return nil
	}
	effect := &pages.BirthdayEffect{Gift: gift, People: int64(b.Counts[""]), Cost: b.MostCost, None: share(b.Unknown, members), AsOf: b.AsOf}
	for _, person := range b.People {
		effect.Rows = append(effect.Rows, pages.BirthdayRow{
			Customer: person.CustomerID, Name: i18n.MaskName(person.Name), Given: person.IssueOn, On: person.FallsOn, Calendar: string(person.Birthday.Calendar),
			Month: int(person.Birthday.Month), Day: person.Birthday.Day, Excluded: strings.TrimSuffix(person.Why, "_had"),
		})
	}
	return effect
}

func costEffect(preview *previews.Preview) pages.CostEffect {
	c := preview.Cost
	effect := pages.CostEffect{
		Usual: c.Usual, Monthly: c.Total, OfSales: c.PerMille, Sales: c.Month.Sales, Visits: c.Visits, Customer: c.Customer, UsedShare: c.Month.UsedShare,
		Lines: []pages.CostLine{{Code: "purchase", Amount: c.Earning}, {Code: "first", Amount: c.First}, {Code: "birthday", Amount: c.Birthday}},
	}
	if s := preview.Sample; s != nil {
		effect.Sample = &pages.SampleLine{People: s.People, Of: s.Of, From: s.From, To: s.To, Points: s.Points, Change: s.Change}
	}
	if preview.Replay != nil {
		effect.Replay = &pages.ReplayLine{Orders: preview.Replay.Orders, Points: preview.Replay.Points, Change: preview.Replay.Change()}
	}
	return effect
}

// exampleEffect works one purchase of a returning customer out.
func exampleEffect(p *i18n.Printer, t *terms.Terms, typed string) (pages.ExampleEffect, error) {
	effect := pages.ExampleEffect{Amount: typed}
	program, err := terms.Compile(*t, 0)
	if err != nil {
		return effect, err
	}
	total, err := forms.Amount("example", typed, i18n.Decimals(p.Currency))
	if err != nil || total == 0 {
		return effect, nil //nolint:nilerr // what is no amount yet has no example
	}
	awards, misses := program.Quote(&terms.Member{Orders: 1}, t.Example(total))
	if effect.Why = explained(p, program, awards, misses); effect.Why == nil {
		effect.Why = &components.ExplainProps{Total: p.Points(0)}
	}
	effect.Why.Title = p.Money(total)
	return effect, nil
}

// line is a version in one line; its author's name is added where it is shown.
func (d *desk) line(number int) *pages.VersionLine {
	for i := range d.Versions {
		if v := &d.Versions[i]; v.Version == number {
			line := &pages.VersionLine{Number: int64(number), From: calendar.DateOf(v.EffectiveFrom, d.p.Zone), State: "past"}
			switch {
			case v.EffectiveFrom.After(d.p.Now):
				line.State = "coming"
			case d.Running != nil && d.Running.Version == number:
				line.State = "in_force"
			}
			return line
		}
	}
	return nil
}

// unnamed stands for an author who is not on the staff: the program itself, or a key.
func named(names map[int64]string, id *int64) string {
	if id == nil {
		return i18n.Unknown
	}
	return cmp.Or(names[*id], i18n.Unknown)
}
