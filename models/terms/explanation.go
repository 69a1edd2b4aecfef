package terms

import (
	"encoding/binary"
	"errors"
)

// Explanation is the arithmetic of one award as data: which version and rule, and the steps from the order's money to
// the points. It names nobody and holds every number that it needs, so that it can be recomputed at any time without
// looking at anything else. Words are made when somebody asks: see Explain.
type Explanation struct {
	Version int
	Rule    int // index in the terms of that version
	Steps   []Step
}

// Step is an operation, its operands and the value after it.
type Step struct {
	Op     Op
	A, B   int64
	Result int64
}

// Op is what a step does. The numbers are stored: never change one.
type Op uint8

// The operations. Value is the running result.
const (
	OpTotal    Op = 1 + iota // Result = A, the order's total
	OpShipping               // Result = Value − A
	OpPoints                 // Result = Value − A, what points paid
	OpDiscount               // Result = Value + A, the discount counts as if it had been paid
	OpEligible               // Result = ⌊Value·A/B⌋: A of the lines' B counts
	OpRate                   // the value is to be multiplied by A/B, exactly; Result shows it rounded down
	OpPer                    // Result = ⌊Value/A⌋·B: B points for each whole A
	OpItems                  // Result = A·B: B points for each of A items
	OpFixed                  // Result = A
	OpTier                   // as OpRate: the tier's factor
	OpLines                  // from here line by line: A is the rounding mode, B the multiple, Result 0
	OpLine                   // one line of A: its exact product, rounded, is added to Value
	OpRound                  // Result = the exact product, rounded; A is the mode, B the multiple
	OpCap                    // Result = min(Value, A)
	OpLimit                  // Result = min(Value, A), what a limit leaves

	OpWelcome Op = 60 // Result = A, what the tier gives whose index is the explanation's Rule
)

// The operations of the life of points, from 40 on.
const (
	OpAlready Op = 40 + iota // Result = Value − A, what was given before of an award that has grown
	OpPart                   // Result = the A-th of B parts of Value
)

// The operations of offers, from 50 on.
const (
	OpCounts     Op = 50 + iota // Result = A, what counts of the cart
	OpAmountOff                 // Result = A
	OpPercentOff                // Result = ⌊Value·A/100⌋
	OpAtMost                    // Result = min(Value, A), the most that the offer takes off
	OpLeft                      // Result = min(Value, A), what there is to pay
	OpItemOff                   // Result = A − B: a thing for A costs B
	OpRateOff                   // Result = Value + ⌊A·B/100⌋: things for A at B percent
)

// More operations, of rules that work together.
const (
	OpTimes    Op = 20 + iota // as OpRate: the factor of a bonus
	OpLess                    // Result = Value − A, what is paid already
	OpAnd                     // what comes next is counted by itself and added at the end; Result 0
	OpMost                    // Result = min(Value, A), what the balance may still take
	OpChance                  // a surprise that one event in A brings; Result = Value
	OpTax                     // Result = Value − A
	OpGoods                   // Result = A, what the counting lines cost by themselves
	OpKinds                   // Result = A·B: B points for each of A different things
	OpPaid                    // Result = A, what a base paid that was cut
	OpGoodsTax                // Result = Value − ⌊A·(Value−B)/Value⌋: of the tax A what is not on the shipping B
)

// ops are the operations that can be decoded.
var ops = func() (known [256]bool) {
	for op := OpTotal; op <= OpLimit; op++ {
		known[op] = true
	}
	for op := OpTimes; op <= OpGoodsTax; op++ {
		known[op] = true
	}
	for op := OpCounts; op <= OpRateOff; op++ {
		known[op] = true
	}
	known[OpAlready], known[OpPart], known[OpWelcome] = true, true, true
	return known
}()

// format is the first byte of an encoded explanation.
const format = 1

// ErrExplanation says that bytes are no explanation.
var ErrExplanation = errors.New("terms: not an explanation")

// IsZero reports whether there is nothing to explain.
func (e Explanation) IsZero() bool { return len(e.Steps) == 0 }

// Recompute follows the steps by their operands alone and gives the points.
func (e Explanation) Recompute() Points {
	var s sum
	s.begin()
	for _, step := range e.Steps {
		s.run(step.Op, step.A, step.B)
	}
	return s.result()
}

// Encode writes the explanation: about 25 bytes for a plain order, at most 4 KB for one of 500 lines.
func (e Explanation) Encode() []byte {
	b := make([]byte, 0, 8+8*len(e.Steps))
	b = append(b, format)
	b = binary.AppendUvarint(b, uint64(e.Version))
	b = binary.AppendUvarint(b, uint64(e.Rule))
	for _, step := range e.Steps {
		b = append(b, byte(step.Op))
		b = binary.AppendVarint(b, step.A)
		if step.Op.operands() == 2 {
			b = binary.AppendVarint(b, step.B)
		}
		if step.Op != OpLine { // there may be hundreds; Decode computes them again
			b = binary.AppendVarint(b, step.Result)
		}
	}
	return b
}

// cuts reports whether an operation bounds all that was counted before it.
func (op Op) cuts() bool { return op == OpCap || op == OpLimit || op == OpMost }

// operands is how many of A and B an operation uses.
func (op Op) operands() int {
	switch op {
	case OpEligible, OpRate, OpPer, OpItems, OpTier, OpLines, OpRound, OpTimes, OpKinds, OpGoodsTax, OpPart, OpItemOff, OpRateOff:
		return 2
	default:
		return 1
	}
}

// Decode reads what Encode wrote, or returns ErrExplanation.
func Decode(b []byte) (Explanation, error) {
	r := reader{rest: b}
	if r.byte() != format {
		return Explanation{}, ErrExplanation
	}
	e := Explanation{Version: int(r.uvarint()), Rule: int(r.uvarint())}
	var work sum
	work.begin()
	for len(r.rest) > 0 && !r.bad {
		step := Step{Op: Op(r.byte())}
		r.bad = r.bad || !ops[step.Op]
		step.A = r.varint()
		if step.Op.operands() == 2 {
			step.B = r.varint()
		}
		if step.Result = work.run(step.Op, step.A, step.B); step.Op != OpLine {
			step.Result = r.varint()
		}
		e.Steps = append(e.Steps, step)
	}
	if r.bad {
		return Explanation{}, ErrExplanation
	}
	return e, nil
}

// reader takes numbers off the front of bytes and remembers whether one was missing.
type reader struct {
	rest []byte
	bad  bool
}

func (r *reader) byte() byte {
	if len(r.rest) == 0 {
		r.bad = true
		return 0
	}
	b := r.rest[0]
	r.rest = r.rest[1:]
	return b
}

func (r *reader) uvarint() uint64 {
	v, n := binary.Uvarint(r.rest)
	return v * r.skip(n)
}

func (r *reader) varint() int64 {
	v, n := binary.Varint(r.rest)
	return v * int64(r.skip(n))
}

// skip moves on by the length of a number; it gives 0 where there was none.
func (r *reader) skip(n int) uint64 {
	if n <= 0 {
		r.bad, r.rest = true, nil
		return 0
	}
	r.rest = r.rest[n:]
	return 1
}
