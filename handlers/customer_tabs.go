package handlers

import (
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/counter"
	"dangol/models/customers"
	"dangol/models/ledger"
	"dangol/models/store"
	"dangol/models/terms"
	"dangol/views/components"
	"dangol/views/i18n"
	"dangol/views/pages"
	"dangol/views/paths"
)

// item is one thing that happened, as the timeline tells it.
func (f *file) item(p *i18n.Printer, e *customers.Event) components.TimelineItem {
	item := components.TimelineItem{When: p.DateTime(e.At), Stamp: p.Stamp(e.At)}
	switch words := p.Customers; e.Kind {
	case customers.EventOrder:
		item.Icon, item.What = "shopping-bag", words.Purchase(p.Money(e.Amount))
		if e.Entry != "" {
			item.Amount, item.Plus, item.Why = p.SignedPoints(e.Points), e.Points > 0, paths.EntryWhy(f.id, e.Unit, e.Seq)
		}
		if e.Withdrawn {
			item.Icon, item.Detail = "undo-2", p.Common.Undo
		}
	case customers.EventRefund:
		item.Icon, item.What = "rotate-ccw", words.Refund(p.Money(e.Amount))
	case customers.EventTier:
		item.Icon, item.What = "crown", words.TierTo(f.name(e.ProgramID, 0, e.To, p))
	case customers.EventCouponIssued:
		item.Icon, item.What, item.Detail = "ticket", f.name(e.ProgramID, e.Version, e.Code, p), words.States.Open
	case customers.EventCouponUsed:
		item.Icon, item.What, item.Detail = "ticket", f.name(e.ProgramID, e.Version, e.Code, p), words.States.Used
	case customers.EventEnrolled:
		item.Icon, item.What = "user-plus", words.Enrolled
	case customers.EventConsent:
		item.Icon, item.What = "notebook-pen", p.Consents.What(e.From, e.To, !e.Withdrawn)
	default:
		item.Icon, item.What, item.Detail = "coins", words.Kinds.Name(e.Entry), f.detail(p, e)
		item.Amount, item.Plus = p.SignedPoints(e.Points), e.Points > 0
		if isComputed(e) {
			item.Why = paths.EntryWhy(f.id, e.Unit, e.Seq)
		}
	}
	return item
}

// isComputed says whether a rule worked the points out, so that there is something to explain.
func isComputed(e *customers.Event) bool { return e.Entry == string(terms.Earn) && e.Code != "" }

// detail is what a movement was about: the rule that paid, and what the customer was told.
func (f *file) detail(p *i18n.Printer, e *customers.Event) string {
	var parts []string
	total, ordered := f.totals[e.OrderID]
	if isComputed(e) && !(ordered && f.usual(e)) {
		parts = append(parts, f.name(e.ProgramID, e.Version, e.Code, p))
	}
	if ordered {
		parts = append(parts, p.Customers.Purchase(p.Money(total)))
	}
	return strings.Join(parts, " · ")
}

// usual says whether the first rule of the terms paid, the one that pays for every purchase: beside one it needs no name.
func (f *file) usual(e *customers.Event) bool {
	timeline := f.timelines[e.ProgramID]
	if timeline == nil {
		return false
	}
	program := timeline.Version(e.Version)
	return program != nil && len(program.Terms().Earning) > 0 && program.Terms().Earning[0].Code == e.Code
}

// name is what a version of a programme calls a rule, tier or coupon; version 0 is the one in force.
func (f *file) name(programID int64, version int, code string, p *i18n.Printer) string {
	timeline := f.timelines[programID]
	if timeline == nil {
		return code
	}
	program := timeline.Version(version)
	if program == nil {
		program = timeline.At(p.Now)
	}
	if program == nil {
		return code
	}
	return program.Terms().NameOf(code, string(p.Locale))
}

func (f *file) entries(p *i18n.Printer) (rows []pages.EntryRow) {
	for i := range f.events.Events {
		e := &f.events.Events[i]
		rows = append(rows, pages.EntryRow{
			Unit: e.Unit, Seq: int64(e.Seq), Kind: e.Entry, Bucket: e.Bucket, Points: e.Points, After: f.left[e.ID], At: e.At,
			Detail: f.detail(p, e), Words: e.Words, HasWhy: isComputed(e),
		})
		if e.Bucket == string(terms.Available) {
			f.left[e.ID] -= e.Points
		}
	}
	return rows
}

