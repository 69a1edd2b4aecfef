package terms

import "dangol/models/calendar"

// TierPlan says how members rise and fall. A tier is an honour for what was done in a time: spending points never lowers
// it, unless the plan counts what can be spent (MetricBalance).
type TierPlan struct {
	Metric    Metric    `json:"metric"`           // what the tiers' thresholds count
	Unit      string    `json:"unit,omitempty"`   // earned, balance: of which unit; empty: the default unit
	Number    string    `json:"number,omitempty"` // number: which one
	Window    Window    `json:"window"`
	Tiers     []Tier    `json:"tiers,omitempty"`         // ascending; members reach the highest one that they meet
	ReviewDay int       `json:"review_day"`              // day of the month on which held tiers are judged, 1 to 28
	AtEnd     bool      `json:"review_at_end,omitempty"` // instead, with day 0: on the day after their validity
	Validity  Validity  `json:"validity"`
	Downgrade Downgrade `json:"downgrade"`
	Grace     int       `json:"grace_months,omitempty"` // months from the first review that a member fails
	GraceTo   Period    `json:"grace_to,omitempty"`     // and from there to the end of this
	Upgrade   Upgrade   `json:"upgrade,omitempty"`      // at once unless it says next_period
	Numbers   []Number  `json:"numbers,omitempty"`      // that criteria may name
}

// Metric is what qualifies.
type Metric string

// The metrics. What is held back counts from the day on which it becomes usable (S-T4), as of the day of its purchase.
const (
	MetricSpend   Metric = "spend"   // money spent on goods, after discounts and refunds, without what points paid
	MetricEarned  Metric = "earned"  // points that rules gave and no refund took back; neither gifts nor a tier's welcome
	MetricOrders  Metric = "orders"  // orders that were not wholly returned
	MetricVisits  Metric = "visits"  // business dates × stores
	MetricNumber  Metric = "number"  // a number that the shop's systems deliver, as it was delivered last
	MetricBalance Metric = "balance" // points that can be spent, judged after points have ended
)

// timeless reports whether a metric is what it is today, whatever the window.
func (metric Metric) timeless() bool { return metric == MetricNumber || metric == MetricBalance }

// Number declares a custom number, such as a rating. All of them, values and thresholds, are counted in hundredths: 475 is
// 4.75.
type Number struct {
	Code string `json:"code"`
	Name Text   `json:"name"`
}

// Window is the time over which a metric is summed.
type Window struct {
	Kind   WindowKind `json:"kind"`
	Months int        `json:"months,omitempty"` // rolling: business dates in (day − Months, day]
}

// WindowKind names the windows.
type WindowKind string

// The windows.
const (
	RollingMonths   WindowKind = "rolling"
	CalendarMonth   WindowKind = "calendar_month"
	CalendarQuarter WindowKind = "calendar_quarter"
	CalendarHalf    WindowKind = "calendar_half_year"
	CalendarYear    WindowKind = "calendar_year"
	MemberYear      WindowKind = "member_year" // since the last anniversary of joining
	Lifetime        WindowKind = "lifetime"
	NoWindow        WindowKind = "none" // of a plan whose metric is what it is today
)

// Tier is a rank. The first, if it asks nothing, is what every member has from the first day. A member meets a tier by
// Threshold of the plan's metric and each of All and, if there are any, one of Any.
type Tier struct {
	Code      string      `json:"code"`
	Name      Text        `json:"name"`
	Threshold Money       `json:"threshold"` // of the plan's metric, in minor units or smallest parts; 0: not asked
	All       []Criterion `json:"all,omitempty"`
	Any       []Criterion `json:"any,omitempty"`
	ByHand    bool        `json:"by_hand,omitempty"` // nobody rises to it by themselves
	Lasting   bool        `json:"lasting,omitempty"` // nobody falls below it
	Welcome   Welcome     `json:"welcome,omitzero"`
	Benefits  []Text      `json:"benefits,omitempty"` // what is no number: free delivery, early access
}

// Criterion asks for a metric to be at least a number.
type Criterion struct {
	Metric  Metric `json:"metric"`
	Unit    string `json:"unit,omitempty"`
	Number  string `json:"number,omitempty"`
	Window  Window `json:"window,omitzero"` // zero: the plan's
	AtLeast int64  `json:"at_least"`
}

// Welcome is what a member gets who reaches a tier, once in each period of the plan's window (a calendar year where the
// window has no periods), however often they fall and rise.
type Welcome struct {
	Points Points `json:"points,omitempty"`
	Unit   string `json:"unit,omitempty"` // empty: the default unit
	Coupon string `json:"coupon,omitempty"`
}

// Validity says for how long a tier that was reached is safe.
type Validity struct {
	Kind         ValidityKind `json:"kind"`
	Months       int          `json:"months,omitempty"`
	Month        int          `json:"month,omitempty"` // date: 1 to 12
	Day          int          `json:"day,omitempty"`   // date: its last day
	ExtendMonths int          `json:"extend_months,omitempty"`
	ExtendDays   int          `json:"extend_days,omitempty"`
}

// ValidityKind names the validities.
type ValidityKind string

// The validities. A period is one of the plan's window or, where that has none, the month that begins with the review day.
const (
	NoValidity      ValidityKind = "none"            // judged every night, down at once
	ValidForMonths  ValidityKind = "months"          // from the day reached
	ValidPeriod     ValidityKind = "period_end"      // to the end of the period in which it was reached
	ValidNextPeriod ValidityKind = "next_period_end" // to the end of the following one
	ValidNextYear   ValidityKind = "next_year_end"   // to the end of the year after the one in which it was reached
	ValidToDate     ValidityKind = "date"            // to a date of each year
)

// Upgrade says when a member rises.
type Upgrade string

// The moments.
const (
	UpAtOnce     Upgrade = "at_once"
	UpNextPeriod Upgrade = "next_period" // by what the period that ends brought
)

// Period names a stretch of the calendar.
type Period string

// The periods.
const (
	MonthPeriod   Period = "month"
	QuarterPeriod Period = "quarter"
	HalfPeriod    Period = "half_year"
	YearPeriod    Period = "year"
)

// Downgrade says how far a member falls who fails a review.
type Downgrade string

// The downgrades.
const (
	DownOneStep Downgrade = "one_step"
	DownFull    Downgrade = "full" // to what the metric gives
	DownNever   Downgrade = "none"
)

// Occasion gives something on a day that is the member's own.
type Occasion struct {
	Code      string         `json:"code"`
	Kind      When           `json:"kind"`
	Coupon    string         `json:"coupon"`                // code of the coupon kind that is given
	Lead      int            `json:"lead_days"`             // given this many days before
	After     int            `json:"after_days"`            // can be used until this many days after
	MemberFor int            `json:"member_days,omitempty"` // only for members of this many days
	Rules     calendar.Rules `json:"rules,omitzero"`        // what a birthday does that its year does not have
}
