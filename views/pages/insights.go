package pages

import (
	"github.com/a-h/templ"

	"dangol/models/calendar"
	"dangol/views/charts"
	"dangol/views/components"
	"dangol/views/i18n"
	"dangol/views/paths"
)

// InsightsView is 한눈에: the six figures of the shop, its sales and where points went. GET paths.Insights?days=30|90|365.
type InsightsView struct {
	Days      int // 30, 90 or 365
	From, To  calendar.Date
	Empty     bool // no purchases yet
	Figures   []InsightFigure
	Sales     charts.LineProps // Title and labels are filled in by the handler from i18n.Insights
	Points    []PointsLine     // what moved in the period
	PointsMax int64
	Open      int64 // points that are held at its end
	AsOf      calendar.Date
}

// InsightFigure is one figure.
type InsightFigure struct {
	Code  string // "per_customer", "orders", "retention", "repeat", "active", "top_share"
	Kind  string // "money", "tenths" (a number with one decimal), "rate" (tenths of a percent), "people"
	Value int64
	Known bool // false: too little data; shown as a dash
}

// PointsLine is one part of the points given.
type PointsLine struct {
	Code   string // "given", "used", "ended"
	Points int64
}

func figureName(p *i18n.Printer, code string) (name, note string) {
	w := p.Insights
	switch code {
	case "per_customer":
		return w.PerCustomer, w.PerCustomerNote
	case "orders":
		return w.Orders, w.OrdersNote
	case "retention":
		return w.Retention, w.RetentionNote
	case "repeat":
		return w.Repeat, w.RepeatNote
	case "active":
		return w.Active, w.ActiveNote
	}
	return w.TopShare, w.TopShareNote
}

func figureText(p *i18n.Printer, f InsightFigure) string {
	switch {
	case !f.Known:
		return i18n.Unknown
	case f.Kind == "money":
		return p.Money(f.Value)
	case f.Kind == "rate":
		return p.Percent(f.Value)
	case f.Kind == "tenths":
		return p.Insights.Times(f.Value, p.PointsIn(f.Value, i18n.Unit{Decimals: 1}))
	}
	return p.Common.People(f.Value)
}

func pointsBars(p *i18n.Printer, lines []PointsLine) (bars []charts.BarLine) {
	names := map[string]string{"given": p.Insights.PointsGiven, "used": p.Insights.PointsUsed, "ended": p.Insights.PointsEnded}
	for _, line := range lines {
		bars = append(bars, charts.BarLine{Label: names[line.Code], Value: p.Points(line.Points), Amount: line.Points})
	}
	return bars
}

func spans(p *i18n.Printer, days int) []components.TabLink {
	link := func(n int, label string) components.TabLink {
		return components.TabLink{Label: label, Href: paths.Insights + "?days=" + number(n), Active: days == n}
	}
	return []components.TabLink{link(30, p.Insights.Last30), link(90, p.Insights.Last90), link(365, p.Insights.Last365)}
}

func spanMark(active bool) templ.Attributes {
	if active {
		return templ.Attributes{"aria-current": "page"}
	}
	return nil
}
