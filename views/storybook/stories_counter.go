package main

import (
	"github.com/a-h/templ"

	"dangol/models/calendar"
	"dangol/views/components"
	"dangol/views/forms"
	"dangol/views/i18n"
	"dangol/views/pages"
)

func day(text string) calendar.Date { return calendar.MustParse(text) }

func guest(p *i18n.Printer) pages.CounterGuest {
	return pages.CounterGuest{ID: 7, Name: say(p, "김*지", "M*** K**"), Phone: "010-****-5678", Tier: &pages.TierName{Name: say(p, "단골", "Regular"), Rank: 2}, Available: 3240}
}

func recent(p *i18n.Printer) []pages.CounterAction {
	return []pages.CounterAction{
		{Name: say(p, "박*준", "J*** P***"), Kind: "earn", Points: 180, When: p.Common.MinutesAgo(2), Undo: "/counter/undo/a"},
		{Name: say(p, "이*", "S* L**"), Kind: "redeem", Points: -3000, When: p.Common.MinutesAgo(9), Undo: "/counter/undo/b"},
		{Name: say(p, "최*아", "A** C***"), Kind: "coupon", Detail: say(p, "생일 3,000원 쿠폰", "Birthday ₩3,000"), When: p.Common.MinutesAgo(21), Undone: true},
		{Name: say(p, "정*훈", "H*** J***"), Kind: "enrol", When: p.Common.HoursAgo(1)},
	}
}

func earning(p *i18n.Printer) *components.ExplainProps {
	return &components.ExplainProps{
		Title: say(p, "12,000원 결제", "₩12,000 paid"),
		Steps: []components.ExplainStep{
			{Label: say(p, "구매 적립", "Purchase"), Detail: say(p, "12,000원 × 2% = 240, 1P 미만 버림", "₩12,000 × 2% = 240, rounded down to 1"), Value: p.Points(240)},
			{Label: say(p, "첫 구매", "First purchase"), Detail: say(p, "10,000원 이상 첫 구매라서", "First purchase of ₩10,000 or more"), Value: p.Points(1000)},
		},
		Total: p.Points(1240), Version: say(p, "3번째 약속 (2026. 11. 1.부터)", "version 3, since Nov 1, 2026"),
		Misses: []string{say(p, "3,000원 더 사시면 5% 쿠폰을 쓸 수 있어요", "Spend ₩3,000 more to use the 5% coupon")},
	}
}

func card(p *i18n.Printer) *pages.CounterCard {
	return &pages.CounterCard{
		Guest: guest(p), Visit: 37, LastVisit: day("2026-11-18"), Usual: say(p, "따뜻한 라테, 오트 밀크", "Hot latte with oat milk"),
		Today:   []pages.CounterToday{{Kind: "birthday"}},
		Pending: 500, PendingOn: day("2026-11-29"), Expiring: 1200, ExpiringOn: day("2026-12-31"),
		Coupons: []pages.CounterCouponLine{{ID: 3, Title: say(p, "생일 3,000원 쿠폰", "Birthday coupon, ₩3,000"), Until: day("2026-11-30"), Minimum: 12000}},
		Notes:   []pages.CounterNote{{ID: 1, Text: say(p, "창가 자리", "Window seat")}},
		Misses:  earning(p).Misses, CanGrant: true, CanRedeem: true,
	}
}

func counter(v func(p *i18n.Printer) pages.CounterView) func(p *i18n.Printer) templ.Component {
	return func(p *i18n.Printer) templ.Component { return pages.Counter(v(p)) }
}

