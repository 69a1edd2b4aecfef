package accrual_test

import (
	"slices"
	"testing"

	"dangol/models/shoptest"
)

func TestAFirstPurchaseEarns(t *testing.T) {
	t.Parallel()
	shop := shoptest.New(t)
	result := shop.Maya.Buys(t, "12,500")
	shop.Maya.Wants(t, 1_250)
	if len(result.Members) != 1 || !result.Members[0].Enrolled || len(result.Members[0].Awards) != 2 {
		t.Errorf("the order did %+v", result)
	}
	want := []string{"earn available 250 order:pos:A1/purchase", "earn available 1000 order:pos:A1/first"}
	if got := shop.Maya.Entries(t); !slices.Equal(got, want) {
		t.Errorf("entries %q, want %q", got, want)
	}
	shop.Maya.Buys(t, "10,000")
	shop.Maya.Wants(t, 1_450)
}
