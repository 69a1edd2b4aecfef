package insights

import "slices"

// mostBars bounds a histogram: more, and a phone shows lines instead of columns.
const mostBars = 24

// Bars are the buckets of everybody who spent something, one beside the other with the empty ones between them, joined by
// pairs until there are few enough to be drawn.
func (s Spending) Bars() []Bucket {
	var bars []Bucket
	for i := 1; i+1 < len(bounds); i++ {
		bars = append(bars, Bucket{From: bounds[i], To: bounds[i+1]})
	}
	for _, b := range s.Buckets {
		if i, found := slices.BinarySearch(bounds, b.From); found && b.From > 0 && i-1 < len(bars) {
			bars[i-1] = b
		}
	}
	bars = trimmed(bars)
	for len(bars) > mostBars {
		bars = paired(bars)
	}
	return bars
}

// trimmed leaves out the empty ends.
func trimmed(bars []Bucket) []Bucket {
	filled := func(b Bucket) bool { return b.People > 0 }
	first := slices.IndexFunc(bars, filled)
	if first < 0 {
		return nil
	}
	bars = bars[first:]
	for !filled(bars[len(bars)-1]) {
		bars = bars[:len(bars)-1]
	}
	return bars
}

func paired(bars []Bucket) (pairs []Bucket) {
	for pair := range slices.Chunk(bars, 2) {
		b, last := pair[0], pair[len(pair)-1]
		b.To = last.To
		if len(pair) > 1 {
			b.People, b.Spend = b.People+last.People, b.Spend+last.Spend
		}
		pairs = append(pairs, b)
	}
	return pairs
}

// shape is how a small shop's customers usually spread, bar by bar; Example says so.
var shape = []int64{30, 34, 30, 27, 24, 21, 18, 15, 13, 11, 9, 7, 5, 4, 3, 2, 2, 1}

// Example is an invented distribution for a shop that has too few customers of its own to draw one. Whoever shows it says
// that it is an example.
func Example(ticket int64) (bars []Bucket) {
	from := ticket
	for _, people := range shape {
		to := from * 5 / 4
		bars = append(bars, Bucket{From: from, To: to, People: people, Spend: people * (from + to) / 2})
		from = to
	}
	return bars
}
