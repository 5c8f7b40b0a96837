package cli_test

import (
	"bytes"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// A text of ten megabytes in each script, of what reads worst in it: no end to a
// sentence, quotation marks that never close, numbers without end, one word, all
// countries at once, marks of direction, bytes that are no text. The last
// sentence is an ordinary one and must be read, without more memory than a small
// machine has.
func TestReadTenMegabytes(t *testing.T) {
	if testing.Short() {
		t.Skip("forty megabytes take a while")
	}
	const size, most = 10 << 20, 1 << 30 // bytes
	for _, test := range []struct {
		language, last, want string
		worst                []string
	}{
		{"en", "\n\nBrazil ranks second of 88 countries in 2023.\n", ",rank,BRA,2,2,place,,88,,2023,", []string{
			"Russia and China and India and Brazil with Japan against Iran ", `said "said «said “said `, "five million million thousand 7 percent of 2,000.5 ", "a", "1234567890", ",;:-", "\xff\xfe", "China and the United States signed; ",
		}},
		{"ru", "\n\nБразилия занимает второе место среди 88 стран.\n", ",rank,BRA,2,2,place,,88,", []string{
			"Россия и Китай с Индией против Бразилии ", "сказал «сказал „сказал ", "пять миллионов тысяч 7 процентов 2 000,5 ", "ж", "1 234 ", "-, ", "к 2030 году с 2020 ", "первый второй сорок ",
		}},
		{"ar", "\n\nتحتل البرازيل المركز الثاني من بين 88 دولة.\n", ",rank,BRA,2,2,place,,88,", []string{
			"والصين وروسيا والهند مع البرازيل ", "قال «قال \"", "خمسة ملايين وألف ٧ في المئة ", "وبالولكسال", "\u202e\u064b\u064b\u064b", "،؛", "١٢٣٤٥", "بحلول عام 2030 إلى 2040 ",
		}},
		{"zh", "\n\n在88个国家中，巴西排名第二位。\n", ",rank,BRA,2,2,place,,88,", []string{
			"中国与美国和日本对印度合作限制", "说“说「说", "一二三万亿千百二〇三〇年", "国", "，、；", "增长三成到2030年", "第第一第二十", "\u3000",
		}},
	} {
		t.Run(test.language, func(t *testing.T) {
			var text strings.Builder
			for text.Len() < size {
				for _, w := range test.worst {
					text.WriteString(strings.Repeat(w, size/8/len(test.worst)/len(w)))
				}
			}
			text.WriteString(test.last)
			run := exec.Command("mizan", "read", "-", "--language", test.language, "-p", "ai-race", "--format", "csv")
			run.Dir = t.TempDir()
			run.Stdin = strings.NewReader(text.String())
			var out, problems bytes.Buffer
			run.Stdout, run.Stderr = &out, &problems
			if err := run.Run(); err != nil {
				t.Fatalf("%v\n%.1000s", err, problems.String())
			}
			lines := strings.Split(strings.TrimSpace(out.String()), "\n")
			if last := lines[len(lines)-1]; !strings.Contains(last, test.want) {
				t.Errorf("the last of %d claims is %.300q, want %q in it", len(lines)-1, last, test.want)
			}
			if use, ok := run.ProcessState.SysUsage().(*syscall.Rusage); ok {
				if bytes := use.Maxrss << 10; bytes > most {
					t.Errorf("it took %d MB of memory, %d at most", bytes>>20, most>>20)
				} else {
					t.Logf("%d claims, %d MB of memory", len(lines)-1, bytes>>20)
				}
			}
		})
	}
}
