package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/customers"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/store"
)

// entries answers with one page of one account, newest first.
func (a *API) entries(c echo.Context, ref models.CustomerRef, unit string, before int64, limit int) error {
	r := web.Of(c)
	page := entriesWire{Entries: []entryWire{}}
	err := store.ReadTx(c.Request().Context(), a.db, r.MerchantID(), func(tx *store.Tx) error {
		member, err := memberOf(tx, ref)
		if err != nil || member == nil {
			return err
		}
		if unit == "" {
			unit = member.Accounts[0].Unit
		}
		account := member.AccountID(unit)
		if account == 0 {
			return models.InvalidField("unit", "unknown", nil)
		}
		found, err := ledger.AccountEntries(tx, account, before, limit+1)
		if err != nil {
			return err
		}
		if len(found) > limit {
			found = found[:limit]
			page.Next = found[limit-1].Seq
		}
		for i := range found {
			wire, err := entry(&found[i], member.Program.Timeline, string(r.Locale))
			if err != nil {
				return err
			}
			page.Entries = append(page.Entries, wire)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, jsonType, page)
}

// memberOf finds a customer's first membership; nil for a customer who is in no programme.
func memberOf(tx *store.Tx, ref models.CustomerRef) (*ledger.Member, error) {
	customer, err := customers.FindRef(tx, ref)
	if err != nil {
		return nil, err
	}
	running, err := programs.Running(tx)
	if err != nil {
		return nil, err
	}
	members, err := ledger.Peek(tx, running, ledger.Of(models.CustomerRef{ID: customer.ID}))
	if err != nil || len(members) == 0 {
		return nil, err
	}
	return members[0], nil
}
