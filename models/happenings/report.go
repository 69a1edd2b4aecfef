// Package happenings rewards what customers do besides buying. An event is offered to each programme of which the customer
// is a member, and has its effect once: by its idempotency key while that is kept, and by (source, external id) for ever.
package happenings

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/conditions"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
)

// Receipt is what an event brought.
type Receipt struct {
	CustomerID   int64
	BusinessDate calendar.Date
	Members      []Earned
	Replay       bool `json:"-"` // told before; nothing happened now
}

// Earned is what it brought in one programme.
type Earned struct {
	Program string
	Version int
	Awards  []terms.Award
	Misses  []terms.Miss
}

// Bounds of what an event may say.
const (
	maxText  = 120
	maxFacts = 20
)

// Report posts an event. Errors: models.Invalid with every faulty field, "unknown" at customer and store; models.Conflict
// "happening_has_changed" for the same id with other content; models.ErrClockMoving; those of store.Once.
func Report(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, key store.Key, params models.HappeningParams) (Receipt, error) {
	if err := check(&params); err != nil {
		return Receipt{}, err
	}
	receipt, replay, err := store.Do(ctx, db, merchantID, key, func(tx *store.Tx) (Receipt, error) {
		r := report{tx: tx, actor: actor, params: &params, hash: contentHash(params)}
		return r.run()
	})
	receipt.Replay = receipt.Replay || replay
	return receipt, err
}

func check(p *models.HappeningParams) error {
	var f models.Faults
	p.ExternalID = f.ExternalID("external_id", p.ExternalID)
	if !slices.Contains(terms.Happenings, terms.When(p.Kind)) {
		f.Add("kind", "not_one_of", map[string]any{"value": p.Kind, "allowed": terms.Happenings})
	}
	if name, ok := models.CleanText(p.Name, maxText); !ok || name != p.Name || (p.Kind == string(terms.OnCustom)) != (name != "") {
		f.Add("name", "only_with", map[string]any{"field": "custom"})
	}
	if p.Channel != "" && p.Channel != "store" && p.Channel != "online" {
		f.Add("channel", "unknown", nil)
	}
	if p.Amount < 0 || p.Amount > models.MaxMoney {
		f.Add("amount", "out_of_range", map[string]any{"limit": int64(models.MaxMoney)})
	}
	if p.Quantity < 0 || p.Quantity > 1_000_000 {
		f.Add("quantity", "out_of_range", map[string]any{"from": 0, "to": 1_000_000})
	}
	checkFacts(&f, p)
	return f.Err()
}

// checkFacts demands that every fact is one that a condition can ask about an event.
func checkFacts(f *models.Faults, p *models.HappeningParams) {
	if len(p.Numbers)+len(p.Texts) > maxFacts {
		f.Add("facts", "too_many", map[string]any{"limit": maxFacts})
		return
	}
	known := func(code string) bool {
		spec, ok := conditions.Find(conditions.Field(code))
		return ok && spec.Scopes&conditions.OfEvent != 0 && spec.Scopes&conditions.OfMember == 0
	}
	for code := range p.Numbers {
		if !known(code) {
			f.Add("facts/"+code, "unknown", nil)
		}
	}
	for code, text := range p.Texts {
		if clean, ok := models.CleanText(text, maxText); !known(code) || !ok || clean != text {
			f.Add("facts/"+code, "bad_text", map[string]any{"limit": maxText})
		}
	}
}

func contentHash(p models.HappeningParams) []byte {
	text, _ := json.Marshal(p) // plain values always encode; maps in the order of their keys
	sum := sha256.Sum256(text)
	return sum[:]
}

// report is one event on its way through one transaction.
type report struct {
	tx      *store.Tx
	actor   models.Actor
	params  *models.HappeningParams
	hash    []byte
	at      time.Time
	day     calendar.Date
	storeID *int64
}

