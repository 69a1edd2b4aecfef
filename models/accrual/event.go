package accrual

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/ledger"
	"dangol/models/orders"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
)

// EventResult is what a report about an order released.
type EventResult struct {
	EventID         int64
	ExternalID      string
	OrderExternalID string
	OrderID         int64
	Event           string
	Members         []Released
	Replay          bool // told before; nothing happened now
}

// Released is what became usable in one programme, by unit, and what its member has then.
type Released struct {
	MembershipID int64
	Program      string
	Points       map[string]terms.Points
	Balances     []Balance
}

// Report says that something happened to an order, once for ever by the actor's source and the report's number, and once
// by key. Points of the order that wait for it become usable, and the clock of their end starts (S-P1, S-P2). An event that
// nothing waits for is kept, and ends the holds of what an amendment gives later.
//
// Errors: models.Invalid with every faulty field; models.NotFound for an order that has not come; models.Conflict when the
// number is known with other content; models.ErrClockMoving, ErrKeyReused, ErrKeyBusy.
func Report(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, key store.Key, params models.OrderEventParams) (EventResult, error) {
	if err := checkEvent(&params); err != nil {
		return EventResult{}, err
	}
	result, replay, err := store.Do(ctx, db, merchantID, key, func(tx *store.Tx) (EventResult, error) {
		r := &reporting{tx: tx, params: &params, source: sourceOf(actor)}
		err := r.run()
		return r.result, err
	})
	result.Replay = result.Replay || replay
	return result, err
}

func checkEvent(p *models.OrderEventParams) error {
	var f models.Faults
	if p.ExternalID = text(&f, "external_id", p.ExternalID, maxNumber); p.ExternalID == "" {
		f.Add("external_id", "required", nil)
	}
	if p.OrderExternalID = text(&f, "order_external_id", p.OrderExternalID, maxNumber); p.OrderExternalID == "" {
		f.Add("order_external_id", "required", nil)
	}
	if !terms.IsCode(p.Event) {
		f.Add("event", "malformed", nil)
	}
	return f.Err()
}

// reporting is one report on its way through one transaction.
type reporting struct {
	tx     *store.Tx
	params *models.OrderEventParams
	source string
	result EventResult
}

func (r *reporting) run() error {
	if err := r.tx.Posting(); err != nil {
		return err
	}
	batch := &pgx.Batch{}
	queueOrderLock(batch, r.tx, r.source, r.params.OrderExternalID)
	if err := r.tx.PG().SendBatch(r.tx.Ctx(), batch).Close(); err != nil {
		return err
	}
	o, err := orders.FindExternal(r.tx, r.source, r.params.OrderExternalID)
	if err != nil {
		return err
	}
	r.result = EventResult{ExternalID: r.params.ExternalID, OrderExternalID: o.ExternalID, OrderID: o.ID, Event: r.params.Event}
	if told, err := r.repeated(&o); told || err != nil {
		return err
	}
	at, err := r.tx.Moment("happened_at", r.params.HappenedAt, true)
	if err != nil {
		return err
	}
	err = r.tx.PG().QueryRow(r.tx.Ctx(), `INSERT INTO order_events (merchant_id, source, external_id, order_id, event, happened_at, recorded_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`, r.tx.MerchantID(), r.source, r.params.ExternalID, o.ID, r.params.Event, at, r.tx.Wall()).
		Scan(&r.result.EventID)
	if err != nil {
		return err
	}
	return r.release(&o)
}

// repeated reports whether the number is known: the same again does nothing.
func (r *reporting) repeated(o *models.Order) (bool, error) {
	var order int64
	var event string
	err := r.tx.PG().QueryRow(r.tx.Ctx(), `SELECT id, order_id, event FROM order_events WHERE merchant_id = $1 AND source = $2 AND external_id = $3`,
		r.tx.MerchantID(), r.source, r.params.ExternalID).Scan(&r.result.EventID, &order, &event)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return false, nil
	case err != nil:
		return false, err
	case order != o.ID || event != r.params.Event:
		return true, models.Conflicting("event_has_changed", nil)
	}
	r.result.Replay = true
	return true, r.retell(o)
}

// retell says what the order's customer has now.
func (r *reporting) retell(o *models.Order) error {
	if o.CustomerID == nil {
		return nil
	}
	running, err := programs.Running(r.tx)
	if err != nil {
		return err
	}
	members, err := ledger.Peek(r.tx, running, ledger.Of(models.CustomerRef{ID: *o.CustomerID}))
	for _, m := range members {
		r.result.Members = append(r.result.Members, released(m, &terms.Outcome{}))
	}
	return err
}

// release ends what waits for the event, in every programme of the order's customer.
func (r *reporting) release(o *models.Order) error {
	back := takingBack{tx: r.tx, order: o}
	members, err := back.members()
	if err != nil {
		return err
	}
	if err := r.tx.Tick(); err != nil {
		return err
	}
	var changes []ledger.Change
	for _, m := range members {
		m.Settle(r.tx.Today())
		change := ledger.Change{Member: m}
		if program := m.Program.Timeline.At(o.PlacedAt); program != nil {
			outcome := releaseOne(r.tx, o, m, program, r.params.Event)
			change.Outcomes = []terms.Outcome{outcome}
			r.result.Members = append(r.result.Members, released(m, &outcome))
		}
		changes = append(changes, change)
	}
	return ledger.Write(r.tx, changes...)
}

func releaseOne(tx *store.Tx, o *models.Order, m *ledger.Member, program *terms.Program, event string) terms.Outcome {
	return program.Release(&m.Member, &terms.Happened{Event: event, Order: orders.Source(o.Source, o.ExternalID), At: tx.Now(), Day: tx.Today()})
}

func released(m *ledger.Member, outcome *terms.Outcome) Released {
	r := Released{MembershipID: m.ID, Program: m.Program.Code, Points: map[string]terms.Points{}, Balances: balances(m)}
	for i := range outcome.Movements {
		if mv := &outcome.Movements[i]; mv.Bucket == terms.Pending {
			r.Points[mv.Unit] -= mv.Points
		}
	}
	return r
}

// releaseReported ends what waits for events that were reported of the order before.
func releaseReported(tx *store.Tx, o *models.Order, m *ledger.Member, program *terms.Program) (outcomes []terms.Outcome, err error) {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT DISTINCT event FROM order_events WHERE merchant_id = $1 AND order_id = $2 ORDER BY event`, tx.MerchantID(), o.ID)
	if err != nil {
		return nil, err
	}
	events, err := pgx.CollectRows(rows, pgx.RowTo[string])
	for _, event := range events {
		outcomes = append(outcomes, releaseOne(tx, o, m, program, event))
	}
	return outcomes, err
}
