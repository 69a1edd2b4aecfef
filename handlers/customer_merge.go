package handlers

import (
	"crypto/rand"
	"net/http"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/counter"
	"dangol/models/customers"
	"dangol/models/merges"
	"dangol/models/store"
	"dangol/views/forms"
	"dangol/views/i18n"
	"dangol/views/pages"
	"dangol/views/paths"
)

// customerMergeNew finds the customer who is the same as this one, and shows both before they are merged.
func (s *Server) customerMergeNew(c echo.Context) error {
	customer, err := s.standing(c)
	if err != nil {
		return err
	}
	if form := (forms.Merge{Other: web.QueryInt(c, "other", 0)}); form.Other != 0 {
		return s.mergePage(c, http.StatusOK, &customer, form)
	}
	v := pages.MergeView{ID: customer.ID, Name: masked(customer.Name, ""), Query: web.Query(c, "q")}
	if err := s.findTwins(c, &v); err != nil {
		return err
	}
	return web.Render(c, http.StatusOK, pages.CustomerMerge(v))
}

// standing is the customer of the path, if they are the actor's to see and were not merged.
func (s *Server) standing(c echo.Context) (models.Customer, error) {
	customer, err := s.customer(c)
	if err == nil && customer.MergedInto != nil {
		err = models.ErrNotFound
	}
	return customer, err
}

// findTwins searches for customers other than the page's.
func (s *Server) findTwins(c echo.Context, v *pages.MergeView) error {
	if v.Query == "" {
		return nil
	}
	return s.read(c, func(tx *store.Tx) error {
		program, err := counter.InForce(tx)
		if err != nil {
			return err
		}
		found, err := listed(tx, customers.ListQuery{}, v.Query, web.Of(c).Actor().StoreIDs)
		for i := range found.Rows {
			if row := &found.Rows[i]; row.ID != v.ID {
				v.Found = append(v.Found, customerRow(row, program, web.Of(c).Locale))
			}
		}
		return err
	})
}

// mergePage shows this one, the other, and what they will be together.
func (s *Server) mergePage(c echo.Context, status int, customer *models.Customer, form forms.Merge) error {
	r := web.Of(c)
	v := pages.MergeView{ID: customer.ID, Name: masked(customer.Name, ""), Chosen: true, Form: form, Key: web.NewKey()}
	column := func(at int, id int64) func(*store.Tx) error {
		return func(tx *store.Tx) (err error) {
			v.Columns[at], err = mergeColumn(tx, r.Actor(), id, r.Locale)
			return err
		}
	}
	for at, id := range []int64{customer.ID, form.Other} {
		if err := s.read(c, column(at, id)); err != nil {
			return err
		}
	}
	err := merges.Preview(c.Request().Context(), s.DB, r.MerchantID(), r.Actor(), form.Other, customer.ID, column(2, customer.ID))
	if problems := typed(r.Printer(), err); problems != nil {
		v.Form.Problems, status = problems, http.StatusUnprocessableEntity
	} else if err != nil {
		return err
	}
	v.Columns[2].Name, v.Columns[2].Phone = v.Columns[0].Name, v.Columns[0].Phone
	return web.Render(c, status, pages.CustomerMerge(v))
}

func mergeColumn(tx *store.Tx, actor models.Actor, id int64, locale i18n.Locale) (col pages.MergeColumn, err error) {
	if _, err := customers.FindOwn(tx, actor, id); err != nil {
		return col, err
	}
	guest, err := counter.Read(tx, id)
	if err != nil {
		return col, err
	}
	bought, err := merges.BoughtBy(tx, guest.Customer.ID)
	shown := guestView(guest, locale)
	col = pages.MergeColumn{
		Name: shown.Name, Phone: shown.Phone, Points: shown.Available, Coming: guest.Account.Pending,
		Orders: bought.Orders, Visits: bought.Visits, Spent: bought.Spent, Coupons: int64(len(guest.Coupons)),
	}
	if shown.Tier != nil {
		col.Tier = shown.Tier.Name
	}
	return col, err
}

// customerMerge merges the other customer into this one, once however often the button is tapped.
func (s *Server) customerMerge(c echo.Context) error {
	customer, err := s.standing(c)
	if err != nil {
		return err
	}
	var form forms.Merge
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	key, err := web.FormKey(c)
	if err != nil {
		return err
	}
	r := web.Of(c)
	err = s.read(c, func(tx *store.Tx) error {
		_, err := customers.FindOwn(tx, r.Actor(), form.Other)
		return err
	})
	if err != nil {
		return err
	}
	_, err = merges.Merge(c.Request().Context(), s.DB, r.MerchantID(), atDesk(r), key, models.MergeParams{
		ExternalID: rand.Text(), From: models.CustomerRef{ID: form.Other}, Into: models.CustomerRef{ID: customer.ID}, Reason: form.Reason,
	})
	if form.Problems = typed(r.Printer(), err); form.Problems != nil {
		return s.mergePage(c, http.StatusUnprocessableEntity, &customer, form)
	}
	if err != nil {
		return err
	}
	return s.done(c, paths.Customer(customer.ID), r.Printer().Merges.Done)
}

// atDesk is the actor away from the counter.
func atDesk(r *web.Request) models.Actor {
	actor := r.Actor()
	actor.Source = atOffice
	return actor
}

// customerUnmerge takes back that this customer was merged.
func (s *Server) customerUnmerge(c echo.Context) error {
	customer, err := s.customer(c)
	if err != nil {
		return err
	}
	key, err := web.FormKey(c)
	if err != nil {
		return err
	}
	var merge models.Merge
	err = s.read(c, func(tx *store.Tx) (err error) {
		merge, err = merges.Of(tx, customer.ID)
		return err
	})
	if models.KindOf(err) == models.NotFound { // nobody merged them, or it is undone
		return web.Go(c, paths.Customer(customer.ID))
	}
	if err != nil {
		return err
	}
	r := web.Of(c)
	_, err = merges.Undo(c.Request().Context(), s.DB, r.MerchantID(), atDesk(r), key, merge.ID)
	if problems := typed(r.Printer(), err); problems != nil {
		return s.customerPage(c, http.StatusUnprocessableEntity, func(v *pages.CustomerView) { v.Merged.CanUndo, v.Merged.Problem = false, problems[""] })
	}
	if err != nil {
		return err
	}
	return s.done(c, paths.Customer(customer.ID), r.Printer().Merges.Undone)
}

// readMerge reads into whom the customer of the page was merged: of theirs it shows what happened, not what they have.
func (f *file) readMerge(tx *store.Tx) error {
	card, err := customers.ReadCard(tx, f.id)
	if err != nil {
		return err
	}
	f.guest = &counter.Guest{Card: card}
	if f.merge, err = merges.Of(tx, f.id); err != nil {
		return err
	}
	if f.undoable, err = merges.MayUndo(tx, f.merge.ID); err != nil {
		return err
	}
	f.heir, err = customers.Find(tx, *f.customer.MergedInto)
	return err
}

// tombstone says of a merged customer where to go.
func (f *file) tombstone(p *i18n.Printer, v *pages.CustomerView) {
	v.State = "merged"
	v.Merged = &pages.MergedView{
		Into: f.heir.ID, Name: masked(f.heir.Name, ""), On: p.Date(calendar.DateOf(f.merge.At, p.Zone)), Reason: f.merge.Reason,
		CanUndo: f.undoable, Key: web.NewKey(),
	}
}
