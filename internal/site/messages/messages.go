// Package messages holds the texts of the pages: a file for each language, the
// same keys in all of them. How they are read and written is told by
// [mizan/internal/site/language].
package messages

import "embed"

// Files are the files of messages, named by the codes of their languages: en.yaml.
// Each is a YAML mapping of key to text in the part of ICU's message format that
// package language reads.
//
//go:embed *.yaml
var Files embed.FS
