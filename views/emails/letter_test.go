package emails

import (
	"strings"
	"testing"

	"dangol/models"
	"dangol/views/i18n"
)

const site = "https://shop.example"

var messages = []models.Message{
	{Template: models.MessageInvitation, Data: models.MessageData{Name: "준호", Shop: "단골 커피", By: "민지", Role: models.Clerk, Token: "t0ken"}},
	{Template: models.MessageReset, Data: models.MessageData{Name: "준호", Shop: "단골 커피", Token: "t0ken"}},
	{Template: models.MessagePasswordChanged, Data: models.MessageData{Name: "준호"}},
	{Template: models.MessageExpiryNotice, Data: models.MessageData{Name: "준호", Shop: "단골 커피", Points: 1240, Balance: 3000, ExpiresOn: "2026-12-31"}},
	{Template: models.MessageTermsChange, MerchantID: 7, Data: models.MessageData{Name: "준호", Shop: "단골 커피", StartsOn: "2027-01-31", Losses: losses()}},
}

// losses are all that there are.
func losses() (list []models.Loss) {
	for _, kind := range models.LossKinds {
		list = append(list, models.Loss{Kind: kind, Ko: "포인트 " + string(kind), En: "points " + string(kind)})
	}
	return list
}

func TestEveryMessageHasWordsInBothLanguages(t *testing.T) {
	for _, m := range messages {
		for _, locale := range i18n.Locales {
			l, err := Write(i18n.New(locale), m, site)
			if err != nil {
				t.Fatalf("%s in %s: %v", m.Template, locale, err)
			}
			html, err := l.HTML(t.Context(), locale)
			if err != nil {
				t.Fatal(err)
			}
			for _, part := range append([]string{l.Greeting, l.Note, l.Foot}, l.Paragraphs...) {
				if part == "" || !strings.Contains(l.Text(), part) {
					t.Errorf("%s in %s: %q is not in the text:\n%s", m.Template, locale, part, l.Text())
				}
			}
			if l.Subject == "" || strings.ContainsAny(l.Subject, "\r\n") || strings.Contains(html, "style=") {
				t.Errorf("%s in %s: subject %q", m.Template, locale, l.Subject)
			}
			for _, paragraph := range l.Paragraphs {
				if strings.HasSuffix(paragraph, ": ") {
					t.Errorf("%s in %s has no words for %q", m.Template, locale, paragraph)
				}
			}
			if m.Data.Token != "" && (!strings.Contains(l.Text(), site+"/") || !strings.Contains(html, `href="`+site+"/")) {
				t.Errorf("%s in %s has no link:\n%s", m.Template, locale, l.Text())
			}
		}
	}
}

func TestNamesCannotWriteHTMLOrAnotherLink(t *testing.T) {
	m := messages[0]
	m.Data.By, m.Data.Shop, m.Data.Token = `<a href="https://evil.example">민지</a>`, "<b>커피</b>", "../../evil?x=1"
	l, err := Write(i18n.New(i18n.Korean), m, site)
	if err != nil {
		t.Fatal(err)
	}
	html, err := l.HTML(t.Context(), i18n.Korean)
	if err != nil || strings.Contains(html, "<b>") || strings.Contains(html, `href="https://evil`) {
		t.Errorf("%v\n%s", err, html)
	}
	if l.Link != site+"/invite/..%2F..%2Fevil%3Fx=1" {
		t.Errorf("link %q", l.Link)
	}
}

func TestATemplateWithoutWordsIsAnError(t *testing.T) {
	if _, err := Write(i18n.New(i18n.Korean), models.Message{Template: "unheard_of"}, site); err == nil {
		t.Error("no error")
	}
}
