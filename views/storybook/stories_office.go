package main

import (
	"time"

	"github.com/a-h/templ"

	"dangol/views/charts"
	"dangol/views/components"
	"dangol/views/forms"
	"dangol/views/i18n"
	"dangol/views/layouts"
	"dangol/views/pages"
)

func timeline(p *i18n.Printer) []components.TimelineItem {
	return []components.TimelineItem{
		{Icon: "plus", What: p.Customers.Purchase(p.Money(12000)), When: p.Ago(now.Add(-3 * time.Hour)), Stamp: p.Stamp(now), Amount: p.SignedPoints(240), Plus: true, Detail: say(p, "계산대 · 이보라", "Counter · Bora Lee"), Why: "/customers/7/entries/point/12/why"},
		{Icon: "ticket", What: say(p, "생일 3,000원 쿠폰을 받았어요", "Got the birthday coupon"), When: p.Ago(now.Add(-30 * time.Hour)), Stamp: p.Stamp(now)},
		{Icon: "crown", What: p.Customers.TierTo(say(p, "단골", "Regular")), When: p.Ago(now.Add(-72 * time.Hour)), Stamp: p.Stamp(now)},
		{Icon: "minus", What: say(p, "포인트를 썼어요", "Used points"), When: p.Ago(now.Add(-100 * time.Hour)), Stamp: p.Stamp(now), Amount: p.SignedPoints(-3000)},
	}
}

func customerView(p *i18n.Printer, tab string) pages.CustomerView {
	v := pages.CustomerView{
		ID: 7, Name: say(p, "김민지", "Minji Kim"), Phone: "010-****-5678", Birthday: p.Birthday("lunar", 11, 20), Since: day("2024-03-02"),
		Tier: &pages.TierName{Name: say(p, "단골", "Regular"), Rank: 2}, Progress: &pages.TierProgress{Next: "VIP", Missing: "₩58,000", Done: 392000, Of: 450000},
		Balances: []pages.BalanceView{{Unit: p.Unit, Available: 3240, Pending: 500, PendingOn: day("2026-11-29"), Expiring: 1200, ExpiringOn: day("2026-12-31"), Spent: 392000}},
		Tab:      tab, CanEdit: true, CanAdjust: true, CanCount: true, CanReveal: true,
		Timeline: &pages.TimelineView{Items: timeline(p), Next: "/customers/7?after=x"},
		Ledger: &pages.LedgerView{Next: "/customers/7?tab=ledger&after=x", Lots: []pages.LotRow{{Left: 1200, Ends: day("2026-12-31")}, {Left: 2040, Ends: day("2031-11-30")}}, Entries: []pages.EntryRow{
			{Unit: "point", Seq: 12, Kind: "earn", Points: 240, After: 3240, At: now.Add(-3 * time.Hour), Detail: p.Customers.Purchase(p.Money(12000)), Ends: day("2031-11-30"), HasWhy: true},
			{Unit: "point", Seq: 11, Kind: "redeem", Points: -3000, After: 3000, At: now.Add(-100 * time.Hour)},
			{Unit: "point", Seq: 10, Kind: "adjust", Points: 500, After: 6000, At: now.Add(-300 * time.Hour), Words: say(p, "기다리게 해서 죄송해요", "Sorry for the wait"), Ends: day("2031-11-30")},
			{Unit: "point", Seq: 9, Kind: "clawback", Points: -60, After: 5500, At: now.Add(-1300 * time.Hour), Detail: p.Customers.Refund(p.Money(3000)), HasWhy: true},
		}},
		Coupons: []pages.CouponRow{
			{Title: say(p, "생일 3,000원 쿠폰", "Birthday ₩3,000"), State: "open", Given: day("2026-11-21"), Until: day("2026-12-05")},
			{Title: say(p, "생일 3,000원 쿠폰", "Birthday ₩3,000"), State: "used", Given: day("2025-12-01"), Until: day("2025-12-15"), UsedOn: day("2025-12-09")},
		},
		Tiers: []pages.TierRow{{Tier: pages.TierName{Name: say(p, "단골", "Regular"), Rank: 2}, Reason: "up", On: day("2026-02-11"), Until: day("2027-02-28"), By: "₩151,000"}},
	}
	return v
}

