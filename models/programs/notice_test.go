package programs_test

import (
	"testing"
	"time"

	"dangol/models"
	"dangol/models/programs"
	"dangol/models/programs/programstest"
	"dangol/models/store"
	"dangol/models/terms"
)

// What is worse for members begins a month ahead, and they are told; what is better may begin today, and where nobody is a
// member everything may.
func TestWorseTermsNeedNotice(t *testing.T) {
	t.Parallel()
	s := programstest.New(t)
	owner := s.Hire(t, models.Owner)
	publish := func(from time.Time, change func(*terms.Terms)) error {
		doc := terms.Default(models.TradeUnknown, 12_000)
		change(&doc)
		return store.InTx(t.Context(), s.DB, s.MerchantID, func(tx *store.Tx) error {
			if _, err := programs.SaveDraftIn(tx, owner, "shop", 0, doc.Encode()); err != nil {
				return err
			}
			_, err := programs.PublishIn(tx, owner, "shop", models.PublishParams{EffectiveFrom: from})
			return err
		})
	}
	rate := func(percent int64) func(*terms.Terms) {
		return func(d *terms.Terms) { d.Earning[0].Award.Rate = terms.Percent(percent) }
	}
	if err := publish(time.Time{}, rate(1)); err != nil {
		t.Fatalf("worse for nobody: %v", err)
	}
	s.Joins(t, "Maya")
	s.Joins(t, "Joon")
	s.Exec(t, `UPDATE customers SET email = lower(name) || '@example.com', locale = 'en' WHERE merchant_id = $1 AND name = 'Maya'`)
	if err := publish(time.Time{}, rate(5)); err != nil {
		t.Fatalf("better, today: %v", err)
	}
	day := func(n int) time.Time { // as the shop's days begin
		var at time.Time
		s.In(t, func(tx *store.Tx) error {
			at = tx.Today().AddDays(n).In(tx.Merchant().Zone)
			return nil
		})
		return at
	}
	for _, soon := range []time.Time{{}, day(29)} {
		if err := publish(soon, rate(2)); models.KindOf(err) != models.Invalid {
			t.Errorf("worse, from %s: %v", soon, err)
		}
	}
	if err := publish(day(terms.WorseNotice), rate(2)); err != nil {
		t.Fatal(err)
	}
	if err := publish(day(1), rate(3)); models.KindOf(err) != models.Invalid { // 2 % is announced for later, 5 % is in force
		t.Errorf("worse than what is in force: %v", err)
	}
	told := s.ID(t, `SELECT count(*) FROM messages WHERE merchant_id = $1 AND template = 'terms_change' AND recipient = 'maya@example.com' AND locale = 'en'
		AND data->>'name' = 'Maya' AND data->>'shop' <> '' AND data->'losses'->0->>'kind' = 'award'`)
	if all := s.ID(t, `SELECT count(*) FROM messages WHERE merchant_id = $1`); told != 1 || all != 1 {
		t.Errorf("%d of %d messages tell Maya", told, all)
	}
}
