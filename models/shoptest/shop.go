// Package shoptest tells stories about one small believable shop: customers who buy, return and ask what they have.
package shoptest

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/accrual"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/programs/programstest"
	"dangol/models/store"
	"dangol/models/terms"
)

// Shop is a shop with a till, a clerk and two regulars. Its programme is the default one, with changes, and takes every
// customer as a member at the first order.
type Shop struct {
	*programstest.Shop
	Till  models.Actor // an API key's
	Clerk models.Actor
	Maya  *Customer
	Joon  *Customer
	count atomic.Int64
}

// Customer is somebody who comes to the shop.
type Customer struct {
	ID   int64
	Name string
	shop *Shop
}

// Automatic lets the programme take customers by itself.
func Automatic(t *terms.Terms) { t.Enrolment.Automatic = true }

// ByHand leaves enrolling to the counter.
func ByHand(t *terms.Terms) { t.Enrolment.Automatic = false }

// New opens a live shop in Seoul.
func New(t testing.TB, changes ...programstest.Change) *Shop {
	t.Helper()
	return people(t, programstest.New(t, append([]programstest.Change{Automatic}, changes...)...))
}

// Sandbox opens a shop whose clock stands at a moment until it is moved.
func Sandbox(t testing.TB, zone string, clock time.Time, changes ...programstest.Change) *Shop {
	t.Helper()
	return people(t, programstest.Sandbox(t, zone, clock, append([]programstest.Change{Automatic}, changes...)...))
}

func people(t testing.TB, base *programstest.Shop) *Shop {
	t.Helper()
	s := &Shop{Shop: base, Till: models.Actor{KeyID: 1, Source: "pos"}}
	s.Clerk = s.Hire(t, models.Clerk)
	s.Maya, s.Joon = s.Meets(t, "Maya"), s.Meets(t, "Joon")
	return s
}

// Meets writes down a new customer, who is no member yet.
func (s *Shop) Meets(t testing.TB, name string) *Customer {
	t.Helper()
	id := s.Shop.ID(t, `INSERT INTO customers (merchant_id, name, created_at, updated_at) VALUES ($1, $2, $3, $3) RETURNING id`, name, s.Clock.Now())
	return &Customer{ID: id, Name: name, shop: s}
}

// Number gives an order, refund or redemption number that nobody has used.
func (s *Shop) Number() string { return "A" + strconv.FormatInt(s.count.Add(1), 10) }

// Won reads an amount as people write it: "12,500".
func Won(t testing.TB, amount string) int64 {
	t.Helper()
	n, err := strconv.ParseInt(strings.ReplaceAll(amount, ",", ""), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Order is what the customer buys, as the till would send it: give it a number, change it, post it.
func (c *Customer) Order(t testing.TB, amount string) models.OrderParams {
	t.Helper()
	return models.OrderParams{ExternalID: c.shop.Number(), Customer: &models.CustomerRef{ID: c.ID}, Currency: "KRW", Total: Won(t, amount)}
}

// Posts sends an order from the till.
func (s *Shop) Posts(t testing.TB, order models.OrderParams) accrual.Result {
	t.Helper()
	result, err := accrual.Accrue(context.Background(), s.DB, s.MerchantID, s.Till, store.Key{}, order)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// Buys is a purchase at the till, now.
func (c *Customer) Buys(t testing.TB, amount string) accrual.Result {
	t.Helper()
	return c.shop.Posts(t, c.Order(t, amount))
}

// Returns gives money back for an order.
func (s *Shop) Returns(t testing.TB, order accrual.Result, amount string) accrual.RefundResult {
	t.Helper()
	result, err := accrual.Refund(context.Background(), s.DB, s.MerchantID, s.Till, store.Key{}, models.RefundParams{
		ExternalID: "R" + s.Number(), OrderExternalID: order.ExternalID, Amount: Won(t, amount),
	})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// Has is what the customer has in the default unit at the shop's now; nothing for who is no member.
func (c *Customer) Has(t testing.TB) (account terms.Account) {
	t.Helper()
	c.shop.In(t, func(tx *store.Tx) error {
		running, err := programs.Running(tx)
		if err != nil {
			return err
		}
		members, err := ledger.Peek(tx, running, ledger.Of(models.CustomerRef{ID: c.ID}))
		if err == nil && len(members) > 0 {
			account = members[0].Accounts[0]
		}
		return err
	})
	return account
}

// Wants fails the test unless the customer can use that many points.
func (c *Customer) Wants(t testing.TB, available terms.Points) {
	t.Helper()
	if a := c.Has(t); a.Available != available {
		t.Errorf("%s has %d points available, want %d", c.Name, a.Available, available)
	}
}

// Entries are what happened to the customer, the oldest first, as "earn available 240 order:pos:A1/purchase".
func (c *Customer) Entries(t testing.TB) (lines []string) {
	t.Helper()
	c.shop.In(t, func(tx *store.Tx) error {
		rows, err := tx.PG().Query(tx.Ctx(), `SELECT e.kind, e.bucket, e.points, e.cause FROM memberships m
			JOIN accounts a ON a.merchant_id = m.merchant_id AND a.membership_id = m.id
			JOIN entries e ON e.merchant_id = a.merchant_id AND e.account_id = a.id
			WHERE m.merchant_id = $1 AND m.customer_id = $2 ORDER BY e.account_id, e.seq`, tx.MerchantID(), c.ID)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var kind, bucket, cause string
			var points int64
			if err := rows.Scan(&kind, &bucket, &points, &cause); err != nil {
				return err
			}
			lines = append(lines, fmt.Sprintf("%s %s %d %s", kind, bucket, points, cause))
		}
		return rows.Err()
	})
	return lines
}
