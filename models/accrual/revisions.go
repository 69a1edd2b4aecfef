package accrual

import (
	"encoding/json"
	"errors"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/orders"
	"dangol/models/store"
	"dangol/models/terms"
)

// content is what a revision may change of an order, as it is kept.
type content struct {
	Total          int64              `json:"total"`
	Shipping       int64              `json:"shipping,omitempty"`
	Discount       int64              `json:"discount,omitempty"`
	PaidWithPoints int64              `json:"paid_with_points,omitempty"`
	Tax            int64              `json:"tax,omitempty"`
	Payments       []string           `json:"payments,omitempty"`
	Labels         []string           `json:"labels,omitempty"`
	Lines          []models.OrderLine `json:"lines,omitempty"`
}

// givenRow is an award of a revision, as it is kept.
type givenRow struct {
	Unit   string `json:"unit"`
	Rule   string `json:"rule"`
	Points int64  `json:"points"`
	Told   *told  `json:"told,omitempty"` // nil in what was written down before it was kept
}

// told is how an award is told: when it comes, in which parts, and why.
type told struct {
	ActivatesOn calendar.Date `json:"activates_on,omitzero"`
	UsableFrom  calendar.Date `json:"usable_from,omitzero"`
	ExpiresOn   calendar.Date `json:"expires_on,omitzero"`
	Awaits      string        `json:"awaits,omitempty"`
	CancelsOn   calendar.Date `json:"cancels_on,omitzero"`
	Later       []terms.Part  `json:"later,omitempty"`
	Why         []byte        `json:"why"`
}

func rowOf(a *terms.Award) givenRow {
	row := givenRow{Unit: a.Unit, Rule: a.Code, Points: a.Points}
	if a.Coupon == "" {
		row.Told = &told{a.ActivatesOn, a.UsableFrom, a.ExpiresOn, a.Awaits, a.CancelsOn, a.Later, a.Why.Encode()}
	}
	return row
}

// award is the row as the award that it was.
func (row *givenRow) award() (terms.Award, error) {
	t := row.Told
	why, err := terms.Decode(t.Why)
	return terms.Award{
		Rule: why.Rule, Code: row.Rule, Unit: row.Unit, Points: row.Points, ActivatesOn: t.ActivatesOn, UsableFrom: t.UsableFrom,
		ExpiresOn: t.ExpiresOn, Awaits: t.Awaits, CancelsOn: t.CancelsOn, Later: t.Later, Why: why,
	}, err
}

// keepRevisions writes down what the order was, unless an earlier amendment did, and what it is now.
func keepRevisions(tx *store.Tx, was, now *models.Order, params *models.OrderParams, awards map[string][]terms.Award) error {
	before, err := orders.Lines(tx, was.ID)
	if err != nil {
		return err
	}
	kept := map[string][]givenRow{}
	for program, given := range awards {
		for i := range given {
			kept[program] = append(kept[program], rowOf(&given[i]))
		}
	}
	const insert = `INSERT INTO order_revisions (merchant_id, order_id, revision, content, content_hash, awards, at, recorded_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`
	batch := &pgx.Batch{}
	batch.Queue(insert, tx.MerchantID(), was.ID, was.Revision, contentOf(was, before), was.ContentHash, nil, was.PlacedAt, was.RecordedAt)
	batch.Queue(insert, tx.MerchantID(), now.ID, now.Revision, contentOf(now, params.Lines), now.ContentHash, kept, tx.Now(), tx.Wall())
	return tx.PG().SendBatch(tx.Ctx(), batch).Close()
}

func contentOf(o *models.Order, lines []models.OrderLine) content {
	return content{
		Total: o.Total, Shipping: o.Shipping, Discount: o.Discount, PaidWithPoints: o.PaidWithPoints,
		Tax: o.Tax, Payments: o.Payments, Labels: o.Labels, Lines: lines,
	}
}

// revisionHash is the hash of what a revision said, nil if it is not known.
func revisionHash(tx *store.Tx, orderID int64, revision int) (hash []byte, err error) {
	err = tx.PG().QueryRow(tx.Ctx(), `SELECT content_hash FROM order_revisions WHERE merchant_id = $1 AND order_id = $2 AND revision = $3`,
		tx.MerchantID(), orderID, revision).Scan(&hash)
	if errors.Is(err, pgx.ErrNoRows) {
		err = nil
	}
	return hash, err
}

// revised are the awards of an order's last amendment in a programme; ok is false if it has had none.
func revised(tx *store.Tx, o *models.Order, program string) (awards []givenRow, ok bool, err error) {
	if o.Revision == 1 {
		return nil, false, nil
	}
	var text []byte
	err = tx.PG().QueryRow(tx.Ctx(), `SELECT awards FROM order_revisions WHERE merchant_id = $1 AND order_id = $2 AND revision = $3`,
		tx.MerchantID(), o.ID, o.Revision).Scan(&text)
	if errors.Is(err, pgx.ErrNoRows) || err == nil && text == nil {
		return nil, false, nil
	}
	rows := map[string][]givenRow{}
	if err == nil {
		err = json.Unmarshal(text, &rows)
	}
	return rows[program], err == nil, err
}

// revisedAwards are what the engine counts from once an order is amended; see revised.
func revisedAwards(tx *store.Tx, o *models.Order, program string) (awards []terms.Given, ok bool, err error) {
	rows, ok, err := revised(tx, o, program)
	for _, row := range rows {
		awards = append(awards, terms.Given{Unit: row.Unit, Rule: row.Rule, Points: row.Points})
	}
	return awards, ok, err
}

// amended makes of what an order's entries earned what its last revision awards.
func (earned *Earned) amended(tx *store.Tx, o *models.Order) error {
	rows, ok, err := revised(tx, o, earned.Program)
	if err != nil || !ok {
		return err
	}
	var awards []terms.Award
	for i := range rows {
		row := &rows[i]
		if row.Told != nil {
			award, err := row.award()
			if err != nil {
				return err
			}
			awards = append(awards, award)
			continue
		}
		for _, award := range earned.Awards {
			if award.Unit == row.Unit && award.Code == row.Rule {
				award.Points = row.Points
				awards = append(awards, award)
			}
		}
	}
	earned.Awards = awards
	return nil
}
