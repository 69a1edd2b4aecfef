package main

import (
	"fmt"

	"github.com/a-h/templ"

	"dangol/models"
	"dangol/models/terms"
	"dangol/views/charts"
	"dangol/views/forms"
	"dangol/views/i18n"
	"dangol/views/pages"
)

func tieredTerms() terms.Terms {
	t := terms.Default(models.TradeRestaurant, 12000)
	plan, factors := terms.SuggestTiers(12000, nil)
	t.Tiers, t.Earning[0].Tiers = &plan, factors
	return t
}

func histogram(p *i18n.Printer) charts.HistogramProps {
	counts := []int64{212, 188, 164, 171, 142, 118, 96, 88, 71, 62, 44, 39, 30, 22, 17, 12, 9, 6, 4, 2}
	h := charts.HistogramProps{Figure: charts.Figure{
		ID: "spend", Title: say(p, "단골이 12명, VIP가 3명 늘어요", "12 more regulars and 3 more VIPs"), Desc: p.Program.HistogramDesc,
		Head: []string{p.Program.Spend12, p.Common.Count},
	}}
	for i, n := range counts {
		tone := 3
		if i >= 9 {
			tone = 5
		}
		if i >= 15 {
			tone = 7
		}
		label := p.MoneyShort(int64(i) * 30000)
		h.Bars = append(h.Bars, charts.Bar{Count: n, Tone: tone, Label: fmt.Sprintf("%s · %s", label, p.Common.People(n))})
		h.Rows = append(h.Rows, []string{label, p.Number(n)})
	}
	h.Cuts = []charts.Cut{{At: 900, Label: say(p, "단골 15만", "Regular ₩150K")}, {At: 1500, Label: say(p, "VIP 45만", "VIP ₩450K")}}
	h.Axis = []charts.Tick{{At: 0, Label: p.MoneyShort(0)}, {At: 1000, Label: p.MoneyShort(200000)}, {At: 2000, Label: p.MoneyShort(1000000)}}
	return h
}

func programEffect(p *i18n.Printer) pages.ProgramEffectView {
	return pages.ProgramEffectView{
		Sentence: say(p, "쓴 돈의 2%를 포인트로 드리고, 1,000P부터 쓸 수 있어요. 생일에는 3,000원 쿠폰을 드려요.", "Earn 2% back in points. Use them from 1,000P. Get a ₩3,000 coupon for your birthday."),
		Tiers: &pages.TierEffect{Histogram: histogram(p), Drop: 4, Rows: []pages.TierEffectRow{
			{Name: say(p, "손님", "Member"), Rank: 1, Now: 1190, After: 1175, Share: 786, Average: 62000, Cost: 81000},
			{Name: say(p, "단골", "Regular"), Rank: 2, Now: 262, After: 274, Share: 183, Average: 238000, Cost: 44000},
			{Name: "VIP", Rank: 3, Now: 43, After: 46, Share: 31, Average: 712000, Cost: 31000},
		}},
		Birthdays: &pages.BirthdayEffect{People: 25, Cost: 75000, None: 122, Rows: []pages.BirthdayRow{
			{Customer: 1, Name: say(p, "김*지", "M*** K**"), Given: day("2026-11-23"), Calendar: "solar", Month: 11, Day: 30, On: day("2026-11-30")},
			{Customer: 2, Name: say(p, "박*호", "J*** P***"), Given: day("2026-12-21"), Calendar: "lunar", Month: 11, Day: 20, On: day("2026-12-28")},
			{Customer: 3, Name: say(p, "이*", "S* L**"), Given: day("2026-12-02"), Calendar: "solar", Month: 12, Day: 9, On: day("2026-12-09"), Excluded: "too_new"},
		}},
		Cost: pages.CostEffect{Monthly: 140000, OfSales: 14, Sales: 10000000, Visits: 20, Customer: 11500,
			Lines:  []pages.CostLine{{Code: "purchase", Amount: 80000}, {Code: "first", Amount: 30000}, {Code: "birthday", Amount: 30000}},
			Replay: &pages.ReplayLine{Orders: 1820, Points: 412300, Change: 180}},
		Example: pages.ExampleEffect{Amount: p.Amount(12000), Why: earning(p)},
	}
}

func programView(p *i18n.Printer) pages.ProgramView {
	return pages.ProgramView{
		Running: &pages.VersionLine{Number: 3, From: day("2026-11-01"), State: "in_force", By: "이보라"}, HasDraft: true, Version: "4",
		Form: forms.ProgramFrom(tieredTerms(), p), Effect: programEffect(p), CanEdit: true, CanPublish: true, TermsCode: "bomnal",
	}
}

