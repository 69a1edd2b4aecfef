package handlers

import (
	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/counter"
	"dangol/models/customers"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
	"dangol/views/i18n"
	"dangol/views/pages"
	"dangol/views/paths"
)

// masked is how a person is called where others can look: the name without its middle, or the number.
func masked(name, phone string) string {
	if name == "" {
		return i18n.MaskPhone(phone)
	}
	return i18n.MaskName(name)
}

func guestView(guest *counter.Guest, locale i18n.Locale) pages.CounterGuest {
	view := pages.CounterGuest{ID: guest.Customer.ID, Available: guest.Account.Available - guest.Account.Deficit}
	if guest.Customer.Name != "" {
		view.Name = i18n.MaskName(guest.Customer.Name)
	}
	if guest.Customer.Phone != nil {
		view.Phone = i18n.MaskPhone(*guest.Customer.Phone)
	}
	if tier, rank := guest.Tier(); tier != nil {
		view.Tier = &pages.TierName{Name: tier.Name.In(string(locale)), Rank: rank}
	}
	return view
}

func cardView(p *i18n.Printer, guest *counter.Guest, role models.Role) *pages.CounterCard {
	card := &pages.CounterCard{
		Guest: guestView(guest, p.Locale), Visit: int64(guest.Visit), LastVisit: guest.LastOn, Pending: guest.Account.Pending, PendingOn: guest.PendingOn,
		Expiring: guest.Expiring, ExpiringOn: guest.ExpiringOn, Missing: guest.Missing, CanRedeem: guest.Usable > 0,
		CanGrant: guest.Program != nil && mayGrant(guest.Program, role),
	}
	if len(guest.Usual) > 0 {
		card.Usual = guest.Usual[0].Name
	}
	for _, special := range guest.Today {
		if special.Kind != customers.SpecialFirst {
			card.Today = append(card.Today, pages.CounterToday{Kind: string(special.Kind), N: int64(special.N)})
		}
	}
	for _, note := range guest.Notes {
		card.Notes = append(card.Notes, pages.CounterNote{ID: note.ID, Text: note.Text})
	}
	for i := range guest.Coupons {
		card.Coupons = append(card.Coupons, couponView(p, guest, &guest.Coupons[i]))
	}
	return card
}

func mayGrant(program *terms.Program, role models.Role) bool {
	_, ok := program.Terms().GrantLimit(role)
	return ok || role == models.Owner
}

func couponView(p *i18n.Printer, guest *counter.Guest, coupon *models.Coupon) pages.CounterCouponLine {
	use := paths.CounterEarnWith(guest.Customer.ID, coupon.ID)
	if counter.Counted(guest.Program) != nil {
		use = paths.CounterCouponWith(guest.Customer.ID, coupon.ID)
	}
	return pages.CounterCouponLine{
		Use: use, ID: coupon.ID, Title: couponTitle(p, guest.Member.Program.Timeline, coupon.Version, coupon.Kind),
		Until: calendar.DateOf(coupon.ValidUntil, utc), Minimum: coupon.Minimum,
	}
}

// couponTitle is what the terms under which a coupon was issued call it.
func couponTitle(p *i18n.Printer, timeline *terms.Timeline, version int, kind string) string {
	if program := timeline.Version(version); program != nil {
		if named := program.Terms().Coupon(kind); named != nil {
			return named.Name.In(string(p.Locale))
		}
	}
	return kind
}

func personView(row *customers.Row, program *terms.Program, locale i18n.Locale) pages.CounterPerson {
	person := pages.CounterPerson{ID: row.ID, Name: masked(row.Name, ""), LastVisit: row.LastOn}
	if row.Phone != nil {
		person.Name, person.Phone = masked(row.Name, *row.Phone), i18n.MaskPhone(*row.Phone)
	}
	if program == nil || len(row.Programs) == 0 {
		return person
	}
	person.Available = row.Available(program.Unit("").Code)
	code := row.Programs[0].Tier
	if plan := program.Terms().Tiers; plan != nil && code == "" {
		code = plan.Tiers[0].Code
	}
	if tier, rank := counter.TierNamed(program, code); tier != nil {
		person.Tier = &pages.TierName{Name: tier.Name.In(string(locale)), Rank: rank}
	}
	return person
}

// addRecent adds what this person did last, with the way back.
func (s *Server) addRecent(c echo.Context, view *pages.CounterView) error {
	r := web.Of(c)
	p := i18n.From(c.Request().Context())
	return s.read(c, func(tx *store.Tx) error {
		actions, err := counter.Recent(tx, r.Staff.ID, lately)
		if err != nil {
			return err
		}
		for i := range actions {
			a := &actions[i]
			line := pages.CounterAction{Name: masked(a.Name, a.Phone), Kind: string(a.Kind), Points: a.Points, When: p.Ago(a.At), Undone: a.Undone}
			if !a.Undone {
				line.Undo, line.Key = paths.CounterUndo(a.Token()), web.NewKey()
			}
			if a.Kind == counter.Coupon {
				timeline, err := programs.Timeline(tx, a.Program)
				if err != nil {
					return err
				}
				line.Detail = couponTitle(p, timeline, a.Version, a.CouponKind)
			}
			view.Recent = append(view.Recent, line)
		}
		return nil
	})
}