func (r *report) run() (Receipt, error) {
	if err := r.tx.Posting(); err != nil {
		return Receipt{}, err
	}
	running, err := programs.Running(r.tx)
	if err != nil {
		return Receipt{}, err
	}
	who := ledger.Of(r.params.Customer)
	customer, err := ledger.Customer(r.tx, who)
	if err == nil && customer == 0 {
		err = models.InvalidField("customer", "unknown", nil)
	}
	if err != nil {
		return Receipt{}, err
	}
	members, err := ledger.Load(r.tx, running, r.since(), who)
	if err != nil {
		return Receipt{}, err
	}
	if err := errors.Join(r.tx.Tick(), r.date()); err != nil {
		return Receipt{}, err
	}
	receipt := Receipt{CustomerID: customer, BusinessDate: r.day}
	known, err := r.insert(customer)
	if err != nil || known {
		receipt.Replay = known
		return receipt, err
	}
	var changes []ledger.Change
	for _, m := range members {
		changes = append(changes, r.reward(m, &receipt))
	}
	return receipt, ledger.Write(r.tx, changes...)
}

// since is the earliest business date that may be posted.
func (r *report) since() calendar.Date {
	if r.params.HappenedAt.IsZero() {
		return r.tx.Today()
	}
	return calendar.DateOf(r.params.HappenedAt, r.tx.Merchant().Zone)
}

// date finds the event's moment and business date, and its store.
func (r *report) date() (err error) {
	if r.at, err = r.tx.Moment("happened_at", r.params.HappenedAt, true); err != nil {
		return err
	}
	r.day = calendar.DateOf(r.at, r.tx.Merchant().Zone)
	if r.params.Store == "" {
		return nil
	}
	err = r.tx.PG().QueryRow(r.tx.Ctx(), `SELECT id FROM stores WHERE merchant_id = $1 AND code = $2`, r.tx.MerchantID(), r.params.Store).Scan(&r.storeID)
	if errors.Is(err, pgx.ErrNoRows) {
		return models.InvalidField("store", "unknown", nil)
	}
	return err
}

// insert writes the event down; known reports that it was there, with this content.
func (r *report) insert(customer int64) (known bool, err error) {
	p := r.params
	tag, err := r.tx.PG().Exec(r.tx.Ctx(), `INSERT INTO happenings (merchant_id, source, external_id, customer_id, kind, name, store_id, happened_at, business_date,
			amount, quantity, content_hash, recorded_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT ON CONSTRAINT happenings_external_id_key DO NOTHING`,
		r.tx.MerchantID(), r.actor.Source, p.ExternalID, customer, p.Kind, p.Name, r.storeID, r.at, r.day, p.Amount, max(p.Quantity, 1), r.hash, r.tx.Wall())
	if err != nil || tag.RowsAffected() == 1 {
		return false, err
	}
	var before []byte
	err = r.tx.PG().QueryRow(r.tx.Ctx(), `SELECT content_hash FROM happenings WHERE merchant_id = $1 AND source = $2 AND external_id = $3`,
		r.tx.MerchantID(), r.actor.Source, p.ExternalID).Scan(&before)
	if err == nil && !bytes.Equal(before, r.hash) {
		err = models.Conflicting("happening_has_changed", map[string]any{"external_id": p.ExternalID})
	}
	return true, err
}

// reward settles a member and lets the terms of the event's time pay.
func (r *report) reward(m *ledger.Member, receipt *Receipt) ledger.Change {
	m.Settle(r.tx.Today())
	change := ledger.Change{Member: m}
	program := m.Program.Timeline.At(r.at)
	if program == nil {
		return change
	}
	p := r.params
	outcome := program.Happen(&m.Member, &terms.Happening{
		Source: Source(r.actor.Source, p.ExternalID), Kind: terms.When(p.Kind), Name: p.Name, At: r.at, Day: r.day,
		Amount: p.Amount, Quantity: p.Quantity, Channel: p.Channel, Store: p.Store, Minute: terms.MinuteOf(r.at, r.tx.Merchant().Zone),
		Numbers: p.Numbers, Texts: p.Texts,
	})
	change.Outcomes = []terms.Outcome{outcome}
	receipt.Members = append(receipt.Members, Earned{Program: m.Program.Code, Version: program.Version(), Awards: outcome.Awards, Misses: outcome.Misses})
	return change
}

// Source is the cause under which the ledger knows an event.
func Source(source, externalID string) string { return "event:" + source + ":" + externalID }
