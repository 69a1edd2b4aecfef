package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/consents"
	"dangol/models/counter"
	"dangol/models/coupons"
	"dangol/models/customers"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
	"dangol/views/components"
	"dangol/views/i18n"
	"dangol/views/pages"
	"dangol/views/paths"
)

// mostLines bounds the short tabs of a customer: coupons and tiers.
const mostLines = 200

// customerShow is the page of a customer, one tab at a time; by htmx the next lines of a tab.
func (s *Server) customerShow(c echo.Context) error { return s.customerPage(c, http.StatusOK, nil) }

// customerPage answers with the page; change, if it is not nil, has the last word about it.
func (s *Server) customerPage(c echo.Context, status int, change func(*pages.CustomerView)) error {
	return s.customerTab(c, status, web.Query(c, "tab"), change)
}

// customerTab is customerPage for a tab that the address does not name.
func (s *Server) customerTab(c echo.Context, status int, tab string, change func(*pages.CustomerView)) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	f := &file{id: id, tab: tab, after: web.Query(c, "after"), actor: web.Of(c).Actor()}
	if err := s.read(c, f.read); err != nil {
		return err
	}
	v := f.view(s.speakUnit(c, f.guest.Unit))
	s.allow(c, f, &v)
	if change != nil {
		change(&v)
	}
	if f.after != "" && v.Timeline != nil {
		return web.Page(c, status, pages.Customer(v), components.Timeline(v.Timeline.Items), pages.PagerPartial(v.Timeline.Next, "#timeline"))
	}
	if f.after != "" && v.Ledger != nil {
		return web.Page(c, status, pages.Customer(v), pages.LedgerRows(v.ID, v.Ledger.Entries), pages.PagerPartial(v.Ledger.Next, "#ledger-rows"))
	}
	return web.Render(c, status, pages.Customer(v))
}

// allow says what this reader may do about the customer.
func (s *Server) allow(c echo.Context, f *file, v *pages.CustomerView) {
	role := web.Of(c).Staff.Role
	v.CanEdit, v.CanReveal = tending.Of(role) != web.No, tending.Of(role) != web.No
	merging := granting.Of(role) != web.No
	if v.CanMerge = merging; v.Merged != nil {
		v.CanEdit, v.CanMerge, v.Merged.CanUndo = false, false, v.Merged.CanUndo && merging
	}
	v.CanCount = s.may(role).Counter && f.guest.Member != nil
	v.CanAdjust = granting.Of(role) != web.No && f.guest.Program != nil && mayGrant(f.guest.Program, role)
}

// whatHappened is what the timeline tells: everything, a purchase and what it earned in one line.
var whatHappened = []customers.EventKind{
	customers.EventPurchase, customers.EventRefund, customers.EventPoints, customers.EventTier, customers.EventCouponIssued, customers.EventCouponUsed,
	customers.EventEnrolled, customers.EventConsent,
}

// file is what is read about a customer for one tab.
type file struct {
	id         int64
	tab, after string
	actor      models.Actor
	customer   models.Customer
	merge      models.Merge // of who was merged, as the next two
	heir       models.Customer
	undoable   bool
	guest      *counter.Guest
	spent      int64
	standing   terms.Standing
	events     customers.EventPage
	totals     map[int64]int64 // of orders
	left       map[int64]int64 // of accounts, after their first line here
	coupons    []models.Coupon
	tiers      []customers.TierChange
	consents   []models.Consent
	timelines  map[int64]*terms.Timeline // by programme
	today      calendar.Date
}

func (f *file) read(tx *store.Tx) (err error) {
	if f.customer, err = customers.FindOwn(tx, f.actor, f.id); err != nil {
		return err
	}
	if f.customer.MergedInto != nil {
		err = f.readMerge(tx)
	} else {
		f.guest, err = counter.Read(tx, f.id)
	}
	if err != nil {
		return err
	}
	if f.spent, err = customers.SpentYear(tx, f.id); err != nil {
		return err
	}
	f.today = tx.Today()
	if f.guest.Member != nil {
		f.standing = f.guest.Program.Standing(&f.guest.Member.Member, f.today)
	}
	if err := f.readTimelines(tx); err != nil {
		return err
	}
	switch f.tab {
	case "ledger":
		return f.readLedger(tx)
	case "coupons":
		f.coupons, err = coupons.OfCustomer(tx, f.id, mostLines)
	case "tiers":
		f.tiers, err = customers.TierChanges(tx, f.id, mostLines)
	case "consents":
		f.consents, err = consents.History(tx, f.id, mostLines)
	default:
		f.tab = "timeline"
		f.events, err = customers.Timeline(tx, f.id, whatHappened, f.after, 0)
	}
	return err
}

