package models

import (
	"strings"
	"testing"
)

func TestCodesDoNotRepeatAndAreEven(t *testing.T) {
	const n = 100_000
	seen := make(map[string]bool, n)
	var counts [drawnSymbols][32]int
	for range n {
		code := NewCouponCode()
		if seen[code] {
			t.Fatalf("%s came twice", code)
		}
		seen[code] = true
		for i := range drawnSymbols {
			counts[i][strings.IndexByte(codeAlphabet, code[i])]++
		}
	}
	for i := range counts {
		// 31 degrees of freedom: beyond 80 an even source comes once in 300,000 positions.
		if x := chiSquare(counts[i][:], n/32.0); x > 80 {
			t.Errorf("position %d: chi-square %.1f", i, x)
		}
	}
}

func chiSquare(counts []int, expected float64) (x float64) {
	for _, c := range counts {
		d := float64(c) - expected
		x += d * d / expected
	}
	return x
}

func TestASlipOfTheFingerIsNoCode(t *testing.T) {
	code := NewCouponCode()
	for i := range code {
		for _, r := range codeAlphabet {
			other := code[:i] + string(r) + code[i+1:]
			if _, ok := NormalCouponCode(other); ok != (other == code) {
				t.Fatalf("%s: symbol %d as %c: ok = %v", code, i, r, ok)
			}
		}
		if i > 0 && code[i] != code[i-1] {
			other := code[:i-1] + string(code[i]) + string(code[i-1]) + code[i+1:]
			if _, ok := NormalCouponCode(other); ok {
				t.Fatalf("%s and %s are both codes", code, other)
			}
		}
	}
}

func TestNormalCouponCodeReadsWhatPeopleType(t *testing.T) {
	code := NewCouponCode()
	for !strings.ContainsAny(code, "01") {
		code = NewCouponCode()
	}
	typed := strings.NewReplacer("0", "o", "1", "l").Replace(code)
	got, ok := NormalCouponCode(" " + typed[:4] + "-" + strings.ToLower(typed[4:9]) + " " + typed[9:])
	if !ok || got != code {
		t.Fatalf("NormalCouponCode = %q, %v; want %q", got, ok, code)
	}
	for _, bad := range []string{"", "1234", code + "0", code[:13] + "!", strings.Repeat("U", 14), "쿠폰"} {
		if _, ok := NormalCouponCode(bad); ok {
			t.Errorf("%q is a code", bad)
		}
	}
}
