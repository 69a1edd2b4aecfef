package tiers

import (
	"fmt"
	"maps"
	"slices"

	"dangol/models"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
)

// MaxNumbers bounds how many numbers are told at a time.
const MaxNumbers = 20

// Tell notes numbers of a customer, in hundredths by their codes, in the caller's transaction: members rise at once by
// what they say and are judged by it from then on. A number that no programme in force declares is refused. Errors:
// models.Invalid at "numbers" or at "numbers/<code>"; models.NotFound for an unknown customer; models.ErrClockMoving.
func Tell(tx *store.Tx, actor models.Actor, customerID int64, numbers map[string]int64) error {
	if err := tx.Posting(); err != nil {
		return err
	}
	if len(numbers) == 0 || len(numbers) > MaxNumbers {
		return models.InvalidField("numbers", "out_of_range", map[string]any{"min": 1, "max": MaxNumbers})
	}
	members, err := load(tx, ledger.Of(models.CustomerRef{ID: customerID}))
	if err != nil {
		return err
	}
	if err := declared(tx, numbers); err != nil {
		return err
	}
	last, err := insert(tx, actor, customerID, numbers)
	if err != nil {
		return err
	}
	changes := make([]ledger.Change, 0, len(members))
	for _, m := range members {
		change := ledger.Change{Member: m}
		if program := m.Program.Timeline.At(tx.Now()); program != nil {
			change.Outcomes = []terms.Outcome{program.Look(&m.Member, &terms.Look{
				Source: fmt.Sprintf("numbers:%d", last), At: tx.Now(), Day: tx.Today(), Numbers: values(numbers)})}
		}
		changes = append(changes, change)
	}
	return ledger.Write(tx, changes...)
}

func values(numbers map[string]int64) (all []terms.NumberValue) {
	for _, code := range slices.Sorted(maps.Keys(numbers)) {
		all = append(all, terms.NumberValue{Code: code, Value: numbers[code]})
	}
	return all
}

// declared demands that terms in force know each number, and that it is one.
func declared(tx *store.Tx, numbers map[string]int64) error {
	running, err := programs.Running(tx)
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, p := range running {
		if program := p.Timeline.At(tx.Now()); program != nil && program.Terms().Tiers != nil {
			for _, n := range program.Terms().Tiers.Numbers {
				known[n.Code] = true
			}
		}
	}
	for _, n := range values(numbers) {
		if !known[n.Code] {
			return models.InvalidField("numbers/"+n.Code, "unknown", nil)
		}
		if n.Value < -models.MaxMoney || n.Value > models.MaxMoney {
			return models.InvalidField("numbers/"+n.Code, "out_of_range", map[string]any{"min": -models.MaxMoney, "max": models.MaxMoney})
		}
	}
	return nil
}

// insert writes the numbers down and gives the id of the last.
func insert(tx *store.Tx, actor models.Actor, customerID int64, numbers map[string]int64) (last int64, err error) {
	var codes []string
	var told []int64
	for _, n := range values(numbers) {
		codes, told = append(codes, n.Code), append(told, n.Value)
	}
	err = tx.PG().QueryRow(tx.Ctx(), `WITH told AS (
			INSERT INTO customer_numbers (merchant_id, customer_id, code, value, source, at, recorded_at)
			SELECT $1, $2, n.code, n.value, $5, $6, $7 FROM unnest($3::text[], $4::bigint[]) AS n (code, value) RETURNING id)
		SELECT max(id) FROM told`, tx.MerchantID(), customerID, codes, told, actor.Source, tx.Now(), tx.Wall()).Scan(&last)
	return last, store.Translate(err)
}
