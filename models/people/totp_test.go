package people

import (
	"testing"
	"time"
)

// The test vectors of RFC 6238, appendix B, for SHA-1; of their eight digits an app shows the last six.
func TestCodesAreThoseOfTheRFC(t *testing.T) {
	key := []byte("12345678901234567890")
	for at, want := range map[int64]string{
		59: "94287082", 1111111109: "07081804", 1111111111: "14050471", 1234567890: "89005924", 2000000000: "69279037", 20000000000: "65353130",
	} {
		if got := codeAt(key, stepAt(time.Unix(at, 0))); got != want[2:] {
			t.Errorf("at %d: %s, want %s", at, got, want[2:])
		}
	}
}

// A code holds in its half minute and its neighbours, and not where a step was used already.
func TestACodeHoldsForItsTime(t *testing.T) {
	key, at := []byte("12345678901234567890"), time.Unix(1_800_000_000, 0)
	for seconds, holds := range map[int]bool{-61: false, -30: true, 0: true, 30: true, 61: false} {
		code := codeAt(key, stepAt(at.Add(time.Duration(seconds)*time.Second)))
		if got := stepOf(key, code, at, 0) != 0; got != holds {
			t.Errorf("%d seconds away: %v", seconds, got)
		}
	}
	if stepOf(key, codeAt(key, stepAt(at)), at, stepAt(at)) != 0 {
		t.Error("a code works twice")
	}
}
