package conditions_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"dangol/models/calendar"
	. "dangol/models/conditions"
)

// facts are what a test knows; a field that is in neither map is not known.
type facts struct {
	numbers map[Field]int64
	texts   map[Field][]string
}

func (f *facts) Number(field Field) (int64, bool) {
	n, known := f.numbers[field]
	return n, known
}

func (f *facts) Any(field Field, has func(string) bool) (found, known bool) {
	texts, known := f.texts[field]
	return slices.ContainsFunc(texts, has), known
}

func day(s string) int64 { return int64(calendar.MustParse(s)) }

func parse(t testing.TB, text string) Condition {
	t.Helper()
	c, err := Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func compiled(t testing.TB, c Condition) *Compiled {
	t.Helper()
	made, err := Compile(c)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func TestEachOperator(t *testing.T) {
	for _, c := range []struct {
		leaf  Condition
		holds []int64
		fails []int64
	}{
		{Where(Amount, AtLeast, Number(30_000)), []int64{30_000, 30_001}, []int64{29_999, 0}},
		{Where(Items, AtMost, Number(3)), []int64{0, 3}, []int64{4}},
		{Where(Visits, Equals, Number(5)), []int64{5}, []int64{4, 6}},
		{Where(Spend12m, Between, Number(10, 20)), []int64{10, 20}, []int64{9, 21}},
		{Where(BirthdayIn, AtMost, Number(7)), []int64{0, 7}, []int64{8}},
		{Where(Attribute("size"), AtLeast, Number(-3)), []int64{-3, 0}, []int64{-4}},
		{Where(Date, AtLeast, Text("2026-12-01")), []int64{day("2026-12-01"), day("2027-01-01")}, []int64{day("2026-11-30")}},
		{Where(Date, AtMost, Text("2026-12-01")), []int64{day("2026-12-01")}, []int64{day("2026-12-02")}},
		{Where(Date, Between, Text("2026-12-01", "2026-12-25")), []int64{day("2026-12-01"), day("2026-12-25")}, []int64{day("2026-11-30"), day("2026-12-26")}},
		{Where(Time, Between, Text("14:00", "17:00")), []int64{14 * 60, 17*60 - 1}, []int64{14*60 - 1, 17 * 60}},
		{Where(Time, Between, Text("22:00", "02:00")), []int64{22 * 60, 0, 119}, []int64{22*60 - 1, 120}},
		{Where(Time, Between, Text("20:00", "24:00")), []int64{24*60 - 1}, []int64{0}},
		{Where(FirstOrder, Yes, Value{}), []int64{1}, []int64{0}},
	} {
		made, turned := compiled(t, c.leaf), compiled(t, Not(c.leaf))
		about := func(n int64) *facts { return &facts{numbers: map[Field]int64{c.leaf.Field: n}} }
		for _, n := range c.holds {
			if !made.Holds(about(n)) || turned.Holds(about(n)) {
				t.Errorf("%s does not hold of %d, or its negation does", c.leaf.Encode(), n)
			}
		}
		for _, n := range c.fails {
			if made.Holds(about(n)) || !turned.Holds(about(n)) {
				t.Errorf("%s holds of %d, or its negation does not", c.leaf.Encode(), n)
			}
		}
		if made.Holds(&facts{}) || turned.Holds(&facts{}) {
			t.Errorf("%s holds of what is not known", c.leaf.Encode())
		}
	}
}

func TestWeekdaysFollowFromTheDate(t *testing.T) {
	made := compiled(t, Where(Weekday, In, Text("tue", "sun")))
	for date, want := range map[string]bool{"2026-11-24": true, "2026-11-29": true, "2026-11-25": false, "1969-12-30": true} {
		if got := made.Holds(&facts{numbers: map[Field]int64{Date: day(date)}}); got != want {
			t.Errorf("%s: %v", date, got)
		}
	}
	if made.Holds(&facts{}) {
		t.Error("a day that is not known is a Tuesday")
	}
}

func TestCodesAreSets(t *testing.T) {
	many := make([]string, 50)
	for i := range many {
		many[i] = strings.Repeat("x", i+1)
	}
	for _, values := range [][]string{{"drink"}, {"bread", "drink"}, append(many, "drink")} {
		made, turned := compiled(t, Where(Category, In, Text(values...))), compiled(t, Not(Where(Category, In, Text(values...))))
		for _, c := range []struct {
			texts       []string
			holds, turn bool
		}{{[]string{"cake", "drink"}, true, false}, {[]string{"cake"}, false, true}, {[]string{}, false, true}} {
			about := &facts{texts: map[Field][]string{Category: c.texts}}
			if made.Holds(about) != c.holds || turned.Holds(about) != c.turn {
				t.Errorf("%v in %v: %v, negated %v", c.texts, values, made.Holds(about), turned.Holds(about))
			}
		}
		if made.Holds(&facts{}) || turned.Holds(&facts{}) {
			t.Error("what is not known is or is not a drink")
		}
	}
}

func TestGroupsWithThreeAnswers(t *testing.T) {
	known := &facts{numbers: map[Field]int64{Amount: 100}, texts: map[Field][]string{}}
	holds, fails, open := Where(Amount, AtLeast, Number(100)), Where(Amount, AtLeast, Number(101)), Where(Time, Between, Text("10:00", "11:00"))
	for _, c := range []struct {
		condition Condition
		want      bool
	}{
		{Condition{}, true},
		{All(holds, holds), true}, {All(holds, fails), false}, {All(holds, open), false},
		{Any(fails, holds), true}, {Any(fails, fails), false}, {Any(open, holds), true}, {Any(open, fails), false},
		{Not(All(holds, fails)), true}, {Not(All(holds, open)), false}, {Not(All(fails, open)), true},
		{Not(Any(fails, fails)), true}, {Not(Any(fails, open)), false}, {Not(Any(holds, open)), false},
		{Not(Not(holds)), true}, {Not(Not(open)), false}, {All(Any(fails, holds), Not(Any(fails, fails))), true},
	} {
		if got := compiled(t, c.condition).Holds(known); got != c.want {
			t.Errorf("%s: %v", c.condition.Encode(), got)
		}
	}
	var nobody *Compiled
	if !nobody.Holds(known) {
		t.Error("no condition does not hold")
	}
}

func TestHoldsAllocatesNothing(t *testing.T) {
	made := compiled(t, All(Where(Amount, AtLeast, Number(30_000)), Not(Where(Category, In, Text("drink", "bread"))),
		Any(Where(Weekday, In, Text("tue")), Where(Time, Between, Text("14:00", "17:00")))))
	about := &facts{
		numbers: map[Field]int64{Amount: 40_000, Date: day("2026-11-25"), Time: 15 * 60},
		texts:   map[Field][]string{Category: {"cake"}},
	}
	if !made.Holds(about) {
		t.Fatal("it does not hold")
	}
	if n := testing.AllocsPerRun(100, func() { made.Holds(about) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestWhatIsMissing(t *testing.T) {
	about := &facts{
		numbers: map[Field]int64{Amount: 25_000, Items: 2, Visits: 4, Date: day("2026-11-24")},
		texts:   map[Field][]string{Category: {"drink"}, Tier: {}},
	}
	amount, items := Where(Amount, AtLeast, Number(30_000)), Where(Items, AtLeast, Number(2))
	few, bread := Where(Amount, AtMost, Number(20_000)), Where(Category, In, Text("bread", "cake"))
	drink, unknown := Where(Category, In, Text("drink")), Where(Time, Between, Text("10:00", "11:00"))
	for _, c := range []struct {
		condition Condition
		want      Miss
		found     bool
	}{
		{All(amount, items), Miss{Amount, AtLeast, Number(30_000), false, 5_000}, true},
		{few, Miss{Amount, AtMost, Number(20_000), false, -5_000}, true},
		{Not(items), Miss{Items, AtLeast, Number(2), true, -1}, true},
		{Not(Where(Amount, Between, Number(20_000, 26_000))), Miss{Amount, Between, Number(20_000, 26_000), true, 1_001}, true},
		{Not(Where(Amount, Between, Number(24_000, 40_000))), Miss{Amount, Between, Number(24_000, 40_000), true, -1_001}, true},
		{Not(few), Miss{}, false}, // it holds
		{All(items, bread), Miss{Category, In, Text("bread", "cake"), false, 0}, true},
		{Not(drink), Miss{Category, In, Text("drink"), true, 0}, true},
		{All(amount, bread), Miss{}, false},  // two
		{All(items, unknown), Miss{}, false}, // nobody can help
		{All(items), Miss{}, false},          // nothing is missing
		{Any(bread, amount), Miss{Category, In, Text("bread", "cake"), false, 0}, true},
		{Any(Where(Amount, AtLeast, Number(90_000)), unknown, amount), Miss{Amount, AtLeast, Number(30_000), false, 5_000}, true},
		{Any(All(amount, bread), Where(Visits, Equals, Number(3))), Miss{Visits, Equals, Number(3), false, -1}, true},
		{All(items, Any(amount, items)), Miss{}, false},
		{Where(Weekday, In, Text("wed")), Miss{Weekday, In, Text("wed"), false, 0}, true},
		{Where(Tier, In, Text("gold")), Miss{Tier, In, Text("gold"), false, 0}, true},
	} {
		got, found := compiled(t, c.condition).Missing(about)
		if found != c.found || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v %v, want %+v", c.condition.Encode(), got, found, c.want)
		}
	}
}

func TestTheTextIsCanonical(t *testing.T) {
	for in, want := range map[string]string{
		`{}`: `{}`,
		`{"value":["drink"],"is":"in","field":"category"}`:                                            `{"field":"category","is":"in","value":"drink"}`,
		`{"field":"category","is":"in","value":["a<b","&"]}`:                                          `{"field":"category","is":"in","value":["a<b","&"]}`,
		`{"field":"amount","is":"between","value":[1, 2]}`:                                            `{"field":"amount","is":"between","value":[1,2]}`,
		`{"field":"consent","is":"yes","value":[]}`:                                                   `{"field":"consent","is":"yes"}`,
		`{"any":[{"not":{"field":"photo","is":"yes"}},{"field":"amount","is":"at_least","value":0}]}`: `{"any":[{"not":{"field":"photo","is":"yes"}},{"field":"amount","is":"at_least","value":0}]}`,
	} {
		if got := string(parse(t, in).Encode()); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
	for _, wrong := range []string{``, `[]`, `{} {}`, `{"fields":1}`, `{"value":1.5}`, `{"value":null}`, `{"value":[1,"a"]}`, `{"value":[null]}`, `{"value":{}}`, `{"value":true}`, `{"value":[[1]]}`, `{"value":9223372036854775808}`} {
		if c, err := Parse([]byte(wrong)); err == nil {
			t.Errorf("%s is taken as %s", wrong, c.Encode())
		}
	}
}

func TestValidateFindsEveryFault(t *testing.T) {
	gold := func(f Field, code string) bool { return f != Tier || code == "gold" }
	deep := Where(Items, AtLeast, Number(1))
	for range MaxDepth {
		deep = Not(deep)
	}
	wide := make([]Condition, MaxLeaves+1)
	for i := range wide {
		wide[i] = Where(Items, AtLeast, Number(1))
	}
	for text, want := range map[string]string{
		`{}`: ``,
		`{"all":[{"field":"amount","is":"at_least","value":30000},{"not":{"field":"category","is":"in","value":["drink"]}}]}`: ``,
		`{"all":[{}]}`: `/w/all/0 required`,
		`{"all":[{"field":"amount","is":"in","value":"x"},{"field":"nothing","is":"yes"},{"is":"yes"}]}`: `/w/all/0/is not_one_of, /w/all/1/field unknown_condition, /w/all/2/field required`,
		`{"not":{"field":"amount","is":"at_least"},"field":"items","is":"yes"}`:                          `/w exactly_one, /w/not/value required, /w/is not_one_of`,
		`{"field":"spend_12m","is":"at_least","value":1}`:                                                `/w/field not_here`,
		`{"field":"attribute:x","is":"in","value":"y"}`:                                                  `/w/field not_here`,
		`{"field":"property: x","is":"in","value":"y"}`:                                                  `/w/field unknown_condition`,
		`{"field":"amount","is":"between","value":[2,1]}`:                                                `/w/value not_ascending`,
		`{"field":"amount","is":"between","value":1}`:                                                    `/w/value how_many_values`,
		`{"field":"amount","is":"between","value":[-1,100000000001]}`:                                    `/w/value/0 out_of_range, /w/value/1 out_of_range`,
		`{"field":"amount","is":"at_least","value":[1,2]}`:                                               `/w/value how_many_values`,
		`{"field":"amount","is":"at_least","value":"1"}`:                                                 `/w/value wrong_type`,
		`{"field":"category","is":"in","value":1}`:                                                       `/w/value wrong_type`,
		`{"field":"category","is":"in","value":["a","a"," b"]}`:                                          `/w/value/1 doubled, /w/value/2 malformed`,
		`{"field":"first_order","is":"yes","value":1}`:                                                   `/w/value not_wanted`,
		`{"field":"date","is":"between","value":["2026-02-30","2026-01-01"]}`:                            `/w/value/0 bad_date`,
		`{"field":"date","is":"between","value":["2026-02-03","2026-01-01"]}`:                            `/w/value not_ascending`,
		`{"field":"time","is":"between","value":["9:00","25:00"]}`:                                       `/w/value/0 bad_time, /w/value/1 bad_time`,
		`{"field":"time","is":"between","value":["09:00","09:00"]}`:                                      `/w/value not_ascending`,
		`{"field":"weekday","is":"in","value":["mon","monday"]}`:                                         `/w/value/1 not_one_of`,
		string(deep.Encode()):         `/w/not/not/not/not/not too_deep`,
		string(All(wide...).Encode()): `/w too_many`,
	} {
		var found []string
		for _, f := range parse(t, text).Validate("/w", OfOrder|OfEvent, gold) {
			found = append(found, f.Field+" "+f.Code)
		}
		if got := strings.Join(found, ", "); got != want {
			t.Errorf("%s:\n got %s\nwant %s", text, got, want)
		}
	}
	if faults := Where(Tier, In, Text("gold", "lead")).Validate("", OfMember, gold); len(faults) != 1 || faults[0].Field != "/value/1" || faults[0].Code != "unknown_code" {
		t.Errorf("%+v", faults)
	}
}

func TestFieldsAreListedOnce(t *testing.T) {
	c := All(Where(Amount, AtLeast, Number(1)), Not(Any(Where(Tier, In, Text("a")), Where(Amount, AtMost, Number(9)))))
	if got := c.Fields(); !slices.Equal(got, []Field{Amount, Tier}) {
		t.Errorf("%v", got)
	}
}
