package forms

import "dangol/models"

// Enrol is a new customer at the counter or in the office.
type Enrol struct {
	Phone    string `form:"phone"`
	Name     string `form:"name"`
	Email    string `form:"email"`
	Calendar string `form:"birth_calendar"`
	Year     string `form:"birth_year"`
	Month    string `form:"birth_month"`
	Day      string `form:"birth_day"`
	Agreed   string `form:"agreed"`   // "on"
	AdSMS    string `form:"ad_sms"`   // "on"
	AdEmail  string `form:"ad_email"` // "on"
	Night    string `form:"night"`    // "on"
	Problems Problems
}

// Agreement is what was ticked.
func (f Enrol) Agreement() *models.Agreement {
	a := &models.Agreement{Membership: f.Agreed != "", Night: f.Night != ""}
	if f.AdSMS != "" {
		a.Advertising = append(a.Advertising, models.BySMS)
	}
	if f.AdEmail != "" {
		a.Advertising = append(a.Advertising, models.ByEmail)
	}
	return a
}

// Birth is the birthday as told, nil where none was. The error is models.Invalid at "birth".
func (f Enrol) Birth() (*models.Birth, error) {
	if f.Month == "" && f.Day == "" && f.Year == "" {
		return nil, nil
	}
	var faults models.Faults
	number := func(text string) int {
		n, err := Count("birth", text)
		if err != nil {
			faults.Add("birth", "bad_date", nil)
		}
		return int(min(n, 9999))
	}
	birth := models.Birth{Calendar: f.Calendar, Year: number(f.Year), Month: number(f.Month), Day: number(f.Day)}
	if len(faults) > 0 {
		return nil, faults[:1].Err()
	}
	return &birth, nil
}

// Earn is a purchase typed at the counter.
type Earn struct {
	Amount   string `form:"amount"`
	Count    string `form:"count"`  // where the programme counts things: drinks for stamps
	Coupon   int64  `form:"coupon"` // 0: none
	Problems Problems
}

// Redeem is points used as money.
type Redeem struct {
	Points   string `form:"points"`
	Amount   string `form:"amount"` // of the order, where the terms limit the share
	Problems Problems
}

// Grant is something given, or taken, by hand.
type Grant struct {
	Kind     string `form:"kind"`   // "points", or the code of a coupon kind
	Take     string `form:"take"`   // "on": points are taken instead
	Points   string `form:"points"` // with kind "points"
	Reason   string `form:"reason"` // code
	Note     string `form:"note"`   // inside only
	Message  string `form:"message"`
	Confirm  string `form:"confirm"` // the number typed again, where many people are meant
	Password string `form:"password"`
	Problems Problems
}
