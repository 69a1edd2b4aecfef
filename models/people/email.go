package people

import (
	"strings"

	"golang.org/x/text/unicode/norm"

	"dangol/models"
)

// Email brings an address into the one form in which it is stored, compared and counted: trimmed, full-width letters
// narrowed, lower case. It returns Invalid at field "email".
func Email(text string) (string, error) {
	email := strings.ToLower(strings.TrimSpace(norm.NFKC.String(text)))
	local, domain, _ := strings.Cut(email, "@")
	switch {
	case email == "":
		return "", models.InvalidField("email", "required", nil)
	case len(email) > 254 || local == "" || len(local) > 64 || !isDomain(domain) || !isPrintable(local):
		return "", models.InvalidField("email", "bad_email", nil)
	}
	return email, nil
}

func isDomain(s string) bool {
	if !strings.Contains(s, ".") || strings.Contains(s, "..") {
		return false
	}
	for _, label := range strings.Split(s, ".") {
		if label == "" || strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" || strings.Trim(label, "-") != label {
			return false
		}
	}
	return true
}

func isPrintable(s string) bool {
	for _, r := range s {
		if r <= ' ' || r > '~' || strings.ContainsRune(`"(),:;<>@[\]`, r) {
			return false
		}
	}
	return true
}
