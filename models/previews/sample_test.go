package previews

import (
	"math"
	"math/rand/v2"
	"testing"
)

// In about 19 of 20 samples the truth lies within the error that the sample says; a sample of everybody is off by nothing.
func TestASampleKnowsHowFarItIsOff(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	all := make([]person, 5000)
	for i := range all {
		sales := 3_000 + 20_000*r.ExpFloat64()
		rate := 0.02
		if sales > 40_000 {
			rate = 0.05
		}
		all[i] = person{sales: sales, before: math.Floor(sales * 0.02), points: math.Floor(sales*rate) + 1000*float64(r.IntN(2))}
	}
	truth, off := ratio(all, int64(len(all)), pointsOf, salesOf)
	if off != 0 {
		t.Errorf("everybody is off by %f", off)
	}
	within := 0
	const samples = 1000
	for range samples {
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		each, off := ratio(all[:300], int64(len(all)), pointsOf, salesOf)
		if math.Abs(each-truth)/each <= off {
			within++
		}
		if off <= 0 || off > 0.2 {
			t.Fatalf("a sample of 300 says that it may be off by %f", off)
		}
	}
	if within < 920 || within > 975 {
		t.Errorf("the truth is within the error of %d of %d samples", within, samples)
	}
}

// Where every customer's points follow what they spent there is nothing to be wrong about; half a tenth is rounded up.
func TestAnErrorIsNotMadeSmaller(t *testing.T) {
	t.Parallel()
	people := []person{{sales: 100, points: 2}, {sales: 500, points: 10}, {sales: 300, points: 6}}
	if _, off := ratio(people, 1000, pointsOf, salesOf); off > 1e-9 {
		t.Errorf("off by %g", off)
	}
	if _, off := ratio(nil, 1000, pointsOf, salesOf); off != 0 {
		t.Errorf("nobody is off by %g", off)
	}
	if got := tenths(0.01201); got != 13 {
		t.Errorf("%d tenths of a percent", got)
	}
}

// What a sample spent and gave is brought to all by what all have spent; people by how many there are.
func TestASampleIsBroughtToAll(t *testing.T) {
	t.Parallel()
	p := &past{sample: &drawn{people: 900, sales: 4_500_000, read: 90, spent: 500_000}}
	if p.scale(10_000) != 90_000 || p.count(7) != 70 {
		t.Errorf("%d and %d", p.scale(10_000), p.count(7))
	}
	if all := (&past{}); all.scale(10_000) != 10_000 || all.count(7) != 7 || all.doubt(nil, nil) != nil {
		t.Error("everybody's orders were changed")
	}
}
