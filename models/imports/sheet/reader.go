package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// Record is one row of a table. Its cells are valid until the next call of Next.
type Record struct {
	Line  int    // physical line on which the row begins, from 1
	Fault *Fault // what is wrong with the row; its cells may then be incomplete
	cells [][]byte
	dec   *decoder
}

// Len is the number of cells.
func (r *Record) Len() int { return len(r.cells) }

// Cell decodes the i-th cell (from 0), trimmed of spaces; a cell that the row does not have is empty. A cell with bytes
// that are no characters, or with control characters, is given with its fault.
func (r *Record) Cell(i int) (string, *Fault) {
	if i >= len(r.cells) {
		return "", nil
	}
	text, ok := r.dec.text(r.cells[i])
	if !ok {
		return text, r.fault(i, "encoding", text)
	}
	if hasControl(text) {
		return text, r.fault(i, "control_character", text)
	}
	return strings.Trim(text, " \t\u00a0\u3000"), nil
}

// Texts decodes all cells as well as it can, whole, with the replacement character for what is no text.
func (r *Record) Texts() []string {
	texts := make([]string, len(r.cells))
	for i := range r.cells {
		text, _ := r.dec.text(r.cells[i])
		texts[i] = strings.Map(func(c rune) rune {
			if isControl(c) {
				return utf8.RuneError
			}
			return c
		}, text)
	}
	return texts
}

// blank says whether the row has no text at all, as the rows below a spreadsheet's table do.
func (r *Record) blank() bool {
	for _, c := range r.cells {
		if len(bytes.TrimSpace(c)) > 0 {
			return false
		}
	}
	return true
}

func (r *Record) fault(i int, code, cell string) *Fault {
	return &Fault{Line: r.Line, Column: i + 1, Code: code, Cell: Printable(cell)}
}

func hasControl(s string) bool { return strings.ContainsFunc(s, isControl) }

func isControl(c rune) bool {
	return c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == 0x7f
}

const shownRunes = 80

// Printable shortens a text for a list of errors and puts the replacement character where control characters stood.
func Printable(s string) string {
	var b strings.Builder
	n := 0
	for _, c := range s {
		if n++; n > shownRunes {
			b.WriteRune('…')
			break
		}
		if c < ' ' || c == 0x7f {
			c = utf8.RuneError
		}
		b.WriteRune(c)
	}
	return b.String()
}

// Reader reads rows one at a time. A row that breaks the rules of quoting, or is too long, costs itself only: reading goes
// on with the next physical line.
type Reader struct {
	src   *bufio.Reader
	delim byte
	rec   Record
	width int // columns of the first row
	line  int // physical lines handed out
	back  []byte
	raw   []byte
	buf   []byte // unescaped cells
}

// NewReader reads text in encoding e whose cells are separated by delim.
func NewReader(src io.Reader, e Encoding, delim byte) *Reader {
	r := &Reader{src: bufio.NewReaderSize(src, 256<<10), delim: delim}
	r.rec.dec = newDecoder(e)
	if head, _ := r.src.Peek(len(bom)); bytes.Equal(head, bom) {
		_, _ = r.src.Discard(len(bom))
	}
	return r
}

// Next gives the next row that is not blank, and io.EOF after the last. The returned record is reused.
func (r *Reader) Next() (*Record, error) {
	for {
		if err := r.read(); err != nil {
			return nil, err
		}
		if r.rec.Fault == nil && r.rec.blank() {
			continue
		}
		r.checkWidth()
		return &r.rec, nil
	}
}

func (r *Reader) checkWidth() {
	switch n := len(r.rec.cells); {
	case r.rec.Fault != nil:
	case n > MaxColumns:
		r.rec.Fault = &Fault{Line: r.rec.Line, Column: MaxColumns + 1, Code: "too_many_columns"}
	case r.width == 0:
		r.width = n
	case n != r.width && !r.onlyEmptyBeyond():
		r.rec.Fault = &Fault{Line: r.rec.Line, Column: min(n, r.width) + 1, Code: "ragged"}
	}
}

// onlyEmptyBeyond forgives separators at a row's end that the first row has not.
func (r *Reader) onlyEmptyBeyond() bool {
	if len(r.rec.cells) < r.width {
		return false
	}
	for _, c := range r.rec.cells[r.width:] {
		if len(c) > 0 {
			return false
		}
	}
	return true
}

// read takes one row: a physical line, and as many more as an open quote needs.
func (r *Reader) read() error {
	r.raw, r.rec.Fault, r.rec.cells = r.raw[:0], nil, r.rec.cells[:0]
	r.rec.Line = r.line + 1
	if err := r.appendLine(); err != nil {
		return err
	}
	first := len(r.raw)
	for lines := 1; r.rec.Fault == nil; lines++ {
		column, code := r.split()
		if code == "" {
			return nil
		}
		if code == "quote_open" && lines < maxLines {
			if err := r.appendLine(); err == nil {
				continue
			} else if !errors.Is(err, io.EOF) {
				return err
			}
		}
		r.rec.Fault = &Fault{Line: r.rec.Line, Column: column, Code: code, Cell: r.cellAt(column)}
	}
	r.resume(first)
	return nil
}

// resume puts back the lines that a faulty row swallowed beyond its first, so that only the first is lost.
func (r *Reader) resume(first int) {
	if swallowed := r.raw[min(first, len(r.raw)):]; len(swallowed) > 0 {
		r.back = append(append([]byte(nil), swallowed...), r.back...)
		r.line = r.rec.Line
	}
}

func (r *Reader) cellAt(column int) string {
	if column < 1 || column > len(r.rec.cells) {
		return ""
	}
	text, _ := r.rec.dec.text(r.rec.cells[column-1])
	return Printable(text)
}

// appendLine adds the next physical line with its line feed. A line that would make the row longer than MaxRow is skipped
// to its end and makes the row's fault.
func (r *Reader) appendLine() error {
	if len(r.back) > 0 {
		return r.appendBack()
	}
	start := len(r.raw)
	for {
		part, err := r.src.ReadSlice('\n')
		if len(r.raw)+len(part) > MaxRow {
			if r.rec.Fault == nil {
				r.rec.Fault = &Fault{Line: r.line + 1, Code: "row_too_long"}
				r.raw = r.raw[:start]
			}
		} else if r.rec.Fault == nil {
			r.raw = append(r.raw, part...)
		}
		switch {
		case err == nil, errors.Is(err, io.EOF) && len(part) > 0, errors.Is(err, io.EOF) && len(r.raw) > start:
			r.line++
			return nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return err
		}
	}
}

// appendBack takes a line that was read before.
func (r *Reader) appendBack() error {
	n := bytes.IndexByte(r.back, '\n') + 1
	if n == 0 {
		n = len(r.back)
	}
	if len(r.raw)+n > MaxRow {
		r.rec.Fault = &Fault{Line: r.line + 1, Code: "row_too_long"}
	} else {
		r.raw = append(r.raw, r.back[:n]...)
	}
	r.back = r.back[n:]
	r.line++
	return nil
}