func customersView(p *i18n.Printer) pages.CustomersView {
	regular, vip := &pages.TierName{Name: say(p, "단골", "Regular"), Rank: 2}, &pages.TierName{Name: "VIP", Rank: 3}
	return pages.CustomersView{
		View: "all", Total: 1204, Any: true, CanNew: true, CanAdd: true, Next: "/customers?after=x",
		Tiers: []pages.TierPick{{Code: "regular", Name: regular.Name}, {Code: "vip", Name: "VIP"}},
		Rows: []pages.CustomerRow{
			{ID: 7, Name: say(p, "김*지", "M*** K**"), Phone: "010-****-5678", Tier: regular, Available: 3240, Expiring: 1200, ExpiringOn: day("2026-12-12"), Last: day("2026-11-22"), Visits: 37},
			{ID: 8, Name: say(p, "남**람", "B*** N*****"), Phone: "010-****-0042", Tier: vip, Available: 128400, Last: day("2026-11-20"), Visits: 152},
			{ID: 9, Phone: "010-****-5432", Available: 240, Last: day("2026-11-02"), Visits: 1},
			{ID: 10, Name: say(p, "황**스*****", "Maximiliana-Seraphina O*****"), Phone: "02-***-4567", Available: -120, Visits: 0},
		},
	}
}

func change(n int64) *int64 { return &n }

func homeView(p *i18n.Printer) pages.HomeView {
	return pages.HomeView{
		Name: say(p, "이보라", "Bora Lee"),
		Todos: []pages.TodoView{
			{Code: "birthdays", N: 3, Href: "/program#birthday"}, {Code: "failed_imports", N: 1, Href: "/imports", Bad: true}, {Code: "ending", N: 12, Href: "/customers?view=expiring"}, {Code: "untold", N: 2000, Href: "/customers?view=expiring", Ways: []pages.TodoWay{{Code: "channel", Href: "/settings#channel"}, {Code: "shown", Href: "/settings#shop"}}}, {Code: "propose_tiers", N: 52, Href: "/program#tiers"},
		},
		Numbers: []pages.HomeNumber{
			{Code: "earned_month", Kind: "points", Value: 412300, Change: change(182), Series: []int64{3, 4, 2, 6, 5, 7, 6, 9, 8, 11}},
			{Code: "redeemed_month", Kind: "points", Value: 218000, Change: change(-41), Series: []int64{6, 4, 5, 3, 4, 2, 3, 4, 3, 2}},
			{Code: "expiring_soon", Kind: "points", Value: 38200, Href: "/customers?view=expiring"},
			{Code: "repeat_rate", Kind: "rate", Value: 438, Change: change(12)},
		},
		Recent: timeline(p),
		Upkeep: &pages.UpkeepView{Items: []pages.UpkeepItem{
			{Icon: "circle-alert", Bad: true, Text: p.Upkeep.Task("give"), Detail: p.Fault("internal", nil), Action: "/upkeep/tasks/1", Label: p.Upkeep.Now},
			{Icon: "timer", Bad: true, Text: p.Upkeep.Late(3, p.Date(day("2026-11-19"))), Detail: p.Upkeep.Sleeping, Action: "/upkeep/days", Label: p.Upkeep.Now},
			{Icon: "save", Bad: true, Text: p.Upkeep.BackupAt(p.Date(day("2026-11-19"))), Detail: p.Upkeep.BackupFailed + ". " + p.Upkeep.BackupFault("disk_full"), Action: "/upkeep/backup", Label: p.Upkeep.BackupNow},
		}},
	}
}

