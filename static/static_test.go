package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Budgets of one page, gzipped.
const (
	scriptBudget = 30 << 10
	styleBudget  = 30 << 10
	ownBudget    = 5 << 10
)

func TestAPageStaysWithinItsWeight(t *testing.T) {
	weight := func(names ...string) (sum int) {
		for _, name := range names {
			sum += len(assets()[name].packed)
		}
		return sum
	}
	if got := weight("css/app.css"); got == 0 || got > styleBudget {
		t.Errorf("style sheet weighs %d bytes gzipped, budget %d", got, styleBudget)
	}
	if got := weight("js/htmx-4.0.1.js", "js/ui.js"); got == 0 || got > scriptBudget {
		t.Errorf("scripts weigh %d bytes gzipped, budget %d", got, scriptBudget)
	}
	if got := weight("js/ui.js"); got == 0 || got > ownBudget {
		t.Errorf("ui.js weighs %d bytes gzipped, budget %d", got, ownBudget)
	}
}

func TestBuiltFilesAreFresh(t *testing.T) {
	want, err := os.ReadFile("BUILD.sum")
	if err != nil {
		t.Fatal(err)
	}
	sources := []string{"package-lock.json", "tailwind.config.js", "static/build/build.mjs", "static/img/icons.txt"}
	sources = append(sources, walk(t, "static/css/src", ".css")...)
	sources = append(sources, walk(t, "views", ".templ")...)
	outputs := []string{"static/css/app.css", "static/img/icons.svg", "static/js/htmx-4.0.1.js"}
	got := "sources " + sum(t, sources) + "\noutputs " + sum(t, outputs) + "\n"
	if got != string(want) {
		t.Errorf("static/BUILD.sum does not match; run `npm ci && npm run build`\ngot:\n%swant:\n%s", got, want)
	}
}

func sum(t *testing.T, names []string) string {
	t.Helper()
	digest := sha256.New()
	for _, name := range names {
		body, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		digest.Write(slices.Concat([]byte(name+"\x00"), body, []byte{0}))
	}
	return hex.EncodeToString(digest.Sum(nil))
}

func walk(t *testing.T, folder, ending string) (names []string) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(".."), folder, func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && strings.HasSuffix(name, ending) {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(names)
	return names
}

func TestAFileIsServedUnderItsHashAndKeptForEver(t *testing.T) {
	answer := get(URL("css/app.css"), "gzip")
	if answer.Code != http.StatusOK || !strings.Contains(answer.Header().Get("Cache-Control"), "immutable") {
		t.Fatalf("got %d with %q", answer.Code, answer.Header().Get("Cache-Control"))
	}
	reader, err := gzip.NewReader(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	var body bytes.Buffer
	if _, err := body.ReadFrom(reader); err != nil || !strings.Contains(body.String(), "--accent") {
		t.Errorf("the style sheet did not come back whole: %v", err)
	}
}

func TestAWrongHashIsNotFound(t *testing.T) {
	for _, address := range []string{"/static/css/app.00000000.css", "/static/css/app.css", "/static/static.go", "/static/"} {
		if got := get(address, "").Code; got != http.StatusNotFound {
			t.Errorf("%s answers %d", address, got)
		}
	}
}

func TestEveryFontOfTheStyleSheetExists(t *testing.T) {
	style := string(assets()["css/app.css"].body)
	pieces := strings.Split(style, "url(../fonts/")[1:]
	if len(pieces) == 0 {
		t.Fatal("the style sheet names no font")
	}
	for _, piece := range pieces {
		name, _, _ := strings.Cut(piece, ")")
		if got := get("/static/fonts/"+name, ""); got.Code != http.StatusOK {
			t.Errorf("%s answers %d", name, got.Code)
		}
	}
}

func get(address, encoding string) *httptest.ResponseRecorder {
	request := httptest.NewRequest(http.MethodGet, address, nil)
	request.Header.Set("Accept-Encoding", encoding)
	answer := httptest.NewRecorder()
	Handler().ServeHTTP(answer, request)
	return answer
}
