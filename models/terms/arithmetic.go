package terms

import (
	"math"
	"math/bits"
)

// scale computes value·num/den exactly and rounds it by mode to a multiple of to. Whatever cannot be computed, a
// denominator of zero or a result too large, gives 0: a till never stops for a number (S-E7).
func scale(value, num, den int64, mode RoundingMode, to Points) Points {
	to = max(to, 1)
	if value <= 0 || num <= 0 || den <= 0 {
		return 0
	}
	over, divisor := bits.Mul64(uint64(den), uint64(to))
	hi, lo := bits.Mul64(uint64(value), uint64(num))
	if over != 0 || hi >= divisor {
		return 0
	}
	quotient, rest := bits.Div64(hi, lo, divisor)
	if roundsUp(rest, divisor, mode) {
		quotient++
	}
	over, result := bits.Mul64(quotient, uint64(to))
	if over != 0 || result > 1<<62 {
		return 0
	}
	return Points(result)
}

func roundsUp(rest, divisor uint64, mode RoundingMode) bool {
	switch mode {
	case Ceil:
		return rest > 0
	case HalfUp:
		return rest >= divisor-rest
	default:
		return false
	}
}

// share is ⌊value·part/whole⌋.
func share(value, part, whole int64) int64 { return scale(value, part, whole, Floor, 1) }

// Cumulative is what of total has to have moved once done of whole is done: ⌊total·done/whole⌋, and all of it at the
// end (S-F1). Asked about the running sum, it makes any split of the same whole end at the same number.
func Cumulative(total, done, whole int64) int64 {
	if done >= whole {
		return total
	}
	return share(total, done, whole)
}

// sum is the arithmetic of one award under way: a value, the exact factor that it is still to be multiplied by, and the
// steps so far, which lie at the end of a slice that the rules of one order share. The same operations run when an
// award is made and when its explanation is followed again.
type sum struct {
	steps    []Step
	from     int
	aside    int64 // what was counted before OpAnd
	value    int64
	num, den int64
	mode     RoundingMode // of lines
	to       Points
}

func (s *sum) begin() { s.from, s.aside, s.value, s.num, s.den = len(s.steps), 0, 0, 1, 1 }

// result is what all steps together give.
func (s *sum) result() int64 { return s.aside + s.value }

// do runs an operation and notes it.
func (s *sum) do(op Op, a, b int64) {
	result := s.run(op, a, b)
	s.steps = append(s.steps, Step{Op: op, A: a, B: b, Result: result})
}

// run runs an operation. Its result is the new value, except for the factors: they are only remembered, and what is
// shown as their result is rounded down.
func (s *sum) run(op Op, a, b int64) int64 {
	switch op {
	case OpTotal, OpFixed, OpGoods, OpPaid, OpCounts, OpAmountOff, OpWelcome:
		s.value = a
	case OpShipping, OpPoints, OpTax, OpLess, OpAlready:
		s.value -= a
	case OpDiscount:
		s.value += a
	case OpGoodsTax:
		s.value -= share(a, s.value-b, s.value)
	case OpEligible:
		s.value = share(s.value, a, b)
	case OpPer:
		s.value = wholes(s.value, a) * b
	case OpItems, OpKinds:
		s.value = a * b
	case OpCap, OpLimit, OpMost, OpAtMost, OpLeft:
		s.aside, s.value = 0, min(s.result(), a)
	case OpPart:
		s.aside, s.value = 0, partOf(s.result(), a, max(b, 1))
	case OpPercentOff:
		s.value = share(s.value, a, 100)
	case OpItemOff:
		s.value = a - b
	case OpRateOff:
		s.value += share(a, b, 100)
	case OpRate, OpTier, OpTimes:
		s.num, s.den = multiply(Ratio{s.num, s.den}, Ratio{a, b})
		return share(s.value, s.num, s.den)
	case OpAnd:
		s.aside, s.value, s.num, s.den = s.result(), 0, 1, 1
	case OpRound:
		s.value = scale(s.value, s.num, s.den, modeOf(a), b)
		s.num, s.den = 1, 1
	case OpLines:
		s.value, s.mode, s.to = 0, modeOf(a), b
	case OpLine:
		s.value += scale(a, s.num, s.den, s.mode, s.to)
	}
	return s.value
}

// multiply is the exact product of two ratios in lowest terms; 0/0, which pays nothing, if it is too fine for 64 bits.
func multiply(a, b Ratio) (num, den int64) {
	a.Num, b.Den = reduce(a.Num, b.Den)
	b.Num, a.Den = reduce(b.Num, a.Den)
	over, n := bits.Mul64(uint64(a.Num), uint64(b.Num))
	high, d := bits.Mul64(uint64(a.Den), uint64(b.Den))
	if over|high != 0 || n > math.MaxInt64 || d > math.MaxInt64 {
		return 0, 0
	}
	return int64(n), int64(d)
}

// reduce takes out what two numbers have in common.
func reduce(a, b int64) (int64, int64) {
	x, y := a, b
	for y != 0 {
		x, y = y, x%y
	}
	if x <= 1 {
		return a, b
	}
	return a / x, b / x
}

// wholes is how many whole parts an amount has; none if the part is nothing.
func wholes(amount, part int64) int64 {
	if part <= 0 || amount < 0 {
		return 0
	}
	return amount / part
}

// drop forgets the steps since begin.
func (s *sum) drop() { s.steps = s.steps[:s.from] }

// taken are the steps since begin, closed against what is appended later.
func (s *sum) taken() []Step { return s.steps[s.from:len(s.steps):len(s.steps)] }

// The rounding modes by the numbers that explanations store.
var modes = [...]RoundingMode{Floor, HalfUp, Ceil}

func modeOf(number int64) RoundingMode { return modes[min(max(number, 0), int64(len(modes)-1))] }

func (mode RoundingMode) number() int64 {
	switch mode {
	case HalfUp:
		return 1
	case Ceil:
		return 2
	default:
		return 0
	}
}
