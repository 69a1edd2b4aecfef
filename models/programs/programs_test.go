package programs

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/ledger"
	"dangol/models/store"
	"dangol/models/store/storetest"
	"dangol/models/terms"
)

// cafe is a shop with one programme, "shop", that is not published yet.
type cafe struct {
	*storetest.Shop
	owner models.Actor
}

func open(t *testing.T) *cafe {
	t.Helper()
	c := &cafe{Shop: storetest.New(t)}
	c.owner = c.hire(t, models.Owner)
	if _, err := Create(t.Context(), c.DB, c.MerchantID, c.owner, "shop", document()); err != nil {
		t.Fatal(err)
	}
	return c
}

func document(changes ...func(*terms.Terms)) []byte {
	doc := terms.Default(models.TradeUnknown, 12_000)
	for _, change := range changes {
		change(&doc)
	}
	return doc.Encode()
}

func (c *cafe) hire(t *testing.T, role models.Role) models.Actor {
	t.Helper()
	actor := models.Actor{Role: role}
	err := c.DB.Pool().QueryRow(t.Context(), `WITH person AS (INSERT INTO people (email, name, created_at) VALUES ($2 || '@example.com', $2, now()) RETURNING id)
		INSERT INTO staff (merchant_id, person_id, role, created_at) SELECT $1, id, $2, now() FROM person RETURNING id`, c.MerchantID, role).Scan(&actor.StaffID)
	if err != nil {
		t.Fatal(err)
	}
	return actor
}

func (c *cafe) save(t *testing.T, revision int, document []byte) (models.ProgramDraft, error) {
	return SaveDraft(t.Context(), c.DB, c.MerchantID, c.owner, "shop", revision, document)
}

func (c *cafe) publish(t *testing.T, p models.PublishParams) (models.ProgramVersion, error) {
	return Publish(t.Context(), c.DB, c.MerchantID, c.owner, "shop", p)
}

