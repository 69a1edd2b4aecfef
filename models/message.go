package models

import "time"

// MessageTemplate names the words of a message; views/emails has them in both languages.
type MessageTemplate string

// The templates. All of them inform; none advertises.
const (
	MessageInvitation      MessageTemplate = "invitation"       // Token, Shop, By
	MessageReset           MessageTemplate = "reset"            // Token, Shop
	MessagePasswordChanged MessageTemplate = "password_changed" // no more than the name
	MessageExpiryNotice    MessageTemplate = "expiry_notice"    // Shop, Points, Balance, ExpiresOn
	MessageTermsChange     MessageTemplate = "terms_change"     // Shop, StartsOn, Losses
)

// MessageData is what a template prints. It is erased with the customer, and a token as soon as the message is on its way.
type MessageData struct {
	Name      string `json:"name,omitempty"`       // of the reader
	Shop      string `json:"shop,omitempty"`       //
	By        string `json:"by,omitempty"`         // who invites
	Role      Role   `json:"role,omitempty"`       // as which
	Token     string `json:"token,omitempty"`      // of a one-time link
	Points    int64  `json:"points,omitempty"`     // that will expire, in the unit's smallest part
	Balance   int64  `json:"balance,omitempty"`    // that can be used now
	Unit      string `json:"unit,omitempty"`       // code of the points' unit in the programme
	ExpiresOn string `json:"expires_on,omitempty"` // last day of use, 2006-01-02
	StartsOn  string `json:"starts_on,omitempty"`  // first day of new terms
	Losses    []Loss `json:"losses,omitempty"`     // in which they are worse
}

// Message is a row of the outbox: what one person is told. It is written in the transaction of what it tells.
type Message struct {
	MerchantID int64
	ID         int64
	Template   MessageTemplate
	Recipient  string // e-mail address
	CustomerID int64  // 0: a member of staff
	Locale     string // "ko" or "en"
	Data       MessageData
	Attempts   int // so far
	CreatedAt  time.Time
}
