package terms

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"dangol/models"
	"dangol/models/conditions"
)

func faultsOf(t *testing.T, err error) (all []string) {
	t.Helper()
	var invalid *models.Error
	if !errors.As(err, &invalid) || invalid.Kind != models.Invalid {
		t.Fatalf("want an invalid document, got %v", err)
	}
	for _, f := range invalid.Fields {
		all = append(all, f.Field+" "+f.Code)
	}
	return all
}

func TestParseNamesEveryFault(t *testing.T) {
	_, err := Parse([]byte(`{"schema":1,"name":{"ko":"가","fr":"x"},"units":[{"code":7,"decimals":1.5}],
		"earning":[{"award":{"rate":"two"}},{"award":{"rate":2}}],"tiers":[],"colour":"red","a/b~":0}`))
	want := []string{
		"/a~1b~0 unknown_field", "/colour unknown_field", "/earning/0/award/rate malformed", "/earning/1/award/rate wrong_type",
		"/name/fr unknown_field", "/tiers wrong_type", "/units/0/code wrong_type", "/units/0/decimals wrong_type",
	}
	if got := faultsOf(t, err); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	for _, text := range []string{"", "{", "[]]", `{"schema":1} {"schema":1}`, "nonsense"} {
		if got := faultsOf(t, func() error { _, err := Parse([]byte(text)); return err }()); got[0] != " not_json" {
			t.Errorf("%q: %v", text, got)
		}
	}
	if got := faultsOf(t, func() error { _, err := Parse([]byte(`{"Schema":1,"schema":1e3}`)); return err }()); len(got) != 2 {
		t.Errorf("names are exact, numbers whole: %v", got)
	}
}

func TestCanonicalText(t *testing.T) {
	doc := Default(models.TradeOnline, 30_000)
	text := doc.Encode()
	want := `{"schema":1,"name":{"ko":"단골 프로그램","en":"Regulars' programme"},"currency":"KRW","units":[{"code":"point",` +
		`"kind":"spendable","name":{"ko":"적립금","en":"credit"},"plural":{"ko":"적립금","en":"credits"},"suffix":{"ko":"원","en":""},` +
		`"worth":{"money":1,"points":1},"expiry":{"kind":"rolling","months":60}}],"earning":[{"code":"purchase","unit":"point",` +
		`"name":{"ko":"구매 적립","en":"Purchases"},"when":"purchase","award":{"kind":"rate","rate":"1/100"},"hold":{"days":7}},`
	if !bytes.HasPrefix(text, []byte(want)) {
		t.Errorf("%s", text)
	}
	if hash := doc.Hash(); len(hash) != 64 || hash != Default(models.TradeOnline, 30_000).Hash() || hash == Default(models.TradeOnline, 40_000).Hash() {
		t.Errorf("the hash names the text: %s", hash)
	}
}

func TestCanonicalTextIsOneForOneMeaning(t *testing.T) {
	text := `{"currency":"KRW", "schema": 1, "name":{"en":"T","ko":""},"earning":[],"tiers":null,"refunds":{},
		"units":[{"expiry":{"kind":"never"},"plural":{"ko":"","en":""},"name":{"ko":"","en":"p"},"kind":"spendable","code":"p"}]}`
	doc, err := Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"schema":1,"name":{"ko":"","en":"T"},"currency":"KRW","units":[{"code":"p","kind":"spendable",` +
		`"name":{"ko":"","en":"p"},"expiry":{"kind":"never"}}]}`
	if got := string(doc.Encode()); got != want {
		t.Errorf("%s", got)
	}
}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		doc := drawTerms(t)
		text := doc.Encode()
		back, err := Parse(text)
		if err != nil || !bytes.Equal(back.Encode(), text) {
			t.Fatalf("%s\n%s\n%v", text, back.Encode(), err)
		}
		if _, err := Compile(back, 1); err != nil {
			t.Fatal(err)
		}
	})
	for _, trade := range models.Trades {
		text := Default(trade, 12_000).Encode()
		if back, err := Parse(text); err != nil || !bytes.Equal(back.Encode(), text) {
			t.Errorf("%s: %v", trade, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, trade := range models.Trades {
		f.Add(Default(trade, 12_000).Encode())
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		doc, err := Parse(text)
		if err != nil {
			return
		}
		again, err := Parse(doc.Encode())
		if err != nil || !bytes.Equal(again.Encode(), doc.Encode()) {
			t.Fatalf("%s: %v", doc.Encode(), err)
		}
		doc.Validate()
		doc.Describe("ko")
		doc.Sentence("en")
	})
}

func TestRatios(t *testing.T) {
	for text, want := range map[string]Ratio{"2/100": {2, 100}, "2%": {2, 100}, "2.5%": {25, 1_000}, "1.5": {15, 10}, "3": {3, 1}, " 1 %": {1, 100}} {
		var r Ratio
		if err := r.UnmarshalText([]byte(text)); err != nil || r != want {
			t.Errorf("%q: %v, %v", text, r, err)
		}
	}
	for _, text := range []string{"", "/", "a/b", "1/", "%", "1.0000001", "--1", "1e3"} {
		var r Ratio
		if err := r.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q should be refused, is %v", text, r)
		}
	}
}

// A value that reads itself from several kinds of JSON is refused at its place, like any other.
func TestStrictReadsConditions(t *testing.T) {
	type holder struct {
		Where conditions.Condition `json:"where"`
	}
	for text, want := range map[string]string{
		`{"where":{"all":[{"field":"amount","is":"at_least","value":30000},{"not":{"field":"sku","is":"in","value":["a","b"]}}]}}`: "",
		`{"where":{"all":[{"field":"amount","value":1.5},{"not":{"fields":"sku","value":{"a":1}}}]}}`:                              "/where/all/0/value wrong_type, /where/all/1/not/fields unknown_field, /where/all/1/not/value wrong_type",
	} {
		decoder := json.NewDecoder(strings.NewReader(text))
		decoder.UseNumber()
		var tree any
		if err := decoder.Decode(&tree); err != nil {
			t.Fatal(err)
		}
		var found faults
		found.strict("", tree, reflect.TypeFor[holder]())
		var got []string
		for _, f := range found {
			got = append(got, f.Field+" "+f.Code)
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s: %v, want %s", text, got, want)
		}
	}
}