func (f *file) readTimelines(tx *store.Tx) error {
	running, err := programs.Running(tx)
	f.timelines = map[int64]*terms.Timeline{}
	for _, p := range running {
		f.timelines[p.ID] = p.Timeline
	}
	return err
}

// readLedger reads movements of points, what the orders behind them came to, and what could be used after each.
func (f *file) readLedger(tx *store.Tx) (err error) {
	if f.events, err = customers.Timeline(tx, f.id, []customers.EventKind{customers.EventPoints}, f.after, 0); err != nil {
		return err
	}
	var orders []int64
	f.left = map[int64]int64{}
	for _, e := range f.events.Events {
		if e.OrderID != 0 {
			orders = append(orders, e.OrderID)
		}
		if _, known := f.left[e.ID]; !known {
			if f.left[e.ID], err = ledger.AvailableAfter(tx, e.ID, int64(e.Seq)); err != nil {
				return err
			}
		}
	}
	f.totals, err = customers.OrderTotals(tx, orders)
	return err
}

func (f *file) view(p *i18n.Printer) pages.CustomerView {
	v := pages.CustomerView{ID: f.id, Name: i18n.MaskName(f.customer.Name), Since: calendar.DateOf(f.customer.CreatedAt, p.Zone), Tab: f.tab}
	guest := guestView(f.guest, p.Locale)
	v.Phone, v.Tier = guest.Phone, guest.Tier
	if f.customer.Email != nil {
		v.Email = maskEmail(*f.customer.Email)
	}
	if f.customer.BirthMonth != nil && f.customer.BirthDay != nil {
		v.Birthday = p.Birthday(*f.customer.BirthCalendar, *f.customer.BirthMonth, *f.customer.BirthDay)
	}
	if f.guest.Member != nil {
		v.Balances = []pages.BalanceView{f.balance(p)}
		v.Progress = f.progress(p)
	}
	if f.customer.MergedInto != nil {
		f.tombstone(p, &v)
	}
	f.fill(p, &v)
	return v
}

func (f *file) balance(p *i18n.Printer) pages.BalanceView {
	account := f.guest.Account
	return pages.BalanceView{
		Unit: p.Unit, Available: account.Available, Pending: account.Pending, PendingOn: f.guest.PendingOn,
		Expiring: f.guest.Expiring, ExpiringOn: f.guest.ExpiringOn, Owed: account.Deficit, Spent: f.spent,
	}
}

// progress is the way to the next tier; nil where the terms have none.
func (f *file) progress(p *i18n.Printer) *pages.TierProgress {
	if f.guest.Program.Terms().Tiers == nil {
		return nil
	}
	progress := &pages.TierProgress{Missing: p.Money(f.standing.ToNext), Done: f.standing.Amount, Of: f.standing.Amount + f.standing.ToNext, Until: f.standing.Until}
	if !f.guest.Program.Terms().Tiers.BySpending() {
		f.missing(p, progress)
	}
	if f.standing.Next != "" {
		progress.Next = f.guest.Program.Terms().NameOf(f.standing.Next, string(p.Locale))
	}
	return progress
}

func (f *file) fill(p *i18n.Printer, v *pages.CustomerView) {
	next := ""
	if f.events.Next != "" {
		next = paths.CustomerAfter(f.id, f.tab, f.events.Next)
	}
	switch f.tab {
	case "ledger":
		v.Ledger = &pages.LedgerView{Next: next, Entries: f.entries(p), Lots: f.lots()}
	case "coupons":
		v.Coupons = f.couponRows(p)
	case "tiers":
		v.Tiers = f.tierRows(p)
	case "consents":
		v.Consents = f.consentView(p)
	default:
		v.Timeline = &pages.TimelineView{Next: next}
		for i := range f.events.Events {
			v.Timeline.Items = append(v.Timeline.Items, f.item(p, &f.events.Events[i]))
		}
	}
}

// missing writes out what the next tier still asks of each measure; the bar is that of the first.
func (f *file) missing(p *i18n.Printer, progress *pages.TierProgress) {
	doc := f.guest.Program.Terms()
	progress.Missing, progress.Done, progress.Of = "", 0, 0
	for _, m := range f.standing.Measures {
		short := m.Next - m.Value
		if short <= 0 {
			continue
		}
		if progress.Missing == "" {
			progress.Done, progress.Of = m.Value, m.Next
		} else {
			progress.Missing += " · "
		}
		progress.Missing += doc.Measure(m.Criterion, short, string(p.Locale))
	}
}
