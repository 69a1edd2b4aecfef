package main

import (
	"time"

	"github.com/a-h/templ"

	"dangol/views/components"
	"dangol/views/forms"
	"dangol/views/i18n"
	"dangol/views/pages"
)

func mapping(p *i18n.Printer) pages.MappingView {
	return pages.MappingView{
		ID: 3, File: say(p, "2025년 판매내역.csv", "sales-2025.csv"), Encoding: "cp949", Delimiter: ",", Mode: "record", Modes: []string{"record", "opening", "as_if"},
		Header: []string{"휴대폰", "이름", "결제일", "금액", "주문번호", "메모"}, Fields: []string{"phone", "name", "date", "amount", "order", ""},
		Known: []string{"phone", "name", "email", "ext", "birth", "date", "time", "amount", "order", "item", "quantity", "points", "expires"},
		Rows: [][]string{
			{"1012345678", "김민지", "2025-11-02 14:20", "12,000", "A1021", ""}, {"010-9876-0042", "남궁보람", "2025-11-02 15:02", "8,500", "A1022", "창가"},
			{"010 5555 1234", "이산", "45964", "23,000", "A1023", ""},
		},
	}
}

func counts() pages.ImportCounts {
	return pages.ImportCounts{Rows: 69659, New: 69120, Known: 412, Errors: 127, Customers: 23570, Filled: 18, Late: 31, Amount: 2415000000, First: day("2024-01-02"), Last: day("2026-11-21"), Repairs: []pages.ImportRepair{{Kind: "phone_zero", N: 812}, {Kind: "date_serial", N: 40}}}
}

func faults(p *i18n.Printer) []pages.ImportFault {
	return []pages.ImportFault{
		{Line: 18, Column: say(p, "휴대폰", "phone"), Cell: "12-34", Code: "phone_unreadable"}, {Line: 204, Column: say(p, "금액", "amount"), Cell: "-3,000", Code: "amount_negative"},
		{Line: 1180, Column: say(p, "결제일", "date"), Cell: "2027-13-01", Code: "date_not_there"}, {Line: 2001, Code: "ragged"},
	}
}

