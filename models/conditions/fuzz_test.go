package conditions_test

import (
	"bytes"
	"testing"

	. "dangol/models/conditions"
)

// Whatever is read is written canonically, means the same when it is read again, and if it has no fault can be asked and said.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`{}`, `{"all":[{"field":"amount","is":"at_least","value":30000},{"not":{"field":"category","is":"in","value":["drink"]}}]}`,
		`{"any":[{"field":"time","is":"between","value":["22:00","02:00"]},{"field":"weekday","is":"in","value":"tue"}]}`,
		`{"not":{"not":{"field":"attribute:x","is":"between","value":[-1,5]}}}`, `{"field":"date","is":"at_most","value":"2026-02-29"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := Parse(text)
		if err != nil {
			return
		}
		written := c.Encode()
		again, err := Parse(written)
		if err != nil || !bytes.Equal(again.Encode(), written) {
			t.Fatalf("%s is written %s, which is %v %s", text, written, err, again.Encode())
		}
		faults := c.Validate("", Anywhere, nil)
		made, err := Compile(c)
		if (err == nil) != (len(faults) == 0) {
			t.Fatalf("%s: %v, but %v", written, faults, err)
		}
		if err != nil {
			return
		}
		about := &facts{numbers: map[Field]int64{Amount: 1, Date: 20_000}, texts: map[Field][]string{Category: {"drink"}}}
		if _, missing := made.Missing(about); missing && made.Holds(about) {
			t.Fatalf("%s holds and misses something", written)
		}
		for _, locale := range []string{"ko", "en"} {
			made.Sentence(Speaker{Locale: locale}, When)
			made.Sentence(Speaker{Locale: locale}, Who)
		}
	})
}
