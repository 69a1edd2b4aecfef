package main

import (
	"go/build"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const root = "../.."

// layers is the order of the rooms below models: a room knows only rooms of lower layers. A new room takes its place here.
var layers = [][]string{
	{"hangul", "calendar", "together"},
	{"conditions"},
	{"terms", "clv"},
	{"store"},
	{"audit", "limits"},
	{"tasks", "messages"},
	{"people"},
	{"merchants", "staff", "keys"},
	{"ledger"},
	{"programs"},
	{"customers", "orders", "coupons", "exports", "webhooks"},
	{"tiers", "segments", "consents"},
	{"accrual", "happenings", "redemption", "transfers", "merges", "rewards", "occasions", "grants", "campaigns", "surveys", "referrals", "games", "plans", "partners", "causes"},
	{"days"},
	{"imports", "insights", "counter"},
	{"previews", "todos", "upkeep"},
	{"demo"},
}

// pure rooms run no query and know no clock, so that the same code serves the till, the importer and a property test.
var pure = []string{"dangol/models", "dangol/models/hangul", "dangol/models/calendar", "dangol/models/conditions", "dangol/models/terms", "dangol/models/terms/presets", "dangol/models/clv"}

func layerOf(room string) int {
	return slices.IndexFunc(layers, func(rooms []string) bool { return slices.Contains(rooms, room) })
}

// roomOf gives "ledger" for dangol/models/ledger and all that is inside it, "" for what is not below models.
func roomOf(pkg string) string {
	rest, ok := strings.CutPrefix(pkg, "dangol/models/")
	if !ok {
		return ""
	}
	room, _, _ := strings.Cut(rest, "/")
	return room
}

func under(pkg string, prefixes ...string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return pkg == p || strings.HasPrefix(pkg, p+"/") })
}

// rules say why an import may not be; each is asked about every import of every package that is no test.
var rules = []struct {
	name   string
	broken func(pkg, imported string) bool
}{
	{"nouns import the standard library only", func(pkg, imported string) bool {
		return pkg == "dangol/models" && !standard(imported)
	}},
	{"pure rooms import the standard library, models and each other", func(pkg, imported string) bool {
		return slices.Contains(pure, pkg) && !standard(imported) && !slices.Contains(pure, imported)
	}},
	{"pure rooms open no database, file or connection", func(pkg, imported string) bool {
		return slices.Contains(pure, pkg) && (imported == "database/sql" || under(imported, "net", "os"))
	}},
	{"models know nothing of HTTP and screens", func(pkg, imported string) bool {
		return under(pkg, "dangol/models") &&
			under(imported, "dangol/handlers", "dangol/views", "dangol/static", "dangol/cmd", "net/http", "github.com/labstack", "github.com/a-h/templ")
	}},
	{"a room knows lower rooms only", func(pkg, imported string) bool {
		from, to := roomOf(pkg), roomOf(imported)
		return !forTests(pkg) && from != "" && to != "" && from != to && layerOf(to) >= layerOf(from)
	}},
	{"views print nouns and terms", func(pkg, imported string) bool {
		return under(pkg, "dangol/views") && roomOf(imported) != "" && !slices.Contains(pure, imported)
	}},
	{"components know no domain", func(pkg, imported string) bool {
		return under(pkg, "dangol/views/components") && under(imported, "dangol/models")
	}},
	{"only handlers and cmd use views", func(pkg, imported string) bool {
		return under(imported, "dangol/views") && !under(pkg, "dangol/views", "dangol/handlers", "dangol/cmd", "dangol/models/messages")
	}},
	{"only cmd uses handlers", func(pkg, imported string) bool {
		return under(imported, "dangol/handlers") && !under(pkg, "dangol/handlers", "dangol/cmd")
	}},
	{"what the handlers share imports no verb", func(pkg, imported string) bool {
		return pkg == "dangol/handlers/web" && roomOf(imported) != "" && !slices.Contains(pure, imported) && roomOf(imported) != "store"
	}},
	{"Echo stays in handlers", func(pkg, imported string) bool {
		return under(imported, "github.com/labstack") && !under(pkg, "dangol/handlers", "dangol/cmd/bench")
	}},
	{"SQL stays in models", func(pkg, imported string) bool {
		return under(imported, "gorm.io", "database/sql", "github.com/jackc/pgx") && under(pkg, "dangol/handlers", "dangol/views")
	}},
	{"tests' tools stay in tests", func(pkg, imported string) bool {
		tool := under(imported, "testing", "github.com/chromedp", "github.com/PuerkitoBio", "pgregory.net/rapid") ||
			under(imported, "dangol") && forTests(imported)
		return tool && !forTests(pkg) && !under(pkg, "dangol/views/storybook", "dangol/cmd/bench")
	}},
}

