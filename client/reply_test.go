package client

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/sandbox"
	"mcp-taskdetails/schema"
)

func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		"", "null", `"text"`, "[", `{"data":[`, `{"data":}`, "\ufeff{}", data(answer(idA)), data(answer(idB), answer(idA)) + " ",
		`[` + data(answer(idA)) + `,{"errors":["text",{"code":"c"}]}]`, `{"data":` + answer(idA) + `,"data":[]}`,
		`{"error":true,"errorId":19,"errorMessage":"m"}`, `{"error":{"code":"c"},"taskUUID":"` + idA + `"}`,
		`{"data":[{"taskType":"imageInference","taskUUID":"` + idA + `","status":"error"}],"errors":[]}`,
		`{"data":[{"taskUUID":"` + idA + `","request":1e999,"response":"\ud800"}],"data\u0000":{}}`,
		`{"data":{"data":{"data":{"data":{"data":{"data":{"taskUUID":"` + idA + `","response":0}}}}}}}`,
		strings.Repeat("[", 11000), "{\"errors\":[{\"code\":\"" + testKey + "\"}]}", "{\"\xff\":\"\xfe\"}",
	} {
		f.Add([]byte(seed))
	}
	recorded, err := sandbox.Tasks()
	if err != nil {
		f.Fatal(err)
	}
	for _, task := range recorded {
		f.Add(fmt.Appendf(nil, `{"data":[{"taskType":"getTaskDetails","taskUUID":%q,"request":%s,"response":%s}]}`, idA, task.Request, task.Response))
		f.Add([]byte(task.Response)) // its errors, as if the lookup itself had failed
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		before := bytes.Clone(body)
		r := decode(t.Context(), body, []string{idA, strings.ToUpper(idB)}, taskDetails, schema.NewSecret(testKey))
		if !bytes.Equal(before, body) {
			t.Fatal("the body was written to")
		}
		valid := rawjson.Valid(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")))
		if !valid && (r.problem == "" || len(r.errors) > 0) {
			t.Errorf("no JSON, yet %+v", r)
		}
		for id, task := range r.answers {
			if id != idA && id != idB || fold(task.TaskUUID) != id {
				t.Errorf("an answer for %q, %q", id, task.TaskUUID)
			}
			if task.Request == nil && task.Response == nil {
				t.Error("an answer without originals")
			}
			for _, original := range [][]byte{task.Request, task.Response} {
				if original != nil && (!rawjson.Valid(original) || !bytes.Contains(body, original) || cap(original) != len(original)) {
					t.Errorf("an original that is none: %q", original)
				}
			}
		}
		for _, e := range r.errors {
			if strings.Contains(fmt.Sprint(e), testKey) {
				t.Errorf("an error with the key or a pointer: %+v", e)
			}
		}
	})
}

// Whatever pieces a body of unknown length comes in, it comes out whole.
func TestGather(t *testing.T) {
	for _, size := range []int{0, 1, firstPart - 1, firstPart, firstPart + 1, 3 * firstPart, 9<<20 + 7} {
		want := bytes.Repeat([]byte("0123456789abcdef"), size/16+1)[:size]
		for name, wrap := range map[string]func(io.Reader) io.Reader{
			"plain": func(r io.Reader) io.Reader { return r }, "half": iotest.HalfReader, "data with EOF": iotest.DataErrReader,
		} {
			got, err := gather(wrap(bytes.NewReader(want)), int64(size))
			if err != nil || !bytes.Equal(want, got) {
				t.Errorf("%d bytes, %s: got %d bytes and error %v", size, name, len(got), err)
			}
			if spare := cap(got) - len(got); spare > size/4+16 {
				t.Errorf("%d bytes, %s: %d more are kept with them", size, name, spare)
			}
			if _, err := gather(wrap(bytes.NewReader(want)), int64(size)-1); err == nil {
				t.Errorf("%d bytes, %s: the limit was not kept", size, name)
			}
		}
		if _, err := gather(io.MultiReader(bytes.NewReader(want), iotest.ErrReader(io.ErrUnexpectedEOF)), int64(size)); err == nil {
			t.Errorf("%d bytes: a body that broke off passes for whole", size)
		}
	}
}

// sized is a reply of about n bytes: one base64 image, as the archive keeps it.
func sized(n int) []byte {
	return []byte(strings.Replace(data(answer(idA)), `"cost"`, `"imageBase64Data":"`+strings.Repeat("iVBORw0K", n/8)+`","cost"`, 1))
}

// many is a reply of about n bytes in small values.
func many(n int) []byte {
	return []byte(strings.Replace(data(answer(idA)), `"cost"`, `"values":[`+strings.Repeat(`{"seed":1,"x":"y"},`, n/19)+`0],"cost"`, 1))
}

func BenchmarkDecode(b *testing.B) {
	for name, body := range map[string][]byte{
		"small": sized(0), "image=1MB": sized(1 << 20), "image=10MB": sized(10 << 20), "values=1MB": many(1 << 20), "values=10MB": many(10 << 20),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(body)))
			for b.Loop() {
				if r := decode(b.Context(), body, []string{idA}, taskDetails, schema.Secret{}); len(r.answers) != 1 {
					b.Fatal(r.problem)
				}
			}
		})
	}
}

// BenchmarkTaskDetails is the whole call over loopback, with and without an announced length.
func BenchmarkTaskDetails(b *testing.B) {
	for name, size := range map[string]int{"small": 0, "10MB": 10 << 20} {
		for _, announced := range []bool{true, false} {
			body := sized(size)
			b.Run(name+"/announced="+strconv.FormatBool(announced), func(b *testing.B) {
				server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
					if announced {
						w.Header().Set("Content-Length", strconv.Itoa(len(body)))
					} else {
						w.(http.Flusher).Flush()
					}
					write(w, string(body))
				}))
				defer server.Close()
				c, err := New(Config{URL: server.URL, Key: schema.NewSecret(testKey)})
				if err != nil {
					b.Fatal(err)
				}
				defer c.Close()
				b.ReportAllocs()
				b.SetBytes(int64(len(body)))
				for b.Loop() {
					if l := c.TaskDetails(b.Context(), idA); l[0].Err != nil {
						b.Fatal(l[0].Err)
					}
				}
			})
		}
	}
}
