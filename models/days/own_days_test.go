package days

import (
	"fmt"
	"testing"

	"dangol/models/programs/programstest"
	"dangol/models/terms"
)

// ownDays pays for joining, for birthdays and for the day of joining in later years.
func ownDays(t *terms.Terms) {
	t.Enrolment.Automatic = true
	t.Earning = nil
	for when, points := range map[terms.When]terms.Points{terms.OnEnrolment: 300, terms.OnBirthday: 500, terms.OnAnniversary: 1_000} {
		t.Earning = append(t.Earning, terms.Rule{
			Code: string(when), Unit: t.Units[0].Code, Name: terms.Text{Ko: string(when), En: string(when)}, When: when, Award: terms.Formula{Kind: terms.Fixed, Points: points},
		})
	}
}

// Members' own days are paid for once, by whichever calendar, in one jump of the clock as week by week. Who joined on a
// 29 February has the day on the 28th in common years.
func TestOwnDaysArePaidForOnce(t *testing.T) {
	t.Parallel()
	want := []string{
		"Leap enrolment/enrolment 300 2024-02-29", "Leap birthday:solar:2025/birthday 500 2025-02-28", "Leap anniversary:2025/anniversary 1000 2025-02-28",
		"Moon enrolment/enrolment 300 2024-02-29", "Moon birthday:lunar:2024/birthday 500 2024-12-30", "Moon anniversary:2025/anniversary 1000 2025-02-28",
	}
	begin, end := at("2024-02-29 03:00"), at("2025-03-02 03:00")
	jump, steps := programstest.Sandbox(t, "Asia/Seoul", begin, ownDays), programstest.Sandbox(t, "Asia/Seoul", begin, ownDays)
	for _, s := range []*programstest.Shop{jump, steps} {
		for name, birthday := range map[string]string{"Leap": "solar 2/29", "Moon": "lunar 11/30", "None": "solar 3/1"} {
			var calendar string
			var month, day int
			if _, err := fmt.Sscanf(birthday, "%s %d/%d", &calendar, &month, &day); err != nil {
				t.Fatal(err)
			}
			known(t, s, name, month, day)
			s.Exec(t, `UPDATE customers SET birth_calendar = $3 WHERE merchant_id = $1 AND external_id = $2`, name, calendar)
		}
		buys(t, s, "Leap", "A1", 10_000)
		buys(t, s, "Leap", "A2", 10_000)
		buys(t, s, "Moon", "A3", 10_000)
	}
	moves(t, jump, end)
	for day := begin; day.Before(end); day = day.AddDate(0, 0, 7) {
		moves(t, steps, day.AddDate(0, 0, 7))
	}
	paid := texts(t, jump, `SELECT concat_ws(' ', c.external_id, e.cause, e.points, (e.at AT TIME ZONE 'Asia/Seoul')::date) FROM entries e
		JOIN accounts a ON a.merchant_id = e.merchant_id AND a.id = e.account_id JOIN memberships m ON m.merchant_id = e.merchant_id AND m.id = a.membership_id
		JOIN customers c ON c.merchant_id = e.merchant_id AND c.id = m.customer_id WHERE e.merchant_id = $1 AND e.kind = 'earn' ORDER BY c.external_id, e.seq`)
	wantSame(t, "paid", paid, want)
	wantSame(t, "ledger", texts(t, steps, ledgerOf), texts(t, jump, ledgerOf))
	verified(t, jump)
}
