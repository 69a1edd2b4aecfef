package terms

import (
	"slices"
	"strconv"
	"strings"

	"dangol/models/calendar"
)

// Parts lets an award come in equal parts: the first when it would come whole, the further ones so many days or months
// apart, each counted from the first: 31 January, 28 February, 31 March. What does not divide comes with the last.
type Parts struct {
	Of     int `json:"of"`
	Days   int `json:"days,omitempty"`
	Months int `json:"months,omitempty"`
}

// IsZero reports whether an award comes whole.
func (p Parts) IsZero() bool { return p == Parts{} }

// mostParts bounds into how many parts an award is divided.
const mostParts = 60

// after is the day on which a part comes whose first one comes on a day; 0 is the first.
func (p *Parts) after(first calendar.Date, n int) calendar.Date {
	return first.AddMonths(n * p.Months).AddDays(n * p.Days)
}

// Part is when a further part of an award comes, and its last day.
type Part struct{ ActivatesOn, ExpiresOn calendar.Date }

// Parts are the parts in which an award comes, each as an award; one that comes whole is its only part.
func (a *Award) Parts() (parts []Award) {
	of := len(a.Later) + 1
	if of == 1 {
		return []Award{*a}
	}
	for n := 1; n <= of; n++ {
		part := *a
		if part.Later = nil; n > 1 {
			part.ActivatesOn, part.ExpiresOn = a.Later[n-2].ActivatesOn, a.Later[n-2].ExpiresOn
		}
		part.Points = partOf(a.Points, int64(n), int64(of))
		part.Why.Steps = append(slices.Clip(a.Why.Steps), Step{Op: OpPart, A: int64(n), B: int64(of), Result: part.Points})
		parts = append(parts, part)
	}
	return parts
}

// partOf is what the n-th of so many parts has.
func partOf(whole, n, of int64) int64 {
	if n < of {
		return whole / of
	}
	return whole - (of-1)*(whole/of)
}

// Whole is the explanation of the award of which this one explains a part; itself if it explains a whole.
func (e Explanation) Whole() Explanation {
	if last := len(e.Steps) - 1; last >= 0 && e.Steps[last].Op == OpPart {
		e.Steps = e.Steps[:last]
	}
	return e
}

// partSource is the cause of a part: that of the whole for the first, then "part:2:order:pos:A17".
func partSource(source string, n int) string {
	if n == 1 {
		return source
	}
	return "part:" + strconv.Itoa(n) + ":" + source
}

// WholeSource is the cause of the award of which a cause gives a part; the cause itself if it gives a whole.
func WholeSource(source string) string {
	rest, part := strings.CutPrefix(source, "part:")
	_, whole, found := strings.Cut(rest, ":")
	if part && found {
		return whole
	}
	return source
}

func (v *validator) parts(at pointer, r *Rule) {
	if r.Parts.IsZero() {
		return
	}
	v.within(at.key("of"), int64(r.Parts.Of), 2, mostParts)
	v.within(at.key("days"), int64(r.Parts.Days), 0, maxWait)
	v.within(at.key("months"), int64(r.Parts.Months), 0, 12)
	switch {
	case (r.Parts.Days > 0) == (r.Parts.Months > 0):
		v.add(at, "exactly_one", "fields", []string{"days", "months"})
	case r.When != OnPurchase && r.When != OnFirstPurchase && r.When != OnThreshold:
		v.add(at, "only_with", "field", string(OnPurchase))
	case r.Award.Kind == AnyCoupon:
		v.add(at, "not_with", "field", string(AnyCoupon))
	case r.Hold.Event != "":
		v.add(at, "not_with", "field", "event")
	}
}
