package sheet

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/korean"
	"pgregory.net/rapid"
)

// rows reads everything and writes each row as "line: a|b|c" or "line: !code@column".
func rows(t *testing.T, text string, e Encoding, delim byte) []string {
	t.Helper()
	r := NewReader(strings.NewReader(text), e, delim)
	var got []string
	for {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			return got
		}
		if err != nil {
			t.Fatal(err)
		}
		if f := rec.Fault; f != nil {
			got = append(got, fmt.Sprintf("%d: !%s@%d", f.Line, f.Code, f.Column))
			continue
		}
		cells := make([]string, rec.Len())
		for i := range cells {
			text, f := rec.Cell(i)
			if cells[i] = text; f != nil {
				cells[i] = fmt.Sprintf("!%s@%d", f.Code, f.Column)
			}
		}
		got = append(got, fmt.Sprintf("%d: %s", rec.Line, strings.Join(cells, "|")))
	}
}

func TestReaderNamesEveryFaultByLineAndColumn(t *testing.T) {
	long := strings.Repeat("x", MaxCell+1)
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"plain":                 {"a,b\r\n1, 2 \n", []string{"1: a|b", "2: 1|2"}},
		"no last line feed":     {"a,b\n1,2", []string{"1: a|b", "2: 1|2"}},
		"byte-order mark":       {"\ufeffa,b\n", []string{"1: a|b"}},
		"blank rows":            {"a,b\n\n,\n1,2\n", []string{"1: a|b", "4: 1|2"}},
		"quotes":                {"a,b\n\"x, \"\"y\"\"\",\"\"\n", []string{"1: a|b", "2: x, \"y\"|"}},
		"line feed in a cell":   {"a,b\n\"x\ny\",2\n3,4\n", []string{"1: a|b", "2: x\ny|2", "4: 3|4"}},
		"short row":             {"a,b,c\n1,2\n3,4,5\n", []string{"1: a|b|c", "2: !ragged@3", "3: 3|4|5"}},
		"long row":              {"a,b\n1,2,3\n4,5\n", []string{"1: a|b", "2: !ragged@3", "3: 4|5"}},
		"separators at end":     {"a,b\n1,2,,\n", []string{"1: a|b", "2: 1|2||"}},
		"quote inside":          {"a,b\n1,5\" pipe\n3,4\n", []string{"1: a|b", "2: !quote_inside@2", "3: 3|4"}},
		"text behind a quote":   {"a,b\n\"1\"x,2\n3,4\n", []string{"1: a|b", "2: !quote_inside@1", "3: 3|4"}},
		"quote never closed":    {"a,b\n1,\"2\n3,4\n5,6\n", []string{"1: a|b", "2: !quote_open@2", "3: 3|4", "4: 5|6"}},
		"NUL":                   {"a,b\n1,x\x00y\n3,4\n", []string{"1: a|b", "2: 1|!control_character@2", "3: 3|4"}},
		"escape":                {"a,b\n1,\x1b[31m\n", []string{"1: a|b", "2: 1|!control_character@2"}},
		"broken UTF-8":          {"a,b\n\xb0\xa1,2\n", []string{"1: a|b", "2: !encoding@1|2"}},
		"cell too long":         {"a,b\n1," + long + "\n3,4\n", []string{"1: a|b", "2: !cell_too_long@2", "3: 3|4"}},
		"row too long":          {"a,b\n" + strings.Repeat("x,", MaxRow) + "\n3,4\n", []string{"1: a|b", "2: !row_too_long@0", "3: 3|4"}},
		"a million columns":     {"a,b\n" + strings.Repeat(",", 1_000_000) + "\n3,4\n", []string{"1: a|b", "2: !row_too_long@0", "3: 3|4"}},
		"too many columns":      {strings.Repeat("a,", MaxColumns) + "a\n", []string{"1: !too_many_columns@257"}},
		"only one long line":    {strings.Repeat("x", 3*MaxRow), []string{"1: !row_too_long@0"}},
		"quote open at the end": {"a\n\"", []string{"1: a", "2: !quote_open@1"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := rows(t, c.text, UTF8, ',')
			if fmt.Sprint(got) != fmt.Sprint(c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestOpenQuotesInEveryLineStayCheap(t *testing.T) {
	text := strings.Repeat("\"1,2\n1,\"2\n", 50_000)
	if got := len(rows(t, text, UTF8, ',')); got != 100_000 {
		t.Errorf("%d rows, want each line told: 100000", got)
	}
}

func TestCP949CellsAreDecodedWholeAndFaultsLocated(t *testing.T) {
	text := "이름,금액\n똠방각하,1000\n뷁쀍햏|힣,2\n"
	encoded, err := korean.EUCKR.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"1: 이름|금액", "2: 똠방각하|1000", "3: 뷁쀍햏|힣|2", "4: !encoding@1|3"}
	if got := rows(t, encoded+"\xff\xff,3\n", CP949, ','); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Whatever a table holds, written by the rules and read again it is the same.
func TestReaderReadsWhatIsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		delim := rapid.SampledFrom(Delims).Draw(t, "delim")
		cell := rapid.StringOfN(rapid.RuneFrom([]rune("ab1\",;|\t 가힣")), 0, 8, -1)
		width := rapid.IntRange(2, 5).Draw(t, "width")
		var b strings.Builder
		var want []string
		for line := range rapid.IntRange(1, 20).Draw(t, "rows") {
			texts := make([]string, width)
			for i := range texts {
				text := cell.Draw(t, "cell")
				if i == 0 {
					text = "x" + text // no blank row
				}
				texts[i] = strings.Trim(text, " \t")
				if i > 0 {
					b.WriteByte(delim)
				}
				b.WriteString(`"` + strings.ReplaceAll(text, `"`, `""`) + `"`)
			}
			b.WriteByte('\n')
			want = append(want, fmt.Sprintf("%d: %s", line+1, strings.Join(texts, "|")))
		}
		r := NewReader(strings.NewReader(b.String()), UTF8, delim)
		for _, w := range want {
			rec, err := r.Next()
			if err != nil || rec.Fault != nil {
				t.Fatalf("%v %v in %q", err, rec, b.String())
			}
			texts := make([]string, rec.Len())
			for i := range texts {
				texts[i], _ = rec.Cell(i)
			}
			if got := fmt.Sprintf("%d: %s", rec.Line, strings.Join(texts, "|")); got != w {
				t.Fatalf("got %q, want %q", got, w)
			}
		}
	})
}

func write(t *testing.T, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "f")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func zipped(t *testing.T, content []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestInspectGuesses(t *testing.T) {
	cp949, _ := korean.EUCKR.NewEncoder().String("이름;금액\n홍길동;1000\n")
	late := strings.Repeat("a\tb\n", 40_000) + "\xb0\xa1\t2\n" // the first Hangul comes late
	for name, c := range map[string]struct {
		content []byte
		want    Shape
	}{
		"utf-8":     {[]byte("이름,금액\n홍길동,1000"), Shape{Encoding: UTF8, Delim: ',', Lines: 2, Bytes: 28}},
		"mark":      {[]byte("\ufeff이름\t금액\n"), Shape{Encoding: UTF8BOM, Delim: '\t', Lines: 1, Bytes: 17}},
		"cp949":     {[]byte(cp949), Shape{Encoding: CP949, Delim: ';', Lines: 2, Bytes: 22}},
		"late":      {[]byte(late), Shape{Encoding: CP949, Delim: '\t', Lines: 40_001, Bytes: int64(len(late))}},
		"gzip":      {zipped(t, []byte("a|b\n1|2\n")), Shape{Gzip: true, Encoding: UTF8, Delim: '|', Lines: 2, Bytes: 8}},
		"a column":  {[]byte("phone\n01012345678\n"), Shape{Encoding: UTF8, Delim: ',', Lines: 2, Bytes: 18}},
		"in quotes": {[]byte("a;b\n\"1,2,3\";2\n\"1,2,3\";2\n"), Shape{Encoding: UTF8, Delim: ';', Lines: 3, Bytes: 24}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Inspect(write(t, c.content))
			if err != nil || got != c.want {
				t.Errorf("got %+v, %v; want %+v", got, err, c.want)
			}
		})
	}
}

func TestInspectRefusesOtherFilesByName(t *testing.T) {
	for want, content := range map[string][]byte{
		"file not_csv: xlsx":   []byte("PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00[Content_Types].xml"),
		"file not_csv: zip":    []byte("PK\x03\x04abcdef"),
		"file not_csv: xls":    []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...."),
		"file not_csv: pdf":    []byte("%PDF-1.7"),
		"file not_csv: png":    []byte("\x89PNG\r\n\x1a\n"),
		"file not_csv: html":   []byte("  <html><table>"),
		"file not_csv: json":   []byte("{\"a\":1}"),
		"file not_csv: utf-16": []byte("\xff\xfea\x00,\x00"),
		"file not_csv: binary": make([]byte, 4096),
		"file empty":           []byte("\ufeff \r\n"),
		"file bomb":            zipped(t, bytes.Repeat([]byte("0,0\n"), 1<<20)),
		"file broken":          zipped(t, []byte("a,b\n1,2\n"))[:20],
	} {
		_, err := Inspect(write(t, content))
		if err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
		var fileError *FileError
		if !errors.As(err, &fileError) {
			t.Errorf("%v is no FileError", err)
		}
	}
	// What is packed is looked at as well.
	if _, err := Inspect(write(t, zipped(t, []byte("%PDF-1.7")))); err == nil || err.Error() != "file not_csv: pdf" {
		t.Errorf("got %v", err)
	}
}

func FuzzReader(f *testing.F) {
	f.Add("a,b\n\"1\n2\",3\n", byte(','))
	f.Add("a;\"b\n1;2", byte(';'))
	f.Fuzz(func(t *testing.T, text string, delim byte) {
		if !bytes.ContainsRune([]byte(",;\t|"), rune(delim)) {
			t.Skip()
		}
		r := NewReader(strings.NewReader(text), CP949, delim)
		last := 0
		for {
			rec, err := r.Next()
			if err != nil {
				return
			}
			if rec.Line <= last || rec.Line > strings.Count(text, "\n")+1 {
				t.Fatalf("line %d after %d in %q", rec.Line, last, text)
			}
			last = rec.Line
			rec.Texts()
		}
	})
}
