package terms

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"dangol/models"
)

// pointer is a JSON pointer into a document: "/earning/0/award/rate".
type pointer string

func (p pointer) index(i int) pointer { return p + pointer("/"+strconv.Itoa(i)) }

func (p pointer) key(name string) pointer {
	return p + pointer("/"+escapes.Replace(name))
}

var escapes = strings.NewReplacer("~", "~0", "/", "~1")

// faults collects what is wrong with a document.
type faults []models.FieldError

// add notes a fault; the arguments are names and values in turn.
func (f *faults) add(at pointer, code string, args ...any) {
	fault := models.FieldError{Field: string(at), Code: code}
	for i := 0; i+1 < len(args); i += 2 {
		if fault.Args == nil {
			fault.Args = map[string]any{}
		}
		fault.Args[args[i].(string)] = args[i+1]
	}
	*f = append(*f, fault)
}

func (f faults) err() error {
	return &models.Error{Kind: models.Invalid, Code: "invalid_terms", Fields: f}
}

// within demands low ≤ value ≤ high.
func (f *faults) within(at pointer, value, low, high int64) {
	if value < low || value > high {
		f.add(at, "out_of_range", "min", low, "max", high)
	}
}

// code demands a code as the database keeps them, that none of seen has; it joins them.
func (f *faults) code(at pointer, code string, seen map[string]bool) {
	switch {
	case code == "":
		f.add(at, "required")
	case !validCode(code):
		f.add(at, "malformed", "value", code)
	case seen[code]:
		f.add(at, "taken", "value", code)
	}
	seen[code] = true
}

// text demands a name in at least one language, of printable characters, not too long.
func (f *faults) text(at pointer, t Text) {
	if t.Ko == "" && t.En == "" {
		f.add(at, "required")
	}
	f.clean(at.key("ko"), t.Ko)
	f.clean(at.key("en"), t.En)
}

func (f *faults) clean(at pointer, s string) {
	if clean, ok := models.CleanText(s, models.MaxName); !ok || clean != s {
		f.add(at, "malformed", "max", models.MaxName)
	}
}

// oneOf demands one of the allowed values; an absent optional value is fine where allowed holds "".
func oneOf[T ~string](f *faults, at pointer, value T, allowed ...T) {
	if !slices.Contains(allowed, value) {
		f.add(at, "not_one_of", "value", string(value), "allowed", allowed)
	}
}

// known demands that a code is among those that exist.
func (f *faults) known(at pointer, code string, exist map[string]bool) {
	if !exist[code] {
		f.add(at, "unknown_code", "value", code)
	}
}

const maxCode = 32

// IsCode reports whether a text has the form of a code.
func IsCode(code string) bool { return validCode(code) }

// validCode is the form of every code: small letters, digits, "_" and "-", not at the beginning.
func validCode(code string) bool {
	for i, r := range code {
		letter := r >= 'a' && r <= 'z' || r >= '0' && r <= '9'
		if !letter && (i == 0 || r != '_' && r != '-') {
			return false
		}
	}
	return code != "" && len(code) <= maxCode
}

func sortedKeys(object map[string]any) []string { return slices.Sorted(maps.Keys(object)) }