func insightsView(p *i18n.Printer) pages.InsightsView {
	v := pages.InsightsView{
		Days: 90, From: day("2026-08-24"), To: day("2026-11-22"), PointsMax: 412300,
		Figures: []pages.InsightFigure{
			{Code: "per_customer", Kind: "money", Value: 48200, Known: true}, {Code: "orders", Kind: "tenths", Value: 37, Known: true}, {Code: "retention", Kind: "rate", Value: 612, Known: true},
			{Code: "repeat", Kind: "rate", Value: 438, Known: true}, {Code: "active", Kind: "people", Value: 842, Known: true}, {Code: "top_share", Kind: "rate", Known: false},
		},
		Points: []pages.PointsLine{{Code: "given", Points: 412300}, {Code: "used", Points: 218000}, {Code: "ended", Points: 12400}, {Code: "open", Points: 181900}},
	}
	v.Sales = charts.LineProps{
		Figure: charts.Figure{ID: "sales", Title: p.Insights.SalesTitle(p.Change(84)), Desc: p.Insights.SalesDesc, Head: []string{p.Insights.Month, p.Insights.Members, p.Insights.Others}, Rows: [][]string{{"9", p.Money(6100000), p.Money(3800000)}, {"10", p.Money(6800000), p.Money(3700000)}, {"11", p.Money(7400000), p.Money(3500000)}}},
		Labels: []string{p.Month(day("2026-06-01")), p.Month(day("2026-11-01"))}, Top: p.MoneyShort(7400000),
		Series: []charts.Series{{Name: p.Insights.Members, Values: []int64{42, 48, 55, 61, 68, 74}}, {Name: p.Insights.Others, Values: []int64{44, 41, 40, 38, 37, 35}}},
	}
	return v
}

func sandboxed(shell *layouts.Shell, _ *i18n.Printer) { shell.Sandbox = true }

func flashed(shell *layouts.Shell, p *i18n.Printer) {
	shell.Flash = &components.ToastProps{Text: p.Counter.Given(p.Points(500)), Undo: "/counter/undo/x"}
}

