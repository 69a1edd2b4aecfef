package terms

import (
	"bytes"
	"crypto/sha256"
	"encoding"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strconv"
	"strings"

	"dangol/models"
)

// Encode writes the canonical text: the fields in the order of the types, nothing that is empty, no spaces. Two
// documents that promise the same have the same text.
func (t Terms) Encode() []byte {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(t); err != nil {
		panic(err) // no field of Terms can fail
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// Hash is the SHA-256 of the canonical text, in hexadecimal.
func (t Terms) Hash() string {
	digest := sha256.Sum256(t.Encode())
	return hex.EncodeToString(digest[:])
}

// Parse reads a document strictly. Unknown fields and values of the wrong type are refused, all of them at once, in a
// *models.Error of kind Invalid whose fields are JSON pointers. It does not judge what the document says: see Validate.
func Parse(document []byte) (Terms, error) {
	decoder := json.NewDecoder(bytes.NewReader(document))
	decoder.UseNumber()
	var tree any
	if err := decoder.Decode(&tree); err != nil {
		return Terms{}, notJSON(err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return Terms{}, notJSON(errors.New("more than one value"))
	}
	var found faults
	found.strict("", tree, reflect.TypeFor[Terms]())
	if len(found) > 0 {
		return Terms{}, found.err()
	}
	var t Terms
	if err := json.Unmarshal(document, &t); err != nil {
		return Terms{}, notJSON(err)
	}
	return t, nil
}

func notJSON(err error) error {
	return &models.Error{
		Kind: models.Invalid, Code: "invalid_terms", Err: err,
		Fields: []models.FieldError{{Field: "", Code: "not_json", Args: map[string]any{"reason": err.Error()}}},
	}
}

// strict compares a JSON value with the type that is to hold it.
func (f *faults) strict(at pointer, value any, want reflect.Type) {
	if want.Kind() == reflect.Pointer {
		if value == nil {
			return
		}
		want = want.Elem()
	}
	switch reader := reflect.PointerTo(want); {
	case reader.Implements(reflect.TypeFor[json.Unmarshaler]()):
		f.strictJSON(at, value, want)
		return
	case reader.Implements(reflect.TypeFor[encoding.TextUnmarshaler]()):
		f.strictText(at, value, want)
		return
	}
	var ok bool
	switch want.Kind() {
	case reflect.Struct:
		var object map[string]any
		if object, ok = value.(map[string]any); ok {
			f.strictObject(at, object, want)
		}
	case reflect.Slice:
		var list []any
		if list, ok = value.([]any); ok {
			for i, item := range list {
				f.strict(at.index(i), item, want.Elem())
			}
		}
	case reflect.String:
		_, ok = value.(string)
	case reflect.Bool:
		_, ok = value.(bool)
	default:
		ok = wholeNumber(value, want.Bits())
	}
	if !ok {
		f.add(at, "wrong_type", "want", jsonName(want.Kind()))
	}
}

func (f *faults) strictObject(at pointer, object map[string]any, want reflect.Type) {
	fields := make(map[string]reflect.Type, want.NumField())
	for field := range want.Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		fields[name] = field.Type
	}
	for _, name := range sortedKeys(object) {
		if field, known := fields[name]; known {
			f.strict(at.key(name), object[name], field)
		} else {
			f.add(at.key(name), "unknown_field")
		}
	}
}

// strictJSON tries a type that reads itself from several kinds of JSON.
func (f *faults) strictJSON(at pointer, value any, want reflect.Type) {
	text, err := json.Marshal(value)
	if err == nil {
		err = reflect.New(want).Interface().(json.Unmarshaler).UnmarshalJSON(text)
	}
	if err != nil {
		f.add(at, "wrong_type", "want", "number, string or array of either")
	}
}

// strictText tries a type that reads itself from text.
func (f *faults) strictText(at pointer, value any, want reflect.Type) {
	text, ok := value.(string)
	if !ok {
		f.add(at, "wrong_type", "want", "string")
		return
	}
	reader := reflect.New(want).Interface().(encoding.TextUnmarshaler)
	if err := reader.UnmarshalText([]byte(text)); err != nil {
		f.add(at, "malformed", "value", text)
	}
}

func wholeNumber(value any, bits int) bool {
	number, ok := value.(json.Number)
	if !ok {
		return false
	}
	_, err := strconv.ParseInt(number.String(), 10, bits)
	return err == nil
}

func jsonName(kind reflect.Kind) string {
	switch kind {
	case reflect.Struct:
		return "object"
	case reflect.Slice:
		return "array"
	case reflect.String:
		return "string"
	case reflect.Bool:
		return "boolean"
	default:
		return "integer"
	}
}
