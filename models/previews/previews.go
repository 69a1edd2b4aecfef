// Package previews says what terms would do to the shop's own customers before anybody is promised them: who would stand
// in which tier, whose birthday comes, what a month costs, and what the last thirty days would have given. Nothing is
// written.
package previews

import (
	"slices"

	"dangol/models"
	"dangol/models/insights"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
)

// Days is how far a preview looks back at orders, and ahead to birthdays.
const Days = 30

// Preview is what terms would do.
type Preview struct {
	Members   int64             // of the programme, now
	Spending  insights.Spending // of the last twelve months; AsOf zero: never computed
	Tiers     *Tiers            // nil: the terms have none
	Birthdays *Birthdays        // nil: the terms give nothing for it
	Cost      Cost
	Replay    *Replay // nil: nothing is in force yet, or nobody has bought
	Sample    *Sample // Cost, Replay and what tiers cost are estimates; nil: they were counted, order by order
	Warnings  []terms.Warning
}

// Cost is what the terms cost in a month, worked out on the shop's last thirty days or, before there are enough orders,
// on a usual small shop's month.
type Cost struct {
	terms.Cost
	Month    terms.Month
	Usual    bool  // no figures of the shop's own
	Customer int64 // what one customer gets in a year, minor units
}

// Of previews terms that have no faults, as the next version of a programme; programID 0 is one that is not made yet.
func Of(tx *store.Tx, programID int64, draft *terms.Terms) (p Preview, err error) {
	program, err := terms.Compile(*draft, 0)
	if err != nil {
		return p, err
	}
	running, err := inForce(tx, programID)
	if err != nil {
		return p, err
	}
	if p.Spending, err = insights.ReadSpending(tx); err != nil {
		return p, err
	}
	if p.Members, err = insights.Members(tx, programID); err != nil {
		return p, err
	}
	past, err := readPast(tx, programID, program, running)
	if err != nil {
		return p, err
	}
	played := past.play(program)
	if p.Tiers, err = tiersOf(tx, programID, draft, &p, played, past.scale); err != nil {
		return p, err
	}
	if p.Birthdays, err = birthdays(tx, programID, draft, p.Members); err != nil {
		return p, err
	}
	shop, err := readShop(tx)
	if err != nil {
		return p, err
	}
	p.Cost = cost(draft, shop, past, &p)
	p.Replay, p.Sample = past.compare(played, running)
	p.Warnings = slices.DeleteFunc(terms.Check(draft, facts(shop, past, p.Spending)), p.disproved)
	return p, nil
}

// disproved says that a warning rests on what is only about right, everybody of a bucket taken for its mean, while the
// tiers were counted to the person: somebody does reach the tier.
func (p *Preview) disproved(w terms.Warning) bool {
	return w.Code == terms.TierUnreachable && p.Tiers != nil && slices.ContainsFunc(p.Tiers.Rows, func(t Tier) bool { return t.Code == w.Args["tier"] && t.After > 0 })
}

// inForce is the version that rules now, nil before the first.
func inForce(tx *store.Tx, programID int64) (*terms.Program, error) {
	if programID == 0 {
		return nil, nil
	}
	timeline, err := programs.Timeline(tx, programID)
	if models.KindOf(err) == models.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return timeline.At(tx.Now()), nil
}

// shop is what the merchant's row says about money.
type shop struct {
	ticket int64
	margin int
}

func readShop(tx *store.Tx) (s shop, err error) {
	return s, tx.PG().QueryRow(tx.Ctx(), `SELECT median_ticket, margin_percent FROM merchants WHERE id = $1`, tx.MerchantID()).Scan(&s.ticket, &s.margin)
}
