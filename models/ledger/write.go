package ledger

import (
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/store"
	"dangol/models/terms"
)

// Change is what one transaction did to a member: the outcomes of the engine in the order in which they came. What
// Member.Settle brought before them is stored with them.
type Change struct {
	Member   *Member
	Outcomes []terms.Outcome
	Orders   map[string]int64 // by the outcomes' sources ("order:pos:A17", "refund:pos:R3"): which order they are about
}

// errMoved says that an account has other numbers than those that were loaded: somebody wrote without Load's lock.
var errMoved = errors.New("ledger: an account has moved since it was loaded")

// Write stores what happened to members that Load has locked, one or thousands, in one round trip. A member may be
// written again in the same transaction. Errors: a violated constraint where the cause has had its effect before;
// models.Refused "customer_merged" for who was merged into another.
func Write(tx *store.Tx, changes ...Change) error {
	batch := &pgx.Batch{}
	if err := Queue(batch, tx.MerchantID(), tx.Wall(), changes...); err != nil || batch.Len() == 0 {
		return err
	}
	return tx.PG().SendBatch(tx.Ctx(), batch).Close()
}

// Queue puts Write's statements into a batch of the caller's. Recorded is the transaction's wall time.
func Queue(batch *pgx.Batch, merchantID int64, recorded time.Time, changes ...Change) error {
	w := writer{merchantID: merchantID, recorded: recorded}
	for _, change := range changes {
		if !change.Member.locked {
			return errors.New("ledger: a member that was not locked cannot be written")
		}
		if change.Member.MergedInto != 0 && !change.Member.former {
			return models.Refusal("customer_merged", nil)
		}
		if err := w.member(change); err != nil {
			return err
		}
	}
	w.queue(batch)
	return nil
}

// writer gathers the rows of all members, table by table, column by column.
type writer struct {
	merchantID int64
	recorded   time.Time
	entries    entryRows
	lots       lotRows
	accounts   accountRows
	uses       useRows
	extensions extensionRows
	tiers      tierRows
	limits     limitRows
	budgets    budgetRows
	members    memberRows
	coupons    couponRows
	claims     claimRows
	ended      []reservation
}

func (w *writer) member(change Change) error {
	m := change.Member
	touched := make([]int64, 0, len(m.accounts)) // their seq before
	for i := range m.accounts {
		touched = append(touched, m.accounts[i].seq)
	}
	outcomes := append(m.settled, change.Outcomes...)
	w.ended = append(w.ended, m.ended...)
	m.settled, m.ended = nil, nil
	for i := range outcomes {
		if err := w.outcome(m, &outcomes[i], change.Orders); err != nil {
			return err
		}
	}
	for i, was := range touched {
		if m.accounts[i].seq != was {
			w.accounts.add(m, &m.accounts[i], was)
		}
	}
	w.used(m, outcomes)
	w.budgets.add(m, outcomes)
	w.membership(m)
	return nil
}

func (w *writer) outcome(m *Member, outcome *terms.Outcome, orders map[string]int64) error {
	for i := range outcome.Movements {
		if err := w.movement(m, &outcome.Movements[i], orders); err != nil {
			return err
		}
	}
	for i := range outcome.Extensions {
		w.extension(m, &outcome.Extensions[i])
	}
	for i := range outcome.Tiers {
		w.tier(m, &outcome.Tiers[i])
	}
	for i := range outcome.Coupons {
		w.coupon(m, &outcome.Coupons[i], orders)
	}
	for i := range outcome.Claims {
		w.claim(m, &outcome.Claims[i])
	}
	return nil
}

// movement makes the entry of a movement, seals it, and notes its lot and what it took from others.
func (w *writer) movement(m *Member, mv *terms.Movement, orders map[string]int64) error {
	account := m.account(mv.Unit)
	if account == nil {
		return errors.New("ledger: member " + m.Code + " has no account in " + mv.Unit)
	}
	if mv.Seq != account.seq+1 {
		return errMoved
	}
	entry := w.entry(m, account, mv)
	entry.OrderID = m.orderFor(account.id, mv, orders)
	entry.Digest = entry.digest(account.digest, owner{w.merchantID, m.Code, mv.Unit}, m.termsHash(mv.Version))
	account.seq, account.digest = mv.Seq, entry.Digest
	w.entries.add(&entry)
	if entry.Lot != nil {
		w.lots.add(account.id, entry.Lot, entry.OrderID)
		if entry.OrderID != 0 {
			m.lotOrders = append(m.lotOrders, lotOrder{account.id, mv.Seq, entry.OrderID, mv.Lot.Source})
		}
	}
	for place, use := range mv.Uses {
		w.uses.add(account.id, mv.Seq, place, use)
	}
	return nil
}

func (w *writer) entry(m *Member, account *account, mv *terms.Movement) Entry {
	e := Entry{
		AccountID: account.id, Unit: mv.Unit, Seq: mv.Seq, Kind: mv.Kind, Bucket: mv.Bucket, Points: mv.Points,
		At: mv.At.Truncate(time.Microsecond), OccurredAt: mv.OccurredAt.Truncate(time.Microsecond), RecordedAt: w.recorded,
		Cause: mv.Cause(), Version: int64(mv.Version), Rule: mv.Rule, Reverses: mv.Reverses, Uses: mv.Uses,
	}
	if len(mv.Why.Steps) > 0 {
		e.Why = mv.Why.Encode()
	}
	if mv.Lot.Seq != 0 {
		e.Lot = &mv.Lot
	}
	return e
}

// orderFor names the order that a movement is about: the caller's, or that of the lot which it moves or makes.
func (m *Member) orderFor(accountID int64, mv *terms.Movement, orders map[string]int64) int64 {
	if id, ok := orders[terms.WholeSource(mv.Source)]; ok {
		return id
	}
	if mv.Lot.Seq != 0 {
		if id, ok := orders[mv.Lot.Source]; ok {
			return id
		}
		return m.orderOfSource(mv.Lot.Source)
	}
	if mv.Kind != terms.Redeem && len(mv.Uses) == 1 {
		return m.orderOfLot(accountID, mv.Uses[0].Lot)
	}
	return 0
}

func (m *Member) termsHash(version int) string {
	if p := m.Program.Timeline.Version(version); p != nil {
		return p.Hash()
	}
	return ""
}
