package spec

// Plain is the value of a YAML text as a validator of an editor sees it; nil if
// it cannot be read.
func Plain(text []byte) any {
	n, _, _ := readYAML("f", text)
	if n == nil {
		return nil
	}
	return n.plain()
}
