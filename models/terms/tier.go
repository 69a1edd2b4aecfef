package terms

import "dangol/models/calendar"

// TierPlan says how members rise and fall. A tier is an honour for what was bought; spending points never lowers it.
type TierPlan struct {
	Metric    Metric    `json:"metric"`
	Window    Window    `json:"window"`
	Tiers     []Tier    `json:"tiers,omitempty"` // ascending; members reach the highest threshold that they meet
	ReviewDay int       `json:"review_day"`      // day of the month on which held tiers are judged, 1 to 28
	Validity  Validity  `json:"validity"`
	Downgrade Downgrade `json:"downgrade"`
	Grace     int       `json:"grace_months,omitempty"` // months from the first review that a member fails
}

// Metric is what qualifies.
type Metric string

// MetricSpend is money spent on goods, after discounts and refunds, without what points paid.
const MetricSpend Metric = "spend"

// Window is the time over which the metric is summed.
type Window struct {
	Kind   WindowKind `json:"kind"`
	Months int        `json:"months,omitempty"` // rolling: business dates in (day − Months, day]
}

// WindowKind names the windows.
type WindowKind string

// The windows.
const (
	RollingMonths WindowKind = "rolling"
	CalendarYear  WindowKind = "calendar_year"
)

// Tier is a rank. The first with threshold 0 is what every member has from the first day.
type Tier struct {
	Code      string `json:"code"`
	Name      Text   `json:"name"`
	Threshold Money  `json:"threshold"`
	Coupon    string `json:"coupon,omitempty"` // the kind that is given to who rises to it
}

// Validity says for how long a tier that was reached is safe.
type Validity struct {
	Kind   ValidityKind `json:"kind"`
	Months int          `json:"months,omitempty"`
}

// ValidityKind names the validities.
type ValidityKind string

// The validities.
const (
	NoValidity     ValidityKind = "none"          // judged every night, down at once
	ValidForMonths ValidityKind = "months"        // from the day reached
	ValidNextYear  ValidityKind = "next_year_end" // to the end of the year after the one in which it was reached
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
	Kind      OccasionKind   `json:"kind"`
	Coupon    string         `json:"coupon"`                // code of the coupon kind that is given
	Lead      int            `json:"lead_days"`             // given this many days before
	After     int            `json:"after_days"`            // can be used until this many days after
	MemberFor int            `json:"member_days,omitempty"` // only for members of this many days
	Rules     calendar.Rules `json:"rules,omitzero"`        // what a birthday does that its year does not have
}

// OccasionKind names what is celebrated.
type OccasionKind string

// OnBirthday is the one occasion of this chapter.
const OnBirthday OccasionKind = "birthday"
