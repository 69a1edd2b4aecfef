package handlers

import "testing"

// A share is rounded to the tenth of a percent, and of nobody it is nothing.
func TestShare(t *testing.T) {
	t.Parallel()
	for _, each := range []struct{ part, whole, want int64 }{{2, 120, 17}, {1, 3, 333}, {2, 3, 667}, {1, 2000, 1}, {1, 2001, 0}, {-2, 120, -17}, {0, 0, 0}, {7, 7, 1000}} {
		if got := share(each.part, each.whole); got != each.want {
			t.Errorf("%d of %d is %d tenths of a percent, want %d", each.part, each.whole, got, each.want)
		}
	}
}
