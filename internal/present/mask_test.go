package present

import (
	"bytes"
	"encoding/base64"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

const (
	jwt  = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJlLXBhcnQ"
	uuid = "b880f077-e514-58ef-0ebd-ce1c37b46eb7"
)

func TestSecretsInText(t *testing.T) {
	p := New(Config{})
	for in, want := range map[string]string{
		"https://hooks.example.com/rw?token=s3cr3t":                                                   "https://hooks.example.com/rw?token=[redacted]",
		"https://hooks.example.com/rw?a=1&token=s3cr3t&b=2":                                           "https://hooks.example.com/rw?a=1&token=[redacted]&b=2",
		"https://user:pass@host.example.com/x":                                                        "https://[redacted]@host.example.com/x",
		"https://ghost@host.example.com/x":                                                            "https://[redacted]@host.example.com/x",
		"see https://b.example.com/o?X-Amz-Credential=AK%2F1&X-Amz-Signature=ab12, again":             "see https://b.example.com/o?X-Amz-Credential=[redacted]&X-Amz-Signature=[redacted], again",
		"https://b.example.com/o?X-Goog-Credential=a@b&X-Goog-Signature=ab&X-Goog-Date=1":             "https://b.example.com/o?X-Goog-Credential=[redacted]&X-Goog-Signature=[redacted]&X-Goog-Date=1",
		"https://b.example.com/o?X-Amz-Security-Token=IQoJ%2F&X-Amz-Expires=60":                       "https://b.example.com/o?X-Amz-Security-Token=[redacted]&X-Amz-Expires=60",
		"https://b.example.com/o?sv=2022&se=2026&sig=ab%2Bc%3D":                                       "https://b.example.com/o?sv=2022&se=2026&sig=[redacted]",
		"https://b.example.com/o?Expires=1&Signature=ab~c&Key-Pair-Id=K2&Policy=eyJTdGF0ZW1lbnQiOlt7": "https://b.example.com/o?Expires=1&Signature=[redacted]&Key-Pair-Id=[redacted]&Policy=[redacted]",
		"https://b.example.com/o?AWSAccessKeyId=A1&Signature=s":                                       "https://b.example.com/o?AWSAccessKeyId=[redacted]&Signature=[redacted]",
		"https://b.example.com/o?key=a1b2c3d4e5f6#access_token=def":                                   "https://b.example.com/o?key=[redacted]#access_token=[redacted]",
		"https://p.example.com/?url=https%3A%2F%2Fq.example.com%2F%3Ftoken%3Dabc%26x%3D1&y":           "https://p.example.com/?url=https%3A%2F%2Fq.example.com%2F%3Ftoken%3D[redacted]%26x%3D1&y",
		"https://p.example.com/?u=https%253A%252F%252Fq%252F%253Fsig%253Dabc%2526x":                   "https://p.example.com/?u=https%253A%252F%252Fq%252F%253Fsig%253D[redacted]%2526x",
		"https://p.example.com/?u=https%3A%2F%2Fme%3Apw%40q.example.com%2F":                           "https://p.example.com/?u=https%3A%2F%2F[redacted]%40q.example.com%2F",
		`{"url":"https:\/\/me:pw@q.example.com\/?token=abc","n":1}`:                                   `{"url":"https://[redacted]@q.example.com/?token=[redacted]","n":1}`,
		`{"url":"https://q.example.com/?a=1\u0026token=abc"}`:                                         `{"url":"https://q.example.com/?a=1&token=[redacted]"}`,
		`{"url":"https://q.example.com/?token\u003dabc\u0026n=1"}`:                                    `{"url":"https://q.example.com/?token=[redacted]&n=1"}`,
		`{"apiKey":"abc","n":1}`:                                                                      `{"apiKey":"[redacted]","n":1}`,
		`{\"api_key\": \"a\\\"bc\", \"n\": 1}`:                                                        `{\"api_key\": \"[redacted]\", \"n\": 1}`,
		`{'secret': 'abc'}`:                                                                           `{'secret': '[redacted]'}`,
		`apiKey = "abc"; model = "x"`:                                                                 `apiKey = "[redacted]"; model = "x"`,
		"error for api_key=abc (x)":                                                                   "error for api_key=[redacted] (x)",
		"(api_key=abc)":                                                                               "(api_key=[redacted])",
		"Authorization: Bearer abcdef1":                                                               "Authorization: Bearer [redacted]",
		"authorization: Token abc123def":                                                              "authorization: Token [redacted]",
		"Authorization: Basic dXNlcjpwYXNz":                                                           "Authorization: Basic [redacted]",
		"X-Api-Key: abc123def456\nHost: x":                                                            "X-Api-Key: [redacted]\nHost: x",
		"curl -H 'authorization: bearer  abc.def-123' x":                                              "curl -H 'authorization: bearer  [redacted]' x",
		"auth=Bearer%20abc123":                                                                        "auth=[redacted]",
		"the key sk-proj-abcdefgh12345678 is wrong":                                                   "the key [redacted] is wrong",
		"key: AKIAIOSFODNN7EXAMPLE.":                                                                  "key: [redacted].",
		"AIza" + strings.Repeat("Sy1", 11) + "ab":                                                     "[redacted]",
		"ghp_" + strings.Repeat("a1", 18):                                                             "[redacted]",
		"x xoxb-1234567890-abc y":                                                                     "x [redacted] y",
		"hf_" + strings.Repeat("aB3", 10) + ", no":                                                    "[redacted], no",
		jwt:                   "[redacted]",
		"cookie " + jwt + ".": "cookie [redacted].",
		"-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nok":           "[redacted]\nok",
		"-----BEGIN PRIVATE KEY-----\nMIIE":                                                  "[redacted]",
		"Endpoint=sb://x.example.com/;SharedAccessKey=ab12+/=":                               "Endpoint=sb://x.example.com/;SharedAccessKey=[redacted]",
		"Bearer\n39dKqLmN42pTvB7w":                                                           "Bearer\n[redacted]",
		`failed:\nBearer 39dKqLmN42pTvB7w`:                                                   `failed:\nBearer [redacted]`,
		`\nsk-proj-abcdefgh12345678 \t` + jwt + ` \nAKIAIOSFODNN7EXAMPLE`:                    `\n[redacted] \t[redacted] \n[redacted]`,
		`?a=1\nsig=Zx81qLmN42pTvB7wKd93`:                                                     `?a=1\nsig=[redacted]`,
		"x_sk-Zx81qLmN42pTvB7wKd93":                                                          "x_[redacted]",
		"Cookie: sid=R1; session=Abc123Xyz789Qq\nHost: x":                                    "Cookie: [redacted]\nHost: x",
		"https://x.example.com/?%74oken=ab&api%5Fkey=cd":                                     "https://x.example.com/?%74oken=[redacted]&api%5Fkey=[redacted]",
		"https://x.example.com/?token[]=ab&auth[token]=cd":                                   "https://x.example.com/?token[]=[redacted]&auth[token]=[redacted]",
		"https://x.example.com/?auth%5Btoken%5D=cd":                                          "https://x.example.com/?auth%5Btoken%5D=[redacted]",
		"to https://hooks.slack.com/services/T01234567/B01234567/Zx81, again":                "to https://hooks.slack.com/services/[redacted], again",
		`https:\/\/hooks.slack.com\/services\/T01234567\/B01234567\/Zx81"`:                   `https:\/\/hooks.slack.com\/services\/[redacted]"`,
		"https://discord.com/api/webhooks/123456/abcDEF123-ghiJKL456_mno":                    "https://discord.com/api/webhooks/[redacted]",
		"https://api.telegram.org/bot123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw":           "https://api.telegram.org/bot[redacted]",
		"-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQOY\n-----END PGP PRIVATE KEY BLOCK-----": "[redacted]",
		"postgres://user:pa/hunter2@db.example.com/x":                                        "postgres://[redacted]@db.example.com/x",
		"postgres://user:pa?hun#ter2@db.example.com/x":                                       "postgres://[redacted]@db.example.com/x",
		jwt + ".5eym8TW_c8SuK0ltJ3rpYIzO.XFBoMYUZodetZdvTiFvSkQ.":                            "[redacted].",
		`apiKey := "x"`:                               `apiKey := "[redacted]"`,
		`'api_key' => 'x'`:                            `'api_key' => '[redacted]'`,
		"<password>x y</password>":                    "<password>[redacted]</password>",
		"curl -u bob:x https://h.example.com":         "curl -u [redacted] https://h.example.com",
		"curl --user 'bob:x y' https://h.example.com": "curl --user '[redacted]' https://h.example.com",
		"postgres://app:pw@db.example.com:5432/x":     "postgres://[redacted]@db.example.com:5432/x",
	} {
		if got := p.Text(in); got != want {
			t.Errorf("%s\n got %s\nwant %s", in, got, want)
		}
		if again := p.Text(want); again != want {
			t.Errorf("masked twice: %s became %s", want, again)
		}
	}
}

// What looks a little like a secret in ordinary tasks stays.
func TestOrdinaryTextStays(t *testing.T) {
	p := New(Config{})
	for _, s := range []string{
		"", "a", "a wizard holding a glowing token, secret password on a scroll, bearer of the ring, basic lighting",
		"Bearer of bad news", "bearer certificates", "Basic instructions for beginners", "basic black-and-white 1980s-style photograph",
		"password: a film about hackers", "token: one ring", "The secret: patience.", "signature style: bold",
		uuid, "runware:101@1", "civitai:257749@290640", "bytedance:seedream@5.0-pro", "google:gemma@4-31b",
		"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
		"https://im.runware.ai/image/ws/5/bucket/media-storage/ii/4e7a91c3-28d5-4f6b-a0e2-7c3d8f1b5a94.jpg",
		"https://vm.runware.ai/video/ws/0.5/vi/d2f08b47-9c31-4a85-be6f-5e9a12c7d403.mp4?v=2&width=512",
		"https://medium.example.com/@someone/title?ref=key",
		"https://my.runware.ai/signup", "see https://runware.ai/docs/models#request-providersettings-google",
		"Invalid API key. Get one at https://my.runware.ai/signup",
		"Invalid value for 'CFGScale' parameter. Guidance must be a float value between 0 and 30.",
		"No task found for the provided 'taskUUID'. The taskUUID may not exist or may belong to a different organization.",
		"Supported values are: '1024x1024', '1344x768'", "maxTokens=512&tokens=3&keyframes=4", "stopToken=</s>",
		"a sign that says 100% = all; x=1, y=2", "ratio 16:9, 3:2", "risk-assessment-of-something-long-1", "task-1234567890123456",
		"mailto:someone@host.example.com", "email someone@host.example.com", "C:\\images\\token.png", `\\\\\\\\`, "%%%%%25%25",
		"token=ohwx", "token: ohwx1234", "<lora:token=ohwx>", "cookie=chocolate", "secret=santa", "signature=bold", "sig=nature",
		"sk-8-style-art-deco-2024-v2", "sk-ateboarding-dog-on-ramp-01", "r8_style_vector_painting_1", "<token>ohwx</token>",
		"https://x.example.com/?policy=standard&key=photo&sign=leo&sid=5&session=1&code=200", "https://x.example.com:8080/@someone",
		"https://x.example.com:80/a?b@c", "ls -u a:b", `C:\new\table.png`, "Cookie: a film", "Bearer\nof the ring",
		"eyJ is how base64 of JSON begins", "sk-", "sk-short1", "data:image/png;base64,iVBORw0KGgo=", "日本語のプロンプト token パスワード",
	} {
		if got := p.Text(s); got != s {
			t.Errorf("%q became %q", s, got)
		}
	}
}

func TestSecretsInDocuments(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"names": {
			`{"apiKey":"a","API_KEY":"b","x-api-key":"c","accessToken":"d","password":"e","clientSecret":"f","Authorization":"g","signature":"aB3dE5gH7jK9mN1p","Cookie":"i"}`,
			`{"apiKey":"[redacted]","API_KEY":"[redacted]","x-api-key":"[redacted]","accessToken":"[redacted]","password":"[redacted]","clientSecret":"[redacted]","Authorization":"[redacted]","signature":"[redacted]","Cookie":"[redacted]"}`,
		},
		"ordinary names": {
			`{"maxTokens":512,"tokens":"3","completionTokens":7,"tokenCount":1,"usage":{"promptTokens":2},"keyframes":["a"],"signatureStyle":"bold","tokenizer":"t","stopToken":"</s>","key":"v","nextPageToken":"p","tokenType":"x","passwordless":true,"token":5,"secret":null}`,
			`{"maxTokens":512,"tokens":"3","completionTokens":7,"tokenCount":1,"usage":{"promptTokens":2},"keyframes":["a"],"signatureStyle":"bold","tokenizer":"t","stopToken":"</s>","key":"v","nextPageToken":"p","tokenType":"x","passwordless":true,"token":5,"secret":null}`,
		},
		"ordinary words under doubtful names": {
			`{"timeSignature":"4/4","keySignature":"C major","time_signature":"3/4","signature":"bold","token":"ohwx","startToken":"<s>","newToken":"ohwx1234","conceptToken":"a b","startTokens":151643,"maxTokens":12345678,"totalTokens":987654321,"endToken":151643}`,
			`{"timeSignature":"4/4","keySignature":"C major","time_signature":"3/4","signature":"bold","token":"ohwx","startToken":"<s>","newToken":"ohwx1234","conceptToken":"a b","startTokens":151643,"maxTokens":12345678,"totalTokens":987654321,"endToken":151643}`,
		},
		"more names": {
			`{"authorizationHeader":"a","tokenValue":"aB3dE5gH7jK9mN1p","secretValue":"c","refreshTokens":["d"],"pass":"e","userPass":"f","passcode":"g","cookies":"h","` + strings.Repeat("x", 70) + `ApiKey":"i","token":987654321,"secret":987654321,"refreshToken":"j"}`,
			`{"authorizationHeader":"[redacted]","tokenValue":"[redacted]","secretValue":"[redacted]","refreshTokens":["[redacted]"],"pass":"[redacted]","userPass":"[redacted]","passcode":"[redacted]","cookies":"[redacted]","` + strings.Repeat("x", 70) + `ApiKey":"[redacted]","token":"[redacted]","secret":"[redacted]","refreshToken":"[redacted]"}`,
		},
		"pairs": {
			`[{"value":"Custom x","name":"Authorization"},{"Name":"X-Api-Key","Value":"x"},{"name":"X-Api-Key","content":"x"},["Authorization","Custom x"],["apiKey","model"]]`,
			`[{"value":"[redacted]","name":"Authorization"},{"Name":"X-Api-Key","Value":"[redacted]"},{"name":"X-Api-Key","content":"[redacted]"},["Authorization","[redacted]"],["apiKey","model"]]`,
		},
		"JSON in a string": {
			`["{\"passwords\":[\"x\"],\"auth\":{\"data\":\"x\"},\"apiKey\":123456789,\"token\":\"ohwx\"}","[{\"value\":\"Custom x\",\"name\":\"Authorization\"}]"]`,
			`["{\"passwords\":[\"[redacted]\"],\"auth\":{\"data\":\"[redacted]\"},\"apiKey\":\"[redacted]\",\"token\":\"ohwx\"}","[{\"value\":\"[redacted]\",\"name\":\"Authorization\"}]"]`,
		},
		"recorded credentials elsewhere": {
			`{"headers":{"x-api-key":"abcdefg1234567HIJ","authorization":"Bearer qq-12345678"},"pass":"landscape","webhookURL":"https://hooks.example.com/T/Zx81qLmN42pTvB7wKd93","message":"abcdefg1234567HIJ or qq-12345678 for a landscape at Zx81qLmN42pTvB7wKd93, abcdefg1234…"}`,
			`{"headers":{"x-api-key":"[redacted]","authorization":"[redacted]"},"pass":"[redacted]","webhookURL":"https://hooks.example.com/T/[redacted]","message":"[redacted] or [redacted] for a landscape at [redacted], [redacted]…"}`,
		},
		"below a secret name": {
			`{"authorization":{"a":["x",{"b":"y"}],"n":1,"t":true},"apiKeys":["a","b"],"password":12345678}`,
			`{"authorization":{"a":["[redacted]",{"b":"[redacted]"}],"n":1,"t":true},"apiKeys":["[redacted]","[redacted]"],"password":"[redacted]"}`,
		},
		"named siblings": {
			`[{"name":"Authorization","value":"abc"},{"name":"color","value":"red"}]`,
			`[{"name":"Authorization","value":"[redacted]"},{"name":"color","value":"red"}]`,
		},
		"upload endpoint": {
			`{"uploadEndpoint":"https://b.example.com/o.png?a=1&X-Goog-Signature=ab"}`,
			`{"uploadEndpoint":"https://b.example.com/o.png?[redacted]"}`,
		},
		"webhook path": {
			`{"webhookURL":"https://hooks.example.com/services/T00000000/B00000000/aB3dE5gH7jK9mN1pQ3sT5vW7","url":"https://x.example.com/bB3dE5gH7jK9mN1pQ3sT5vW7"}`,
			`{"webhookURL":"https://hooks.example.com/services/T00000000/B00000000/[redacted]","url":"https://x.example.com/bB3dE5gH7jK9mN1pQ3sT5vW7"}`,
		},
		"ordinary webhook": {
			`{"webhookURL":"https://api.example.com/runware/webhook-handler?task=` + uuid + `&v=2"}`,
			`{"webhookURL":"https://api.example.com/runware/webhook-handler?task=` + uuid + `&v=2"}`,
		},
		"webhook query of its own": {
			`{"webhookURL":"https://api.example.com/cb?x=aB3dE5gH7jK9mN1pQ3"}`,
			`{"webhookURL":"https://api.example.com/cb?x=[redacted]"}`,
		},
		"download URL": {
			`{"downloadURL":"https://civ.example.com/api/models/1?type=Model&token=abc"}`,
			`{"downloadURL":"https://civ.example.com/api/models/1?type=Model&token=[redacted]"}`,
		},
		"escapes are read": {
			`{"u":"https:\/\/b.example.com\/?t\u006fken=abc"}`,
			`{"u":"https://b.example.com/?token=[redacted]"}`,
		},
		"recorded key in the response": {
			`{"apiKey":"Rec0rded-key","message":"key Rec0rded-key is wrong"}`,
			`{"apiKey":"[redacted]","message":"key [redacted] is wrong"}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			shown := check(t, New(Config{}), report(c.in, ""))
			if diff := cmp.Diff(c.want, string(shown.Request)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			masked := strings.Count(c.want, "[redacted]")
			if len(shown.Omissions) > masked || masked > 0 && len(shown.Omissions) == 0 {
				t.Errorf("%d masked, but omissions are %+v", masked, shown.Omissions)
			}
			for _, o := range shown.Omissions {
				if o.Reason != schema.ReasonSecret {
					t.Errorf("omission %+v", o)
				}
			}
			whole, _ := New(Config{}).Whole([]byte(c.in), nil)
			if diff := cmp.Diff(c.want, string(whole)); diff != "" {
				t.Errorf("whole (-want +got)\n%s", diff)
			}
		})
	}
}

// The server's own key must not come out, wherever and however it was put in.
func TestCanary(t *testing.T) {
	const key = "Zx9QownKey7w2LmN4"
	escapedJSON := `\u005ax9Qown\u004bey7w2LmN4`
	percent := "%5Ax9Qown%4Bey7w2LmN4"
	docs := map[string]string{
		"prompt":              `[{"positivePrompt":"draw ` + key + ` please"}]`,
		"value":               `[{"x":"` + key + `"}]`,
		"JSON escape":         `[{"x":"` + escapedJSON + `"}]`,
		"JSON in a string":    `[{"x":"{\"a\":\"` + key + `\"}"}]`,
		"escaped in a string": `[{"x":"{\"a\":\"\\u005ax9Qown\\u004bey7w2LmN4\"}"}]`,
		"escaped twice":       `[{"x":"\"{\\\"a\\\":\\\"\\\\u005ax9Qown\\\\u004bey7w2LmN4\\\"}\""}]`,
		"another letter case": `["` + strings.ToLower(key) + strings.ToUpper(key) + `"]`,
		"torn":                `["` + key[:10] + `…"]`,
		"percent":             `[{"x":"https://h.example.com/` + percent + `/y"}]`,
		"percent twice":       `[{"x":"https://h.example.com/` + strings.ReplaceAll(percent, "%", "%25") + `"}]`,
		"odd parameter":       `[{"x":"https://h.example.com/?q=` + key + `"}]`,
		"name":                `[{"` + key + `":1}]`,
		"inside a name":       `[{"a.` + key + `.b":{"c":[]}}]`,
		"escaped name":        `[{"` + escapedJSON + `":"v"}]`,
		"beside others":       `["` + strings.Repeat("x", 100) + key + key + `"]`,
		"in a header":         `{"headers":{"authorization":"Bearer ` + key + `"}}`,
		"deep":                strings.Repeat(`{"a":[`, 20) + `"` + key + `"` + strings.Repeat("]}", 20),
		"in a long string":    `["` + strings.Repeat("words and ", 2000) + key + `"]`,
	}
	p := New(Config{Secrets: []schema.Secret{schema.NewSecret(key)}})
	leaks := func(s []byte) bool {
		for _, form := range []string{key, escapedJSON, `\\u005ax9Qown`, percent, strings.ReplaceAll(percent, "%", "%25"), "x9Qown", key[:10], strings.ToLower(key), strings.ToUpper(key)} {
			if strings.Contains(string(s), form) {
				return true
			}
		}
		return false
	}
	for name, doc := range docs {
		t.Run(name, func(t *testing.T) {
			if !rawjson.Valid([]byte(doc)) || !leaks([]byte(doc)) {
				t.Fatal("the planting is broken")
			}
			text, _ := Marshal(check(t, p, report(doc, doc)))
			if leaks(text) {
				t.Errorf("report: %s", text)
			}
			request, _ := p.Whole([]byte(doc), nil)
			if leaks(request) {
				t.Errorf("whole: %s", request)
			}
			piece, err := pieceOf(p, []byte(doc), nil, "/request", 0, 1<<20)
			if err != nil || leaks([]byte(piece.Text)) {
				t.Errorf("piece: %+v, %v", piece, err)
			}
		})
	}
	t.Run("our own texts", func(t *testing.T) {
		v := schema.Value(docs["escaped in a string"])
		s := "key " + key + " " + percent + " " + escapedJSON
		r := report("", "")
		r.TaskUUID = s
		patch := []schema.Operation{{Op: s, From: s, Path: s, Value: v}}
		r.Diagnosis = schema.Diagnosis{Summary: s, NextStep: s, Notes: []string{s}, Patch: patch, Alternatives: []schema.Alternative{{Fix: s, Patch: patch}}, Findings: []schema.Finding{{
			Code: s, Message: s, Parameter: s, Pointer: s, Actual: v, Cause: s, Fix: s, Documentation: s,
			Constraint: &schema.Constraint{Text: s, Type: s, Allowed: []schema.Value{v, schema.StringValue(s)}, AllowedParameter: []string{s}},
		}}}
		r.Piece = &schema.Piece{Pointer: s}
		text, _ := Marshal(check(t, p, r))
		if leaks(text) {
			t.Errorf("%s", text)
		}
		if leaks([]byte(p.Text(s))) {
			t.Error(p.Text(s))
		}
	})
	t.Run("base64", func(t *testing.T) {
		// {"apiKey":"Zx9QownKey7w2LmN4"} and the same one and two bytes further on.
		for _, s := range []string{
			"eyJhcGlLZXkiOiJaeDlRb3duS2V5N3cyTG1ONCJ9", "IHsiYXBpS2V5IjoiWng5UW93bktleTd3MkxtTjQifQ", "ICB7ImFwaUtleSI6Ilp4OVFvd25LZXk3dzJMbU40In0",
		} {
			if got := p.Text("x " + s); !strings.Contains(got, redacted) {
				t.Errorf("%s became %s", s, got)
			}
		}
	})
}

func TestFindingsAreMasked(t *testing.T) {
	r := report("", "")
	r.Diagnosis.Findings = []schema.Finding{
		{Parameter: "apiKey", Pointer: "/0/apiKey", Actual: schema.StringValue("abc")},
		{Parameter: "apiKey", Actual: schema.IntValue(3), Measure: schema.MeasureCharacters},
		{Parameter: "webhookURL", Actual: schema.StringValue("https://hooks.example.com/rw?token=s3cr3t")},
		{Message: "got \u202eapi_key=abc\x1b[31m \U000E0041", Actual: schema.StringValue("a\u200bb")},
	}
	shown := check(t, New(Config{}), r)
	var got []string
	for _, f := range shown.Diagnosis.Findings {
		got = append(got, f.Actual.String()+f.Message)
	}
	want := []string{
		`"[redacted]"`, "3", `"https://hooks.example.com/rw?token=[redacted]"`,
		`"a\\u200bb"got \u202eapi_key=[redacted]\u001b[31m \u{e0041}`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestMaskedPatch holds that no patch is shown which masking would change: applied, it would put the mask into the
// request.
func TestMaskedPatch(t *testing.T) {
	for _, op := range []schema.Operation{
		{Op: "replace", Path: "/0/uploadEndpoint", Value: schema.StringValue("https://b.example.com/o?X-Amz-Signature=0123456789abcdef0123456789abcdef")},
		{Op: "remove", Path: "/0/Bearer Zx9QownKey7w2LmN4abcdef0123"},
		{Op: "replace", Path: "/0/apiKey", Value: schema.StringValue("Zx9QownKey7w2LmN4")},
		{Op: "replace", Path: "/0/scheduler", Value: schema.StringValue("Eul\u200ber")},
	} {
		r := report("", "")
		r.Diagnosis.Patch, r.Diagnosis.Verified, r.Diagnosis.Retry = []schema.Operation{op}, new(true), schema.RetryAfterPatch
		d := check(t, New(Config{}), r).Diagnosis
		if len(d.Patch) > 0 || d.Verified != nil || d.Retry != schema.RetryAfterDecision || !strings.Contains(strings.Join(d.Notes, ""), "is masked here") {
			t.Errorf("%+v is shown: %+v", op, d)
		}
	}
}

// A diagnosis quotes names and values out of a message without what made them secrets there.
func TestWhatAMessageHidesIsHiddenWhereItIsQuotedAlone(t *testing.T) {
	p := New(Config{Secrets: []schema.Secret{schema.NewSecret(corpusKey)}})
	for message, secret := range map[string]string{
		"the key rwFake*** is wrong":                    "rwFake",
		`api key "Fakec6YOZq0M7qO60lI5" not found`:      "Fakec6YOZq0M7qO60lI5",
		`{"headers":{"authorization":"Fake4ck7nEbkdtm"`: "Fake4ck7nEbkdtm",
		"password = swordfish":                          "swordfish",
		"Bearer 'Fake4ck7nEbkdtmq'":                     "Fake4ck7nEbkdtmq",
	} {
		for where, r := range map[string]schema.TaskReport{
			"message":  report("", ""),
			"response": report("", `{"errors":[{"responseContent":`+quote(message)+`}]}`),
		} {
			f := schema.Finding{Cause: "the error names `" + secret + "`", Parameter: secret, Actual: schema.StringValue(secret)}
			if where == "message" {
				f.Message = message
			}
			r.Diagnosis.Summary, r.Diagnosis.NextStep = "the error names `"+secret+"`", "set `"+secret+"`"
			r.Diagnosis.Findings = []schema.Finding{f}
			if text, _ := Marshal(check(t, p, r)); bytes.Contains(text, []byte(secret)) {
				t.Errorf("%s in the %s: %s", message, where, text)
			}
		}
	}
}

// Encoded media are shown as they are, by pieces and by the resource: by chance they hold the beginning of any credential.
func TestMediaAreNotMasked(t *testing.T) {
	m := newMasker([]schema.Secret{schema.NewSecret(corpusKey)})
	for seed := range uint64(8) {
		random := rand.New(rand.NewPCG(seed, 11))
		b := make([]byte, 1<<20)
		for i := range b {
			b[i] = byte(random.Uint32())
		}
		for name, encoding := range map[string]*base64.Encoding{"standard": base64.StdEncoding, "URL": base64.URLEncoding} {
			encoded := []byte(encoding.EncodeToString(b))
			for _, s := range m.spans(encoded, plain) {
				t.Errorf("seed %d, %s: masked %.80s", seed, name, encoded[s.start:s.end])
			}
		}
	}
}
