// Package i18n holds every word that a screen shows, in Korean and English, and the way numbers, money, dates, phones and
// names are written in each.
//
// The catalogues are structs: a template that asks for a word which does not exist fails to compile, and a test refuses a
// word that stands in one language only.
package i18n

import (
	"context"
	"strings"
	"time"
)

// Locale is a language of the screens.
type Locale string

// The languages.
const (
	Korean  Locale = "ko"
	English Locale = "en"
)

// Locales lists the languages in the order in which a chooser shows them.
var Locales = []Locale{Korean, English}

// Name is the language's own name for itself.
func (l Locale) Name() string {
	if l == English {
		return "English"
	}
	return "한국어"
}

// Match picks the language for an Accept-Language header, or for a stored preference. Whoever asks for neither gets Korean
// only when the header is silent; a reader of another language is likelier to read English.
func Match(preference string) Locale {
	for part := range strings.SplitSeq(preference, ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		switch tag, _, _ := strings.Cut(strings.ToLower(tag), "-"); tag {
		case "ko":
			return Korean
		case "en":
			return English
		}
	}
	if strings.TrimSpace(preference) == "" || preference == "*" {
		return Korean
	}
	return English
}

// Unit is what a programme's points are called on the screen, in the reader's language.
type Unit struct {
	Name     string // "포인트", "스탬프", "points"
	Suffix   string // joined to the number as it is: "P", "원", "개", " pts"
	One      string // the suffix of exactly 1 where it differs: " pt"; "" is Suffix
	Decimals int    // of the smallest unit in which balances are kept
}

// Points is the unit of a shop that has not chosen another.
func Points(l Locale) Unit {
	if l == English {
		return Unit{Name: "points", Suffix: " pts", One: " pt"}
	}
	return Unit{Name: "포인트", Suffix: "P"}
}

// Printer writes for one reader: the words of a language, and numbers and times as the shop counts them.
type Printer struct {
	*Words
	Locale   Locale
	Zone     *time.Location // the shop's
	Currency string         // ISO 4217
	Unit     Unit           // of the shop's points
	Now      time.Time      // the shop's business time, for "3 hours ago"
}

// New gives a printer for a Korean shop that reads l; the caller sets what differs.
func New(l Locale) *Printer {
	words := &korean
	if l == English {
		words = &english
	}
	return &Printer{Words: words, Locale: l, Zone: seoul, Currency: "KRW", Unit: Points(l)}
}

var seoul = time.FixedZone("KST", 9*60*60)

type contextKey struct{}

// With puts the printer of this request in the context, where the templates find it.
func With(ctx context.Context, p *Printer) context.Context {
	return context.WithValue(ctx, contextKey{}, p)
}

// From is the printer of this request; Korean where nobody has set one.
func From(ctx context.Context) *Printer {
	if p, ok := ctx.Value(contextKey{}).(*Printer); ok {
		return p
	}
	return New(Korean)
}
