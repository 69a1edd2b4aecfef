// Package merchants makes shops and their stores.
package merchants

import (
	"context"
	"regexp"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/people"
	"dangol/models/store"
	"dangol/models/terms"
)

// What a shop gets that says nothing.
const (
	usualZone     = "Asia/Seoul"
	usualCurrency = "KRW"
)

var (
	currencyForm = regexp.MustCompile(`^[A-Z]{3}$`)
	codeForm     = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,31}$`)
)

// usualTicket is about what a customer spends at once, in minor units, where nobody has said.
func usualTicket(currency string) int64 {
	if currency == usualCurrency {
		return 12000
	}
	return 1200
}

// complete fills in what was left open and says everything that is wrong.
func complete(p models.MerchantParams) (models.MerchantParams, error) {
	var faults models.Faults
	name, err := people.Name(p.Name)
	if err != nil {
		faults.Take(err)
	}
	p.Name = name
	if p.Trade == "" {
		p.Trade = models.TradeUnknown
	}
	if p.Zone == "" {
		p.Zone = usualZone
	}
	if p.Currency == "" {
		p.Currency = usualCurrency
	}
	if p.MedianTicket == 0 {
		p.MedianTicket = usualTicket(p.Currency)
	}
	return p, check(p, faults)
}

func check(p models.MerchantParams, faults models.Faults) error {
	if !isTrade(p.Trade) {
		faults.Add("trade", "invalid", nil)
	}
	if _, err := time.LoadLocation(p.Zone); err != nil || p.Zone == "Local" {
		faults.Add("zone", "invalid", nil)
	}
	if !currencyForm.MatchString(p.Currency) {
		faults.Add("currency", "invalid", nil)
	}
	if p.MedianTicket < 0 || p.MedianTicket > 1_000_000_000 {
		faults.Add("ticket", "bad_amount", nil)
	}
	if p.Sandbox == p.Clock.IsZero() {
		faults.Add("clock", "required", nil)
	}
	return faults.Err()
}

func isTrade(t models.Trade) bool {
	for _, known := range models.Trades {
		if t == known {
			return true
		}
	}
	return false
}

// Create makes a shop in the caller's transaction and gives its id. It returns Invalid at "name", "trade", "zone",
// "currency", "ticket" or "clock": a sandbox, and no other shop, is born with one.
func Create(tx *store.Tx, p models.MerchantParams) (id int64, err error) {
	if p, err = complete(p); err != nil {
		return 0, err
	}
	var clock *time.Time
	if p.Sandbox {
		clock = &p.Clock
	}
	err = tx.PG().QueryRow(tx.Ctx(), `INSERT INTO merchants (name, trade, zone, currency, sandbox, clock_at, median_ticket, margin_percent, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id`,
		p.Name, p.Trade, p.Zone, p.Currency, p.Sandbox, clock, p.MedianTicket, terms.Margin(p.Trade), tx.Wall()).Scan(&id)
	return id, err
}

// Add is Create in a transaction of its own, for the command line.
func Add(ctx context.Context, db *store.DB, p models.MerchantParams) (id int64, err error) {
	err = store.InGlobalTx(ctx, db, func(tx *store.Tx) error {
		id, err = Create(tx, p)
		return err
	})
	return id, err
}

// AddOwner makes the person the shop's owner, in the caller's transaction.
func AddOwner(tx *store.Tx, merchantID, personID int64) (staffID int64, err error) {
	err = tx.PG().QueryRow(tx.Ctx(), `INSERT INTO staff (merchant_id, person_id, role, created_at) VALUES ($1, $2, 'owner', $3) RETURNING id`,
		merchantID, personID, tx.Wall()).Scan(&staffID)
	return staffID, err
}

// AddStore makes a store of the transaction's shop. It returns Invalid at "code" or "name".
func AddStore(tx *store.Tx, code, name string) (id int64, err error) {
	var faults models.Faults
	if !codeForm.MatchString(code) {
		faults.Add("code", "invalid", nil)
	}
	if name, err = people.Name(name); err != nil {
		faults.Take(err)
	}
	if err := faults.Err(); err != nil {
		return 0, err
	}
	err = tx.PG().QueryRow(tx.Ctx(), `INSERT INTO stores (merchant_id, code, name, created_at) VALUES ($1, $2, $3, $4) RETURNING id`,
		tx.MerchantID(), code, name, tx.Wall()).Scan(&id)
	return id, err
}

// Stores lists the shop's open stores by name.
func Stores(ctx context.Context, db *store.DB, merchantID int64) ([]models.Store, error) {
	rows, err := db.Pool().Query(ctx, `SELECT merchant_id, id, code, name, closed_at, created_at FROM stores
		WHERE merchant_id = $1 AND closed_at IS NULL ORDER BY name, id`, merchantID)
	if err != nil {
		return nil, store.Translate(err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[models.Store])
	return list, store.Translate(err)
}

// List gives every shop of the installation, for the command line.
func List(ctx context.Context, db *store.DB) ([]models.Merchant, error) {
	rows, err := db.Pool().Query(ctx, `SELECT id, name, trade, zone, currency, sandbox, demo, clock_at, clock_target, first_order_at,
		first_posting_at, median_ticket, margin_percent, settings, created_at FROM merchants ORDER BY id`)
	if err != nil {
		return nil, store.Translate(err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[models.Merchant])
	return list, store.Translate(err)
}
