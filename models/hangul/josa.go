package hangul

import "strings"

// Josa appends the particle that fits the sound on which a word ends, given as "after a consonant/after a vowel":
// Josa("포인트", "을/를") is "포인트를", Josa("240P", "이/가") is "240P가", Josa("서울", "으로/로") is "서울로".
func Josa(word, pair string) string {
	closed, open, _ := strings.Cut(pair, "/")
	switch final := finalSound(word); {
	case final == none, final == liquid && closed == "으로":
		return word + open
	}
	return word + closed
}

type sound uint8

const (
	none   sound = iota // ends on a vowel
	liquid              // ends on ㄹ, after which 으로 is 로
	stop                // ends on another consonant
)

func finalSound(word string) sound {
	runes := []rune(strings.TrimRight(word, ` .,)]}"'”’」』›`))
	for i := len(runes) - 1; i >= 0; i-- {
		switch r := runes[i]; {
		case r >= '가' && r <= '힣':
			return hangulSound(r)
		case r >= '0' && r <= '9':
			return digitSound(runes[:i+1])
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z':
			return latinSound(runes[:i+1])
		case r == '%':
			return none // 퍼센트, 프로
		}
	}
	return none
}

func hangulSound(r rune) sound {
	switch (r - '가') % 28 {
	case 0:
		return none
	case 8:
		return liquid
	}
	return stop
}

// digitSound follows how a number is read: 3 is 삼, 10 십, 100 백, 10,000 만.
func digitSound(runes []rune) sound {
	last := runes[len(runes)-1]
	switch last {
	case '1', '7', '8':
		return liquid // 일, 칠, 팔
	case '2', '4', '5', '9':
		return none // 이, 사, 오, 구
	}
	return stop // 삼, 육; and 영, 십, 백, 천, 만, 억
}

// latinSound follows how letters are spelled out when a word is an abbreviation (VIP 브이아이피), else how it ends.
func latinSound(runes []rune) sound {
	word := lastWord(runes)
	last := word[len(word)-1]
	if word == strings.ToUpper(word) {
		switch last {
		case 'L', 'R':
			return liquid // 엘, 알
		case 'M', 'N':
			return stop // 엠, 엔
		}
		return none
	}
	switch last {
	case 'l':
		return liquid
	case 'm', 'n', 'b', 'p', 'k', 't', 'g':
		return stop
	}
	return none
}

func lastWord(runes []rune) string {
	start := len(runes)
	for start > 0 && isLatin(runes[start-1]) {
		start--
	}
	return string(runes[start:])
}

func isLatin(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }
