package api

import (
	"dangol/models/calendar"
	"dangol/models/ledger"
	"dangol/models/terms"
)

type stepWire struct {
	Operator string  `json:"operator"`
	Operands []int64 `json:"operands"`
	Result   int64   `json:"result"`
}

type explanationWire struct {
	Version int        `json:"version"`
	Rule    string     `json:"rule"`
	Words   []string   `json:"words"`
	Steps   []stepWire `json:"steps"`
}

type awardWire struct {
	Unit        string          `json:"unit"`
	Rule        string          `json:"rule"`
	Points      int64           `json:"points"`
	Coupon      string          `json:"coupon,omitzero"`
	Pending     bool            `json:"pending"`
	ActivatesOn string          `json:"activates_on,omitzero"`
	Awaits      string          `json:"awaits,omitzero"`
	CancelsOn   string          `json:"cancels_on,omitzero"`
	ExpiresOn   string          `json:"expires_on,omitzero"`
	Parts       []partWire      `json:"parts,omitempty"`
	Explanation explanationWire `json:"explanation"`
}

// partWire is one of the parts in which an award comes.
type partWire struct {
	Points      int64  `json:"points"`
	ActivatesOn string `json:"activates_on,omitzero"`
	ExpiresOn   string `json:"expires_on,omitzero"`
}

type missWire struct {
	Rule      string `json:"rule"`
	Condition string `json:"condition"`
	ShortBy   int64  `json:"short_by"`
	Words     string `json:"words"`
}

// operators are the names of the arithmetic on the wire. They are part of the API: never change one.
var operators = map[terms.Op]string{
	terms.OpTotal: "total", terms.OpShipping: "less_shipping", terms.OpPoints: "less_points_paid", terms.OpDiscount: "plus_discount",
	terms.OpEligible: "eligible_share", terms.OpRate: "times", terms.OpPer: "per_amount", terms.OpItems: "items", terms.OpFixed: "fixed",
	terms.OpTier: "times_tier", terms.OpLines: "lines", terms.OpLine: "line", terms.OpRound: "round", terms.OpCap: "cap", terms.OpLimit: "limit",
	terms.OpAlready: "less_given_before",
	terms.OpTimes:   "times_bonus", terms.OpLess: "less_paid", terms.OpAnd: "and", terms.OpMost: "most", terms.OpChance: "chance",
	terms.OpTax: "less_tax", terms.OpGoods: "goods", terms.OpKinds: "kinds", terms.OpPaid: "paid", terms.OpGoodsTax: "less_goods_tax", terms.OpPart: "part",
	terms.OpCounts: "counts", terms.OpAmountOff: "amount_off", terms.OpPercentOff: "percent_off", terms.OpAtMost: "at_most", terms.OpLeft: "left_to_pay",
	terms.OpItemOff: "item_off", terms.OpRateOff: "rate_off",
	terms.OpWelcome: "welcome",
}

// explanation writes the arithmetic of one award, in data and in words.
func explanation(program *terms.Program, code string, why terms.Explanation, locale string) explanationWire {
	wire := explanationWire{Version: why.Version, Rule: code, Steps: make([]stepWire, len(why.Steps)), Words: []string{}}
	for i, step := range why.Steps {
		wire.Steps[i] = stepWire{operators[step.Op], []int64{step.A, step.B}, step.Result}
	}
	if program != nil {
		wire.Words = append(wire.Words, program.Terms().Explain(why, locale)...)
	}
	return wire
}

func awards(program *terms.Program, given []terms.Award, locale string) []awardWire {
	wires := make([]awardWire, 0, len(given))
	for i := range given {
		award := &given[i]
		wires = append(wires, awardWire{
			Unit: award.Unit, Rule: award.Code, Points: award.Points, Coupon: award.Coupon, Pending: !award.ActivatesOn.IsZero() || award.Awaits != "",
			ActivatesOn: date(award.ActivatesOn), Awaits: award.Awaits, CancelsOn: date(award.CancelsOn), ExpiresOn: date(award.ExpiresOn), Parts: parts(award), Explanation: explanation(program, award.Code, award.Why, locale),
		})
	}
	return wires
}

func parts(award *terms.Award) (wires []partWire) {
	if len(award.Later) == 0 {
		return nil
	}
	for _, part := range award.Parts() {
		wires = append(wires, partWire{part.Points, date(part.ActivatesOn), date(part.ExpiresOn)})
	}
	return wires
}

func misses(program *terms.Program, nearest []terms.Miss, locale string) []missWire {
	wires := make([]missWire, 0, len(nearest))
	for i := range nearest {
		miss := &nearest[i]
		wires = append(wires, missWire{Rule: miss.Code, Condition: string(miss.Condition), ShortBy: miss.By, Words: program.Terms().ExplainMiss(*miss, locale)})
	}
	return wires
}

func date(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

type entryWire struct {
	Seq         int64            `json:"seq"`
	Unit        string           `json:"unit"`
	Kind        string           `json:"kind"`
	Bucket      string           `json:"bucket"`
	Points      int64            `json:"points"`
	At          string           `json:"at"`
	Cause       string           `json:"cause"`
	Rule        string           `json:"rule,omitzero"`
	Reverses    int64            `json:"reverses,omitzero"`
	Explanation *explanationWire `json:"explanation,omitzero"`
}

type entriesWire struct {
	Entries []entryWire `json:"entries"`
	Next    int64       `json:"next,omitzero"`
}

// entry writes one line of the ledger; the version that explains it is that of the entry.
func entry(e *ledger.Entry, timeline *terms.Timeline, locale string) (entryWire, error) {
	wire := entryWire{
		Seq: e.Seq, Unit: e.Unit, Kind: string(e.Kind), Bucket: string(e.Bucket), Points: e.Points,
		At: e.At.Format(timeFormat), Cause: e.Cause, Rule: e.Rule, Reverses: e.Reverses,
	}
	why, ok, err := e.Explanation()
	if ok {
		told := explanation(timeline.Version(int(e.Version)), e.Rule, why, locale)
		wire.Explanation = &told
	}
	return wire, err
}

const timeFormat = "2006-01-02T15:04:05.999999Z07:00"
