package handlers

import (
	"fmt"
	"strings"
	"testing"

	"dangol/models/conditions"
	"dangol/models/terms"
)

// earning leaves one rule in the terms, which pays a point for each won that counts.
func earning(change func(*terms.Terms, *terms.Rule)) func(*terms.Terms) {
	return func(doc *terms.Terms) {
		doc.Earning = doc.Earning[:1]
		rule := &doc.Earning[0]
		rule.Award, rule.Rounding, rule.Cap = terms.Formula{Kind: terms.Rate, Rate: terms.Ratio{Num: 1, Den: 1}}, terms.Rounding{}, 0
		change(doc, rule)
	}
}

func (k *till) joins(number string) {
	k.t.Helper()
	k.send("POST", "/customers", fmt.Sprintf(`{"name": "김마야", "external_id": %q, "consents": {"membership": true}}`, number)).is(201)
}

// What a till says of an order reaches the rules that ask for it: when it is quoted, when it is posted, and when it is given
// other content.
func TestRulesSeeTheWholeOrder(t *testing.T) {
	t.Parallel()
	where := func(field conditions.Field, text string) func(*terms.Terms, *terms.Rule) {
		return func(_ *terms.Terms, r *terms.Rule) {
			r.If.Where = conditions.Where(field, conditions.In, conditions.Text(text))
		}
	}
	only := func(label string) func(*terms.Terms, *terms.Rule) {
		return func(_ *terms.Terms, r *terms.Rule) { r.If.Labels.Only = []string{label} }
	}
	const line, other = `{"quantity": 1, "amount": 6000, "tax": 545%s}`, `{"quantity": 1, "amount": 5000, "tax": 400}`
	lines := func(said string) string { return `, "lines": [` + fmt.Sprintf(line, said) + `, ` + other + `]` }
	for name, c := range map[string]struct {
		terms         func(*terms.Terms, *terms.Rule)
		with, less    string
		pays, without int
	}{
		"label of a line":          {only("new"), lines(`, "labels": ["new"]`), lines(``), 6_000, 0},
		"label of the order":       {only("new"), lines(``) + `, "labels": ["new"]`, lines(``), 11_000, 0},
		"without lines":            {only("new"), `, "labels": ["sale", "new"]`, `, "labels": ["sale"]`, 11_000, 0},
		"condition on a label":     {where(conditions.Label, "vip"), lines(`, "labels": ["vip"]`), lines(``), 11_000, 0},
		"condition on the order's": {where(conditions.Label, "vip"), `, "labels": ["vip"]`, ``, 11_000, 0},
		"payment":                  {where(conditions.Payment, "card"), `, "payments": ["voucher", "card"]`, `, "payments": ["cash"]`, 11_000, 0},
		"before tax":               {func(d *terms.Terms, _ *terms.Rule) { d.Basis.BeforeTax = true }, `, "tax": 1000`, ``, 10_000, 11_000},
		"tax is in it":             {func(*terms.Terms, *terms.Rule) {}, `, "tax": 1000`, ``, 11_000, 11_000},
		"before the lines' tax":    {func(d *terms.Terms, _ *terms.Rule) { d.Basis.BeforeTax = true }, lines(``), ``, 10_055, 11_000},
		"items before tax": {func(d *terms.Terms, r *terms.Rule) {
			d.Basis, r.If.Labels.Only = terms.Basis{Items: true, BeforeTax: true}, []string{"new"}
		}, lines(`, "labels": ["new"]`), lines(``), 5_455, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := newTillWith(t, earning(c.terms))
			k.joins("M1")
			order := func(said string) string { return `"customer": {"external_id": "M1"}, "total": 11000` + said + `}` }
			pays := func(a *told, points int) {
				t.Helper()
				if got := a.at("awards/0/points"); points == 0 && got != nil || points > 0 && fmt.Sprint(got) != fmt.Sprint(points) {
					t.Errorf("earns %v, want %d: %s", got, points, a.Body)
				}
			}
			pays(k.send("POST", "/programs/shop/quotes", `{`+order(c.with)).is(200), c.pays)
			pays(k.send("POST", "/programs/shop/quotes", `{`+order(c.less)).is(200), c.without)
			pays(k.send("POST", "/orders", `{"external_id": "A1", `+order(c.with)).is(201), c.pays)
			pays(k.send("POST", "/orders", `{"external_id": "A2", `+order(c.less)).is(201), c.without)
			pays(k.send("PUT", "/orders/A1", `{"revision": 2, `+order(c.less)).is(200), c.without)
			pays(k.send("PUT", "/orders/A1", `{"revision": 3, `+order(c.with)).is(200), c.pays)
			pays(k.send("PUT", "/orders/A1", `{"revision": 3, `+order(c.with)).is(200), c.pays) // told again
			k.send("POST", "/orders/A1/refunds", `{"external_id": "F1", "amount": 5500}`).is(201).has("balances/0/available", c.without+c.pays-c.pays/2)
			k.sound()
		})
	}
}

// The words and the tax of an order are part of what its number stands for, in whatever order the words are said.
func TestWordsAndTaxAreContent(t *testing.T) {
	t.Parallel()
	k := newTill(t)
	const order = `{"external_id": "A1", "total": 1000, "tax": 90, "payments": ["card", "cash"], "labels": ["gift"], "lines": [{"quantity": 1, "amount": 1000, "tax": 90, "labels": ["b", "a"]}]}`
	k.send("POST", "/orders", order).is(201)
	if again := k.send("POST", "/orders", strings.NewReplacer(`"card", "cash"`, `"cash", "card", "cash"`, `"b", "a"`, `"a", "b"`, `"tax": 90, "pay`, `"pay`).Replace(order)).is(201); again.Header().Get("Idempotency-Replayed") != "true" {
		t.Error("the same order, said in another way, is not known again")
	}
	for field, change := range map[string][2]string{
		"tax": {`"tax": 90, "pay`, `"tax": 91, "pay`}, "payments": {`"card", `, ``}, "labels": {`"gift"`, `"sale"`}, "lines": {`"b", "a"`, `"a"`},
	} {
		k.send("POST", "/orders", strings.Replace(order, change[0], change[1], 1)).is(409).has("errors/0/pointer", "/"+field).has("errors/1", nil)
	}
	k.send("POST", "/orders", strings.Replace(order, `"amount": 1000, "tax": 90`, `"amount": 1000, "tax": 80`, 1)).is(409).has("errors/0/pointer", "/lines")
	for _, bad := range [][3]string{
		{`"tax": 1001`, "/tax", "more_than_whole"}, {`"tax": -1`, "/tax", "negative"}, {`"labels": [""]`, "/labels/0", "required"}, {`"payments": ["a\u0000"]`, "/payments/0", "bad_text"},
		{`"labels": [` + strings.Repeat(`"x", `, 20) + `"x"]`, "/labels", "too_many"}, {`"tax": 1, "lines": [{"quantity": 1, "amount": 9, "tax": 2}]`, "/tax", "less_than_lines"},
		{`"lines": [{"quantity": 1, "amount": 9, "tax": 10}]`, "/lines/0/tax", "more_than_whole"}, {`"lines": [{"quantity": 1, "amount": 9, "labels": [7]}]`, "/lines/0/labels/0", "bad_text"},
	} {
		k.send("POST", "/orders", `{"external_id": "B1", "total": 1000, `+bad[0]+`}`).is(422).has("errors/0/pointer", bad[1]).has("errors/0/code", bad[2])
	}
}
