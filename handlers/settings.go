package handlers

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/accrual"
	"dangol/models/calendar"
	"dangol/models/keys"
	"dangol/models/merchants"
	"dangol/models/store"
	"dangol/views/forms"
	"dangol/views/i18n"
	"dangol/views/layouts"
	"dangol/views/pages"
	"dangol/views/paths"
)

// inRealTime lets the rest of this request count "an hour ago" by the wall: people, keys and sessions live in real time,
// also in a sandbox whose clock stands.
func (s *Server) inRealTime(c echo.Context) *i18n.Printer {
	p := web.Of(c).Printer()
	p.Now = s.DB.Wall()
	c.SetRequest(c.Request().WithContext(i18n.With(c.Request().Context(), p)))
	return p
}

func (s *Server) settings(c echo.Context) error {
	view := pages.SettingsView{}
	err := store.ReadTx(c.Request().Context(), s.DB, web.Of(c).MerchantID(), func(tx *store.Tx) error {
		m, err := merchants.Find(tx)
		if err != nil {
			return err
		}
		view.Version = merchants.Version(m)
		view.Form, err = shopForm(m, web.Of(c).Printer())
		return err
	})
	if err != nil {
		return err
	}
	return s.showSettings(c, http.StatusOK, view)
}

func shopForm(m *models.Merchant, p *i18n.Printer) (forms.Shop, error) {
	settings, err := merchants.SettingsOf(m)
	form := forms.Shop{Name: m.Name, Contact: settings.PublicContact, Ticket: p.Amount(m.MedianTicket), Margin: strconv.Itoa(m.MarginPercent)}
	if settings.ShownCounts {
		form.Shown = "on"
	}
	return form, err
}

func (s *Server) showSettings(c echo.Context, status int, view pages.SettingsView) error {
	role := web.Of(c).Staff.Role
	view.CanShop, view.Mail = s.opens(http.MethodPost, paths.Settings, role), s.Mail
	view.Links = pages.SettingsLinks{
		Staff: s.opens(get, paths.Staff, role), Keys: s.opens(get, paths.Keys, role), Refunds: s.opens(get, paths.Refunds, role),
		Imports: s.opens(get, paths.Imports, role), Poster: s.opens(get, paths.Poster, role), Audit: s.opens(get, paths.Audit, role),
	}
	return web.Render(c, status, pages.Settings(view))
}

func (s *Server) changeShop(c echo.Context) error {
	var form forms.Shop
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	r := web.Of(c)
	changes, err := shopChanges(form, r.Printer())
	if err == nil {
		changes.Version = c.FormValue("version")
		err = merchants.Change(c.Request().Context(), s.DB, r.MerchantID(), r.Actor(), changes)
	}
	if models.KindOf(err) == models.Invalid {
		form.Problems = forms.Explain(r.Printer(), err)
		return s.showSettings(c, http.StatusUnprocessableEntity, pages.SettingsView{Form: form, Version: c.FormValue("version")})
	}
	if err != nil {
		return err
	}
	return s.done(c, paths.Settings, r.Printer().Common.Saved)
}

func shopChanges(form forms.Shop, p *i18n.Printer) (merchants.Changes, error) {
	changes := merchants.Changes{Name: form.Name, Contact: strings.TrimSpace(form.Contact), ShownCounts: form.Shown == "on"}
	ticket, err := forms.Amount("ticket", form.Ticket, i18n.Decimals(p.Currency))
	if err != nil {
		return changes, err
	}
	margin, err := forms.Amount("margin", form.Margin, 0)
	changes.Ticket, changes.Margin = ticket, int(min(margin, 1000))
	return changes, err
}

func (s *Server) keyIndex(c echo.Context) error {
	return s.showKeys(c, http.StatusOK, pages.KeysView{Form: usualKey()})
}

// usualKey is what a till needs.
func usualKey() forms.Key {
	return forms.Key{Source: "pos", Scopes: []string{string(models.ScopeOrders), string(models.ScopeRedemptions), string(models.ScopeCustomers)}}
}

