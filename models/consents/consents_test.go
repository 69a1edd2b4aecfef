package consents

import (
	"testing"

	"dangol/models"
	"dangol/models/programs/programstest"
	"dangol/models/store"
)

// Every answer is a row of its own; the last one of a kind and medium stands.
func TestAnAnswerIsNeverChanged(t *testing.T) {
	t.Parallel()
	s := programstest.New(t)
	maya := s.Customer(t, s.Joins(t, "Maya")).ID
	clerk := s.Hire(t, models.Clerk)
	change := func(kind models.ConsentKind, medium models.Medium, given bool) (err error) {
		s.In(t, func(tx *store.Tx) error {
			err = Change(tx, clerk, maya, models.ConsentParams{Kind: kind, Medium: medium, Given: given})
			return nil
		})
		return err
	}
	if err := change(models.ConsentNight, "", true); models.KindOf(err) != models.Invalid {
		t.Errorf("the night alone: %v", err)
	}
	if err := change(models.ConsentMembership, "", false); models.KindOf(err) != models.Invalid {
		t.Errorf("the membership itself: %v", err)
	}
	for _, given := range []bool{true, true, false, false, true} {
		if err := change(models.ConsentAdvertising, models.BySMS, given); err != nil {
			t.Fatal(err)
		}
	}
	if n := s.ID(t, `SELECT count(*) FROM consents WHERE merchant_id = $1 AND medium = 'sms' AND wording = '`+models.ConsentWording+`'`); n != 3 {
		t.Errorf("%d answers are on record, want yes, no, yes", n)
	}
	s.In(t, func(tx *store.Tx) error {
		standing, err := Standing(tx, maya)
		if !standing.Has(models.ConsentAdvertising, models.BySMS) || standing.Has(models.ConsentAdvertising, models.ByEmail) || standing.Has(models.ConsentNight, "") {
			t.Errorf("what stands: %+v", standing)
		}
		return err
	})
	for _, sql := range []string{`UPDATE consents SET given = false`, `DELETE FROM consents`} {
		if _, err := s.DB.Pool().Exec(t.Context(), sql); err == nil {
			t.Errorf("%s rewrites what somebody agreed to", sql)
		}
	}
	if n := s.ID(t, `SELECT count(*) FROM consents c WHERE c.merchant_id = $1 AND c.seal IS DISTINCT FROM consent_seal(c)`); n != 0 {
		t.Errorf("%d seals do not hold", n)
	}
}
