package terms

import "strings"

// josa appends the particle that fits the sound on which a word ends, given as "after a consonant/after a vowel":
// josa("포인트", "을/를") is "포인트를", josa("3개월", "으로/로") is "3개월로". Brackets and quotes do not sound.
func josa(word, pair string) string {
	closed, open, _ := strings.Cut(pair, "/")
	final := finalSound(word)
	if final == 0 || final == liquid && closed == "으로" {
		return word + open
	}
	return word + closed
}

// liquid is the final consonant ㄹ among the 28 finals of a syllable, after which 으로 is 로.
const liquid = 8

// finalSound is the final consonant with which a word is spoken, 0 for a vowel. Digits are read in Chinese numbers,
// Latin letters are spelled out: 240P ends like 피, 10 like 십, VIP like 피.
func finalSound(word string) rune {
	runes := []rune(strings.TrimRight(word, ` .,)]}"'”’」』›`))
	if len(runes) == 0 {
		return 0
	}
	switch r := runes[len(runes)-1]; {
	case r >= '가' && r <= '힣':
		return (r - '가') % 28
	case strings.ContainsRune("178lrLR", r):
		return liquid
	case strings.ContainsRune("036mnMN", r):
		return 1
	default:
		return 0
	}
}
