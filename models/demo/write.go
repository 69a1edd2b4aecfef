package demo

import (
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/customers"
	"dangol/models/ledger"
	"dangol/models/orders"
	"dangol/models/store"
)

// write stores people and what their visits did, by the same bulk path as an import's, and tells who they are.
func (b *builder) write(tx *store.Tx, all []*person) ([]regular, error) {
	if err := tx.AllowLong(time.Minute); err != nil {
		return nil, err
	}
	if err := tx.Posting(); err != nil {
		return nil, err
	}
	all, err := b.meet(tx, all)
	if err != nil {
		return nil, err
	}
	members, err := b.enrol(tx, all)
	if err != nil {
		return nil, err
	}
	if err := number(tx, all); err != nil {
		return nil, err
	}
	var bought []orders.New
	var paid []models.Redemption
	changes, came := make([]ledger.Change, len(all)), make([]regular, len(all))
	for i, p := range all {
		l := b.happen(p, members[p.ID])
		bought, paid, changes[i] = append(bought, l.orders...), append(paid, l.redemptions...), l.change
		came[i] = regular{p.ID, members[p.ID].ID, len(p.visits)}
	}
	if err := orders.Write(tx, bought...); err != nil {
		return nil, err
	}
	if err := writeRedemptions(tx, paid); err != nil {
		return nil, err
	}
	return came, ledger.Write(tx, changes...)
}

// meet writes down those who came.
func (b *builder) meet(tx *store.Tx, all []*person) (came []*person, err error) {
	for _, p := range all {
		if len(p.visits) > 0 {
			came = append(came, p)
		}
	}
	ids, err := customers.IDs(tx, len(came))
	if err != nil {
		return nil, err
	}
	rows := make([]models.Customer, len(came))
	for i, p := range came {
		p.ID, p.MerchantID, p.StoreID = ids[i], tx.MerchantID(), &b.storeID
		rows[i] = p.Customer
	}
	return came, customers.Write(tx, rows)
}

// enrol makes them members at their first visit and gives the members by customer.
func (b *builder) enrol(tx *store.Tx, all []*person) (map[int64]*ledger.Member, error) {
	joining, ids := make([]ledger.Joining, len(all)), make([]int64, len(all))
	for i, p := range all {
		joining[i], ids[i] = ledger.Joining{CustomerID: p.ID, At: p.CreatedAt}, p.ID
	}
	if _, err := ledger.Enrol(tx, b.program, joining...); err != nil {
		return nil, err
	}
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT id FROM memberships WHERE merchant_id = $1 AND program_id = $2 AND customer_id = ANY ($3)`,
		tx.MerchantID(), b.program.ID, ids)
	if err != nil {
		return nil, err
	}
	memberships, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return nil, err
	}
	members, err := ledger.Load(tx, []*ledger.Program{b.program}, b.span.from, ledger.Members(memberships...))
	byCustomer := make(map[int64]*ledger.Member, len(members))
	for _, m := range members {
		byCustomer[m.CustomerID] = m
	}
	return byCustomer, err
}

// number gives the receipts their ids.
func number(tx *store.Tx, all []*person) error {
	n := 0
	for _, p := range all {
		n += len(p.visits)
	}
	ids, err := orders.IDs(tx, n)
	if err != nil {
		return err
	}
	for _, p := range all {
		for i := range p.visits {
			p.visits[i].order, ids = ids[0], ids[1:]
		}
	}
	return nil
}

// remember counts the visits, and keeps the small shop's people in mind, for what happens to some of them.
func (b *builder) remember(came []regular) {
	for _, r := range came {
		b.bought.Add(int64(r.visits))
	}
	if !b.sized {
		b.regulars = append(b.regulars, came...)
	}
}

func writeRedemptions(tx *store.Tx, all []models.Redemption) error {
	if len(all) == 0 {
		return nil
	}
	var account, points, worth, asked, order, at []int64
	var number []string
	for i := range all {
		r := &all[i]
		account, points, worth = append(account, r.AccountID), append(points, r.Points), append(worth, r.Worth)
		asked, order, at = append(asked, *r.OrderTotal), append(order, *r.OrderID), append(at, r.At.UnixMicro())
		number = append(number, r.ExternalID)
	}
	_, err := tx.PG().Exec(tx.Ctx(), `INSERT INTO redemptions (merchant_id, account_id, source, external_id, points, worth, order_total, order_id,
			content_hash, store_id, at, business_date, recorded_at)
		SELECT $1, n.account, $2, n.number, n.points, n.worth, n.asked, n.order_id, sha256(n.number::bytea), $3,
		       timestamptz 'epoch' + n.at * interval '1 microsecond', ((timestamptz 'epoch' + n.at * interval '1 microsecond') AT TIME ZONE $4)::date, $5
		FROM unnest($6::bigint[], $7::text[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[])
			n (account, number, points, worth, asked, order_id, at)`,
		tx.MerchantID(), source, all[0].StoreID, tx.Merchant().Zone.String(), tx.Wall(), account, number, points, worth, asked, order, at)
	return err
}
