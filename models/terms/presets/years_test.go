package presets

import (
	"testing"
	"time"

	"dangol/models/calendar"
	"dangol/models/terms"
)

// Money is in cents and kopecks. Each table was worked out by hand from what the programme publishes.

func TestStarbucks(t *testing.T) {
	lives(t, "starbucks", "2026-01-02", []row{
		{"2026-01-05", buys(20_00), "star 20", "green", ""},
		{"2026-01-20", buys(5_75), "star 25", "green", ""},               // whole dollars' stars
		{"2026-02-01", does("reload", 50_00, 0), "star 50", "green", ""}, // 25, not 35
		{"2026-02-02", claims("customization"), "star 25", "green", "customization until 2026-02-02"},
		{"2026-02-10", does("reload", 30_00, 0), "star 35", "green", ""},
		{"2026-02-11", does("reload", 29_99, 0), "star 35", "green", ""},
		{"2026-02-12", claims("two-off"), "star 35", "green", "refused not_enough_points"},
		{"2026-03-01", buys(480_00), "star 515", "gold", ""}, // 540 earned this year
		{"2026-03-15", buys(100_00), "star 635", "gold", ""}, // 1.2
		{"2026-04-01", claims("sandwich"), "star 335", "gold", "sandwich until 2026-04-01"},
		{"2026-05-01", buys(1_600_00), "star 2255", "reserve", ""}, // 2,580 earned
		{"2026-05-02", buys(10_01), "star 2272", "reserve", ""},    // 17.017
		{"2026-05-03", returns(6, 10_01), "star 2255", "reserve", ""},
		{"2026-06-01", claims("merchandise"), "star 1855", "reserve", "merchandise until 2026-06-01"},
		{"2026-06-02", claims("handcrafted"), "star 1655", "reserve", "handcrafted until 2026-06-02"},
		{"2027-01-01", nil, "star 1655", "reserve", ""}, // to the end of the next year
		{"2027-03-01", buys(300_00), "star 2165", "reserve", ""},
		{"2028-01-01", nil, "star 2165", "gold", ""}, // 510 in 2027
		{"2029-01-01", nil, "star 2165", "green", ""},
	})
}

// A member who stays Green loses what lies idle for six months.
func TestStarbucksQuietly(t *testing.T) {
	lives(t, "starbucks", "2026-01-02", []row{
		{"2026-01-05", buys(50_00), "star 50", "green", ""},
		{"2026-03-05", buys(10_00), "star 60", "green", ""}, // now all until 5 September
		{"2026-09-05", nil, "star 60", "green", ""},
		{"2026-09-06", nil, "", "green", ""},
		{"2026-10-01", buys(7_00, thing("brewed", 1, 7_00)), "star 7", "green", ""},
		{"2026-10-02", prices(0, []string{"brewed"}, thing("brewed", 1, 4_50), thing("sandwich", 1, 6_00)), "star 7", "green", "costs 600"},
		{"2026-10-02", prices(0, []string{"merchandise"}, thing("merchandise", 1, 25_00)), "star 7", "green", "costs 500"},
	})
}

func TestSephora(t *testing.T) {
	lives(t, "sephora", "2026-01-10", []row{
		{"2026-01-15", buys(120_00), "point 120", "insider", ""},
		{"2026-05-10", buys(280_50), "point 400", "vib", ""}, // $400.50 this year
		{"2026-06-01", paysPart(60_00, "", 500), "point 400", "vib", "refused not_enough_points"},
		{"2026-06-15", buys(150_00), "point 550", "vib", ""},
		{"2026-07-01", paysPart(45_00, "", 500), "point 85", "vib", "paid 1000"}, // 35 on the $35 that were paid
		{"2026-11-20", buys(450_00), "point 535", "rouge", ""},                   // $1,035.50
		{"2027-01-01", nil, "point 535", "rouge", ""},
		{"2027-11-20", nil, "point 535", "rouge", ""}, // a year without earning or paying
		{"2027-11-21", nil, "", "rouge", ""},
		{"2028-01-01", nil, "", "insider", ""},
	})
	lives(t, "sephora", "2026-01-10", []row{
		{"2026-02-01", buys(340_00), "point 340", "insider", ""},
		{"2026-02-02", claims("rouge"), "point 340", "insider", "refused reward_other_tier"},
		{"2026-02-10", buys(2_660_00), "point 3000", "rouge", ""},
		{"2026-02-11", claims("rouge"), "point 500", "rouge", "rouge until 2026-05-11"}, // 90 days
		{"2027-02-11", nil, "point 500", "rouge", ""},
		{"2027-02-12", nil, "", "rouge", ""},
	})
}

