//go:build !(js && wasm)

// Command mizan-wasm is the engine for a page; build it with `make assets`.
package main

import "fmt"

func main() { fmt.Println("mizan-wasm runs in a page: build it with make assets") }
