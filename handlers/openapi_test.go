package handlers

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"
)

// described is the API's description, by which every exchange of the tests is checked: an address, a status, a member or
// a header that it does not have fails the test.
type described struct {
	document map[string]any
	schemas  *jsonschema.Compiler
	mu       sync.Mutex
	tried    map[string]bool // "POST /orders 201"
}

const descriptionURL = "openapi.json"

var description = sync.OnceValues(func() (*described, error) {
	text, err := os.ReadFile("api/openapi.yaml")
	if err != nil {
		return nil, err
	}
	var document any
	if err := yaml.Unmarshal(text, &document); err != nil {
		return nil, err
	}
	whole, err := json.Marshal(document)
	if err != nil {
		return nil, err
	}
	plain, err := jsonschema.UnmarshalJSON(bytes.NewReader(whole))
	if err != nil {
		return nil, err
	}
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	compiler.AssertFormat()
	if err := compiler.AddResource(descriptionURL, plain); err != nil {
		return nil, err
	}
	return &described{document: plain.(map[string]any), schemas: compiler, tried: map[string]bool{}}, nil
})

var parameter = regexp.MustCompile(`\\\{[^}]+\\\}`)

// operation finds what the description says of a request; an address without parameters goes before one with.
func (d *described) operation(method, path string) (name, pointer string, op map[string]any, err error) {
	path, method = strings.TrimPrefix(path, "/api/v1"), strings.ToLower(method)
	for template, item := range d.document["paths"].(map[string]any) {
		found, ok := item.(map[string]any)[method].(map[string]any)
		pattern := "^" + parameter.ReplaceAllString(regexp.QuoteMeta(template), `[^/]+`) + "$"
		if ok && regexp.MustCompile(pattern).MatchString(path) && (name == "" || template == path) {
			name, op = template, found
		}
	}
	if op == nil {
		return "", "", nil, fmt.Errorf("the description has no %s %s", method, path)
	}
	return method + " " + name, "/paths/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(name) + "/" + method, op, nil
}

// follow resolves a reference into the description.
func (d *described) follow(node map[string]any, pointer string) (map[string]any, string) {
	ref, ok := node["$ref"].(string)
	if !ok {
		return node, pointer
	}
	pointer = strings.TrimPrefix(ref, "#")
	var at any = d.document
	for _, part := range strings.Split(pointer, "/")[1:] {
		at = at.(map[string]any)[strings.NewReplacer("~1", "/", "~0", "~").Replace(part)]
	}
	return at.(map[string]any), pointer
}

// validate checks a body against the schema at a pointer.
func (d *described) validate(pointer string, body []byte) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	schema, err := d.schemas.Compile(descriptionURL + "#" + pointer)
	if err != nil {
		return err
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("no JSON: %w: %.200s", err, body)
	}
	return schema.Validate(value)
}

// check holds one exchange against the description. An order that breaks the rules on purpose need not have its shape.
func (d *described) check(t testing.TB, request *http.Request, sent []byte, answer *httptest.ResponseRecorder) {
	t.Helper()
	name, pointer, op, err := d.operation(request.Method, request.URL.EscapedPath())
	if err != nil {
		t.Error(err)
		return
	}
	if answer.Code < 300 && len(sent) > 0 {
		if err := d.validate(pointer+"/requestBody/content/application~1json/schema", sent); err != nil {
			t.Errorf("%s: the request: %v", name, err)
		}
	}
	status := fmt.Sprint(answer.Code)
	d.mu.Lock()
	d.tried[name+" "+status] = true
	d.mu.Unlock()
	response, ok := op["responses"].(map[string]any)[status].(map[string]any)
	if !ok {
		t.Errorf("%s: the description has no status %s: %s", name, status, answer.Body)
		return
	}
	response, at := d.follow(response, pointer+"/responses/"+status)
	kind, _, _ := strings.Cut(answer.Header().Get("Content-Type"), ";")
	content, ok := response["content"].(map[string]any)[kind].(map[string]any)
	if !ok {
		t.Errorf("%s %s: the description has no %q", name, status, kind)
		return
	}
	if _, ok := content["schema"]; ok {
		err = d.validate(at+"/content/"+strings.ReplaceAll(kind, "/", "~1")+"/schema", answer.Body.Bytes())
	}
	if err != nil {
		t.Errorf("%s %s: the answer: %v\n%s", name, status, err, answer.Body)
	}
	if headers, _ := response["headers"].(map[string]any); answer.Header().Get("Idempotency-Replayed") != "" && headers["Idempotency-Replayed"] == nil {
		t.Errorf("%s %s: Idempotency-Replayed is not described", name, status)
	}
}
