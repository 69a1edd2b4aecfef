package previews

import (
	"math"

	"dangol/models/calendar"
	"dangol/models/insights"
	"dangol/models/store"
)

// A preview answers within a second however large the shop is. The orders of up to everyone people are played one by one;
// where more have come, those of a sample of them.
const (
	everyone   = 20_000
	sampleSize = 1_500
)

// drawn is what is known of all who came in the days of which a sample's orders are here. They are the days up to the last
// night, and the totals are that night's figures.
type drawn struct {
	people int64 // who came
	orders int64 // theirs
	sales  int64 // theirs
	read   int64 // people of the sample
	spent  int64 // the sample's sales
}

// Whose orders are played: of everybody who came, or of a sample of those who had come by the last night. The sample is the
// same each time: the first in a shuffled order of all customers.
const (
	everyoneSQL = `WITH people AS (SELECT c.customer_id, m.tier_code AS tier, f.spend_12m AS spent FROM customer_stats c
	LEFT JOIN memberships m ON m.merchant_id = $1 AND m.program_id = $4 AND m.customer_id = c.customer_id
	LEFT JOIN customer_facts f ON f.merchant_id = $1 AND f.customer_id = c.customer_id
	WHERE c.merchant_id = $1 AND c.last_on BETWEEN $2 AND $3 LIMIT $5)
`
	sampleSQL = `WITH people AS MATERIALIZED (SELECT customer_id, tier, spend_12m AS spent FROM customer_facts
	WHERE merchant_id = $1 AND last_on BETWEEN $2 AND $3 AND $4::bigint > 0 ORDER BY draw, customer_id LIMIT $5)
`
)

// choose says whose orders are played, and of how many people at most.
func (p *past) choose(tx *store.Tx) (sql string, limit int, err error) {
	var came int
	err = tx.PG().QueryRow(tx.Ctx(), `SELECT count(*) FROM (SELECT FROM customer_stats WHERE merchant_id = $1 AND last_on BETWEEN $2 AND $3 LIMIT $4) s`,
		tx.MerchantID(), p.from, p.to, everyone+1).Scan(&came)
	if err != nil || came <= everyone {
		return everyoneSQL, everyone, err
	}
	f, err := insights.ReadFigures(tx, Days)
	p.from, p.to, p.sample = f.From, f.To, &drawn{people: f.Buyers, orders: f.Orders, sales: f.Sales}
	return sampleSQL, sampleSize, err
}

// Sample says from whom an estimate comes and how far it may be off.
type Sample struct {
	People   int64         // whose orders were played
	Of       int64         // who came in these days
	From, To calendar.Date // the days, up to the last night
	Points   int64         // Replay.Points, in 19 of 20 such samples, is at most so far off: tenths of a percent of it
	Change   int64         // Replay.Change likewise: tenths of percentage points
}

// person is what one customer's orders came to.
type person struct{ sales, points, before float64 }

func salesOf(p person) float64  { return p.sales }
func pointsOf(p person) float64 { return p.points }
func beforeOf(p person) float64 { return p.before }

// people adds up what each customer's orders came to: now and before are points by the order's place.
func (p *past) people(now, before []int64) (all []person) {
	for i := range p.orders {
		if i == 0 || p.orders[i].customer != p.orders[i-1].customer {
			all = append(all, person{})
		}
		one := &all[len(all)-1]
		one.sales, one.points, one.before = one.sales+float64(p.orders[i].sales), one.points+float64(now[i]), one.before+float64(before[i])
	}
	return all
}

// doubt says how far a sample's estimates may be off; nil where everybody's orders were played.
func (p *past) doubt(now, before []int64) *Sample {
	if p.sample == nil {
		return nil
	}
	people := p.people(now, before)
	_, points := ratio(people, p.sample.people, pointsOf, salesOf)
	times, change := ratio(people, p.sample.people, pointsOf, beforeOf)
	return &Sample{People: p.sample.read, Of: p.sample.people, From: p.from, To: p.to, Points: tenths(points), Change: tenths(times * change)}
}

// ratio is the sample's sum of a for each b, and how far it may be off in 19 of 20 samples, as a share of it: the linearised
// variance of a ratio under simple sampling without replacement (Cochran, Sampling Techniques, 6.4).
func ratio(people []person, of int64, a, b func(person) float64) (each, off float64) {
	n, sumA, sumB := float64(len(people)), 0.0, 0.0
	for _, p := range people {
		sumA, sumB = sumA+a(p), sumB+b(p)
	}
	if n < 2 || sumA == 0 || sumB == 0 {
		return 0, 0
	}
	squares := 0.0
	for _, p := range people {
		d := a(p) - sumA/sumB*b(p)
		squares += d * d
	}
	const nineteenOfTwenty = 1.96
	return sumA / sumB, nineteenOfTwenty * math.Sqrt(squares*n/(n-1)*(1-n/float64(of))) / sumA
}

// tenths rounds a share up to tenths of a percent: an error is not made smaller than it is.
func tenths(share float64) int64 { return int64(math.Ceil(share * 1000)) }

// scale brings what follows sales (money, points) from the sample's orders to all.
func (p *past) scale(sum int64) int64 {
	if p.sample == nil || p.sample.spent <= 0 {
		return sum
	}
	return int64(math.Round(float64(sum) * float64(p.sample.sales) / float64(p.sample.spent)))
}

// count brings a number of people from the sample to all.
func (p *past) count(n int64) int64 {
	if p.sample == nil || p.sample.read == 0 {
		return n
	}
	return n * p.sample.people / p.sample.read
}
