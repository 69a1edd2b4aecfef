package handlers

import (
	"slices"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models/customers"
	"dangol/models/segments"
	"dangol/models/tasks"
	"dangol/models/terms"
	"dangol/views/components"
	"dangol/views/forms"
	"dangol/views/i18n"
	"dangol/views/pages"
	"dangol/views/paths"
)

func (m *segmentMap) view() pages.SegmentsView {
	v := pages.SegmentsView{Total: m.grid.People, AsOf: m.grid.AsOf, Classes: min(m.grid.Recency.Classes(), m.grid.Frequency.Classes())}
	for _, g := range m.groups {
		v.Groups = append(v.Groups, pages.GroupLink{ID: g.ID, Name: g.Name, People: g.People})
	}
	v.CanEdit = m.edits
	for r := range 5 {
		for f := range 5 {
			people := m.grid.Cells[r][f].People
			v.Cells[f][r] = pages.SegmentCell{People: people, Share: share(people, m.grid.People)}
		}
	}
	return v
}

func (m *segmentMap) open(p *i18n.Printer) *pages.SegmentPeopleView {
	cell := m.grid.At(m.cell.Recency, m.cell.Frequency)
	v := &pages.SegmentPeopleView{
		R: m.cell.Recency, F: m.cell.Frequency, Zone: string(segments.NameOf(m.cell)), Count: m.size.People, Share: share(m.size.People, m.grid.People),
		People: segmentPeople(m.people.Rows, m.program, p),
	}
	if m.people.Next != "" {
		v.Next = paths.CellAfter(v.R, v.F, m.people.Next)
	}
	var sales int64
	for _, row := range m.grid.Cells {
		for _, each := range row {
			sales += each.Spend
		}
	}
	v.Sales = share(cell.Spend, sales)
	return v
}

func segmentPeople(rows []customers.Row, program *terms.Program, p *i18n.Printer) (people []pages.SegmentPerson) {
	for i := range rows {
		person := personView(&rows[i], program, p.Locale)
		people = append(people, pages.SegmentPerson{
			ID: person.ID, Name: person.Name, Phone: person.Phone, Tier: person.Tier, Last: person.LastVisit, Visits: int64(rows[i].Visits), Points: person.Available,
		})
	}
	return people
}

// give is the form of a gift to the field; nil where there is nothing to give or nobody to give it to.
func (m *segmentMap) give(p *i18n.Printer, form forms.Grant) *pages.GiveView {
	if m.program == nil || m.size.Members == 0 {
		return nil
	}
	v := &pages.GiveView{R: m.cell.Recency, F: m.cell.Frequency, Seen: m.size.People, Skipped: m.size.People - m.size.Members, Form: form, Limit: -1, Key: web.NewKey()}
	for _, kind := range m.program.Terms().Coupons {
		v.Coupons = append(v.Coupons, pages.CouponChoice{Code: kind.Code, Name: kind.Name.In(string(p.Locale)), Worth: max(kind.Amount, kind.Most), Days: kind.Days})
	}
	if m.saved != nil {
		v.Group = m.saved.ID
	}
	if v.Form.Kind == "" {
		v.Form.Kind = usualGift(m.program.Terms())
	}
	for _, coupon := range v.Coupons {
		if coupon.Code == v.Form.Kind {
			v.Each = coupon.Worth
		}
	}
	if m.size.Members > manyPeople {
		v.Confirm = p.Number(m.size.Members)
	}
	return v
}

// usualGift is the first coupon that does not belong to a day of its own; points where there is none.
func usualGift(t *terms.Terms) string {
	for _, kind := range t.Coupons {
		if !slices.ContainsFunc(t.Occasions, func(o terms.Occasion) bool { return o.Coupon == kind.Code }) {
			return kind.Code
		}
	}
	return "points"
}

func (g *giftPage) view(s *Server, c echo.Context) pages.GiftView {
	var unit *terms.Unit
	if g.program != nil {
		unit = g.program.Unit(g.Unit)
	}
	p := s.speakUnit(c, unit)
	v := pages.GiftView{ID: g.ID, Zone: g.zone(), What: g.what(p), Chosen: g.Chosen, Given: g.Given, At: g.CreatedAt, Job: g.job(p, s), People: segmentPeople(g.people.Rows, g.program, p)}
	if g.people.Next != "" {
		v.Next = paths.GiftAfter(g.ID, g.people.Next)
	}
	v.Group = g.group
	if g.Group.Saved != 0 {
		v.Back = paths.Group(g.Group.Saved)
	}
	if g.Group.Cell != nil {
		v.Back = paths.Cell(g.Group.Cell.Recency, g.Group.Cell.Frequency)
	}
	return v
}

func (g *giftPage) zone() string {
	if g.Group.Cell != nil {
		return string(segments.NameOf(*g.Group.Cell))
	}
	return string(g.Group.Name)
}

// what says what each gets: "500P", "생일 쿠폰".
func (g *giftPage) what(p *i18n.Printer) string {
	if g.Kind == segments.Points {
		return p.Points(g.Points)
	}
	if g.program == nil {
		return g.Coupon
	}
	return g.program.Terms().NameOf(g.Coupon, string(p.Locale))
}

func (g *giftPage) job(p *i18n.Printer, s *Server) components.JobProps {
	job := components.JobProps{ID: "gift-job", Title: p.Gifts.Giving, Done: g.task.Done, Total: g.Chosen, Tag: string(g.task.State) + "-" + p.Number(g.task.Done)}
	switch g.task.State {
	case tasks.Done:
		job.Title, job.Done, job.Line = p.Gifts.Given, g.Given, p.Segments.Gave(p.Common.People(g.Given), g.what(p))
	case tasks.Failed, tasks.Stopped:
		job.Failed, job.Line = true, p.Fault(g.task.Error, nil)
	default:
		job.Poll = paths.Gift(g.ID)
		if left := g.task.Left(s.DB.Wall()); left > 0 {
			job.Line = p.Common.TimeLeft(p.Duration(left))
		}
	}
	return job
}
