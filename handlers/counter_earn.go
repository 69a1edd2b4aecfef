package handlers

import (
	"errors"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/accrual"
	"dangol/models/counter"
	"dangol/models/terms"
	"dangol/views/forms"
	"dangol/views/i18n"
	"dangol/views/pages"
	"dangol/views/paths"
)

var utc = time.UTC

// guestOf reads the customer of the path and speaks of points as their programme does.
func (s *Server) guestOf(c echo.Context) (*counter.Guest, *i18n.Printer, error) {
	id, err := web.ID(c, "id")
	if err != nil {
		return nil, nil, err
	}
	guest, err := s.guest(c, id)
	if err != nil {
		return nil, nil, err
	}
	return guest, s.speakUnit(c, guest.Unit), nil
}

// member is guestOf for what needs a programme. Errors: models.NotFound for a customer who is in none.
func (s *Server) member(c echo.Context) (*counter.Guest, *i18n.Printer, error) {
	guest, p, err := s.guestOf(c)
	if err == nil && guest.Member == nil {
		err = models.ErrNotFound
	}
	return guest, p, err
}

func (s *Server) counterEarnForm(c echo.Context) error {
	guest, p, err := s.member(c)
	if err != nil {
		return err
	}
	return s.counterPage(c, http.StatusOK, pages.CounterView{Earn: earnView(p, guest, forms.Earn{Coupon: web.QueryInt(c, "coupon", 0)})})
}

func earnView(p *i18n.Printer, guest *counter.Guest, form forms.Earn) *pages.CounterEarn {
	view := &pages.CounterEarn{Guest: guestView(guest, p.Locale), Form: form, Key: web.NewKey(), Preview: pages.EarnPreviewView{Empty: true}}
	if rule := counter.Counted(guest.Program); rule != nil {
		view.Counts, view.Thing = true, rule.Name.In(string(p.Locale))
		return view
	}
	for i := range guest.Coupons {
		view.Coupons = append(view.Coupons, couponView(p, guest, &guest.Coupons[i]))
	}
	return view
}

// purchase reads what was typed as an order of the guest's.
func purchase(p *i18n.Printer, guest *counter.Guest, form forms.Earn) (models.OrderParams, error) {
	order := models.OrderParams{Customer: &models.CustomerRef{ID: guest.Customer.ID}, Channel: "store", HasTime: true}
	rule := counter.Counted(guest.Program)
	if rule == nil {
		total, err := forms.Amount("amount", form.Amount, i18n.Decimals(p.Currency))
		order.Total = total
		if err == nil && total == 0 {
			err = models.InvalidField("amount", "required", nil)
		}
		return order, err
	}
	count, err := forms.Count("count", form.Count)
	if err == nil && count == 0 {
		err = models.InvalidField("count", "required", nil)
	}
	line := models.OrderLine{Name: rule.Name.In(string(p.Locale)), Quantity: int(min(count, 1_000_000))}
	if only := rule.If.Categories.Only; len(only) > 0 {
		line.Category = only[0]
	}
	order.Lines = []models.OrderLine{line}
	return order, err
}

// counterEarnPreview says what the amount typed so far would earn.
func (s *Server) counterEarnPreview(c echo.Context) error {
	guest, p, err := s.member(c)
	if err != nil {
		return err
	}
	var form forms.Earn
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	view := pages.EarnPreviewView{}
	order, err := purchase(p, guest, form)
	if err == nil && form.Coupon != 0 {
		err = s.tryCoupon(c, guest, form.Coupon, &order)
		view.Off, view.Pay = order.Discount, order.Total
	}
	if err == nil {
		err = s.preview(c, p, guest, order, &view)
	}
	switch models.KindOf(err) {
	case models.Invalid, models.Refused, models.Conflict:
		view.Empty = form.Amount == "" && form.Count == ""
		view.Problem = firstProblem(p, err)
	default:
		if err != nil {
			return err
		}
	}
	return web.Render(c, http.StatusOK, pages.EarnPreview(view))
}

func (s *Server) preview(c echo.Context, p *i18n.Printer, guest *counter.Guest, order models.OrderParams, view *pages.EarnPreviewView) error {
	r := web.Of(c)
	quoted, err := accrual.Quote(c.Request().Context(), s.DB, r.MerchantID(), r.Actor(), guest.Member.Program.Code, order)
	if err != nil {
		return err
	}
	view.Points = sum(quoted.Awards, guest.Unit.Code)
	view.Why = explained(p, guest.Program, quoted.Awards, quoted.Misses)
	return nil
}