func programStories() []story {
	return []story{
		{name: "program/full", show: func(p *i18n.Printer) templ.Component { return pages.Program(programView(p)) }},
		{name: "program/first", show: func(p *i18n.Printer) templ.Component {
			t := terms.Default(models.TradeRestaurant, 12000)
			effect := programEffect(p)
			effect.Tiers, effect.Birthdays, effect.Cost.Replay = nil, &pages.BirthdayEffect{}, nil
			return pages.Program(pages.ProgramView{Form: forms.ProgramFrom(t, p), Effect: effect, CanEdit: true, CanPublish: true})
		}},
		{name: "program/stamps", show: func(p *i18n.Printer) templ.Component {
			p.Unit = i18n.Unit{Name: "스탬프", Suffix: say(p, "개", " stamps")}
			v := programView(p)
			v.Form, v.HasDraft = forms.ProgramFrom(terms.Default(models.TradeCafe, 6000), p), false
			v.Effect.Sentence = say(p, "음료 한 잔마다 스탬프 1개를 드리고, 10개를 모으면 음료 한 잔을 드려요.", "Earn 1 stamp for a drink. Trade 10 stamps for a drink.")
			return pages.Program(v)
		}},
		{name: "program/faults", show: func(p *i18n.Printer) templ.Component {
			v := programView(p)
			v.Form.Rate, v.Form.TierFrom[2] = say(p, "많이", "lots"), p.Amount(100000)
			v.Form.Problems = forms.Problems{"rate": p.Fault("bad_number", nil), "tier_from_2": p.Fault("too_small", map[string]any{"min": p.Money(150000)})}
			v.Effect.Problems = v.Form.Problems
			v.Effect.Warnings = []string{say(p, "가운데 손님은 다섯 번 와야 처음 쓸 수 있어요.", "The middle customer needs five visits to use points.")}
			return pages.Program(v)
		}},
		{name: "program/viewer", show: func(p *i18n.Printer) templ.Component {
			v := programView(p)
			v.CanEdit, v.CanPublish = false, false
			return pages.Program(v)
		}},
		{name: "program/publish", show: func(p *i18n.Printer) templ.Component {
			return pages.Publish(pages.PublishView{Members: 1204, Alone: true, Confirm: "1,204", Days: 30, Earliest: "2026-12-22", Changes: changeLines(p)})
		}},
		{name: "program/versions", show: func(p *i18n.Printer) templ.Component {
			return pages.Versions(pages.VersionsView{Versions: []pages.VersionLine{
				{Number: 4, From: day("2026-12-22"), State: "coming", By: "이보라"}, {Number: 3, From: day("2026-11-01"), State: "in_force", By: "이보라"}, {Number: 2, From: day("2026-03-01"), State: "past", By: "정하나"},
			}})
		}},
		{name: "program/compare", show: func(p *i18n.Printer) templ.Component {
			return pages.Compare(pages.CompareView{From: 3, To: 0, Changes: changeLines(p)})
		}},
		{name: "program/version", show: func(p *i18n.Printer) templ.Component {
			return pages.Version(pages.VersionView{Line: pages.VersionLine{Number: 2, From: day("2026-03-01")}, CanCopy: true, Clauses: clauses(p), Hash: "5f1d0c4a8be1"})
		}},
	}
}

func changeLines(p *i18n.Printer) []pages.ChangeLine {
	return []pages.ChangeLine{
		{What: p.Program.EarnRule, Before: "2%", After: "3%"},
		{What: p.Program.UseRule, Before: p.Points(1000), After: p.Points(2000), Worse: true},
		{What: p.Program.Tiers, After: say(p, "손님 · 단골 · VIP", "Member · Regular · VIP")},
	}
}

func clauses(p *i18n.Printer) []pages.Clause {
	return []pages.Clause{
		{Heading: say(p, "쌓는 법", "Earning"), Sentences: []string{say(p, "할인한 뒤 낸 돈의 2%를 포인트로 드려요. 1P 미만은 버려요.", "2% of what you pay after discounts, rounded down to 1 point."), say(p, "배송비와 포인트로 낸 돈은 빼고 셈해요.", "Shipping and what points paid do not count.")}},
		{Heading: say(p, "쓰는 법", "Using"), Sentences: []string{say(p, "1,000P부터 100P씩 쓸 수 있어요. 1P는 1원이에요.", "From 1,000 points in steps of 100. 1 point is ₩1.")}},
		{Heading: say(p, "유효기간", "Validity"), Sentences: []string{say(p, "쌓인 날부터 60개월이 되는 달의 말일까지 쓸 수 있어요.", "Until the end of the month, 60 months after they were earned.")}},
	}
}