// lots is what is held, by the day on which it ends.
func (f *file) lots() (rows []pages.LotRow) {
	for _, lot := range f.guest.Account.Lots {
		switch i := slices.IndexFunc(rows, func(row pages.LotRow) bool { return row.Ends == lot.ExpiresOn }); {
		case lot.Remaining <= 0:
		case i >= 0:
			rows[i].Left += lot.Remaining
		default:
			rows = append(rows, pages.LotRow{Left: lot.Remaining, Ends: lot.ExpiresOn})
		}
	}
	return rows
}

func (f *file) couponRows(p *i18n.Printer) (rows []pages.CouponRow) {
	states := map[models.CouponStatus]string{models.CouponUsed: "used", models.CouponEnded: "expired", models.CouponRevoked: "revoked"}
	for i := range f.coupons {
		coupon := &f.coupons[i]
		row := pages.CouponRow{
			Title: f.name(coupon.ProgramID, coupon.Version, coupon.Kind, p), State: states[coupon.Status(f.today.In(utc))],
			Given: calendar.DateOf(coupon.IssuedAt, p.Zone), Until: calendar.DateOf(coupon.ValidUntil, utc),
		}
		if coupon.UsedOn != nil {
			row.UsedOn = calendar.DateOf(*coupon.UsedOn, utc)
		}
		if row.State == "" {
			row.State = "open"
		}
		rows = append(rows, row)
	}
	return rows
}

func (f *file) tierRows(p *i18n.Printer) (rows []pages.TierRow) {
	for _, change := range f.tiers {
		row := pages.TierRow{Reason: change.Reason, On: change.On, Until: change.Until, By: f.counted(p, &change)}
		row.Tier = pages.TierName{Name: f.name(change.ProgramID, 0, change.To, p), Rank: 1}
		if f.guest.Program != nil {
			if tier, rank := counter.TierNamed(f.guest.Program, change.To); tier != nil {
				row.Tier.Rank = rank
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// counted writes out what was counted when a tier changed, by the plan that is in force.
func (f *file) counted(p *i18n.Printer, change *customers.TierChange) string {
	if f.guest.Program == nil {
		return p.Customers.Spent(p.Money(change.Amount))
	}
	parts := []string{}
	for _, reading := range terms.ParseReadings(change.Readings) {
		if measure, ok := f.guest.Program.Measured(reading); ok {
			parts = append(parts, f.guest.Program.Terms().Measure(measure, reading.Value, string(p.Locale)))
		}
	}
	if len(parts) > 0 {
		return strings.Join(parts, " · ")
	}
	plan := f.guest.Program.Terms().Tiers
	if plan == nil || plan.Metric == terms.MetricSpend {
		return p.Customers.Spent(p.Money(change.Amount))
	}
	return f.guest.Program.Terms().Measure(terms.Criterion{Metric: plan.Metric, Unit: plan.Unit, Number: plan.Number}, change.Amount, string(p.Locale))
}

// entryWhy explains one line of the ledger by the terms that were in force; by htmx the explanation alone.
func (s *Server) entryWhy(c echo.Context) error {
	customer, err := s.customer(c)
	if err != nil {
		return err
	}
	seq, err := web.ID(c, "seq")
	if err != nil {
		return err
	}
	var guest *counter.Guest
	var entry ledger.Entry
	err = s.read(c, func(tx *store.Tx) (err error) {
		if guest, err = counter.Read(tx, customer.ID); err != nil || guest.Member == nil {
			return or404(err)
		}
		entry, err = ledger.FindEntry(tx, guest.Member.AccountID(web.Param(c, "unit")), seq)
		return err
	})
	if err != nil {
		return err
	}
	p := s.speakUnit(c, guest.Unit)
	why, err := entryExplained(p, guest, &entry)
	if err != nil {
		return err
	}
	return web.Page(c, http.StatusOK, pages.EntryWhy(pages.EntryWhyView{Customer: customer.ID, Name: i18n.MaskName(customer.Name), Why: *why}), components.Why(*why))
}

func or404(err error) error {
	if err == nil {
		err = models.ErrNotFound
	}
	return err
}

// entryExplained is "왜?" about a line that a rule computed. Errors: models.NotFound for any other line.
func entryExplained(p *i18n.Printer, guest *counter.Guest, entry *ledger.Entry) (*components.ExplainProps, error) {
	why, computed, err := entry.Explanation()
	if err != nil {
		return nil, err
	}
	program := guest.Member.Program.Timeline.Version(int(entry.Version))
	if !computed || program == nil {
		return nil, models.ErrNotFound
	}
	explained := explained(p, program, []terms.Award{{Code: entry.Rule, Unit: entry.Unit, Points: entry.Points, Why: why}}, nil)
	explained.Title = p.DateTime(entry.OccurredAt)
	return explained, nil
}
