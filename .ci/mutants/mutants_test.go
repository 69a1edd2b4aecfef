// Package mutants breaks the engine on purpose, one rule at a time, and sees the tests that name the rule fail.
//
// A mutation is a file, named by its rule and by what it does (S-E2-multipliers-add). It says which file it changes, in
// which other directory the tests stand if not beside it, and which lines (-) become which (+):
//
//	file models/terms/arithmetic.go
//	test models/accrual
//	-	the line as it is
//	+	the line as it must never be
//
// The working tree is not touched: the compiler is given the changed file in place of the real one (go test -overlay).
package mutants

import (
	"encoding/json"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var run = flag.Bool("mutate", false, "run the mutations; else only see whether they still apply")

// TestEveryMutantDies runs, for each mutation, the tests that name its rule: one of them has to fail.
func TestEveryMutantDies(t *testing.T) {
	if !*run {
		t.Skip("only with -mutate: make mutants")
	}
	for _, m := range all(t) {
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			out, err := m.test(t)
			switch killed := m.killers(t, out); {
			case strings.Contains(out, "[build failed]"):
				t.Errorf("does not compile:\n%s", out)
			case err == nil:
				t.Errorf("survives")
			case len(killed) == 0:
				t.Errorf("fails, but in no test that names %s:\n%s", m.rule, out)
			default:
				t.Log(strings.Join(killed, ", "))
			}
		})
	}
}

// TestEveryMutantApplies sees that each mutation finds its lines once, leaves Go, and has tests that name its rule.
func TestEveryMutantApplies(t *testing.T) {
	for _, m := range all(t) {
		changed := m.apply(t)
		if _, err := parser.ParseFile(token.NewFileSet(), m.file, changed, 0); err != nil && filepath.Ext(m.file) == ".go" {
			t.Errorf("%s: %v", m.name, err)
		}
		if len(m.tests(t)) == 0 {
			t.Errorf("%s: no test in %s names %s", m.name, m.dir, m.rule)
		}
	}
}

func TestEveryRuleHasAMutant(t *testing.T) {
	text, err := os.ReadFile(root("models/terms/RULES.md"))
	if err != nil {
		t.Fatal(err)
	}
	rules, mutants := rule.FindAllString(string(text), -1), all(t)
	for _, rule := range rules {
		if !slices.ContainsFunc(mutants, func(m mutant) bool { return m.rule == rule }) {
			t.Errorf("no mutation of %s", rule)
		}
	}
	for _, m := range mutants {
		if !slices.Contains(rules, m.rule) {
			t.Errorf("%s: RULES.md has no %s", m.name, m.rule)
		}
	}
}

var rule = regexp.MustCompile(`(S-[LEPRFT]|D-)\d+\b`)

func root(path string) string { return filepath.Join("..", "..", path) }

// mutant is one mutation.
type mutant struct {
	name, rule string
	file, dir  string // from the repository's root: what is changed, where the tests are
	old, new   string
}

func all(t *testing.T) (all []mutant) {
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if name := entry.Name(); filepath.Ext(name) == "" {
			all = append(all, read(t, name))
		}
	}
	return all
}

func read(t *testing.T, name string) mutant {
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	m := mutant{name: name, rule: rule.FindString(name)}
	for line := range strings.Lines(string(text)) {
		switch head, path, _ := strings.Cut(strings.TrimSpace(line), " "); {
		case line[0] == '-':
			m.old += line[1:]
		case line[0] == '+':
			m.new += line[1:]
		case head == "file":
			m.file, m.dir = path, filepath.Dir(path)
		case head == "test":
			m.dir = path
		default:
			t.Fatalf("%s: %q", name, line)
		}
	}
	return m
}

// apply gives the changed file.
func (m *mutant) apply(t *testing.T) string {
	text, err := os.ReadFile(root(m.file))
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count("\n"+string(text), "\n"+m.old); n != 1 || m.old == m.new {
		t.Fatalf("%s: its lines stand %d times in %s; want once", m.name, n, m.file)
	}
	return strings.Replace("\n"+string(text), "\n"+m.old, "\n"+m.new, 1)[1:]
}

// test runs the tests that name the rule against the changed file.
func (m *mutant) test(t *testing.T) (string, error) {
	changed, overlay := filepath.Join(t.TempDir(), filepath.Base(m.file)), filepath.Join(t.TempDir(), "overlay.json")
	original, err := filepath.Abs(root(m.file))
	if err != nil {
		t.Fatal(err)
	}
	replace, err := json.Marshal(map[string]any{"Replace": map[string]string{original: changed}})
	if err != nil {
		t.Fatal(err)
	}
	for path, text := range map[string]string{changed: m.apply(t), overlay: string(replace)} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var names []string
	for name := range m.tests(t) {
		names = append(names, name)
	}
	command := exec.Command("go", "test", "-count=1", "-vet=off", "-timeout=3m", "-overlay="+overlay, "-run=^("+strings.Join(names, "|")+")$", "./"+m.dir)
	if m.draws(t) {
		command.Args = append(command.Args, "-rapid.nofailfile")
	}
	command.Dir = root("")
	out, err := command.CombinedOutput()
	return string(out), err
}

// draws reports whether tests beside the rule's draw their cases: of what fails there, nothing shall stay in the tree.
func (m *mutant) draws(t *testing.T) bool {
	return slices.ContainsFunc(m.files(t), func(file string) bool {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Contains(string(text), `"pgregory.net/rapid"`)
	})
}

var failed = regexp.MustCompile(`(?m)^--- FAIL: (\S+)`)

// killers are the tests that failed and name the rule: by a comment, or by the case that failed.
func (m *mutant) killers(t *testing.T, out string) (killers []string) {
	tests := m.tests(t)
	for _, match := range failed.FindAllStringSubmatch(out, -1) {
		if tests[match[1]] || m.named(out) {
			killers = append(killers, match[1])
		}
	}
	return killers
}

// tests are the tests that name the rule, and whether they do so by a comment; others do by the name of a case.
func (m *mutant) tests(t *testing.T) map[string]bool {
	found := map[string]bool{}
	for _, file := range m.files(t) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		set := token.NewFileSet()
		parsed, err := parser.ParseFile(set, file, text, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range parsed.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && strings.HasPrefix(f.Name.Name, "Test") {
				first, last := f.Pos(), f.End()
				if f.Doc != nil {
					first = f.Doc.Pos()
				}
				if m.named(string(text[set.Position(first).Offset:set.Position(last).Offset])) {
					found[f.Name.Name] = slices.ContainsFunc(parsed.Comments, func(c *ast.CommentGroup) bool {
						return first <= c.Pos() && c.Pos() < last && m.named(c.Text())
					})
				}
			}
		}
	}
	return found
}

func (m *mutant) files(t *testing.T) []string {
	files, err := filepath.Glob(root(filepath.Join(m.dir, "*_test.go")))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func (m *mutant) named(text string) bool {
	return slices.Contains(rule.FindAllString(text, -1), m.rule)
}
