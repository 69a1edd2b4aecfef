package handlers

import (
	"fmt"
	"testing"

	"dangol/models"
	"dangol/models/conditions"
	"dangol/models/insights"
	"dangol/models/segments"
	"dangol/models/store"
)

// gives makes a gift to everybody on the map of regulars, and names a line of the ledger.
func (q *quarter) gives(t *testing.T) {
	t.Helper()
	if err := insights.Refresh(t.Context(), q.DB, q.merchant); err != nil {
		t.Fatal(err)
	}
	q.subjects["entries/:unit"], q.subjects[":unit/:seq"] = "point", "1"
	cell := segments.Cell{}
	err := q.DB.Pool().QueryRow(t.Context(), `SELECT recency, frequency FROM customer_facts WHERE merchant_id = $1`, q.merchant).Scan(&cell.Recency, &cell.Frequency)
	if err != nil {
		t.Fatal(err)
	}
	q.in(t, func(tx *store.Tx) error {
		gift, err := segments.Give(tx, models.Actor{}, segments.GiveParams{
			Group: segments.Group{Cell: &cell}, Kind: segments.Points, Points: 100, Words: q.canary, Shown: 1,
		})
		q.subjects["gifts/:id"] = fmt.Sprint(gift.ID)
		if err != nil {
			return err
		}
		group, err := segments.Create(tx, models.Actor{}, segments.SavedParams{
			Name: q.canary, Condition: conditions.Where(conditions.Visits, conditions.AtLeast, conditions.Number(0)),
		})
		q.subjects["groups/:id"] = fmt.Sprint(group.ID)
		return err
	})
}