func officeStories() []story {
	return []story{
		{"home/full", func(p *i18n.Printer) templ.Component { return pages.Home(homeView(p)) }, flashed},
		{"home/new", func(p *i18n.Printer) templ.Component {
			return pages.Home(pages.HomeView{Name: say(p, "이보라", "Bora Lee"), Steps: []pages.StepView{{Code: "promise", Done: true}, {Code: "first_earn", Href: "/counter"}, {Code: "poster", Href: "/poster"}, {Code: "customers", Href: "/imports/new"}, {Code: "staff", Href: "/staff"}, {Code: "tiers", Href: "/program#tiers"}}})
		}, nil},
		{"home/sandbox", func(p *i18n.Printer) templ.Component { return pages.Home(homeView(p)) }, sandboxed},
		{"home/clock", func(*i18n.Printer) templ.Component { return pages.Clock(pages.ClockView{Today: day("2026-11-22")}) }, sandboxed},
		{"home/clock-moving", func(p *i18n.Printer) templ.Component {
			return pages.Clock(pages.ClockView{Today: day("2026-11-22"), Job: &components.JobProps{ID: "clock", Title: p.Home.Moving, Done: 120, Total: 400, Line: p.Common.TimeLeft(p.Duration(40 * time.Second))}})
		}, sandboxed},
		{"customers/list", func(p *i18n.Printer) templ.Component { return pages.Customers(customersView(p)) }, nil},
		{"customers/empty", func(*i18n.Printer) templ.Component {
			return pages.Customers(pages.CustomersView{CanNew: true, CanAdd: true})
		}, nil},
		{"customers/no-match", func(p *i18n.Printer) templ.Component {
			return pages.Customers(pages.CustomersView{Any: true, Query: say(p, "홍길동", "zzz")})
		}, nil},
		{"customers/new", func(p *i18n.Printer) templ.Component {
			return pages.CustomerForm(pages.CustomerFormView{Form: forms.Enrol{Phone: "0101234", Problems: forms.Problems{"phone": p.Fault("bad_phone", nil)}}})
		}, nil},
		{"customers/timeline", func(p *i18n.Printer) templ.Component { return pages.Customer(customerView(p, "timeline")) }, nil},
		{"customers/ledger", func(p *i18n.Printer) templ.Component { return pages.Customer(customerView(p, "ledger")) }, nil},
		{"customers/coupons", func(p *i18n.Printer) templ.Component { return pages.Customer(customerView(p, "coupons")) }, nil},
		{"customers/tiers", func(p *i18n.Printer) templ.Component { return pages.Customer(customerView(p, "tiers")) }, nil},
		{"customers/new-customer", func(p *i18n.Printer) templ.Component {
			v := customerView(p, "timeline")
			v.Name, v.Tier, v.Progress, v.Timeline = "", nil, nil, &pages.TimelineView{}
			v.Balances = []pages.BalanceView{{Unit: p.Unit, Owed: 300, Spent: 0}}
			return pages.Customer(v)
		}, nil},
		{"customers/adjust", func(p *i18n.Printer) templ.Component {
			return pages.Adjust(pages.AdjustView{ID: 7, Name: say(p, "김민지", "Minji Kim"), Before: 3240, After: 3740, Left: 10000, CanTake: true, Reasons: []string{"apology", "thanks", "missed", "mistake"}, Form: forms.Grant{Points: "500"}})
		}, nil},
		{"customers/merge-search", func(p *i18n.Printer) templ.Component {
			return pages.CustomerMerge(pages.MergeView{ID: 7, Name: say(p, "김*지", "M*** K*"), Query: "4321", Found: []pages.CustomerRow{{ID: 8, Name: say(p, "김*자", "M*** K*"), Phone: "010-****-4321", Available: 1200}}})
		}, nil},
		{"customers/merge-compare", func(p *i18n.Printer) templ.Component {
			return pages.CustomerMerge(pages.MergeView{ID: 7, Name: say(p, "김*지", "M*** K*"), Chosen: true, Form: forms.Merge{Other: 8, Problems: forms.Problems{"reason": p.Fault("required", nil)}}, Columns: [3]pages.MergeColumn{
				{Name: say(p, "김*지", "M*** K*"), Phone: "010-****-5678", Points: 3240, Coming: 500, Tier: say(p, "단골", "Regular"), Orders: 24, Visits: 20, Spent: 392000, Coupons: 1},
				{Name: say(p, "김*자", "M*** K*"), Phone: "010-****-4321", Points: 1200, Orders: 3, Visits: 3, Spent: 72000},
				{Name: say(p, "김*지", "M*** K*"), Phone: "010-****-5678", Points: 4440, Coming: 500, Tier: "VIP", Orders: 27, Visits: 23, Spent: 464000, Coupons: 1},
			}})
		}, nil},
		{"customers/merged", func(p *i18n.Printer) templ.Component {
			v := customerView(p, "timeline")
			v.State, v.Merged, v.Balances, v.Progress, v.CanEdit, v.CanAdjust, v.CanCount = "merged", &pages.MergedView{Into: 8, Name: say(p, "김*자", "M*** K*"), On: p.Date(day("2026-11-20")), Reason: say(p, "번호가 바뀌었어요", "A new number"), CanUndo: true}, nil, nil, false, false, false
			return pages.Customer(v)
		}, nil},
		{"customers/why", func(p *i18n.Printer) templ.Component {
			return pages.EntryWhy(pages.EntryWhyView{Customer: 7, Name: say(p, "김민지", "Minji Kim"), Why: *earning(p)})
		}, nil},
		{"insights/full", func(p *i18n.Printer) templ.Component { return pages.Insights(insightsView(p)) }, nil},
		{"insights/empty", func(*i18n.Printer) templ.Component { return pages.Insights(pages.InsightsView{Empty: true}) }, nil},
		{"poster/sheet", func(p *i18n.Printer) templ.Component {
			return pages.Poster(pages.PosterView{Started: true, Shop: say(p, "봄날 커피", "Bomnal Coffee"), Promise: programEffect(p).Sentence, Address: "https://bomnal.kr/t/bomnal", Contact: "02-123-4567"})
		}, nil},
		{"terms/public", func(p *i18n.Printer) templ.Component {
			return pages.Terms(pages.TermsView{Shop: say(p, "봄날 커피", "Bomnal Coffee"), Sentence: programEffect(p).Sentence, Since: day("2026-11-01"), Clauses: described(p), Contact: "02-123-4567"})
		}, signedOut},
	}
}

// described is the terms page as the default programme writes it.
func described(p *i18n.Printer) (list []pages.Clause) {
	t := tieredTerms()
	for _, clause := range t.Describe(string(p.Locale)) {
		list = append(list, pages.Clause{Heading: clause.Heading, Sentences: clause.Sentences})
	}
	return list
}
