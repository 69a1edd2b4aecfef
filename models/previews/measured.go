package previews

import (
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models/insights"
	"dangol/models/ledger"
	"dangol/models/store"
	"dangol/models/terms"
)

// mostMeasured bounds how many members are measured one by one.
const mostMeasured = 2_000

// measured is who would stand in which tier of a plan that asks for more than spending: the engine looks at each member or,
// where there are more than 2,000, at an even part of them, whose counts are scaled up.
func measured(tx *store.Tx, programID int64, draft *terms.Terms, p *Preview, played played, scale func(int64) int64) (*Tiers, error) {
	held, err := insights.HeldTiers(tx, programID, map[string]int64{})
	if err != nil {
		return nil, err
	}
	all, place := &Tiers{}, map[string]int{}
	for i, tier := range draft.Tiers.Tiers {
		place[tier.Code] = i
		all.Rows = append(all.Rows, Tier{Code: tier.Code, Now: held[tier.Code].People, Cost: scale(played.worth[tier.Code])})
	}
	part := p.Members/mostMeasured + 1
	if part > 1 {
		all.Part = part
	}
	members, spent, err := someMembers(tx, programID, draft, part)
	if err != nil {
		return nil, err
	}
	for _, m := range members {
		code := m.Program.Timeline.At(tx.Now()).Standing(&m.Member, tx.Today()).Reached
		reached, ok := place[code]
		if ok {
			all.Rows[reached].After += part
			all.Rows[reached].Spend += part * spent[m.ID]
		}
		if now, holds := place[m.Tier.Code]; holds && (!ok || now > reached) && !draft.Tiers.Tiers[now].ByHand {
			all.Drop += part
		}
	}
	if len(members) > 0 {
		all.Rows[0].Now += held[""].People
	}
	return all, nil
}

// someMembers reads every n-th member as the draft sees them, and what they spent in twelve months.
func someMembers(tx *store.Tx, programID int64, draft *terms.Terms, part int64) ([]*ledger.Member, map[int64]int64, error) {
	spent := map[int64]int64{}
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT m.id, coalesce(f.spend_12m, 0) FROM memberships m
		LEFT JOIN customer_facts f ON f.merchant_id = m.merchant_id AND f.customer_id = m.customer_id
		WHERE m.merchant_id = $1 AND m.program_id = $2 AND m.left_at IS NULL AND m.id % $3 = 0`, tx.MerchantID(), programID, part)
	if err != nil {
		return nil, nil, err
	}
	var ids []int64
	var id, amount int64
	if _, err = pgx.ForEachRow(rows, []any{&id, &amount}, func() error { ids, spent[id] = append(ids, id), amount; return nil }); err != nil || len(ids) == 0 {
		return nil, nil, err
	}
	program, err := terms.Compile(*draft, 0)
	if err != nil {
		return nil, nil, err
	}
	timeline := terms.NewTimeline(tx.Merchant().Zone, terms.TellByFact, terms.Version{From: time.Unix(0, 0).UTC(), Program: program})
	members, err := ledger.Look(tx, []*ledger.Program{{ID: programID, Timeline: timeline}}, ledger.Members(ids...))
	return members, spent, err
}