func TestAdidas(t *testing.T) {
	profile, review := happens(terms.Happening{Kind: terms.OnProfile}), reviews(3)
	lives(t, "adidas", "2026-01-05", []row{
		{"2026-01-05", profile, "point 100, level 100", "level1", ""},
		{"2026-01-10", buys(60_00), "point 100+600, level 100+600", "level1", ""}, // 72 hours
		{"2026-01-12", nil, "point 100+600, level 100+600", "level1", ""},
		{"2026-01-13", nil, "point 700, level 700", "level1", ""},
		{"2026-02-01", does("run", 0, 12), "point 724, level 724", "level1", ""}, // 12 km
		{"2026-02-02", does("training", 0, 0), "point 734, level 734", "level1", ""},
		{"2026-02-03", does("run-club", 0, 0), "point 834, level 834", "level1", ""},
		{"2026-02-04", review, "point 884, level 884", "level1", ""},
		{"2026-02-05", does("fit-profile", 0, 0), "point 934, level 934", "level1", ""},
		{"2026-02-06", does("fit-profile", 0, 0), "point 934, level 934", "level1", ""}, // once
		{"2026-02-20", buys(10_00), "point 934+100, level 934+100", "level1", ""},
		{"2026-02-23", nil, "point 1034, level 1034", "level2", ""},
		{"2026-03-01", donates("oceans", 500), "point 534, level 1034", "level2", "gave 0"}, // giving lowers no level
		{"2026-03-02", does("challenge", 0, 0), "point 634, level 1134", "level2", ""},
		{"2026-03-20", does("challenge", 0, 0), "point 634, level 1134", "level2", ""}, // once a month
		{"2027-01-31", nil, "point 634, level 1134", "level2", ""},
		{"2027-02-01", nil, "point 634, level 434", "level1", ""}, // January's 700 have ended
		{"2027-03-01", nil, "point 634, level 100", "level1", ""},
		{"2027-03-31", nil, "point 634, level 100", "level1", ""}, // twelve months after the last earning, to the month's end
		{"2027-04-01", nil, "", "level1", ""},
	})
	lives(t, "adidas", "2026-01-05", []row{
		{"2026-02-01", buys(20_000_00), "point 0+100000, level 0+200000", "level1", ""}, // no more than 100,000 to spend
		{"2026-02-04", nil, "point 100000, level 200000", "level4", ""},
		{"2026-02-05", claims("voucher"), "point 99000, level 200000", "level4", "voucher until 2026-05-05"},
		{"2026-02-06", returns(1, 20_000_00), "point -1000", "level4", ""}, // the voucher is owed
		{"2026-02-07", nil, "point -1000", "level1", ""},
	})
}

func TestElf(t *testing.T) {
	share := happens(terms.Happening{Kind: terms.OnShare})
	lives(t, "elf", "2026-01-01", []row{
		{"2026-01-02", happens(terms.Happening{Kind: terms.OnProfile}), "point 100", "level1", ""},
		{"2026-01-10", buys(24_50), "point 345", "level1", ""},
		{"2026-01-15", does("receipt", 30_80, 0), "point 495", "level1", ""}, // 30 whole dollars
		{"2026-01-16", share, "point 515", "level1", ""},
		{"2026-01-16", share, "point 515", "level1", ""}, // once a day
		{"2026-02-01", reviews(9), "point 565", "level1", ""},
		{"2026-03-01", buys(95_00), "point 1515", "level2", ""},
		{"2026-04-01", buys(40_00), "point 1995", "level2", ""}, // 1.2
		{"2026-04-02", claims("ten-off"), "point 995", "level2", "ten-off until 2026-05-31"},
		{"2026-06-01", buys(300_00), "point 4595", "level3", ""}, // 5,595 earned
		{"2026-07-01", buys(10_00), "point 4745", "level3", ""},  // 1.5
		{"2027-03-31", nil, "point 4745", "level3", ""},
		{"2027-04-01", nil, "point 4230", "level3", ""}, // the 515 that the claim left of March
		{"2027-05-01", nil, "point 3750", "level3", ""},
		{"2027-07-01", nil, "point 150", "level3", ""},
		{"2027-08-01", nil, "", "level3", ""},
		{"2028-01-01", nil, "", "level1", ""},
	})
}

