package terms

import (
	flags "flag"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"dangol/models/calendar"
)

var (
	operations    = flags.Int("operations", many(20_000, 1_000_000), "how many operations are held against the second engine")
	operationSeed = flags.Uint64("operation-seed", 0, "which they are; 0: others each time")
)

// many is how much is tried: as usual, or before a release.
func many(usual, all int) int {
	if os.Getenv("DANGOL_TEST_ALL") != "" {
		return all
	}
	return usual
}

const perWorld = 200 // operations under the same terms

// Two members live by random terms, and after each thing that they do the engine and a second one that shares no line with
// it agree: on each account, on each lot with its days, on the tier.
func TestTheEngineIsTheNaiveOne(t *testing.T) { // S-E3 among all others
	seed := *operationSeed
	if seed == 0 {
		seed = rand.Uint64()
	}
	t.Logf("-operations %d -operation-seed %d", *operations, seed)
	for first := 0; first < *operations && !t.Failed(); first += perWorld {
		w := newWorld(t, rand.New(rand.NewPCG(seed, uint64(first))))
		for range perWorld {
			if w.act(); w.differs() {
				t.Fatalf("operation %d on:\n%s\nby %s", first, strings.Join(w.story, "\n"), w.s[0].program.terms.Encode())
			}
		}
	}
}

type world struct {
	*rand.Rand
	today    calendar.Date
	s        [2]*shop
	n        [2]*naive
	orders   [2][]twin
	payments [2][]paidTwin
	handed   [2]Points // today
	story    []string
	count    int
}

// twin is an order as both engines know it.
type twin struct {
	order *Purchase
	naive *naiveOrder
}

type paidTwin struct {
	paid  Paid
	naive *naivePayment
}

func newWorld(t *testing.T, random *rand.Rand) *world {
	w := &world{Rand: random, today: day("2026-01-01")}
	doc := w.terms()
	for i := range w.s {
		w.s[i] = open(t, doc, TellNobody)
		w.n[i] = &naive{doc: &w.s[i].program.terms, today: w.midnight(), joined: w.midnight(), spend: map[time.Time]int64{}, counters: map[string]int64{}}
	}
	return w
}

func (w *world) midnight() time.Time { return time.Unix(int64(w.today)*86_400, 0).UTC() }

func (w *world) now() time.Time { return at(w.today.String()) }

func (w *world) name(what string) string {
	w.count++
	return fmt.Sprintf("%s:pos:%d", what, w.count)
}

func (w *world) tell(who int, format string, args ...any) {
	w.story = append(w.story, fmt.Sprintf("%v, %d: ", w.today, who)+fmt.Sprintf(format, args...))
}

// act lets one of the two do something, or time pass.
func (w *world) act() {
	who := w.IntN(2)
	switch what := w.IntN(20); {
	case what < 5:
		w.wait(1 + w.IntN(1+w.IntN(40)))
	case what < 10:
		w.buy(who, w.IntN(3) == 0)
	case what < 13:
		w.refund(who)
	case what < 15:
		w.redeem(who)
	case what < 16:
		w.unredeem(who)
	case what < 18:
		w.give(who)
	case what < 19:
		w.hand(who)
	default:
		w.deliver(who)
	}
}

func (w *world) wait(days int) {
	w.today = w.today.AddDays(days)
	w.handed = [2]Points{}
	w.tell(0, "%d days later", days)
	for i := range w.s {
		w.s[i].settle(w.today.String())
		w.n[i].walkTo(w.midnight())
	}
}

func (w *world) buy(who int, withPoints bool) {
	order := &Purchase{Source: w.name("order"), At: w.now(), Day: w.today, Total: w.Int64N(40_000)}
	for range w.IntN(3) {
		order.Lines = append(order.Lines, Line{SKU: []string{"tea", "cake"}[w.IntN(2)], Quantity: 1 + w.Int64N(3), Amount: w.Int64N(20_000)})
	}
	twin := twin{order, &naiveOrder{day: w.midnight(), total: order.Total}}
	w.ship(twin)
	if withPoints {
		order.PaidWithPoints = w.pay(who, &Request{Source: "redeem:" + order.Source, Order: order.Source, Points: w.asked(), Total: order.Total}, twin.naive)
	}
	w.tell(who, "buys %+v", *order)
	w.explained(who, w.s[who].record(w.s[who].program.Accrue(w.s[who].member, order)))
	w.n[who].buy(twin.naive, order.Lines, order.PaidWithPoints)
	w.orders[who] = append(w.orders[who], twin)
}

func (w *world) asked() Points {
	if w.IntN(4) == 0 {
		return 0
	}
	return 1 + w.Int64N(600)
}

