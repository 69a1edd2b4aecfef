package days

import (
	"slices"
	"testing"

	"dangol/models/calendar"
)

// TestWhereTheNextBatchBegins: behind the first of the full batches to end, so that nobody is passed over.
func TestWhereTheNextBatchBegins(t *testing.T) {
	day := calendar.MustParse("2026-01-31")
	batch := func(step string, n int, every int64) (list []notice) {
		for i := range n {
			list = append(list, notice{account: int64(i+1) * every, expiresOn: day, step: step})
		}
		return list
	}
	for _, c := range []struct {
		name  string
		found []notice
		more  bool
		after int64
	}{
		{"nobody", nil, false, 7},
		{"a part", batch("1m", Batch-1, 1), false, 7},
		{"a full one", batch("1m", Batch, 1), true, Batch},
		{"a full one and a part that reaches farther", append(batch("1m", Batch, 1), batch("3d", 10, Batch)...), true, Batch},
		{"two full ones", append(batch("1m", Batch, 3), batch("3d", Batch, 2)...), true, 2 * Batch},
	} {
		d := opening{at: &place{Account: 7}}
		if more := d.goOnAfter(c.found); more != c.more || d.at.Account != c.after {
			t.Errorf("%s: %v after %d", c.name, more, d.at.Account)
		}
	}
}

// TestTheDaysOfNotices: each last day is told of on three days, also where months are short.
func TestTheDaysOfNotices(t *testing.T) {
	for expires, want := range map[string][]string{
		"2026-11-30": {"2m 2026-09-30", "1m 2026-10-30", "3d 2026-11-27"},
		"2027-02-28": {"2m 2026-12-28", "1m 2027-01-28", "3d 2027-02-25"},
		"2028-02-29": {"2m 2027-12-29", "1m 2028-01-29", "3d 2028-02-26"},
		"2026-12-31": {"2m 2026-10-31", "1m 2026-11-30", "3d 2026-12-28"},
		"2027-04-30": {"2m 2027-02-28", "1m 2027-03-30", "3d 2027-04-27"},
	} {
		last := calendar.MustParse(expires)
		var got []string
		for day := last - 70; day < last; day++ {
			for _, n := range dueNotices(day) {
				if n.expiresOn == last && !n.prolonged {
					got = append(got, n.step+" "+day.String())
				}
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", expires, got, want)
		}
	}
}