func TestBodyShop(t *testing.T) {
	lives(t, "body-shop", "2026-01-05", []row{
		{"2026-01-10", buys(64_00), "point 64", "", ""},
		{"2026-02-14", buys(50_50), "point 114", "", ""},
		{"2026-03-01", paysPart(25_00, "", 100), "point 29", "", "paid 1000"}, // 14 are left, and 15 for the rest
		{"2026-04-01", buys(90_00), "point 119", "", ""},
		{"2026-05-01", donates("shelter", 100), "point 19", "", "gave 1000"},
		{"2026-05-02", donates("forest", 50), "point 19", "", "refused below_minimum"},
		{"2027-04-01", nil, "point 19", "", ""}, // of April's: a year
		{"2027-04-02", nil, "", "", ""},
	})
	lives(t, "body-shop-charity", "2026-01-05", []row{
		{"2026-01-10", buys(64_00), "gift 64", "", ""},
		{"2026-06-10", buys(50_55), "gift 114", "", ""},
		{"2026-06-11", paysPart(20_00, "", 100), "gift 114", "", "refused not_redeemable"},
		{"2026-12-01", donates("forest", 100), "gift 14", "", "gave 100"},
		{"2027-12-01", nil, "gift 14", "", ""},
	})
}

func TestToms(t *testing.T) {
	lives(t, "toms", "2026-01-01", []row{
		{"2026-02-01", buys(120_00, thing("shoes", 2, 120_00)), "point 0+120, pair 2", "", ""},
		{"2026-02-03", nil, "point 120, pair 2", "", ""},
		{"2026-05-01", buys(55_00, thing("bag", 1, 55_00)), "point 120+55, pair 2", "", ""},
		{"2026-11-28", buys(80_00, thing("shoes", 1, 80_00)), "point 175+160, pair 3", "", ""}, // twice the points, not the pairs
		{"2026-11-30", nil, "point 335, pair 3", "", ""},
		{"2026-12-01", donates("water", 100), "point 235, pair 3", "", "gave 500"},
		{"2026-12-02", donates("grants", 100), "point 235, pair 3", "", "refused not_donatable"}, // the shop's own
		{"2027-02-28", nil, "point 235, pair 3", "", ""},
		{"2027-03-01", nil, "point 215, pair 3", "", ""}, // 20 were left of February's
	})
	toms, _ := Find("toms")
	if got := toms.Terms.Cause("grants").ShareOf(255_00); got != 5_10 {
		t.Errorf("2%% of $255 in sales are %d cents", got)
	}
}