func counterStories() []story {
	states := []struct {
		name string
		view func(p *i18n.Printer) pages.CounterView
	}{
		{"counter/idle", func(p *i18n.Printer) pages.CounterView { return pages.CounterView{Recent: recent(p)} }},
		{"counter/first-day", func(*i18n.Printer) pages.CounterView { return pages.CounterView{} }},
		{"counter/matches", matchesView},
		{"counter/missing", func(p *i18n.Printer) pages.CounterView {
			return pages.CounterView{Query: "0101", Recent: recent(p), Missing: &pages.CounterMissing{Query: "0101"}}
		}},
		{"counter/enrol", func(p *i18n.Printer) pages.CounterView {
			return pages.CounterView{Query: "01098765432", Recent: recent(p), Enrol: &pages.CounterEnrol{NotFound: true, Key: "k", Welcome: 1000, Form: forms.Enrol{Phone: "010-9876-5432"}}}
		}},
		{"counter/enrol-faults", func(p *i18n.Printer) pages.CounterView {
			return pages.CounterView{Recent: recent(p), Enrol: &pages.CounterEnrol{Key: "k", Form: forms.Enrol{Phone: "0109876", Calendar: "lunar", Month: "13", Day: "1",
				Problems: forms.Problems{"phone": p.Fault("bad_phone", nil), "birth": p.Fault("bad_date", nil), "agreed": p.Fault("required", nil)}}}}
		}},
		{"counter/card", func(p *i18n.Printer) pages.CounterView {
			return pages.CounterView{Query: "5678", Recent: recent(p), Card: card(p)}
		}},
		{"counter/card-new", func(p *i18n.Printer) pages.CounterView {
			return pages.CounterView{Query: "5432", Card: &pages.CounterCard{Guest: pages.CounterGuest{ID: 8, Phone: "010-****-5432", Available: 240}, Visit: 1, Missing: 760, CanRedeem: false}}
		}},
		{"counter/card-shown", func(p *i18n.Printer) pages.CounterView {
			c := card(p)
			return pages.CounterView{Shown: &pages.CounterShown{Guest: c.Guest, Today: c.Today, Pending: c.Pending, PendingOn: c.PendingOn, Coupons: c.Coupons, Noted: true,
				Ending: []pages.EndingLine{{On: c.ExpiringOn, Points: c.Expiring}}}}
		}},
		{"counter/earn", func(p *i18n.Printer) pages.CounterView {
			return pages.CounterView{Query: "5678", Recent: recent(p), Earn: &pages.CounterEarn{Guest: guest(p), Key: "k", Form: forms.Earn{Amount: "12,000"}, Preview: pages.EarnPreviewView{Points: 1240, Why: earning(p)}}}
		}},
		{"counter/earn-coupon", func(p *i18n.Printer) pages.CounterView {
			return pages.CounterView{Query: "5678", Recent: recent(p), Earn: &pages.CounterEarn{Guest: guest(p), Key: "k", Form: forms.Earn{Amount: "12,000", Coupon: card(p).Coupons[0].ID}, Coupons: card(p).Coupons,
				Preview: pages.EarnPreviewView{Points: 180, Off: 3000, Pay: 9000}}}
		}},
		{"counter/earn-empty", func(p *i18n.Printer) pages.CounterView {
			return pages.CounterView{Recent: recent(p), Earn: &pages.CounterEarn{Guest: guest(p), Key: "k", Preview: pages.EarnPreviewView{Empty: true}}}
		}},
		{"counter/redeem", func(p *i18n.Printer) pages.CounterView {
			return pages.CounterView{Recent: recent(p), Redeem: &pages.CounterRedeem{Guest: guest(p), Key: "k", Usable: 3200, Minimum: 1000, Step: 100, Quick: []int64{1000, 2000, 3000}, Form: forms.Redeem{Points: "9,000", Problems: forms.Problems{"points": p.Fault("not_enough_points", map[string]any{"available": "3,200P"})}}}}
		}},
		{"counter/coupon", func(p *i18n.Printer) pages.CounterView {
			return pages.CounterView{Recent: recent(p), Coupon: &pages.CounterCoupon{Guest: guest(p), Key: "k", Coupon: card(p).Coupons[0], AskAmount: true}}
		}},
		{"counter/grant", func(p *i18n.Printer) pages.CounterView {
			return pages.CounterView{Recent: recent(p), Grant: &pages.CounterGrant{Guest: guest(p), Key: "k", Left: 10000, Reasons: []string{"apology", "thanks", "missed", "event", "mistake"}}}
		}},
		{"counter/done", doneView},
		{"counter/done-redeem", func(p *i18n.Printer) pages.CounterView {
			after := guest(p)
			after.Available = 240
			return pages.CounterView{Recent: recent(p), Done: &pages.CounterDone{Guest: after, Kind: "redeem", Points: 3000, Money: 3000, Undo: "/counter/undo/x"}}
		}},
		{"counter/error", func(p *i18n.Printer) pages.CounterView {
			return pages.CounterView{Recent: recent(p), Problem: p.Fault("unavailable", nil), Card: card(p)}
		}},
	}
	all := make([]story, 0, len(states))
	for _, state := range states {
		all = append(all, story{name: state.name, show: counter(state.view)})
	}
	return all
}

func matchesView(p *i18n.Printer) pages.CounterView {
	return pages.CounterView{Query: "5678", Recent: recent(p), Matches: &pages.CounterMatches{People: []pages.CounterPerson{
		{ID: 7, Name: say(p, "김*지", "M*** K**"), Phone: "010-****-5678", Tier: &pages.TierName{Name: say(p, "단골", "Regular"), Rank: 2}, Available: 3240, LastVisit: day("2026-11-18")},
		{ID: 9, Name: say(p, "남궁*람", "B*** N*****"), Phone: "010-****-5678", Tier: &pages.TierName{Name: "VIP", Rank: 3}, Available: 18250, LastVisit: day("2026-07-02")},
		{ID: 11, Phone: "010-****-5678", Available: 0},
	}}}
}

func doneView(p *i18n.Printer) pages.CounterView {
	after := guest(p)
	after.Available = 4480
	return pages.CounterView{Recent: recent(p), Done: &pages.CounterDone{
		Guest: after, Kind: "earn", Points: 1240, Undo: "/counter/undo/x", Key: "k", Why: earning(p),
		Lines:  []pages.DoneLine{{Label: say(p, "구매 적립", "Purchase"), Points: 240}, {Label: say(p, "첫 구매", "First purchase"), Points: 1000}},
		TierUp: &pages.TierName{Name: "VIP", Rank: 3},
	}}
}
