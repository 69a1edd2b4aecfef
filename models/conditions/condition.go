package conditions

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"

	"dangol/models"
)

// Condition is one of four: All of several, Any of several, Not another, or a comparison of a Field with a Value. The zero
// Condition always holds.
type Condition struct {
	All   []Condition `json:"all,omitempty"`
	Any   []Condition `json:"any,omitempty"`
	Not   *Condition  `json:"not,omitempty"`
	Field Field       `json:"field,omitempty"`
	Is    Is          `json:"is,omitempty"`
	Value Value       `json:"value,omitzero"`
}

// Is compares.
type Is string

// The operators. Both ends of Between count, except for times of day: a time is between 14:00 and 17:00 until 16:59.
const (
	AtLeast Is = "at_least" // of a date: on it or later
	AtMost  Is = "at_most"  // of a date: on it or earlier
	Equals  Is = "equals"
	Between Is = "between" // two values
	In      Is = "in"      // one of the values; of a field of several codes: any of them is
	Yes     Is = "yes"     // no value
)

// Where compares a field.
func Where(field Field, is Is, value Value) Condition {
	return Condition{Field: field, Is: is, Value: value}
}

// All joins conditions that must all hold.
func All(of ...Condition) Condition { return Condition{All: of} }

// Any joins conditions of which one must hold.
func Any(of ...Condition) Condition { return Condition{Any: of} }

// Not turns a condition round.
func Not(c Condition) Condition { return Condition{Not: &c} }

// IsZero reports whether nothing is asked.
func (c Condition) IsZero() bool {
	return len(c.All) == 0 && len(c.Any) == 0 && c.Not == nil && c.Field == "" && c.Is == "" && c.Value.IsZero()
}

// Fields lists the fields that are asked about, each once, in the order of the text.
func (c Condition) Fields() (fields []Field) {
	c.each(func(leaf Condition) {
		if !slices.Contains(fields, leaf.Field) {
			fields = append(fields, leaf.Field)
		}
	})
	return fields
}

// each visits the comparisons in the order of the text.
func (c Condition) each(visit func(leaf Condition)) {
	for _, group := range [][]Condition{c.All, c.Any} {
		for _, each := range group {
			each.each(visit)
		}
	}
	if c.Not != nil {
		c.Not.each(visit)
	}
	if c.Field != "" {
		visit(c)
	}
}

// Encode writes the canonical text: the fields in the order of the type, nothing that is empty, no spaces.
func (c Condition) Encode() []byte {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(c); err != nil {
		panic(err) // no field of Condition can fail
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// Parse reads a condition strictly: an unknown field or a value of the wrong type is refused. It does not judge what the
// condition says: see Validate. Errors: models.Invalid.
func Parse(text []byte) (c Condition, err error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err = decoder.Decode(&c); err == nil {
		if _, more := decoder.Token(); !errors.Is(more, io.EOF) {
			err = errors.New("more than one value")
		}
	}
	if err != nil {
		return Condition{}, models.InvalidField("", "not_json", map[string]any{"reason": err.Error()})
	}
	return c, nil
}
