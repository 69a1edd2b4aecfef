package handlers

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models/counter"
	"dangol/models/insights"
	"dangol/models/store"
	"dangol/models/terms"
	"dangol/views/charts"
	"dangol/views/i18n"
	"dangol/views/pages"
)

// insights shows the shop's figures over the last days.
func (s *Server) insights(c echo.Context) error {
	days := int(web.QueryInt(c, "days", 30))
	if !slices.Contains(insights.FigureDays, days) {
		days = insights.FigureDays[0]
	}
	var f insights.Figures
	var program *terms.Program
	err := s.read(c, func(tx *store.Tx) (err error) {
		if program, err = counter.InForce(tx); err != nil {
			return err
		}
		f, err = insights.ReadFigures(tx, days)
		return err
	})
	if err != nil {
		return err
	}
	p := s.speakProgram(c, program)
	return web.Render(c, http.StatusOK, pages.Insights(insightsView(p, days, &f, program)))
}

func insightsView(p *i18n.Printer, days int, f *insights.Figures, program *terms.Program) pages.InsightsView {
	v := pages.InsightsView{Days: days, From: f.From, To: f.To, AsOf: f.AsOf, Sales: salesLine(p, f.Months), Figures: figures(f)}
	v.Empty = !slices.ContainsFunc(f.Months, func(m insights.MonthSales) bool { return m.Known != 0 || m.Others != 0 })
	if program != nil {
		flow := f.Flow(program.Unit(""))
		v.Points = []pages.PointsLine{{Code: "given", Points: flow.Given}, {Code: "used", Points: flow.Used}, {Code: "ended", Points: flow.Ended}}
		v.PointsMax, v.Open = max(flow.Given, flow.Used, flow.Ended, 1), flow.Open
	}
	return v
}

// figures are the six of the page; what nobody has bought says nothing about is not known.
func figures(f *insights.Figures) []pages.InsightFigure {
	ratio := func(code, kind string, part, whole, scale int64) pages.InsightFigure {
		return pages.InsightFigure{Code: code, Kind: kind, Value: scaled(part, whole, scale), Known: whole > 0}
	}
	return []pages.InsightFigure{
		ratio("per_customer", "money", f.Sales, f.Buyers, 1),
		ratio("orders", "tenths", f.Orders, f.Buyers, 10),
		ratio("retention", "rate", f.Kept, f.Earlier, 1000),
		ratio("repeat", "rate", f.Repeaters, f.Buyers, 1000),
		{Code: "active", Kind: "people", Value: f.Active, Known: true},
		ratio("top_share", "rate", f.Top, f.Sales, 1000),
	}
}

// salesLine draws the sales of twelve months, to known customers and to others.
func salesLine(p *i18n.Printer, months []insights.MonthSales) charts.LineProps {
	known, others := charts.Series{Name: p.Insights.Members}, charts.Series{Name: p.Insights.Others}
	line := charts.LineProps{Figure: charts.Figure{
		ID: "sales-line", Title: p.Insights.Sales, Desc: p.Insights.SalesDesc, NoTitle: true, Head: []string{p.Insights.Month, p.Insights.Members, p.Insights.Others},
	}}
	var top, anybody int64
	for i, m := range months {
		month := p.Month(m.Month)
		if i == len(months)-1 {
			month = p.Insights.Unfinished(month)
		}
		known.Values, others.Values = append(known.Values, max(m.Known, 0)), append(others.Values, max(m.Others, 0))
		line.Labels = append(line.Labels, month)
		line.Rows = append(line.Rows, []string{month, p.Money(m.Known), p.Money(m.Others)})
		top, anybody = max(top, m.Known, m.Others), anybody+m.Others
	}
	line.Series, line.Top = []charts.Series{known}, p.MoneyShort(top)
	if anybody > 0 {
		line.Series = append(line.Series, others)
	}
	return line
}
