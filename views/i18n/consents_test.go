package i18n

import (
	"crypto/sha256"
	"fmt"
	"testing"

	"dangol/models"
)

// What people agreed to is known by the name of the wording, so no question changes without its name.
func TestTheWordingOfConsentsHasItsName(t *testing.T) {
	t.Parallel()
	asked := sha256.New()
	for _, c := range []Consents{koConsents, enConsents} {
		fmt.Fprintf(asked, "%q", []string{c.Membership, c.MembershipHelp, c.News, c.NewsHelp, c.BySMS, c.ByEmail, c.Night})
	}
	want := map[string]string{"2026-11-28": "6e0663caec4cad0d"}[models.ConsentWording]
	if got := fmt.Sprintf("%x", asked.Sum(nil))[:16]; got != want {
		t.Errorf("the wording %s reads as %s, want %s: give changed words a new name", models.ConsentWording, got, want)
	}
}
