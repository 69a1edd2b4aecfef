// Package programstest gives a test a small believable shop: a published programme, staff, and members with points.
package programstest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/store/storetest"
	"dangol/models/terms"
)

// Shop is one shop with the programme "shop" in force since the beginning of its time.
type Shop struct {
	*storetest.Shop
	people int
}

// Change alters the default terms before they are published.
type Change func(*terms.Terms)

// New opens a live shop in Seoul.
func New(t testing.TB, changes ...Change) *Shop {
	t.Helper()
	s := &Shop{Shop: storetest.New(t)}
	s.Publish(t, changes...)
	return s
}

// Sandbox opens a sandbox whose clock stands at a moment.
func Sandbox(t testing.TB, zone string, clock time.Time, changes ...Change) *Shop {
	t.Helper()
	d := storetest.Open(t)
	s := &Shop{Shop: &storetest.Shop{Database: *d, MerchantID: d.AddMerchant(t, zone, "KRW", &clock)}}
	s.Publish(t, changes...)
	return s
}

// Publish makes the default terms, with changes, the programme's next version, in force now.
func (s *Shop) Publish(t testing.TB, changes ...Change) {
	t.Helper()
	doc := terms.Default(models.TradeUnknown, 12_000)
	for _, change := range changes {
		change(&doc)
	}
	s.In(t, func(tx *store.Tx) error {
		_, err := programs.Find(tx, "shop")
		if err != nil {
			_, err = programs.CreateIn(tx, models.Actor{}, "shop", doc.Encode())
		} else {
			_, err = programs.SaveDraftIn(tx, models.Actor{}, "shop", 0, doc.Encode())
		}
		if err != nil {
			return err
		}
		_, err = programs.PublishIn(tx, models.Actor{}, "shop", models.PublishParams{})
		return err
	})
}

// In runs fn in a transaction of the shop.
func (s *Shop) In(t testing.TB, fn func(*store.Tx) error) {
	t.Helper()
	if err := store.InTx(context.Background(), s.DB, s.MerchantID, fn); err != nil {
		t.Fatal(err)
	}
}

// Hire gives a member of staff, who has no store of their own.
func (s *Shop) Hire(t testing.TB, role models.Role) models.Actor {
	t.Helper()
	s.people++
	actor := models.Actor{Role: role, Source: "counter"}
	actor.StaffID = s.ID(t, `WITH person AS (INSERT INTO people (email, name, created_at) VALUES ($2, $3, '2020-01-01') RETURNING id)
		INSERT INTO staff (merchant_id, person_id, role, created_at) SELECT $1, id, $3, '2020-01-01' FROM person RETURNING id`,
		fmt.Sprintf("%s-%d@example.com", role, s.people), role)
	return actor
}

// Joins makes a customer a member as of the shop's now and gives the membership.
func (s *Shop) Joins(t testing.TB, name string) (membership int64) {
	t.Helper()
	var customer int64
	s.In(t, func(tx *store.Tx) error {
		program, err := programs.One(tx, "shop")
		if err != nil {
			return err
		}
		if err := tx.PG().QueryRow(tx.Ctx(), `INSERT INTO customers (merchant_id, name, created_at, updated_at) VALUES ($1, $2, $3, $3) RETURNING id`,
			s.MerchantID, name, tx.Now()).Scan(&customer); err != nil {
			return err
		}
		_, err = ledger.Enrol(tx, program, ledger.Joining{CustomerID: customer, At: tx.Now()})
		return err
	})
	return s.ID(t, `SELECT id FROM memberships WHERE merchant_id = $1 AND customer_id = $2`, customer)
}

// Customer is whose membership it is.
func (s *Shop) Customer(t testing.TB, membership int64) models.CustomerRef {
	t.Helper()
	return models.CustomerRef{ID: s.ID(t, `SELECT customer_id FROM memberships WHERE merchant_id = $1 AND id = $2`, membership)}
}

// Gives puts points into a member's account, under a cause of its own.
func (s *Shop) Gives(t testing.TB, membership, points int64, cause string) {
	t.Helper()
	s.In(t, func(tx *store.Tx) error {
		program, err := programs.One(tx, "shop")
		if err != nil {
			return err
		}
		members, err := ledger.Load(tx, []*ledger.Program{program}, 0, ledger.Members(membership))
		if err != nil {
			return err
		}
		m := members[0]
		m.Settle(tx.Today())
		outcome, refusal := program.Timeline.At(tx.Now()).Grant(&m.Member,
			&terms.Grant{Source: cause, Reason: "thanks", At: tx.Now(), Day: tx.Today(), Points: points})
		if refusal.Refused() {
			return fmt.Errorf("%+v", refusal)
		}
		return ledger.Write(tx, ledger.Change{Member: m, Outcomes: []terms.Outcome{outcome}})
	})
}

// Account is what a member has in the default unit at the shop's now.
func (s *Shop) Account(t testing.TB, membership int64) (account terms.Account) {
	t.Helper()
	s.In(t, func(tx *store.Tx) error {
		program, err := programs.One(tx, "shop")
		if err != nil {
			return err
		}
		accounts, err := ledger.Balances(tx, []*ledger.Program{program}, membership)
		if err == nil {
			account = accounts[0]
		}
		return err
	})
	return account
}

// ID runs a query that gives one number; $1 is the merchant.
func (s *Shop) ID(t testing.TB, sql string, args ...any) (id int64) {
	t.Helper()
	if err := s.DB.Pool().QueryRow(context.Background(), sql, append([]any{s.MerchantID}, args...)...).Scan(&id); err != nil {
		t.Fatal(err)
	}
	return id
}

// Exec runs a statement; $1 is the merchant.
func (s *Shop) Exec(t testing.TB, sql string, args ...any) {
	t.Helper()
	if _, err := s.DB.Pool().Exec(context.Background(), sql, append([]any{s.MerchantID}, args...)...); err != nil {
		t.Fatal(err)
	}
}
