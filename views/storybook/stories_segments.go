package main

import (
	"github.com/a-h/templ"

	"dangol/views/components"
	"dangol/views/forms"
	"dangol/views/i18n"
	"dangol/views/pages"
)

func segmentsView() pages.SegmentsView {
	counts := [5][5]int64{{120, 96, 74, 60, 88}, {64, 70, 66, 58, 52}, {31, 44, 62, 71, 66}, {12, 22, 48, 74, 82}, {3, 0, 21, 58, 94}}
	v := pages.SegmentsView{AsOf: day("2026-11-22"), Classes: 5}
	for _, row := range counts {
		for _, n := range row {
			v.Total += n
		}
	}
	for f, row := range counts {
		for r, n := range row {
			v.Cells[f][r] = pages.SegmentCell{People: n, Share: n * 1000 / v.Total}
		}
	}
	return v
}

func segmentPeople(p *i18n.Printer) *pages.SegmentPeopleView {
	tier := &pages.TierName{Name: say(p, "단골", "Regular"), Rank: 2}
	return &pages.SegmentPeopleView{
		R: 2, F: 4, Zone: "at_risk", Count: 22, Share: 14, Sales: 38, Next: "/segments/cell?r=2&f=4&after=x",
		People: []pages.SegmentPerson{
			{ID: 1, Name: say(p, "김*지", "M*** K**"), Tier: tier, Last: day("2026-07-18"), Visits: 37, Points: 3240},
			{ID: 2, Name: say(p, "박*호", "J*** P***"), Tier: tier, Last: day("2026-07-11"), Visits: 29, Points: 1180},
			{ID: 3, Name: say(p, "남**람", "B*** N*****"), Tier: &pages.TierName{Name: "VIP", Rank: 3}, Last: day("2026-06-30"), Visits: 52, Points: 12400},
			{ID: 4, Phone: "010-****-5432", Last: day("2026-06-29"), Visits: 18, Points: 0},
		},
		Give: &pages.GiveView{R: 2, F: 4, Seen: 22, Skipped: 1, Each: 3000, Limit: -1, Key: "k",
			Coupons: []pages.CouponChoice{{Code: "birthday", Name: say(p, "3,000원 쿠폰", "₩3,000 coupon"), Worth: 3000, Days: 14}}, Form: forms.Grant{Kind: "birthday"}},
	}
}

func segmentStories() []story {
	return []story{
		{name: "segments/map", show: func(*i18n.Printer) templ.Component { return pages.Segments(segmentsView()) }},
		{name: "segments/cell", show: func(p *i18n.Printer) templ.Component {
			v := segmentsView()
			v.Open = segmentPeople(p)
			return pages.Segments(v)
		}},
		{name: "segments/give-faults", show: func(p *i18n.Printer) templ.Component {
			v := segmentsView()
			v.Open = segmentPeople(p)
			give := v.Open.Give
			give.Seen, give.Confirm, give.Password, give.Limit = 1204, "1,204", true, 3000
			give.Form = forms.Grant{Kind: "points", Points: "5,000", Problems: forms.Problems{"points": p.Fault("too_large", map[string]any{"max": p.Points(3000)}), "confirm": p.Fault("required", nil)}}
			return pages.Segments(v)
		}},
		{name: "segments/few", show: func(*i18n.Printer) templ.Component {
			v := pages.SegmentsView{AsOf: day("2026-11-22"), Classes: 2, Total: 7}
			v.Cells[0][4], v.Cells[4][4] = pages.SegmentCell{People: 5, Share: 714}, pages.SegmentCell{People: 2, Share: 286}
			return pages.Segments(v)
		}},
		{name: "segments/empty", show: func(*i18n.Printer) templ.Component { return pages.Segments(pages.SegmentsView{}) }},
	}
}

func groupForm(p *i18n.Printer) pages.GroupFormView {
	return pages.GroupFormView{
		Key: "k", Fields: []string{"away_days", "visits", "spend_12m", "tier", "joined", "consent", forms.OwnAttribute},
		Codes: map[string][]components.Option{"tier": {{Value: "silver", Label: say(p, "단골", "Regular")}, {Value: "gold", Label: "VIP"}}},
		Form: forms.Group{Name: say(p, "한동안 못 뵌 단골", "Regulars we miss"), Join: "all", Rows: []forms.GroupRow{
			{Field: "spend_12m", Is: "at_least", A: "300,000"},
			{Field: "away_days", Is: "between", A: "60", B: "120"},
			{Field: "tier", Is: "in", Codes: []string{"gold"}, Not: true},
			{Field: forms.OwnAttribute, Own: say(p, "도시", "city"), Is: "in", A: say(p, "서울, 부산", "Seoul, Busan")},
		}},
		Effect: pages.GroupEffectView{People: 412, Share: 83, Sentence: say(p,
			"최근 12개월 동안 300,000원 이상 썼고, 안 온 지 60일~120일 되고, VIP 등급이 아니고, 도시가 서울이나 부산인 손님",
			"customers who have spent ₩300,000 or more in the last 12 months, have been away for 60 to 120 days, do not hold VIP and have city Seoul or Busan")},
	}
}

func groupStories() []story {
	return []story{
		{name: "groups/list", show: func(p *i18n.Printer) templ.Component {
			v := segmentsView()
			v.CanEdit, v.Groups = true, []pages.GroupLink{{ID: 1, Name: say(p, "한동안 못 뵌 단골", "Regulars we miss"), People: 412}, {ID: 2, Name: "VIP", People: 37}}
			return pages.Segments(v)
		}},
		{name: "groups/form", show: func(p *i18n.Printer) templ.Component { return pages.GroupEdit(groupForm(p)) }},
		{name: "groups/faults", show: func(p *i18n.Printer) templ.Component {
			v := groupForm(p)
			v.ID, v.Version, v.Effect = 3, "2", pages.GroupEffectView{}
			v.Form.Rows[0].A = ""
			v.Form.Problems = forms.Problems{"name": p.Fault("taken", nil), "row-0": p.Fault("required", nil)}
			return pages.GroupEdit(v)
		}},
		{name: "groups/show", show: func(p *i18n.Printer) templ.Component {
			v := pages.GroupView{ID: 1, Name: say(p, "한동안 못 뵌 단골", "Regulars we miss"), Sentence: groupForm(p).Effect.Sentence, CanEdit: true, People: *segmentPeople(p)}
			v.People.Title, v.People.Note = v.Name, p.Groups.Counted(p.Common.People(412), say(p, "오늘 03:10", "today 03:10"))
			v.People.Give.Group = 1
			return pages.Group(v)
		}},
	}
}
