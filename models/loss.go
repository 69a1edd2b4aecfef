package models

// Loss is one thing in which new terms are worse for members. Ko and En name what it is about: a rule, a tier, a coupon.
type Loss struct {
	Kind LossKind `json:"kind"`
	At   string   `json:"at,omitempty"` // JSON pointer to where it stands in the new terms; in the old ones, of what is gone
	Ko   string   `json:"ko"`
	En   string   `json:"en"`
}

// In gives the name in a language.
func (l Loss) In(locale string) string {
	if locale == "en" {
		return l.En
	}
	return l.Ko
}

// LossKind says what became worse; the words stand in the catalogues under the same code.
type LossKind string

// The kinds.
const (
	LosesGone      LossKind = "gone"      // there is no such thing any more
	LosesAward     LossKind = "award"     // less is given
	LosesCap       LossKind = "cap"       // a limit is narrower
	LosesWait      LossKind = "wait"      // it comes later
	LosesCondition LossKind = "condition" // it is given under other conditions
	LosesLife      LossKind = "life"      // it ends sooner
	LosesWorth     LossKind = "worth"     // it is worth less
	LosesUse       LossKind = "use"       // it can be used no more
	LosesMinimum   LossKind = "minimum"   // more is needed before it can be used
	LosesShare     LossKind = "share"     // less of an order can be paid with it
	LosesThreshold LossKind = "threshold" // it is harder to reach
	LosesKeeping   LossKind = "keeping"   // it is harder to keep
	LosesDays      LossKind = "days"      // fewer days, or for fewer members
	LosesCoupon    LossKind = "coupon"    // the coupon is smaller, shorter or for larger orders
	LosesRefunds   LossKind = "refunds"   // what is missing at a refund is owed
	LosesBasis     LossKind = "basis"     // less of an order counts
	LosesPrice     LossKind = "price"     // it costs more
	LosesPeriod    LossKind = "period"    // what is paid for it is for another time
	LosesRounding  LossKind = "rounding"  // it is rounded to less, or may be
	LosesTogether  LossKind = "together"  // it competes with what it came together with
	LosesRoom      LossKind = "room"      // a balance is bounded lower
)

// LossKinds lists them.
var LossKinds = []LossKind{LosesGone, LosesAward, LosesCap, LosesWait, LosesCondition, LosesLife, LosesWorth, LosesUse, LosesMinimum, LosesShare,
	LosesThreshold, LosesKeeping, LosesDays, LosesCoupon, LosesRefunds, LosesBasis, LosesPrice, LosesPeriod, LosesRounding, LosesTogether, LosesRoom}
