package conditions

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
)

// Value is what a field is compared with: whole numbers or texts, one or several. In a document one stands plain, several
// as a list: 30000, "drink", ["drink","bread"].
type Value struct {
	Numbers []int64  // money in minor units, counts, days, points in the unit's smallest part
	Texts   []string // codes, texts, dates ("2026-11-22"), times ("14:00"), weekdays ("mon")
}

// Number makes a value of numbers.
func Number(n ...int64) Value { return Value{Numbers: n} }

// Text makes a value of texts.
func Text(s ...string) Value { return Value{Texts: s} }

// IsZero reports whether there is no value.
func (v Value) IsZero() bool { return len(v.Numbers) == 0 && len(v.Texts) == 0 }

// MarshalJSON writes the value as documents have it.
func (v Value) MarshalJSON() ([]byte, error) {
	switch {
	case len(v.Numbers) == 1:
		return plain(v.Numbers[0])
	case len(v.Numbers) > 1:
		return plain(v.Numbers)
	case len(v.Texts) == 1:
		return plain(v.Texts[0])
	default:
		return plain(v.Texts)
	}
}

// plain writes JSON that keeps "<" and "&" as they are.
func plain(v any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// UnmarshalJSON reads a value; a list of one is that one.
func (v *Value) UnmarshalJSON(text []byte) error {
	*v = Value{}
	if bytes.HasPrefix(bytes.TrimSpace(text), []byte("[")) {
		if json.Unmarshal(text, &v.Numbers) == nil && !slices.Contains(nulls(text), true) {
			return v.tidy()
		}
		v.Numbers = nil
		if json.Unmarshal(text, &v.Texts) == nil && !slices.Contains(nulls(text), true) {
			return v.tidy()
		}
		return errValue
	}
	var n *int64
	var s *string
	switch {
	case json.Unmarshal(text, &n) == nil && n != nil:
		v.Numbers = []int64{*n}
	case json.Unmarshal(text, &s) == nil && s != nil:
		v.Texts = []string{*s}
	default:
		return errValue
	}
	return nil
}

var errValue = errors.New("conditions: a value is a whole number, a text, or a list of either")

// nulls says of each element of a list whether it is null, which a number or a text would take for nothing.
func nulls(list []byte) (each []bool) {
	var elements []json.RawMessage
	if json.Unmarshal(list, &elements) != nil {
		return []bool{true}
	}
	for _, e := range elements {
		each = append(each, bytes.Equal(e, []byte("null")))
	}
	return each
}

// tidy makes an empty list no value.
func (v *Value) tidy() error {
	if v.IsZero() {
		*v = Value{}
	}
	return nil
}
