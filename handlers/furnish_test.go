package handlers

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"dangol/models"
	"dangol/models/accrual"
	"dangol/models/people"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
)

// furnish makes a subject for every parameter of the routes, with the shop's canary in every text. A route with a new
// parameter gets its line here.
func (q *quarter) furnish(t *testing.T) {
	t.Helper()
	person := q.hires(t, q.merchant, "subject@"+q.canary+".test", models.Clerk)
	q.subjects["staff/:id"] = q.one(t, `SELECT id FROM staff WHERE merchant_id = $1 AND person_id = $2`, q.merchant, person.ID)
	q.subjects["keys/:id"] = q.one(t, `SELECT min(id) FROM api_keys WHERE merchant_id = $1`, q.merchant)
	q.subjects["t/:code"] = fmt.Sprint(q.merchant)
	q.subjects["sessions/:id"] = strings.Repeat("ab", 32)
	q.in(t, func(tx *store.Tx) error { return q.makeLinks(tx, person.ID) })
	q.in(t, q.promise)
	q.serve(t)
	q.gives(t)
	q.bringIn(t)
	q.subjects["tasks/:id"] = q.one(t, `INSERT INTO tasks (merchant_id, kind, state, error, created_at) VALUES ($1, 'give', 'failed', 'internal', $2) RETURNING id`,
		q.merchant, q.Clock.Now())
}

// bringIn uploads a file.
func (q *quarter) bringIn(t *testing.T) {
	t.Helper()
	imported, err := q.server.Desk.Upload(t.Context(), q.merchant, models.Actor{}, q.canary+".csv", strings.NewReader("name,phone\n"+q.canary+",010-1111-2222\n"))
	if err != nil {
		t.Fatal(err)
	}
	q.subjects["imports/:id"] = strconv.FormatInt(imported.ID, 10)
}

func (q *quarter) in(t *testing.T, fn func(*store.Tx) error) {
	t.Helper()
	if err := store.InTx(t.Context(), q.DB, q.merchant, fn); err != nil {
		t.Fatal(err)
	}
}

func (q *quarter) makeLinks(tx *store.Tx, personID int64) (err error) {
	for parameter, kind := range map[string]people.LinkKind{"reset/:token": people.ResetLink, "invite/:token": people.InvitationLink, "setup/:token": people.SetupLink} {
		if q.subjects[parameter], err = people.NewLink(tx, kind, personID, q.merchant); err != nil {
			return err
		}
	}
	return nil
}

// promise puts a programme in force whose code the other shop does not have.
func (q *quarter) promise(tx *store.Tx) error {
	document := terms.Default(models.TradeUnknown, 12_000)
	document.Partners = []terms.Partner{{Code: q.canary, Name: terms.Text{Ko: q.canary}, Rules: []string{document.Earning[0].Code}, Funds: terms.Percent(50)}}
	if _, err := programs.CreateIn(tx, models.Actor{}, q.canary, document.Encode()); err != nil {
		return err
	}
	_, err := programs.PublishIn(tx, models.Actor{}, q.canary, models.PublishParams{})
	q.subjects["presets/:code"] = "starbucks"
	q.subjects["programs/:code"], q.subjects["versions/:version"] = q.canary, "1"
	q.subjects["partners/:partner"] = q.canary
	return err
}

// serve makes a customer who has bought something.
func (q *quarter) serve(t *testing.T) {
	t.Helper()
	var customer models.Customer
	name, phone := q.canary, "010-1234-5678"
	q.in(t, func(tx *store.Tx) (err error) {
		customer, err = accrual.Enrol(tx, models.Actor{Source: "pos"}, models.CustomerParams{Name: &name, Phone: &phone})
		return err
	})
	id := q.one(t, `SELECT id FROM customers WHERE merchant_id = $1 AND id = $2`, q.merchant, customer.ID)
	q.subjects["customers/:id"], q.subjects["customers/:ref"] = id, "id:"+id
	posted, err := accrual.Accrue(t.Context(), q.DB, q.merchant, models.Actor{Source: "pos"}, store.Key{Scope: "test", Key: q.canary, BodyHash: []byte{1}},
		models.OrderParams{ExternalID: q.canary, PlacedAt: q.Clock.Now(), Currency: "KRW", Total: 12_000, Customer: &models.CustomerRef{ID: customer.ID}})
	if err != nil {
		t.Fatal(err)
	}
	q.subjects["undo/:token"] = fmt.Sprintf("earn-%d", posted.OrderID)
	q.subjects["undo/:token"] = "earn-" + q.one(t, `SELECT id FROM orders WHERE merchant_id = $1`, q.merchant)
	q.subjects["orders/:external_id"], q.subjects["redemptions/:external_id"], q.subjects["merges/:external_id"] = q.canary, q.canary, q.canary
	q.subjects["subscriptions/:external_id"] = q.canary
	q.subjects["claims/:external_id"], q.subjects["reservations/:order"], q.subjects["rewards/:code"], q.subjects["coupons/:kind"] = q.canary, q.canary, q.canary, "birthday"
}
