// Package emails writes messages in words: what stands in the outbox as a template's name and its data.
package emails

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/views/i18n"
	"dangol/views/paths"
)

// Letter is a message in words. Text and HTML say the same.
type Letter struct {
	Subject    string
	Greeting   string
	Paragraphs []string
	Link       string // whole address; "": nothing to press
	LinkText   string
	LinkHelp   string
	Note       string
	Foot       string
}

// Write gives the letter of a message; p writes for its reader and its shop, site is where people reach the program
// (https://shop.example). It fails for a template without words.
func Write(p *i18n.Printer, m models.Message, site string) (Letter, error) {
	l, words := Letter{LinkHelp: p.Email.LinkInsteadOfTap, Foot: p.Email.FootProgram}, p.Email
	if m.Data.Name != "" {
		l.Greeting = words.Hello(m.Data.Name)
	}
	if m.Data.Shop != "" {
		l.Foot = words.Foot(m.Data.Shop)
	}
	switch m.Template {
	case models.MessageInvitation:
		l.Subject, l.Note, l.LinkText = words.InvitationSubject(m.Data.Shop), words.InvitationNote, words.InvitationLink
		l.Paragraphs = []string{words.InvitationBody(m.Data.By, m.Data.Shop, p.Shell.Roles.Name(string(m.Data.Role)))}
		l.Link = site + paths.Invitation(m.Data.Token)
	case models.MessageReset:
		l.Subject, l.Note, l.LinkText = words.ResetSubject, words.ResetNote, words.ResetLink
		l.Paragraphs = []string{words.ResetBody}
		l.Link = site + paths.ResetWith(m.Data.Token)
	case models.MessagePasswordChanged:
		l.Subject, l.Note = words.ChangedSubject, words.ChangedNote
		l.Paragraphs = []string{words.ChangedBody}
	case models.MessageExpiryNotice:
		return l, l.expiry(p, m.Data)
	case models.MessageTermsChange:
		return l, l.change(p, m, site)
	default:
		return l, fmt.Errorf("emails: no words for the template %q", m.Template)
	}
	return l, nil
}

func (l *Letter) expiry(p *i18n.Printer, d models.MessageData) error {
	day, err := calendar.Parse(d.ExpiresOn)
	if err != nil {
		return err
	}
	words, points, date := p.Email, p.Points(d.Points), p.LongDate(day)
	l.Subject, l.Note = words.ExpirySubject(d.Shop, points, date), words.ExpiryNote
	l.Paragraphs = []string{words.ExpiryBody(points, date), words.ExpiryBalance(p.Points(d.Balance))}
	return nil
}

// change tells of terms that begin on a day, and in what they are worse.
func (l *Letter) change(p *i18n.Printer, m models.Message, site string) error {
	day, err := calendar.Parse(m.Data.StartsOn)
	if err != nil {
		return err
	}
	words, date := p.Email, p.LongDate(day)
	l.Subject, l.Note, l.LinkText = words.ChangeSubject(m.Data.Shop, date), words.ChangeNote, words.ChangeLink
	l.Paragraphs = append(l.Paragraphs, words.ChangeBody(date))
	for _, loss := range p.Losses(m.Data.Losses) {
		l.Paragraphs = append(l.Paragraphs, "· "+loss.Of+": "+loss.Said())
	}
	l.Link = site + paths.PublicTerms(strconv.FormatInt(m.MerchantID, 10))
	return nil
}

// Text is the letter for a reader without HTML.
func (l Letter) Text() string {
	var b strings.Builder
	say := func(parts ...string) {
		for _, part := range parts {
			if part != "" {
				b.WriteString(part + "\n\n")
			}
		}
	}
	say(l.Greeting)
	say(l.Paragraphs...)
	if l.Link != "" {
		say(l.LinkText + ":\n" + l.Link)
	}
	say(l.Note, l.Foot)
	return strings.TrimSpace(b.String()) + "\n"
}

// HTML is the letter as a page of its own, without pictures or anything from elsewhere.
func (l Letter) HTML(ctx context.Context, locale i18n.Locale) (string, error) {
	var b strings.Builder
	err := page(l, string(locale)).Render(ctx, &b)
	return b.String(), err
}
