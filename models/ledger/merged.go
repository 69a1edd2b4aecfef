package ledger

import (
	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/store"
	"dangol/models/terms"
)

// Formers are the memberships of customers who were merged into a member's, locked. They and Former alone may be written,
// because an order or a redemption of theirs can still be taken back.
func Formers(tx *store.Tx, m *Member) ([]*Member, error) {
	return formers(tx, m.Program, `merged_into = $2`, m.ID)
}

// Former is the membership of a customer who was merged; see Formers.
func Former(tx *store.Tx, program *Program, id int64) (*Member, error) {
	found, err := formers(tx, program, `id = $2 AND merged_into IS NOT NULL`, id)
	if err == nil && len(found) == 0 {
		err = models.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return found[0], nil
}

func formers(tx *store.Tx, program *Program, which string, id int64) ([]*Member, error) {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT id FROM memberships WHERE merchant_id = $1 AND `+which, tx.MerchantID(), id)
	if err != nil {
		return nil, err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	found, err := Load(tx, []*Program{program}, 0, Members(ids...).Idle())
	for _, f := range found {
		f.former = true
	}
	return found, err
}

// Bequeath moves what a former has, because something was given back to them, to the member who goes on, by the cause that
// gave it. Both changes are to be written.
func Bequeath(former, m *Member, g *terms.Merging) (gone, come Change) {
	went, came := g.Merge(&former.Member, &m.Member)
	return Change{Member: former, Outcomes: []terms.Outcome{went}}, Change{Member: m, Outcomes: []terms.Outcome{came}, Orders: former.OrdersOfLots()}
}

// OrdersOfLots are the orders that earned the member's open lots, by the causes of those.
func (m *Member) OrdersOfLots() map[string]int64 {
	orders := map[string]int64{}
	for _, o := range m.lotOrders {
		orders[o.source] = o.order
	}
	return orders
}

// MergeEntries are a member's entries of a merge, each with what it took from lots and with the lot that it made. Where that
// was pending and its hold has ended, the lot is the one in which the points are since.
func MergeEntries(tx *store.Tx, m *Member, cause string) ([]Entry, error) {
	entries, err := entriesWhere(tx, m.ID, `e.kind = 'merge' AND regexp_replace(e.cause, '/(lot-[0-9]+|owed)$', '') = $3`, cause)
	for i := range entries {
		if err != nil {
			break
		}
		if lot := entries[i].Lot; lot != nil && lot.Bucket == terms.Pending && lot.Remaining == 0 {
			err = followed(tx, &entries[i])
		}
	}
	return entries, err
}

// followed puts the lot that came of a pending one in its place, if its hold has ended and nothing was owed.
func followed(tx *store.Tx, e *Entry) error {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT l.seq FROM lot_uses u
		JOIN entries p ON p.merchant_id = u.merchant_id AND p.account_id = u.account_id AND p.seq = u.entry_seq AND p.kind = 'activate'
		JOIN entries a ON a.merchant_id = p.merchant_id AND a.account_id = p.account_id AND a.cause = p.cause AND a.kind = 'activate' AND a.bucket = 'available'
		JOIN lots l ON l.merchant_id = a.merchant_id AND l.account_id = a.account_id AND l.seq = a.seq
		WHERE u.merchant_id = $1 AND u.account_id = $2 AND u.lot_seq = $3`, tx.MerchantID(), e.AccountID, e.Seq)
	if err != nil {
		return err
	}
	seqs, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if len(seqs) == 1 {
		e.Lot.Seq, e.Lot.Bucket = seqs[0], terms.Available
	}
	return err
}
