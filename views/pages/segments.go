package pages

import (
	"strconv"

	"dangol/models/calendar"
	"dangol/views/charts"
	"dangol/views/components"
	"dangol/views/forms"
	"dangol/views/i18n"
	"dangol/views/paths"
)

// SegmentsView is the regulars map. GET paths.Segments shows the grid alone; GET paths.Cell shows it with the people of one
// field. By htmx, paths.Cell answers SegmentPeople for #people and changes nothing else.
type SegmentsView struct {
	Cells   [5][5]SegmentCell // [frequency-1][recency-1]: 5 is the most frequent, the most recent
	Total   int64             // people on the map
	AsOf    calendar.Date     // the date of the nightly facts
	Classes int               // fewer than 5: the grid says so
	Open    *SegmentPeopleView
	Groups  []GroupLink // that conditions define
	CanEdit bool        // may make groups
}

// SegmentCell is one field of the map.
type SegmentCell struct{ People, Share int64 } // Share in tenths of a percent of Total

// SegmentPeopleView is who stands in a field, and the way to give them something. The next page of people, by htmx with
// "after", answers SegmentRows.
type SegmentPeopleView struct {
	R, F   int    // recency and frequency, 1 to 5
	Zone   string // code of i18n.Names
	Title  string // of a saved group, which stands in no field: its name
	Note   string // of a saved group: when it was counted
	Count  int64
	Share  int64 // of all people, tenths of a percent
	Sales  int64 // share of 12-month sales, tenths of a percent
	People []SegmentPerson
	Next   string // path of the next page, "" at the end
	Give   *GiveView
}

// SegmentPerson is one line of the list.
type SegmentPerson struct {
	ID     int64
	Name   string // masked
	Phone  string // masked
	Tier   *TierName
	Last   calendar.Date
	Visits int64
	Points int64
}

// GiveView gives a coupon or points to everybody of a field. POST to paths.Give with r and f, kind ("points" or a coupon
// kind's code), points, message and, above 100 people, confirm. The count is taken again when it is posted;
// if it differs from Seen, the answer is 409 with the new number.
type GiveView struct {
	R, F     int
	Group    int64 // a saved group, which stands in no field
	Seen     int64 // the count that was shown
	Skipped  int64 // of them, people who cannot get it
	Coupons  []CouponChoice
	Form     forms.Grant
	Each     int64 // worth of one, in money; 0: not yet chosen
	Limit    int64 // of points at once; -1: none
	Confirm  string
	Key      string
	Password bool // nobody else may confirm: the password is asked
}

// CouponChoice is a kind of coupon that may be given.
type CouponChoice struct {
	Code, Name string
	Worth      int64 // money
	Days       int
}

// grid lays the map out: the most frequent on top, the most recent on the right.
func (v SegmentsView) grid(p *i18n.Printer) charts.GridProps {
	words := p.Segments
	g := charts.GridProps{Caption: words.Title, RowTitle: words.Frequency, Column: words.Recency, ColumnLabels: words.Columns}
	for top := range 5 {
		f := 4 - top
		g.RowLabels[top] = words.Rows[f]
		for r := range 5 {
			g.Cells[top][r] = v.cell(p, r, f)
		}
	}
	return g
}

func (v SegmentsView) cell(p *i18n.Printer, r, f int) charts.GridCell {
	cell, path := v.Cells[f][r], paths.Cell(r+1, f+1)
	return charts.GridCell{
		Count: cell.People, Text: p.Number(cell.People), Share: p.Percent(cell.Share), Href: path,
		Label:  p.Segments.Cell(p.Segments.Rows[f], p.Segments.Columns[r]),
		Active: v.Open != nil && v.Open.R == r+1 && v.Open.F == f+1,
		Attrs:  fetch(path, "#people"),
	}
}

func kindOptions(p *i18n.Printer, v GiveView) []components.Option {
	options := []components.Option{}
	for _, coupon := range v.Coupons {
		options = append(options, components.Option{Value: coupon.Code, Label: coupon.Name, Help: p.Money(coupon.Worth) + " · " + p.Common.Days(int64(coupon.Days)), Icon: "ticket"})
	}
	return append(options, components.Option{Value: "points", Label: p.Segments.GivePoints, Help: p.Segments.GiveAny, Icon: "coins"})
}

// giveColumns lays the choices out without a hole.
func giveColumns(v GiveView) string {
	if len(v.Coupons) == 2 {
		return "grid-3"
	}
	return "grid-2"
}

func number(n int) string { return strconv.Itoa(n) }

func limitHelp(p *i18n.Printer, limit int64) string {
	if limit < 0 {
		return ""
	}
	return p.Segments.Limit(p.Points(limit))
}
