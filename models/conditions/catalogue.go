package conditions

import "dangol/models"

// Spec is what the catalogue says of a field.
type Spec struct {
	Field  Field
	Scopes Scope
	Kind   Kind
	Most   int64 // the largest number that it is compared with
	People bool  // can be asked about all customers at once: see SQL
}

// Bounds of what is compared.
const (
	mostCount  = 1_000_000_000
	mostDays   = 36_500
	mostSoon   = 60
	mostLength = 100_000
)

// Known lists the fields of the catalogue in the order in which screens offer them; those of a shop's own come besides.
func Known() []Spec { return catalogue[:] }

var catalogue = [...]Spec{
	{Amount, OfOrder | OfLine, Money, models.MaxMoney, false},
	{Total, OfOrder, Money, models.MaxMoney, false},
	{Items, OfOrder | OfLine, Count, mostCount, false},
	{Lines, OfOrder, Count, mostCount, false},
	{Category, OfOrder | OfLine, TextOf, 0, false},
	{SKU, OfOrder | OfLine, TextOf, 0, false},
	{Label, OfOrder | OfLine, TextOf, 0, false},
	{Store, OfOrder | OfEvent, CodeOf, 0, false},
	{Channel, OfOrder | OfEvent, CodeOf, 0, false},
	{Payment, OfOrder, TextOf, 0, false},
	{Date, OfOrder | OfEvent, DayOf, 0, false},
	{Weekday, OfOrder | OfEvent, WeekdayOf, 0, false},
	{Time, OfOrder | OfEvent, TimeOf, 0, false},
	{FirstOrder, OfOrder, YesNo, 0, false},

	{AwayDays, OfMember, Days, mostDays, true},
	{Visits, OfMember, Count, mostCount, true},
	{Orders, OfMember, Count, mostCount, true},
	{Spend12m, OfMember, Money, 1000 * models.MaxMoney, true},
	{SpendEver, OfMember, Money, 1000 * models.MaxMoney, true},
	{AverageTicket, OfMember, Money, models.MaxMoney, true},
	{Points, OfMember, PointsOf, mostCount, true},
	{Tier, OfMember, CodeOf, 0, true},
	{Plan, OfMember, CodeOf, 0, false},
	{MemberDays, OfMember, Days, mostDays, true},
	{Joined, OfMember, DayOf, 0, true},
	{BirthdayIn, OfMember, Soon, mostSoon, true},
	{BirthdayMonth, OfMember, YesNo, 0, true},
	{HomeStore, OfMember, CodeOf, 0, true},
	{Consent, OfMember, YesNo, 0, true},
	{MapPart, OfMember, CodeOf, 0, true},
	{Segment, OfMember, CodeOf, 0, true},

	{Event, OfEvent, CodeOf, 0, false},
	{Rating, OfEvent, Count, 100, false},
	{Length, OfEvent, Count, mostLength, false},
	{Photo, OfEvent, YesNo, 0, false},
	{Video, OfEvent, YesNo, 0, false},
	{DeliveredDays, OfEvent, Days, mostDays, false},
}

var specs = func() map[Field]Spec {
	byField := make(map[Field]Spec, len(catalogue))
	for _, s := range catalogue {
		byField[s.Field] = s
	}
	return byField
}()

// Find looks a field up, those of a shop's own included.
func Find(f Field) (Spec, bool) {
	switch prefix, name := f.Own(); {
	case prefix == attribute && ownName(name):
		return Spec{f, OfMember, Free, 1000 * models.MaxMoney, true}, true
	case prefix == property && ownName(name):
		return Spec{f, OfEvent, Free, 1000 * models.MaxMoney, false}, true
	}
	s, ok := specs[f]
	return s, ok
}

// ownName is a name as customers' attributes have it.
func ownName(name string) bool {
	clean, ok := models.CleanText(name, models.MaxName)
	return ok && clean == name && name != ""
}
