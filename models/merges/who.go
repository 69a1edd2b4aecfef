package merges

import (
	"dangol/models"
	"dangol/models/ledger"
	"dangol/models/orders"
	"dangol/models/store"
)

// meet finds out who is meant and locks both, in the order of their ids.
func (m *merging) meet() error {
	r, p := &m.receipt, m.params
	r.Source, r.ExternalID, r.Reason, r.StaffID = source(m.actor), p.ExternalID, p.Reason, optional(m.actor.StaffID)
	var err error
	if r.From, err = customer(m.tx, "from", p.From); err != nil {
		return err
	}
	if r.Into, err = customer(m.tx, "into", p.Into); err != nil {
		return err
	}
	m.hash = contentHash(r)
	return orders.LockCustomers(m.tx, r.From, r.Into)
}

// customer is the very customer that a reference names, merged or not.
func customer(tx *store.Tx, field string, ref models.CustomerRef) (int64, error) {
	id, err := ledger.Named(tx, ledger.Of(ref))
	if err == nil && id == 0 {
		err = models.InvalidField(field, "unknown", nil)
	}
	return id, err
}

// apart refuses whom there is nothing to merge of: the same, or somebody who was merged before. Both are locked.
func (m *merging) apart() error {
	r := &m.receipt
	from, err := heir(m.tx, r.From)
	if err != nil {
		return err
	}
	if from != r.From {
		return models.InvalidField("from", "already_merged", nil)
	}
	into, err := heir(m.tx, r.Into)
	if err != nil {
		return err
	}
	if into != r.Into {
		r.Into = into
		if err := orders.LockCustomers(m.tx, into); err != nil {
			return err
		}
	}
	if r.Into == r.From {
		return models.InvalidField("into", "same_customer", nil)
	}
	return nil
}

// heir is who goes on in place of a customer: themselves, if they were not merged.
func heir(tx *store.Tx, id int64) (into int64, err error) {
	return into, tx.PG().QueryRow(tx.Ctx(), `SELECT coalesce(merged_into, id) FROM customers WHERE merchant_id = $1 AND id = $2`, tx.MerchantID(), id).Scan(&into)
}
