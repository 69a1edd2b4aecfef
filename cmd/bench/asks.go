package main

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/url"

	"github.com/PuerkitoBio/goquery"

	"dangol/views/paths"
)

// lists are pages of every view, at the beginning, and of everybody anywhere.
func (s *site) lists() (all []ask) {
	for _, id := range s.people[:40] {
		after := base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, `{"i":%d}`, id))
		all = append(all, ask{path: paths.CustomersWith("", "", "", after)})
	}
	for _, view := range []string{"", "expiring", "birthday", "away", "tier"} {
		all = append(all, ask{path: paths.CustomersWith("", view, "", "")})
	}
	return append(all, ask{path: paths.CustomersWith("", "tier", "vip", "")})
}

func (s *site) digits() (all []ask) {
	for _, id := range s.people {
		all = append(all, ask{path: fmt.Sprintf("%s?q=%04d", paths.Lookup, id*7%10_000), part: true})
	}
	return all
}

func (s *site) persons() (all []ask) {
	for i, id := range s.people {
		path := paths.Customer(id)
		if tab := []string{"", "ledger", "coupons", "tiers"}[i%4]; tab != "" {
			path += "?tab=" + tab
		}
		all = append(all, ask{path: path})
	}
	return all
}

// cells are the first pages of all 25.
func (s *site) cells() (all []ask) {
	for r := 1; r <= 5; r++ {
		for f := 1; f <= 5; f++ {
			all = append(all, ask{path: paths.Cell(r, f)})
		}
	}
	return all
}

// places are parts of the lists of all cells, behind people who stand anywhere in them.
func (s *site) places() (all []ask) {
	for _, p := range s.standing {
		all = append(all, ask{path: paths.CellAfter(p.Recency, p.Frequency, fmt.Sprintf("0.%d.%d", p.LastOn, p.ID)), part: true})
	}
	return all
}

// standing is where a customer stands on the map.
type standing struct {
	ID        int64
	Recency   int
	Frequency int
	LastOn    int // days since 1970
}

// rates are the programme as its page shows it, at other rates.
func (s *site) rates() (all []ask) {
	for _, rate := range []string{"1", "1.5", "2", "2.5", "3", "4"} {
		form := url.Values{}
		for name, values := range s.program {
			form[name] = values
		}
		form.Set("rate", rate)
		all = append(all, ask{path: paths.Preview, part: true, form: form})
	}
	return all
}

// readProgram keeps what the programme's form would send.
func (s *site) readProgram(ctx context.Context) error {
	page, err := s.read(ctx, paths.Program)
	if err != nil {
		return err
	}
	s.program = url.Values{}
	page.Find("form:has([name=rate])").Find("input[name], select[name]").Each(func(_ int, field *goquery.Selection) {
		name, _ := field.Attr("name")
		value, _ := field.Attr("value")
		if chosen := field.Find("option[selected]"); chosen.Length() > 0 {
			value, _ = chosen.Attr("value")
		}
		kind, _ := field.Attr("type")
		if _, on := field.Attr("checked"); on || kind != "checkbox" && kind != "radio" {
			s.program.Add(name, value)
		}
	})
	if !s.program.Has("rate") {
		return fmt.Errorf("%s has no rate to change", paths.Program)
	}
	return nil
}
