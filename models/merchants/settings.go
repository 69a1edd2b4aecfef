package merchants

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"dangol/models"
	"dangol/models/audit"
	"dangol/models/people"
	"dangol/models/store"
)

// Changes are what an owner or admin decides about the shop after it was made.
type Changes struct {
	Name        string
	Contact     string // shown to customers under the terms; "" for none
	Ticket      int64  // what a customer usually spends at once, minor units
	Margin      int    // percent of sales
	ShownCounts bool   // a notice that was shown on a screen counts as told
	Version     string // of what was seen, see Version; "": whatever stands
}

// Find gives a shop. It returns NotFound.
func Find(tx *store.Tx) (*models.Merchant, error) {
	m := &models.Merchant{}
	err := tx.PG().QueryRow(tx.Ctx(), `SELECT id, name, trade, zone, currency, sandbox, demo, median_ticket, margin_percent, settings, created_at
		FROM merchants WHERE id = $1`, tx.MerchantID()).
		Scan(&m.ID, &m.Name, &m.Trade, &m.Zone, &m.Currency, &m.Sandbox, &m.Demo, &m.MedianTicket, &m.MarginPercent, &m.Settings, &m.CreatedAt)
	return m, err
}

// SettingsOf reads the shop's switches.
func SettingsOf(m *models.Merchant) (s models.Settings, err error) {
	if len(m.Settings) > 0 {
		err = json.Unmarshal(m.Settings, &s)
	}
	return s, err
}

// Version names what stands, so that a form knows whether somebody else has saved meanwhile.
func Version(m *models.Merchant) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d\x00%d\x00%s", m.Name, m.MedianTicket, m.MarginPercent, m.Settings))
	return hex.EncodeToString(sum[:8])
}

// Change stores the changes. It returns Invalid at "name", "contact", "ticket" or "margin", and models.ErrStale if
// somebody else has saved since the version that was seen.
func Change(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, c Changes) error {
	name, err := c.check()
	if err != nil {
		return err
	}
	return store.InTx(ctx, db, merchantID, func(tx *store.Tx) error {
		if _, err := tx.PG().Exec(tx.Ctx(), `SELECT FROM merchants WHERE id = $1 FOR NO KEY UPDATE`, merchantID); err != nil {
			return err
		}
		before, err := Find(tx)
		if err != nil {
			return err
		}
		if c.Version != "" && c.Version != Version(before) {
			return models.ErrStale
		}
		return change(tx, actor, before, name, c)
	})
}

// NeedFactor decides whether owners and admins of the shop need a second factor.
func NeedFactor(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, needed bool) error {
	return store.InTx(ctx, db, merchantID, func(tx *store.Tx) error {
		_, err := tx.PG().Exec(tx.Ctx(), `UPDATE merchants SET settings = settings || jsonb_build_object('need_factor', $2::boolean) WHERE id = $1`, merchantID, needed)
		if err != nil {
			return err
		}
		return audit.Record(tx, actor, "shop.need_factor", fmt.Sprintf("shop:%d", merchantID), map[string]any{"needed": needed})
	})
}

func (c Changes) check() (name string, err error) {
	var faults models.Faults
	if name, err = people.Name(c.Name); err != nil {
		faults.Take(err)
	}
	if utf8.RuneCountInString(c.Contact) > 100 {
		faults.Add("contact", "too_long", map[string]any{"limit": 100})
	}
	if c.Ticket <= 0 || c.Ticket > 1_000_000_000 {
		faults.Add("ticket", "bad_amount", nil)
	}
	if c.Margin < 1 || c.Margin > 100 {
		faults.Add("margin", "bad_number", nil)
	}
	return name, faults.Err()
}

func change(tx *store.Tx, actor models.Actor, before *models.Merchant, name string, c Changes) error {
	settings, err := SettingsOf(before)
	if err != nil {
		return err
	}
	settings.PublicContact, settings.ShownCounts = c.Contact, c.ShownCounts
	text, err := json.Marshal(settings)
	if err != nil {
		return err
	}
	if _, err := tx.PG().Exec(tx.Ctx(), `UPDATE merchants SET name = $2, median_ticket = $3, margin_percent = $4, settings = $5::jsonb WHERE id = $1`,
		before.ID, name, c.Ticket, c.Margin, string(text)); err != nil {
		return err
	}
	return audit.Record(tx, actor, "shop.change", fmt.Sprintf("shop:%d", before.ID), map[string]any{
		"before": map[string]any{"name": before.Name, "ticket": before.MedianTicket, "margin": before.MarginPercent},
		"after":  c,
	})
}