func (c *cafe) mustPublish(t *testing.T, p models.PublishParams) models.ProgramVersion {
	t.Helper()
	v, err := c.publish(t, p)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func (c *cafe) in(t *testing.T, fn func(*store.Tx) error) {
	t.Helper()
	if err := store.InTx(t.Context(), c.DB, c.MerchantID, fn); err != nil {
		t.Fatal(err)
	}
}

func (c *cafe) running(t *testing.T) (found []*ledger.Program) {
	t.Helper()
	c.in(t, func(tx *store.Tx) (err error) {
		found, err = Running(tx)
		return err
	})
	return found
}

func (c *cafe) exec(t *testing.T, sql string, args ...any) {
	t.Helper()
	if _, err := c.DB.Pool().Exec(context.Background(), sql, append([]any{c.MerchantID}, args...)...); err != nil {
		t.Fatal(err)
	}
}

// wantsFields checks that an error is Invalid and names exactly these fields with these codes.
func wantsFields(t *testing.T, err error, want map[string]string) {
	t.Helper()
	e, ok := errors.AsType[*models.Error](err)
	if !ok || e.Kind != models.Invalid {
		t.Fatalf("got %v, want an invalid input", err)
	}
	got := map[string]string{}
	for _, f := range e.Fields {
		got[f.Field] = f.Code
	}
	for field, code := range want {
		if got[field] != code {
			t.Errorf("%s: %q, want %q (all: %v)", field, got[field], code, got)
		}
	}
	if len(got) != len(want) {
		t.Errorf("faults %v, want %v", got, want)
	}
}

func tiers(codes ...string) func(*terms.Terms) {
	return func(t *terms.Terms) {
		t.Tiers = &terms.TierPlan{Metric: terms.MetricSpend, Window: terms.Window{Kind: terms.RollingMonths, Months: 12}, ReviewDay: 1,
			Validity: terms.Validity{Kind: terms.ValidForMonths, Months: 12}, Downgrade: terms.DownOneStep}
		for i, code := range codes {
			t.Tiers.Tiers = append(t.Tiers.Tiers, terms.Tier{Code: code, Name: terms.Text{Ko: code, En: code}, Threshold: int64(i) * 100_000})
		}
	}
}

func TestADraftIsCheckedAsAWhole(t *testing.T) {
	t.Parallel()
	c := open(t)
	_, err := c.save(t, 0, document(func(t *terms.Terms) {
		t.Currency = "USD"
		t.Earning[0].If.Stores = []string{"moon", "mars"}
		t.Redemptions[0].Share = 101
	}))
	e, ok := errors.AsType[*models.Error](err)
	if !ok {
		t.Fatal(err)
	}
	var at []string
	for _, f := range e.Fields {
		at = append(at, f.Field)
	}
	for _, want := range []string{"/currency", "/earning/0/if/stores/0", "/earning/0/if/stores/1", "/redemptions/0/share"} {
		if !slices.Contains(at, want) {
			t.Errorf("no fault at %s among %v", want, at)
		}
	}
}

func TestADraftIsNotOverwrittenUnseen(t *testing.T) {
	t.Parallel()
	c := open(t)
	first, err := c.save(t, 1, document(tiers("base")))
	if err != nil || first.Revision != 2 {
		t.Fatalf("revision %d, %v", first.Revision, err)
	}
	if _, err := c.save(t, 1, document()); !errors.Is(err, models.ErrStale) {
		t.Errorf("an old revision: %v", err)
	}
	if _, err := c.publish(t, models.PublishParams{Revision: 1}); !errors.Is(err, models.ErrStale) {
		t.Errorf("publishing what was not seen: %v", err)
	}
	c.mustPublish(t, models.PublishParams{Revision: 2})
	if _, err := c.save(t, 2, document()); !errors.Is(err, models.ErrStale) {
		t.Errorf("a draft that was published meanwhile: %v", err)
	}
}

func TestWhoMayDraftAndPublish(t *testing.T) {
	t.Parallel()
	c := open(t)
	for _, role := range models.Roles[1:] {
		actor := c.hire(t, role)
		_, err := SaveDraft(t.Context(), c.DB, c.MerchantID, actor, "shop", 0, document())
		if drafts := role == models.Admin || role == models.Marketer; drafts != (err == nil) {
			t.Errorf("%s drafts: %v", role, err)
		}
		_, err = Publish(t.Context(), c.DB, c.MerchantID, actor, "shop", models.PublishParams{})
		if (role == models.Admin) != (err == nil) {
			t.Errorf("%s publishes: %v", role, err)
		}
		if role == models.Admin { // something to publish again
			if _, err := c.save(t, 0, document(tiers("base"))); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestAVersionIsInForceFromItsMoment(t *testing.T) {
	t.Parallel()
	c := open(t)
	if len(c.running(t)) != 0 {
		t.Error("something runs before it is published")
	}
	v1 := c.mustPublish(t, models.PublishParams{})
	if _, err := c.publish(t, models.PublishParams{}); models.KindOf(err) != models.Conflict {
		t.Errorf("the same again: %v", err)
	}
	if _, err := c.save(t, 0, document(tiers("base", "gold"))); err != nil {
		t.Fatal(err)
	}
	later := c.Clock.Now().Add(48 * time.Hour)
	v2 := c.mustPublish(t, models.PublishParams{EffectiveFrom: later})
	timeline := c.running(t)[0].Timeline
	for _, want := range []struct {
		at      time.Time
		version int
	}{{c.Clock.Now().Add(-time.Second), 0}, {c.Clock.Now(), 1}, {later.Add(-time.Microsecond), 1}, {later, 2}} {
		got := 0
		if p := timeline.At(want.at); p != nil {
			got = p.Version()
		}
		if got != want.version {
			t.Errorf("at %s version %d is in force, want %d", want.at, got, want.version)
		}
	}
	if timeline.Version(1).Hash() != v1.Hash || timeline.Version(2).Hash() != v2.Hash {
		t.Error("the compiled versions are not those that were published")
	}
	wantsFields(t, func() error {
		_, err := c.save(t, 0, document())
		if err == nil {
			_, err = c.publish(t, models.PublishParams{EffectiveFrom: c.Clock.Now().Add(-time.Second)})
		}
		return err
	}(), map[string]string{"effective_from": "in_the_past"})
}

func TestTheCacheSeesWhatAnotherInstancePublishes(t *testing.T) {
	t.Parallel()
	c := open(t)
	c.mustPublish(t, models.PublishParams{})
	before := c.running(t)[0]
	if again := c.running(t)[0]; again != before {
		t.Error("nothing has changed and it was read again")
	}
	other, err := store.Open(t.Context(), store.Config{URL: c.URL, PoolSize: 2, Wall: c.Clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if _, err := SaveDraft(t.Context(), other, c.MerchantID, c.owner, "shop", 0, document(tiers("base"))); err != nil {
		t.Fatal(err)
	}
	if _, err := Publish(t.Context(), other, c.MerchantID, c.owner, "shop", models.PublishParams{}); err != nil {
		t.Fatal(err)
	}
	if after := c.running(t)[0]; after.Timeline.Version(2) == nil {
		t.Error("the new version is not seen")
	}
}

func TestThePastIsOpenAsIfOnly(t *testing.T) {
	t.Parallel()
	c := open(t)
	past := c.Clock.Now().AddDate(-1, 0, 0)
	if v := c.mustPublish(t, models.PublishParams{EffectiveFrom: past, AsIf: true}); !v.AsIf {
		t.Error("the publication does not say that it is as if")
	}
	c.exec(t, `UPDATE merchants SET first_posting_at = created_at WHERE id = $1`)
	if _, err := c.publish(t, models.PublishParams{EffectiveFrom: past, AsIf: true}); models.KindOf(err) != models.Conflict {
		t.Errorf("after the first posting: %v", err)
	}
}

func TestAHeldTierNeedsAWord(t *testing.T) {
	t.Parallel()
	c := open(t)
	if _, err := c.save(t, 0, document(tiers("base", "gold", "black"))); err != nil {
		t.Fatal(err)
	}
	c.mustPublish(t, models.PublishParams{})
	c.exec(t, `WITH c AS (INSERT INTO customers (merchant_id, created_at, updated_at) VALUES ($1, now(), now()) RETURNING id)
		INSERT INTO memberships (merchant_id, program_id, customer_id, code, enrolled_at, tier_code)
		SELECT $1, p.id, c.id, 'maya-01', now(), 'gold' FROM c, programs p WHERE p.merchant_id = $1`)
	if _, err := c.save(t, 0, document(tiers("base", "silver"))); err != nil {
		t.Fatal(err)
	}
	_, err := c.publish(t, models.PublishParams{})
	wantsFields(t, err, map[string]string{"tier_mapping/gold": "held_tier_without_mapping"})
	_, err = c.publish(t, models.PublishParams{TierMapping: map[string]models.TierMove{"gold": {To: "platinum"}}})
	wantsFields(t, err, map[string]string{"tier_mapping/gold": "unknown_tier"})
	c.mustPublish(t, models.PublishParams{EffectiveFrom: c.Clock.Now().AddDate(0, 0, terms.WorseNotice+1),
		TierMapping: map[string]models.TierMove{"gold": {To: "silver", When: models.AtEffective}}})
	id := c.running(t)[0].ID
	c.in(t, func(tx *store.Tx) error {
		versions, err := Versions(tx, id)
		if err == nil && (len(versions) != 2 || versions[0].TierMapping["gold"].To != "silver") {
			t.Errorf("versions %+v", versions)
		}
		return err
	})
}

func TestAnotherMerchantsProgrammeIsNotFound(t *testing.T) {
	t.Parallel()
	c := open(t)
	c.mustPublish(t, models.PublishParams{})
	id := c.running(t)[0].ID
	other := c.AddMerchant(t, "Asia/Seoul", "KRW", nil)
	if _, err := SaveDraft(t.Context(), c.DB, other, models.Actor{}, "shop", 0, document()); !errors.Is(err, models.ErrNotFound) {
		t.Errorf("a draft: %v", err)
	}
	err := store.InTx(t.Context(), c.DB, other, func(tx *store.Tx) error {
		_, err := Timeline(tx, id)
		return err
	})
	if !errors.Is(err, models.ErrNotFound) {
		t.Errorf("its timeline: %v", err)
	}
}

func TestACodeIsTakenOrBad(t *testing.T) {
	t.Parallel()
	c := open(t)
	for code, want := range map[string]string{"shop": "taken", "Shop 2": "bad_code", "": "bad_code"} {
		_, err := Create(t.Context(), c.DB, c.MerchantID, c.owner, code, document())
		wantsFields(t, err, map[string]string{"code": want})
	}
}
