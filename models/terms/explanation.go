package terms

// Explanation is the arithmetic of one award as data: which version and rule, and the steps from the order's money to
// the points. It names nobody and holds every number that it needs, so that it can be recomputed at any time without
// looking at anything else. Words are made when somebody asks: see Explain.
type Explanation struct {
	Version int
	Rule    int
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
	OpTotal    Op = 1 + iota // Result = the order's total
	OpShipping               // Result = Value − A
	OpPoints                 // Result = Value − A, what points paid
	OpDiscount               // Result = Value + A, the discount counts as if it had been paid
	OpEligible               // Result = ⌊Value·A/B⌋: A of the lines' B counts
	OpRate                   // the value is to be multiplied by A/B, exactly; Result shows it rounded down
	OpPer                    // Result = ⌊Value/A⌋·B: B points for each whole A
	OpItems                  // Result = A·B: B points for each of A items
	OpFixed                  // Result = A
	OpTier                   // as OpRate: the tier's factor
	OpLine                   // one line of A: its exact product, rounded, is added to Result
	OpRound                  // Result = the exact product, rounded; A is the mode, B the multiple
	OpCap                    // Result = min(Value, A)
	OpLimit                  // Result = min(Value, A), what a limit leaves
)