func TestTele2(t *testing.T) {
	phone := func(sku string, quantity int64, amount terms.Money) terms.Line {
		return terms.Line{SKU: sku, Quantity: quantity, Amount: amount}
	}
	film := does("film", 0, 0)
	lives(t, "tele2", "2026-01-01", []row{
		{"2026-01-10", buys(2_000_00, thing("taxi", 1, 2_000_00)), "cashback 0+20000", "", ""}, // 10 %
		{"2026-02-20", confirmed("confirmed", 1), "cashback 20000", "", ""},
		{"2026-03-01", buys(1_500_00, thing("cinema", 3, 1_500_00)), "cashback 20000+60000", "", ""}, // 40 %
		{"2026-05-30", nil, "cashback 20000+60000", "", ""},                                          // the 90th day
		{"2026-05-31", nil, "cashback 20000", "", ""},
		{"2026-06-01", confirmed("confirmed", 2), "cashback 20000", "", ""}, // too late
		{"2026-06-01", film, "cashback 20000", "", "film until 2026-06-07"},
		{"2026-06-02", film, "cashback 20000", "", "film until 2026-06-08"},
		{"2026-06-03", film, "cashback 20000", "", "film until 2026-06-09"},
		{"2026-06-04", film, "cashback 20000", "", "film until 2026-06-10"},
		{"2026-06-05", film, "cashback 20000", "", ""}, // the fifth of the month
		{"2026-07-01", film, "cashback 20000", "", "film until 2026-07-07"},
		{"2026-08-01", buys(599_99, thing("bill", 1, 599_99)), "cashback 20000", "", ""},
		{"2026-09-01", paysPart(600_00, "", 20_000, thing("bill", 1, 600_00)), "", "", "coffee until 2026-09-14, paid 20000"},
		{"2026-10-01", does("brand-day", 0, 0), "", "", "data until 2026-10-30"},
		{"2026-10-02", does("brand-day", 0, 0), "", "", ""},
		{"2026-11-01", prices(0, []string{"phones"}, phone("phone-x", 1, 20_000_00), phone("phone-z", 1, 10_000_00)), "", "", "costs 1850000"},
		{"2026-11-01", prices(0, []string{"phones"}, phone("phone-x", 3, 60_000_00)), "", "", "costs 4000000"}, // two of them at half
	})
}

func TestPulse(t *testing.T) {
	visit, quiz := happens(terms.Happening{Kind: terms.OnCheckIn}), happens(terms.Happening{Kind: terms.OnQuiz})
	number := func(code string, value int64) terms.NumberValue { return terms.NumberValue{Code: code, Value: value} }
	lives(t, "pulse", "2026-01-01", []row{
		{"2026-01-10", visit, "point 10", "watcher", ""},
		{"2026-01-10", visit, "point 10", "watcher", ""}, // once a day
		{"2026-01-20", told(number("trades", 600)), "point 10", "active", "fee-off until 2026-02-18"},
		{"2026-02-05", does("webinar", 0, 0), "point 60", "active", ""},
		{"2026-03-01", told(number("trades", 2500), number("posts", 300)), "point 60", "active", ""}, // nobody reads it
		{"2026-03-02", told(number("followers", 12000)), "point 160", "expert", ""},
		{"2026-03-10", quiz, "point 180", "expert", ""},
		{"2026-03-15", quiz, "point 180", "expert", ""}, // Sunday of the same week
		{"2026-04-02", claims("raffle"), "point 80", "expert", ""},
		{"2026-04-20", told(number("trades", 200)), "point 80", "expert", ""}, // to the next look
		{"2026-04-30", nil, "point 80", "expert", ""},
		{"2026-05-01", nil, "point 80", "watcher", ""},
		{"2026-06-01", told(number("trades", 700)), "point 80", "active", ""}, // greeted once a year
		{"2027-03-31", nil, "point 80", "active", ""},
		{"2027-04-01", nil, "", "active", ""},
	})
}

func TestWildberriesBuyers(t *testing.T) {
	cart := func(goods terms.Money) act {
		return prices(150_00, []string{"one-rouble"}, thing("shirt", 1, goods), terms.Line{SKU: "mug", Quantity: 1, Amount: 300_00, Gift: true})
	}
	lives(t, "wildberries-buyers", "2026-01-01", []row{
		{"2026-03-01", buys(1_200_00), "", "", ""},
		{"2026-03-05", reviews(4), "bonus 0+5000", "", ""},
		{"2026-03-12", reviews(6), "bonus 0+5000", "", ""}, // after the fifth day
		{"2026-03-18", nil, "bonus 0+5000", "", ""},
		{"2026-03-19", nil, "bonus 5000", "", ""}, // two weeks
		{"2026-04-10", reviews(5, "photo", "video"), "bonus 5000+10000", "", ""},
		{"2026-04-24", nil, "bonus 15000", "", ""},
		{"2026-04-25", reviews(0, "photo"), "bonus 15000+7000", "", ""},
		{"2026-05-01", paysPart(1_000_00, "", 15_000), "bonus 0+7000", "", "paid 15000"},
		{"2026-05-09", nil, "bonus 7000", "", ""},
		{"2026-06-01", cart(799_99), "bonus 7000", "", "costs 94999"}, // the mug leaves the cart
		{"2026-06-01", cart(800_00), "bonus 7000", "", "costs 95100"}, // delivery apart
		{"2027-05-09", nil, "bonus 7000", "", ""},
	})
}

