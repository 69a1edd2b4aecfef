// Command storybook shows every page and component with made-up data, to be looked at: in both languages, light and dark,
// narrow and wide.
//
//	go run ./views/storybook                       serves them on http://127.0.0.1:8099
//	go run ./views/storybook -shots DIR -only RE   writes a picture of each story whose name matches
package main

import (
	"flag"
	"fmt"
	"net/http"
	"os"
	"regexp"
)

func main() {
	listen := flag.String("listen", "127.0.0.1:8099", "address to serve on")
	shots := flag.String("shots", "", "folder for pictures; empty serves instead")
	only := flag.String("only", ".", "regular expression of the stories' names")
	looks := flag.String("looks", "ko-light-390,ko-light-1280,en-dark-1280", "language, theme and width of each picture")
	flag.Parse()
	wanted, err := regexp.Compile(*only)
	if err != nil {
		end(err)
	}
	if *shots != "" {
		if err := photograph(*shots, *looks, wanted); err != nil {
			end(err)
		}
		return
	}
	fmt.Println("http://" + *listen)
	end(http.ListenAndServe(*listen, handler()))
}

func end(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
