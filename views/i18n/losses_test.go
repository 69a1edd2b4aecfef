package i18n

import (
	"slices"
	"testing"

	"dangol/models"
)

// What one thing loses is one line, where it is first told of.
func TestLossesAreToldThingByThing(t *testing.T) {
	t.Parallel()
	rule := models.Loss{Ko: "구매 적립", En: "Purchases"}
	less, later := rule, rule
	less.Kind, later.Kind = models.LosesAward, models.LosesWait
	list := []models.Loss{less, {Kind: models.LosesRoom, Ko: "포인트", En: "points"}, later, less}
	for locale, want := range map[Locale][]string{
		Korean:  {"구매 적립: 더 적게 드려요, 더 늦게 들어와요", "포인트: 모아 두실 수 있는 한도가 줄어요"},
		English: {"Purchases: gives less, takes longer to arrive", "points: has a lower maximum balance"},
	} {
		var got []string
		for _, line := range New(locale).Losses(list) {
			got = append(got, line.Of+": "+line.Said())
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q", locale, got)
		}
	}
}

func TestParticlesStayWithWhatTheyFollow(t *testing.T) {
	t.Parallel()
	if got := Held("‘영화 할인’을 1%를 쿠폰(한 개)을 드려요. “a” and ‘b’ 혜택"); got != "‘영화 할인’\u2060을 1%\u2060를 쿠폰(한 개)\u2060을 드려요. “a” and ‘b’ 혜택" {
		t.Errorf("%q", got)
	}
}