// pay redeems by both engines and gives the money that is paid.
func (w *world) pay(who int, request *Request, order *naiveOrder) Money {
	request.At, request.Day = w.now(), w.today
	s := w.s[who]
	w.tell(who, "asks to pay %d of %d", request.Points, request.Total)
	out, _ := s.program.Redeem(s.member, request)
	s.record(out)
	paid, worth := w.n[who].redeem(order, request.Points, request.Total)
	if paid == nil {
		paid = &naivePayment{}
	} else if order != nil {
		order.paid = paid
	} else if len(out.Movements) > 0 {
		mv := out.Movements[0]
		w.payments[who] = append(w.payments[who], paidTwin{Paid{Unit: mv.Unit, Seq: mv.Seq, Points: -mv.Points, Uses: mv.Uses}, paid})
	}
	if out.Paid != paid.points || out.Worth != worth {
		w.tell(who, "DIFFERS: pays %d worth %d; naive: %d worth %d", out.Paid, out.Worth, paid.points, worth)
	}
	return out.Worth
}

func (w *world) redeem(who int) {
	total := Money(0)
	if w.IntN(2) == 0 {
		total = 1 + w.Int64N(20_000)
	}
	w.pay(who, &Request{Source: w.name("redeem"), Points: w.asked(), Total: total}, nil)
}

func (w *world) unredeem(who int) {
	if len(w.payments[who]) == 0 {
		return
	}
	p := &w.payments[who][w.IntN(len(w.payments[who]))]
	w.tell(who, "takes a payment of %d back", p.paid.Points)
	s := w.s[who]
	s.record(s.program.Unredeem(s.member, w.name("undo"), w.now(), w.today, p.paid, s.history(&Purchase{}).Closed))
	p.paid.Restored = p.paid.Points
	w.n[who].restore(p.naive, p.naive.points)
}

func (w *world) refund(who int) {
	if len(w.orders[who]) == 0 {
		return
	}
	o := w.orders[who][w.IntN(len(w.orders[who]))]
	left := o.naive.total - o.naive.returned
	if left == 0 {
		return
	}
	amount := left
	if w.IntN(2) == 0 {
		amount = 1 + w.Int64N(left)
	}
	w.tell(who, "gets %d back for %s", amount, o.order.Source)
	w.s[who].refund(o.order, w.today.String(), amount)
	w.n[who].refund(o.naive, amount)
}

func (w *world) give(who int) {
	points := 1 + w.Int64N(500)
	if w.IntN(3) == 0 {
		points = -points
	}
	w.tell(who, "is given %d", points)
	s := w.s[who]
	out, refusal := s.program.Grant(s.member, &Grant{Source: w.name("grant"), At: w.now(), Day: w.today, Points: points})
	s.record(out)
	if w.n[who].give(points) == refusal.Refused() {
		w.tell(who, "DIFFERS: %+v", refusal)
	}
}

func (w *world) deliver(who int) {
	if len(w.orders[who]) == 0 {
		return
	}
	o := w.orders[who][w.IntN(len(w.orders[who]))]
	w.tell(who, "gets %s", o.order.Source)
	s := w.s[who]
	s.record(s.program.Release(s.member, &Happened{Event: "delivered", Order: o.order.Source, At: w.now(), Day: w.today}))
	w.n[who].deliver(o.naive)
}

func (w *world) hand(who int) {
	h := &Handover{Source: w.name("transfer"), At: w.now(), Day: w.today, Points: 1 + w.Int64N(400), Sent: w.handed[who]}
	w.tell(who, "gives %d to the other", h.Points)
	from, to := w.s[who], w.s[1-who]
	given, received, refusal := from.program.Transfer(from.member, to.member, h)
	from.record(given)
	to.record(received)
	if w.n[who].hand(w.n[1-who], h.Points, h.Sent) == refusal.Refused() {
		w.tell(who, "DIFFERS: %+v", refusal)
	}
	if !refusal.Refused() {
		w.handed[who] += h.Points
	}
}

// differs reports whether the engines are of different minds, and tells how.
func (w *world) differs() bool {
	for i := range w.s {
		if mine, naive := w.seen(w.s[i]), w.n[i].seen(); mine != naive {
			w.tell(i, "DIFFERS:\n%s\nnaive:\n%s", mine, naive)
		}
	}
	return slices.ContainsFunc(w.story[max(len(w.story)-4, 0):], func(line string) bool { return strings.Contains(line, "DIFFERS") })
}

// seen is all that there is to see of a member, in the order in which lots are consumed.
func (w *world) seen(s *shop) string {
	a := s.account()
	text := fmt.Sprint(a.Pending, a.Available, a.Deficit, s.member.Orders, s.program.TierOf(s.member))
	for _, l := range a.Lots {
		text += fmt.Sprintln("", l.Bucket == Pending, l.Remaining, int64(l.ExpiresOn), int64(l.UsableFrom), l.Awaits)
	}
	return text
}

func (n *naive) seen() string {
	pending := n.sum(func(l *naiveLot) bool { return l.pending })
	tier := ""
	if n.doc.Tiers != nil {
		tier = n.doc.Tiers.Tiers[n.tier].Code
	}
	text := fmt.Sprint(pending, n.sum((*naiveLot).available), n.deficit, n.orders, tier)
	for _, l := range n.open() {
		text += fmt.Sprintln("", l.pending, l.left, number(l.ends), number(l.usable), l.awaits)
	}
	return text
}

func number(d time.Time) int64 {
	if d.IsZero() {
		return 0
	}
	return d.Unix() / 86_400
}
