package accrual

import (
	"dangol/models"
	"dangol/models/ledger"
	"dangol/models/orders"
	"dangol/models/programs"
	"dangol/models/terms"
)

// retell makes the result of an order that is there already, from what it wrote. Balances are those of now.
func (p *posting) retell(o *models.Order) error {
	p.result = Result{
		OrderID: o.ID, Source: o.Source, ExternalID: o.ExternalID, CustomerID: number(o.CustomerID), BusinessDate: orders.Day(o),
		Withdrawn: o.WithdrawnAt != nil, Replay: true,
	}
	if o.CustomerID == nil {
		return nil
	}
	running, err := programs.Running(p.tx)
	if err != nil {
		return err
	}
	members, err := ledger.Peek(p.tx, running, ledger.Of(models.CustomerRef{ID: *o.CustomerID}))
	if err != nil {
		return err
	}
	for _, m := range members {
		if err := p.retellMember(m, o); err != nil {
			return err
		}
	}
	return nil
}

func (p *posting) retellMember(m *ledger.Member, o *models.Order) error {
	program := m.Program.Timeline.At(o.PlacedAt)
	if program == nil {
		return nil
	}
	entries, err := ledger.OfOrder(p.tx, m.ID, o.ID)
	if err != nil {
		return err
	}
	earned := Earned{MembershipID: m.ID, Program: m.Program.Code, Version: program.Version(), Tier: program.TierOf(&m.Member), Balances: balances(m)}
	for i := range entries {
		if err := earned.retell(&entries[i], o); err != nil {
			return err
		}
	}
	if err := earned.amended(p.tx, o); err != nil {
		return err
	}
	p.result.Members = append(p.result.Members, earned)
	return nil
}

// retell adds what an entry of the order says it was awarded; an award that filled a deficit, or comes in parts, comes as
// several entries.
func (earned *Earned) retell(e *ledger.Entry, o *models.Order) error {
	if e.Kind != terms.Earn {
		return nil
	}
	points := e.Points
	if e.Bucket == terms.DeficitPart {
		points = -points
	}
	for i := range earned.Awards {
		if a := &earned.Awards[i]; a.Code == e.Rule && a.Unit == e.Unit {
			if a.Points += points; e.Lot != nil && terms.WholeSource(e.Cause) == orders.Source(o.Source, o.ExternalID)+"/"+e.Rule {
				a.Later = append(a.Later, terms.Part{ActivatesOn: e.Lot.ActivatesOn, ExpiresOn: e.Lot.ExpiresOn})
			}
			return nil
		}
	}
	why, _, err := e.Explanation()
	award := terms.Award{Rule: why.Rule, Code: e.Rule, Unit: e.Unit, Points: points, Why: why.Whole()}
	if e.Lot != nil {
		award.ActivatesOn, award.UsableFrom, award.ExpiresOn = e.Lot.ActivatesOn, e.Lot.UsableFrom, e.Lot.ExpiresOn
	}
	earned.Awards = append(earned.Awards, award)
	return err
}
