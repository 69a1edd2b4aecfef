package customers

import (
	"dangol/models/calendar"
	"dangol/models/store"
)

// BirthdaysOn counts the customers whose birthday falls on a day, by the calendar that each keeps.
func BirthdaysOn(tx *store.Tx, day calendar.Date) (n int64, err error) {
	k := birthsOf(day, day)[day]
	return n, tx.PG().QueryRow(tx.Ctx(), `SELECT count(*) FROM customers WHERE merchant_id = $1 AND merged_into IS NULL AND (birth_calendar, birth_month, birth_day) IN
		(SELECT * FROM unnest($2::text[], $3::int[], $4::int[]))`, tx.MerchantID(), k.calendars, k.months, k.days).Scan(&n)
}
