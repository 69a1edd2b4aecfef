package terms

// Facts are what is known about a shop when its terms are checked. Zero values mean unknown.
type Facts struct {
	MedianTicket  Money   // of an order
	MedianGapDays int     // between two visits of the median customer
	MarginPercent int     // of sales
	Spend12m      []Money // what each customer spent in the last 12 months, in any order
}

// Warning is something that the terms do which their author may not want.
type Warning struct {
	Code    string         // stable: "first_reward_late", "tier_unreachable", …
	Pointer string         // the part of the document that causes it
	Args    map[string]any // numbers that the words need
}

// Check looks for promises that disappoint the customer or ruin the shop.
func Check(draft *Terms, facts Facts) []Warning { panic("terms: in the next commit") }

// Clause is a paragraph of the customer's terms page.
type Clause struct {
	Heading   string
	Sentences []string
}

// Describe writes the customer's terms page in "ko" or "en".
func (t *Terms) Describe(locale string) []Clause { panic("terms: in the next commit") }

// Sentence is the programme in one sentence.
func (t *Terms) Sentence(locale string) string { panic("terms: in the next commit") }

// Explain puts an explanation into words, a line a step: "12,000원의 2 % = 240P". t is the version that it names.
func (t *Terms) Explain(e Explanation, locale string) []string { panic("terms: in the next commit") }