func importStories() []story {
	body := func(state string) func(p *i18n.Printer) templ.Component {
		return func(p *i18n.Printer) templ.Component {
			v := pages.ImportView{ID: 3, File: say(p, "2025년 판매내역.csv", "sales-2025.csv"), State: state, Counts: counts(), Faults: faults(p), CanRun: true, CanUndo: true, Key: "k"}
			if state == "running" {
				v.Faults, v.Job = nil, &components.JobProps{Done: 31200, Total: 69120, Line: p.Common.PerSecond(p.Number(4820)) + " · " + p.Common.TimeLeft(p.Duration(8*time.Second)), Tag: "31200"}
			}
			if state == "done" {
				v.Counts.Points, v.Counts.Earned, v.Counts.Expired, v.Counts.Open = true, 2415000, 812000, 1603000
			}
			return pages.Import(v)
		}
	}
	return []story{
		{name: "imports/list", show: func(p *i18n.Printer) templ.Component {
			return pages.Imports(pages.ImportsView{CanNew: true, Rows: []pages.ImportRow{
				{ID: 3, File: say(p, "2025년 판매내역.csv", "sales-2025.csv"), Rows: 69659, State: "running", At: now, By: say(p, "이보라", "Bora")},
				{ID: 2, File: "members.csv", Rows: 1204, State: "done", At: now.Add(-80 * time.Hour), By: say(p, "이보라", "Bora")},
				{ID: 1, File: "wrong.csv", Rows: 12, State: "undone", At: now.Add(-900 * time.Hour), By: say(p, "이보라", "Bora")},
			}})
		}},
		{name: "imports/empty", show: func(*i18n.Printer) templ.Component { return pages.Imports(pages.ImportsView{CanNew: true}) }},
		{name: "imports/new", show: func(p *i18n.Printer) templ.Component {
			return pages.NewImport(pages.NewImportView{Problems: forms.Problems{"file": p.Fault("file_not_csv", nil)}})
		}},
		{name: "imports/mapping", show: func(p *i18n.Printer) templ.Component { return pages.Mapping(mapping(p)) }},
		{name: "imports/mapping-faults", show: func(p *i18n.Printer) templ.Component {
			v := mapping(p)
			v.AskOrder, v.Problems = true, forms.Problems{"field_1": p.Fault("taken", nil), "": p.Fault("invalid", nil)}
			return pages.Mapping(v)
		}},
		{name: "imports/checked", show: body("checked")},
		{name: "imports/running", show: body("running")},
		{name: "imports/done", show: body("done")},
		{name: "imports/failed", show: body("failed")},
		{name: "staff/list", show: staffPage(false)},
		{name: "staff/invited", show: staffPage(true)},
		{name: "staff/member", show: func(p *i18n.Printer) templ.Component {
			return pages.Member(pages.MemberView{Row: pages.StaffRow{ID: 2, Name: say(p, "정하나", "Hana Jung"), Email: "hana@bomnal.kr", Role: "manager"}, Roles: roles, Stores: stores(p), Chosen: map[int64]bool{1: true}})
		}},
		{name: "settings/index", show: func(p *i18n.Printer) templ.Component {
			return pages.Settings(pages.SettingsView{CanShop: true, Form: forms.Shop{Name: say(p, "봄날 커피", "Bomnal Coffee"), Contact: "02-123-4567", Ticket: "12,000", Margin: "65"}, Links: pages.SettingsLinks{Staff: true, Keys: true, Refunds: true, Imports: true, Poster: true}})
		}},
		{name: "settings/keys", show: keysPage(false)},
		{name: "settings/key-made", show: keysPage(true)},
		{name: "settings/refunds", show: func(*i18n.Printer) templ.Component {
			return pages.Refunds(pages.RefundsView{Rows: []pages.RefundRow{{Source: "pos", Order: "A1021", Amount: 12000, Since: now.Add(-5 * time.Hour), Drops: day("2026-12-22")}}})
		}},
		{name: "settings/audit", show: func(p *i18n.Printer) templ.Component {
			return pages.Audit(pages.AuditView{Kinds: []string{"customer", "key"}, Rows: []pages.AuditRow{
				{What: p.Audit.Act("customer.phone"), Subject: p.Audit.Subject("customer", "17"), Href: "/customers/17", Who: say(p, "이보라", "Bora Lee"), When: now.Add(-time.Hour)},
				{What: p.Audit.Act("key.make"), Subject: p.Audit.Subject("key", "3"), When: now.Add(-30 * time.Hour)},
			}})
		}},
		{name: "settings/second-factor", show: func(*i18n.Printer) templ.Component {
			return pages.SecondFactor(pages.SecondFactorView{Needed: true, New: pages.NewFactor{Key: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", Address: "otpauth://totp/Dangol:bora@bomnal.kr?issuer=Dangol&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", Sealed: "x"}})
		}},
		{name: "settings/second-factor-on", show: func(*i18n.Printer) templ.Component {
			return pages.SecondFactor(pages.SecondFactorView{On: true, CanRule: true, Codes: []string{"k3jd-92ms-xq7a-p4tz", "m2pq-77hd-a9xk-w3rt"}})
		}},
		{name: "settings/confirm", show: func(*i18n.Printer) templ.Component {
			return pages.Confirm(pages.ConfirmView{Action: "/settings/keys", Fields: []pages.HiddenField{{Name: "name", Value: "POS"}}})
		}},
		{name: "settings/refunds-empty", show: func(*i18n.Printer) templ.Component { return pages.Refunds(pages.RefundsView{}) }},
		{name: "settings/password", show: func(*i18n.Printer) templ.Component { return pages.Password(forms.NewPassword{}) }},
		{name: "settings/sessions", show: func(p *i18n.Printer) templ.Component {
			return pages.Sessions(pages.SessionsView{Sessions: []pages.SessionRow{{Handle: "a", Device: "Chrome · Android", Address: "203.0.113.7", Since: p.DateTime(now.Add(-80 * time.Hour)), Seen: p.Ago(now), Here: true}, {Handle: "b", Address: "198.51.100.2", Since: p.DateTime(now.Add(-900 * time.Hour)), Seen: p.DateTime(now.Add(-400 * time.Hour))}}})
		}},
		{name: "failure/404", show: func(*i18n.Printer) templ.Component { return pages.Failure(pages.FailureView{Status: 404}) }, tune: signedOut},
		{name: "failure/500", show: func(*i18n.Printer) templ.Component {
			return pages.Failure(pages.FailureView{Status: 500, RequestID: "9f2c41"})
		}, tune: signedOut},
	}
}

var roles = []string{"admin", "marketer", "manager", "clerk", "viewer"}

func stores(p *i18n.Printer) []pages.StoreChoice {
	return []pages.StoreChoice{{ID: 1, Name: say(p, "성수점", "Seongsu")}, {ID: 2, Name: say(p, "망원점", "Mangwon")}}
}

func staffPage(invited bool) func(p *i18n.Printer) templ.Component {
	return func(p *i18n.Printer) templ.Component {
		v := pages.StaffView{CanEdit: true, Roles: roles, Stores: stores(p), Form: forms.Invite{Role: "clerk"}, People: []pages.StaffRow{
			{ID: 1, Name: say(p, "이보라", "Bora Lee"), Email: "bora@bomnal.kr", Role: "owner", Seen: now, You: true},
			{ID: 2, Name: say(p, "정하나", "Hana Jung"), Email: "hana@bomnal.kr", Role: "manager", Stores: say(p, "성수점", "Seongsu"), Seen: now.Add(-50 * time.Hour), CanEdit: true},
			{ID: 3, Email: "new@bomnal.kr", Role: "clerk", Waiting: true, CanEdit: true},
			{ID: 4, Name: say(p, "박서준", "Seojun Park"), Email: "seojun@bomnal.kr", Role: "clerk", Off: true, Seen: now.Add(-900 * time.Hour), CanEdit: true},
		}}
		if invited {
			v.Link, v.LinkFor = "https://bomnal.kr/invite/8Qk2vX0r5pA7", "new@bomnal.kr"
		} else {
			v.Form.Email, v.Form.Problems = "new@", forms.Problems{"email": p.Fault("bad_email", nil)}
		}
		return pages.Staff(v)
	}
}

func keysPage(made bool) func(p *i18n.Printer) templ.Component {
	return func(p *i18n.Printer) templ.Component {
		v := pages.KeysView{Scopes: []string{"orders", "redemptions", "customers:read", "customers", "programs:read", "programs", "publish"}, Form: forms.Key{Scopes: []string{"orders", "redemptions"}}}
		if made {
			v.Made, v.Curl = "dgl_3f9a2bK7mQ2rT8vX1zLwP0sD4eYc6HnJ", "curl https://bomnal.kr/api/v1/orders \\\n  -H 'Authorization: Bearer dgl_3f9a2bK7mQ2r…' \\\n  -H 'Idempotency-Key: first-try' \\\n  -d '{\"external_id\": \"A1\", \"total\": 12000}'"
			v.Rows = []pages.KeyRow{
				{ID: 1, Name: say(p, "1층 계산 프로그램", "Till"), Start: "dgl_3f9a2b…", Source: "pos", Scopes: []string{"orders", "redemptions"}, Used: now.Add(-2 * time.Minute)},
				{ID: 2, Name: "Cafe24", Start: "dgl_77c1aa…", Source: "cafe24", Scopes: []string{"orders", "customers"}, Revoked: true},
			}
		}
		return pages.Keys(v)
	}
}