func sum(awards []terms.Award, unit string) (points int64) {
	for i := range awards {
		if awards[i].Unit == unit {
			points += awards[i].Points
		}
	}
	return points
}

// firstProblem is a fault in words, whichever field it is about.
func firstProblem(p *i18n.Printer, err error) string {
	problems := forms.Explain(p, err)
	if words, ok := problems[""]; ok {
		return words
	}
	for _, words := range problems {
		return words
	}
	return ""
}

// counterEarn posts a purchase. Its number is the form's key, so that three taps are one purchase.
func (s *Server) counterEarn(c echo.Context) error {
	guest, p, err := s.member(c)
	if err != nil {
		return err
	}
	var form forms.Earn
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	key, err := web.FormKey(c)
	if err != nil {
		return err
	}
	order, err := purchase(p, guest, form)
	var posted accrual.Result
	var coupon *models.Coupon
	if err == nil && form.Coupon != 0 {
		coupon, err = s.handedOver(c, form.Coupon, &order)
	}
	if err == nil {
		r := web.Of(c)
		order.ExternalID = key.Key
		posted, err = accrual.Accrue(c.Request().Context(), s.DB, r.MerchantID(), r.Actor(), key, order)
	}
	if problems := typed(p, err); problems != nil {
		form.Problems = problems
		view := earnView(p, guest, form)
		return s.counterPage(c, http.StatusUnprocessableEntity, pages.CounterView{Earn: view})
	}
	if err != nil {
		return err
	}
	return s.counterDone(c, guest.Customer.ID, func(p *i18n.Printer, guest *counter.Guest) pages.CounterDone {
		done := earned(p, guest, &posted)
		if coupon != nil {
			done.Detail, done.Pay = couponTitle(p, guest.Member.Program.Timeline, coupon.Version, coupon.Kind), order.Total
		}
		return done
	})
}

// typed gives the faults to show in the form again; nil for no error and for one that is not about what was typed.
func typed(p *i18n.Printer, err error) forms.Problems {
	switch models.KindOf(err) {
	case models.Invalid, models.Refused:
		if errors.Is(err, models.ErrKeyReused) {
			return nil
		}
		return forms.Explain(p, err)
	}
	return nil
}

func earned(p *i18n.Printer, guest *counter.Guest, posted *accrual.Result) pages.CounterDone {
	done := pages.CounterDone{Kind: "earn", Undo: undoOf(counter.Earned, posted.OrderID), Key: web.NewKey()}
	for i := range posted.Members {
		e := &posted.Members[i]
		if e.Program != guest.Member.Program.Code {
			continue
		}
		program := guest.Member.Program.Timeline.Version(e.Version)
		done.Points, done.Why = sum(e.Awards, guest.Unit.Code), explained(p, program, e.Awards, e.Misses)
		for _, award := range e.Awards {
			done.Lines = append(done.Lines, pages.DoneLine{Label: ruleName(program, award.Code, string(p.Locale)), Points: award.Points})
		}
		done.TierUp = tierUp(p, program, e.Tiers)
	}
	return done
}

func tierUp(p *i18n.Printer, program *terms.Program, changes []terms.TierChange) *pages.TierName {
	for i := range changes {
		if tier, rank := counter.TierNamed(program, changes[i].To); tier != nil && changes[i].Reason == terms.TierUp {
			return &pages.TierName{Name: tier.Name.In(string(p.Locale)), Rank: rank}
		}
	}
	return nil
}

func undoOf(kind counter.Kind, id int64) string {
	return paths.CounterUndo((&counter.Action{Kind: kind, ID: id}).Token())
}

// counterDone shows what was done, with the balance after it.
func (s *Server) counterDone(c echo.Context, customerID int64, what func(*i18n.Printer, *counter.Guest) pages.CounterDone) error {
	guest, err := s.guest(c, customerID)
	if err != nil {
		return err
	}
	p := s.speakUnit(c, guest.Unit)
	done := what(p, guest)
	done.Guest = guestView(guest, p.Locale)
	return s.counterPage(c, http.StatusOK, pages.CounterView{Done: &done})
}
