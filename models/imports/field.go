package imports

import (
	"crypto/sha256"
	"slices"
	"strings"
	"unicode"

	"dangol/models"
)

// Field is what a column means. The empty field is a column that is not read.
type Field string

// The fields. Ext, phone and e-mail name a customer; date and amount make a row a purchase.
const (
	Ignore   Field = ""
	Ext      Field = "ext" // the shop's own number of the customer
	Phone    Field = "phone"
	Email    Field = "email"
	Name     Field = "name"
	Birth    Field = "birth"
	OrderID  Field = "order"
	Date     Field = "date" // of the purchase, with or without a time
	Time     Field = "time" // where it has a column of its own
	Amount   Field = "amount"
	Quantity Field = "quantity"
	Item     Field = "item"
	Points   Field = "points"  // opening balance
	Expires  Field = "expires" // its last day
)

// Fields lists the fields in the order in which a chooser shows them.
var Fields = []Field{Phone, Name, Email, Ext, Birth, Date, Time, Amount, OrderID, Item, Quantity, Points, Expires}

// Mapping gives each column of a file its field.
type Mapping []Field

// Column gives the index of the column of a field, -1 if there is none.
func (m Mapping) Column(f Field) int { return slices.Index(m, f) }

// Has says whether a column has one of the fields.
func (m Mapping) Has(fields ...Field) bool {
	return slices.ContainsFunc(fields, func(f Field) bool { return m.Column(f) >= 0 })
}

// Check says what the mapping lacks for a mode. Errors: models.Invalid, fields "mapping" and "mode".
func (m Mapping) Check(mode Mode) error {
	var faults models.Faults
	for i, f := range m {
		if f != Ignore && !slices.Contains(Fields, f) {
			faults.Add("mapping", "field_unknown", map[string]any{"field": string(f)})
		} else if f != Ignore && slices.Contains(m[:i], f) {
			faults.Add("mapping", "field_twice", map[string]any{"field": string(f)})
		}
	}
	if !m.Has(Ext, Phone, Email) {
		faults.Add("mapping", "no_customer_column", nil)
	}
	if m.Has(Date) != m.Has(Amount) {
		faults.Add("mapping", "date_without_amount", nil)
	}
	switch {
	case !mode.Valid():
		faults.Add("mode", "unknown", nil)
	case mode == AsIf && !m.Has(Date):
		faults.Add("mode", "no_purchases", nil)
	case mode == Opening && !m.Has(Points):
		faults.Add("mode", "no_points", nil)
	case mode == Opening && m.Has(Date, Amount):
		faults.Add("mode", "points_and_purchases", nil)
	}
	return faults.Err()
}

