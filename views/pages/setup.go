package pages

import (
	"dangol/models"
	"dangol/views/components"
	"dangol/views/forms"
	"dangol/views/i18n"
)

// SetupShopView is step 1: who the shop is. POST to paths.SetupShop makes the merchant and its owner.
type SetupShopView struct {
	Token string
	Form  forms.SetupShop
}

// SetupCustomersView is step 2: the people who already come. POST to paths.SetupCustomers with choice=none goes on;
// choice=file with a file goes to the import's mapping page, which comes back to step 3.
type SetupCustomersView struct {
	Token    string
	Choice   string     // "none" (default) or "file"
	Fact     *FileFacts // after a file was brought in: one true sentence about it
	Problems forms.Problems
}

// FileFacts is what a file of purchases says at first sight.
type FileFacts struct {
	People    int64
	TopShare  int64 // tenths of a percent of sales made by the best fifth
	LongAway  int64 // people away longer than their usual
	TopShown  bool  // false where the file has no amounts
	AwayShown bool
}

// SetupPromiseView is step 3: the programme as one sentence with three numbers. Typing posts to paths.SetupPreview, which
// answers with SetupEffect; the button posts to paths.SetupPromise, which publishes version 1 and goes to the counter.
type SetupPromiseView struct {
	Token  string
	Stamps bool // the trade's programme is a stamp card: Rate counts stamps and From is not asked
	Form   forms.SetupPromise
	Effect SetupEffectView
}

// SetupEffectView is what three numbers come to.
type SetupEffectView struct {
	Spend      int64 // the usual ticket
	Points     int64 // what it earns
	FirstVisit int64 // the visit at which points can first be used
	Cost       int64 // a month, in money
	Sales      int64 // the monthly sales that Cost is worked out on
	Visits     int64 // more visits that pay it back
	Problems   forms.Problems
}

// SetupDoneView is the end of the set-up: one earning with one's own number.
type SetupDoneView struct{ CanInvite bool }

func tradeOptions(trades i18n.Trades) (options []components.Option) {
	icons := map[models.Trade]string{
		models.TradeCafe: "coffee", models.TradeRestaurant: "utensils", models.TradeBeauty: "scissors",
		models.TradeRetail: "shirt", models.TradeOnline: "shopping-bag", models.TradeUnknown: "store",
	}
	for _, trade := range models.Trades {
		code := string(trade)
		options = append(options, components.Option{Value: code, Label: trades.Name(code), Help: trades.Help(code), Icon: icons[trade]})
	}
	return options
}
