package merges

import (
	"dangol/models/ledger"
	"dangol/models/terms"
)

// points moves what the accounts have, and judges the tier by what both have together.
func (m *merging) points() error {
	tierBefore := map[int64]terms.TierState{}
	for _, p := range m.pairs {
		tierBefore[p.into.ID] = p.into.Tier
	}
	if err := m.reload(); err != nil {
		return err
	}
	g := &terms.Merging{Source: cause(&m.receipt.Merge), At: m.tx.Now(), Day: m.tx.Today()}
	for _, p := range m.pairs {
		before := tierBefore[p.into.ID]
		if err := m.move(g, p); err != nil {
			return err
		}
		_, err := m.tx.PG().Exec(m.tx.Ctx(), `INSERT INTO merge_members (merchant_id, merge_id, from_membership_id, into_membership_id, tier_before, tier_after)
			VALUES ($1, $2, $3, $4, $5, $6)`, m.tx.MerchantID(), m.receipt.ID, p.from.ID, p.into.ID, before, p.into.Tier)
		if err != nil {
			return err
		}
	}
	return nil
}

// reload reads both as they are now that their orders are one's: the duplicate as a former.
func (m *merging) reload() error {
	members, err := ledger.Load(m.tx, m.running, 0, ledger.OfCustomers(m.receipt.Into).Idle())
	if err != nil {
		return err
	}
	pairs := m.pairs
	m.pairs = nil
	for _, into := range members {
		formers, err := ledger.Formers(m.tx, into)
		if err != nil {
			return err
		}
		for _, from := range formers {
			for _, p := range pairs {
				if p.from.ID == from.ID {
					m.pairs = append(m.pairs, pair{from, into})
				}
			}
		}
	}
	return nil
}

// move empties the duplicate's accounts into the other's, and notes what that was.
func (m *merging) move(g *terms.Merging, p pair) error {
	gone, come := ledger.Bequeath(p.from, p.into, g)
	if program := p.into.Program.Timeline.At(g.At); program != nil {
		if err := m.keepFloor(program, p); err != nil {
			return err
		}
		come.Outcomes = append(come.Outcomes, g.Rise(program, &p.into.Member))
	}
	if err := ledger.Write(m.tx, gone, come); err != nil {
		return err
	}
	for i := range p.from.Accounts {
		a := &p.from.Accounts[i]
		into := p.into.Account(a.Unit)
		var points terms.Points
		for _, mv := range gone.Outcomes[0].Movements {
			if mv.Unit == a.Unit {
				points += terms.Owned(mv.Bucket, -mv.Points)
			}
		}
		if points != 0 {
			m.receipt.Points++
		}
		_, err := m.tx.PG().Exec(m.tx.Ctx(), `INSERT INTO merge_accounts (merchant_id, merge_id, from_account_id, into_account_id, points, from_seq, into_seq)
			VALUES ($1, $2, $3, $4, $5, $6, $7)`, m.tx.MerchantID(), m.receipt.ID, p.from.AccountID(a.Unit), p.into.AccountID(a.Unit), points, a.Seq, into.Seq)
		if err != nil {
			return err
		}
	}
	return nil
}
