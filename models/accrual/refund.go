package accrual

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/ledger"
	"dangol/models/orders"
	"dangol/models/store"
	"dangol/models/terms"
)

// Refund gives back money for an order: once for ever by the actor's source and the refund's number, and once by key. With
// Cancels the order is taken back whole, as if it had never been. It takes back what the returned part earned and gives
// back the points that paid for it, both cumulatively (S-F1); once all goods are returned the order's coupon comes back
// (S-F5). A refund whose order has not come yet waits for it; its state says so.
//
// Errors: models.Invalid with every faulty field, "more_than_order" at amount; models.Conflict when the number is known
// with other content; models.Refused for an order that was withdrawn; models.ErrClockMoving, ErrKeyReused, ErrKeyBusy.
func Refund(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, key store.Key, params models.RefundParams) (RefundResult, error) {
	if err := checkRefund(&params); err != nil {
		return RefundResult{}, err
	}
	result, replay, err := store.Do(ctx, db, merchantID, key, func(tx *store.Tx) (RefundResult, error) {
		r := &refunding{tx: tx, params: &params, source: sourceOf(actor)}
		err := r.run()
		return r.result, err
	})
	result.Replay = result.Replay || replay
	return result, err
}

func checkRefund(p *models.RefundParams) error {
	var f models.Faults
	if p.ExternalID = text(&f, "external_id", p.ExternalID, maxNumber); p.ExternalID == "" {
		f.Add("external_id", "required", nil)
	}
	if p.OrderExternalID = text(&f, "order_external_id", p.OrderExternalID, maxNumber); p.OrderExternalID == "" {
		f.Add("order_external_id", "required", nil)
	}
	money(&f, "amount", p.Amount)
	if p.Amount == 0 && !p.Cancels {
		f.Add("amount", "required", nil)
	}
	return f.Err()
}

// refunding is one refund on its way through one transaction.
type refunding struct {
	tx     *store.Tx
	params *models.RefundParams
	source string
	at     time.Time

	known  *refundRow
	order  *models.Order
	result RefundResult
}

// refundRow is a refund as it is stored.
type refundRow struct {
	ID              int64
	ExternalID      string
	OrderExternalID string
	OrderID         int64
	Amount          int64
	RefundedAt      time.Time
	State           RefundState
	Cancels         bool
}

const refundColumns = `id, external_id, order_external_id, coalesce(order_id, 0), amount, refunded_at, state, cancels`

func (r *refunding) run() (err error) {
	if err := r.tx.Posting(); err != nil {
		return err
	}
	if err := r.read(); err != nil {
		return err
	}
	if r.known != nil {
		return r.repeat()
	}
	if r.at, err = r.tx.Moment("refunded_at", r.params.RefundedAt, true); err != nil {
		return err
	}
	if r.order == nil {
		return r.wait()
	}
	return r.apply()
}

// read takes the order's number, and finds out what is known of the order and of the refund.
func (r *refunding) read() error {
	batch := &pgx.Batch{}
	queueOrderLock(batch, r.tx, r.source, r.params.OrderExternalID)
	batch.Queue(`SELECT `+refundColumns+` FROM refunds WHERE merchant_id = $1 AND source = $2 AND external_id = $3`,
		r.tx.MerchantID(), r.source, r.params.ExternalID).Query(func(rows pgx.Rows) error {
		found, err := pgx.CollectExactlyOneRow(rows, pgx.RowToAddrOfStructByPos[refundRow])
		if !errors.Is(err, pgx.ErrNoRows) {
			r.known = found
			return err
		}
		return nil
	})
	batch.Queue(orders.ByNumberSQL, r.tx.MerchantID(), r.source, r.params.OrderExternalID).Query(orders.Into(&r.order))
	if err := r.tx.PG().SendBatch(r.tx.Ctx(), batch).Close(); err != nil {
		return err
	}
	return r.tx.Tick()
}

// repeat tells again what a refund with this number did.
func (r *refunding) repeat() error {
	var f models.Faults
	if r.known.OrderExternalID != r.params.OrderExternalID {
		f.Add("order_external_id", "differs", nil)
	}
	if r.known.Amount != r.params.Amount || r.known.Cancels != r.params.Cancels {
		f.Add("amount", "differs", nil)
	}
	if len(f) > 0 {
		return &models.Error{Kind: models.Conflict, Code: "refund_has_changed", Fields: f}
	}
	r.result = r.known.result()
	r.result.Replay = true
	return nil
}

func (row *refundRow) result() RefundResult {
	return RefundResult{
		RefundID: row.ID, ExternalID: row.ExternalID, OrderExternalID: row.OrderExternalID, OrderID: row.OrderID,
		Amount: row.Amount, State: row.State,
	}
}

// wait keeps a refund until its order comes.
func (r *refunding) wait() error {
	row := refundRow{ExternalID: r.params.ExternalID, OrderExternalID: r.params.OrderExternalID, Amount: r.params.Amount, RefundedAt: r.at, State: Waiting, Cancels: r.params.Cancels}
	if err := insertRefund(r.tx, r.source, &row); err != nil {
		return err
	}
	r.result = row.result()
	return nil
}

