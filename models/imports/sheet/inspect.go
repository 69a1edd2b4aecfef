package sheet

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
)

// Shape is what a look through a file tells.
type Shape struct {
	Gzip     bool
	Encoding Encoding
	Delim    byte
	Lines    int64 // physical lines, the header's included
	Bytes    int64 // of text
}

// Delims lists the separators that are known.
var Delims = []byte{',', '\t', ';', '|'}

const headBytes = 64 << 10

// Inspect looks through a whole file once, in flat memory. It returns *FileError where the file is of another kind, holds
// nothing, or unpacks to more than MaxText or MaxRatio allow.
func Inspect(path string) (Shape, error) {
	file, err := Open(path)
	if err != nil {
		return Shape{}, err
	}
	defer file.Close()
	shape, head := Shape{Gzip: file.gz != nil}, make([]byte, 0, headBytes)
	var sniff sniffer
	block := make([]byte, headBytes)
	ended := true
	for {
		n, err := file.Read(block)
		head = append(head, block[:min(n, headBytes-len(head))]...)
		_, _ = sniff.Write(block[:n])
		shape.Lines += int64(bytes.Count(block[:n], []byte{'\n'}))
		shape.Bytes += int64(n)
		if n > 0 {
			ended = block[n-1] == '\n'
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return Shape{}, err
		}
	}
	if !ended {
		shape.Lines++
	}
	if kind := Kind(head); kind != "text" {
		return Shape{}, &FileError{Code: "not_csv", Kind: kind}
	}
	if len(bytes.TrimSpace(bytes.TrimPrefix(head, bom))) == 0 {
		return Shape{}, &FileError{Code: "empty"}
	}
	shape.Encoding = sniff.encoding()
	shape.Delim = GuessDelim(head)
	return shape, nil
}

// File is the text behind a file, unpacked as it is read.
type File struct {
	file *os.File
	gz   *gzip.Reader
	src  io.Reader
	text int64
	max  int64
}

// Open opens the text of a plain or a gzip-compressed file. It returns *FileError of code "not_csv" where the first bytes are
// those of another kind of file.
func Open(path string) (*File, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	f, err := open(file)
	if err != nil {
		file.Close()
		return nil, err
	}
	return f, nil
}

func open(file *os.File) (*File, error) {
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	src := bufio.NewReaderSize(file, headBytes)
	head, _ := src.Peek(1024)
	switch kind := Kind(head); kind {
	case "text":
		return &File{file: file, src: src, max: MaxText}, nil
	case "gzip":
		gz, err := gzip.NewReader(src)
		if err != nil {
			return nil, &FileError{Code: "broken"}
		}
		return &File{file: file, gz: gz, src: gz, max: min(MaxText, max(info.Size()*MaxRatio, headBytes))}, nil
	default:
		return nil, &FileError{Code: "not_csv", Kind: kind}
	}
}

// Read gives the next text. It returns *FileError where a compressed file is broken or is a bomb.
func (f *File) Read(p []byte) (int, error) {
	n, err := f.src.Read(p)
	if f.text += int64(n); f.text > f.max {
		return 0, &FileError{Code: "bomb"}
	}
	if err != nil && f.gz != nil && !errors.Is(err, io.EOF) {
		return n, &FileError{Code: "broken"}
	}
	return n, err
}

// Close closes the file.
func (f *File) Close() error { return f.file.Close() }

// GuessDelim finds the separator that cuts most of the first rows into the same number of columns, the more the better.
// A file of one column has a comma.
func GuessDelim(head []byte) byte {
	best, columns := byte(','), 1
	for _, delim := range Delims {
		if n := sameColumns(head, delim); n > columns {
			best, columns = delim, n
		}
	}
	return best
}

const guessRows = 20

// sameColumns gives the number of columns of the first row if four rows in five have as many, else 0. The last row of a
// long head is cut off in the middle and does not count.
func sameColumns(head []byte, delim byte) int {
	if len(head) >= headBytes {
		head = head[:bytes.LastIndexByte(head, '\n')+1]
	}
	r := NewReader(bytes.NewReader(head), UTF8, delim)
	columns, rows, same := 0, 0, 0
	for rows < guessRows {
		rec, err := r.Next()
		if err != nil {
			break
		}
		if rows++; rows == 1 {
			columns = rec.Len()
		}
		if rec.Fault == nil {
			same++
		}
	}
	if same*5 < rows*4 {
		return 0
	}
	return columns
}
