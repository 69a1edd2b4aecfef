package customers

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"dangol/models"
)

func TestTokens(t *testing.T) { // D-19
	phone, email, ext := "+821012345678", "minji.kim@example.com", "A-17"
	for _, c := range []struct {
		name              string
		phone, email, ext *string
		want              string
	}{
		{"김민지", &phone, &email, &ext, "#5678 a-17 minji.kim ㄱㅁㅈ ㅁㅈ ㅈ 김민지 민지 지"},
		{"Maya Lin", nil, nil, nil, "lin mayalin"},
		{"카페 Maya", nil, nil, nil, "maya ㅋㅍmaya ㅍmaya 카페maya 페maya"},
		{"강가가", nil, nil, nil, "ㄱ ㄱㄱ ㄱㄱㄱ 가 가가 강가가"},
		{"", &phone, nil, nil, "#5678"},
		{"İİ", nil, nil, nil, "ii"},
	} {
		if got := strings.Join(Tokens(c.name, c.phone, c.email, c.ext), " "); got != c.want {
			t.Errorf("Tokens(%q) = %s, want %s", c.name, got, c.want)
		}
	}
}

func TestEverySyllableFindsItsName(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringMatching(`[가-힣]{1,5}( [가-힣]{1,3})?`).Draw(t, "name")
		tokens := Tokens(name, nil, nil, nil)
		for i := range strings.ReplaceAll(name, " ", "") {
			suffix := strings.ReplaceAll(name, " ", "")[i:]
			if !slices.Contains(tokens, suffix) {
				t.Fatalf("%q is not found by %q", name, suffix)
			}
		}
	})
}

func TestParseBirth(t *testing.T) {
	for _, c := range []struct {
		text, form string
		want       models.Birth
	}{
		{"1987-03-15", "", models.Birth{Calendar: "solar", Year: 1987, Month: 3, Day: 15}},
		{"19870315", "", models.Birth{Calendar: "solar", Year: 1987, Month: 3, Day: 15}},
		{"870315", "", models.Birth{Calendar: "solar", Year: 1987, Month: 3, Day: 15}},
		{"0315", "", models.Birth{Calendar: "solar", Month: 3, Day: 15}},
		{"3/15", "lunar", models.Birth{Calendar: "lunar", Month: 3, Day: 15}},
		{"3월 15일", "", models.Birth{Calendar: "solar", Month: 3, Day: 15}},
		{"1960년 11월 20일 (음력)", "", models.Birth{Calendar: "lunar", Year: 1960, Month: 11, Day: 20}},
		{"음 11/20", "solar", models.Birth{Calendar: "lunar", Month: 11, Day: 20}},
		{"음력 1960.11.20", "", models.Birth{Calendar: "lunar", Year: 1960, Month: 11, Day: 20}},
		{"음 윤6/1", "", models.Birth{Calendar: "lunar_leap", Month: 6, Day: 1}},
		{"Lunar 12/30", "", models.Birth{Calendar: "lunar", Month: 12, Day: 30}},
		{"2/29", "", models.Birth{Calendar: "solar", Month: 2, Day: 29}},
		{"010101", "", models.Birth{Calendar: "solar", Year: 2001, Month: 1, Day: 1}},
	} {
		got, err := ParseBirth(c.text, c.form)
		if err != nil || got != c.want {
			t.Errorf("ParseBirth(%q) = %+v, %v; want %+v", c.text, got, err, c.want)
		}
	}
	for _, bad := range []string{"", "2/30", "1987-02-29", "13/1", "음 1/31", "어제", "1850-01-01", "3", "0/0"} {
		if got, err := ParseBirth(bad, ""); models.KindOf(err) != models.Invalid {
			t.Errorf("%q was read as %+v, %v", bad, got, err)
		}
	}
}