func TestWildberriesSellers(t *testing.T) {
	number := func(code string, value int64) terms.NumberValue { return terms.NumberValue{Code: code, Value: value} }
	sells := func(amount terms.Money) act { return does("sale", amount, 0) }
	lives(t, "wildberries-sellers", "2026-01-01", []row{
		{"2026-01-05", told(number("rating", 470), number("kept", 4500)), "", "initial", ""},
		{"2026-01-10", sells(150_000_00), "turnover 150000", "initial", ""},
		{"2026-01-31", nil, "turnover 150000", "initial", ""},
		{"2026-02-01", nil, "turnover 150000", "bronze", ""}, // what January brought
		{"2026-02-10", sells(350_000_00), "turnover 500000", "bronze", ""},
		{"2026-03-01", nil, "turnover 500000", "silver", ""},
		{"2026-03-05", told(number("kept", 3000)), "turnover 500000", "silver", ""},
		{"2026-03-10", sells(400_000_00), "turnover 900000", "silver", ""},
		{"2026-04-01", nil, "turnover 900000", "bronze", ""}, // too few came back
		{"2026-05-01", nil, "turnover 900000", "initial", ""},
		{"2026-05-02", lifted("platinum", "2026-06-30"), "turnover 900000", "platinum", ""}, // on request
		{"2026-06-30", nil, "turnover 900000", "platinum", ""},
		{"2026-07-01", nil, "turnover 900000", "initial", ""},
		{"2026-11-10", sells(1_000_000_00), "turnover 1900000", "initial", ""},
		{"2026-11-11", told(number("kept", 5000)), "turnover 1900000", "initial", ""},
		{"2026-12-01", nil, "turnover 1900000", "gold", ""},
		{"2027-01-01", nil, "turnover 1900000", "initial", ""},
	})
}

func TestBeanBox(t *testing.T) {
	box := buys(16_00, thing("box", 1, 16_00))
	lives(t, "bean-box", "2026-01-05", []row{
		{"2026-01-05", box, "stamp 1", "", ""},
		{"2026-01-19", box, "stamp 2", "", ""},
		{"2026-02-02", box, "stamp 3", "", ""},
		{"2026-02-16", nil, "stamp 3", "", ""}, // skipped
		{"2026-03-02", box, "stamp 4", "", ""},
		{"2026-03-16", box, "", "", "free-bag until 2026-06-07"}, // 84 days
		{"2026-03-30", prices(5_00, []string{"free-bag", "shipping"}, thing("box", 1, 16_00), thing("bag", 1, 14_00)), "", "", "costs 2100"},
		{"2026-03-30", prices(5_00, []string{"shipping"}, thing("box", 4, 64_00)), "", "", "costs 6400"},
		{"2026-04-01", subscribes("subscription", false), "", "", "costs 1600 from 2026-04-01 until 2026-04-30"},
		{"2026-04-02", prices(0, []string{"subscriber"}, thing("bag", 1, 14_00)), "", "", "costs 1330"}, // 5 %
		{"2026-04-13", buys(96_00, thing("box", 6, 96_00)), "stamp 1", "", "free-bag until 2026-07-05"},
		{"2028-04-30", nil, "stamp 1", "", ""},
		{"2028-05-01", nil, "", "", ""},
	})
}

