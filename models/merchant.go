package models

import "time"

// Trade is the kind of shop; it chooses the default programme and the words.
type Trade string

// The trades of the default programmes.
const (
	TradeUnknown    Trade = "unknown"
	TradeCafe       Trade = "cafe"
	TradeRestaurant Trade = "restaurant"
	TradeBeauty     Trade = "beauty"
	TradeRetail     Trade = "retail"
	TradeOnline     Trade = "online"
)

// Trades lists every trade in the order in which a chooser shows them.
var Trades = []Trade{TradeCafe, TradeRestaurant, TradeBeauty, TradeRetail, TradeOnline, TradeUnknown}

// Merchant is a shop: the owner of every other row. A sandbox is a merchant with invented customers and a frozen clock.
type Merchant struct {
	ID             int64
	Name           string
	Trade          Trade
	Zone           string // IANA name; fixed after the first order
	Currency       string // ISO 4217; fixed after the first order
	Sandbox        bool
	Demo           bool
	ClockAt        *time.Time // a sandbox's business time
	ClockTarget    *time.Time // where it is moving to
	FirstOrderAt   *time.Time
	FirstPostingAt *time.Time
	MedianTicket   int64 // minor units
	MarginPercent  int
	Settings       []byte // JSON, see Settings
	CreatedAt      time.Time
}

// Settings are the shop's switches, stored as JSON.
type Settings struct {
	Features      []string `json:"features,omitempty"`       // switched on: "tiers", "coupons" …; none: the small menu
	ShownCounts   bool     `json:"shown_counts,omitempty"`   // a notice shown on a screen counts as told
	ExpireUntold  bool     `json:"expire_untold,omitempty"`  // sandboxes only: expire without notices
	CustomerWord  string   `json:"customer_word,omitempty"`  // "손님" or "고객"
	MailFrom      string   `json:"mail_from,omitempty"`      // sender's address
	NeedFactor    bool     `json:"need_factor,omitempty"`    // owners and admins need a second factor
	SetupDone     []string `json:"setup_done,omitempty"`     // checklist items that the owner has put away
	PublicContact string   `json:"public_contact,omitempty"` // shown on the terms page
}

// MerchantParams is what the wizard, the settings page and the command line give.
type MerchantParams struct {
	Name         string
	Trade        Trade
	Zone         string
	Currency     string
	MedianTicket int64
	Sandbox      bool
	Clock        time.Time // a sandbox's first business moment
}

// Store is a place of a merchant.
type Store struct {
	MerchantID int64
	ID         int64
	Code       string
	Name       string
	ClosedAt   *time.Time
	CreatedAt  time.Time
}
