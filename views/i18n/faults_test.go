package i18n

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Every refusal in the program's code has words in both languages, and they find the arguments that come with it.
func TestEveryRefusalHasWords(t *testing.T) {
	t.Parallel()
	for _, room := range []string{"../../models", "../../handlers"} {
		err := filepath.WalkDir(room, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "test/") {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok {
					checkRefusal(t, path, call)
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// refusing are the calls that make a refusal, and at which argument its code stands.
var refusing = map[string]int{"Refusal": 0, "Conflicting": 0, "InvalidField": 1, "Add": 1}

var plainCode = regexp.MustCompile(`^[a-z_]+$`)

func checkRefusal(t *testing.T, path string, call *ast.CallExpr) {
	name := ""
	switch fun := call.Fun.(type) {
	case *ast.SelectorExpr:
		name = fun.Sel.Name
	case *ast.Ident:
		name = fun.Name
	}
	at, ok := refusing[name]
	if !ok || len(call.Args) <= at+1 {
		return
	}
	literal, ok := call.Args[at].(*ast.BasicLit)
	if !ok || literal.Kind != token.STRING {
		return
	}
	code, err := strconv.Unquote(literal.Value)
	if err != nil || !plainCode.MatchString(code) {
		return
	}
	args := arguments(call.Args[at+1])
	for _, locale := range Locales {
		p := New(locale)
		if !p.Known(code) {
			t.Errorf("%s: %q has no words in %s", path, code, locale)
		} else if words := p.Fault(code, args); args != nil && strings.Contains(words, Unknown) {
			t.Errorf("%s: %q with %v says %q in %s", path, code, args, words, locale)
		}
	}
}

// arguments reads the names of a literal map; nil where there is none.
func arguments(expr ast.Expr) map[string]any {
	literal, ok := expr.(*ast.CompositeLit)
	if !ok {
		return nil
	}
	args := map[string]any{}
	for _, element := range literal.Elts {
		if pair, ok := element.(*ast.KeyValueExpr); ok {
			if key, ok := pair.Key.(*ast.BasicLit); ok {
				name, _ := strconv.Unquote(key.Value)
				args[name] = int64(7)
			}
		}
	}
	return args
}