func TestBarnesNoble(t *testing.T) {
	lives(t, "barnes-noble", "2026-01-01", []row{
		{"2026-01-05", buys(25_99), "stamp 2", "", ""},
		{"2026-02-01", buys(9_99), "stamp 2", "", ""}, // ten in one purchase
		{"2026-03-01", buys(60_00), "stamp 8", "", ""},
		{"2026-04-01", buys(35_00), "stamp 1, reward 500", "", ""},                // ten of eleven
		{"2026-05-01", paysPart(12_00, "reward", 500), "stamp 1", "", "paid 500"}, // $7 earn nothing
		{"2026-06-01", buys(250_00), "stamp 6, reward 1000", "", ""},
		{"2027-06-01", nil, "stamp 6, reward 1000", "", ""},
		{"2027-06-02", nil, "reward 1000", "", ""}, // twelve months
		{"2029-06-02", nil, "reward 1000", "", ""},
	})
	cart := prices(5_00, []string{"premium-ten", "premium-delivery"}, thing("book", 1, 25_00))
	lives(t, "barnes-noble", "2026-01-01", []row{
		{"2026-01-05", cart, "", "", "costs 3000"},
		{"2026-02-01", subscribes("premium", false), "", "", "costs 3999 from 2026-02-01 until 2027-01-31"},
		{"2026-02-02", cart, "", "", "costs 2250"},
		{"2026-02-02", buys(22_50, thing("book", 1, 22_50)), "stamp 2", "", ""}, // Rewards are part of it
		{"2027-01-31", cart, "stamp 2", "", "costs 2250"},
		{"2027-02-01", cart, "stamp 2", "", "costs 3000"},
	})
}

func TestAmazonPrime(t *testing.T) {
	cart := prices(6_00, []string{"delivery", "deals"}, thing("prime deal", 1, 40_00))
	order := buys(40_00)
	lives(t, "amazon-prime", "2026-01-01", []row{
		{"2026-01-05", order, "", "", ""},
		{"2026-01-05", cart, "", "", "costs 4600"},
		{"2026-01-10", subscribes("monthly", true), "", "", "costs 0 from 2026-01-10 until 2026-02-08"}, // 30 days
		{"2026-01-11", cart, "", "", "costs 3600"},
		{"2026-01-11", order, "order 1", "", ""},
		{"2026-02-08", renews("monthly"), "order 1", "", "costs 1499 from 2026-02-09 until 2026-03-08"},
		{"2026-03-08", renews("monthly"), "order 1", "", "costs 1499 from 2026-03-09 until 2026-04-08"},
		{"2026-04-08", order, "order 2", "", ""},
		{"2026-04-09", order, "order 2", "", ""}, // it has ended
		{"2026-05-01", subscribes("yearly", false), "order 2", "", "costs 13900 from 2026-05-01 until 2027-04-30"},
		{"2027-04-30", cart, "order 2", "", "costs 3600"},
	})
	// Members of before pay the new price from their next renewal after it.
	now, _ := Find("amazon-prime")
	before, _ := Find("amazon-prime")
	before.Terms.Plan("monthly").Price = 12_99
	period := before.Terms.Plan("monthly").Begin(calendar.MustParse("2022-02-27"), false)
	for i, want := range []terms.Money{12_99, 14_99} {
		if period.Price != want {
			t.Errorf("period %d costs %d", i, period.Price)
		}
		period = now.Terms.Plan("monthly").After(period) // 27 March is after 25 March
	}
}

func TestREI(t *testing.T) {
	sale := thing("tent", 1, 50_00)
	sale.Labels = []string{"sale"}
	lives(t, "rei", "2026-01-01", []row{
		{"2026-01-02", buys(40_00), "", "", ""}, // not a member of the co-op yet
		{"2026-01-03", subscribes("member", false), "", "", "costs 3000 for ever"},
		{"2026-01-15", buys(100_00), "reward 0+1000", "", ""},
		{"2026-05-01", buys(130_00, thing("boots", 1, 80_00), sale), "reward 0+1800", "", ""}, // full price only
		{"2026-12-31", buys(20_00), "reward 0+2000", "", ""},
		{"2027-01-10", buys(5_00), "reward 0+2050", "", ""},
		{"2027-02-28", nil, "reward 0+2050", "", ""},
		{"2027-03-01", nil, "reward 2000+50", "", ""},                                 // last year's
		{"2027-03-05", paysPart(50_00, "", 1_500), "reward 500+400", "", "paid 1500"}, // 10 % of the $35
		{"2027-12-31", nil, "reward 500+400", "", ""},
		{"2028-01-01", nil, "reward 0+400", "", ""},
		{"2028-03-01", nil, "reward 400", "", ""},
	})
}

