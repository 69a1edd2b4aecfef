package programs

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
)

// Change is one place in which two documents differ.
type Change struct {
	Pointer string          // in the later document; of something that is gone, in the earlier
	Before  json.RawMessage // nil: it was not there
	After   json.RawMessage // nil: it is gone
}

// Compare lists what differs between two documents, by pointer. Members of a list are paired by their codes, so that a
// rule that moved is the same rule.
func Compare(before, after []byte) ([]Change, error) {
	a, err := decode(before)
	if err != nil {
		return nil, err
	}
	b, err := decode(after)
	if err != nil {
		return nil, err
	}
	var c comparison
	c.values("", a, b)
	return c, nil
}

func decode(document []byte) (v any, err error) {
	d := json.NewDecoder(bytes.NewReader(document))
	d.UseNumber()
	return v, d.Decode(&v)
}

type comparison []Change

func (c *comparison) values(pointer string, a, b any) {
	objectA, okA := a.(map[string]any)
	objectB, okB := b.(map[string]any)
	if okA && okB {
		c.objects(pointer, objectA, objectB)
		return
	}
	listA, okA := a.([]any)
	listB, okB := b.([]any)
	if okA && okB && coded(listA) && coded(listB) {
		c.lists(pointer, listA, listB)
		return
	}
	if before, after := raw(a), raw(b); !bytes.Equal(before, after) {
		*c = append(*c, Change{pointer, before, after})
	}
}

func (c *comparison) objects(pointer string, a, b map[string]any) {
	names := slices.Collect(maps.Keys(a))
	for name := range b {
		if _, both := a[name]; !both {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		c.values(pointer+"/"+name, a[name], b[name])
	}
}

func (c *comparison) lists(pointer string, a, b []any) {
	for i, after := range b {
		at := pointer + "/" + strconv.Itoa(i)
		if j := indexOf(a, code(after)); j >= 0 {
			c.values(at, a[j], after)
		} else {
			*c = append(*c, Change{at, nil, raw(after)})
		}
	}
	for j, before := range a {
		if indexOf(b, code(before)) < 0 {
			*c = append(*c, Change{pointer + "/" + strconv.Itoa(j), raw(before), nil})
		}
	}
}

// coded says whether every member of a list has a code to be known by.
func coded(list []any) bool {
	return !slices.ContainsFunc(list, func(v any) bool { return code(v) == "" })
}

func code(v any) string {
	object, ok := v.(map[string]any)
	if !ok {
		return ""
	}
	for _, name := range []string{"code", "role", "unit", "tier"} {
		if s, ok := object[name].(string); ok {
			return fmt.Sprintf("%s=%s", name, s)
		}
	}
	return ""
}

func indexOf(list []any, key string) int {
	return slices.IndexFunc(list, func(v any) bool { return code(v) == key })
}

// raw is nil for what is not there. Decoded JSON always encodes.
func raw(v any) json.RawMessage {
	if v == nil {
		return nil
	}
	b, _ := json.Marshal(v)
	return b
}
