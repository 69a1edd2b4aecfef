package hangul

import (
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

func TestInitials(t *testing.T) {
	for name, want := range map[string]string{
		"김민지": "ㄱㅁㅈ", "꽃님": "ㄲㄴ", "쌍칼": "ㅆㅋ", "힣가": "ㅎㄱ", "Maya 킴": "Maya ㅋ", "뷁": "ㅂ", "": "",
	} {
		if got := Initials(name); got != want {
			t.Errorf("Initials(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestRange(t *testing.T) {
	in := func(name, typed string) bool {
		from, to := Range(typed)
		return name >= from && name < to
	}
	for _, c := range []struct {
		name, typed string
		want        bool
	}{
		{"김민지", "김", true}, {"김민지", "김미", true}, {"김민지", "김민", true}, {"김민지", "김ㅁ", true},
		{"김민지", "김무", false}, {"김민지", "김ㅂ", false}, {"김민지", "김민ㅈ", true}, {"김민지", "김민자", false},
		{"임수", "이", false}, {"이수", "이", true}, {"길", "기", false}, {"김하힣", "김ㅎ", true},
		{"ㄱㅁㅈ", "ㄱ", true}, {"ㄱㅁㅈ", "ㄱㅁ", true}, {"ㄱㅁㅈ", "ㄱㅂ", false}, {"maya", "ma", true}, {"mb", "ma", false},
	} {
		if got := in(c.name, c.typed); got != c.want {
			t.Errorf("%q found by %q: %v, want %v", c.name, c.typed, got, c.want)
		}
	}
}

// Whatever is typed towards a name finds it: each prefix, and each prefix whose last syllable has lost its final.
func TestRangeCoversEveryPrefix(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SliceOfN(rapid.RuneFrom(nil, syllables), 2, 6).Draw(t, "name")
		n := rapid.IntRange(2, len(name)).Draw(t, "typed")
		typed := append([]rune{}, name[:n]...)
		if rapid.Bool().Draw(t, "half typed") {
			typed[n-1] -= (typed[n-1] - first) % finals
		}
		from, to := Range(string(typed))
		if full := string(name); full < from || full >= to {
			t.Fatalf("%q is not in [%q, %q)", full, from, to)
		}
	})
}

var syllables = &unicode.RangeTable{R16: []unicode.Range16{{Lo: first, Hi: last, Stride: 1}}}
