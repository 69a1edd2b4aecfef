package merges

import (
	"embed"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"dangol/models/orders"
	"dangol/models/store"
)

//go:embed sql/*.sql
var sqlFiles embed.FS

func query(name string) string { return store.Text(sqlFiles, name) }

var (
	moveOrdersSQL   = query("move_orders")
	moveCouponsSQL  = query("move_coupons")
	carryCountsSQL  = query("carry_counters")
	carryIssuesSQL  = query("carry_issues")
	endMembersSQL   = query("end_members")
	endCustomerSQL  = query("end_customer")
	leaveGroupsSQL  = query("leave_groups")
	returnRowsSQL   = query("return_rows")
	returnCountsSQL = query("return_counters")
)

// rows moves what belongs to the duplicate besides points, and lets whoever means it find the other.
func (m *merging) rows() error {
	tx, r := m.tx, &m.receipt
	var from, into []int64
	for _, p := range m.pairs {
		from, into = append(from, p.from.ID), append(into, p.into.ID)
	}
	batch := &pgx.Batch{}
	batch.Queue(moveOrdersSQL, tx.MerchantID(), r.ID, r.From, r.Into).Exec(func(tag pgconn.CommandTag) error {
		r.Orders = int(tag.RowsAffected())
		return nil
	})
	batch.Queue(moveCouponsSQL, tx.MerchantID(), r.ID, from, into, tx.Today())
	batch.Queue(carryCountsSQL, tx.MerchantID(), r.ID, from, into)
	batch.Queue(carryIssuesSQL, tx.MerchantID(), r.ID, from, into)
	batch.Queue(endMembersSQL, tx.MerchantID(), r.ID, from, into, tx.Now())
	batch.Queue(endCustomerSQL, tx.MerchantID(), r.ID, r.From, r.Into)
	batch.Queue(leaveGroupsSQL, tx.MerchantID(), r.From)
	if err := tx.PG().SendBatch(tx.Ctx(), batch).Close(); err != nil {
		return err
	}
	return orders.Recount(tx, r.From, r.Into)
}