func TestRetainful(t *testing.T) {
	lives(t, "retainful", "2026-01-01", []row{
		{"2026-01-05", buys(40_00), "", "", "next until 2026-02-03"},
		{"2026-02-01", subscribes("box", false), "", "", "costs 2500 from 2026-02-01 until 2026-02-07"},
		{"2026-02-07", renews("box"), "", "", "costs 2500 from 2026-02-08 until 2026-02-14"},
		{"2026-03-01", happens(terms.Happening{Kind: terms.OnReferral}), "credit 1000", "", ""},
		{"2026-03-10", paysPart(30_00, "", 1_000), "", "", "next until 2026-04-08, paid 1000"},
		{"2026-04-01", happens(terms.Happening{Kind: terms.OnReferred}), "", "", "welcome until 2026-04-30"},
	})
}

func TestSmartHint(t *testing.T) {
	survey := happens(terms.Happening{Kind: terms.OnSurvey})
	lives(t, "smarthint", "2026-01-01", []row{
		{"2026-01-10", buys(80_00), "point 80", "", ""},
		{"2026-01-14", survey, "point 130", "", ""},
		{"2026-01-15", survey, "point 180", "", ""},
		{"2026-01-16", survey, "point 180", "", ""}, // twice a month
		{"2026-02-01", reviews(1), "point 210", "", ""},
		{"2026-02-02", happens(terms.Happening{Kind: terms.OnReview, Numbers: map[string]int64{"length": 19}}), "point 210", "", ""},
		{"2026-03-01", paysPart(10_00, "", 200), "point 18", "", "paid 200"}, // and 8 on the $8
		{"2027-02-28", nil, "point 18", "", ""},
		{"2027-03-01", nil, "point 8", "", ""}, // the 10 that were left of the review
		{"2027-04-01", nil, "", "", ""},
	})
}

func TestBankAndBrand(t *testing.T) {
	lives(t, "bank-and-brand", "2026-01-01", []row{
		{"2026-01-10", buys(10_000), "point 100", "", ""},
		{"2026-02-10", paysBy("제휴카드", 10_000), "point 600", "", ""},                                            // 1% and 4%
		{"2026-03-05", buys(30_000, thing("collab", 1, 8_000), thing("tea", 1, 22_000)), "point 1700", "", ""}, // 1%, and 10% of 8,000
		{"2026-03-06", returns(3, 30_000), "point 600", "", ""},
		{"2026-05-01", paysBy("제휴카드", 20_000, thing("collab", 1, 5_000), thing("tea", 1, 15_000)), "point 2100", "", ""}, // 200, 800, 500
		{"2026-06-01", paysPart(10_000, "", 2_000), "point 180", "", "paid 2000"},                                        // 1% of 8,000
		{"2028-02-29", nil, "point 180", "", ""},
		{"2028-05-31", nil, "point 180", "", ""},
		{"2028-06-01", nil, "point 80", "", ""},
		{"2028-07-01", nil, "", "", ""},
	})
	p, _ := Find("bank-and-brand") // 400 and 800 by card; 500 with goods, since the first 800 went back
	bank, brand := p.Terms.Partner("bank").FundsOf(1_200), p.Terms.Partner("brand").FundsOf(500)
	if bank != 600 || brand != 500 {
		t.Errorf("the bank owes %d, the brand %d", bank, brand)
	}
}

// paysBy is buys, paid in a way that the till tells.
func paysBy(payment string, total terms.Money, lines ...terms.Line) act {
	return func(l *life, at time.Time, day calendar.Date) string {
		order := &terms.Purchase{Source: l.source("order"), At: at, Day: day, Total: total, Lines: lines, Payments: []string{payment}}
		l.orders = append(l.orders, order)
		l.record(l.program.Accrue(l.member, order))
		return ""
	}
}
