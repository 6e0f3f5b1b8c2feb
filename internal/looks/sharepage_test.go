package looks

import "testing"

func TestIsSharePage(t *testing.T) {
	for url, want := range map[string]bool{
		"https://drive.google.com/file/d/1AbC/view?usp=sharing":        true,
		"https://drive.google.com/uc?export=download&id=1AbC":          false,
		"https://www.dropbox.com/s/abc/a.png?dl=0":                     true,
		"https://www.dropbox.com/s/abc/a.png?raw=1":                    false,
		"https://dl.dropboxusercontent.com/s/abc/a.png":                false,
		"https://github.com/example/project/blob/main/a.png":           true,
		"https://raw.githubusercontent.com/example/project/main/a.png": false,
		"https://youtu.be/abc":                                         true,
		"https://cdn.example.com/file/a.png":                           false,
		"drive.google.com":                                             false,
	} {
		if got := IsSharePage(url); got != want {
			t.Errorf("%s: %v", url, got)
		}
	}
}
