package presets

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the documents in their canonical order, and the pages of testdata")

func TestDocuments(t *testing.T) {
	files, err := documents.ReadDir("documents")
	if err != nil || len(files) != len(catalogue) {
		t.Fatalf("%d documents, %d in the catalogue: %v", len(files), len(catalogue), err)
	}
	for _, p := range All() {
		if faults := p.Terms.Validate(); len(faults) > 0 {
			t.Errorf("%s: %v", p.Code, faults)
		}
		var canonical bytes.Buffer
		if err := json.Indent(&canonical, p.Terms.Encode(), "", "  "); err != nil {
			t.Fatal(err)
		}
		same(t, path.Join("documents", p.Code+".json"), canonical.String()+"\n")
		if p.About.Ko == "" || p.About.En == "" || p.Name().Ko == "" || p.Name().En == "" {
			t.Errorf("%s has no name or no description", p.Code)
		}
		if says := strings.HasPrefix(p.About.Ko, "예시예요.") && strings.HasPrefix(p.About.En, "An example."); says != p.Illustrative {
			t.Errorf("%s: illustrative is %v, and the description says otherwise", p.Code, p.Illustrative)
		}
		if found, ok := Find(p.Code); !ok || found.Terms.Hash() != p.Terms.Hash() {
			t.Errorf("%s is not found", p.Code)
		}
	}
	if _, ok := Find("nothing"); ok {
		t.Error("found what is not there")
	}
}

// TestPages keeps the terms pages that customers of the presets would read, for people to review.
func TestPages(t *testing.T) {
	for _, p := range All() {
		for _, locale := range []string{"ko", "en"} {
			same(t, path.Join("testdata", p.Code+"."+locale+".md"), page(&p, locale))
		}
	}
}

func page(p *Preset, locale string) string {
	var b strings.Builder
	b.WriteString("# " + p.Name().In(locale) + "\n\n" + p.About.In(locale) + "\n")
	if sentence := p.Terms.Sentence(locale); sentence != "" {
		b.WriteString("\n> " + sentence + "\n")
	}
	for _, clause := range p.Terms.Describe(locale) {
		b.WriteString("\n## " + clause.Heading + "\n\n")
		for _, sentence := range clause.Sentences {
			b.WriteString("- " + sentence + "\n")
		}
	}
	return b.String()
}

// same compares a file with what it should say, or writes it.
func same(t *testing.T, file, want string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s is not as it should be (-update writes it):\n%s", file, want)
	}
}