func (s *Server) showKeys(c echo.Context, status int, view pages.KeysView) error {
	r, ctx := web.Of(c), c.Request().Context()
	list, err := keys.List(ctx, s.DB, r.MerchantID())
	if err != nil {
		return err
	}
	stores, err := merchants.Stores(ctx, s.DB, r.MerchantID())
	if err != nil {
		return err
	}
	for _, key := range list {
		view.Rows = append(view.Rows, keyRow(key, stores))
	}
	for _, scope := range models.Scopes {
		if scope != models.ScopeSandbox || r.Merchant.Sandbox {
			view.Scopes = append(view.Scopes, string(scope))
		}
	}
	view.Stores = storeChoices(stores)
	s.inRealTime(c)
	return web.Render(c, status, pages.Keys(view))
}

func keyRow(k models.APIKey, stores []models.Store) pages.KeyRow {
	row := pages.KeyRow{ID: k.ID, Name: k.Name, Start: k.Prefix + "…", Source: k.Source, Revoked: k.RevokedAt != nil}
	for _, scope := range k.Scopes {
		row.Scopes = append(row.Scopes, string(scope))
	}
	if k.StoreID != nil {
		row.Store = storeNames([]int64{*k.StoreID}, stores)
	}
	if k.LastUsedAt != nil {
		row.Used = *k.LastUsedAt
	}
	return row
}

// makeKey makes a key and shows it, once: it is in no address and in no session.
func (s *Server) makeKey(c echo.Context) error {
	var form forms.Key
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	r := web.Of(c)
	params := keys.Params{Name: form.Name, Source: form.Source, StoreID: form.Store}
	for _, scope := range form.Scopes {
		params.Scopes = append(params.Scopes, models.Scope(scope))
	}
	text, _, err := keys.Make(c.Request().Context(), s.DB, r.MerchantID(), r.Actor(), params)
	if models.KindOf(err) == models.Invalid {
		form.Problems = forms.Explain(r.Printer(), err)
		return s.showKeys(c, http.StatusUnprocessableEntity, pages.KeysView{Form: form})
	}
	if err != nil {
		return err
	}
	return s.showKeys(c, http.StatusOK, pages.KeysView{Form: usualKey(), Made: text, Curl: s.example(text, r.Merchant.Currency)})
}

// example is a first order, ready to be sent from a terminal.
func (s *Server) example(key, currency string) string {
	return fmt.Sprintf(`curl %s \
  -H 'Authorization: Bearer %s' \
  -H 'Idempotency-Key: try-1' \
  -H 'Content-Type: application/json' \
  -d '{"external_id":"try-1","currency":"%s","total":12000}'`, s.link("/api/v1/orders"), key, currency)
}

func (s *Server) revokeKey(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	r := web.Of(c)
	if err := keys.Revoke(c.Request().Context(), s.DB, r.MerchantID(), r.Actor(), id); err != nil {
		return err
	}
	return s.done(c, paths.Keys, r.Printer().Settings.Revoked)
}

const (
	mostRefunds   = 200
	refundsWaitIn = 30 // days, decisions: then they are dropped with a note
)

func (s *Server) refundIndex(c echo.Context) error {
	var list []accrual.WaitingRefund
	r := web.Of(c)
	err := store.ReadTx(c.Request().Context(), s.DB, r.MerchantID(), func(tx *store.Tx) (err error) {
		list, err = accrual.WaitingRefunds(tx, mostRefunds)
		return err
	})
	if err != nil {
		return err
	}
	view := pages.RefundsView{}
	for _, each := range list {
		view.Rows = append(view.Rows, pages.RefundRow{
			Source: each.Source, Order: each.Order, Amount: each.Amount, Since: each.Recorded,
			Drops: calendar.DateOf(each.Recorded, r.Zone).AddDays(refundsWaitIn),
		})
	}
	s.inRealTime(c)
	return web.Render(c, http.StatusOK, pages.Refunds(view))
}

// opens says whether a role may use a route, as the table says.
func (s *Server) opens(method, path string, role models.Role) bool {
	allow, there := s.allows[method+" "+path]
	return there && allow.Of(role) != web.No
}

// may says which entries of the menu a role opens.
func (s *Server) may(role models.Role) layouts.Places {
	opens := func(path string) bool { return s.opens(get, path, role) }
	return layouts.Places{
		Counter: opens(paths.Counter), Customers: opens(paths.Customers), Program: opens(paths.Program), Segments: opens(paths.Segments),
		Insights: opens(paths.Insights), Settings: opens(paths.Settings), Clock: opens(paths.SandboxClock),
	}
}
