package accrual_test

import (
	"fmt"
	"testing"

	"dangol/models"
	"dangol/models/accrual"
)

// A batch is posted by transactions side by side; each member is told, order by order, of one balance that grows, whatever
// the orders call the member.
func TestABatchKeepsTheOrderOfEachCustomer(t *testing.T) { // D-16
	t.Parallel()
	shop := newStory(t)
	people := shop.regulars(t, 7)
	for i, c := range people {
		shop.Exec(t, `UPDATE customers SET external_id = $3, phone = $4 WHERE merchant_id = $1 AND id = $2`, c.ID, fmt.Sprint("E", i), fmt.Sprintf("+8210000000%02d", i))
	}
	before := shop.transactions(t)
	var given []accrual.Keyed
	for i := range 700 {
		order := people[i%7].Order(t, "10,000")
		switch i / 7 % 3 {
		case 1:
			order.Customer = &models.CustomerRef{ExternalID: fmt.Sprint("E", i%7)}
		case 2:
			order.Customer = &models.CustomerRef{Phone: fmt.Sprintf("0100000000%d", i%7)}
		}
		given = append(given, accrual.Keyed{Key: key(fmt.Sprint("k", i), ""), Params: order})
	}
	told, err := accrual.AccrueAll(t.Context(), shop.DB, shop.MerchantID, models.Actor{}, given)
	if err != nil {
		t.Fatal(err)
	}
	for i := range told {
		result := &told[i].Result
		if told[i].Err != nil || result.Replay || len(result.Members) != 1 || result.Members[0].Balances[0].Available != int64(1_200+200*(i/7+1)) {
			t.Fatalf("order %d: %+v, %v", i, result, told[i].Err)
		}
	}
	if n := shop.transactions(t) - before; n != 4 {
		t.Errorf("%d transactions for 400 and 300 orders", n)
	}
	shop.verify(t)
}
