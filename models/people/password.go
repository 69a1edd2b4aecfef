package people

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"dangol/models"
)

// The lengths of a password, in characters. There are no rules on what it is made of (OWASP ASVS 5.0, 6.2).
const (
	PasswordMin = 12
	PasswordMax = 128
)

//go:embed common.txt
var commonText string

// common holds the passwords that guessers try first, Korean words typed on an English keyboard among them.
var common = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for line := range strings.Lines(commonText) {
		set[strings.TrimSpace(line)] = true
	}
	return set
})

// CheckPassword returns Invalid at field "password" if the password is too short, too long, among the first that
// guessers try, or hardly more than one of the own words: the e-mail address, the shop's or the person's name.
func CheckPassword(password string, own ...string) error {
	if code := passwordFault(password, own); code != "" {
		return models.InvalidField("password", code, map[string]any{"min": PasswordMin, "limit": PasswordMax})
	}
	return nil
}

func passwordFault(password string, own []string) string {
	length := utf8.RuneCountInString(norm.NFC.String(password))
	switch {
	case length < PasswordMin:
		return "weak_password"
	case length > PasswordMax || !utf8.ValidString(password):
		return "too_long"
	case isGuessable(plain(password)):
		return "common_password"
	case isOwnWord(plain(password), own):
		return "own_password"
	}
	return ""
}

// isGuessable says whether a password is on the list, or is after what people add at its ends, or shows a pattern.
func isGuessable(p string) bool {
	return common()[p] || common()[core(p)] || isRepeated(p) || isRun(p)
}

// isRepeated says whether p is one short piece again and again: "ababababab", "1111111111", "qwe123qwe123".
func isRepeated(p string) bool {
	for size := 1; size <= len(p)/2; size++ {
		whole := len(p) / size * size
		if strings.Repeat(p[:size], len(p)/size) == p[:whole] && strings.HasPrefix(p, p[whole:]) {
			return true
		}
	}
	return false
}

// isRun says whether p walks along the alphabet, the digits or a row of the keyboard, forwards or backwards.
func isRun(p string) bool {
	const rows = "abcdefghijklmnopqrstuvwxyz 01234567890123456789 1234567890-= qwertyuiop[] asdfghjkl;' zxcvbnm,./ " +
		"1qaz2wsx3edc4rfv5tgb6yhn7ujm 1q2w3e4r5t6y7u8i9o0p qwertyuiopasdfghjklzxcvbnm qazwsxedcrfvtgbyhnujmikolp"
	for _, row := range strings.Fields(rows) {
		if strings.Contains(row, p) || strings.Contains(row, reversed(p)) {
			return true
		}
	}
	return false
}

func isOwnWord(p string, own []string) bool {
	for _, word := range own {
		word = plain(word)
		local, _, _ := strings.Cut(word, "@")
		for _, w := range []string{word, local} {
			if len(w) >= 3 && (core(p) == w || strings.Contains(p, w) && utf8.RuneCountInString(strings.ReplaceAll(p, w, "")) < 6) {
				return true
			}
		}
	}
	return false
}

// plain folds what guessers ignore: case, spaces, width.
func plain(s string) string {
	s = strings.ToLower(norm.NFKC.String(s))
	return strings.Join(strings.Fields(s), "")
}

// core strips the digits and signs that people add at the ends of a word.
func core(p string) string {
	return strings.TrimFunc(p, func(r rune) bool { return !unicode.IsLetter(r) })
}

func reversed(s string) string {
	r := []rune(s)
	for i, j := 0, len(r)-1; i < j; i, j = i+1, j-1 {
		r[i], r[j] = r[j], r[i]
	}
	return string(r)
}
