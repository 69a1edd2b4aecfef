package sheet

import "bytes"

const quote = '"'

// split cuts the row in raw into cells. It returns the column (from 1) and code of the first fault, or "".
func (r *Reader) split() (column int, code string) {
	r.rec.cells, r.buf = r.rec.cells[:0], r.buf[:0]
	row := trimEnd(r.raw)
	for {
		cell, rest, code := r.cell(row)
		r.rec.cells = append(r.rec.cells, cell)
		switch {
		case code != "":
			return len(r.rec.cells), code
		case len(cell) > MaxCell:
			return len(r.rec.cells), "cell_too_long"
		case rest == nil:
			return 0, ""
		}
		row = rest
	}
}

func trimEnd(row []byte) []byte {
	row = bytes.TrimSuffix(row, []byte("\n"))
	return bytes.TrimSuffix(row, []byte("\r"))
}

// cell cuts the first cell off row; rest is nil after the last one.
func (r *Reader) cell(row []byte) (cell, rest []byte, code string) {
	if len(row) > 0 && row[0] == quote {
		return r.quoted(row)
	}
	end := bytes.IndexByte(row, r.delim)
	if end < 0 {
		cell = row
	} else {
		cell, rest = row[:end], row[end+1:]
	}
	if bytes.IndexByte(cell, quote) >= 0 {
		return cell, rest, "quote_inside"
	}
	return cell, rest, ""
}

// quoted cuts a cell that begins with a quote; two quotes inside are one.
func (r *Reader) quoted(row []byte) (cell, rest []byte, code string) {
	start, from := len(r.buf), 1
	for {
		end := bytes.IndexByte(row[from:], quote)
		if end < 0 {
			return row, nil, "quote_open"
		}
		end += from
		if end+1 < len(row) && row[end+1] == quote {
			r.buf = append(r.buf, row[from:end+1]...)
			from = end + 2
			continue
		}
		r.buf = append(r.buf, row[from:end]...)
		cell = r.buf[start:len(r.buf):len(r.buf)]
		switch {
		case end+1 == len(row):
			return cell, nil, ""
		case row[end+1] == r.delim:
			return cell, row[end+2:], ""
		}
		return row, nil, "quote_inside"
	}
}
