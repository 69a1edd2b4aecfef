// Package merges makes one customer of two who turned out to be the same person, and takes that back. The duplicate's
// entries stay where they were made; what is left of its points goes over by entries of kind merge, and its orders, open
// coupons and counters go with them. Whoever means the duplicate, by whatever number, finds the one who goes on.
//
// A merge happens once: by its idempotency key while that is kept, and by (source, external id) for ever.
package merges

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/audit"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/store"
)

// Receipt is a merge, or its undoing.
type Receipt struct {
	models.Merge
	Orders int  // that went over, or came back
	Points int  // accounts whose points did
	Replay bool `json:",omitempty"` // told before; nothing happened now
}

// Merge merges one customer into another, in one transaction in which both are locked. In every programme of the
// duplicate's the other is a member, or becomes one. An Into that was merged itself means the one who goes on.
//
// Errors: models.Invalid for input out of range, "unknown" at from and into, "same_customer" at into, "already_merged" at
// from; models.Refused "merge_reserved" while points or coupons of the duplicate are set aside, "merge_subscribed" while it has a paid plan,
// "merge_referral" while it takes part in a referral; models.Conflict
// "merge_has_changed" for the same id with other content; models.ErrClockMoving; those of store.Once.
func Merge(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, key store.Key, params models.MergeParams) (Receipt, error) {
	if err := check(&params); err != nil {
		return Receipt{}, err
	}
	receipt, replay, err := store.Do(ctx, db, merchantID, key, func(tx *store.Tx) (Receipt, error) {
		m := merging{tx: tx, actor: actor, params: &params}
		err := m.run()
		return m.receipt, err
	})
	receipt.Replay = receipt.Replay || replay
	return receipt, err
}

var errSeen = errors.New("merges: seen")

// Preview lets look see the shop as Merge would leave it, and leaves it as it is. Errors: as Merge, and look's.
func Preview(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, from, into int64, look func(*store.Tx) error) error {
	params := models.MergeParams{ExternalID: "preview:" + rand.Text(), From: models.CustomerRef{ID: from}, Into: models.CustomerRef{ID: into}, Reason: "preview"}
	err := store.InTx(ctx, db, merchantID, func(tx *store.Tx) error {
		m := merging{tx: tx, actor: actor, params: &params}
		if err := m.run(); err != nil {
			return err
		}
		if err := look(tx); err != nil {
			return err
		}
		return errSeen
	})
	if errors.Is(err, errSeen) {
		return nil
	}
	return err
}

func check(p *models.MergeParams) error {
	var f models.Faults
	p.ExternalID = f.ExternalID("external_id", p.ExternalID)
	reason, ok := models.CleanText(p.Reason, models.MaxMergeReason)
	switch {
	case !ok:
		f.Add("reason", "bad_text", map[string]any{"limit": models.MaxMergeReason})
	case reason == "":
		f.Add("reason", "required", nil)
	}
	p.Reason = reason
	return f.Err()
}

// merging is one merge on its way through one transaction.
type merging struct {
	tx      *store.Tx
	actor   models.Actor
	params  *models.MergeParams
	running []*ledger.Program
	pairs   []pair
	hash    []byte // of what is asked
	receipt Receipt
}

// pair is one programme: the duplicate's membership and the one that goes on.
type pair struct{ from, into *ledger.Member }

// run is the story of one merge.
func (m *merging) run() (err error) {
	if err := m.tx.Posting(); err != nil {
		return err
	}
	if err := m.meet(); err != nil {
		return err
	}
	if known, err := m.repeated(); known || err != nil {
		return err
	}
	if err := m.apart(); err != nil {
		return err
	}
	if m.running, err = programs.Running(m.tx); err != nil {
		return err
	}
	if err := m.settle(); err != nil {
		return err
	}
	if err := m.insert(); err != nil {
		return err
	}
	if err := m.rows(); err != nil {
		return err
	}
	if err := m.points(); err != nil {
		return err
	}
	return audit.Record(m.tx, m.actor, "customer.merge", fmt.Sprintf("customer:%d", m.receipt.From), map[string]any{
		"merge": m.receipt.ID, "into": m.receipt.Into, "reason": m.params.Reason, "orders": m.receipt.Orders})
}