func insertRefund(tx *store.Tx, source string, row *refundRow) error {
	return tx.PG().QueryRow(tx.Ctx(), `INSERT INTO refunds (merchant_id, source, external_id, order_external_id, order_id, amount, refunded_at, state, cancels, recorded_at, decided_at)
		VALUES ($1, $2, $3, $4, nullif($5::bigint, 0), $6, $7, $8::text, $10, $9::timestamptz, CASE WHEN $8::text <> 'waiting' THEN $9::timestamptz END) RETURNING id`,
		tx.MerchantID(), source, row.ExternalID, row.OrderExternalID, row.OrderID, row.Amount, row.RefundedAt, row.State, tx.Wall(), row.Cancels).Scan(&row.ID)
}

// apply refunds an order that is there.
func (r *refunding) apply() error {
	row := refundRow{
		ExternalID: r.params.ExternalID, OrderExternalID: r.params.OrderExternalID, OrderID: r.order.ID,
		Amount: r.params.Amount, RefundedAt: r.at, State: Applied, Cancels: r.params.Cancels,
	}
	if r.order.WithdrawnAt != nil && !row.Cancels {
		return models.Conflicting("order_withdrawn", nil)
	}
	if left := r.order.Total - r.order.Refunded; row.Amount > left {
		return models.InvalidField("amount", "more_than_order", map[string]any{"left": left})
	}
	if err := insertRefund(r.tx, r.source, &row); err != nil {
		return err
	}
	members, err := giveBack(r.tx, r.source, r.order, &row)
	if err != nil {
		return err
	}
	r.result = row.result()
	r.result.Members = members
	return nil
}

// giveBack applies a refund to its order: in every programme, on the order, in the rollups.
func giveBack(tx *store.Tx, source string, o *models.Order, row *refundRow) ([]Returned, error) {
	if row.Cancels {
		return cancel(tx, source, o, row)
	}
	goods := o.Total - o.Shipping
	before, after := min(o.Refunded, goods), min(o.Refunded+row.Amount, goods)
	back := takingBack{tx: tx, order: o, cause: "refund:" + source + ":" + row.ExternalID, at: row.RefundedAt, returned: before, whole: after == goods}
	var done []Returned
	if after > before || goods == 0 {
		var err error
		done, err = back.run(func(m *ledger.Member, program *terms.Program, h terms.History) (terms.Outcome, error) {
			if after == before { // nothing but shipping
				return terms.Outcome{}, nil
			}
			outcome, refusal := program.Refund(&m.Member, &terms.Refund{Source: back.cause, At: back.at, Day: tx.Today(), Amount: after - before, History: h})
			if refusal.Refused() {
				return outcome, models.Refusal(string(refusal.Code), map[string]any{"limit": refusal.Limit})
			}
			return outcome, nil
		})
		if err != nil {
			return nil, err
		}
	}
	_, err := tx.PG().Exec(tx.Ctx(), `UPDATE orders SET refunded = refunded + $3, spend_returned = $4 WHERE merchant_id = $1 AND id = $2`,
		tx.MerchantID(), o.ID, row.Amount, terms.Cumulative(o.Basis, after, goods))
	if err != nil {
		return nil, err
	}
	o.Refunded += row.Amount
	return done, recount(tx, o)
}

// cancel takes all that is left of an order back, as if it had never been. A second cancellation finds nothing to do.
func cancel(tx *store.Tx, source string, o *models.Order, row *refundRow) ([]Returned, error) {
	if o.WithdrawnAt != nil {
		return nil, nil
	}
	wall := tx.Wall()
	done, err := Withdraw(tx, o, "cancel:"+source+":"+row.ExternalID)
	o.WithdrawnAt = &wall
	return done, err
}

// recount makes the rollups of the order's customer anew, who is locked.
func recount(tx *store.Tx, o *models.Order) error {
	if o.CustomerID == nil {
		return nil
	}
	return orders.Recount(tx, *o.CustomerID)
}

// applyWaiting applies the refunds that came before their order, in the order in which they came. One that is larger than
// what is left of the order is refused now and says so.
func (p *posting) applyWaiting() error {
	rows, err := p.tx.PG().Query(p.tx.Ctx(), `SELECT `+refundColumns+` FROM refunds
		WHERE merchant_id = $1 AND source = $2 AND order_external_id = $3 AND state = 'waiting' ORDER BY id FOR UPDATE`,
		p.tx.MerchantID(), p.source, p.params.ExternalID)
	if err != nil {
		return err
	}
	waiting, err := pgx.CollectRows(rows, pgx.RowToAddrOfStructByPos[refundRow])
	if err != nil {
		return err
	}
	for _, row := range waiting {
		if err := p.applyOne(row); err != nil {
			return err
		}
	}
	return nil
}

func (p *posting) applyOne(row *refundRow) error {
	order, note := &p.order.Order, ""
	row.OrderID, row.State = order.ID, Applied
	var members []Returned
	switch {
	case order.WithdrawnAt != nil && !row.Cancels:
		row.State, note = Rejected, "order_withdrawn"
	case row.Amount > order.Total-order.Refunded:
		row.State, note = Rejected, "more_than_order"
	default:
		var err error
		order.BusinessDate = p.order.Day.In(time.UTC)
		if members, err = giveBack(p.tx, p.source, order, row); err != nil {
			return err
		}
	}
	result := row.result()
	result.Members = members
	p.result.Refunds = append(p.result.Refunds, result)
	_, err := p.tx.PG().Exec(p.tx.Ctx(), `UPDATE refunds SET state = $3, note = $4, order_id = $5, decided_at = $6 WHERE merchant_id = $1 AND id = $2`,
		p.tx.MerchantID(), row.ID, row.State, note, order.ID, p.tx.Wall())
	return err
}
