package handlers

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"dangol/models"
)

// example is a call as handlers/api/examples shows it: a comment that ends with the status, and the words of the command.
type example struct {
	says  string
	words []string
}

var (
	shellWord   = regexp.MustCompile(`#[^\n]*|\n|(?:'[^']*'|"[^"]*"|[^\s'"\\])+`)
	shellQuotes = regexp.MustCompile(`'([^']*)'|"([^"]*)"`)
)

// examples reads a shell file of nothing but curl commands.
func examples(text string) (all []example) {
	var now example
	for _, word := range shellWord.FindAllString(strings.ReplaceAll(text, "\\\n", " "), -1) {
		switch {
		case word[0] == '#':
			now.says = word
		case word != "\n":
			now.words = append(now.words, shellQuotes.ReplaceAllString(word, "$1$2"))
		case len(now.words) > 0:
			all, now = append(all, now), example{}
		}
	}
	return all
}

// after is what follows a word that begins with start, or the word after it where it is the whole.
func (e *example) after(start string) string {
	for i, word := range e.words {
		if rest, ok := strings.CutPrefix(word, start); ok && rest != "" {
			return rest
		} else if ok && i+1 < len(e.words) {
			return e.words[i+1]
		}
	}
	return ""
}

// The examples are one story, from an empty sandbox on: each call answers as its comment says, and no call is without one.
func TestTheExamples(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	site := newSite(t)
	k := &till{site: site, t: t, key: makeKey(t, site, site.AddMerchant(t, "Asia/Seoul", "KRW", &start), models.Scopes...)}
	d, err := description()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("api/examples/*.sh")
	if err != nil {
		t.Fatal(err)
	}
	shown, variables := map[string]bool{}, []string{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range examples(string(text)) {
			if e.words[0] == "set" {
				continue
			}
			method, path, body := e.after("-X"), e.after("$DANGOL_URL/api/v1"), strings.NewReplacer(variables...).Replace(e.after("-d"))
			if path != "/openapi.yaml" && e.after("Authorization: Bearer ") != "$DANGOL_KEY" || body != "" && e.after("Content-Type: ") != "application/json" {
				t.Errorf("%s: %s: a header is missing", file, e.says)
			}
			told := k.sendKey(method, path, body, e.after("Idempotency-Key: "))
			if !strings.HasSuffix(e.says, fmt.Sprintf(": %d", told.Code)) {
				t.Fatalf("%s: %s\n%d %s", file, e.says, told.Code, told.Body)
			}
			if name, _, ok := strings.Cut(e.words[0], "=$("); ok { // NAME=$(curl … | jq -r '.coupons[0].code')
				at := strings.Trim(e.words[len(e.words)-1], ".)")
				variables = append(variables, "$"+name, fmt.Sprint(told.at(strings.NewReplacer("[", "/", "].", "/").Replace(at))))
			}
			path, _, _ = strings.Cut(path, "?")
			name, _, _, err := d.operation(method, path)
			if err != nil {
				t.Error(err)
			}
			shown[name] = true
		}
	}
	for path, item := range d.document["paths"].(map[string]any) {
		for method := range item.(map[string]any) {
			if slices.Contains([]string{"get", "post", "put", "patch", "delete"}, method) && !shown[method+" "+path] {
				t.Errorf("%s %s has no example", method, path)
			}
		}
	}
}