// forTests tells packages that tests are written with: storetest, browsertest and their like.
func forTests(pkg string) bool {
	return slices.ContainsFunc(strings.Split(pkg, "/"), func(part string) bool { return strings.HasSuffix(part, "test") })
}

// standard tells the standard library by its first element, which has no dot and is not this module.
func standard(imported string) bool {
	first, _, _ := strings.Cut(imported, "/")
	return first != "dangol" && !strings.Contains(first, ".")
}

func TestImportsFollowTheDrawing(t *testing.T) {
	seen := 0
	for pkg, imports := range packages(t) {
		if room := roomOf(pkg); room != "" && layerOf(room) < 0 && !forTests(pkg) {
			t.Errorf("models/%s has no place in the layers of this test", room)
		}
		for _, imported := range imports {
			seen++
			for _, rule := range rules {
				if rule.broken(pkg, imported) {
					t.Errorf("%s imports %s: %s", pkg, imported, rule.name)
				}
			}
		}
	}
	if seen < 100 {
		t.Errorf("only %d imports were read", seen)
	}
}

// packages reads what every package imports outside its tests.
func packages(t *testing.T) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	err := filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() && (name == "node_modules" || name == "data" || name == "testdata" || (strings.HasPrefix(name, ".") && file != root)) {
			return filepath.SkipDir
		}
		if strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") && built(file) {
			relative, err := filepath.Rel(root, filepath.Dir(file))
			if err != nil {
				return err
			}
			pkg := path.Join("dangol", filepath.ToSlash(relative))
			found[pkg] = append(found[pkg], importsOf(t, file)...)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func built(file string) bool {
	ok, err := build.Default.MatchFile(filepath.Dir(file), filepath.Base(file))
	return err == nil && ok
}

func importsOf(t *testing.T, file string) (imports []string) {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	for _, spec := range parsed.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		imports = append(imports, imported)
	}
	return imports
}

// The drawing itself is tried: each rule must refuse what it is there for.
func TestEachRuleRefusesSomething(t *testing.T) {
	wrong := [][2]string{
		{"dangol/models", "gorm.io/gorm"},
		{"dangol/models/terms", "dangol/models/store"},
		{"dangol/models/calendar", "database/sql"},
		{"dangol/models/ledger", "net/http"},
		{"dangol/models/ledger", "dangol/models/accrual"},
		{"dangol/models/audit", "dangol/models/tasks"},
		{"dangol/views/pages", "dangol/models/ledger"},
		{"dangol/views/components", "dangol/models"},
		{"dangol/models/store", "dangol/views/i18n"},
		{"dangol/views/pages", "dangol/handlers/web"},
		{"dangol/handlers/web", "dangol/models/accrual"},
		{"dangol/cmd/dangol", "github.com/labstack/echo/v4"},
		{"dangol/handlers", "github.com/jackc/pgx/v5"},
		{"dangol/handlers/api", "testing"},
	}
	for _, rule := range rules {
		if !slices.ContainsFunc(wrong, func(w [2]string) bool { return rule.broken(w[0], w[1]) }) {
			t.Errorf("nothing breaks the rule %q", rule.name)
		}
	}
}
