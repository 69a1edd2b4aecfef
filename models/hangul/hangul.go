// Package hangul knows how Korean syllables are built, as far as finding names and speaking of them needs it: initial
// consonants (초성), which completed words a half-typed one may become, and particles (조사). It is pure.
package hangul

import "strings"

const (
	first, last = '가', '힣'
	perInitial  = 21 * 28 // vowels × finals
	finals      = 28
)

// initials are the 19 initial consonants in the order of Unicode's syllables, as a keyboard writes them.
var initials = []rune("ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ")

// IsSyllable says whether r is a whole syllable, 가 to 힣.
func IsSyllable(r rune) bool { return r >= first && r <= last }

// IsInitial says whether r is an initial consonant typed alone, ㄱ to ㅎ.
func IsInitial(r rune) bool { return initialIndex(r) >= 0 }

func initialIndex(r rune) int {
	for i, c := range initials {
		if c == r {
			return i
		}
	}
	return -1
}

// Initials replaces each syllable by its initial consonant: 김민지 → ㄱㅁㅈ. Other runes stay.
func Initials(s string) string {
	return strings.Map(func(r rune) rune {
		if !IsSyllable(r) {
			return r
		}
		return initials[(r-first)/perInitial]
	}, s)
}

// HasInitial says whether s contains an initial consonant typed alone.
func HasInitial(s string) bool { return strings.ContainsFunc(s, IsInitial) }

// HasSyllable says whether s contains a whole syllable.
func HasSyllable(s string) bool { return strings.ContainsFunc(s, IsSyllable) }

// Range gives the half-open range [from, to) of texts, by code point, that begin with s or with what s may become while
// its last syllable is still being typed: 김ㅁ covers 김마 to 김밓, 김미 covers 김미 to 김밓 (it may become 김민). A text
// of one syllable stands for itself alone, so that looking for the family name 이 does not find 임.
func Range(s string) (from, to string) {
	runes := []rune(s)
	if len(runes) == 0 {
		return "", ""
	}
	head, end := string(runes[:len(runes)-1]), runes[len(runes)-1]
	switch i := initialIndex(end); {
	case i >= 0 && len(runes) > 1 && IsSyllable(runes[len(runes)-2]):
		low := first + rune(i)*perInitial
		return head + string(low), head + string(low+perInitial)
	case len(runes) > 1 && IsSyllable(end) && (end-first)%finals == 0:
		return s, head + string(end+finals)
	}
	return s, head + string(end+1)
}