func contentHash(r *Receipt) []byte {
	text, _ := json.Marshal([]any{r.From, r.Into, r.Reason}) // plain values always encode
	sum := sha256.Sum256(text)
	return sum[:]
}

// repeated reports whether the number is known: the same again is told the same.
func (m *merging) repeated() (bool, error) {
	before, hash, err := find(m.tx, `source = $2 AND external_id = $3`, m.receipt.Source, m.params.ExternalID)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return false, nil
	case err != nil:
		return false, err
	case !bytes.Equal(hash, m.hash):
		return true, models.Conflicting("merge_has_changed", map[string]any{"external_id": m.params.ExternalID})
	}
	m.receipt, err = receiptOf(m.tx, before)
	m.receipt.Replay = true
	return true, err
}

// settle makes the one who goes on a member wherever the duplicate is one, and stores what the days have brought both.
func (m *merging) settle() error {
	r := &m.receipt
	for _, p := range m.running {
		var lacking bool
		err := m.tx.PG().QueryRow(m.tx.Ctx(), `SELECT EXISTS (SELECT FROM memberships WHERE merchant_id = $1 AND program_id = $2 AND customer_id = $3 AND left_at IS NULL)
			AND NOT EXISTS (SELECT FROM memberships WHERE merchant_id = $1 AND program_id = $2 AND customer_id = $4)`, m.tx.MerchantID(), p.ID, r.From, r.Into).Scan(&lacking)
		if err == nil && lacking {
			_, err = ledger.Enrol(m.tx, p, ledger.Joining{CustomerID: r.Into, At: m.tx.Now()})
		}
		if err != nil {
			return err
		}
	}
	if err := m.load(); err != nil {
		return err
	}
	if err := m.tx.Tick(); err != nil {
		return err
	}
	var members []*ledger.Member
	for _, p := range m.pairs {
		members = append(members, p.from, p.into)
	}
	if err := ledger.Settle(m.tx, m.tx.Today(), members...); err != nil {
		return err
	}
	return m.free()
}

// load locks the memberships of both and pairs them by their programmes.
func (m *merging) load() error {
	members, err := ledger.Load(m.tx, m.running, 0, ledger.OfCustomers(m.receipt.From, m.receipt.Into).Idle())
	m.pairs = nil
	for _, from := range members {
		for _, into := range members {
			if from.CustomerID == m.receipt.From && into.CustomerID == m.receipt.Into && from.Program == into.Program {
				m.pairs = append(m.pairs, pair{from, into})
			}
		}
	}
	return err
}

func (m *merging) insert() error {
	r := &m.receipt
	r.MerchantID, r.At = m.tx.MerchantID(), m.tx.Now()
	return m.tx.PG().QueryRow(m.tx.Ctx(), `INSERT INTO merges (merchant_id, source, external_id, from_customer_id, into_customer_id, reason, content_hash, staff_id, at, business_date, recorded_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id, business_date`,
		m.tx.MerchantID(), r.Source, r.ExternalID, r.From, r.Into, r.Reason, m.hash, r.StaffID, r.At, m.tx.Today(), m.tx.Wall()).Scan(&r.ID, &r.BusinessDate)
}

// cause names what a merge does in the ledger.
func cause(m *models.Merge) string { return "merge:" + m.Source + ":" + m.ExternalID }

func optional(id int64) *int64 {
	if id == 0 {
		return nil
	}
	return &id
}

// source says whose numbers the actor uses.
func source(actor models.Actor) string {
	if actor.Source == "" {
		return "office"
	}
	return actor.Source
}