// synonyms are headers as tills, shops and people write them, without spaces, punctuation and case.
var synonyms = map[Field][]string{
	Ext: {"customerid", "custid", "customerno", "customernumber", "customercode", "customer", "memberid", "memberno", "membernumber", "membercode", "userid",
		"고객번호", "고객id", "고객아이디", "고객코드", "고객식별번호", "회원번호", "회원id", "회원아이디", "회원코드", "아이디", "손님번호", "멤버십번호", "카드번호"},
	Phone: {"phone", "phoneno", "phonenumber", "mobile", "mobileno", "mobilephone", "mobilenumber", "cell", "cellphone", "tel", "telephone", "contact", "hp",
		"휴대폰", "휴대폰번호", "휴대전화", "휴대전화번호", "핸드폰", "핸드폰번호", "전화", "전화번호", "연락처", "고객연락처", "회원연락처", "주문자연락처", "구매자연락처", "주문자휴대폰", "구매자휴대폰", "주문자휴대전화", "주문자전화번호", "구매자전화번호", "모바일"},
	Email: {"email", "emailaddress", "mail", "이메일", "이메일주소", "메일", "메일주소", "전자우편"},
	Name:  {"name", "fullname", "customername", "membername", "buyername", "이름", "성명", "성함", "고객명", "고객이름", "회원명", "회원이름", "손님이름", "주문자", "주문자명", "주문자이름", "구매자", "구매자명", "구매자이름"},
	Birth: {"birthday", "birthdate", "birth", "dateofbirth", "dob", "생일", "생년월일", "생일날짜", "출생일"},
	OrderID: {"orderid", "orderno", "ordernumber", "order", "receipt", "receiptno", "receiptnumber", "invoice", "invoiceno", "transactionid", "transactionno", "billno",
		"주문번호", "주문서번호", "상품주문번호", "영수증번호", "거래번호", "승인번호", "결제번호", "전표번호", "판매번호"},
	Date: {"date", "orderdate", "orderedat", "purchasedate", "purchasedat", "transactiondate", "saledate", "salesdate", "paidat", "paymentdate", "datetime", "timestamp", "createdat", "placedat",
		"날짜", "일자", "일시", "구매일", "구매일자", "구매일시", "구매날짜", "주문일", "주문일자", "주문일시", "주문날짜", "결제일", "결제일자", "결제일시", "결제날짜", "거래일", "거래일자", "거래일시", "판매일", "판매일자", "판매일시", "방문일", "방문일자", "매출일", "매출일자", "영업일", "영업일자"},
	Time: {"time", "ordertime", "purchasetime", "transactiontime", "paymenttime", "시간", "시각", "주문시간", "결제시간", "결제시각", "구매시간", "거래시간", "판매시간"},
	Amount: {"amount", "total", "totalamount", "ordertotal", "price", "sales", "revenue", "value", "dollarvalue", "paid", "paidamount", "payment", "paymentamount", "grandtotal", "spend",
		"금액", "결제금액", "결제액", "총결제금액", "실결제금액", "최종결제금액", "구매금액", "구매액", "총구매금액", "주문금액", "총주문금액", "판매금액", "판매액", "매출", "매출액", "매출금액", "실매출", "실매출액", "거래금액", "승인금액", "합계", "합계금액", "총액", "총금액"},
	Quantity: {"quantity", "qty", "count", "units", "items", "numberofitems", "수량", "개수", "구매수량", "주문수량", "판매수량"},
	Item:     {"item", "itemname", "product", "productname", "menu", "description", "상품", "상품명", "품목", "품명", "메뉴", "메뉴명", "제품", "제품명", "시술", "시술명"},
	Points: {"points", "point", "balance", "pointbalance", "pointsbalance", "availablepoints", "stars", "stamps",
		"포인트", "적립금", "보유포인트", "보유적립금", "잔여포인트", "잔여적립금", "가용포인트", "가용적립금", "현재포인트", "현재적립금", "스탬프", "스탬프수", "마일리지", "잔액"},
	Expires: {"expires", "expireson", "expiry", "expirydate", "expirationdate", "validuntil", "소멸일", "소멸일자", "소멸예정일", "만료일", "만료일자", "유효기간", "유효기한"},
}

var fieldOf = func() map[string]Field {
	byName := make(map[string]Field)
	for field, names := range synonyms {
		for _, name := range names {
			byName[name] = field
		}
	}
	return byName
}()

// bareHeader leaves of a header what synonyms are compared by: letters and digits, without what stands in brackets.
func bareHeader(header string) string {
	if cut := strings.IndexAny(header, "([{（"); cut > 0 {
		header = header[:cut]
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, header)
}

// GuessMapping proposes a field for each header by the synonyms; the first column of a field gets it.
func GuessMapping(header []string) Mapping {
	m := make(Mapping, len(header))
	for i, h := range header {
		if f := fieldOf[bareHeader(h)]; f != Ignore && !slices.Contains(m[:i], f) {
			m[i] = f
		}
	}
	return m
}

// IsHeader says whether a first row names columns rather than holding values: one of its cells is a known header, or none
// of them holds a number.
func IsHeader(cells []string) bool {
	digits := false
	for _, c := range cells {
		if fieldOf[bareHeader(c)] != Ignore {
			return true
		}
		digits = digits || strings.ContainsAny(c, "0123456789")
	}
	return !digits
}

// headerHash names a header, whatever its case and spacing, so that its mapping is remembered.
func headerHash(header []string) []byte {
	bare := make([]string, len(header))
	for i, h := range header {
		bare[i] = strings.ToLower(strings.Join(strings.Fields(h), " "))
	}
	sum := sha256.Sum256([]byte(strings.Join(bare, "\x1f")))
	return sum[:]
}
