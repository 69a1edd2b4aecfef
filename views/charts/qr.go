package charts

import (
	"strconv"
	"strings"

	"rsc.io/qr"
)

// quietZone is the empty margin that a reader needs, in modules.
const quietZone = 4

// code is a QR code as one path, a run of dark modules at a time. A text that is too long gives none.
type code struct {
	box, path string
}

func encode(text string) (c code, ok bool) {
	found, err := qr.Encode(text, qr.M)
	if err != nil {
		return code{}, false
	}
	var path strings.Builder
	for y := range found.Size {
		for x := 0; x < found.Size; x++ {
			run := 0
			for x+run < found.Size && found.Black(x+run, y) {
				run++
			}
			if run > 0 {
				path.WriteString("M" + strconv.Itoa(x+quietZone) + " " + strconv.Itoa(y+quietZone) + "h" + strconv.Itoa(run) + "v1h-" + strconv.Itoa(run) + "z")
			}
			x += run
		}
	}
	side := strconv.Itoa(found.Size + 2*quietZone)
	return code{box: "0 0 " + side + " " + side, path: path.String()}, true
}
