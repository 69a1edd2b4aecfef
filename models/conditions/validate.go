package conditions

import (
	"slices"
	"strconv"
	"strings"

	"dangol/models"
	"dangol/models/calendar"
)

// Bounds of a condition's size.
const (
	MaxDepth  = 5   // groups and negations inside each other
	MaxLeaves = 50  // comparisons
	MaxValues = 200 // of one comparison
	maxText   = 80  // characters of a text
)

// Validate finds every fault: a JSON pointer that begins with at, a stable code and the numbers that its words need. A
// field must be known in one of the scopes. Codes are asked about by exists; nil takes every code that is one.
func (c Condition) Validate(at string, scopes Scope, exists func(f Field, code string) bool) []models.FieldError {
	if c.IsZero() {
		return nil
	}
	v := validator{scopes: scopes, exists: exists}
	v.condition(at, c, 1)
	if v.leaves > MaxLeaves {
		v.Add(at, "too_many", map[string]any{"limit": MaxLeaves})
	}
	return v.Faults
}

type validator struct {
	models.Faults
	scopes Scope
	exists func(Field, string) bool
	leaves int
}

func (v *validator) condition(at string, c Condition, depth int) {
	forms := 0
	for _, is := range []bool{len(c.All) > 0, len(c.Any) > 0, c.Not != nil, c.Field != "" || c.Is != "" || !c.Value.IsZero()} {
		if is {
			forms++
		}
	}
	switch {
	case forms == 0:
		v.Add(at, "required", nil)
		return
	case forms > 1:
		v.Add(at, "exactly_one", map[string]any{"fields": []string{"all", "any", "not", "field"}})
	case depth > MaxDepth:
		v.Add(at, "too_deep", map[string]any{"limit": MaxDepth})
		return
	}
	v.group(at+"/all/", c.All, depth)
	v.group(at+"/any/", c.Any, depth)
	if c.Not != nil {
		v.condition(at+"/not", *c.Not, depth+1)
	}
	if c.Field != "" || c.Is != "" || !c.Value.IsZero() {
		v.leaves++
		v.leaf(at, c)
	}
}

func (v *validator) group(at string, of []Condition, depth int) {
	for i := range of {
		v.condition(at+strconv.Itoa(i), of[i], depth+1)
	}
}

func (v *validator) leaf(at string, c Condition) {
	spec, ok := Find(c.Field)
	switch {
	case c.Field == "":
		v.Add(at+"/field", "required", nil)
		return
	case !ok:
		v.Add(at+"/field", "unknown_condition", map[string]any{"value": string(c.Field)})
		return
	case spec.Scopes&v.scopes == 0:
		v.Add(at+"/field", "not_here", map[string]any{"value": string(c.Field)})
	}
	if !slices.Contains(spec.Kind.Operators(), c.Is) {
		v.Add(at+"/is", "not_one_of", map[string]any{"value": string(c.Is), "allowed": spec.Kind.Operators()})
		return
	}
	v.value(at+"/value", spec, c)
}

func (v *validator) value(at string, spec Spec, c Condition) {
	switch {
	case c.Is == Yes:
		if !c.Value.IsZero() {
			v.Add(at, "not_wanted", nil)
		}
	case c.Value.IsZero():
		v.Add(at, "required", nil)
	case spec.Kind.Numeric(c.Is):
		v.numbers(at, spec, c)
	case len(c.Value.Numbers) > 0:
		v.Add(at, "wrong_type", map[string]any{"want": "string"})
	default:
		v.texts(at, spec, c)
	}
}

// count demands one value, for Between two.
func (v *validator) count(at string, is Is, n int) bool {
	want := 1
	if is == Between {
		want = 2
	}
	if n != want {
		v.Add(at, "how_many_values", map[string]any{"want": want})
	}
	return n == want
}

func (v *validator) numbers(at string, spec Spec, c Condition) {
	n := c.Value.Numbers
	if len(n) == 0 {
		v.Add(at, "wrong_type", map[string]any{"want": "integer"})
		return
	}
	if !v.count(at, c.Is, len(n)) {
		return
	}
	least := int64(0)
	if spec.Kind == Free {
		least = -spec.Most
	}
	for i := range n {
		if n[i] < least || n[i] > spec.Most {
			v.Add(place(at, len(n), i), "out_of_range", map[string]any{"min": least, "max": spec.Most})
		}
	}
	if c.Is == Between && n[0] > n[1] {
		v.Add(at, "not_ascending", map[string]any{"above": n[0]})
	}
}

// place is where the i-th of n values stands: several are a list.
func place(at string, n, i int) string {
	if n == 1 {
		return at
	}
	return at + "/" + strconv.Itoa(i)
}

func (v *validator) texts(at string, spec Spec, c Condition) {
	s := c.Value.Texts
	if len(s) > MaxValues {
		v.Add(at, "too_many", map[string]any{"limit": MaxValues})
		return
	}
	if c.Is != In && !v.count(at, c.Is, len(s)) {
		return
	}
	before := len(v.Faults)
	for i := range s {
		if code := v.text(spec, s[i]); code != "" {
			v.Add(place(at, len(s), i), code, map[string]any{"value": s[i]})
		} else if c.Is == In && slices.Contains(s[:i], s[i]) {
			v.Add(place(at, len(s), i), "doubled", map[string]any{"value": s[i]})
		}
	}
	switch {
	case c.Is != Between || len(v.Faults) > before:
	case spec.Kind == DayOf && s[0] > s[1], spec.Kind == TimeOf && s[0] == s[1]:
		v.Add(at, "not_ascending", map[string]any{"above": s[0]})
	}
}

// text judges one text; it gives the code of its fault.
func (v *validator) text(spec Spec, s string) string {
	switch spec.Kind {
	case DayOf:
		if day, err := calendar.Parse(s); err != nil || day.IsZero() {
			return "bad_date"
		}
	case WeekdayOf:
		if !slices.Contains(Weekdays[:], s) {
			return "not_one_of"
		}
	case TimeOf:
		if _, ok := minutes(s); !ok {
			return "bad_time"
		}
	case CodeOf:
		if v.exists != nil && !v.exists(spec.Field, s) {
			return "unknown_code"
		}
		return clean(s)
	default:
		return clean(s)
	}
	return ""
}

func clean(s string) string {
	if clean, ok := models.CleanText(s, maxText); !ok || clean != s || s == "" {
		return "malformed"
	}
	return ""
}

// Weekdays are the codes of the days, Sunday first as time.Weekday counts.
var Weekdays = [7]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

const dayMinutes = 24 * 60

// minutes reads "14:00"; "24:00" is the day's end.
func minutes(s string) (int64, bool) {
	hour, minute, ok := strings.Cut(s, ":")
	h, errH := strconv.Atoi(hour)
	m, errM := strconv.Atoi(minute)
	ok = ok && len(hour) == 2 && len(minute) == 2 && errH == nil && errM == nil && h >= 0 && m >= 0 && m < 60 && h*60+m <= dayMinutes
	return int64(h*60 + m), ok
}
