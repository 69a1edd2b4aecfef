package conditions

import "strings"

// Field names something that can be asked about.
type Field string

// Of an order; some also of one of its lines.
const (
	Amount     Field = "amount"      // of the goods, after discounts, without shipping; of a line: its amount
	Total      Field = "total"       // what is paid, shipping included
	Items      Field = "items"       // pieces; of a line: its quantity
	Lines      Field = "lines"       // lines of the order
	SKU        Field = "sku"         // of an order: of any of its lines
	Category   Field = "category"    // likewise
	Label      Field = "label"       // likewise
	Store      Field = "store"       // code of the store
	Channel    Field = "channel"     // "store", "online"
	Payment    Field = "payment"     // how it was paid: a word of the till's
	Date       Field = "date"        // business date
	Weekday    Field = "weekday"     // of the business date: "mon" to "sun"
	Time       Field = "time"        // of day in the shop's zone; unknown for an order without time
	FirstOrder Field = "first_order" // the member's first that was not returned
)

// Of the member, or of any customer.
const (
	Tier          Field = "tier"           // held now, or at the order
	Plan          Field = "plan"           // paid membership, on the day of the order or event
	MemberDays    Field = "member_days"    // since joining
	Joined        Field = "joined"         // business date of joining
	Orders        Field = "orders"         // so far, without those that were wholly returned
	Visits        Field = "visits"         // so far: days at a store
	Spend12m      Field = "spend_12m"      // of the last twelve months, less what was returned
	SpendEver     Field = "spend"          // so far, less what was returned
	AverageTicket Field = "average_ticket" // SpendEver by Orders, rounded down; unknown before the first
	AwayDays      Field = "away_days"      // since the last visit; unknown before the first
	Points        Field = "points"         // available, of the programme's first unit
	BirthdayIn    Field = "birthday_in"    // days until the birthday; 0 is today
	BirthdayMonth Field = "birthday_month" // it falls in this month
	HomeStore     Field = "home_store"     // code of the store of most visits
	Consent       Field = "consent"        // to advertising by any medium
	MapPart       Field = "map_part"       // of the map of regulars: "champions"
	Segment       Field = "segment"        // code of a saved group
)

// Of an event.
const (
	Event         Field = "event"          // its kind: "review"
	Rating        Field = "rating"         // stars
	Length        Field = "length"         // characters written
	Photo         Field = "photo"          // has one
	Video         Field = "video"          // has one
	DeliveredDays Field = "delivered_days" // since the delivery
)

// Fields with names of a shop's own.
const (
	attribute = "attribute:" // of a customer
	property  = "property:"  // of an event
)

// Attribute is the field of a customer's attribute.
func Attribute(name string) Field { return Field(attribute + name) }

// Property is the field of an event's property.
func Property(name string) Field { return Field(property + name) }

// Own splits a field of a shop's own: its prefix ("attribute:") and its name; empty for those of the catalogue.
func (f Field) Own() (prefix, name string) {
	for _, prefix := range []string{attribute, property} {
		if name, ok := strings.CutPrefix(string(f), prefix); ok {
			return prefix, name
		}
	}
	return "", ""
}

// Scope is where a field is known; scopes are joined by |.
type Scope uint8

// The scopes.
const (
	OfOrder Scope = 1 << iota
	OfLine
	OfMember
	OfEvent
	Anywhere = OfOrder | OfLine | OfMember | OfEvent
)

// Kind says what values a field has, and so which operators fit.
type Kind uint8

// The kinds.
const (
	Money     Kind = iota + 1 // minor units
	Count                     // of something
	Days                      // a span
	PointsOf                  // smallest parts of a unit
	DayOf                     // a date
	WeekdayOf                 // days of the week
	TimeOf                    // a time of day
	CodeOf                    // codes that the shop has: tiers, stores, groups
	TextOf                    // texts, compared whole
	YesNo                     // holds or not
	Soon                      // days from today on
	Free                      // of a shop's own: a text, or a number where it is one
)

// Operators lists what fits a kind, the usual one first.
func (k Kind) Operators() []Is {
	switch k {
	case Money, Count, Days, PointsOf:
		return []Is{AtLeast, AtMost, Between, Equals}
	case DayOf:
		return []Is{AtLeast, AtMost, Between}
	case TimeOf:
		return []Is{Between}
	case YesNo:
		return []Is{Yes}
	case Soon:
		return []Is{AtMost}
	case Free:
		return []Is{In, AtLeast, AtMost, Between, Equals}
	default:
		return []Is{In}
	}
}

// Numeric reports whether the operator compares a field of the kind with whole numbers.
func (k Kind) Numeric(is Is) bool {
	switch k {
	case Money, Count, Days, PointsOf, Soon:
		return true
	case Free:
		return is != In
	default:
		return false
	}
}
