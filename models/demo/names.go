package demo

import (
	"fmt"
	"math/rand/v2"
	"time"

	"dangol/models"
)

// family are family names with how many of a thousand bear them, roughly as in the census.
var family = []struct {
	name  string
	share int
}{
	{"김", 215}, {"이", 147}, {"박", 84}, {"최", 47}, {"정", 43}, {"강", 24}, {"조", 21}, {"윤", 21}, {"장", 20}, {"임", 17}, {"한", 15},
	{"오", 15}, {"서", 15}, {"신", 15}, {"권", 14}, {"황", 14}, {"안", 14}, {"송", 14}, {"류", 13}, {"전", 11}, {"홍", 11}, {"고", 9},
	{"문", 9}, {"양", 9}, {"손", 9}, {"배", 8}, {"백", 8}, {"허", 7}, {"남", 6}, {"심", 5}, {"노", 5}, {"하", 5}, {"곽", 4}, {"차", 4},
	{"구", 4}, {"우", 4}, {"민", 4}, {"진", 3}, {"엄", 3}, {"채", 3}, {"원", 3}, {"천", 2}, {"방", 2}, {"공", 2}, {"현", 2}, {"함", 2},
	{"변", 2}, {"여", 1}, {"추", 1}, {"도", 1}, {"소", 1}, {"석", 1}, {"선", 1}, {"설", 1}, {"마", 1}, {"길", 1}, {"연", 1}, {"위", 1},
}

// The syllables of given names: one of each column makes a name that could be anybody's.
var (
	firsts  = []rune("민서지하수예도현은유준주승시윤건태재성다소가채나영진혜미보세아정선희경동상규인우연태라")
	seconds = []rune("준윤서연우현민지원호은아진영빈수희정훈경나율린솔하람결온슬별")
)

// name invents a name.
func name(r *rand.Rand) string {
	at, total := r.IntN(922), 0
	first := family[0].name
	for _, f := range family {
		if total += f.share; at < total {
			first = f.name
			break
		}
	}
	return first + string(firsts[r.IntN(len(firsts))]) + string(seconds[r.IntN(len(seconds))])
}

// phone gives the n-th number of a range that no operator gives out: mobile numbers never begin 010-0 or 010-1.
func phone(n int) *string {
	s := fmt.Sprintf("+82100%07d", n%10_000_000)
	return &s
}

// birth invents a birthday: one in seven keeps the lunar calendar, a few were born in a leap month.
func birth(r *rand.Rand, set time.Time) func(*models.Customer) {
	year, month, day := 1950+r.IntN(58), 1+r.IntN(12), 1+r.IntN(28)
	calendar := "solar"
	if year < 1985 && r.IntN(3) == 0 {
		calendar = "lunar"
		if r.IntN(12) == 0 {
			calendar = "lunar_leap"
		}
		day = 1 + r.IntN(30)
	}
	return func(c *models.Customer) {
		c.BirthCalendar, c.BirthYear, c.BirthMonth, c.BirthDay, c.BirthSetAt = &calendar, &year, &month, &day, &set
	}
}
