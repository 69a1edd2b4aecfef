package models

import (
	"crypto/rand"
	"strings"
)

// codeAlphabet is digits and capitals without I, L, O and U: 32 symbols that nobody confuses on a printed slip. Their
// order is their value.
const codeAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

const (
	drawnSymbols = 13               // random symbols: 65 bits, beyond guessing
	codeWidth    = drawnSymbols + 1 // and a check symbol
)

// NewCouponCode draws a code: 13 symbols from the system's random source and a check symbol.
func NewCouponCode() string {
	var b [codeWidth]byte
	rand.Read(b[:drawnSymbols])
	for i := range drawnSymbols {
		b[i] &= 31
	}
	b[drawnSymbols] = codeChecksum(b[:drawnSymbols])
	for i, v := range b {
		b[i] = codeAlphabet[v]
	}
	return string(b[:])
}

// NormalCouponCode reads a code as people type it: small letters, spaces and hyphens, O for 0, I and L for 1. ok is false for
// anything that cannot be a code, so that a slip of the finger is told without asking the database.
func NormalCouponCode(typed string) (code string, ok bool) {
	values := make([]byte, 0, codeWidth)
	var clean strings.Builder
	for _, r := range strings.ToUpper(typed) {
		if r == ' ' || r == '-' {
			continue
		}
		v := strings.IndexRune(codeAlphabet, lookAlike(r))
		if v < 0 || len(values) == codeWidth {
			return "", false
		}
		values = append(values, byte(v))
		clean.WriteByte(codeAlphabet[v])
	}
	if len(values) != codeWidth || codeChecksum(values[:drawnSymbols]) != values[drawnSymbols] {
		return "", false
	}
	return clean.String(), true
}

func lookAlike(r rune) rune {
	switch r {
	case 'O':
		return '0'
	case 'I', 'L':
		return '1'
	}
	return r
}

// codeChecksum evaluates the symbols as a polynomial over GF(32) at its generator. Every position has its own weight and
// none is zero, so each single wrong symbol and each exchange of two neighbours changes it.
func codeChecksum(values []byte) byte {
	var sum byte
	for _, v := range values {
		sum = timesGenerator(sum ^ v)
	}
	return sum
}

// timesGenerator multiplies by x in GF(2)[x] modulo x⁵+x²+1.
func timesGenerator(v byte) byte {
	v <<= 1
	if v&32 != 0 {
		v ^= 0b100101
	}
	return v
}
